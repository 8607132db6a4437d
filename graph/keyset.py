"""Keyset paging: the key values of rows, their order, the rows after or before a cursor, and the cursor itself."""

import operator
from typing import Any

import sqlalchemy as sa
from msgspec import structs

from .aggregate_plan import AggregateOrder
from .conditions import Slot
from .dialects import Part, concat
from .features_sql import feature_extremes
from .order_keys import FeatureColumn, FeatureKey, OrderKey, Relevance
from .pages import kind_of_key
from .plan import Connection
from .registry import ToMany, ToOne
from .related import count_related
from .scalars import Kind
from .search_sql import SCORE
from .statements import Draft


class Keys:
    """The order keys of a connection, as expressions on its rows.

    `joined` is what to select from: the rows, and what is joined to them for keys of related rows.
    """

    def __init__(
        self, draft: Draft, plan: Connection, joined: sa.FromClause, values: list[sa.ColumnElement[Any]]
    ) -> None:
        self._draft = draft
        self._plan = plan
        self.values = values
        self.joined = joined

    @classmethod
    def of_rows(cls, draft: Draft, plan: Connection, rows: sa.FromClause) -> "Keys":
        """Work the keys out on a registry's rows."""
        joins = Joins(draft, rows)
        values = [key_value(draft, key, joins) for key in plan.order]
        return cls(draft, plan, joins.joined, values)

    @classmethod
    def of_page(cls, draft: Draft, plan: Connection, page: sa.FromClause) -> "Keys":
        """Take the keys that a page has worked out."""
        return cls(draft, plan, page, [page.c[_label(number)] for number in range(len(plan.order))])

    def labelled(self) -> list[sa.ColumnElement[Any]]:
        """The keys as columns of a page."""
        return [value.label(_label(number)) for number, value in enumerate(self.values)]

    def order(self, *, backward: bool) -> list[sa.ColumnElement[Any]]:
        """The keys as an ORDER BY, the other way round if the page is taken from the end."""
        return [
            ordered(_reverse(key) if backward else key, value)
            for key, value in zip(self._plan.order, self.values, strict=True)
        ]

    def bounds(self) -> list[sa.ColumnElement[bool]]:
        """Only the rows after the one cursor and before the other."""
        page = self._plan.page
        bounds = []
        if page.after is not None:
            bounds.append(self._beyond(self._plan.order, page.after))
        if page.before is not None:
            bounds.append(self._beyond([_reverse(key) for key in self._plan.order], page.before))
        return bounds

    def cursor(self) -> list[Part]:
        """Write the cursor of a row: `pages.py` reads it."""
        parts: list[Part] = ["["]
        for key, value in zip(self._plan.order, self.values, strict=True):
            parts += [self._draft.dialect.key_json(kind_of_key(key), value, key.nullable), ","]
        parts[-1] = "]"
        signature = self._draft.operand(Kind.STRING, self._plan.signature)()
        return [signature, self._draft.dialect.hex(concat(parts))]

    def _beyond(self, order: Any, cursor: tuple[Slot | None, ...]) -> sa.ColumnElement[bool]:
        """Beyond in the first key, or equal in it and beyond in the second, and so on."""
        ways: list[sa.ColumnElement[bool]] = []
        equal: list[sa.ColumnElement[bool]] = []
        for key, value, slot in zip(order, self.values, cursor, strict=True):
            ways.append(sa.and_(*equal, self._past(key, value, slot)))
            equal.append(value.is_(None) if slot is None else self._compare(operator.eq, key, value, slot))
        return sa.or_(*ways)

    def _past(self, key: OrderKey, value: sa.ColumnElement[Any], slot: Slot | None) -> sa.ColumnElement[bool]:
        """Tell whether one key alone comes later than in the cursor."""
        if slot is None:
            return value.is_not(None) if key.nulls_first else sa.false()
        past: sa.ColumnElement[bool] = self._compare(operator.lt if key.descending else operator.gt, key, value, slot)
        return sa.or_(past, value.is_(None)) if key.nullable and not key.nulls_first else past

    def _compare(self, compare: Any, key: OrderKey, value: sa.ColumnElement[Any], slot: Slot) -> Any:
        return self._draft.dialect.compare_key(compare, value, self._draft.operand(kind_of_key(key), slot))


class Joins:
    """Joins the to-one relations that order keys go through, each once."""

    def __init__(self, draft: Draft, rows: sa.FromClause) -> None:
        self._draft = draft
        self._reached: dict[tuple[ToOne, ...], sa.FromClause] = {(): rows}
        self.joined = rows

    def join(self, rows: sa.FromClause, on: sa.ColumnElement[bool]) -> None:
        """Join rows that may be missing."""
        self.joined = self.joined.outerjoin(rows, on)

    def reach(self, path: tuple[ToOne, ...]) -> sa.FromClause:
        """Give the rows at the end of a path."""
        if path not in self._reached:
            owner, relation = self.reach(path[:-1]), path[-1]
            target = self._reached[path] = self._draft.rows(relation.target)
            on = target.c[relation.remote.key] == owner.c[relation.local.key]
            self.join(target, on)
        return self._reached[path]


def key_value(draft: Draft, key: OrderKey, joins: Joins) -> sa.ColumnElement[Any]:
    """Work an order key out."""
    rows = joins.reach(key.path)
    if isinstance(key.by, ToMany):
        return count_related(draft, key.by, rows)
    if isinstance(key.by, FeatureKey):
        extremes = feature_extremes(draft, key.by)
        joins.join(extremes, extremes.c.owner == rows.c.id)
        value: sa.ColumnElement[Any] = extremes.c.value
        return draft.dialect.collate(value) if key.by.values.kind is Kind.STRING else value
    if isinstance(key.by, FeatureColumn):
        return rows.c[key.by.label]
    if isinstance(key.by, Relevance):
        return rows.c[SCORE]
    column = rows.c[key.by.column.key]
    match kind_of_key(key):
        case Kind.STRING:
            return draft.dialect.collate(column)
        case Kind.INT:
            return sa.type_coerce(column, sa.Integer())  # a status is ordered by its code
        case _:
            return column


def _label(number: int) -> str:
    return f"key_{number}"


def _reverse(key: OrderKey) -> OrderKey:
    return structs.replace(key, descending=not key.descending, nulls_first=not key.nulls_first)


def ordered(key: OrderKey | AggregateOrder, value: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Say where NULLs go only if there can be some: an index is used more readily without."""
    directed = value.desc() if key.descending else value.asc()
    if not key.nullable:
        return directed
    return directed.nulls_first() if key.nulls_first else directed.nulls_last()
