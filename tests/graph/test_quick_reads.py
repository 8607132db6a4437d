"""Statements that are quick run in the event loop, and in a worker thread as soon as they are not."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from lnql.errors import DeadlineError
from lnql.graph.readers import Reader, reader_of
from lnql.graph.settings import Limits
from lnql.models.database import open_instance
from lnql.models.initialize import init_instance
from lnql.models.sqlite import sqlite3

COUNT = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT cast(count(*) AS text) FROM n"
)
NAME = "SELECT name FROM lamindb_user WHERE id = 1"
T = TypeVar("T")


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("instance")
    init_instance(folder)
    return folder / ".lamindb" / "lamin.db"


def use(target: Path, work: Callable[[Reader], Awaitable[T]]) -> T:
    """Do something with an opened reader whose connections have seen the statements above."""

    async def run() -> T:
        reader = reader_of(open_instance(target), Limits(statement_seconds=1))
        await reader.open()
        try:
            for text, arguments in ((COUNT, [1]), (NAME, [])) * 3:
                await reader.fetch(text, arguments)
            return await work(reader)
        finally:
            await reader.close()

    return asyncio.run(run())


def test_others_go_on_while_a_statement_takes_longer_than_it_did(target: Path) -> None:
    async def work(reader: Reader) -> tuple[str | None, bool]:
        counting = asyncio.ensure_future(reader.fetch(COUNT, [50_000]))
        await asyncio.sleep(0)
        went_on = not counting.done()
        return (await counting)[0], went_on

    assert use(target, work) == ("50000", True)


def test_a_statement_that_takes_too_long_is_interrupted(target: Path) -> None:
    async def work(reader: Reader) -> Any:
        with pytest.raises(DeadlineError, match=r"took longer than 1 s"):
            await reader.fetch(COUNT, [10**12])
        return (await reader.fetch(COUNT, [2]))[0]

    assert use(target, work) == "2"


def test_what_others_write_is_seen_at_once(target: Path) -> None:
    async def work(reader: Reader) -> list[str | None]:
        names = []
        for name in ("Ada", "Bea"):
            with sqlite3.connect(target) as other:
                other.execute("UPDATE lamindb_user SET name = ?", (name,))
            names.append((await reader.fetch(NAME, []))[0])
        return names

    assert use(target, work) == ["Ada", "Bea"]


def test_a_lock_is_waited_for_in_a_worker_thread(target: Path) -> None:
    async def work(reader: Reader) -> tuple[str | None, bool]:
        other = sqlite3.connect(target, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        reading = asyncio.ensure_future(reader.fetch(NAME, []))
        await asyncio.sleep(0.05)
        waits = not reading.done()
        other.close()
        return (await reading)[0] and "read", waits

    assert use(target, work) == ("read", True)
