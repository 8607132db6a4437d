"""The transactions of mutations: abandoned ones leave nothing, lost connections are made again, time is limited."""

import asyncio
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from lnql.errors import (
    DeadlineError,
    InstanceError,
    InvalidError,
    LnqlError,
    NotUniqueError,
    ReadOnlyError,
    UnavailableError,
)
from lnql.graph.changes import CHANNEL
from lnql.graph.settings import Limits
from lnql.graph.writers import Writer, writer_of
from lnql.models import postgresql, sqlite
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


def fail(connection: sa.Connection) -> None:
    insert(connection, "undone")
    raise KeyError("fails")


def test_an_exception_undoes_what_was_written(empty_target: str) -> None:
    async def test(writer: Writer) -> int:
        with pytest.raises(KeyError):
            await writer.run(fail)
        return int(await writer.run(lambda connection: connection.scalar(COUNT)))

    assert run(empty_target, test) == 1


def test_wrong_sql_is_a_defect(empty_target: str) -> None:
    async def test(writer: Writer) -> None:
        with pytest.raises(sa.exc.DBAPIError, match="nowhere"):
            await writer.run(lambda connection: connection.exec_driver_sql("SELECT * FROM nowhere"))

    run(empty_target, test)


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


def test_others_are_answered_while_it_writes(empty_target: str) -> None:
    answered = threading.Event()

    async def test(writer: Writer) -> bool:
        writing = asyncio.ensure_future(writer.run(lambda _: answered.wait(20)))
        await asyncio.sleep(0)
        answered.set()  # comes too late where the transaction keeps this thread for itself
        return await writing

    assert run(empty_target, test) is True


REFUSED: list[tuple[str, type[LnqlError], str]] = [
    ("SELECT 1/0", InvalidError, "The database does not take a value: division by zero."),
    ("SELECT 'x'::int", InvalidError, "The database does not take a value: invalid input syntax for type integer:"),
    (
        "INSERT INTO lamindb_space (uid, name) VALUES ('aaaaaaaaaaaa', 'y')",
        NotUniqueError,
        "The database has such a row already: duplicate key value violates unique constraint",
    ),
    (
        "INSERT INTO lamindb_space (uid) VALUES ('y')",
        InvalidError,
        'What was written breaks a rule of the database: null value in column "name" of relation "lamindb_space"',
    ),
    (
        "SET TRANSACTION READ ONLY; DELETE FROM lamindb_space",
        ReadOnlyError,
        "The database takes no changes now: cannot execute DELETE in a read-only transaction.",
    ),
    (
        "SET LOCAL statement_timeout = 10; SELECT pg_sleep(20)",
        DeadlineError,
        "The transaction took too long and was interrupted in the database.",
    ),
    ("SELECT pg_terminate_backend(pg_backend_pid())", UnavailableError, "The database is away: "),
]
"""Statements, the class of the error, and how its sentence begins."""

RAISED: dict[str, str] = {
    "serialization_failure": "Another transaction was in the way: {}. Send it again.",
    "deadlock_detected": "Another transaction was in the way: {}. Send it again.",
    "insufficient_privilege": "The database user may not do this: {}.",
    "disk_full": "The database cannot grow because its disk is full.",
    "out_of_memory": "The database lacks the means for this now: {}. Try again later.",
    "lock_not_available": "Somebody else uses what was to be written: {}. Try",
    "admin_shutdown": "The database is away: {}. Try again later.",
    "io_error": "The database has lost its files or its disk: {}. Try again later.",
}
"""Conditions in which the database is unavailable, and how the sentence begins that says so."""

SAID = [
    *REFUSED,
    ("DO $$ BEGIN RAISE raise_exception; END $$", InvalidError, "What was written breaks a rule of the database: "),
    *(
        (f"DO $$ BEGIN RAISE {condition}; END $$", UnavailableError, sentence.format(condition))
        for condition, sentence in RAISED.items()
    ),
]


@pytest.mark.parametrize("dialect", ["postgresql"], scope="module", indirect=True)
def test_what_the_database_refuses_is_said_without_its_sql(empty_target: str) -> None:
    async def refused(writer: Writer, statements: str) -> LnqlError:
        def work(connection: sa.Connection) -> None:
            for statement in [statements] if statements.startswith("DO") else statements.split("; "):
                connection.exec_driver_sql(statement)

        with pytest.raises(LnqlError) as error:
            await writer.run(work)
        return error.value

    async def test(writer: Writer) -> list[LnqlError]:
        return [await refused(writer, statements) for statements, _, _ in SAID]

    for (statements, kind, sentence), error in zip(SAID, run(empty_target, test), strict=True):
        assert (type(error), str(error)[: len(sentence)]) == (kind, sentence), statements
        assert "SQL" not in str(error)


@pytest.mark.parametrize("dialect", ["postgresql"], scope="module", indirect=True)
def test_those_who_listen_are_told_with_the_commit(empty_target: str) -> None:
    async def test(writer: Writer) -> tuple[int, str, int]:
        told: asyncio.Queue[str] = asyncio.Queue()
        connection = await postgresql.connect(sa.make_url(empty_target))
        await connection.add_listener(CHANNEL, lambda *notice: told.put_nowait(notice[-1]))
        with pytest.raises(KeyError):
            await writer.run(fail)
        before = told.qsize()
        await writer.run(lambda connection: insert(connection, "told"))
        payload = await asyncio.wait_for(told.get(), 20)
        await connection.close()
        return before, payload, told.qsize()

    assert run(empty_target, test) == (0, "", 0)


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
