"""What the values of features are compared as, by dtype, and how one is read from an argument."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from lnql.errors import InvalidError

from .feature_catalog import Feature
from .registry import Field
from .scalars import Kind, parse_bigint, parse_date, parse_datetime


def _number(value: Any) -> int | float:
    if isinstance(value, float):
        return value
    return parse_bigint(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise InvalidError(f"{value!r} is no text.")


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise InvalidError(f"{value!r} is neither true nor false.")


def _day(value: Any) -> str:
    return parse_date(value).isoformat()


def _instant(value: Any) -> Any:
    """An instant; without an offset it is in UTC, as it is stored."""
    with_zone = isinstance(value, str) and (value[-1:] in "Zz" or value[-6:-5] in ("+", "-"))
    if isinstance(value, str) and not with_zone:
        value = f"{value}T00:00:00Z" if len(value) == 10 else f"{value}Z"
    return parse_datetime(value)


def _array(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    raise InvalidError(f"{value!r} is no list.")


def _any(value: Any) -> Any:
    return value


class Form(Struct, frozen=True):
    """What values of a dtype are compared as, what they are called, and how one is read from an argument."""

    kind: Kind
    what: str
    read: Callable[[Any], Any]


TEXT, JSON_FORM = Form(Kind.STRING, "a text", _text), Form(Kind.JSON, "JSON", _any)
NUMBER = Form(Kind.FLOAT, "a number", _number)
FORMS = {
    "int": NUMBER,
    "float": NUMBER,
    "num": NUMBER,
    "bool": Form(Kind.BOOLEAN, "true or false", _flag),
    "str": TEXT,
    "url": TEXT,
    "path": TEXT,
    "date": Form(Kind.DATE, "a date such as 2026-01-31", _day),
    "datetime": Form(Kind.DATETIME, "a time such as 2026-01-31T12:00:00Z", _instant),
    "dict": JSON_FORM,
    "object": JSON_FORM,
}
LIST = Form(Kind.JSON, "a list", _array)
HASHED = (Kind.FLOAT, Kind.STRING, Kind.DATE, Kind.BOOLEAN)
"""Kinds whose values are found by their hash."""


def form_of(feature: Feature) -> Form:
    """What the values of a feature that is not categorical are compared as."""
    return LIST if feature.dtype.is_list else FORMS[feature.dtype.scalar]


def element_form(feature: Feature) -> Form:
    """What the elements of a list are compared as."""
    form = FORMS[feature.dtype.scalar]
    return Form(Kind.STRING, form.what, _stored) if form.kind is Kind.DATETIME else form


def label_form(field: Field) -> Form:
    """What the labels of a categorical feature are compared as, which are told by a field."""
    return Form(Kind.STRING, f"the {field.name} of a label", _text) if field.kind is Kind.STRING else FORMS["datetime"]


def _stored(value: Any) -> str:
    """An instant as the element of a list: text in UTC, without a zone."""
    return str(_instant(value).replace(tzinfo=None).isoformat())
