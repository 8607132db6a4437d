"""Reading from copies of a PostgreSQL database."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from lnql.errors import InvalidError
from lnql.graph.replicas import ReplicatedReader
from lnql.graph.settings import Limits
from lnql.models.database import Instance, open_instance

from ..conftest import Copies, PostgresServer, serving
from .hello import post_to

NAME = "SELECT current_database()::text"
AWAY = "postgresql://nobody:hunter2@127.0.0.1:1/nothing"


@pytest.fixture(scope="module")
def primary(copies: Copies, laboratory: Path) -> Instance:
    return open_instance(copies(laboratory, "postgresql"))


@pytest.fixture
def copy(postgres: PostgresServer) -> Iterator[str]:
    """The name of another database; what is asked here needs no tables."""
    name = postgres.create()
    yield name
    postgres.drop(name)


def read(urls: list[str], primary: Instance, times: int = 1) -> list[str | None]:
    """The names of the databases that answered."""

    async def work() -> list[str | None]:
        reader = ReplicatedReader(urls, primary, Limits())
        await reader.open()
        names = [(await reader.fetch(NAME, []))[0] for _ in range(times)]
        await reader.close()
        return names

    return asyncio.run(work())


def test_a_copy_is_read(postgres: PostgresServer, primary: Instance, copy: str) -> None:
    assert read([postgres.url(copy)], primary, times=3) == [copy] * 3


def test_the_next_one_is_read_while_a_copy_is_away(
    postgres: PostgresServer, primary: Instance, copy: str, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(4):  # in whatever order
        assert read([AWAY, postgres.url(copy)], primary, times=3) == [copy] * 3
    assert "hunter2" not in caplog.text


def test_the_database_itself_is_read_when_all_copies_are_away(
    primary: Instance, caplog: pytest.LogCaptureFixture
) -> None:
    assert read([AWAY], primary, times=3) == [primary.url.database] * 3
    warnings = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert len(warnings) == 1
    assert warnings[0].getMessage().startswith("A copy is not read for 10 s: ")


@pytest.mark.parametrize("url", ["sqlite:///lamin.db", "nothing"])
def test_what_is_no_postgresql_database_is_refused(primary: Instance, url: str) -> None:
    with pytest.raises(InvalidError):
        ReplicatedReader([url], primary, Limits())


def test_a_sqlite_file_has_no_copies(real_folder: Path, postgres: PostgresServer) -> None:
    with pytest.raises(InvalidError, match="A SQLite file has no copies"):
        ReplicatedReader([postgres.url()], open_instance(real_folder), Limits())


def test_a_server_reads_from_copies_and_reads_back_what_it_writes(
    postgres: PostgresServer, copies: Copies, laboratory: Path
) -> None:
    """The copy is one that nothing reaches: what is written is read where it was written."""
    target, lagging = copies(laboratory, "postgresql"), copies(laboratory, "postgresql")
    create = 'mutation { createULabel(input: {data: {name: "fresh"}}) { ulabel { name } errors { message } } }'
    count = '{ ulabels(filter: {name: {eq: "fresh"}}) { totalCount } }'
    with serving(target, "--write", LNQL_READ_URLS=lagging) as (url, _):
        assert post_to(url, create)["createULabel"] == {"ulabel": {"name": "fresh"}, "errors": []}
        assert post_to(url, count)["ulabels"]["totalCount"] == 0
    with serving(target) as (url, _):
        assert post_to(url, count)["ulabels"]["totalCount"] == 1
