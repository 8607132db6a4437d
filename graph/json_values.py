"""Conditions on a value inside a JSON document, which has a type of its own.

Values of different types are not equal, and neither is less than the other: such a comparison is unknown. An absent
value makes every comparison unknown. JSON null is a value like others: `isJsonNull` speaks of it.
"""

import operator
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from .dialects import Dialect, Operand

Condition = ColumnElement[bool]


class JsonType(Enum):
    """The types of a JSON value, by the names that `json_type` and `jsonb_typeof` have for them."""

    TEXT = ("text", "string")
    NUMBER = ("integer", "real", "number")
    BOOLEAN = ("true", "false", "boolean")
    NULL = ("null",)
    LIST = ("array",)
    OBJECT = ("object",)


TYPE_OF = {
    str: JsonType.TEXT,
    int: JsonType.NUMBER,
    float: JsonType.NUMBER,
    bool: JsonType.BOOLEAN,
    type(None): JsonType.NULL,
    list: JsonType.LIST,
    dict: JsonType.OBJECT,
}
"""The JSON type of a Python value."""

SCALARS = (JsonType.TEXT, JsonType.NUMBER)
"""Types that are compared as SQL values; the others are compared as JSON."""


def compare(
    dialect: Dialect, function: Callable[[Any, Any], Any], value: ColumnElement[Any], type_: JsonType, operand: Operand
) -> Condition:
    """Compare a JSON value with an operand of a type by `operator.eq`, `ne`, `lt`, `le`, `gt` or `ge`."""
    if function is operator.ne:
        return sa.not_(compare(dialect, operator.eq, value, type_, operand))
    same = has_type(dialect, value, type_)
    if type_ in SCALARS:
        met = dialect.json_compare(function, value, type_ is JsonType.NUMBER, operand)
    else:
        met = dialect.json_equal(value, operand)
    if function is operator.eq:  # of another type: not equal; absent: unknown
        return sa.case((value.is_(None), sa.null()), (same, met), else_=sa.false())
    return sa.case((same, met))


def any_of(dialect: Dialect, value: ColumnElement[Any], groups: Sequence[tuple[JsonType, bool, Operand]]) -> Condition:
    """Tell whether a JSON value is in a list, which is given by its types; the flag says that an operand is a list."""
    if not groups:
        return sa.false()
    return sa.or_(*(_one_of(dialect, value, *group) for group in groups))


def _one_of(dialect: Dialect, value: ColumnElement[Any], type_: JsonType, is_list: bool, operand: Operand) -> Condition:
    if not is_list:
        return compare(dialect, operator.eq, value, type_, operand)
    met = dialect.json_any_of(value, type_ is JsonType.NUMBER, operand)
    return sa.case((value.is_(None), sa.null()), (has_type(dialect, value, type_), met), else_=sa.false())


def contains(dialect: Dialect, value: ColumnElement[Any], type_: JsonType, operand: Operand) -> Condition:
    """Tell whether a list has an element, or a text another text in it."""
    element, elements = dialect.json_elements(value)
    found = compare(dialect, operator.eq, element, type_, operand)
    in_list = sa.select(sa.literal_column("1")).select_from(elements).where(found).exists()
    cases: list[tuple[Condition, Any]] = [(has_type(dialect, value, JsonType.LIST), in_list)]
    if type_ is JsonType.TEXT:
        inside = dialect.contains(dialect.json_scalar(value, number=False), operand())
        cases.append((has_type(dialect, value, JsonType.TEXT), inside))
    return sa.case(*cases)


def is_json_null(dialect: Dialect, value: ColumnElement[Any], flag: bool) -> Condition:
    """Tell whether a value is there and is JSON null."""
    null = sa.func.coalesce(has_type(dialect, value, JsonType.NULL), sa.false(), type_=sa.Boolean())
    return null if flag else sa.not_(null)


def has_type(dialect: Dialect, value: ColumnElement[Any], type_: JsonType) -> Condition:
    """Tell whether a JSON value is of a type."""
    names: list[ColumnElement[str]] = [sa.literal_column(f"'{name}'") for name in type_.value]
    return dialect.json_type(value).in_(names)
