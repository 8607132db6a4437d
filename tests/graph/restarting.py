"""Serve the small service ROUNDS times, each until SIGTERM: `python -m tests.graph.restarting ROUNDS`."""

import signal
import sys
from functools import partial

from lnql.graph.app import create_app
from lnql.graph.listening import listen
from lnql.graph.server import Server
from lnql.graph.settings import Settings

from .hello import Service


def main(rounds: int) -> None:
    """Serve, each time on another port, which is what the server says when it answers."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the server ends by it, this process goes on
    settings = Settings()
    for _ in range(rounds):
        service = Service()
        with listen("127.0.0.1", 0) as listener:
            port = listener.getsockname()[1]
            answering = partial(sys.stdout.write, f"port {port}\n")
            Server(create_app(service, settings), settings, answering).run(sockets=[listener])
    sys.stdout.write(", ".join(service.events) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
