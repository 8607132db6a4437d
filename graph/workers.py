"""Several processes that serve one instance at one address, forked when it is opened: what is loaded, they share."""

import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.context import ForkContext, ForkProcess
from threading import Thread
from time import monotonic
from types import FrameType
from typing import Final

from lnql.errors import LnqlError, UnavailableError

from .listening import turn_away

LOOK_SECONDS: Final = 0.2
SHORT_LIFE_SECONDS: Final = 1.0
"""A worker that ends sooner would end again: then all are ended."""

Work = Callable[[Callable[[], None]], None]
"""What a worker does; it calls its argument when it answers."""


class Workers:
    """Processes that do the same work until this one is told to end. One that ends by itself is replaced.

    Args:
        work: what they do, until they get SIGTERM.
        listener: the address that they share.
        drain_seconds: how long they say that they end before nobody is let in any more.
    """

    def __init__(self, work: Work, count: int, listener: socket.socket, drain_seconds: float = 0.0) -> None:
        self._work = work
        self._count = count
        self._listener = listener
        self._drain_seconds = drain_seconds
        self._context: ForkContext = multiprocessing.get_context("fork")
        self._answering = self._context.Semaphore(0)
        self._processes: dict[ForkProcess, float] = {}
        self._ending = False

    def run(self, greet: Callable[[], None]) -> None:
        """Start them, greet when all of them answer, and keep them running until SIGTERM or Ctrl+C.

        Raises:
            UnavailableError: when one of them cannot do its work.
        """
        before = {number: signal.signal(number, self._end) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            for _ in range(self._count):
                self._start()
            if self._all_answer():
                greet()
            while not self._ending:
                wait([process.sentinel for process in self._processes], LOOK_SECONDS)
                self._replace()
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, _: int, __: FrameType | None) -> None:
        self._ending = True

    def _start(self) -> None:
        process = self._context.Process(target=_run, args=(self._work, self._answering.release))
        process.start()
        self._processes[process] = monotonic()

    def _all_answer(self) -> bool:
        answering = 0
        while answering < self._count and not self._ending:
            answering += self._answering.acquire(timeout=LOOK_SECONDS)
            if not all(process.is_alive() for process in self._processes):
                raise UnavailableError("A worker could not start.", hint="The lines above say why.")
        return not self._ending

    def _replace(self) -> None:
        from prometheus_client.multiprocess import mark_process_dead  # when it is imported, its folder has to be known

        for process, since in list(self._processes.items()):
            if process.is_alive() or self._ending:
                continue
            del self._processes[process]
            mark_process_dead(process.pid)  # type: ignore[no-untyped-call]  # its open subscriptions are none any more
            if monotonic() - since < SHORT_LIFE_SECONDS:
                raise UnavailableError(f"A worker ended as soon as it had started, with code {process.exitcode}.")
            self._start()

    def _stop(self) -> None:
        for process in self._processes:
            process.terminate()
        wait([process.sentinel for process in self._processes], self._drain_seconds)
        turn_away(self._listener)
        for process in self._processes:
            process.join()


def _run(work: Work, answering: Callable[[], None]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):  # Ctrl+C reaches all processes of a terminal
        signal.signal(number, _leave)  # before the server takes it, and after the server has ended its work
    Thread(target=_leave_with_parent, daemon=True).start()
    try:
        work(answering)
    except LnqlError as error:
        sys.exit(f"lnql: {error}")


def _leave(_: int, __: FrameType | None) -> None:
    sys.exit()


def _leave_with_parent() -> None:
    """End this process when the one that made it is gone, which may be killed without a chance to tell."""
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101  this is a worker
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
