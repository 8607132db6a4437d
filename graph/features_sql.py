"""From conditions on features and feature keys to SQL."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from .feature_places import JsonPlace, Place, ValueRows, value_rows
from .json_values import JsonType, has_type
from .plan import Condition, FeatureKey, HasLabel, HasValue, ValueTest
from .registry import Field
from .scalars import Kind
from .statements import Draft

Predicate = sa.ColumnElement[bool]


def has_label(
    draft: Draft,
    condition: HasLabel,
    rows: sa.FromClause,
    predicate: Callable[[Draft, Condition, sa.FromClause], Predicate],
) -> Predicate:
    """Tell whether a row has a label that meets a condition."""
    values = value_rows(draft, condition.place)
    inner = [predicate(draft, condition.condition, values.value)]
    return _is_owner(draft, values, condition.feature, inner, rows)


def has_value(draft: Draft, condition: HasValue, rows: sa.FromClause, compare_json: Any) -> Predicate:
    """Tell whether a row has a JSON value that passes all tests."""
    values = value_rows(draft, condition.place)
    inner = [part for test in condition.tests for part in _tested(draft, test, values, compare_json)]
    return _is_owner(draft, values, condition.feature, inner, rows)


def _is_owner(
    draft: Draft, values: ValueRows, feature: int, conditions: list[Predicate], rows: sa.FromClause
) -> Predicate:
    owners = sa.select(values.owner).select_from(values.source)
    owners = owners.where(values.of(draft.operand(Kind.BIGINT, feature)), *conditions)
    return rows.c.id.in_(owners)


def _tested(draft: Draft, test: ValueTest, values: ValueRows, compare_json: Any) -> list[Predicate]:
    dialect, value = draft.dialect, _document(values)
    if test.path is not None:
        value = dialect.json_at(value, draft.operand(Kind.JSON, test.path.slot), test.path.numeric)
    if test.kind is Kind.JSON:
        met = compare_json(draft, value, test.comparator, test.operands, test.flag)
    else:
        typed = _typed(draft, value, test.kind)
        met = test.comparator.sql(
            dialect, typed, *(draft.operand(test.kind, operand.slot) for operand in test.operands)
        )
    if test.hashes is None or values.hash is None:
        return [met]
    return [dialect.any_of(values.hash, draft.operand(Kind.STRING, test.hashes)), met]


def _document(values: ValueRows) -> sa.ColumnElement[Any]:
    value: sa.ColumnElement[Any] = values.value
    return value


def _typed(draft: Draft, value: sa.ColumnElement[Any], kind: Kind) -> sa.ColumnElement[Any]:
    """A JSON value as a value of SQL; NULL where it is of another type."""
    dialect = draft.dialect
    match kind:
        case Kind.FLOAT:
            number = sa.cast(dialect.json_scalar(value, number=True), sa.Double())
            return sa.case((has_type(dialect, value, JsonType.NUMBER), number))
        case Kind.INT:
            text = sa.cast(value, sa.Text())
            truth = {
                sa.literal_column("'true'"): sa.literal_column("1"),
                sa.literal_column("'false'"): sa.literal_column("0"),
            }
            return sa.case(truth, value=text)
        case Kind.DATETIME:
            typed = dialect.json_instant(value)
        case _:
            typed = dialect.json_scalar(value, number=False)
    return sa.case((has_type(dialect, value, JsonType.TEXT), typed))


# Orders --------------------------------------------------------------------------------------------------------------


def feature_extreme(draft: Draft, key: FeatureKey, rows: sa.FromClause) -> sa.ColumnElement[Any]:
    """The smallest or the largest value that a row has of a feature; NULL if it has none."""
    extreme = sa.func.max if key.largest else sa.func.min
    arms = [_values(draft, key, place, field, rows) for place, field in key.places]
    if not arms:
        return sa.null()
    values = arms[0].subquery() if len(arms) == 1 else sa.union_all(*arms).subquery()
    return sa.select(extreme(values.c.value)).scalar_subquery()


def _values(draft: Draft, key: FeatureKey, place: Place, field: Field | None, rows: sa.FromClause) -> sa.Select[Any]:
    values = value_rows(draft, place)
    if isinstance(place, JsonPlace) or field is None:
        value = _typed(draft, _document(values), key.kind)
    else:
        value = draft.value(field, values.value)
    if key.kind is Kind.STRING:
        value = draft.dialect.collate(value)
    select = sa.select(value.label("value")).select_from(values.source)
    select = select.where(values.owner == rows.c.id, values.of(draft.operand(Kind.BIGINT, key.feature)))
    return select.correlate(rows)
