"""Garbage collection, which a server that starts does without."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_garbage() -> Iterator[None]:
    """Keep what is made here out of garbage collection, now and later.

    What is loaded is a quarter of a million objects that stay: looking through them would take a tenth of start-up, and
    a tenth of a second at every full collection afterwards.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
