"""Readers: one row of a statement within its time, on both databases."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from lnql.errors import DeadlineError, UnavailableError
from lnql.graph.readers import Reader, reader_of
from lnql.graph.settings import Limits
from lnql.models.database import open_instance

from ..conftest import Copies, Dialect, PostgresServer
from .slow_statements import SLOW

T = TypeVar("T")


@pytest.fixture(scope="module")
def target(copies: Copies, laboratory: Path, dialect: Dialect) -> str:
    return copies(laboratory, dialect)


def use(target: str, limits: Limits, work: Callable[[Reader], Awaitable[T]]) -> T:
    """Do something with an opened reader, and close it."""

    async def run() -> T:
        reader = reader_of(open_instance(target), limits)
        await reader.open()
        try:
            return await work(reader)
        finally:
            await reader.close()

    return asyncio.run(run())


def test_a_statement_that_takes_too_long_is_interrupted(target: str, dialect: Dialect) -> None:
    async def work(reader: Reader) -> Any:
        for _ in range(12):  # more often than there are connections
            with pytest.raises(DeadlineError, match=r"took longer than 0\.1 s and was interrupted"):
                await reader.fetch(SLOW[dialect], [])
        return (await reader.fetch("SELECT '1'", []))[0]

    start = time.monotonic()
    assert use(target, Limits(statement_seconds=0.1), work) == "1"
    assert time.monotonic() - start < 20


def test_a_request_that_leaves_interrupts_its_statement(target: str, dialect: Dialect) -> None:
    async def work(reader: Reader) -> Any:
        for _ in range(12):
            task = asyncio.ensure_future(reader.fetch(SLOW[dialect], []))
            await asyncio.sleep(0.05)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        return (await reader.fetch("SELECT '1'", []))[0]

    assert use(target, Limits(), work) == "1"


def test_many_statements_at_once_wait_for_connections(target: str) -> None:
    async def work(reader: Reader) -> list[str | None]:
        return [row[0] for row in await asyncio.gather(*(reader.fetch("SELECT '1'", []) for _ in range(100)))]

    assert use(target, Limits(), work) == ["1"] * 100


def test_no_connection_in_time_is_unavailable(target: str, dialect: Dialect) -> None:
    async def work(reader: Reader) -> list[BaseException | object]:
        slow = [reader.fetch(SLOW[dialect], []) for _ in range(30)]
        return list(await asyncio.gather(*slow, return_exceptions=True))

    found = {type(one) for one in use(target, Limits(statement_seconds=0.6, connection_seconds=0.1), work)}
    assert found == {DeadlineError, UnavailableError}


def test_readers_cannot_write(target: str) -> None:
    async def work(reader: Reader) -> None:
        with pytest.raises(Exception, match=r"readonly|read-only|query_only|cannot"):
            await reader.fetch("DELETE FROM lamindb_artifact RETURNING uid", [])

    use(target, Limits(), work)


def test_a_connection_that_the_server_ends_is_unavailable_and_replaced(
    postgres: PostgresServer, copies: Copies, laboratory: Path
) -> None:
    target = copies(laboratory, "postgresql")
    name = target.split("/")[3].split("?")[0]
    kick = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"

    async def work(reader: Reader) -> Any:
        running = asyncio.ensure_future(reader.fetch(SLOW["postgresql"], []))
        await asyncio.sleep(0.2)
        await asyncio.to_thread(postgres.execute, kick)
        with pytest.raises(UnavailableError, match="The database is away"):
            await running
        return (await reader.fetch("SELECT '1'", []))[0]

    assert use(target, Limits(), work) == "1"
