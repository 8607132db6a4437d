"""Whether something was written: told by this process when it commits, and by PostgreSQL when another LNQL does.

What other programs write, LaminDB above all, nobody tells. Therefore the database is asked for its state, as for
searches, every second while there is somebody who waits.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any, Final

from lnql.errors import LnqlError

if TYPE_CHECKING:
    import asyncpg

logger = logging.getLogger(__name__)

LOOK_SECONDS: Final = 1.0
CHANNEL: Final = "lnql_changes"
NOTIFY: Final = f"NOTIFY {CHANNEL}"
"""Tells every LNQL that listens to this PostgreSQL database that something was written, once it is committed."""

Listening = Callable[[Callable[[], None]], AbstractAsyncContextManager[None]]
"""A context in which its argument is called when another process says that it has written."""


def nobody_tells(_: Callable[[], None]) -> AbstractAsyncContextManager[None]:
    """Listen to nobody, as on SQLite."""
    return nullcontext()


class Changes:
    """Wakes those who wait for a change.

    Args:
        state: names what is in the database now.
        listening: how other processes are listened to.
    """

    def __init__(self, state: Callable[[], Awaitable[str]], listening: Listening = nobody_tells) -> None:
        self._state = state
        self._listening = listening
        self._next = asyncio.Event()
        self._watching = 0
        self._watcher: asyncio.Task[None] | None = None

    def written(self) -> None:
        """Say that something was written."""
        event, self._next = self._next, asyncio.Event()
        event.set()

    def next(self) -> Coroutine[Any, Any, bool]:
        """What to wait for until something is written from now on."""
        return self._next.wait()

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """A context in which others' changes are seen too."""
        self._watching += 1
        if self._watcher is None:
            self._watcher = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            self._watching -= 1
            if not self._watching:
                self._watcher.cancel()
                self._watcher = None

    async def _watch(self) -> None:
        async with self._listening(self.written):
            seen = None
            while True:
                with suppress(LnqlError):  # the database is away: whoever asks it next is told
                    now = await self._state()
                    if seen not in (now, None):
                        self.written()
                    seen = now
                await asyncio.sleep(LOOK_SECONDS)


def postgresql_tells(connect: Callable[[], Awaitable["asyncpg.Connection[asyncpg.Record]"]]) -> Listening:
    """Listen to a PostgreSQL database over a connection of its own."""

    @asynccontextmanager
    async def listening(written: Callable[[], None]) -> AsyncIterator[None]:
        try:
            connection = await connect()
        except LnqlError as error:
            logger.warning("Changes by other processes are seen late: %s", error)
            yield
            return
        try:
            await connection.add_listener(CHANNEL, lambda *_: written())
            yield
        finally:
            connection.terminate()

    return listening
