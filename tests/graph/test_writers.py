"""The transactions of mutations: abandoned ones leave nothing, lost connections are made again, time is limited."""

import asyncio
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from lnql.errors import InstanceError, InvalidError
from lnql.graph.settings import Limits
from lnql.graph.writers import Writer, writer_of
from lnql.models import sqlite
from lnql.models.database import DATABASE, open_instance
from lnql.models.initialize import init_instance

from ..conftest import Dialect, PostgresServer
from .test_durability import CREATE, EVERY, opened

INSERT = sa.text("INSERT INTO lamindb_space (uid, name) VALUES (:uid, :uid)")
COUNT = sa.text("SELECT count(*) FROM lamindb_space")


def insert(connection: sa.Connection, uid: str) -> None:
    connection.execute(INSERT, {"uid": uid})


def run(target: str, test: Any) -> Any:
    """Run a test with a writer of an instance."""

    async def opened() -> Any:
        writer = writer_of(open_instance(target, write=True))
        await writer.open()
        try:
            return await test(writer)
        finally:
            await writer.close()

    return asyncio.run(opened())


def test_an_exception_undoes_what_was_written(empty_target: str) -> None:
    def fail(connection: sa.Connection) -> None:
        insert(connection, "undone")
        raise KeyError("fails")

    async def test(writer: Writer) -> int:
        with pytest.raises(KeyError):
            await writer.run(fail)
        return int(await writer.run(lambda connection: connection.scalar(COUNT)))

    assert run(empty_target, test) == 1


def test_what_nobody_waits_for_is_undone(empty_target: str) -> None:
    def write_slowly(connection: sa.Connection) -> None:
        for number in range(2000):
            insert(connection, f"slow {number}")

    async def test(writer: Writer) -> int:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await writer.run(write_slowly)
        return int(await writer.run(lambda connection: connection.scalar(COUNT)))

    assert run(empty_target, test) == 1


def test_a_row_that_points_nowhere_is_found_at_the_end(empty_target: str) -> None:
    def dangle(connection: sa.Connection) -> None:
        connection.execute(sa.text("INSERT INTO lamindb_space (uid, name, created_by_id) VALUES ('x', 'x', 99)"))

    async def test(writer: Writer) -> None:
        with pytest.raises(InvalidError, match="What was written breaks a rule of the database"):
            await writer.run(dangle)

    run(empty_target, test)


def test_an_operation_that_takes_too_long_writes_nothing(empty_target: str) -> None:
    async def test() -> tuple[Any, Any]:
        async with opened(empty_target, Limits(operation_seconds=0.15)) as ask:
            data = [{"name": f"kill {number}", "description": "x"} for number in range(8000)]
            return await ask(CREATE, data=data), await ask(EVERY)

    refused, found = asyncio.run(test())
    assert refused["errors"][0]["extensions"] == {"code": "TIMEOUT"}
    assert found == {"data": {"ulabels": {"nodes": []}}}


@pytest.mark.parametrize("dialect", ["postgresql"], scope="module", indirect=True)
def test_a_connection_that_was_lost_is_made_again(
    empty_target: str, postgres: PostgresServer, dialect: Dialect
) -> None:
    assert dialect == "postgresql"

    async def test(writer: Writer) -> int:
        await asyncio.to_thread(
            postgres.execute,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lnql'",
        )
        return int(await writer.run(lambda connection: connection.scalar(COUNT)))

    assert run(empty_target, test) == 1


def test_an_instance_of_an_older_lamindb_is_not_written(tmp_path: Path) -> None:
    init_instance(tmp_path)
    with closing(sqlite.sqlite3.connect(tmp_path / DATABASE)) as connection:
        connection.execute("ALTER TABLE lamindb_ulabel RENAME COLUMN reference_type TO kind")

    async def test() -> None:
        async with opened(tmp_path):
            pass

    with pytest.raises(InstanceError, match=r"has no column lamindb_ulabel.reference_type: it is of an older LaminDB"):
        asyncio.run(test())
