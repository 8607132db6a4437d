"""A server that answers what a test wants, to see what the client sends and what it makes of faults."""

import json
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self


class Stub:
    """A server on a free port, while it is entered.

    Args:
        answer: the data of every answer.
        error: the code and the message of an error that is answered instead.
        refuses: a text; documents with it are answered with an error.
        status, text: what is answered instead of GraphQL.
        seconds: how long an answer takes.
    """

    def __init__(
        self,
        answer: Any = None,
        *,
        error: tuple[str, str] | None = None,
        status: int = 200,
        text: str = "",
        seconds: float = 0.0,
    ) -> None:
        self.answer, self.error, self.status, self.text, self.seconds = answer, error, status, text, seconds
        self.refuses = ""
        self.breaks = 0
        """How many connections break before one is answered."""
        self.bodies: list[Any] = []
        self.headers: list[dict[str, str]] = []

    def __str__(self) -> str:
        return f"{self.status} {self.error} {self.text}"

    def __enter__(self) -> Self:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                if stub.breaks:
                    stub.breaks -= 1
                    self.connection.close()
                    return
                stub.bodies.append(json.loads(body))
                stub.headers.append({name.lower(): value for name, value in self.headers.items()})
                time.sleep(stub.seconds)
                answer = stub.made(body.decode()).encode()
                self.send_response(stub.status)
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                with suppress(BrokenPipeError):  # who asked may have stopped waiting
                    self.wfile.write(answer)

            def log_message(self, *_: Any) -> None:
                """Keep silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/graphql"
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def made(self, body: str) -> str:
        """The body of an answer."""
        error = ("INVALID", "Refused.") if self.refuses and self.refuses in body else self.error
        if error:
            code, message = error
            return json.dumps({"errors": [{"message": message, "extensions": {"code": code}}]})
        return self.text or ("" if self.status != 200 else json.dumps({"data": self.answer}))


def answering(answer: Any) -> Stub:
    """A server that answers everything alike."""
    return Stub(answer)
