"""Groups: the generated types and inputs, and from the arguments and the selection of `groups` to the plan."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any

import strawberry
from graphql import FieldNode
from strawberry.types.field import StrawberryField

from lnql.errors import InvalidError, TooComplexError

from .aggregate_plan import Aggregate, AggregateOrder, Aggregates, Count, GroupBy, GroupItem, GroupKey, Having, Measure
from .aggregates import COUNT
from .feature_places import FeaturePlaces
from .filter_inputs import comparator_input
from .measures import BY_NAME, AggregateFunction, Dimension, dimensions, functions_of, kind_of_dimension, quantities
from .operands import Operands, refuse_null
from .order_keys import FeatureColumn, OrderKey
from .orders import MakeFeatureKey, SortOrder, order_key
from .plan import FeatureValueItem, GroupedFeatures, Node, NodeItem, One, Scalar
from .positions import Position
from .registry import Field, RegistryInfo, ToOne
from .scalars import Kind
from .selection import Constant, Operation, Selection
from .type_factory import GraphQLType, argument, field, fill, input_field, input_type, many, object_type, optional

Types = Mapping[str, type]

MOST_KEYS = 20

KEY = (
    "What the rows of a group have in common. Keys absent from `by` are null; rows without a value are a group of "
    "their own. A truncated date is its first instant in UTC, weeks start on Monday."
)
FEATURE_KEYS = (
    "The features that the groups are by, with the value that the rows have in common; null for rows without one. "
    "A row with several values counts in the group of each."
)
ORDER = (
    "In which order. If not given, the largest group comes first. Groups that tie are ordered by their keys, in the "
    "order of `by`, ascending, related rows by their databaseId."
)


@strawberry.enum(description="A span of time to which dates are truncated, in UTC.")
class DateTrunc(Enum):
    """A member's value is the dialects' word."""

    DAY = strawberry.enum_value("day", description="The day.")
    WEEK = strawberry.enum_value("week", description="The week, from Monday on.")
    MONTH = strawberry.enum_value("month", description="The month.")
    QUARTER = strawberry.enum_value("quarter", description="The quarter of a year.")
    YEAR = strawberry.enum_value("year", description="The year.")


# Types ---------------------------------------------------------------------------------------------------------------

COUNT_HAVING = fill(
    input_type("CountHaving", "Conditions on groups of rows that have no numbers to add up."),
    [input_field("count", comparator_input(Kind.INT), COUNT)],
)


class GroupTypes:
    """Makes the field `groups` of connections.

    Args:
        rows: the types of the rows of every registry.
        orders: the order inputs of every registry.
        feature_value: the type of the values of features.
    """

    def __init__(self, rows: Types, orders: Types, feature_value: type) -> None:
        self._rows = rows
        self._feature_value = feature_value
        self._orders = orders

    def field(self, info: RegistryInfo, aggregates: type) -> StrawberryField:
        """Make the field of one registry's connection, given the type of its aggregates."""
        group = object_type(f"{info.name}Group", f"The {info.plural_words} that have the same key.")
        fill(
            group,
            [
                field("key", self._key(info), KEY),
                field("aggregates", aggregates, "Over the rows of the group."),
            ],
        )
        arguments = [
            argument("by", many(_by_input(info)), "By what; several keys give a group for each combination."),
            argument("having", optional(_having_input(info)), "Which groups; all if not given."),
            argument("orderBy", optional(many(self._order_input(info))), ORDER),
            argument("first", optional(int), "How many groups from the start; 1,000 if not given."),
        ]
        return field("groups", many(group), "All matches, whatever the page, in groups.", arguments)

    def _key(self, info: RegistryInfo) -> type:
        made = object_type(f"{info.name}GroupKey", f"What groups of {info.plural_words} can be by.")
        fields = [field(name, optional(self._type(by)), by.description) for name, by in dimensions(info).items()]
        if info.features:
            fields.append(field("features", many(self._feature_value), FEATURE_KEYS))
        return fill(made, fields)

    def _type(self, by: Dimension) -> GraphQLType:
        return by.kind.scalar if isinstance(by, Field) else self._rows[by.target.name]

    def _order_input(self, info: RegistryInfo) -> type:
        doc = f"One key of an order of groups of {info.plural_words}; their list is by priority."
        made = input_type(f"{info.name}GroupOrder", doc, one_of=True)
        keys = [
            input_field(name, SortOrder if isinstance(by, Field) else self._orders[by.target.name], by.description)
            for name, by in dimensions(info).items()
        ]
        functions = functions_of(info)
        inputs = {function.family: function for function in functions}
        types = {family: _family_order(info, function) for family, function in inputs.items()}
        measures = [input_field(f.name, types[f.family], f.description) for f in functions]
        return fill(made, [input_field("count", SortOrder, COUNT), *measures, *keys])


