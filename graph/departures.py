"""A client that goes away: what was being done for it is cancelled, which interrupts its statement in the database."""

import asyncio
from types import TracebackType
from typing import Final, Self

from starlette.types import Receive

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

    async def __aenter__(self) -> Self:
        self._task = asyncio.current_task()
        self._timer = asyncio.get_running_loop().call_later(LOOK_AFTER_SECONDS, self._look)
        return self

    def _look(self) -> None:
        self._watcher = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._gone = True
        if self._task:
            self._task.cancel()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._watcher:
            self._watcher.cancel()
        if self._gone and self._task and kind is asyncio.CancelledError:
            self._task.uncancel()
            raise DepartedError from None
