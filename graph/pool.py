"""Connections to PostgreSQL that are kept open; taking one and giving it back is no work.

asyncpg's own pool wraps and checks a connection each time, which takes longer than to ask for one row. Here the one
used last is taken first, because it knows most statements.
"""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TYPE_CHECKING, Final

from .deadlines import Deadline
from .slots import Slots

if TYPE_CHECKING:
    import asyncpg

IDLE_SECONDS: Final = 300.0
"""A connection that was not used for longer may have been cut off on the way."""


class Pool:
    """At most so many connections.

    Args:
        connect: makes one.
        seconds: how long one who needs a connection waits, and how long the server may take to end a statement.
    """

    def __init__(self, connect: "Callable[[], Awaitable[asyncpg.Connection]]", most: int, seconds: float) -> None:
        self._connect = connect
        self._seconds = seconds
        self._room = Slots(most, seconds)
        self._idle: list[tuple[asyncpg.Connection, float]] = []
        self._ending: set[asyncio.Task[None]] = set()

    async def take(self) -> "asyncpg.Connection":
        """Give a connection to one who gives it back; raises TimeoutError if none is free in time."""
        await self._room.take()
        try:
            return self._known() or await self._made()
        except BaseException:
            self._room.give()
            raise

    async def _made(self) -> "asyncpg.Connection":
        with Deadline(self._seconds):
            return await self._connect()

    def give(self, connection: "asyncpg.Connection") -> None:
        """Give a connection back; what ran on it has ended."""
        self._idle.append((connection, monotonic()))
        self._room.give()

    def give_cancelled(self, connection: "asyncpg.Connection") -> None:
        """Give a connection back whose statement is being cancelled in the server."""
        task = asyncio.create_task(self._give_ended(connection))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def _give_ended(self, connection: "asyncpg.Connection") -> None:
        try:
            await connection.execute("", timeout=self._seconds)  # it waits for the end of what was cancelled
        except Exception:  # whatever the reason, nobody else should use it
            connection.terminate()
        finally:
            self.give(connection)

    async def close(self) -> None:
        """Close all, when all are given back."""
        await self._room.take_all()
        for connection, _ in self._idle:
            await connection.close()

    def _known(self) -> "asyncpg.Connection | None":
        while self._idle:
            connection, since = self._idle.pop()
            if connection.is_closed():
                continue
            if monotonic() - since < IDLE_SECONDS:
                return connection
            connection.terminate()
        return None
