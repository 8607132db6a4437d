"""From conditions on features and feature keys to SQL."""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from msgspec import Struct

from .conditions import Condition, HasLabel, HasValue, TypedTest, ValueTest
from .dialects import Predicate, constant
from .feature_places import Place, ValueRows, value_rows
from .json_comparisons import compare_json
from .json_values import JsonType, has_type
from .order_keys import FeatureColumn, FeatureKey
from .registry import Field
from .scalars import Kind
from .statements import Draft
from .ways_sql import NONE, count, first_of, materialized, number, once

Compile = Callable[[Draft, Condition, sa.FromClause], Predicate]


RAREST = 2000
"""How many rows may have the rarest of several values to be listed alone, while the other values are asked of them."""


class HavingFeature(Struct, frozen=True, eq=False):
    """The keys of all rows that have a value of which a condition holds: the query, and its column."""

    select: sa.Select[Any]
    owner: sa.ColumnElement[Any]

    def of(self, rows: sa.FromClause) -> Predicate:
        """Ask of rows whether they have one, of each if that is best."""
        return self.select.where(self.owner == rows.c.id).correlate(rows).exists()

    def of_each(self, rows: sa.FromClause) -> Predicate:
        """Ask each row one by one, whatever a planner would prefer: an offset keeps it from joining.

        It may take a few thousand rows for a few, and compare all of them with each of a list: 17 s instead of 0.1 s.
        """
        return self.select.where(self.owner == rows.c.id).correlate(rows).offset(NONE).exists()


def having(draft: Draft, condition: HasLabel | HasValue, predicate: Compile) -> HavingFeature:
    """Select the keys of all rows that have a label that meets a condition, or a value that passes all tests."""
    values = value_rows(draft, condition.place)
    met = [
        values.of(draft.dialect, draft.operand(Kind.BIGINT, condition.feature)),
        *_met(draft, condition, values, predicate),
    ]
    return HavingFeature(sa.select(values.owner).select_from(values.source).where(*met), values.owner)


def has(draft: Draft, condition: HasLabel | HasValue, found: HavingFeature, rows: sa.FromClause) -> Predicate:
    """Tell whether a row is one of those: listed first, asked row by row, or as the database does it best."""
    if draft.lists:
        return rows.c.id.in_(found.select)
    asked = found.of if draft.listed is None or draft.dialect.lists else found.of_each
    known = (draft.listed or {}).get(condition)
    if known is None:
        return asked(rows)
    met = [] if known.listed is None else [draft.dialect.listed(rows.c.id, known.listed)]
    return sa.and_(sa.true(), *met, *([] if known.sure is None else [sa.or_(known.sure, asked(rows))]))


def has_all(draft: Draft, found: Sequence[HavingFeature], rows: sa.FromClause) -> Predicate:
    """Tell whether a row is one of all of those: the rows of the first that are few are listed, all others are asked.

    Where none are few, the first are listed: number 0 stands for that, other numbers for those of which there are few.
    """
    some = [materialized(first_of(one.select, number(RAREST)), draft.alias("some")) for one in found]
    ways = [(count(rows) < number(RAREST), number(place)) for place, rows in enumerate(some, start=1)]
    way = once(sa.case(*ways, else_=NONE), draft.alias("driver"))
    listed = [sa.select(*rows.c).where(way == number(place)) for place, rows in enumerate(some, start=1)]
    driven = rows.c.id.in_(sa.union_all(found[0].select.where(way == NONE), *listed))
    others = [sa.or_(way == number(place), one.of(rows)) for place, one in enumerate(found[1:], start=2)]
    return sa.and_(driven, sa.or_(way < number(2), found[0].of(rows)), *others)


class Holders(Struct, frozen=True, eq=False):
    """The rows that have one value: the keys of such values (two if there are more), and the keys of the rows, `id`."""

    values: sa.CTE
    rows: sa.Select[Any]


def holders(draft: Draft, condition: HasLabel | HasValue, predicate: Compile) -> Holders:
    """Select the rows that have the one label that meets a condition, or the one shared value that passes all tests.

    An index finds them by that value in the order of their keys.
    """
    rows = value_rows(draft, condition.place)
    assert rows.joined is not None  # noqa: S101  `is_one_value` asked
    of_feature = [rows.of(draft.dialect, draft.operand(Kind.BIGINT, condition.feature))]
    of_link, of_values = (of_feature, []) if isinstance(condition, HasLabel) else ([], of_feature)
    met = _met(draft, condition, rows, predicate)
    keys = first_of(sa.select(rows.joined.key.label("id")).where(*of_values, *met), number(2))
    values = materialized(keys, draft.alias("held"))
    of_value = rows.joined.reference == first_of(sa.select(values.c.id), number(1)).scalar_subquery()
    return Holders(values, sa.select(rows.owner.label("id")).where(of_value, *of_link))


def looked_through(draft: Draft, condition: HasLabel | HasValue) -> sa.Select[Any] | None:
    """Select the values that are looked through for those that pass; None where an index finds them."""
    if isinstance(condition, HasLabel) or any(test.hashes is not None for test in condition.tests):
        return None
    values = value_rows(draft, condition.place)
    of_feature = values.of(draft.dialect, draft.operand(Kind.BIGINT, condition.feature))
    rows = values.source if values.joined is None else values.joined.values
    return sa.select(values.feature).select_from(rows).where(of_feature)


