"""How much names resemble a text: by their letters, whatever the order of words, and by the words they share.

A text may be mistyped, have its words swapped, lack a word, or be the start of what somebody types. Words count by how
few names have them, so that "cell" says little about a cell type.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from .haystack import Haystack, Places
from .search_columns import Naming, TextColumn, joined

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
    """The names in some texts, which bars separate, without difference of case: in parallel, row, name and words.

    A name stands between blanks, as each of its words then does; the words are in the order of the alphabet.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        pairs = [(row, name.split()) for row, text in enumerate(texts) if text for name in text.casefold().split("|")]
        self.rows: Places = np.array([row for row, _ in pairs], np.intp)
        self.names = [f" {' '.join(words)} " for _, words in pairs]
        self.ordered = [" ".join(sorted(words)) for _, words in pairs]
        self.haystack = Haystack(self.names)


class Names:
    """The names of rows, those of a row one after the other: names between blanks, and their words in order.

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
        self.ordered = joined(part.ordered for part in self._parts)

    def containing(self, text: str) -> NDArray[np.bool_]:
        """Tell which names contain a text."""
        marks = np.zeros(len(self.names), np.bool_)
        start = 0
        for part in self._parts:
            marks[start + part.haystack.containing(text)] = True
            start += len(part.names)
        return marks


def resemblances(names: Names, text: str) -> Numbers:
    """Give how much each name resembles a text, up to `MOST`; 0 where it does not."""
    words = text.casefold().split()
    if not words:
        return np.zeros(len(names.names), np.float32)
    shares = _shares_of_words(names, words)
    letters = _similarities(names, words, shares)
    has_all = shares > 1 - 1e-6
    found = letters + HAS_WORDS * shares
    typed = f" {' '.join(words)}"
    found[[place for place in np.flatnonzero(has_all) if names.names[place].startswith(typed)]] += STARTS
    if names.naming is Naming.SYNONYM:
        found += IS_SYNONYM
    return np.where((letters >= ENOUGH_LETTERS) | has_all, found, 0)


def _shares_of_words(names: Names, words: Sequence[str]) -> Numbers:
    """The share of words, of 1, that start a word of each name, weighted by how few names have them."""
    wanted = list(dict.fromkeys(words))[:MOST_WORDS]
    having = [names.containing(f" {word}") for word in wanted]
    weights = [float(np.log((len(names.names) + 1) / (found.sum() + 1))) + 1e-3 for found in having]
    shares = np.zeros(len(names.names), np.float32)
    for found, weight in zip(having, weights, strict=True):
        shares += found * np.float32(weight / sum(weights))
    return shares


def _similarities(names: Names, words: Sequence[str], shares: Numbers) -> Numbers:
    """How similar the letters of the names are, of 100: as they stand, and of some with all words in order."""
    text = f" {' '.join(words)} "
    similar: Numbers = process.cdist(
        [text], names.names, scorer=fuzz.ratio, score_cutoff=ENOUGH_LETTERS, dtype=np.float32
    )[0]
    some = np.flatnonzero(shares >= ENOUGH_WORDS)
    for sought, choices in ((text, names.names), (" ".join(sorted(words)), names.ordered)):
        chosen = [choices[place] for place in some.tolist()]
        again = process.cdist([sought], chosen, scorer=fuzz.ratio, dtype=np.float32)[0]
        similar[some] = np.maximum(similar[some], again)
    return similar
