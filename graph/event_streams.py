"""Results as server-sent events: the protocol of graphql-sse in its "distinct connections mode".

Source: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any, Final

import orjson
from graphql import ExecutionResult
from starlette.types import Receive, Scope, Send

from .departures import WhileClientWaits
from .media import EVENTS

HEADERS: Final = [
    (b"content-type", f"{EVENTS}; charset=utf-8".encode()),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx would wait for more
]
COMPLETE: Final = b"event: complete\ndata:\n\n"
ALIVE: Final = b":\n\n"
ALIVE_SECONDS: Final = 12.0
"""A proxy may close a connection on which nothing comes for long."""

Describe = Callable[[ExecutionResult | Exception], dict[str, Any]]
"""Makes the content of an answer."""


class EventStream:
    """An answer that is a stream of results, until these end or the client goes away."""

    def __init__(self, results: AsyncGenerator[ExecutionResult, None], describe: Describe) -> None:
        self._results = results
        self._describe = describe
        self._sending = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the stream (ASGI)."""

        async def write(text: bytes, more: bool = True) -> None:
            async with self._sending:
                await send({"type": "http.response.body", "body": text, "more_body": more})

        await send({"type": "http.response.start", "status": 200, "headers": list(HEADERS)})
        await write(ALIVE)
        alive = asyncio.create_task(_keep_alive(write))
        try:
            with WhileClientWaits(receive):
                async with aclosing(self._contents()) as contents:
                    async for content in contents:
                        await write(b"event: next\ndata: " + orjson.dumps(content) + b"\n\n")
        finally:
            alive.cancel()
        await write(COMPLETE, more=False)

    async def _contents(self) -> AsyncGenerator[dict[str, Any], None]:
        try:
            async for result in self._results:
                yield self._describe(result)
        except Exception as error:
            yield self._describe(error)


async def _keep_alive(write: Callable[[bytes], Any]) -> None:
    while True:
        await asyncio.sleep(ALIVE_SECONDS)
        await write(ALIVE)
