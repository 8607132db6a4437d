"""Running a server: the address it listens on, who may reach it, and what it says when it answers."""

import gc
import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EADDRINUSE

import typer
import uvicorn
from starlette.applications import Starlette

from lnql import __version__
from lnql.errors import InvalidError, UnavailableError

from .settings import Settings

FIRST_QUERY = "{ artifacts(first: 3) { totalCount nodes { uid key createdBy { handle } } } }"


def run_server(settings: Settings) -> None:
    """Serve an instance until Ctrl+C.

    Raises InvalidError for an address others reach, UnavailableError for an address that is not to be had, and
    InstanceError when the instance cannot be opened.
    """
    refuse_strangers(settings)
    with listen(settings.host, settings.port) as listener:
        with no_garbage():
            app = open_app(settings)
        server = Server(app, settings, greeting(settings, listener.getsockname()[1]))
        with suppress(KeyboardInterrupt):  # Ctrl+C, after the server has ended its work
            server.run(sockets=[listener])


def refuse_strangers(settings: Settings) -> None:
    """Refuse to listen where others reach it, unless that is asked for in so many words: nobody has to log in."""
    if is_loopback(settings.host) or settings.allow_anonymous:
        return
    raise InvalidError(
        f"There is no log-in yet: on {settings.host} anyone who reaches this machine could read the whole instance.",
        hint="Add --allow-anonymous if that is what you want, or leave --host out.",
    )


def is_loopback(host: str) -> bool:
    """Whether `host` is reached from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """Take the port before the instance is opened, which takes a moment; who connects early waits."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == EADDRINUSE:
            message, hint = f"Port {port} is in use by another program.", f"Choose another: --port {port + 1}"
        else:
            message, hint = f"Cannot listen on {host}:{port}: {error.strerror or error}.", None
        raise UnavailableError(message, hint=hint) from None


@contextmanager
def no_garbage() -> Iterator[None]:
    """Keep what is made here out of garbage collection, now and later.

    A schema is a million objects that stay: looking through them takes a fifth of start-up, and milliseconds at every
    full collection afterwards.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def open_app(settings: Settings) -> Starlette:
    """Open the instance and make its application."""
    from lnql.models.database import open_instance  # half a second: no other command waits for it

    from .app import create_app
    from .service import Service

    instance = open_instance(settings.instance, write=settings.write, modules=settings.modules)
    return create_app(Service(instance, settings.limits), settings)


def server_config(app: Starlette, settings: Settings) -> uvicorn.Config:
    """Configure uvicorn. It speaks of its own doings, and of every request, only when debugging."""
    debugging = settings.log_level == "debug"
    return uvicorn.Config(
        app,
        log_config=None,
        log_level="debug" if debugging else "warning",
        access_log=debugging,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=10,
    )


class Server(uvicorn.Server):
    """A server that says where it is once it answers, and not before.

    It starts and ends the application itself, because uvicorn would answer what goes wrong there with a traceback.
    """

    def __init__(self, app: Starlette, settings: Settings, greeting: str) -> None:
        super().__init__(server_config(app, settings))
        self._app = app
        self._greeting = greeting

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve while the application is open."""
        async with self._app.router.lifespan_context(self._app):
            await super().serve(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to answer, then greet."""
        await super().startup(sockets)
        typer.echo(self._greeting)


def greeting(settings: Settings, port: int) -> str:
    """What is served where, and a first query to paste."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    url = f"http://{host}:{port}/graphql"
    mode = "for reading and writing" if settings.write else "read-only"
    lines = [
        f"LNQL {__version__} serves {settings.instance} {mode} at {url}",
        "Open it in a browser, or paste a first query into another terminal:",
        "",
        f"""  curl {url} -H 'content-type: application/json' -d '{{"query": "{FIRST_QUERY}"}}'""",
        "",
    ]
    if not is_loopback(settings.host):
        lines.append("Anyone who reaches this address can read everything in this instance; there is no log-in yet.")
    return "\n".join([*lines, "Stop it with Ctrl+C."])
