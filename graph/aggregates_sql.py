"""From aggregates to SQL: expressions over many rows, and their JSON text."""

from typing import Any

import sqlalchemy as sa

from .aggregate_plan import Aggregate, Aggregates, AggregateValue, Count, Family, FeatureAggregates
from .dialects import Part
from .feature_measures import feature_aggregates_text
from .json_text import json_object
from .keyset import Joins
from .measures import Dimension, kind_of_dimension
from .registry import Field
from .selection import Constant
from .statements import Draft


def aggregate_value(draft: Draft, aggregate: Aggregate, rows: sa.FromClause) -> sa.ColumnElement[Any]:
    """Work an aggregate out over rows."""
    if isinstance(aggregate, Count):
        return sa.func.count()
    value = dimension_value(draft, aggregate.by, rows)
    return aggregate.function.sql(draft.dialect, kind_of_dimension(aggregate.by), value)


def dimension_value(draft: Draft, by: Dimension, rows: sa.FromClause) -> sa.ColumnElement[Any]:
    """Give the value of a column, or the key of the related row that can be seen."""
    return draft.value(by, rows) if isinstance(by, Field) else draft.related_key(by, rows)


def aggregates_text(draft: Draft, plan: Aggregates | Family, joins: Joins) -> list[Part]:
    """Write the selected aggregates over rows, and what is joined to them, as a JSON object."""
    return json_object((item.key, _text(draft, item, joins)) for item in plan.items)


def _text(draft: Draft, item: Constant | AggregateValue | Family | FeatureAggregates, joins: Joins) -> list[Part]:
    match item:
        case Constant():
            return [item.json]
        case Family():
            return aggregates_text(draft, item, joins)
        case FeatureAggregates():
            return feature_aggregates_text(draft, item, joins)
        case AggregateValue(_, aggregate):
            value = aggregate_value(draft, aggregate, joins.reach(()))
            return [draft.dialect.json(aggregate.kind, value, aggregate.nullable)]