def _family_order(info: RegistryInfo, function: AggregateFunction) -> type:
    made = input_type(
        f"{info.name}{function.family}Order", f"By one of these. {function.family_description}", one_of=True
    )
    return fill(made, [input_field(name, SortOrder, by.description) for name, by in function.of(info).items()])


def _by_input(info: RegistryInfo) -> type:
    made = input_type(
        f"{info.name}GroupBy", f"One key by which {info.plural_words} are grouped; dates are truncated.", one_of=True
    )
    fields = [input_field("feature", str, "The name of a feature, or its uid.")] if info.features else []
    fields += [
        input_field(name, DateTrunc if _is_date(by) else bool, by.description) for name, by in dimensions(info).items()
    ]
    return fill(made, fields)


def _is_date(by: Dimension) -> bool:
    return kind_of_dimension(by) in (Kind.DATE, Kind.DATETIME)


def _having_input(info: RegistryInfo) -> type:
    if not quantities(info):
        return COUNT_HAVING
    sums = input_type(f"{info.name}SumsHaving", f"Conditions on sums over the rows of a group of {info.plural_words}.")
    function = BY_NAME["sum"]
    fields = [
        input_field(name, comparator_input(function.gives(by.kind)), by.description)
        for name, by in quantities(info).items()
    ]
    made = input_type(f"{info.name}Having", f"Conditions on groups of {info.plural_words}, joined by AND.")
    count = input_field("count", comparator_input(Kind.INT), COUNT)
    return fill(made, [count, input_field("sum", fill(sums, fields), function.description)])


MakeFeatureColumn = Callable[[FeaturePlaces, str, str], FeatureColumn]
"""Finds the feature of a name or uid, which groups can be by."""

# Arguments -----------------------------------------------------------------------------------------------------------


def parse_by(
    info: RegistryInfo, entries: Sequence[Mapping[str, Any]], feature: MakeFeatureColumn
) -> tuple[GroupBy, ...]:
    """Read the keys of groups.

    Raises:
        InvalidError: for no key, a null, a false, a key that is given twice.
        TooComplexError: for more keys than anybody needs and a statement can join.
    """
    if not entries:
        raise InvalidError("by is empty.", hint="Say what to group by, or ask for aggregates.")
    if len(entries) > MOST_KEYS:
        raise TooComplexError(f"by has {len(entries)} keys; at most {MOST_KEYS} are allowed.")
    keys = [_by(info, entry, f"by.{number}", feature) for number, entry in enumerate(entries)]
    if len({key.by.name for key in keys}) < len(keys):
        raise InvalidError("by has a key twice.", hint="Ask for groups again, under an alias.")
    return tuple(keys)


def _by(info: RegistryInfo, entry: Mapping[str, Any], place: str, feature: MakeFeatureColumn) -> GroupBy:
    ((name, value),) = entry.items()  # oneOf
    if not value and value != "":
        raise InvalidError(f"{place}.{name} is {'null' if value is None else 'false'}.", hint="Leave it out.")
    if name == "feature" and info.features:
        return GroupBy(feature(info.features, value, f"{place}.feature"))
    return GroupBy(dimensions(info)[name], str(value.value) if isinstance(value, DateTrunc) else None)


def parse_having(info: RegistryInfo, value: Mapping[str, Any], operands: Operands) -> tuple[Having, ...]:
    """Read the conditions on groups.

    Raises:
        InvalidError: for a null or an empty comparator.
    """
    conditions: list[Having] = []
    for name, entry in value.items():
        for path, aggregate, comparators in _having(info, name, entry):
            position = Position(("having", *path))
            refuse_null(comparators, position)
            conditions += [Having(aggregate, *one) for one in operands.read(aggregate.kind, comparators, position)]
    return tuple(conditions)


def _having(info: RegistryInfo, name: str, entry: Any) -> list[tuple[tuple[str, ...], Aggregate, Any]]:
    if name == "count":
        return [((name,), Count(), entry)]
    if not entry:
        raise InvalidError(f"having.{name} says nothing.", hint="Leave it out.")
    function = BY_NAME[name]
    columns = function.of(info)
    return [((name, column), Measure(function, columns[column]), value) for column, value in entry.items()]


