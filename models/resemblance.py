"""How much names resemble a text: by their letters, whatever the order of words, and by the words they share.

A text may be mistyped, have its words swapped, lack a word, or be the start of what somebody types. Words count by how
few names have them, so that "cell" says little about a cell type.
"""

from collections.abc import Callable, Sequence
from itertools import repeat
from operator import contains
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from .search_columns import Names, Naming

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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


def resemblances(names: Names, text: str) -> "Numbers":
    """Give how much each name resembles a text, up to `MOST`; 0 where it does not."""
    import numpy as np

    words = text.casefold().split()
    if not words:
        return np.zeros(len(names.names), np.float32)
    shares = _shares_of_words(names.names, words)
    letters = _similarities(names, words, shares)
    typed = f" {' '.join(words)}"
    starts = _each(str.startswith, names.names, typed)
    found = letters + HAS_WORDS * shares + STARTS * starts
    if names.naming is Naming.SYNONYM:
        found += IS_SYNONYM
    return np.where((letters >= ENOUGH_LETTERS) | (shares > 1 - 1e-6), found, 0)


def _shares_of_words(names: Sequence[str], words: Sequence[str]) -> "Numbers":
    """The share of words, of 1, that start a word of each name, weighted by how few names have them."""
    import numpy as np

    wanted = list(dict.fromkeys(words))[:MOST_WORDS]
    having = [_each(contains, names, f" {word}") for word in wanted]
    weights = [float(np.log((len(names) + 1) / (found.sum() + 1))) + 1e-3 for found in having]
    shares = np.zeros(len(names), np.float32)
    for found, weight in zip(having, weights, strict=True):
        shares += found * np.float32(weight / sum(weights))
    return shares


def _each(test: Callable[[str, str], bool], names: Sequence[str], text: str) -> "NDArray[np.bool_]":
    """What a test says of each name; no loop of Python's, since there are many."""
    import numpy as np

    return np.frombuffer(bytes(map(test, names, repeat(text))), np.bool_)


def _similarities(names: Names, words: Sequence[str], shares: "Numbers") -> "Numbers":
    """How similar the letters of the names are, of 100: as they stand, and of some with all words in order."""
    import numpy as np

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
