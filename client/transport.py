"""Requests: GraphQL over HTTP by gql and httpx, to a server or to an application in this process."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any

import orjson
from gql import Client, GraphQLRequest
from gql.transport.exceptions import (
    TransportConnectionFailed,
    TransportError,
    TransportQueryError,
    TransportServerError,
)
from gql.transport.httpx import HTTPXAsyncTransport, httpx  # type: ignore[attr-defined]  # gql's own: there are two

from .errors import (
    AnswerError,
    DeadlineError,
    ForbiddenError,
    LnqlError,
    UnauthenticatedError,
    UnavailableError,
    UnreachableError,
    error_from_answer,
)
from .tables import read_answer

Json = dict[str, Any]
JSON = "application/json"
SECONDS = 60.0
"""How long an answer may take."""
LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})
"""Hosts that are this machine."""
BACK_OFF = (0.1, 0.5, 2.0)
"""How long to wait before a read is tried again, in seconds."""


BUSY = (UnavailableError, "cannot be reached through its proxy now")
STATUSES: Mapping[int, tuple[type[LnqlError], str]] = {
    401: (UnauthenticatedError, "does not accept the token, or it has expired"),
    403: (ForbiddenError, "does not let you in"),
    429: (UnavailableError, "was asked too often"),
    **dict.fromkeys((502, 503, 504), BUSY),
}
"""What a status means where no GraphQL comes with it: LNQL's own answers always have some."""


class _Request(GraphQLRequest):
    """A document as text: the server parses it, so nobody else needs to."""

    def __init__(self, text: str, variables: Mapping[str, Any]) -> None:
        self.text = text
        self.variables = variables

    @property
    def payload(self) -> Json:
        return {"query": self.text, "variables": self.variables}


class Transport:
    """Sends documents to one server.

    Args:
        url: where it answers GraphQL.
        token: who is asking, if the server wants to know.
        app: an ASGI application to ask instead of the network.
    """

    def __init__(self, url: str, token: str | None = None, app: Any = None) -> None:
        self.url = url
        self._app = app
        headers = {"authorization": f"Bearer {token}"} if token else {}
        if app is not None or httpx.URL(url).host in LOCAL:
            headers["accept-encoding"] = "identity"  # compressing would take longer than sending
        options: Json = {"headers": headers, "timeout": httpx.Timeout(SECONDS, connect=10.0)}
        if not url.startswith("https:"):
            options["verify"] = False  # there is nothing to verify, and loading certificates takes a while
        if app is not None:
            options |= {"transport": httpx.ASGITransport(app), "timeout": None}
        gql = HTTPXAsyncTransport(url, json_serialize=orjson.dumps, json_deserialize=read_answer, **options)
        self._client = Client(transport=gql, execute_timeout=None)
        self._stack = AsyncExitStack()
        self._session: Any = None

    async def open(self) -> None:
        """Start what sends requests, and the application."""
        if self._app is not None:
            await self._stack.enter_async_context(self._app.router.lifespan_context(self._app))
        self._session = await self._stack.enter_async_context(self._client)

    async def close(self) -> None:
        """End it."""
        await self._stack.aclose()

    async def execute(
        self, text: str, variables: Mapping[str, Any] | None = None, *, read: bool = True, accept: str | None = None
    ) -> Json:
        """Give the data that answers a document; a read is sent again when the connection fails.

        `accept` are the media types that may answer, JSON if it is not said.

        Raises:
            UnreachableError: no server answers there.
            DeadlineError: it took too long.
            LnqlError: what the server refused, as the class that goes with its code.
        """
        for wait in BACK_OFF if read else ():
            try:
                return await self._execute(text, variables or {}, accept)
            except UnreachableError:
                await asyncio.sleep(wait)
        return await self._execute(text, variables or {}, accept)

    async def _execute(self, text: str, variables: Mapping[str, Any], accept: str | None) -> Json:
        request = _Request(text, variables)
        headers = {"content-type": JSON, "accept": accept or JSON}
        body = {"content": orjson.dumps(request.payload), "headers": headers}
        try:
            data: Json = await self._session.execute(request, extra_args=body)
        except TransportError as error:
            raise self._explain(error) from None
        return data

    def _explain(self, error: TransportError) -> LnqlError:
        """Tell what went wrong, in the classes and words of LNQL."""
        match error:
            case TransportQueryError(errors=[first, *_]):
                return error_from_answer(first)
            case TransportServerError(code=int(status)):
                made, says = STATUSES.get(status, (AnswerError, "did not answer with GraphQL"))
                return made(f"{self.url} {says} (HTTP status {status}).")
            case TransportConnectionFailed(__cause__=httpx.ReadTimeout()):
                return DeadlineError(f"{self.url} did not answer within {SECONDS:g} s.")
            case TransportConnectionFailed():
                return UnreachableError(f"No server answers at {self.url}: {error}.", hint="Is `lnql serve` running?")
            case _:
                return AnswerError(f"{self.url} did not answer with GraphQL: {str(error)[:200]}.")
