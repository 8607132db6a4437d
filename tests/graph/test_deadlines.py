"""Deadlines end what takes too long, as `asyncio.timeout` does, and share a timer."""

import asyncio
from collections.abc import Callable

import pytest

from lnql.graph.deadlines import Deadline


async def takes(seconds: float, limit: float) -> str:
    """What becomes of something that takes so many seconds, and may take as many as the limit."""
    deadline = Deadline(limit)
    try:
        with deadline:
            await asyncio.sleep(seconds)
    except TimeoutError:
        return "too long" if deadline.expired else "expired by another"
    return "ended"


def test_what_takes_too_long_is_ended_and_nothing_else() -> None:
    async def work() -> list[str]:
        begun = [asyncio.create_task(takes(seconds, 0.05)) for seconds in (0, 9, 0)]
        await asyncio.sleep(0.03)  # these have more time than those that began before
        return await asyncio.gather(*begun, takes(9, 0.05), takes(0.04, 0.05), takes(9, 0.07), takes(0.04, 9))

    ended = asyncio.run(work())
    assert ended == ["ended", "too long", "ended", "too long", "ended", "too long", "ended"]


def test_the_time_of_a_deadline_is_its_own_in_a_second_loop() -> None:
    assert [asyncio.run(takes(9, 0.03)) for _ in range(2)] == ["too long"] * 2
    assert asyncio.run(takes(0, 0.03)) == "ended"  # its timer is left behind
    assert asyncio.run(takes(9, 0.03)) == "too long"


def test_the_outer_of_two_deadlines_may_be_the_first() -> None:
    async def work(outer: float, inner: float) -> list[str]:
        told: list[str] = []
        try:
            with Deadline(outer):
                told.append(await takes(9, inner))
                await asyncio.sleep(9)
        except TimeoutError:
            told.append("the outer one")
        return told

    assert asyncio.run(work(0.06, 0.02)) == ["too long", "the outer one"]
    assert asyncio.run(work(0.02, 0.06)) == ["the outer one"]


def test_who_is_cancelled_by_others_stays_cancelled() -> None:
    async def work() -> bool:
        task = asyncio.create_task(takes(9, 0.02))
        asyncio.get_running_loop().call_later(0.02, task.cancel)  # at the same moment, or nearly
        asyncio.get_running_loop().call_later(0.01, task.cancel)
        await asyncio.wait([task])
        return task.cancelled()

    assert asyncio.run(work())


def test_one_timer_serves_many(monkeypatch: pytest.MonkeyPatch) -> None:
    timers: list[float] = []

    async def work() -> list[str]:
        loop = asyncio.get_running_loop()
        call_later = loop.call_later

        def noted(delay: float, callback: Callable[[], object]) -> asyncio.TimerHandle:
            timers.append(delay)
            return call_later(delay, callback)

        monkeypatch.setattr(loop, "call_later", noted)
        return [await takes(0, 5.0) for _ in range(100)]

    assert asyncio.run(work()) == ["ended"] * 100
    assert timers == [5.0]
