"""One event loop in a thread of its own, on which every request runs.

So one asynchronous implementation serves both facades, and the synchronous one works where a loop runs already, as in
notebooks.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future
from functools import cache
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="lnql", daemon=True).start()
    return loop


def submit(work: Coroutine[Any, Any, T]) -> "Future[T]":
    """Start work on the loop; the future can be waited for from any thread."""
    return asyncio.run_coroutine_threadsafe(work, _loop())


def run(work: Coroutine[Any, Any, T]) -> T:
    """Do work on the loop and wait for it; an interrupt (Ctrl+C) ends the work.

    Raises:
        RuntimeError: on the loop itself, which would wait for itself for ever.
    """
    if asyncio._get_running_loop() is _loop():
        work.close()
        raise RuntimeError("What runs in the background cannot wait for the background; await it instead.")
    future = submit(work)
    try:
        return future.result()
    except BaseException:
        future.cancel()
        raise


async def bridge(work: Coroutine[Any, Any, T]) -> T:
    """Do work on the loop and await it in another one."""
    return await asyncio.wrap_future(submit(work))
