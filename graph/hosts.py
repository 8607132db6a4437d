"""The names a server is reached by: one that pages of other sites must not reach answers under no other."""

import ipaddress
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from .requests import RequestError


class Hosts:
    """Middleware that refuses requests whose header `Host` is none of these names.

    A page can have its own name lead to another machine, this one included, once it is loaded ("DNS rebinding"); the
    browser then lets it read the answers, and tells the server the page's name. Addresses are no names, hence taken;
    so is a request that says nothing, which no browser sends.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self._app = app
        self._names = {name.lower() for name in names}
        self._is_ours = lru_cache(100)(self._names_us)  # there are few

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse one WebSocket (ASGI).

        Raises:
            RequestError: for a name that is none of this server's.
        """
        for header, value in scope.get("headers", ()):
            if header == b"host" and not self._is_ours(value):
                await _refuse(value.decode("latin-1")[:100], scope, send)
                return
        await self._app(scope, receive, send)

    def _names_us(self, value: bytes) -> bool:
        try:
            name = urlsplit(f"//{value.decode('latin-1')}").hostname or ""
        except ValueError:  # brackets that are not closed
            return False
        return not name or name in self._names or _is_address(name)


async def _refuse(name: str, scope: Scope, send: Send) -> None:
    if scope["type"] == "http":
        raise RequestError(f"This server is not {name!r}. LNQL_HOSTS lists the names it answers under.", 421)
    await send({"type": "websocket.close"})  # before it is accepted: the client gets 403


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
