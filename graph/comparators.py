"""The one table of comparators: what can be asked of a value, on which kinds of value, and as which SQL.

The filter inputs, the SQL, the documentation and the tests are made from `COMPARATORS`; nothing else lists them.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, and_, not_

from .dialects import Dialect, Operand
from .scalars import Kind

Condition = ColumnElement[bool]


class Takes(Enum):
    """What stands behind a comparator."""

    VALUE = "a value"
    LIST = "a list of values"
    PAIR = "a list of two values"
    FLAG = "true or false"


@dataclass(frozen=True, eq=False)
class Comparator:
    """One comparator.

    `sql` makes the condition from the dialect, the compared expression, and as many operands as `takes` says: one for a
    value or a list, two for a pair; a flag is passed as the bool it is, since it decides the SQL's text.
    """

    name: str
    kinds: frozenset[Kind]
    takes: Takes
    description: str
    sql: Callable[..., Condition]


ALL = frozenset(Kind) - {Kind.JSON}
ORDERED = ALL - {Kind.BOOLEAN}
TEXT = frozenset({Kind.STRING})


def _compares(compare: Callable[[Any, Any], Any]) -> Callable[..., Condition]:
    return lambda dialect, value, operand: dialect.compare(compare, value, operand)


def _between(dialect: Dialect, value: ColumnElement[Any], low: Operand, high: Operand) -> Condition:
    return and_(dialect.compare(operator.ge, value, low), dialect.compare(operator.le, value, high))


def _in(dialect: Dialect, value: ColumnElement[Any], operand: Operand) -> Condition:
    return dialect.any_of(value, operand)


def _not_in(dialect: Dialect, value: ColumnElement[Any], operand: Operand) -> Condition:
    return not_(dialect.any_of(value, operand))


def _is_null(dialect: Dialect, value: ColumnElement[Any], flag: bool) -> Condition:
    return value.is_(None) if flag else value.is_not(None)


def _text(method: str, *, fold: bool = False) -> Callable[..., Condition]:
    """A test of the dialect on two texts; with `fold`, upper and lower case are taken as equal."""

    def sql(dialect: Dialect, value: ColumnElement[Any], operand: Operand) -> Condition:
        texts = (value, operand())
        condition: Condition = getattr(dialect, method)(*(map(dialect.fold, texts) if fold else texts))
        return condition

    return sql


COMPARATORS: tuple[Comparator, ...] = (
    Comparator("eq", ALL, Takes.VALUE, "Equal.", _compares(operator.eq)),
    Comparator("neq", ALL, Takes.VALUE, "Not equal; a row without a value is not returned.", _compares(operator.ne)),
    Comparator("iEq", TEXT, Takes.VALUE, "Equal, whatever the case.", _text("equal", fold=True)),
    Comparator("in", ORDERED, Takes.LIST, "Equal to one of these; an empty list matches nothing.", _in),
    Comparator("notIn", ORDERED, Takes.LIST, "Equal to none of these.", _not_in),
    Comparator("lt", ORDERED, Takes.VALUE, "Less than, earlier than; text by code point.", _compares(operator.lt)),
    Comparator("lte", ORDERED, Takes.VALUE, "Less than or equal.", _compares(operator.le)),
    Comparator("gt", ORDERED, Takes.VALUE, "Greater than, later than; text by code point.", _compares(operator.gt)),
    Comparator("gte", ORDERED, Takes.VALUE, "Greater than or equal.", _compares(operator.ge)),
    Comparator("between", ORDERED, Takes.PAIR, "From the first to the second, both included.", _between),
    Comparator("contains", TEXT, Takes.VALUE, "Has this text in it; case counts.", _text("contains")),
    Comparator("iContains", TEXT, Takes.VALUE, "Has this text in it, whatever the case.", _text("contains", fold=True)),
    Comparator("startsWith", TEXT, Takes.VALUE, "Starts with this text; case counts.", _text("starts_with")),
    Comparator(
        "iStartsWith", TEXT, Takes.VALUE, "Starts with this text, whatever the case.", _text("starts_with", fold=True)
    ),
    Comparator("endsWith", TEXT, Takes.VALUE, "Ends with this text; case counts.", _text("ends_with")),
    Comparator(
        "iEndsWith", TEXT, Takes.VALUE, "Ends with this text, whatever the case.", _text("ends_with", fold=True)
    ),
    Comparator("isNull", ALL, Takes.FLAG, "Whether there is no value.", _is_null),
)

BY_NAME = {comparator.name: comparator for comparator in COMPARATORS}


def comparators_of(kind: Kind) -> list[Comparator]:
    """List the comparators that a kind of value has."""
    return [comparator for comparator in COMPARATORS if kind in comparator.kinds]
