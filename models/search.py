"""Ranking the rows of a registry by a text: as LaminDB ranks them, and so that mistakes are forgiven.

LaminDB finds the rows that have the text in one of their text columns, and adds seven terms up over the columns: the
column is the text, a part of it between bars is (synonyms are separated so), the text is a phrase in it, starts a part,
starts a word, ends a word, is contained. Case is folded by Unicode's rules.

The forgiving ranking puts the same rows first, those whose names resemble the text most before others, and after them
rows whose names only resemble it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import compress, count, repeat
from operator import contains

from rapidfuzz import fuzz, process

EQUAL = 200
"""Points for a column that is the text, and for one of which a part between bars is."""
PART = 200
PHRASE = 10
STARTS_PART = 8
STARTS_WORD = 2
ENDS_WORD = 2
CONTAINED = 1

NAMES = frozenset({"name", "scientific_name", "symbol", "synonyms", "title"})
"""Columns whose texts name a row, besides the one that LaminDB takes for its name."""
LEAST_SIMILARITY = 60
"""How similar, of 100, a name must be to resemble a text."""
STARTS_BONUS = 30
"""Added to the similarity of a name that starts with the text: people search while they type."""
HAS_WORDS_BONUS = 15
"""Added to the similarity of a name that has every word of the text, or starts of words."""
MOST_SIMILAR = 100 + STARTS_BONUS


class TextColumn:
    """The texts of one column, one for each row of the registry and "" for NULL.

    Args:
        is_name: whether the texts name the rows; names between bars are several.
    """

    def __init__(self, texts: Sequence[str], *, is_name: bool) -> None:
        self.texts = texts
        self.is_name = is_name
        self.characters = sum(map(len, texts))

    @cached_property
    def folded(self) -> list[str]:
        """The texts without difference of case."""
        return [text.casefold() for text in self.texts]

    @cached_property
    def names(self) -> "Names":
        """The names in the texts."""
        return Names(self.folded)


class Names:
    """The names of rows: in parallel, the place of the row, the name, and its words in alphabetical order."""

    def __init__(self, folded: Iterable[str]) -> None:
        pairs = [(row, name) for row, text in enumerate(folded) if text for name in text.split("|")]
        self.rows = [row for row, _ in pairs]
        self.names = [name for _, name in pairs]
        self.sorted = [_sorted_words(name) for name in self.names]


def _sorted_words(text: str) -> str:
    return " ".join(sorted(text.split()))


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
    """Give scores from 90 where something is the text, from 50 where it is contained, below where a name resembles it.

    Names resemble a text whatever the case.
    """
    ranks = lamindb_ranks(columns, text, case_sensitive=case_sensitive)
    similar = similarities([column.names for column in columns if column.is_name], text)
    scores = {row: _resembling(similarity) for row, similarity in similar.items()}
    return scores | {row: _exact(rank, similar.get(row, 0)) for row, rank in ranks.items()}


def _exact(rank: int, similarity: float) -> float:
    if rank >= EQUAL:
        return 90 + 10 * _part(rank)
    return 50 + 25 * similarity / MOST_SIMILAR + 15 * _part(rank)


def _resembling(similarity: float) -> float:
    return 50 * similarity / MOST_SIMILAR


def _part(rank: int) -> float:
    """A number below 1 that grows with the rank, all ranks apart."""
    return rank / (rank + 50)


def similarities(names: Collection[Names], text: str) -> dict[int, float]:
    """Give how similar the most similar name of each row is to a text, with bonuses up to `MOST_SIMILAR`."""
    needle = " ".join(text.casefold().split())
    found: dict[int, float] = {}
    for some in names if needle else ():
        for place, similarity in (*_alike(some, needle), *_with_words(some, needle)):
            row = some.rows[place]
            found[row] = max(similarity, found.get(row, 0))
    return found


def _alike(some: Names, needle: str) -> Iterable[tuple[int, float]]:
    """The places of names that are similar."""
    return _compared(some.names, some.sorted, needle, LEAST_SIMILARITY)


def _with_words(some: Names, needle: str) -> Iterable[tuple[int, float]]:
    """The places of names in which every word of the text starts a word, however similar."""
    words, names = needle.split(), some.names
    longest = max(words, key=len)
    places = [
        place
        for place in _containing(names, longest)
        if all(names[place].startswith(word) or f" {word}" in names[place] for word in words)
    ]
    chosen = [names[place] for place in places], [some.sorted[place] for place in places]
    for number, similarity in _compared(*chosen, needle, 0):
        bonus = STARTS_BONUS if chosen[0][number].startswith(needle) else HAS_WORDS_BONUS
        yield places[number], similarity + bonus


def _compared(names: Sequence[str], words: Sequence[str], needle: str, least: float) -> Iterable[tuple[int, float]]:
    """The similarity of names as they are, and, to more than one word, with all words in alphabetical order."""
    ways = [(needle, names), (_sorted_words(needle), words)]
    for text, choices in ways if " " in needle else ways[:1]:
        for _, similarity, number in process.extract(text, choices, scorer=fuzz.ratio, limit=None, score_cutoff=least):
            yield number, similarity


def best_first(scores: Mapping[int, float]) -> list[int]:
    """The places of rows from the highest score to the lowest; rows of the same score in their own order."""
    return sorted(scores, key=lambda row: (-scores[row], row))
