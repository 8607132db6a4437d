"""Reading a SQLite file in worker threads."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from time import thread_time
from typing import Any

from lnql.models.sqlite import connect, explain, read_patiently, sqlite3

from .deadlines import Deadline
from .dialects import Dialect
from .quick_reads import QuickReads
from .readers import Row, all_taken, too_long
from .settings import Limits
from .sqlite import SQLite

READERS = 4
INTERRUPT_AGAIN_SECONDS = 0.02


class SQLiteReader:
    """A few connections to a SQLite file, each used by one worker thread at a time, and one for what takes no time.

    With only one connection, all runs in a worker thread.
    """

    def __init__(self, path: Path, limits: Limits, connections: int = READERS) -> None:
        self.dialect: Dialect = SQLite()
        self._path = path
        self._limits = limits
        self._connections = connections
        self._quick = QuickReads(path) if connections > 1 else None
        self._threads = ThreadPoolExecutor(connections, "lnql-sqlite")
        self._idle: asyncio.Queue[sqlite3.Connection] = asyncio.LifoQueue()  # the last one used has most in memory

    async def open(self) -> None:
        """Connect."""
        for _ in range(self._connections):
            self._idle.put_nowait(connect(self._path, readonly=True))
        if self._quick:
            self._quick.open()

    async def close(self) -> None:
        """Disconnect, when the statements that run have ended."""
        for _ in range(self._connections):
            (await self._idle.get()).close()
        self._threads.shutdown()
        if self._quick:
            self._quick.close()

    async def fetch(self, text: str, arguments: Sequence[Any]) -> Row:
        """Run a statement that gives one row; see `Reader`."""
        if not self._quick:
            return (await self._fetch_in_thread(text, arguments))[0]
        if row := self._quick.fetch(text, arguments):
            return row
        row, seconds = await self._fetch_in_thread(text, arguments)
        self._quick.note(text, seconds)
        return row

    async def _fetch_in_thread(self, text: str, arguments: Sequence[Any]) -> tuple[Row, float]:
        connection = await self._take()
        read = partial(read_patiently, partial(_fetch_row, connection, text, arguments), self._path)
        running = asyncio.get_running_loop().run_in_executor(self._threads, read)
        try:
            with Deadline(self._limits.statement_seconds):
                return await asyncio.shield(running)
        except TimeoutError:
            raise too_long(self._limits) from None
        except sqlite3.OperationalError as error:
            raise explain(error, self._path) from error
        finally:
            if not running.done():  # too late, or nobody waits any more
                await _interrupt(connection, running)
            self._idle.put_nowait(connection)

    async def _take(self) -> sqlite3.Connection:
        if not self._idle.empty():
            return self._idle.get_nowait()
        try:
            with Deadline(self._limits.connection_seconds):
                return await self._idle.get()
        except TimeoutError:
            raise all_taken(self._limits) from None


def _fetch_row(connection: sqlite3.Connection, text: str, arguments: Sequence[Any]) -> tuple[Row, float]:
    """The row, and for how many seconds the processor worked for it."""
    began = thread_time()
    row: Row = connection.execute(text, arguments).fetchone()
    return row, thread_time() - began


async def _interrupt(connection: sqlite3.Connection, running: asyncio.Future[Any]) -> None:
    """End what runs in a worker thread; an interrupt that comes before the statement has begun does nothing."""
    while not running.done():
        connection.interrupt()
        await asyncio.wait([running], timeout=INTERRUPT_AGAIN_SECONDS)
    running.exception()  # nobody else asks for it
