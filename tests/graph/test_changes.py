"""Who waits for changes is woken by each of them."""

import asyncio

import pytest
from sqlalchemy import make_url

from lnql.errors import UnavailableError
from lnql.graph import changes
from lnql.graph.changes import NOTIFY, Changes, postgresql_tells
from lnql.models import postgresql

from ..conftest import PostgresServer


async def steady() -> str:
    return "the same"


def test_all_who_wait_are_woken_and_wait_for_the_next_one() -> None:
    async def work() -> list[bool]:
        told = Changes(steady)
        waiting = [asyncio.ensure_future(told.next()) for _ in range(3)]
        await asyncio.sleep(0)
        told.written()
        await asyncio.wait_for(asyncio.gather(*waiting), 5)
        later = asyncio.ensure_future(told.next())
        await asyncio.sleep(0.01)
        return [later.done(), later.cancel()]

    assert asyncio.run(work()) == [False, True]


def test_the_database_is_asked_only_while_somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "LOOK_SECONDS", 0.01)
    asked: list[int] = []

    async def state() -> str:
        asked.append(len(asked))
        if len(asked) == 3:
            raise UnavailableError("The database is away.")
        return "early" if len(asked) < 5 else "late"

    async def work() -> None:
        told = Changes(state)
        await asyncio.sleep(0.05)
        assert asked == []
        async with told.watched(), told.watched():
            await asyncio.wait_for(told.next(), 5)
        number = len(asked)
        await asyncio.sleep(0.05)
        assert len(asked) == number >= 5

    asyncio.run(work())


def test_another_process_tells_through_postgresql(
    postgres: PostgresServer, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "LOOK_SECONDS", 60)

    async def work() -> None:
        told = Changes(steady, postgresql_tells(lambda: postgresql.connect(make_url(postgres_url))))
        async with told.watched():
            next_one = asyncio.ensure_future(told.next())
            while not next_one.done():  # it may not listen yet
                await asyncio.to_thread(postgres.execute, NOTIFY, database=postgres_url.split("/")[3].split("?")[0])
                await asyncio.wait([next_one], timeout=0.2)
            assert await next_one

    asyncio.run(asyncio.wait_for(work(), 20))
