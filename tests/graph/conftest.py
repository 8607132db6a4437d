"""What tests of the server share: instances served over HTTP, in process, and the statements they run."""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from starlette.applications import Starlette

from lnql.graph import media
from lnql.graph.app import create_app
from lnql.graph.postgresql_reader import PostgreSQLReader
from lnql.graph.service import Service
from lnql.graph.settings import Limits, Settings
from lnql.graph.sqlite_reader import SQLiteReader
from lnql.graph.visibility import EVERYTHING_VISIBLE, Scope
from lnql.models.database import DATABASE, open_instance

from ..conftest import Copies, Dialect
from .hello import Service as HelloService
from .laboratory import build_laboratory

Json = Any
LIMITS = Limits()
Rows = list[tuple[Any, ...]]


class Statement(NamedTuple):
    """One statement that the server ran, and the row that answered it."""

    text: str
    arguments: list[Any]
    row: list[Any]


@contextmanager
def recorded() -> Iterator[list[Statement]]:
    """Give a list of the statements that readers made meanwhile run."""
    statements: list[Statement] = []

    def recording(fetch: Callable[..., Any]) -> Callable[..., Any]:
        async def fetch_and_note(reader: Any, text: str, arguments: Sequence[Any]) -> Any:
            statement = Statement(text, list(arguments), [])
            statements.append(statement)
            row = await fetch(reader, text, arguments)
            statement.row.extend(row)
            return row

        return fetch_and_note

    with pytest.MonkeyPatch.context() as patch:
        for reader in (SQLiteReader, PostgreSQLReader):
            patch.setattr(reader, "fetch", recording(reader.fetch))
        yield statements


class Server:
    """An instance behind the application. `statements` are those of the last operation, `startup` those before any."""

    def __init__(
        self, target: str, scope: Scope, limits: Limits, statements: list[Statement], *, write: bool = False
    ) -> None:
        self.statements = statements
        self._service = Service(open_instance(target, write=write), limits, scope)
        self._app = create_app(self._service, Settings(limits=limits, write=write))
        self._lifespan = self._app.router.lifespan_context(self._app)
        self._runner = asyncio.Runner()
        self.statements.clear()
        self._runner.run(self._enter())
        self.startup = list(statements)

    async def _enter(self) -> None:
        await self._lifespan.__aenter__()

    async def _leave(self) -> None:
        await self._lifespan.__aexit__(None, None, None)

    def read_ahead(self) -> None:
        """Do what a server process does a second after its start."""
        self._runner.run(self._app.state.read_ahead())

    def close(self) -> None:
        """Stop serving."""
        self._runner.run(self._leave())
        self._runner.close()

    def post(self, query: str, variables: dict[str, Any] | None = None, **headers: str) -> httpx.Response:
        """The response to one operation; an underscore in the name of a header is a hyphen."""
        return self.send(json.dumps({"query": query, "variables": variables}).encode(), **headers)[0]

    def send(self, *bodies: bytes, **headers: str) -> list[httpx.Response]:
        """The responses to bodies that are posted all at once."""
        self.statements.clear()
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._runner.run(self._send(bodies, {"content-type": media.JSON, **sent}))

    async def _send(self, bodies: Sequence[bytes], headers: dict[str, str]) -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self._app), base_url="http://localhost") as client:
            return await asyncio.gather(*(client.post("/graphql", content=body, headers=headers) for body in bodies))

    def wakes(self, query: str, seconds: float = 0.2) -> bool:
        """Whether an operation wakes live queries within some seconds."""
        return self._runner.run(self._wakes(json.dumps({"query": query}).encode(), seconds))

    async def _wakes(self, body: bytes, seconds: float) -> bool:
        async with self._service.changes.watched():
            await asyncio.sleep(seconds)  # it listens by now
            changed = asyncio.create_task(self._service.changes.next())
            await self._send([body], {"content-type": media.JSON})
            done, _ = await asyncio.wait([changed], timeout=seconds)
            return bool(done) or not changed.cancel()

    def get(self, path: str, accept: str) -> httpx.Response:
        """The response to a GET request, as a browser sends it."""
        return self._runner.run(self._get(path, accept))

    async def _get(self, path: str, accept: str) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self._app), base_url="http://localhost") as client:
            return await client.get(path, headers={"accept": accept})

    def ask(self, query: str, variables: dict[str, Any] | None = None, *, statements: int = 1) -> Json:
        """The data that answers an operation, which has to take exactly so many statements."""
        answer = self.post(query, variables).json()
        assert "errors" not in answer, answer["errors"]
        assert len(self.statements) == statements
        return answer["data"]

    def search(self, query: str, variables: dict[str, Any] | None = None) -> Json:
        """The data that answers an operation that searches: it may run before and after texts are read."""
        answer = self.post(query, variables).json()
        assert "errors" not in answer, answer["errors"]
        assert 1 <= len(self.statements) <= 3
        return answer["data"]

    def refuse(self, query: str, variables: dict[str, Any] | None = None) -> tuple[str, str]:
        """The code and the message of the one error that answers an operation, of which nothing was run."""
        answer = self.post(query, variables).json()
        (error,) = answer["errors"]
        assert self.statements == []
        return error["extensions"]["code"], error["message"]

    def uids(
        self, plural: str, arguments: str, variables: dict[str, Any] | None = None, declared: str = ""
    ) -> list[str]:
        """The uids of the rows that a root connection lists, all on one page; `totalCount` has to agree."""
        listed = self.ask(
            f"query {declared} {{ all: {plural}(first: 5000, {arguments}) {{ totalCount nodes {{ uid }} }} }}",
            variables,
        )["all"]
        assert listed["totalCount"] == len(listed["nodes"])
        return [row["uid"] for row in listed["nodes"]]

    def write(self, field: str, arguments: dict[str, Any], selected: str, type_: str | None = None) -> Json:
        """The payload of one mutation, which has to take one statement to read back, or none."""
        input_ = type_ or f"{field[0].upper()}{field[1:]}Input"
        answer = self.post(
            f"mutation ($input: {input_}!) {{ {field}(input: $input) {{ {selected} }} }}", {"input": arguments}
        )
        content = answer.json()
        assert "errors" not in content, content["errors"]
        assert len(self.statements) <= 1
        return content["data"][field]


