"""How much names resemble a text: by their letters, whatever the order of words, and by the words they share.

A text may be mistyped, have its words swapped, lack a word, or be the start of what somebody types. Words count by how
few names have them, so that "cell" says little about a cell type. What only is spelled otherwise is the same
(`spelling.py`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from .search_columns import Naming, TextColumn, joined
from .spelling import shortened, singular, spelled, stem
from .word_index import Places, WordIndex, classes_of, weighed

Numbers = NDArray[np.float32]

ENOUGH_LETTERS = 60
"""How similar, of 100, the letters of a name must be for it to resemble a text, unless it has all words."""
ENOUGH_WORDS = 0.2
"""The share of the words from which it is worth to compare a name whatever their order."""
AS_SAID = 0.02
"""How much the order of words counts where names have all the same."""
MOST_WORDS = 10
"""How many words of a text are looked for."""

HAS_WORDS = 45
"""Added to the similarity of letters for the share of the words that a name has, or words that start so."""
HAS_ALL = 15
"""Added for a name that lacks none of the words."""
STARTS = 30
"""Added for a name that starts with the text: people search while they type."""
WHOLE = 10
"""Added for a name that starts with the text and goes on with another word, if at all."""
ABBREVIATED = 175
"""What a name has that the text abbreviates by the first letters of its words: NK, HSC, Th17."""
ABBREVIATION = re.compile(r"(?=.*[A-Z])[A-Za-z0-9]{2,6}")
"""What may be one: it has a capital."""
NUMBER = re.compile(r"\d+")
IS_OTHER = -8
"""Added for a synonym, for a short form, and twice for that of a synonym; and once more if it starts with the text."""
MOST = 100 + HAS_WORDS + HAS_ALL + STARTS + WHOLE


class PartNames:
    """The names in some texts, which bars separate, as they are spelled and in the singular: in parallel, row and name.

    A name stands between blanks, as each of its words then does. Its short forms follow it.
    """

    def __init__(self, run: str) -> None:
        text = singular(spelled(run)).replace("\0", " \0 ").replace("|", " \0| ")
        rows = np.cumsum([piece[:1] != "|" for piece in text.split("\0")]) - 1
        names = f" {text.replace('|', '')} ".split("\0")
        full = np.fromiter(map(len, names), np.intp, len(names)) > len("  ")
        names = names if full.all() else [name for name in names if len(name) > 2]
        forms = _short_forms(names)
        places = np.array([*range(len(names)), *(place for place, _ in forms)], np.intp)
        order = np.argsort(places, kind="stable")
        self.rows: Places = rows[full][places[order]]
        self.is_short: NDArray[np.bool_] = order >= len(names)
        names += [form for _, form in forms]
        self.names = [names[place] for place in order.tolist()]
        self.index = WordIndex(self.names)


def _short_forms(names: Sequence[str]) -> list[tuple[int, str]]:
    """The short forms of names, each with the place of the name."""
    shorter = (text.split("\0") for text in shortened("\0".join(names)))
    return [
        (place, form)
        for place, (name, *forms) in enumerate(zip(names, *shorter, strict=False))
        if forms[-1] != name
        for form in dict.fromkeys(forms)
        if form != name
    ]


class Ordered(dict[int, str]):
    """Names by their places, with their words in the order of the alphabet: each is made when it is asked for."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, place: int) -> str:
        self[place] = ordered = " ".join(sorted(self._names[place].split()))
        return ordered


