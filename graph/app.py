"""The ASGI application: GraphQL over HTTP at /graphql, health at /livez and /readyz, metrics at /metrics."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from lnql.errors import NotFoundError, UnavailableError

from . import graphiql, media
from .answers import respond
from .boundary import Boundary
from .compression import Compression
from .endpoint import GraphQLEndpoint, GraphQLService
from .hosts import Hosts
from .listening import is_loopback
from .metrics import metrics
from .requests import RequestError
from .settings import Settings
from .websockets import serve_websocket

PATH = "/graphql"


class Shortcut:
    """Middleware that leads what asks for GraphQL past the router, which takes a tenth of the time of a small query."""

    def __init__(self, app: ASGIApp, endpoint: ASGIApp) -> None:
        self.app = app
        self.endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        direct = scope["type"] == "http" and scope["path"] == PATH
        await (self.endpoint if direct else self.app)(scope, receive, send)


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

    async def readyz(request: Request) -> Response:
        if request.app.state.ending.is_set():
            raise UnavailableError("This server is ending.")
        await service.ready()
        return respond({"status": "ready"}, 200, media.JSON)

    async def websocket(socket: WebSocket) -> None:
        await serve_websocket(socket, endpoint.over_websocket, settings)

    endpoint = GraphQLEndpoint(service, settings)
    app = Starlette(
        routes=[
            Route(PATH, endpoint),
            WebSocketRoute(PATH, websocket),
            Route("/livez", livez),
            Route("/readyz", readyz),
            Route("/metrics", metrics),
            *graphiql.routes(),
        ],
        middleware=[
            *_cors(settings),
            Middleware(Compression),
            Middleware(Boundary, limits=settings.limits),
            *_hosts(settings),
            Middleware(Shortcut, endpoint=endpoint),
        ],
        exception_handlers={HTTPException: _raise_refusal},
        lifespan=lifespan,
    )
    app.state.ending, app.state.read_ahead = endpoint.live.ending, service.read_ahead  # the server says when
    return app


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


def _hosts(settings: Settings) -> list[Middleware]:
    """What refuses other names than those of the server: all but its own where it serves this machine only."""
    if not settings.hosts and not is_loopback(settings.host):
        return []
    return [Middleware(Hosts, names=(*settings.hosts, settings.host, "localhost"))]


async def _raise_refusal(request: Request, error: Exception) -> Response:
    """What the router refuses, as an exception that is answered like any other."""
    match error:
        case HTTPException(status_code=404):
            raise NotFoundError(f"There is nothing at {request.url.path}; GraphQL is at /graphql.") from None
        case HTTPException(status_code=status, headers=headers):
            raise RequestError(f"The method {request.method} is not allowed here.", status, headers) from None
    raise error
