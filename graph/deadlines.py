"""Deadlines for what usually ends long before: all that may take the same time share one timer of the event loop.

To set a timer and to take it back costs some ten microseconds, several times in each request; to be noted here one.
"""

import asyncio
import threading
from types import TracebackType
from typing import Final, Protocol, Self

RESOLUTION_SECONDS: Final = 0.001
"""Event loops measure time in milliseconds."""


class Late(Protocol):
    """What is told when it has not ended in time."""

    def ring(self) -> None:
        """Take note that the time is up."""


class Clock:
    """Rings for those who have not stopped it after so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._due: dict[Late, float] = {}  # the first one first, since each has as many seconds
        self._loop: asyncio.AbstractEventLoop | None = None
        """Where a timer is set."""

    def start(self, late: Late) -> None:
        """Ring for one, unless it is stopped."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._due.clear()  # they were of a loop that has ended
            self._loop = loop
            loop.call_later(self._seconds, self._look)
        self._due[late] = loop.time() + self._seconds

    def stop(self, late: Late) -> None:
        """Ring for it no more."""
        self._due.pop(late, None)

    def _look(self) -> None:
        """Ring for those that are late, and look again when the next one may be."""
        loop = asyncio.get_running_loop()
        now = loop.time() + RESOLUTION_SECONDS
        for late in [late for late, due in self._due.items() if due <= now]:
            del self._due[late]
            late.ring()
        first = next(iter(self._due.values()), None)
        if first is None:
            self._loop = None
        else:
            loop.call_at(first, self._look)


class _Clocks(threading.local):
    """The clocks of a thread, and so of its event loop."""

    def __init__(self) -> None:
        self.by_seconds: dict[float, Clock] = {}


_clocks = _Clocks()


def clock(seconds: float) -> Clock:
    """The clock of all that may take so many seconds, which are a setting or a constant: it is kept."""
    return _clocks.by_seconds.get(seconds) or _clocks.by_seconds.setdefault(seconds, Clock(seconds))


class Deadline:
    """A context as `asyncio.timeout` is one: what takes longer than so many seconds is cancelled.

    Raises:
        TimeoutError: then.
    """

    __slots__ = ("_cancelling", "_clock", "_task", "expired")

    def __init__(self, seconds: float) -> None:
        self._clock = clock(seconds)
        self.expired = False
        """Whether it took longer."""

    def __enter__(self) -> Self:
        if (task := asyncio.current_task()) is None:
            raise RuntimeError("Only what runs in a task can be cancelled.")
        self._task = task
        self._cancelling = task.cancelling()
        self._clock.start(self)
        return self

    def ring(self) -> None:
        """Cancel what takes too long."""
        self.expired = True
        self._task.cancel()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.expired:
            self._clock.stop(self)
        elif self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise TimeoutError from error  # else somebody else has cancelled it as well
