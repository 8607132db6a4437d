"""A connection whose statement was cancelled is used again, if the server says that it has ended."""

import asyncio
from typing import cast

import asyncpg

from lnql.graph.pool import Pool


class Connection:
    """Stands for a connection to a server that answers, or does not answer any more."""

    def __init__(self, answers: bool) -> None:
        self._answers = answers
        self._closed = False

    async def execute(self, _: str, timeout: float) -> None:
        if not self._answers:
            await asyncio.sleep(timeout)
            raise TimeoutError

    def is_closed(self) -> bool:
        return self._closed

    def terminate(self) -> None:
        self._closed = True


async def taken_after_cancelling(answers: bool) -> list[bool]:
    """Whether each connection that is taken is the first one, which was given back cancelled."""
    first = Connection(answers)
    made = [Connection(True), first]

    async def connect() -> "asyncpg.Connection":
        return cast(asyncpg.Connection, made.pop())

    pool = Pool(connect, 1, 0.02)
    connection = await pool.take()
    pool.give_cancelled(connection)
    await asyncio.sleep(0.05)
    return [cast(Connection, connection) is first, cast(Connection, await pool.take()) is first]


def test_it_is_used_again_when_its_statement_has_ended() -> None:
    assert asyncio.run(taken_after_cancelling(answers=True)) == [True, True]


def test_it_is_closed_when_the_server_does_not_answer() -> None:
    assert asyncio.run(taken_after_cancelling(answers=False)) == [True, False]
