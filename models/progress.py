"""Telling how far work has come that takes more than a moment."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is to do."""


def tell_nobody(what: str, done: int, total: int) -> None:
    """Where nobody asks for progress."""
