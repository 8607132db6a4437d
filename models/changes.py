"""What is to be written, as data: the values of a row's columns, and the rows that it is linked to."""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from msgspec import Struct, field

if TYPE_CHECKING:
    from .feature_writing import FeatureChange


class Linked(Struct, frozen=True):
    """A row at the other end of a link, the feature that the link is a value of, and the part that it is of."""

    target: int
    feature: int | None = None
    slot: str | None = None


class LinkTable(Struct, frozen=True, eq=False):
    """A table that links rows: its column for the row that is written, and the one for the rows it is linked to."""

    table: sa.Table
    source: sa.Column[Any]
    target: sa.Column[Any]

    @property
    def feature(self) -> sa.Column[Any] | None:
        """The column of the feature that a link is a value of; None where links are no values."""
        column = self.table.c.get("feature_id")
        return None if column is self.source or column is self.target else column

    @property
    def slot(self) -> sa.Column[Any] | None:
        """The column of the part that a link is of, such as obs; None where links have none."""
        return self.table.c.get("slot")


class LinkChange(Struct, frozen=True, eq=False):
    """What a row is to be linked to: exactly `set`, then also `add`, then no longer `remove`; ids of rows.

    With a feature, only links that are values of it are meant. Without one, a row that is linked in any way is linked:
    adding it changes nothing, and removing it removes all its links, as in LaminDB. `slots` are the parts that the
    rows of `set` and `add` are of, one for each.
    """

    link: LinkTable
    set: Sequence[int] | None = None
    add: Sequence[int] = ()
    remove: Sequence[int] = ()
    feature: int | None = None
    slots: Sequence[str] = ()

    @property
    def wanted(self) -> list[Linked]:
        """What is set or added."""
        targets = (*(self.set or ()), *self.add)
        return [
            Linked(target, self.feature, slot)
            for target, slot in zip(targets, self.slots or repeat(None), strict=False)
        ]

    def applied(self, now: Iterable[Linked]) -> list[Linked]:
        """What a row is linked to afterwards; those that stay come first."""
        kept = dict.fromkeys(now)
        if self.set is not None:
            kept = dict.fromkeys(linked for linked in kept if self._sets(linked) or not self._means(linked))
        for linked in self.wanted:
            if self.feature is not None or self.slots or not any(linked.target == other.target for other in kept):
                kept[linked] = None
        return [linked for linked in kept if linked.target not in self.remove or not self._means(linked)]

    def _sets(self, linked: Linked) -> bool:
        return linked in self.wanted if self.slots else linked.target in (self.set or ())

    def _means(self, linked: Linked) -> bool:
        return self.feature is None or linked.feature == self.feature


class RowChange(Struct, eq=False):
    """What is to become of one row: values by the keys of its columns, changes of its links and of its features."""

    values: dict[str, Any] = field(default_factory=dict)
    links: list[LinkChange] = field(default_factory=list)
    features: "FeatureChange | None" = None
    revises: int | None = None
    """The row that a new one is the next version of."""
