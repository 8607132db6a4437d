"""The rows that a search has found, best first."""

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNITS = 10_000
"""Scores are kept as whole numbers, so many to one, which both databases compare and write down alike."""


class Hits(Struct, frozen=True, eq=False):
    """Rows that are found, best first, then by their keys: keys, scores in `UNITS`, and how many there are in all."""

    keys: "NDArray[np.int64]"
    scores: "NDArray[np.int64]"
    total: int

    def first(self, most: int) -> "Hits":
        """Only the best of them, apart from the others, which need not be kept."""
        return Hits(self.keys[:most].copy(), self.scores[:most].copy(), self.total)

    def part(self, after: tuple[int, int] | None = None, most: int | None = None) -> "Hits | None":
        """Those after a score and a key, as many as are needed; None if these hits do not say which they are."""
        start = 0
        if after is not None:
            score, key = after
            start = int(((self.scores > score) | ((self.scores == score) & (self.keys <= key))).sum())
        end = self.total if most is None else min(start + most, self.total)
        if end > len(self.keys):
            return None
        return Hits(self.keys[start:end], self.scores[start:end], self.total)