Serve = Callable[..., Server]


@pytest.fixture(scope="session")
def serve(copies: Copies) -> Iterator[Serve]:
    """A function that serves a SQLite instance, or its copy on PostgreSQL; the same server for the same arguments."""
    servers: dict[Any, Server] = {}
    with recorded() as statements:

        def serve(
            folder: Path,
            dialect: Dialect,
            scope: Scope = EVERYTHING_VISIBLE,
            limits: Limits = LIMITS,
            *,
            write: str | None = None,
        ) -> Server:
            key = (folder, dialect, scope, limits, write)
            if key not in servers:
                servers[key] = Server(copies(folder, dialect), scope, limits, statements, write=write is not None)
            return servers[key]

        yield serve
    for server in servers.values():
        server.close()


@pytest.fixture(scope="session")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance of `laboratory.py`; nobody writes here."""
    folder = tmp_path_factory.mktemp("laboratory")
    build_laboratory(folder)
    return folder


@pytest.fixture
def real(serve: Serve, real_folder: Path, dialect: Dialect) -> Server:
    """The real instance, on each database."""
    return serve(real_folder, dialect)


@pytest.fixture
def lab(serve: Serve, laboratory: Path, dialect: Dialect) -> Server:
    """The laboratory, on each database."""
    return serve(laboratory, dialect)


@pytest.fixture
def writable(serve: Serve, laboratory: Path, dialect: Dialect, request: pytest.FixtureRequest) -> Server:
    """The laboratory, on each database, open for writing: one copy for each file of tests."""
    return serve(laboratory, dialect, write=request.module.__name__)


Sql = Callable[..., Rows]


@contextmanager
def reading(folder: Path) -> Iterator[Sql]:
    """Ask the SQLite database of an instance directly.

    `folded` is lower case as Unicode has it, `instant` gives an instant six digits of a second.
    """
    connection = sqlite3.connect(f"file:{folder / DATABASE}?mode=ro", uri=True)
    connection.create_function("folded", 1, lambda text: None if text is None else text.lower())
    connection.create_function("instant", 1, lambda text: None if text is None else f"{text[:19]}.{text[20:]:0<6}")
    try:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()
    finally:
        connection.close()


@pytest.fixture(scope="session")
def real_sql(real_folder: Path) -> Iterator[Sql]:
    """Direct questions to the real instance."""
    with reading(real_folder) as sql:
        yield sql


@pytest.fixture(scope="session")
def lab_sql(laboratory: Path) -> Iterator[Sql]:
    """Direct questions to the laboratory."""
    with reading(laboratory) as sql:
        yield sql


@pytest.fixture
def service() -> HelloService:
    """A small service without an instance."""
    return HelloService()


@pytest.fixture
def app(service: HelloService) -> Starlette:
    """The application in front of it, with the usual settings."""
    return create_app(service, Settings())