def _met(draft: Draft, condition: HasLabel | HasValue, values: ValueRows, predicate: Compile) -> list[Predicate]:
    if isinstance(condition, HasLabel):
        return [predicate(draft, condition.condition, values.value)]
    return [part for test in condition.tests for part in _tested(draft, test, values)]


def _tested(draft: Draft, test: ValueTest, values: ValueRows) -> list[Predicate]:
    met = _passes(draft, test, values.value)
    if test.hashes is None or values.hash is None:
        return [met]
    return [draft.dialect.any_of(values.hash, draft.operand(Kind.STRING, test.hashes)), met]


def _passes(draft: Draft, test: ValueTest, value: sa.ColumnElement[Any]) -> Predicate:
    if isinstance(test, TypedTest):
        operands = (draft.operand(test.kind, slot) for slot in test.operands)
        if test.kind is Kind.STRING:  # what CASE says is not in the statistics
            text = sa.cast(draft.dialect.json_scalar(value, number=False), sa.Text())
            is_text = has_type(draft.dialect, value, JsonType.TEXT)
            return sa.and_(test.comparator.sql(draft.dialect, text, *operands), is_text)
        return test.comparator.sql(draft.dialect, typed_value(draft, value, test.kind), *operands)
    if test.path is not None:
        value = draft.dialect.json_at(value, draft.operand(Kind.JSON, test.path.slot), test.path.numeric)
    return compare_json(draft, value, test.comparator, test.operands, test.flag, only_true=True)


def typed_value(draft: Draft, value: sa.ColumnElement[Any], kind: Kind) -> sa.ColumnElement[Any]:
    """A JSON value as a value of SQL; NULL where it is of another type. As an integer, false is 0 and true is 1."""
    dialect = draft.dialect
    match kind:
        case Kind.FLOAT:
            return _if_type(
                draft, value, JsonType.NUMBER, sa.cast(dialect.json_scalar(value, number=True), sa.Double())
            )
        case Kind.BOOLEAN:
            return _truth(value, sa.true(), sa.false())
        case Kind.INT:
            return _truth(value, sa.literal_column("1"), sa.literal_column("0"))
        case Kind.DATETIME:
            return _if_type(draft, value, JsonType.TEXT, dialect.json_instant(value))
        case _:
            return _if_type(draft, value, JsonType.TEXT, dialect.json_scalar(value, number=False))


def _if_type(
    draft: Draft, value: sa.ColumnElement[Any], type_: JsonType, typed: sa.ColumnElement[Any]
) -> sa.ColumnElement[Any]:
    return sa.case((has_type(draft.dialect, value, type_), typed))


def _truth(value: sa.ColumnElement[Any], true: Any, false: Any) -> sa.ColumnElement[Any]:
    return sa.case({constant("true"): true, constant("false"): false}, value=sa.cast(value, sa.Text()))


# Columns -------------------------------------------------------------------------------------------------------------


def feature_extremes(draft: Draft, key: FeatureKey) -> sa.Subquery:
    """Select `owner` and `value`: the smallest or the largest value that each row has of a feature."""
    extreme = sa.func.max if key.largest else sa.func.min
    values = _column(draft, key.values)
    select = sa.select(values.c.owner, extreme(values.c.value).label("value")).group_by(values.c.owner)
    return select.subquery(draft.alias("extremes"))


def feature_differences(draft: Draft, column: FeatureColumn) -> sa.Subquery:
    """Select `owner` and `value`: the different values that each row has of a feature."""
    values = _column(draft, column)
    value = draft.dialect.identity(column.kind, values.c.value).label("value")
    return sa.select(values.c.owner, value).distinct().subquery(draft.alias("differences"))


def feature_numbers(draft: Draft, column: FeatureColumn) -> sa.Subquery:
    """Select of each `owner` the count, the sum and the extremes of its values of a feature."""
    values = _column(draft, column)
    own, value = values.c.owner, values.c.value
    facts = [getattr(sa.func, name)(value).label(name) for name in ("count", "sum", "min", "max")]
    select = sa.select(own, *facts).group_by(own)
    return select.subquery(draft.alias("numbers"))


def _column(draft: Draft, column: FeatureColumn) -> sa.Subquery:
    """Select `owner` and `value` of all values."""
    arms = [_owned(draft, column, place, field) for place, field in column.places]
    return (arms[0] if len(arms) == 1 else sa.union_all(*arms)).subquery()


def _owned(draft: Draft, column: FeatureColumn, place: Place, field: Field | None) -> sa.Select[Any]:
    values = value_rows(draft, place)
    value = draft.value(field, values.value) if field else typed_value(draft, values.value, column.kind)
    if column.kind is Kind.STRING:
        value = draft.dialect.collate(value)
    select = sa.select(values.owner.label("owner"), value.label("value")).select_from(values.source)
    return select.where(values.of(draft.dialect, draft.operand(Kind.BIGINT, column.feature)))
