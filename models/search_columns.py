"""The texts that a search ranks: columns of a registry, made of parts that are kept while their rows stay the same."""

from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cached_property
from itertools import accumulate, chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Naming(Enum):
    """What the texts of a column are to their rows."""

    NAME = "their names"
    SYNONYM = "other names of them"
    NONE = "no names"


NAMES = frozenset({"name", "scientific_name", "symbol", "title"})
"""Columns whose texts name a row, besides the one that LaminDB takes for its name."""


def naming(column: str, name_field: str) -> Naming:
    """Tell what the texts of a column are, by its name and that of the column that LaminDB takes for the name."""
    if column == "synonyms":
        return Naming.SYNONYM
    return Naming.NAME if column in NAMES or column == name_field else Naming.NONE


class TextPart:
    """The texts of one column in some rows, one for each and "" for NULL, and what a search makes of them once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts

    @cached_property
    def characters(self) -> int:
        """How many characters the texts have."""
        return sum(map(len, self.texts))

    @cached_property
    def folded(self) -> list[str]:
        """The texts without difference of case."""
        return [text.casefold() for text in self.texts]

    @cached_property
    def names(self) -> tuple[list[int], list[str], list[str]]:
        """The names in the texts, which bars separate: in parallel, the place of the row, the name and its words.

        A name stands between blanks, as each of its words then does; the words are in alphabetical order.
        """
        pairs = [(row, name.split()) for row, text in enumerate(self.folded) if text for name in text.split("|")]
        ordered = [" ".join(sorted(words)) for _, words in pairs]
        return [row for row, _ in pairs], [f" {' '.join(words)} " for _, words in pairs], ordered


class TextColumn:
    """The texts of one column, one for each row of a registry.

    Args:
        parts: the texts of the first rows, of the rows after them, and so on.
        naming: whether the texts name their rows; names between bars are several.
    """

    def __init__(self, parts: Sequence[TextPart], naming: Naming) -> None:
        self.naming = naming
        self._parts = parts

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def texts(self) -> list[str]:
        """The texts as they are stored."""
        return _joined(part.texts for part in self._parts)

    @cached_property
    def folded(self) -> list[str]:
        """The texts without difference of case."""
        return _joined(part.folded for part in self._parts)

    @cached_property
    def names(self) -> "Names":
        """The names in the texts."""
        return Names(self._parts, self.naming)


class Names:
    """The names of rows: in parallel, the names between blanks and their words in order.

    The names of a row follow one another: `rows` are the places of rows that have names, `firsts` those of their first.
    """

    def __init__(self, parts: Sequence[TextPart], naming: Naming) -> None:
        import numpy as np

        starts = accumulate((len(part.texts) for part in parts[:-1]), initial=0)
        places = [np.array(part.names[0], np.intp) + start for part, start in zip(parts, starts, strict=False)]
        self.naming = naming
        of_names = np.concatenate([np.empty(0, np.intp), *places])
        self.firsts: NDArray[np.intp] = np.flatnonzero(np.diff(of_names, prepend=-1))
        self.rows: NDArray[np.intp] = of_names[self.firsts]
        self.names = _joined(part.names[1] for part in parts)
        self.ordered = _joined(part.names[2] for part in parts)


def _joined(lists: Iterable[Sequence[str]]) -> list[str]:
    return list(chain.from_iterable(lists))
