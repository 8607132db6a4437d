"""Ranking the rows of a registry by a text: as LaminDB ranks them, and so that mistakes are forgiven.

LaminDB finds the rows that have the text in one of their text columns, and adds seven terms up over the columns: the
column is the text, a part of it between bars is (synonyms are separated so), the text is a phrase in it, starts a part,
starts a word, ends a word, is contained. Case is folded by Unicode's rules.

The forgiving ranking puts rows first that have the text as a name, a synonym, an identifier. The others follow by how
much one of their names resembles the text, or after the names that resemble it well, because a text contains it.
"""

import re
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from .haystack import EQUAL
from .hits import UNITS, Hits
from .resemblance import MOST, resemblances
from .search_columns import Naming, TextColumn

EXACT = 90
"""The least score of rows that have the text as it is; other scores are below."""
MENTIONS = 50
"""The least score of rows that contain the text anywhere; names have it too if they resemble the text very well."""

PLACE_BITS = 40
"""How many bits the place of a row among others may have."""

CURIE = re.compile(r"^\s*([A-Za-z]+)_(\d+)\s*$")
"""The identifier of a term as it stands at the end of its address, with a line for the colon."""

Ranks = NDArray[np.int32]
Scores = NDArray[np.float64]


def lamindb_ranks(columns: Collection[TextColumn], text: str, *, case_sensitive: bool = False) -> Ranks:
    """Give LaminDB's rank of each row: the sum of up to 423 points a column, 0 where no column has the text."""
    needle = text.strip() if case_sensitive else text.strip().casefold()
    ranks: Ranks = np.zeros(_rows(columns), np.int32)
    for column in columns:
        for start, part in column.parts:
            rows, points = (part.exact if case_sensitive else part.folded).points(needle)
            ranks[start + rows] += points
    return ranks


def lamindb_scores(columns: Collection[TextColumn], text: str, *, case_sensitive: bool = False) -> Scores:
    """Give LaminDB's ranking as scores below 100; 0 for a row that is not found."""
    return 100 * _part(lamindb_ranks(columns, text, case_sensitive=case_sensitive))


def fuzzy_scores(columns: Collection[TextColumn], text: str, *, case_sensitive: bool = False) -> Scores:
    """Give scores from 90 where something is the text; below that, by what names resemble and texts contain.

    Names resemble a text whatever the case. The score is 0 for a row that is not found.
    """
    ranks = lamindb_ranks(columns, CURIE.sub(r"\1:\2", text), case_sensitive=case_sensitive)
    alike = EXACT * _most_alike(columns, text) / MOST
    more = 10 * _part(ranks)
    return np.select([ranks >= EQUAL, ranks > 0], [EXACT + more, np.maximum(alike, MENTIONS + more)], alike)


def _most_alike(columns: Collection[TextColumn], text: str) -> Scores:
    """How much the name of each row resembles a text that resembles it most."""
    most: Scores = np.zeros(_rows(columns))
    for names in (column.names for column in columns if column.naming is not Naming.NONE):
        if names.names:
            alike = np.maximum.reduceat(resemblances(names, text), names.firsts)
            most[names.rows] = np.maximum(most[names.rows], alike)
    return most


def _rows(columns: Collection[TextColumn]) -> int:
    return max(map(len, columns), default=0)


def _part(ranks: Ranks) -> Scores:
    """A number below 1 that grows with the rank, all ranks apart."""
    return ranks / (ranks + 50.0)


def hits(scores: Scores, keys: NDArray[np.int64]) -> Hits:
    """The rows that are found, by their scores and the keys of all rows, which ascend."""
    found = np.flatnonzero(scores)
    units = np.rint(scores[found] * UNITS).astype(np.int64)
    order = np.sort((100 * UNITS - units) << PLACE_BITS | np.arange(len(found)))  # ten times as fast as to sort places
    places = order & ((1 << PLACE_BITS) - 1)
    return Hits(keys[found[places]], units[places], len(found))
