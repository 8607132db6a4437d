"""A small service behind the application, for tests of HTTP that need no instance."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import orjson
import uvicorn
from graphql import ExecutionResult, build_schema, execute
from starlette.applications import Starlette

from lnql.errors import InvalidError
from lnql.graph.changes import Changes
from lnql.graph.documents import Document
from lnql.graph.media import GRAPHQL

SCHEMA = build_schema(
    """
    scalar JSON
    type Query {
      hello(name: String, number: Int): String!
      rows: JSON
      defect: String
      wrong: String!
      slow: String
      soon: String
    }
    type Mutation { save: Int  saveSoon: Int  rename(name: String!): Int }
    type Subscription { helloChanged: String  wrongChanged: String! }
    """
)


class Resolvers:
    """The root fields of the schema above; `events` are what has become of the slow ones."""

    def __init__(self, service: "Service") -> None:
        self.service = service
        self.events = service.events

    def hello(self, _: Any, name: str = "you", number: int = 1) -> str:
        return f"hello {name}"

    def rows(self, _: Any) -> orjson.Fragment:
        return orjson.Fragment(b"[1, 2]")

    def defect(self, _: Any) -> str:
        raise RuntimeError("the password is hunter2")

    def wrong(self, _: Any) -> str:
        raise InvalidError("The cursor abc is not one of this connection.")

    async def slow(self, _: Any) -> str:
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            self.events.append("cancelled")
            raise
        raise AssertionError("nobody waits this long")

    async def soon(self, _: Any) -> str:
        await asyncio.sleep(0.02)
        return "now"

    async def saveSoon(self, _: Any) -> int:  # noqa: N802  a field of the schema
        await asyncio.sleep(0.3)
        self.events.append("saved")
        return 1

    def rename(self, _: Any, name: str) -> int:
        self.service.name = name
        self.service.changes.written()
        return 1

    def helloChanged(self, _: Any) -> str:  # noqa: N802  a field of the schema
        return f"hello {self.service.name}"

    def wrongChanged(self, _: Any) -> str:  # noqa: N802  a field of the schema
        return self.wrong(_)

    def save(self, _: Any) -> int:
        return 1


class Service:
    """Executes documents with graphql-core, and notes what happens to it."""

    def __init__(self) -> None:
        self.schema = SCHEMA
        self.fingerprint = "1234abcd"
        self.events: list[str] = []
        self.refusal: Exception | None = None
        self.name = "you"
        self.changes = Changes(self.state)

    async def state(self) -> str:
        """Nobody else writes."""
        return "always the same"

    async def startup(self) -> None:
        self.events.append("startup")

    async def read_ahead(self) -> None:
        self.events.append("read ahead")

    async def shutdown(self) -> None:
        self.events.append("shutdown")

    async def ready(self) -> None:
        if self.refusal:
            raise self.refusal

    async def execute(
        self, document: Document, variables: dict[str, Any] | None, _: str | None = None
    ) -> ExecutionResult:
        name = document.operation.name
        result = execute(
            SCHEMA,
            document.ast,
            Resolvers(self),
            variable_values=variables,
            operation_name=name.value if name else None,
        )
        return result if isinstance(result, ExecutionResult) else await result

    async def table(self, document: Document, variables: dict[str, Any] | None) -> ExecutionResult:
        raise NotImplementedError  # there are no lists


def ask(app: Starlette, method: str, url: str, *, decode: bool = True, **options: Any) -> httpx.Response:
    """The response of the application to one request, in process; its content as it was sent unless it is decoded."""

    async def request() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            if decode:
                return await client.request(method, url, **options)
            async with client.stream(method, url, **options) as response:
                response._content = b"".join([part async for part in response.aiter_raw()])
                return response

    return asyncio.run(request())


def post(app: Starlette, query: str, accept: str = GRAPHQL, **parameters: Any) -> httpx.Response:
    return ask(app, "POST", "/graphql", json={"query": query, **parameters}, headers={"accept": accept})


@contextmanager
def serving(app: Starlette) -> Iterator[str]:
    """The URL at which the application listens, in a thread of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="websockets-sansio"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        deadline = time.monotonic() + 10
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def post_to(url: str, query: str) -> Any:
    """The data that a server elsewhere answers an operation with."""
    answer = httpx.post(url, json={"query": query}, timeout=30).json()
    assert "errors" not in answer, answer["errors"]
    return answer["data"]
