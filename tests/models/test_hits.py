"""Parts of what a search has found."""

import numpy as np
import pytest

from lnql.models.hits import Hits

ALL = Hits(np.array([5, 1, 2, 7, 9]), np.array([90, 50, 50, 50, 10]), 5)
Part = tuple[tuple[int, int] | None, int | None]


@pytest.mark.parametrize(
    ("after", "most", "keys"),
    [
        (None, None, [5, 1, 2, 7, 9]),
        (None, 2, [5, 1]),
        (None, 9, [5, 1, 2, 7, 9]),
        ((90, 5), 1, [1]),
        ((50, 1), 2, [2, 7]),
        ((50, 3), None, [7, 9]),
        ((60, 1), 1, [1]),
        ((0, 0), 3, []),
    ],
)
def test_a_part_is_what_follows_a_hit(after: tuple[int, int] | None, most: int | None, keys: list[int]) -> None:
    part = ALL.part(after, most)
    assert part is not None
    assert part.keys.tolist() == keys
    assert part.total == 5


def test_the_first_ones_know_only_their_own_parts() -> None:
    first = ALL.first(3)
    known = first.part((90, 5), 2)
    assert known is not None
    assert known.keys.tolist() == [1, 2]
    assert first.part(None, 4) is None
    assert first.part(None, None) is None
    assert first.part((10, 9), 1) is None
    assert ALL.first(9).part((10, 9), 1) is not None
