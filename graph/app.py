"""The ASGI application: GraphQL over HTTP at /graphql, health at /livez and /readyz.

    request -> media type -> parameters -> document (cached) -> service -> bytes

Each step refuses what it cannot take by an exception of `lnql.errors`, and one place turns exceptions into answers.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

from graphql import ExecutionResult, GraphQLSchema, OperationType
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lnql.errors import DeadlineError, NotFoundError, UnavailableError

from . import graphiql, media
from .answers import answer_exception, answer_result, respond
from .compression import Compression
from .documents import Document, DocumentCache
from .etags import revalidated
from .introspection import Introspection
from .requests import METHODS, RequestError, read_request
from .settings import Limits, Settings

DATA = (media.GRAPHQL, media.JSON)
PAGE_OR_DATA = (media.HTML, *DATA)


class GraphQLService(Protocol):
    """What executes documents: one opened instance and its schema."""

    @property
    def schema(self) -> GraphQLSchema:
        """The schema that documents are validated against."""

    async def startup(self) -> None:
        """Open what execution needs."""

    async def shutdown(self) -> None:
        """Close it."""

    async def ready(self) -> None:
        """Raise an LnqlError if an operation could not be answered now."""

    async def execute(self, document: Document, variables: dict[str, Any] | None) -> ExecutionResult:
        """The result of one operation; root fields may hold finished JSON as `orjson.Fragment`."""


def create_app(service: GraphQLService, settings: Settings) -> Starlette:
    """The application that serves one instance, which it opens at start-up and closes at shutdown."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await service.startup()
        try:
            yield
        finally:
            await service.shutdown()

    async def livez(_: Request) -> Response:
        return respond({"status": "alive"}, 200, media.JSON)

    async def readyz(_: Request) -> Response:
        await service.ready()
        return respond({"status": "ready"}, 200, media.JSON)

    endpoint = GraphQLEndpoint(service, settings.limits)
    return Starlette(
        routes=[Route("/graphql", endpoint), Route("/livez", livez), Route("/readyz", readyz), *graphiql.routes()],
        middleware=[*_cors(settings), Middleware(Compression), Middleware(Boundary, limits=settings.limits)],
        exception_handlers={HTTPException: _raise_refusal},
        lifespan=lifespan,
    )


def _cors(settings: Settings) -> list[Middleware]:
    """What lets pages of other origins ask, if any are named; there are no cookies that could be sent along."""
    if not settings.origins:
        return []
    methods, told = ["GET", "POST"], ["etag", "retry-after", "x-request-id"]
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=settings.origins,
            allow_methods=methods,
            allow_headers=["*"],
            expose_headers=told,
        )
    ]


async def _raise_refusal(request: Request, error: Exception) -> Response:
    """What the router refuses, as an exception that is answered like any other."""
    match error:
        case HTTPException(status_code=404):
            raise NotFoundError(f"There is nothing at {request.url.path}; GraphQL is at /graphql.") from None
        case HTTPException(status_code=status, headers=headers):
            raise RequestError(f"The method {request.method} is not allowed here.", status, headers) from None
    raise error


class Boundary:
    """Middleware: each request gets an id, each answer says it, and each exception becomes an answer.

    The id is in `scope["request_id"]`; the media type of answers to exceptions may be put into `scope["media_type"]`.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app = app
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        scope["request_id"] = request_id = secrets.token_hex(8)
        started = False

        async def send_with_id(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception as error:
            if started:
                raise
            response = answer_exception(error, scope.get("media_type", media.JSON), request_id, self.limits)
            await response(scope, receive, send_with_id)


class GraphQLEndpoint:
    """GraphQL over HTTP at one path: POST, GET for queries, and GraphiQL for a browser."""

    def __init__(self, service: GraphQLService, limits: Limits) -> None:
        self.service = service
        self.limits = limits
        self.documents = DocumentCache(service.schema, limits)
        self.introspection = Introspection(service.schema)
        self.page = graphiql.page()
        self.slots = asyncio.Semaphore(limits.operations_in_flight)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        response = await self.answer(scope, receive)
        await response(scope, receive, send)

    async def answer(self, scope: Scope, receive: Receive) -> Response:
        """The response to one HTTP request.

        Raises:
            LnqlError: for what is refused; `scope["media_type"]` says how to answer it.
        """
        method = scope["method"]
        if method == "OPTIONS":
            return Response(status_code=204, headers={"allow": METHODS})
        headers = Headers(scope=scope)
        media_type = _choose_media_type(method, headers.get("accept") or media.JSON)
        if media_type == media.HTML:
            return self.page
        scope["media_type"] = media_type
        request = await read_request(scope, receive, headers, self.limits)
        document = self.documents.get(request.query, request.operation_name)
        if method != "POST" and document.operation.operation is not OperationType.QUERY:
            kind = document.operation.operation.value
            raise RequestError(f"A {kind} is not allowed by {method}; send it by POST.", 405, {"allow": "POST"})
        result = await self.execute(document, request.variables)
        response = answer_result(result, media_type, scope["request_id"], self.limits)
        return response if method == "POST" or response.status_code != 200 else revalidated(response, headers)

    async def execute(self, document: Document, variables: dict[str, Any] | None) -> ExecutionResult:
        """The result of one operation, within the limits on time and on operations at the same time.

        Raises:
            DeadlineError: when it takes too long; the service is cancelled.
            UnavailableError: when too many others run and none of them ends soon.
        """
        await self._take_slot()
        deadline = asyncio.timeout(self.limits.operation_seconds)
        try:
            async with deadline:
                executor = self.service if document.cost.root_data_fields else self.introspection
                return await executor.execute(document, variables)
        except TimeoutError:
            if not deadline.expired():
                raise
            message = f"The operation took longer than {self.limits.operation_seconds:g} s and was stopped."
            raise DeadlineError(message, hint="Ask for less, or filter by indexed columns.") from None
        finally:
            self.slots.release()

    async def _take_slot(self) -> None:
        if not self.slots.locked():  # the usual case, spared the timer, which costs more than all else here
            await self.slots.acquire()
            return
        try:
            async with asyncio.timeout(self.limits.connection_seconds):
                await self.slots.acquire()
        except TimeoutError:
            message = f"{self.limits.operations_in_flight} operations are running, and none of them ended in time."
            raise UnavailableError(message, hint="Try again in a few seconds.") from None


def _choose_media_type(method: str, accept: str) -> str:
    media_type = media.negotiate(accept, PAGE_OR_DATA if method in ("GET", "HEAD") else DATA)
    if media_type is None:
        raise RequestError(f"None of the types in the Accept header is spoken here; {' or '.join(DATA)} is.", 406)
    return media_type
