"""Instants and dates as SQLite has them: text in UTC without a zone, as LaminDB writes it.

The same instant may be stored with 0, 3 or 6 digits of a second; as text, the shorter sorts first.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.sql.elements import Grouping

from .dialects import Text, concat, constant


def stored(value: datetime) -> str:
    """An instant as LaminDB stores it, with six digits of a second."""
    return value.strftime("%Y-%m-%d %H:%M:%S.%f").rjust(26, "0")


def without_zone(text: str) -> str:
    """An instant as it is stored, from a cursor."""
    return text.removesuffix("+00:00")


def shortest(value: datetime) -> str:
    """The shortest text of an instant; any other text of the same instant only adds zeros."""
    return stored(value).rstrip("0").rstrip(".") if value.microsecond else stored(value)[:19]


def spellings(values: list[datetime]) -> str:
    """Every text under which these instants may be stored, as a JSON list: seconds, milliseconds, microseconds."""
    return orjson.dumps([text for value in values for text in {stored(value), *_shorter(value)}]).decode()


def _shorter(value: datetime) -> list[str]:
    if value.microsecond % 1000:
        return []
    return [stored(value)[:23]] if value.microsecond else [stored(value)[:23], stored(value)[:19]]


def trimmed(value: ColumnElement[Any]) -> Text:
    """A stored instant without the zeros that end its fraction."""
    raw = sa.type_coerce(value, sa.Text())
    short = sa.func.rtrim(sa.func.rtrim(raw, constant("0")), constant("."))
    return sa.func.iif(sa.func.length(raw) > sa.literal_column("19"), short, raw, type_=sa.Text())


def rfc3339(value: ColumnElement[Any]) -> Text:
    """A stored instant, date and time joined by a T."""
    return sa.func.replace(trimmed(value), constant(" "), constant("T"), type_=sa.Text())


def from_iso8601(text: ColumnElement[Any]) -> Text:
    """An ISO 8601 time as LaminDB stores instants: in UTC, without a zone, date and time joined by a blank."""
    spaced = sa.func.replace(text, constant("T"), constant(" "), type_=sa.Text())
    clock = sa.func.substr(spaced, sa.literal_column("1"), sa.literal_column("19"))
    zone = sa.func.substr(spaced, sa.literal_column("-6"), type_=sa.Text())
    fraction = sa.func.substr(spaced, sa.literal_column("20"), sa.func.length(spaced) - sa.literal_column("25"))
    moved: Text = sa.func.datetime(clock + zone, type_=sa.Text()) + fraction
    has_zone = sa.and_(
        sa.func.length(spaced) > sa.literal_column("19"),
        sa.func.substr(zone, sa.literal_column("1"), sa.literal_column("1")).in_([constant("+"), constant("-")]),
    )
    return sa.case((has_zone, moved), else_=sa.func.rtrim(spaced, constant("Z"), type_=sa.Text()))


def _number(pattern: str) -> Callable[[ColumnElement[Any]], ColumnElement[Any]]:
    """Read a number out of an instant by `strftime`."""
    return lambda value: sa.cast(sa.func.strftime(constant(pattern), value), sa.Integer())


PARTS: dict[str, Callable[[ColumnElement[Any]], ColumnElement[Any]]] = {
    "year": _number("%Y"),
    "month": _number("%m"),
    "day": _number("%d"),
    "hour": _number("%H"),
    "minute": _number("%M"),
    "second": _number("%S"),
    "week": _number("%V"),
    "weekDay": lambda value: _number("%w")(value) + sa.literal_column("1"),
    "quarter": lambda value: Grouping(_number("%m")(value) + sa.literal_column("2")).op("/")(sa.literal_column("3")),
    "date": lambda value: sa.func.substr(value, sa.literal_column("1"), sa.literal_column("10"), type_=sa.Text()),
    "time": lambda value: sa.func.substr(trimmed(value), sa.literal_column("12"), type_=sa.Text()),
    "text": lambda value: sa.cast(value, sa.Text()) if isinstance(value.type, sa.Integer) else trimmed(value),
}


def _modifiers(*texts: str) -> Callable[[ColumnElement[Any]], list[ColumnElement[str]]]:
    return lambda _: [constant(text) for text in texts]


def _quarter(value: ColumnElement[Any]) -> list[ColumnElement[str]]:
    """Back to the start of the month, and then by none, one or two months."""
    months = (_number("%m")(value) + sa.literal_column("2")) % sa.literal_column("3")
    return [constant("start of month"), concat(["-", sa.cast(months, sa.Text()), " months"])]


STARTS: dict[str, Callable[[ColumnElement[Any]], list[ColumnElement[str]]]] = {
    "day": _modifiers(),
    "week": _modifiers("-6 days", "weekday 1"),
    "month": _modifiers("start of month"),
    "quarter": _quarter,
    "year": _modifiers("start of year"),
}
"""What takes a date to the first day of its unit."""
