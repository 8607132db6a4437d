"""The texts that a search ranks: columns of a registry, made of parts that are kept while their rows stay the same.

What needs NumPy is imported by the first search, so that a server need not wait for it to start.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property
from itertools import accumulate, chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .haystack import Haystack
    from .resemblance import Names, PartNames


NUL = "\0"
"""What stands between texts that are one."""


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
    """The texts of one column in some rows, one for each and "" for NULL, and what a search makes of them once.

    Args:
        run: the texts in one, with a separator between them.
        separator: what no text has in it.
    """

    def __init__(self, run: str, separator: str = NUL) -> None:
        if separator != NUL:
            run = run.replace(NUL, " ").replace(separator, NUL)
        self._run = run  # a text for each would take several times the room

    def __len__(self) -> int:
        return self._run.count(NUL) + 1

    @property
    def texts(self) -> list[str]:
        """The texts as they are stored, but for NUL."""
        return self._run.split(NUL)

    @property
    def characters(self) -> int:
        """How many characters the texts have, and what separates them."""
        return len(self._run)

    @cached_property
    def exact(self) -> "Haystack":
        """The texts, to find others in."""
        from .haystack import Haystack

        return Haystack(self._run)

    @cached_property
    def folded(self) -> "Haystack":
        """The texts without difference of case, to find others in."""
        from .haystack import Haystack

        return Haystack(self._run, folded=True)

    @cached_property
    def names(self) -> "PartNames":
        """The names in the texts."""
        from .resemblance import PartNames

        return PartNames(self._run)


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
        return self._starts[-1]

    @cached_property
    def _starts(self) -> list[int]:
        """The place of the first row of each part, and where a part after them would start."""
        return [*accumulate(map(len, self._parts), initial=0)]

    @property
    def parts(self) -> Iterator[tuple[int, TextPart]]:
        """The parts, each with the place of its first row."""
        return zip(self._starts, self._parts, strict=False)

    @cached_property
    def numbers(self) -> "NDArray[np.int64]":
        """The texts as whole numbers."""
        import numpy as np

        return np.array([int(text) for part in self._parts for text in part.texts], np.int64)

    @cached_property
    def names(self) -> "Names":
        """The names in the texts."""
        from .resemblance import Names

        return Names(self)


def joined(lists: Iterable[Sequence[str]]) -> list[str]:
    """One list of many, one after the other."""
    return list(chain.from_iterable(lists))
