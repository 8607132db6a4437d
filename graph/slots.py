"""Slots: at most so many do something at the same time, and others wait their turn for a while."""

import asyncio
from collections import deque

from .deadlines import Deadline


class Slots:
    """A number of slots. Who takes one gives it back.

    Args:
        most: how many there are.
        seconds: how long one waits for a slot.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._most = self._free = most
        self._seconds = seconds
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def take(self) -> None:
        """Take a slot; raises TimeoutError if none is free in time."""
        if self._free:
            self._free -= 1
        else:
            with Deadline(self._seconds):
                await self._turn()

    async def take_all(self) -> None:
        """Take all slots, each when it is given back."""
        for _ in range(self._most):
            if self._free:
                self._free -= 1
            else:
                await self._turn()

    async def _turn(self) -> None:
        """Wait for a slot that is given back."""
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except BaseException:
            if not turn.cancelled():  # its turn had just come
                self.give()
            raise

    def give(self) -> None:
        """Give a slot back: to the one who waits longest, if there is one."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
