"""The one table of comparators: what can be asked of a value, on which kinds of value, and as which SQL.

The filter inputs, the SQL, the documentation and the tests are made from `COMPARATORS`; nothing else lists them.
"""

import operator
from collections.abc import Callable
from enum import Enum
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, not_

from . import json_values
from .dialects import Dialect, Operand, Predicate
from .scalars import Kind


class Takes(Enum):
    """What stands behind a comparator."""

    VALUE = "a value"
    TEXT = "a text"
    LIST = "a list of values"
    PAIR = "a list of two values"
    FLAG = "true or false"
    PATTERN = "a regular expression"


class Comparator(Struct, frozen=True, eq=False):
    """One comparator.

    `sql` makes the condition from the dialect, the compared expression, and as many operands as `takes` says: one for a
    value or a list, two for a pair; a flag is passed as the bool it is, since it decides the SQL's text. `json` does
    the same for a value inside a JSON document with a `JsonValue` for each operand, and one for each type in a list.
    """

    name: str
    kinds: frozenset[Kind]
    takes: Takes
    description: str
    sql: Callable[..., Predicate]
    json: Callable[..., Predicate]


class ValuePart(Struct, frozen=True, eq=False):
    """A part of a value, such as the year of a date, or another form of it; compared like a value of its own kind."""

    name: str
    kinds: frozenset[Kind]
    kind: Kind
    description: str


ALL = frozenset(Kind)
ORDERED = ALL - {Kind.BOOLEAN}
TEXT = frozenset({Kind.STRING, Kind.JSON})
INSTANTS = frozenset({Kind.DATETIME})
DAYS = frozenset({Kind.DATETIME, Kind.DATE})
INTEGERS = frozenset({Kind.INT, Kind.BIGINT})

PARTS: tuple[ValuePart, ...] = (
    ValuePart("year", DAYS, Kind.INT, "The year."),
    ValuePart("month", DAYS, Kind.INT, "The month, 1 to 12."),
    ValuePart("day", DAYS, Kind.INT, "The day of the month, 1 to 31."),
    ValuePart("hour", INSTANTS, Kind.INT, "The hour in UTC, 0 to 23."),
    ValuePart("minute", INSTANTS, Kind.INT, "The minute, 0 to 59."),
    ValuePart("second", INSTANTS, Kind.INT, "The second, 0 to 59, without its fraction."),
    ValuePart("week", INSTANTS, Kind.INT, "The week of the year by ISO 8601, 1 to 53."),
    ValuePart("weekDay", INSTANTS, Kind.INT, "The day of the week, from 1 for Sunday to 7 for Saturday."),
    ValuePart("quarter", INSTANTS, Kind.INT, "The quarter of the year, 1 to 4."),
    ValuePart("date", INSTANTS, Kind.DATE, "The calendar date in UTC."),
    ValuePart("time", INSTANTS, Kind.STRING, "The time of day in UTC, such as 13:05:00 or 13:05:00.25."),
    ValuePart(
        "text",
        INTEGERS | DAYS,
        Kind.STRING,
        "The value as text: the digits of a number, a date such as 2026-01-31, an instant in UTC such as "
        "2026-01-31 13:05:00.25.",
    ),
)


def _compares(compare: Callable[[Any, Any], Any]) -> Callable[..., Predicate]:
    return lambda dialect, value, operand: dialect.compare(compare, value, operand)


def _both(compare: Callable[[Any, Any], Any]) -> tuple[Callable[..., Predicate], Callable[..., Predicate]]:
    """Compare by an operator: as a value, and inside a JSON document."""
    return _compares(compare), json_values.comparing(compare)


def _between(dialect: Dialect, value: ColumnElement[Any], low: Operand, high: Operand) -> Predicate:
    return and_(dialect.compare(operator.ge, value, low), dialect.compare(operator.le, value, high))


def _in(dialect: Dialect, value: ColumnElement[Any], operand: Operand) -> Predicate:
    return dialect.any_of(value, operand)


def _not_in(dialect: Dialect, value: ColumnElement[Any], operand: Operand) -> Predicate:
    return not_(dialect.any_of(value, operand))


def _is_null(dialect: Dialect, value: ColumnElement[Any], flag: bool) -> Predicate:
    return value.is_(None) if flag else value.is_not(None)


