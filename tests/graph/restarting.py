"""Serve the small service ROUNDS times, each until SIGTERM: `python -m tests.graph.restarting ROUNDS`."""

import signal
import sys
from functools import partial

import typer

from lnql.graph.app import create_app
from lnql.graph.listening import listen
from lnql.graph.server import Server
from lnql.graph.settings import read_settings

from .hello import Service


def main(rounds: int) -> None:
    """Serve, each time on another port, which is what the server says when it answers."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the server ends by it, this process goes on
    settings = read_settings({})
    for _ in range(rounds):
        service = Service()
        with listen("127.0.0.1", 0) as listener:
            port = listener.getsockname()[1]
            answering = partial(typer.echo, f"port {port}")
            Server(create_app(service, settings), settings, answering).run(sockets=[listener])
    typer.echo(", ".join(service.events))


if __name__ == "__main__":
    main(int(sys.argv[1]))
