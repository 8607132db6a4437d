"""From aggregates to SQL: expressions over many rows, and their JSON text."""

from typing import Any

import sqlalchemy as sa

from .dialects import Part
from .json_text import json_object
from .measures import Dimension, kind_of_dimension
from .plan import Aggregate, Aggregates, AggregateValue, Constant, Count, Family
from .registry import Field
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


def aggregates_text(draft: Draft, plan: Aggregates | Family, rows: sa.FromClause) -> list[Part]:
    """Write the selected aggregates over rows as a JSON object."""
    return json_object((item.key, _text(draft, item, rows)) for item in plan.items)


def _text(draft: Draft, item: Constant | AggregateValue | Family, rows: sa.FromClause) -> list[Part]:
    match item:
        case Constant():
            return [item.json]
        case Family():
            return aggregates_text(draft, item, rows)
        case AggregateValue(_, aggregate):
            value = aggregate_value(draft, aggregate, rows)
            return [draft.dialect.json(aggregate.kind, value, aggregate.nullable)]
