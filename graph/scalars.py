"""The kinds of value a column holds, and the GraphQL scalar of each."""

import math
import re
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, NewType

import sqlalchemy as sa
import strawberry
from msgspec import Struct
from strawberry.types.scalar import ScalarDefinition

from lnql.errors import InvalidError
from lnql.models.types import JSONColumn, StatusCode, UTCDateTime

BigInt = NewType("BigInt", int)
DateTime = NewType("DateTime", datetime)
Date = NewType("Date", date)
JSON = NewType("JSON", object)

BITS_32, BITS_64 = range(-(2**31), 2**31), range(-(2**63), 2**63)
"""The integers that columns and JSON hold: larger ones no database stores as they are."""

RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)")


def parse_datetime(value: object) -> datetime:
    """Read an RFC 3339 instant; the answer is in UTC.

    Raises:
        InvalidError: for anything else, a time without an offset included.
    """
    if isinstance(value, str) and RFC3339.fullmatch(value):
        try:
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass  # a month 13, a year 0: told below like any other text
    raise InvalidError(f"{value!r} is no instant.", hint='Write it with an offset: "2026-01-31T12:00:00Z".')


def parse_date(value: object) -> date:
    """Read a calendar date, `YYYY-MM-DD`.

    Raises:
        InvalidError: for anything else.
    """
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # a 31 February: told below like any other text
    raise InvalidError(f"{value!r} is no date.", hint='Write it as "2026-01-31".')


def parse_bigint(value: object) -> int:
    """Read an integer of at most 64 bits.

    Raises:
        InvalidError: for anything else.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and value in BITS_64:
        return value
    raise InvalidError(f"{value!r} is no integer of at most 64 bits.")


def parse_json(value: object) -> object:
    """Take a JSON value as it is.

    Raises:
        InvalidError: for an integer of more than 64 bits or a number beyond all floats, wherever it stands.
    """
    match value:
        case bool():
            pass
        case int() if value not in BITS_64:
            raise InvalidError(
                f"The integer {value} does not fit into 64 bits.", hint="Write it as a string or a float."
            )
        case float() if not math.isfinite(value):
            raise InvalidError(f"{value!r} is no number that JSON has.", hint="A number is below 1.8e308.")
        case list() | dict():
            for item in value.values() if isinstance(value, dict) else value:
                parse_json(item)
    return value


SCALARS: dict[object, ScalarDefinition] = {
    BigInt: strawberry.scalar(
        name="BigInt", description="A 64-bit integer, as a JSON number.", serialize=int, parse_value=parse_bigint
    ),
    DateTime: strawberry.scalar(
        name="DateTime",
        description="An instant in RFC 3339 form, always with an offset.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
        serialize=str,
        parse_value=parse_datetime,
    ),
    Date: strawberry.scalar(
        name="Date",
        description="A calendar date, YYYY-MM-DD.",
        specified_by_url="https://scalars.graphql.org/andimarek/local-date.html",
        serialize=str,
        parse_value=parse_date,
    ),
    JSON: strawberry.scalar(name="JSON", description="Any JSON value.", serialize=lambda v: v, parse_value=parse_json),
}
"""Strawberry's `scalar_map`."""


class KindOfValue(Struct, frozen=True, eq=False):
    """What belongs to one kind of value: its GraphQL scalar and the SQL type its parameters are bound as."""

    scalar: Any
    sql_type: sa.types.TypeEngine[Any]


class Kind(Enum):
    """The kinds of value a column can hold."""

    STRING = KindOfValue(str, sa.Text())
    INT = KindOfValue(int, sa.BigInteger())  # a larger number is found to be no key, not refused by the driver
    BIGINT = KindOfValue(BigInt, sa.BigInteger())
    FLOAT = KindOfValue(float, sa.Double())
    BOOLEAN = KindOfValue(bool, sa.Boolean())
    DATETIME = KindOfValue(DateTime, sa.DateTime(timezone=True))
    DATE = KindOfValue(Date, sa.Date())
    JSON = KindOfValue(JSON, sa.Text())

    @property
    def scalar(self) -> Any:
        """The GraphQL scalar, as Strawberry names it."""
        return self.value.scalar

    @property
    def title(self) -> str:
        """The scalar's name in the schema."""
        names = {Kind.STRING: "String", Kind.INT: "Int", Kind.BOOLEAN: "Boolean", Kind.FLOAT: "Float"}
        return names.get(self) or str(self.scalar.__name__)

    @property
    def sql_type(self) -> sa.types.TypeEngine[Any]:
        """The SQL type that parameters of this kind are bound as."""
        return self.value.sql_type


# The first that fits decides: SQLAlchemy's big and small integers are integers too.
KIND_BY_TYPE: tuple[tuple[type[sa.types.TypeEngine[Any]], Kind], ...] = (
    (StatusCode, Kind.STRING),
    (UTCDateTime, Kind.DATETIME),
    (JSONColumn, Kind.JSON),
    (sa.Boolean, Kind.BOOLEAN),
    (sa.BigInteger, Kind.BIGINT),
    (sa.Integer, Kind.INT),
    (sa.Float, Kind.FLOAT),
    (sa.Numeric, Kind.FLOAT),
    (sa.DateTime, Kind.DATETIME),
    (sa.Date, Kind.DATE),
    (sa.JSON, Kind.JSON),
    (sa.String, Kind.STRING),
)


def kind_of(column: sa.Column[Any]) -> Kind:
    """Tell what kind of value a column holds.

    Raises:
        TypeError: for a column type that GraphQL has no scalar for here.
    """
    for type_, kind in KIND_BY_TYPE:
        if isinstance(column.type, type_):
            return kind
    raise TypeError(f"The column {column} has the type {column.type!r}, which LNQL cannot serve.")
