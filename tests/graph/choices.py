"""Random choices, made by bytes that hypothesis draws at once.

Drawing each choice by a strategy of its own takes hypothesis longer than asking and answering a question.
"""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
MOST = 1500
"""How many choices an instance and its questions take; those beyond are the first of what there is."""


class Choices:
    """A sequence of choices; where a test fails, hypothesis makes the bytes smaller: the simplest has to come first."""

    def __init__(self, made: bytes) -> None:
        self._made = iter(made)

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included; there are at most 256 to choose from."""
        return least + next(self._made, 0) % (most - least + 1)

    def yes(self, of: int = 2) -> bool:
        """Once in so many times."""
        return self.number(0, of - 1) == of - 1

    def one(self, values: Sequence[T]) -> T:
        """One of these."""
        return values[self.number(0, len(values) - 1)]

    def some(self, values: Sequence[T], least: int, most: int) -> list[T]:
        """Different ones of these, that many if there are so many."""
        left = list(values)
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(min(self.number(least, most), len(left)))]

    def several(self, values: Sequence[T], least: int, most: int) -> list[T]:
        """Any of these, which may be the same."""
        return [self.one(values) for _ in range(self.number(least, most))]


choices = st.binary(min_size=MOST, max_size=MOST).map(Choices)