def _text(method: str, *, fold: bool = False) -> tuple[Callable[..., Predicate], Callable[..., Predicate]]:
    """Test two texts by a method of the dialect, a JSON value by its text; with `fold`, whatever the case."""

    def sql(dialect: Dialect, value: ColumnElement[Any], operand: Operand) -> Predicate:
        texts = (value, operand())
        condition: Predicate = getattr(dialect, method)(*(map(dialect.fold, texts) if fold else texts))
        return condition

    return sql, json_values.text(sql)


def _regex(*, fold: bool) -> tuple[Callable[..., Predicate], Callable[..., Predicate]]:
    def sql(dialect: Dialect, value: ColumnElement[Any], pattern: Operand) -> Predicate:
        return dialect.matches(value, pattern, fold=fold)

    return sql, json_values.text(sql)


COMPARATORS: tuple[Comparator, ...] = (
    Comparator("eq", ALL, Takes.VALUE, "Equal.", *_both(operator.eq)),
    Comparator("neq", ALL, Takes.VALUE, "Not equal; a row without a value is not returned.", *_both(operator.ne)),
    Comparator("iEq", TEXT, Takes.TEXT, "Equal, whatever the case.", *_text("equal", fold=True)),
    Comparator(
        "in", ORDERED, Takes.LIST, "Equal to one of these; an empty list matches nothing.", _in, json_values.any_of
    ),
    Comparator("notIn", ORDERED, Takes.LIST, "Equal to none of these.", _not_in, json_values.none_of),
    Comparator("lt", ORDERED, Takes.VALUE, "Less than, earlier than; text by code point.", *_both(operator.lt)),
    Comparator("lte", ORDERED, Takes.VALUE, "Less than or equal.", *_both(operator.le)),
    Comparator("gt", ORDERED, Takes.VALUE, "Greater than, later than; text by code point.", *_both(operator.gt)),
    Comparator("gte", ORDERED, Takes.VALUE, "Greater than or equal.", *_both(operator.ge)),
    Comparator(
        "between", ORDERED, Takes.PAIR, "From the first to the second, both included.", _between, json_values.between
    ),
    Comparator(
        "contains",
        TEXT,
        Takes.VALUE,
        "Has this text in it, case counts. In JSON, a list: has this element, or all elements of this list; an "
        "object: has the entries of this object, at any depth.",
        _text("contains")[0],
        json_values.contains,
    ),
    Comparator("iContains", TEXT, Takes.TEXT, "Has this text in it, whatever the case.", *_text("contains", fold=True)),
    Comparator("startsWith", TEXT, Takes.TEXT, "Starts with this text; case counts.", *_text("starts_with")),
    Comparator(
        "iStartsWith", TEXT, Takes.TEXT, "Starts with this text, whatever the case.", *_text("starts_with", fold=True)
    ),
    Comparator("endsWith", TEXT, Takes.TEXT, "Ends with this text; case counts.", *_text("ends_with")),
    Comparator(
        "iEndsWith", TEXT, Takes.TEXT, "Ends with this text, whatever the case.", *_text("ends_with", fold=True)
    ),
    Comparator(
        "regex", TEXT, Takes.PATTERN, "A regular expression in RE2's syntax is found in it.", *_regex(fold=False)
    ),
    Comparator("iRegex", TEXT, Takes.PATTERN, "The same, whatever the case.", *_regex(fold=True)),
    Comparator(
        "isNull", ALL, Takes.FLAG, "Whether there is no value; in JSON, whether the key is absent.", _is_null, _is_null
    ),
    Comparator(
        "isJsonNull",
        frozenset({Kind.JSON}),
        Takes.FLAG,
        "Whether there is a value, and it is JSON null.",
        json_values.is_json_null,
        json_values.is_json_null,
    ),
)
"""What is asked of a text is asked of a JSON value's text: the digits of a number, true or false, a list or an object
as PostgreSQL writes it."""

BY_NAME = {comparator.name: comparator for comparator in COMPARATORS}
ORDERING = frozenset({"lt", "lte", "gt", "gte", "between"})
"""Comparators for which JSON has an order only among numbers and among texts."""


def comparators_of(kind: Kind) -> list[Comparator]:
    """List the comparators that a kind of value has."""
    return [comparator for comparator in COMPARATORS if kind in comparator.kinds]


def parts_of(kind: Kind) -> list[ValuePart]:
    """List the parts that a kind of value has."""
    return [part for part in PARTS if kind in part.kinds]
