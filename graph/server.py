"""The server process: uvicorn, which says when it answers, and ends without cutting a request."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import AsyncExitStack
from time import monotonic
from typing import Any, cast

import uvicorn
from starlette.applications import Starlette

from .listening import turn_away
from .settings import Settings

AHEAD_SECONDS = 1.0
"""How long after the start it is read what requests will need: those who waited for the start come first."""
IDLE_SECONDS = 75
"""How long a connection stays open without a request: longer than clients and proxies keep one (httpx 5 s, nginx 60 s),
so that it is they who close it. Else a mutation could be sent while the server closes, and be lost.
"""
LAST_REQUESTS_SECONDS = 1.0
"""How long a connection is waited for that may bring a last request; a client may keep one open for nothing."""


def server_config(app: Starlette, settings: Settings) -> uvicorn.Config:
    """Configure uvicorn. It speaks of its own doings, and of every request, only when debugging."""
    debugging = settings.log_level == "debug"
    return uvicorn.Config(
        app,
        log_config=None,
        log_level="debug" if debugging else "warning",
        access_log=debugging,
        lifespan="off",
        ws=cast("type[asyncio.Protocol]", websocket_protocol),  # it is only called
        ws_max_size=settings.limits.body_bytes,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=int(settings.limits.operation_seconds) + 1,
    )


def websocket_protocol(**options: Any) -> asyncio.Protocol:
    """What speaks WebSocket on a connection; it is imported with the first one."""
    from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

    return WebSocketsSansIOProtocol(**options)


class Server(uvicorn.Server):
    """Serves one application, which it opens and closes itself: uvicorn would make a traceback of what goes wrong.

    Args:
        answering: is called when it answers.
    """

    def __init__(self, app: Starlette, settings: Settings, answering: Callable[[], None]) -> None:
        super().__init__(server_config(app, settings))
        self._app = app
        self._answering = answering
        self._alone = settings.workers == 1
        self._drain_seconds = settings.drain_seconds
        self._opened = AsyncExitStack()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to answer, then say so."""
        await self._opened.enter_async_context(self._app.router.lifespan_context(self._app))
        await super().startup(sockets)
        self._answering()
        self._ahead = asyncio.create_task(self._read_ahead())

    async def _read_ahead(self) -> None:
        await asyncio.sleep(AHEAD_SECONDS)
        await self._app.state.read_ahead()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer every request that was sent, then end.

        First /readyz says that this server ends, so that a load balancer looks elsewhere. Then nobody can connect any
        more, and connections are closed after their next answer. What remains are those that bring no more requests.
        """
        self._app.state.ending.set()
        self._ahead.cancel()
        await self._wait(self._drain_seconds)
        self.server_state.default_headers.append((b"connection", b"close"))
        if self._alone:  # else other processes go on with these
            for listener in sockets or []:
                turn_away(listener)
        await self._wait(LAST_REQUESTS_SECONDS, lambda: not self.server_state.connections)
        await super().shutdown(sockets)
        await self._opened.aclose()

    async def _wait(self, seconds: float, over: Callable[[], bool] = lambda: False) -> None:
        """Wait until it is over, so many seconds at most, or until a second Ctrl+C."""
        deadline = monotonic() + seconds
        while monotonic() < deadline and not self.force_exit:
            await asyncio.sleep(0.02)  # first of all: who waits in the queue is not among the connections yet
            if over():
                return
