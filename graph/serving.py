"""Running a server: who may reach it, what it opens, and what it says when it answers."""

import gc
import logging
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

import typer
from starlette.applications import Starlette

from lnql import __version__
from lnql.errors import InvalidError
from lnql.extras import require

from .garbage import no_garbage
from .listening import is_loopback, listen
from .server import Server
from .settings import Settings, unknown_settings
from .workers import Workers

FIRST_QUERY = "{ artifacts(first: 3) { totalCount nodes { uid key createdBy { handle } } } }"

logger = logging.getLogger(__name__)

COLLECTED = (50_000, 20, 50)
"""After how many new objects garbage is looked for (Python: 700), and how much more seldom among older ones. A mutation
of 10,000 records makes half a million objects that are in use; they were looked through again and again meanwhile."""


def run_server(settings: Settings) -> None:
    """Serve an instance until Ctrl+C.

    Raises InvalidError for an address others reach, UnavailableError for an address that is not to be had, and
    InstanceError when the instance cannot be opened.
    """
    for mistake in unknown_settings():
        logger.warning("%s", mistake)
    refuse_strangers(settings)
    refuse_writers(settings)
    with common_metrics(settings), listen(settings.host, settings.port) as listener:
        with no_garbage():
            app = open_app(settings)
        greet = partial(typer.echo, greeting(settings, listener.getsockname()[1]))
        if settings.workers > 1:
            work = partial(serve, app, settings, listener)
            Workers(work, settings.workers, listener, settings.drain_seconds).run(greet)
            return
        with suppress(KeyboardInterrupt):  # Ctrl+C, after the server has ended its work
            serve(app, settings, listener, greet)


def serve(app: Starlette, settings: Settings, listener: socket.socket, answering: Callable[[], None]) -> None:
    """Serve until told to end, in this process."""
    gc.set_threshold(*COLLECTED)
    Server(app, settings, answering).run(sockets=[listener])


def refuse_writers(settings: Settings) -> None:
    """Refuse several processes that write to one file; a PostgreSQL server is made for that."""
    if settings.workers > 1 and settings.write and not settings.instance.startswith("postgres"):
        raise InvalidError(
            f"{settings.workers} workers would write to one SQLite file.",
            hint="Serve it with one worker, or read-only, or copy it to PostgreSQL: lnql copy.",
        )


def refuse_strangers(settings: Settings) -> None:
    """Refuse to listen where others reach it, unless that is asked for in so many words: nobody has to log in."""
    if is_loopback(settings.host) or settings.allow_anonymous:
        return
    raise InvalidError(
        f"There is no log-in yet: on {settings.host} anyone who reaches this machine could read the whole instance.",
        hint="Add --allow-anonymous if that is what you want, or leave --host out.",
    )


@contextmanager
def common_metrics(settings: Settings) -> Iterator[None]:
    """Let workers put their numbers together, so that each of them tells those of all."""
    if settings.workers == 1:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="lnql-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # before prometheus-client is imported, which then looks there
        yield


def open_app(settings: Settings) -> Starlette:
    """Open the instance and make its application."""
    from lnql.models.database import open_instance  # half a second: no other command waits for it

    from .app import create_app
    from .service import Service

    instance = open_instance(settings.instance, write=settings.write, modules=settings.modules)
    service = partial(Service, instance, settings.limits, user=settings.user, read_urls=settings.read_urls)
    if not settings.otel:
        return create_app(service(), settings)
    require("opentelemetry.sdk", extra="otel", task="Sending traces")
    from . import tracing

    measured = partial(tracing.traced, instance.dialect)
    return tracing.traced_app(create_app(service(measured=measured), settings))


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
