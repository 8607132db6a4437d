"""Running a server: who may reach it, what it opens, and what it says when it answers."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from starlette.applications import Starlette

from lnql import __version__
from lnql.errors import InvalidError

from .listening import is_loopback, listen
from .server import Server
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
    return create_app(Service(instance, settings.limits, user=settings.user), settings)


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
