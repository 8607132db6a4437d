"""Live queries: a list is read anew after each change, and told when it is not what was told before."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Final

import orjson
from graphql import ExecutionResult

from lnql.errors import UnavailableError

from .changes import Changes
from .metrics import SUBSCRIPTIONS

PAUSE_SECONDS: Final = 0.25
"""Between two readings for the same client: many small changes are told as one."""


class LiveQueries:
    """The subscriptions of one process.

    Args:
        most: how many there may be at a time.
    """

    def __init__(self, changes: Changes, most: int) -> None:
        self._changes = changes
        self._most = most
        self._open = 0
        self.ending = asyncio.Event()
        """When it is set, all subscriptions are completed: the server ends."""

    async def results(self, read: Callable[[], Awaitable[ExecutionResult]]) -> AsyncGenerator[ExecutionResult, None]:
        """What `read` gives now, and after each change that makes it another; an error is told and is the end.

        Raises:
            UnavailableError: when there are too many.
        """
        if self._open >= self._most:
            raise UnavailableError(f"{self._open} subscriptions are open; there may be no more.", hint="Try later.")
        self._open += 1
        SUBSCRIPTIONS.inc()
        try:
            async with self._changes.watched():
                async for result in self._different(read):
                    yield result
        finally:
            self._open -= 1
            SUBSCRIPTIONS.dec()

    async def _different(self, read: Callable[[], Awaitable[ExecutionResult]]) -> AsyncGenerator[ExecutionResult, None]:
        told: bytes | None = None
        while not self.ending.is_set():
            changed = asyncio.create_task(self._changes.next())  # before it is read: nothing is missed
            try:
                result = await read()
                content = orjson.dumps(result.data)
                if result.errors or content != told:
                    yield result
                if result.errors:
                    return
                told = content
                await self._wait(changed)
            finally:
                changed.cancel()

    async def _wait(self, changed: asyncio.Task[bool]) -> None:
        ending = asyncio.create_task(self.ending.wait())
        try:
            await asyncio.sleep(PAUSE_SECONDS)
            await asyncio.wait([changed, ending], return_when=asyncio.FIRST_COMPLETED)
        finally:
            ending.cancel()
