"""Statements that take next to no time run in the event loop: to a worker thread and back takes ten times that.

A statement is quick if it was so in a worker thread. It then has a deadline, which SQLite asks for every few thousand
steps, and never waits for a lock: where it cannot be answered in time, it runs in a worker thread after all.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from lnql.models.sqlite import connect, sqlite3

from .cache import Cache
from .readers import Row

QUICK_SECONDS: Final = 0.001
DEADLINE_SECONDS: Final = 0.002
STEPS: Final = 2000
"""Instructions of SQLite's virtual machine, between which it looks at the clock: some ten microseconds."""


class QuickReads:
    """A connection to a SQLite file for statements that are known to be quick."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._quick: Cache[str, float] = Cache(1000)
        self._deadline = 0.0

    def open(self) -> None:
        """Connect."""
        self._connection = connect(self._path, readonly=True)
        self._connection.execute("PRAGMA busy_timeout=0")
        self._connection.set_progress_handler(self._is_late, STEPS)

    def close(self) -> None:
        """Disconnect."""
        self._connection.close()

    def note(self, text: str, seconds: float) -> None:
        """Remember for how long the processor worked for a statement."""
        if seconds < QUICK_SECONDS:
            self._quick.put(text, seconds)

    def fetch(self, text: str, arguments: Sequence[Any]) -> Row | None:
        """Run a statement that gives one row; None if it is not known to be quick, or is not this time."""
        if self._quick.get(text) is None:
            return None
        self._deadline = perf_counter() + DEADLINE_SECONDS
        with suppress(sqlite3.OperationalError):  # late, locked, or wrong: the worker thread will tell
            row: Row = self._connection.execute(text, arguments).fetchone()
            return row
        self._quick.forget(text)
        return None

    def _is_late(self) -> bool:
        return perf_counter() > self._deadline
