"""The generated types and inputs of groups."""

from collections.abc import Mapping
from enum import Enum

import strawberry
from strawberry.types.field import StrawberryField

from .aggregates import COUNT
from .comparator_inputs import comparator_input
from .measures import BY_NAME, AggregateFunction, Dimension, dimensions, functions_of, kind_of_dimension, quantities
from .orders import SortOrder
from .registry import Field, RegistryInfo
from .scalars import Kind
from .type_factory import GraphQLType, argument, field, fill, input_field, input_type, many, object_type, optional

Types = Mapping[str, type]

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
