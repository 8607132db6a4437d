"""Conditions on a value inside a JSON document, which has a type of its own.

Values of different types are not equal, and neither is less than the other: such a comparison is unknown. An absent
value makes every comparison unknown. JSON null is a value like others: `isJsonNull` speaks of it. What is asked of a
text is asked of a value's text as in Django, which is what PostgreSQL writes (`models.jsonb`); null has none.
"""

import operator
from collections.abc import Callable
from enum import Enum
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy import ColumnElement

from .dialects import Dialect, Operand, Predicate


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


class JsonValue(Struct, frozen=True, eq=False):
    """What a JSON value is compared with: its type, whether it is a list of values of that type, and the parameter.

    With `only_true`, nobody asks whether what is not true is false or unknown, which planners understand better.
    """

    type: JsonType
    is_list: bool
    operand: Operand
    only_true: bool = False


def comparing(function: Callable[[Any, Any], Any]) -> Callable[..., Predicate]:
    """Compare by `operator.eq`, `ne`, `lt`, `le`, `gt` or `ge`."""
    return lambda dialect, value, other: compare(dialect, function, value, other)


def compare(
    dialect: Dialect, function: Callable[[Any, Any], Any], value: ColumnElement[Any], other: JsonValue
) -> Predicate:
    """Compare a JSON value with another by an operator."""
    if function is operator.ne:
        return sa.not_(compare(dialect, operator.eq, value, other))
    same = has_type(dialect, value, other.type)
    if other.type in SCALARS:
        met = dialect.json_compare(function, value, other.type is JsonType.NUMBER, other.operand)
    else:
        met = dialect.json_equal(value, other.operand)
    if function is operator.eq and dialect.equals_by_type:
        same = sa.true()
    if other.only_true or function is operator.eq:  # of another type: not equal
        return sa.and_(met, same)
    return sa.case((same, met))


def between(dialect: Dialect, value: ColumnElement[Any], low: JsonValue, high: JsonValue) -> Predicate:
    """Tell whether a number or a text is from the one to the other."""
    return sa.and_(compare(dialect, operator.ge, value, low), compare(dialect, operator.le, value, high))


def any_of(dialect: Dialect, value: ColumnElement[Any], *others: JsonValue) -> Predicate:
    """Tell whether a JSON value is in a list, which is given by its types."""
    return sa.or_(*(_one_of(dialect, value, other) for other in others)) if others else sa.false()


def none_of(dialect: Dialect, value: ColumnElement[Any], *others: JsonValue) -> Predicate:
    """Tell whether a JSON value is not in a list."""
    return sa.not_(any_of(dialect, value, *others))


def _one_of(dialect: Dialect, value: ColumnElement[Any], other: JsonValue) -> Predicate:
    if not other.is_list:
        return compare(dialect, operator.eq, value, other)
    met = dialect.json_any_of(value, other.type is JsonType.NUMBER, other.operand)
    return sa.and_(met, has_type(dialect, value, other.type))


def contains(dialect: Dialect, value: ColumnElement[Any], part: JsonValue) -> Predicate:
    """Tell whether a list has an element or all of several, an object entries, a text another in it."""
    items = dialect.json_contains(value, part.operand, in_list=part.type is not JsonType.LIST)
    cases: list[tuple[Predicate, Any]] = [(has_type(dialect, value, JsonType.LIST), items)]
    if part.type is JsonType.OBJECT:
        entries = dialect.json_contains(value, part.operand, in_list=False)
        cases.append((has_type(dialect, value, JsonType.OBJECT), entries))
    if part.type is JsonType.TEXT:
        inside = dialect.contains(dialect.json_scalar(value, number=False), part.operand())
        cases.append((has_type(dialect, value, JsonType.TEXT), inside))
    return sa.case(*cases)


def text(condition: Callable[..., Predicate]) -> Callable[..., Predicate]:
    """Ask the text of a JSON value what is asked of texts."""
    return lambda dialect, value, other: condition(dialect, dialect.json_text(value), other.operand)


def is_json_null(dialect: Dialect, value: ColumnElement[Any], flag: bool) -> Predicate:
    """Tell whether a value is there and is JSON null."""
    null = sa.func.coalesce(has_type(dialect, value, JsonType.NULL), sa.false(), type_=sa.Boolean())
    return null if flag else sa.not_(null)


def has_type(dialect: Dialect, value: ColumnElement[Any], type_: JsonType) -> Predicate:
    """Tell whether a JSON value is of a type.

    Where the planner has no statistics, it takes a value that is not one of others for a likely one.
    """
    if dialect.lists:
        return dialect.json_type(value).in_(_names(type_))
    return dialect.json_type(value).not_in([name for other in JsonType if other is not type_ for name in _names(other)])


def _names(type_: JsonType) -> list[ColumnElement[str]]:
    return [sa.literal_column(f"'{name}'") for name in type_.value]
