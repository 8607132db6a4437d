"""What is to be written, as data: the values of a row's columns, and the rows that it is linked to."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from msgspec import Struct, field

if TYPE_CHECKING:
    from .feature_writing import FeatureChange

Linked = tuple[int, int | None]
"""A row at the other end of a link, and the feature that the link is a value of."""


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


class LinkChange(Struct, frozen=True, eq=False):
    """What a row is to be linked to: exactly `set`, then also `add`, then no longer `remove`; ids of rows.

    With a feature, only links that are values of it are meant. Without one, a row that is linked in any way is linked:
    adding it changes nothing, and removing it removes all its links, as in LaminDB.
    """

    link: LinkTable
    set: Sequence[int] | None = None
    add: Sequence[int] = ()
    remove: Sequence[int] = ()
    feature: int | None = None

    def applied(self, now: Iterable[Linked]) -> list[Linked]:
        """What a row is linked to afterwards; those that stay come first."""
        kept = dict.fromkeys(now)
        if self.set is not None:
            kept = dict.fromkeys(linked for linked in kept if linked[0] in self.set or not self._means(linked))
        for target in (*(self.set or ()), *self.add):
            if self.feature is not None or not any(target == other for other, _ in kept):
                kept[target, self.feature] = None
        return [linked for linked in kept if linked[0] not in self.remove or not self._means(linked)]

    def _means(self, linked: Linked) -> bool:
        return self.feature is None or linked[1] == self.feature


class RowChange(Struct, eq=False):
    """What is to become of one row: values by the keys of its columns, changes of its links and of its features."""

    values: dict[str, Any] = field(default_factory=dict)
    links: list[LinkChange] = field(default_factory=list)
    features: "FeatureChange | None" = None
    revises: int | None = None
    """The row that a new one is the next version of."""
