"""Aggregates: the generated output types, and from their selection to the plan."""

from collections.abc import Sequence

from graphql import FieldNode

from .aggregate_plan import Aggregates, AggregateValue, Count, Family, FeatureAggregates, Measure
from .feature_measures import MakeAggregatedFeature, feature_numbers_type, plan_feature_aggregates
from .measures import BY_NAME, AggregateFunction, Dimension, functions_of, kind_of_dimension
from .registry import RegistryInfo
from .selection import Constant, Operation, Selection
from .type_factory import GraphQLType, argument, field, fill, many, object_type, optional

COUNT = "How many rows there are."
FEATURES = "Over the values of features, in the order of their names here."


def aggregates_type(info: RegistryInfo) -> type:
    """Make the aggregates of a registry; a function without a column is left out."""
    made = object_type(f"{info.name}Aggregates", f"Numbers that sum up a list of {info.plural_words}.")
    functions = functions_of(info)
    families = {function.family: function for function in functions}
    types = {name: _family_type(info, function) for name, function in families.items()}
    fields = [field(function.name, types[function.family], function.description) for function in functions]
    if info.features:
        names = argument("names", many(str), "Names of features whose values are numbers, or their uids.")
        fields.append(field("features", many(feature_numbers_type()), FEATURES, [names]))
    return fill(made, [field("count", int, COUNT), *fields])


def _family_type(info: RegistryInfo, function: AggregateFunction) -> type:
    made = object_type(f"{info.name}{function.family}", function.family_description)
    return fill(made, [field(name, _type(function, by), by.description) for name, by in function.of(info).items()])


def _type(function: AggregateFunction, by: Dimension) -> GraphQLType:
    scalar = function.gives(kind_of_dimension(by)).scalar
    return optional(scalar) if function.nullable else scalar


def plan_aggregates(
    operation: Operation, info: RegistryInfo, key: str, nodes: Sequence[FieldNode], feature: MakeAggregatedFeature
) -> Aggregates:
    """Plan what is selected of the aggregates of a registry."""
    selection = operation.select(f"{info.name}Aggregates", nodes)
    return Aggregates(key, tuple(_item(operation, info, selection, *item, feature) for item in selection.items()))


def _item(
    operation: Operation,
    info: RegistryInfo,
    selection: Selection,
    key: str,
    name: str,
    nodes: list[FieldNode],
    feature: MakeAggregatedFeature,
) -> Constant | AggregateValue | Family | FeatureAggregates:
    if name == "count":
        return AggregateValue(key, Count())
    if name == "features" and info.features:
        names = selection.arguments(nodes)["names"]
        return plan_feature_aggregates(operation, info.features, key, names, nodes, feature)
    if name not in BY_NAME:
        return selection.typename(key)
    function = BY_NAME[name]
    inner = operation.select(f"{info.name}{function.family}", nodes)
    return Family(key, tuple(_value(info, function, inner, *item) for item in inner.items()))


def _value(
    info: RegistryInfo, function: AggregateFunction, selection: Selection, key: str, name: str, _: object
) -> Constant | AggregateValue:
    columns = function.of(info)
    return AggregateValue(key, Measure(function, columns[name])) if name in columns else selection.typename(key)
