"""Ranking the rows of a registry by a text: as LaminDB ranks them, and so that mistakes are forgiven.

LaminDB finds the rows that have the text in one of their text columns, and adds seven terms up over the columns: the
column is the text, a part of it between bars is (synonyms are separated so), the text is a phrase in it, starts a part,
starts a word, ends a word, is contained. Case is folded by Unicode's rules.

The forgiving ranking puts rows first that have the text as a name, a synonym, an identifier. The others follow by how
much one of their names resembles the text, or after the names that resemble it well, because a text contains it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import compress, count, repeat
from operator import contains

from .resemblance import MOST, resemblances
from .search_columns import Naming, TextColumn

EQUAL = 200
"""Points for a column that is the text, and for one of which a part between bars is."""
PART = 200
PHRASE = 10
STARTS_PART = 8
STARTS_WORD = 2
ENDS_WORD = 2
CONTAINED = 1

EXACT = 90
"""The least score of rows that have the text as it is; other scores are below."""
MENTIONS = 50
"""The least score of rows that contain the text anywhere; names have it too if they resemble the text very well."""


def lamindb_ranks(columns: Collection[TextColumn], text: str, *, case_sensitive: bool = False) -> dict[int, int]:
    """Give LaminDB's rank of each row that has the text in a column, by the place of the row.

    The rank is the sum of up to 423 points a column.
    """
    needle = text.strip() if case_sensitive else text.strip().casefold()
    points = _points(needle)
    ranks: dict[int, int] = {}
    for column in columns:
        texts = column.texts if case_sensitive else column.folded
        for row in _containing(texts, needle):
            ranks[row] = ranks.get(row, 0) + points(texts[row])
    return ranks


def _containing(texts: Sequence[str], needle: str) -> Iterable[int]:
    """The places of the texts that contain a text; no loop of Python's, since there are many."""
    return compress(count(), map(contains, texts, repeat(needle)))


def _points(needle: str) -> Callable[[str], int]:
    """Give the function that rates a text which contains the needle.

    The patterns say what LaminDB's say, but begin with the needle, which is found several times faster.
    """
    literal, bar, blank = re.escape(needle), f"|{needle}", f" {needle}"
    is_part = re.compile(rf"{literal}(?<![^|]{literal})(?![^|])").search
    starts_part = re.compile(rf"{literal}(?<![^|]{literal})[^ ]*(?:\||\Z)").search  # with no blank after it
    ends_word = re.compile(rf"{literal}(?![^ |.,;:])").search
    is_phrase = re.compile(rf"{literal}(?<![^ |.,;:]{literal})(?![^ |.,;:])").search

    def rate(text: str) -> int:
        points = CONTAINED + (EQUAL if text == needle else 0)
        at_part = text.startswith(needle) or bar in text
        if at_part:
            points += (PART if is_part(text) else 0) + (STARTS_PART if starts_part(text) else 0)
        if at_part or blank in text:
            points += STARTS_WORD
        if ends_word(text):
            points += ENDS_WORD + (PHRASE if is_phrase(text) else 0)
        return points

    return rate


def lamindb_scores(columns: Collection[TextColumn], text: str, *, case_sensitive: bool = False) -> dict[int, float]:
    """Give LaminDB's ranking as scores below 100."""
    return {row: 100 * _part(rank) for row, rank in lamindb_ranks(columns, text, case_sensitive=case_sensitive).items()}


def fuzzy_scores(columns: Collection[TextColumn], text: str, *, case_sensitive: bool = False) -> dict[int, float]:
    """Give scores from 90 where something is the text; below that, by what names resemble and texts contain.

    Names resemble a text whatever the case.
    """
    ranks = lamindb_ranks(columns, text, case_sensitive=case_sensitive)
    scores = {row: EXACT * points / MOST for row, points in _most_alike(columns, text).items()}
    for row, rank in ranks.items():
        more = 10 * _part(rank)
        scores[row] = EXACT + more if rank >= EQUAL else max(scores.get(row, 0), MENTIONS + more)
    return scores


def _most_alike(columns: Collection[TextColumn], text: str) -> dict[int, float]:
    """How much the name of each row resembles a text that resembles it most, by the place of the row."""
    import numpy as np

    most = np.zeros(max(map(len, columns), default=0), np.float32)
    for names in (column.names for column in columns if column.naming is not Naming.NONE):
        if names.names:
            alike = np.maximum.reduceat(resemblances(names, text), names.firsts)
            most[names.rows] = np.maximum(most[names.rows], alike)
    rows = np.flatnonzero(most)
    return dict(zip(rows.tolist(), most[rows].tolist(), strict=True))


def _part(rank: int) -> float:
    """A number below 1 that grows with the rank, all ranks apart."""
    return rank / (rank + 50)


def best_first(scores: Mapping[int, float]) -> list[int]:
    """The places of rows from the highest score to the lowest; rows of the same score in their own order."""
    return sorted(scores, key=lambda row: (-scores[row], row))
