"""A client that goes away: what is being read for it is stopped, what is being written is written."""

import asyncio
from pathlib import Path
from typing import Any

import orjson
import pytest
from graphql import ExecutionResult
from starlette.applications import Starlette
from starlette.types import Message

from lnql.graph.app import create_app
from lnql.graph.documents import Document
from lnql.graph.readers import Reader, reader_of
from lnql.graph.settings import Limits, Settings
from lnql.models.database import open_instance

from ..conftest import Copies, Dialect
from .hello import Service, post
from .slow_statements import SLOW
from .test_metrics import added, samples


async def leave(app: Starlette, query: str) -> list[Message]:
    """What is sent to a client that asks and goes away after a moment."""
    messages: list[Message] = [{"type": "http.request", "body": orjson.dumps({"query": query})}]
    sent: list[Message] = []

    async def receive() -> Message:
        if messages:
            return messages.pop()
        await asyncio.sleep(0.1)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b"", "headers": headers}
    await app(scope, receive, send)
    return sent


def test_a_query_is_cancelled_and_noted(app: Starlette, service: Service) -> None:
    before = samples(app)
    assert asyncio.run(leave(app, "{ slow }")) == []
    assert service.events == ["cancelled"]
    assert added(app, before)['lnql_requests_total{method="POST",status="499"}'] == 1


def test_its_slot_is_free_again(service: Service) -> None:
    app = create_app(service, Settings(limits=Limits(operations_in_flight=1, connection_seconds=0.05)))
    asyncio.run(leave(app, "{ slow }"))
    assert post(app, "{ hello }").status_code == 200


def test_a_mutation_is_done(app: Starlette, service: Service) -> None:
    start, body = asyncio.run(leave(app, "mutation { saveSoon }"))
    assert service.events == ["saved"]
    assert (start["status"], body["body"]) == (200, b'{"data":{"saveSoon":1}}')


class OneStatement(Service):
    """Answers every query by one slow statement."""

    def __init__(self, reader: Reader, statement: str) -> None:
        super().__init__()
        self._reader = reader
        self._statement = statement

    async def execute(
        self, document: Document, variables: dict[str, Any] | None, _: str | None = None
    ) -> ExecutionResult:
        await self._reader.fetch(self._statement, [])
        raise AssertionError("nobody waits this long")


@pytest.fixture(scope="module")
def target(copies: Copies, laboratory: Path, dialect: Dialect) -> str:
    return copies(laboratory, dialect)


def test_its_statement_is_interrupted_in_the_database(target: str, dialect: Dialect) -> None:
    async def work() -> Any:
        reader = reader_of(open_instance(target), Limits(connection_seconds=0.5))
        await reader.open()
        app = create_app(OneStatement(reader, SLOW[dialect]), Settings())
        left = await asyncio.gather(*(leave(app, "{ hello }") for _ in range(12)))  # more than there are connections
        assert left == [[]] * 12
        answered = (await reader.fetch("SELECT '1'", []))[0]
        await reader.close()
        return answered

    assert asyncio.run(work()) == "1"
