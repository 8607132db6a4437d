"""A client that goes away: what was being done for it is cancelled, which interrupts its statement in the database."""

import asyncio
from types import TracebackType
from typing import Final, Self

from starlette.types import Receive

from .deadlines import clock

LOOK_AFTER_SECONDS: Final = 0.05
"""Whether the client is still there is seen by a task of its own, which the usual operation, being over, is spared."""


class DepartedError(Exception):
    """The client has gone, and there is nobody to answer."""


class WhileClientWaits:
    """A context that cancels what runs in it when the client goes away.

    Raises:
        DepartedError: then.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._watcher: asyncio.Task[None] | None = None
        self._gone = False

    def __enter__(self) -> Self:
        self._task = asyncio.current_task()
        clock(LOOK_AFTER_SECONDS).start(self)
        return self

    def ring(self) -> None:
        """Look whether the client is still there."""
        self._watcher = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._gone = True
        if self._task:
            self._task.cancel()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._watcher:
            self._watcher.cancel()
        else:
            clock(LOOK_AFTER_SECONDS).stop(self)
        if self._gone and self._task and kind is asyncio.CancelledError:
            self._task.uncancel()
            raise DepartedError from None
