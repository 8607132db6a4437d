"""How much names resemble a text: by their letters, whatever the order of words, and by the words they share.

A text may be mistyped, have its words swapped, lack a word, or be the start of what somebody types. Words count by how
few names have them, so that "cell" says little about a cell type.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from .haystack import NUL, run_of
from .search_columns import Naming, TextColumn, joined
from .word_index import Places, WordIndex

Numbers = NDArray[np.float32]

ENOUGH_LETTERS = 60
"""How similar, of 100, the letters of a name must be for it to resemble a text, unless it has all words."""
ENOUGH_WORDS = 0.2
"""The share of the words from which it is worth to compare a name whatever their order."""
MOST_WORDS = 10
"""How many words of a text are looked for."""

HAS_WORDS = 45
"""Added to the similarity of letters for a name that has all words of the text, or words that start so."""
STARTS = 20
"""Added for a name that starts with the text: people search while they type."""
IS_SYNONYM = -8
"""Added for a name that is not the one shown."""
MOST = 100 + HAS_WORDS + STARTS


class PartNames:
    """The names in some texts, which bars separate, without difference of case: in parallel, row and name.

    A name stands between blanks, as each of its words then does.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        named = [[*filter(None, text.split("|"))] for text in _normalized(texts)]
        self.rows: Places = np.repeat(np.arange(len(named)), list(map(len, named)))
        self.names = [f" {name} " for names in named for name in names]
        self.index = WordIndex(self.names)


def _normalized(texts: Sequence[str]) -> list[str]:
    """Texts without difference of case, with one blank between words and none beside bars."""
    whole = " ".join(run_of(texts).casefold().split())
    for separator in (NUL, "|"):
        whole = whole.replace(f" {separator}", separator).replace(f"{separator} ", separator)
    return whole.split(NUL)[1:-1]


class Names:
    """The names of rows, those of a row one after the other, each between blanks.

    `rows` are the places of the rows that have names, `firsts` those of their first names.
    """

    def __init__(self, column: TextColumn) -> None:
        self.naming = column.naming
        self._parts = [part.names for _, part in column.parts]
        of_names = [start + part.names.rows for start, part in column.parts]
        of_name = np.concatenate([np.empty(0, np.intp), *of_names])
        self.firsts: Places = np.flatnonzero(np.diff(of_name, prepend=-1))
        self.rows: Places = of_name[self.firsts]
        self.names = joined(part.names for part in self._parts)
        self.lengths: Places = np.fromiter(map(len, self.names), np.intp, len(self.names))
        self._ordered: dict[int, str] = {}

    def ordered(self, place: int) -> str:
        """Give a name with its words in the order of the alphabet; it is kept for the next time."""
        if place not in self._ordered:
            self._ordered[place] = " ".join(sorted(self.names[place].split()))
        return self._ordered[place]

    def having(self, start: str) -> NDArray[np.bool_]:
        """Tell which names have a word that starts so."""
        marks = np.zeros(len(self.names), np.bool_)
        for first, part in self._placed():
            marks[first + part.index.having(start)] = True
        return marks

    def beginning(self, words: Sequence[str]) -> Places:
        """Give the places of the names that start with words, the last of which may go on."""
        start = f" {' '.join(words)}"
        found = np.concatenate([first + part.index.beginning(words[0]) for first, part in self._placed()])
        return np.array([place for place in found.tolist() if self.names[place].startswith(start)], np.intp)

    def _placed(self) -> Iterator[tuple[int, PartNames]]:
        """The names of each part, and the place of the first of them."""
        return zip(accumulate((len(part.names) for part in self._parts), initial=0), self._parts, strict=False)


def resemblances(names: Names, text: str) -> Numbers:
    """Give how much each name resembles a text, up to `MOST`; 0 where it does not."""
    words = text.casefold().split()
    if not words:
        return np.zeros(len(names.names), np.float32)
    shares = _shares_of_words(names, words)
    letters = _similarities(names, words, shares)
    has_all = shares > 1 - 1e-6
    found = letters + HAS_WORDS * shares
    found[names.beginning(words)] += STARTS
    if names.naming is Naming.SYNONYM:
        found += IS_SYNONYM
    return np.where((letters >= ENOUGH_LETTERS) | has_all, found, 0)


def _shares_of_words(names: Names, words: Sequence[str]) -> Numbers:
    """The share of words, of 1, that start a word of each name, weighted by how few names have them."""
    wanted = list(dict.fromkeys(words))[:MOST_WORDS]
    having = [names.having(word) for word in wanted]
    weights = [float(np.log((len(names.names) + 1) / (found.sum() + 1))) + 1e-3 for found in having]
    shares = np.zeros(len(names.names), np.float32)
    for found, weight in zip(having, weights, strict=True):
        shares += found * np.float32(weight / sum(weights))
    return shares


def _similarities(names: Names, words: Sequence[str], shares: Numbers) -> Numbers:
    """How similar the letters of the names are, of 100: as they stand, and of some with all words in order."""
    text = f" {' '.join(words)} "
    similar: Numbers = np.zeros(len(names.names), np.float32)
    some = shares >= ENOUGH_WORDS
    others = np.flatnonzero(~some & _may_resemble(names.lengths, len(text)))
    similar[others] = _ratios(text, map(names.names.__getitem__, others.tolist()), ENOUGH_LETTERS)
    compared = np.flatnonzero(some)
    similar[compared] = _ratios(text, map(names.names.__getitem__, compared.tolist()), 0)
    if len(words) > 1:
        in_order = _ratios(" ".join(sorted(words)), map(names.ordered, compared.tolist()), 0)
        similar[compared] = np.maximum(similar[compared], in_order)
    return similar


def _may_resemble(lengths: Places, length: int) -> NDArray[np.bool_]:
    """Tell which names are neither too short nor too long to have enough letters in common with a text."""
    return 200 * np.minimum(lengths, length) >= ENOUGH_LETTERS * (lengths + length)


def _ratios(text: str, names: Iterable[str], least: int) -> Numbers:
    """How similar the letters of names are to those of a text; 0 for what is below the least."""
    ratios: Numbers = process.cdist([text], list(names), scorer=fuzz.ratio, score_cutoff=least, dtype=np.float32)[0]
    return ratios
