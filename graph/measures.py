"""The one table of aggregate functions: what they are worked out for, what they give, and as which SQL.

The output types, the orders of groups, the SQL and the tests are made from `FUNCTIONS`; nothing else lists them.
"""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import ColumnElement

from .dialects import Dialect
from .registry import Field, RegistryInfo, ToOne
from .scalars import Kind

Dimension = Field | ToOne
"""What rows are grouped by and counted by: a column, or a to-one relation."""

NUMBERS = frozenset({Kind.INT, Kind.BIGINT, Kind.FLOAT})
SORTABLE = NUMBERS | {Kind.STRING, Kind.DATE, Kind.DATETIME}


def dimensions(info: RegistryInfo) -> dict[str, Dimension]:
    """Every column but keys and JSON, and every to-one relation."""
    columns = {
        name: field
        for name, field in info.fields.items()
        if field.kind is not Kind.JSON and field is not info.key and not field.column.foreign_keys
    }
    return {**columns, **info.to_one}


def quantities(info: RegistryInfo) -> dict[str, Field]:
    """Numbers that can be added up: no keys, and no private columns, which are codes."""
    return {
        name: field
        for name, field in _sortable(info).items()
        if field.kind in NUMBERS and field is not info.key and not name.startswith("_")
    }


def _sortable(info: RegistryInfo) -> dict[str, Field]:
    """Numbers, texts, dates and instants; no foreign keys."""
    return {
        name: field for name, field in info.fields.items() if field.kind in SORTABLE and not field.column.foreign_keys
    }


class AggregateFunction(Struct, frozen=True, eq=False):
    """A function that is worked out for each of several columns of a registry.

    `family` ends the name of its output type, which functions of the same family share; `of` lists the columns it is
    worked out for; `gives` tells the kind of its value from theirs. `nullable`: it is null where there are no values.
    """

    name: str
    family: str
    family_description: str
    description: str
    of: Callable[[RegistryInfo], Mapping[str, Dimension]]
    gives: Callable[[Kind], Kind]
    nullable: bool
    sql: Callable[[Dialect, Kind, ColumnElement[Any]], ColumnElement[Any]]


def kind_of_dimension(by: Dimension) -> Kind:
    """The kind of value that stands for a dimension: a related row is its key."""
    return by.kind if isinstance(by, Field) else Kind.BIGINT


def _wider(kind: Kind) -> Kind:
    return Kind.FLOAT if kind is Kind.FLOAT else Kind.BIGINT


def _count_distinct(dialect: Dialect, kind: Kind, value: ColumnElement[Any]) -> ColumnElement[Any]:
    return sa.func.count(dialect.identity(kind, value).distinct())


def _sum(dialect: Dialect, kind: Kind, value: ColumnElement[Any]) -> ColumnElement[Any]:
    return sa.func.sum(value) if kind is Kind.FLOAT else dialect.sum(value)


def _avg(dialect: Dialect, kind: Kind, value: ColumnElement[Any]) -> ColumnElement[Any]:
    """Divide as doubles, since the databases' own averages differ in their digits."""
    total, count = _sum(dialect, kind, value), sa.func.count(value)
    return sa.cast(total, sa.Double()).op("/")(sa.cast(count, sa.Double()))


def _extreme(function: Callable[[Any], ColumnElement[Any]]) -> Callable[..., ColumnElement[Any]]:
    def sql(dialect: Dialect, kind: Kind, value: ColumnElement[Any]) -> ColumnElement[Any]:
        return function(dialect.collate(value) if kind is Kind.STRING else value)

    return sql


EXTREMES = "One value of each column that has an order; null where there is none. Text is ordered by code point."

FUNCTIONS: tuple[AggregateFunction, ...] = (
    AggregateFunction(
        "countDistinct",
        "Counts",
        "How many different values each column has, and how many different rows each relation leads to.",
        "How many different values there are; rows without a value do not count.",
        dimensions,
        lambda _: Kind.INT,
        False,
        _count_distinct,
    ),
    AggregateFunction(
        "sum",
        "Sums",
        "The sum of each column of numbers; null where there is no value.",
        "The sums.",
        quantities,
        _wider,
        True,
        _sum,
    ),
    AggregateFunction(
        "avg",
        "Averages",
        "The average of each column of numbers; null where there is no value.",
        "The averages; rows without a value do not count.",
        quantities,
        lambda _: Kind.FLOAT,
        True,
        _avg,
    ),
    AggregateFunction(
        "min", "Extremes", EXTREMES, "The smallest values.", _sortable, lambda kind: kind, True, _extreme(sa.func.min)
    ),
    AggregateFunction(
        "max", "Extremes", EXTREMES, "The largest values.", _sortable, lambda kind: kind, True, _extreme(sa.func.max)
    ),
)

BY_NAME = {function.name: function for function in FUNCTIONS}


def functions_of(info: RegistryInfo) -> list[AggregateFunction]:
    """List the functions that are worked out for a column of a registry at all."""
    return [function for function in FUNCTIONS if function.of(info)]
