"""From groups to SQL: the groups of rows, and those of them that are wanted, in order."""

from typing import Any

import sqlalchemy as sa

from .aggregate_plan import Aggregate, AggregateOrder, Aggregates, GroupBy, Groups
from .aggregates_sql import aggregate_value, aggregates_text, dimension_value
from .dialects import concat
from .features_sql import feature_differences
from .keyset import Joins, key_value, ordered
from .order_keys import FeatureColumn
from .predicates import applied
from .registry import Field
from .scalars import Kind
from .statements import Draft


def grouped(draft: Draft, plan: Groups, rows: sa.FromClause) -> sa.Select[Any]:
    """Group rows: the keys under the names of their columns, the aggregates to order by, the texts of aggregates."""
    joins = Joins(draft, rows)
    keys = [_key(draft, key, joins) for key in plan.by]
    sorts = [
        _sorted_by(draft, key.aggregate, rows).label(_sort(number))
        for number, key in enumerate(plan.order)
        if isinstance(key, AggregateOrder)
    ]
    texts = [
        concat(aggregates_text(draft, item, joins)).label(aggregates_column(number))
        for number, item in enumerate(plan.items)
        if isinstance(item, Aggregates)
    ]
    having = [
        applied(draft, condition, aggregate_value(draft, condition.aggregate, rows), condition.aggregate.kind)
        for condition in plan.having
    ]
    places: list[sa.ColumnElement[int]] = [sa.literal_column(str(place)) for place in range(1, len(keys) + 1)]
    return sa.select(*keys, *sorts, *texts).select_from(joins.joined).group_by(*places).having(*having)


def aggregates_column(number: int) -> str:
    """The column that holds the aggregates which are the item of a plan with this number."""
    return f"aggregates_{number}"


def first_groups(draft: Draft, plan: Groups, groups: sa.FromClause) -> sa.Subquery:
    """Take the first of the groups, and beside them the values that they are ordered by."""
    joins = Joins(draft, groups)
    values = [
        groups.c[_sort(number)] if isinstance(key, AggregateOrder) else key_value(draft, key, joins)
        for number, key in enumerate(plan.order)
    ]
    return (
        sa.select(*groups.c, *(value.label(_order(number)) for number, value in enumerate(values)))
        .select_from(joins.joined)
        .order_by(*(ordered(key, value) for key, value in zip(plan.order, values, strict=True)))
        .limit(draft.operand(Kind.BIGINT, plan.size)())
        .offset(sa.literal_column("0", sa.BigInteger()))
        .subquery(draft.alias("page"))
    )


def group_order(plan: Groups, page: sa.FromClause) -> list[sa.ColumnElement[Any]]:
    """The order of the first groups as an ORDER BY."""
    return [ordered(key, page.c[_order(number)]) for number, key in enumerate(plan.order)]


def _sort(number: int) -> str:
    return f"sort_{number}"


def _order(number: int) -> str:
    return f"order_{number}"


def _sorted_by(draft: Draft, aggregate: Aggregate, rows: sa.FromClause) -> sa.ColumnElement[Any]:
    return draft.dialect.identity(aggregate.kind, aggregate_value(draft, aggregate, rows))


def _key(draft: Draft, key: GroupBy, joins: Joins) -> sa.ColumnElement[Any]:
    rows = joins.reach(())
    if isinstance(key.by, FeatureColumn):
        values = feature_differences(draft, key.by)
        joins.join(values, values.c.owner == rows.c.id)
        return values.c.value.label(key.by.label)
    if not isinstance(key.by, Field):
        return dimension_value(draft, key.by, rows).label(key.by.local.key)
    column = rows.c[key.by.column.key]  # of a status the code: its word is made where it is written
    return (draft.dialect.truncate(key.by.kind, key.unit, column) if key.unit else column).label(key.by.column.key)
