"""Slots are taken in turn, and none is lost when one who waits gives up."""

import asyncio

import pytest

from lnql.graph.slots import Slots


def test_who_waits_longest_comes_first() -> None:
    async def work() -> list[int]:
        slots, began = Slots(2, 5.0), list[int]()

        async def use(number: int) -> None:
            await slots.take()
            began.append(number)
            await asyncio.sleep(0.01 if number else 0.02)
            slots.give()

        await asyncio.gather(*map(use, range(5)))
        return began

    assert asyncio.run(work()) == [0, 1, 2, 3, 4]


def test_who_waits_too_long_goes_without() -> None:
    async def work() -> None:
        slots = Slots(1, 0.02)
        await slots.take()
        with pytest.raises(TimeoutError):
            await slots.take()
        slots.give()
        await slots.take()

    asyncio.run(work())


@pytest.mark.parametrize("late", [False, True])
def test_the_turn_of_one_who_is_cancelled_is_the_next_ones(late: bool) -> None:
    async def work() -> tuple[bool, bool]:
        slots = Slots(1, 0.5)
        await slots.take()
        first, second = asyncio.create_task(slots.take()), asyncio.create_task(slots.take())
        await asyncio.sleep(0)
        if late:  # its turn has come, and it does not know yet
            slots.give()
        first.cancel()
        if not late:
            slots.give()
        await second
        return first.cancelled(), second.done()

    assert asyncio.run(work()) == (True, True)


def test_all_are_taken_when_all_are_given_back() -> None:
    async def work() -> bool:
        slots = Slots(2, 0.01)
        await slots.take()
        ending = asyncio.create_task(slots.take_all())
        await asyncio.sleep(0.03)  # it waits longer than others do
        waits = not ending.done()
        slots.give()
        await ending
        return waits

    assert asyncio.run(work())