def parse_group_order(
    info: RegistryInfo, by: Sequence[GroupBy], entries: Sequence[Mapping[str, Any]], feature_key: MakeFeatureKey
) -> tuple[OrderKey | AggregateOrder, ...]:
    """Read the order of groups and end it with their keys.

    Raises:
        InvalidError: for a null, a key that the groups are not by.
    """
    grouped = {key.by.name: key.by for key in by}
    order = [_order(info, grouped, entry, f"orderBy.{number}", feature_key) for number, entry in enumerate(entries)]
    order = order or [AggregateOrder(Count(), descending=True, nulls_first=False)]
    return tuple(dict.fromkeys([*order, *map(_tie_breaker, grouped.values())]))


def _tie_breaker(by: Dimension | FeatureColumn) -> OrderKey:
    if isinstance(by, ToOne):
        return OrderKey((by,), by.target.key, descending=False, nulls_first=False)
    return OrderKey((), by, descending=False, nulls_first=False)


def _order(
    info: RegistryInfo,
    grouped: Mapping[str, Dimension | FeatureColumn],
    entry: Mapping[str, Any],
    place: str,
    feature_key: MakeFeatureKey,
) -> OrderKey | AggregateOrder:
    ((name, value),) = entry.items()  # oneOf
    if name in grouped:
        return order_key(info, entry, (), place, feature_key)
    if name in dimensions(info):
        raise InvalidError(f"{place}: the groups are not by {name}.", hint=f"They are by {', '.join(grouped)}.")
    aggregate: Aggregate = Count()
    if name in BY_NAME and value is not None:
        ((column, value),) = value.items()  # oneOf
        aggregate, place = Measure(BY_NAME[name], BY_NAME[name].of(info)[column]), f"{place}.{name}"
        name = column
    if value is None:
        raise InvalidError(f"{place}.{name} is null.", hint="Leave the entry out.")
    descending, nulls_first = value.direction
    return AggregateOrder(aggregate, descending, nulls_first)


# Selection -----------------------------------------------------------------------------------------------------------

PlanNode = Callable[[RegistryInfo, Sequence[FieldNode]], Node]
PlanFeatures = Callable[[FeaturePlaces, Sequence[FieldNode]], tuple[FeatureValueItem, ...]]
PlanAggregates = Callable[[RegistryInfo, str, Sequence[FieldNode]], Aggregates]


class GroupSelection:
    """Plans what is selected of groups.

    Args:
        node: plans the related rows that are keys.
        features: plans what is selected of the features that are keys.
        aggregates: plans the aggregates of a group.
    """

    def __init__(
        self,
        operation: Operation,
        info: RegistryInfo,
        by: Sequence[GroupBy],
        *,
        node: PlanNode,
        features: PlanFeatures,
        aggregates: PlanAggregates,
    ) -> None:
        self._operation = operation
        self._info = info
        self._grouped = {key.by.name: key.by for key in by}
        self._node = node
        self._features = features
        self._aggregates = aggregates

    def items(self, nodes: Sequence[FieldNode]) -> tuple[GroupItem, ...]:
        """Plan the fields of a group."""
        selection = self._operation.select(f"{self._info.name}Group", nodes)
        return tuple(self._item(selection, *item) for item in selection.items())

    def _item(self, selection: Selection, key: str, name: str, nodes: list[FieldNode]) -> GroupItem:
        match name:
            case "key":
                inner = self._operation.select(f"{self._info.name}GroupKey", nodes)
                return GroupKey(key, Node(self._info, tuple(self._key(inner, *item) for item in inner.items())))
            case "aggregates":
                return self._aggregates(self._info, key, nodes)
            case _:
                return selection.typename(key)

    def _key(self, selection: Selection, key: str, name: str, nodes: list[FieldNode]) -> NodeItem:
        if name == "__typename":
            return selection.typename(key)
        if name == "features" and self._info.features:
            columns = tuple(by for by in self._grouped.values() if isinstance(by, FeatureColumn))
            places = self._info.features
            return GroupedFeatures(key, places.feature, columns, self._features(places, nodes))
        match self._grouped.get(name):
            case Field() as column:
                return Scalar(key, column)
            case ToOne() as relation:
                return One(key, relation, self._node(relation.target, nodes))
            case _:
                return Constant(key, "null")
