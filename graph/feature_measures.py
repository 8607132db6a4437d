"""Aggregates of features whose values are numbers: the type, from the selection to the plan, and the SQL."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from graphql import FieldNode

from lnql.errors import TooComplexError

from .aggregate_plan import AggregatedFeature, FeatureAggregates
from .dialects import Part
from .feature_places import FeaturePlaces
from .features_sql import feature_numbers
from .json_text import json_object
from .keyset import Joins
from .scalars import Kind
from .selection import Constant, Fact, Operation
from .statements import Draft
from .type_factory import field, fill, object_type, optional

MakeAggregatedFeature = Callable[[FeaturePlaces, str, str], AggregatedFeature]
"""Finds the feature of a name or uid, which has to have numbers as values."""

MOST_FEATURES = 20
"""How many features can be aggregated at once, each of which is a join: SQLite joins at most 64 tables."""

FACTS = {
    "count": "How many values there are; a row may have several.",
    "sum": "The sum of all values; null where there is none.",
    "avg": "The average of all values; null where there is none.",
    "min": "The smallest value; null where there is none.",
    "max": "The largest value; null where there is none.",
}


@cache
def feature_numbers_type() -> type:
    """The type `FeatureNumbers`."""
    made = object_type("FeatureNumbers", "Numbers that sum up the values of one feature.")
    facts = [field(name, int if name == "count" else optional(float), doc) for name, doc in FACTS.items()]
    return fill(made, [field("name", str, "The feature's name."), field("dtype", str, "The feature's dtype."), *facts])


def plan_feature_aggregates(
    operation: Operation,
    places: FeaturePlaces,
    key: str,
    names: Sequence[str],
    nodes: Sequence[FieldNode],
    find: MakeAggregatedFeature,
) -> FeatureAggregates:
    """Plan the aggregates of the named features.

    Raises:
        TooComplexError: for more features than a statement can join.
    """
    if len(names) > MOST_FEATURES:
        raise TooComplexError(f"{key} has {len(names)} names; at most {MOST_FEATURES} are allowed.")
    items = operation.select("FeatureNumbers", nodes).facts()
    return FeatureAggregates(key, tuple(find(places, name, key) for name in names), items)


def feature_aggregates_text(draft: Draft, plan: FeatureAggregates, joins: Joins) -> list[Part]:
    """Write the aggregates as a JSON list; every row of `joins` meets the numbers of its own values."""
    parts: list[Part] = []
    for feature in plan.features:
        numbers = feature_numbers(draft, feature.values)
        joins.join(numbers, numbers.c.owner == joins.reach(()).c.id)
        members = json_object((item.key, _fact(draft, item, feature, numbers.c)) for item in plan.items)
        parts += [",", *members]
    return ["[", *parts[1:], "]"]


def _fact(draft: Draft, item: Constant | Fact, feature: AggregatedFeature, numbers: Any) -> list[Part]:
    if isinstance(item, Constant):
        return [item.json]
    zero = sa.literal_column("0", sa.BigInteger())
    match item.name:
        case "name":
            return [draft.dialect.json(Kind.STRING, draft.operand(Kind.STRING, feature.name)(), nullable=False)]
        case "dtype":
            return [draft.dialect.json(Kind.STRING, draft.operand(Kind.STRING, feature.dtype)(), nullable=False)]
        case "count":
            count = sa.cast(sa.func.coalesce(sa.func.sum(numbers["count"]), zero), sa.BigInteger())
            return [draft.dialect.json(Kind.BIGINT, count, nullable=False)]
        case "avg":
            value = sa.func.sum(numbers["sum"]).op("/")(sa.cast(sa.func.sum(numbers["count"]), sa.Double()))
        case name:
            value = getattr(sa.func, name)(numbers[name])
    return [draft.dialect.json(Kind.FLOAT, value, nullable=True)]
