"""What a plan relies on of the features, and the column by which its statement tells whether that has changed.

A statement says what the database has now under the names and uids that were asked for: a feature that was renamed,
deleted or given another dtype is not there as it was, and one that has taken its name is. Where all features were asked
for, or many, it gives a digest of all.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from .conditions import Slot
from .dialects import Text, concat
from .feature_places import NEEDED
from .registry import RegistryInfo
from .statements import Draft

if TYPE_CHECKING:
    from .feature_catalog import Feature, Features

Asked = tuple[str, str]
"""The field that was looked at, `name` or `uid`, and its value."""

MOST = 8
"""How many names and uids are looked up. SQLite takes 8 microseconds for one, and 70 for 40 features."""


class OutdatedError(Exception):
    """The features have changed since the statement was planned. Never leaves the server."""


class AskedFeatures:
    """The features for one plan, which takes note of what is asked of them; see `Features`."""

    def __init__(self, features: "Features") -> None:
        self.known = features
        self.asked: list[Asked | None] = []
        """None stands for all features."""

    @property
    def all(self) -> tuple["Feature", ...]:
        """All features."""
        self.asked.append(None)
        return self.known.all

    def named(self, name: str, place: object) -> list["Feature"]:
        """Give the features of a name."""
        self.asked.append(("name", name))
        return self.known.named(name, place)

    def named_or_uid(self, text: str, place: object) -> "Feature":
        """Give the feature that has a text as its name, or else as its uid."""
        self.asked += [("name", text), ("uid", text)]
        return self.known.named_or_uid(text, place)

    def one(self, name: str | None, uid: str | None, place: object) -> "Feature":
        """Give the feature of a name or a uid."""
        self.asked += [(field, text) for field, text in (("name", name), ("uid", uid)) if text is not None]
        return self.known.one(name, uid, place)


class Guard(NamedTuple):
    """What a statement has to say of the features: of those with values in `fields`, or of all if there are no fields.

    The values stand one after the other among those of the operation, from the slot `first` on.
    """

    info: RegistryInfo
    fields: tuple[str, ...]
    first: Slot

    def column(self, draft: Draft) -> Text:
        """Make the column."""
        rows = draft.rows(self.info)
        features = listed_features(self.info, rows, feature_text(self.info, rows))
        if self.fields:
            features = features.where(sa.or_(*self._found(draft, rows)))
        text = draft.dialect.join_rows(features.subquery().c.row, None)
        return sa.select(text if self.fields else draft.dialect.digest(text)).scalar_subquery()

    def _found(self, draft: Draft, rows: sa.FromClause) -> Iterator[sa.ColumnElement[bool]]:
        for slot, name in enumerate(self.fields, start=self.first):
            field = self.info.fields[name]
            yield rows.c[field.column.key] == draft.operand(field.kind, slot)()


class Relied(NamedTuple):
    """What the plans of an operation rely on: the guard of its statement, the values for it, and what it is to say."""

    guard: Guard | None
    values: Sequence[str]
    expected: str | None

    def check(self, said: Any) -> None:
        """Compare with what the statement has said.

        Raises:
            OutdatedError: if it is something else.
        """
        if self.guard is not None and said != self.expected:
            raise OutdatedError


def relied_on(plans: Iterable[AskedFeatures], first: Slot) -> Relied:
    """Put together what plans have asked of the same features; `first` is the slot after those of the operation."""
    asking = [plan for plan in plans if plan.asked]
    if not asking or (info := asking[0].known.info) is None:
        return Relied(None, (), None)
    known, asked = asking[0].known, sorted({one for plan in asking for one in plan.asked if one})
    if len(asked) > MOST or any(None in plan.asked for plan in asking):
        return Relied(Guard(info, (), first), (), known.version)
    fields, values = zip(*asked, strict=True)
    return Relied(Guard(info, fields, first), values, known.said_of(asked))


def listed_features(info: RegistryInfo, rows: sa.FromClause, written: Text) -> sa.Select[Any]:
    """Select what is `written` of each feature that can have values; types, which group features, have no dtype."""
    columns = {name: rows.c[info.fields[name].column.key] for name in NEEDED}
    select = sa.select(written.label("row"))
    return select.where(columns["dtype"].is_not(None)).order_by(columns["databaseId"])


def feature_text(info: RegistryInfo, rows: sa.FromClause) -> Text:
    """Write all that is to be known of a feature."""
    columns = (rows.c[info.fields[name].column.key] for name in NEEDED)
    return concat(part for column in columns for part in (sa.cast(column, sa.Text()), "\x1f"))