class Names:
    """The names of rows, those of a row one after the other, each between blanks.

    `rows` are the places of the rows that have names, `firsts` those of their first names; `less` is added for
    names that are not the ones shown.
    """

    def __init__(self, column: TextColumn) -> None:
        self._parts = [part.names for _, part in column.parts]
        of_names = [start + part.names.rows for start, part in column.parts]
        of_name = np.concatenate([np.empty(0, np.intp), *of_names])
        self.firsts: Places = np.flatnonzero(np.diff(of_name, prepend=-1))
        self.rows: Places = of_name[self.firsts]
        self.names = joined(part.names for part in self._parts)
        is_short = np.concatenate([np.empty(0, np.bool_), *(part.is_short for part in self._parts)])
        self.less: Numbers = np.float32(IS_OTHER) * (is_short + np.float32(column.naming is Naming.SYNONYM))
        self.lengths: Places = np.fromiter(map(len, self.names), np.intp, len(self.names))
        self._classes = np.concatenate([np.empty(0, np.uint32), *(part.index.classes for part in self._parts)])
        self.ordered = Ordered(self.names)

    def having(self, start: str) -> NDArray[np.bool_]:
        """Tell which names have a word that starts so."""
        marks = np.zeros(len(self.names), np.bool_)
        for first, part in self._placed():
            marks[first + part.index.having(start)] = True
        return marks

    def beginning(self, words: Sequence[str], among: NDArray[np.bool_]) -> Places:
        """Give the places of the names, among some, that start with words, the last of which may go on."""
        found: Places = np.concatenate([first + part.index.beginning(words[0]) for first, part in self._placed()])
        found = found[among[found]]
        if len(words) == 1:
            return found
        start = f" {' '.join(words)}"
        return np.array([place for place in found.tolist() if self.names[place].startswith(start)], np.intp)

    def abbreviated(self, letters: str) -> Places:
        """Give the places of the names whose words start with these letters; one more, such as "cell", may follow."""
        return np.concatenate([first + part.index.abbreviated(letters) for first, part in self._placed()])

    def may_resemble(self, text: str) -> NDArray[np.bool_]:
        """Tell which names may have enough letters in common with a text: by lengths, and by letters they lack."""
        counts = classes_of(text)
        others = dict.fromkeys(set(range(32)) - set(counts), 1)
        common = np.minimum(len(text) - weighed(~self._classes, counts), self.lengths - weighed(self._classes, others))
        enough: NDArray[np.bool_] = 200 * common >= ENOUGH_LETTERS * (self.lengths + len(text))
        return enough

    def _placed(self) -> Iterator[tuple[int, PartNames]]:
        """The names of each part, and the place of the first of them."""
        return zip(accumulate((len(part.names) for part in self._parts), initial=0), self._parts, strict=False)


def resemblances(names: Names, text: str) -> Numbers:
    """Give how much each name resembles a text, up to `MOST`; 0 where it does not."""
    words = _words(names, text)
    if not words:
        return np.zeros(len(names.names), np.float32)
    shares = _shares_of_words(names, words)
    letters = _similarities(names, words, shares)
    has_all = shares > 1 - 1e-6
    found = letters + HAS_WORDS * shares + HAS_ALL * has_all
    starting = names.beginning(words, has_all)
    found[starting] += STARTS + names.less[starting]
    found[names.beginning([*words[:-1], f"{words[-1]} "], has_all)] += WHOLE
    found[(letters < ENOUGH_LETTERS) & ~has_all] = 0
    abbreviated = _abbreviated(names, text.strip())
    found[abbreviated] = np.maximum(found[abbreviated], ABBREVIATED)
    resembling: Numbers = np.maximum(found + names.less, 0)
    return resembling


def _words(names: Names, text: str) -> list[str]:
    """The words of a text as those of names are spelled; the last may be a plural, or not yet finished."""
    words = spelled(text.replace("|", " ")).split()
    if words:
        last = singular(words[-1])
        is_plural = last != words[-1] and names.having(f"{last} ").any()
        words = [*map(singular, words[:-1]), last if is_plural else words[-1]]
    return words


def _abbreviated(names: Names, text: str) -> Places:
    """The places of the names that a text abbreviates: a number stands for itself, a word for its first letter."""
    if not ABBREVIATION.fullmatch(text):
        return np.empty(0, np.intp)
    found = names.abbreviated(NUMBER.sub(lambda number: number[0][0], text.lower()))
    for number in NUMBER.findall(text):
        found = found[names.having(f"{number} ")[found]]
    return found


def _shares_of_words(names: Names, words: Sequence[str]) -> Numbers:
    """The share of words, of 1, that start a word of each name, weighted by how few names have them.

    The stem of a word is enough, unless it is the last, which may not be finished.
    """
    wanted = list(dict.fromkeys([*map(stem, words[:-1]), words[-1]]))[:MOST_WORDS]
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
    others = np.flatnonzero(~some & names.may_resemble(text))
    similar[others] = _ratios(text, map(names.names.__getitem__, others.tolist()), ENOUGH_LETTERS)
    compared = np.flatnonzero(some)
    if len(words) == 1:  # all its letters are there, one after the other
        similar[compared] = 200 * len(text) / (len(text) + names.lengths[compared])
        return similar
    similar[compared] = _ratios(text, map(names.names.__getitem__, compared.tolist()), 0)
    in_order = _ratios(" ".join(sorted(words)), map(names.ordered.__getitem__, compared.tolist()), 0)
    as_said = similar[compared]
    similar[compared] = np.maximum(as_said, in_order + AS_SAID * (as_said - in_order))
    return similar


def _ratios(text: str, names: Iterable[str], least: int) -> Numbers:
    """How similar the letters of names are to those of a text; 0 for what is below the least."""
    ratios: Numbers = process.cdist([text], list(names), scorer=fuzz.ratio, score_cutoff=least, dtype=np.float32)[0]
    return ratios
