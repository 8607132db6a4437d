"""The values of features that are no labels: what each dtype takes, and the JSON that LaminDB stores for it."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any, NamedTuple

from lnql.errors import InvalidError

from .dtypes import Dtype


class Form(NamedTuple):
    """What a dtype takes: in words, how to tell, what is stored, and how other values are made to fit."""

    words: str
    fits: Callable[[Any], bool]
    stored: Callable[[Any], Any]
    coerced: Callable[[Any], Any]


def stored_value(dtype: Dtype, value: Any, *, coerce: bool = False) -> Any:
    """The JSON that is stored for a value of a dtype; with `coerce`, a value of another type is converted first.

    An integer is a float too. Raises InvalidError for what the dtype does not take.
    """
    form = FORMS[dtype.scalar]
    if not dtype.is_list:
        return _stored(form, dtype, value, coerce)
    if not isinstance(value, list):
        raise InvalidError(f"{value!r} is no list; the dtype is {dtype.text}.")
    return [_stored(form, dtype, item, coerce) for item in value]


def _stored(form: Form, dtype: Dtype, value: Any, coerce: bool) -> Any:
    try:
        if form.fits(value):
            return form.stored(value)
        if coerce:
            return form.stored(form.coerced(value))
    except (ValueError, TypeError):
        pass  # told below like any other value that does not fit
    raise InvalidError(f"{value!r} is no {form.words}; the dtype is {dtype.text}.")


def _same(value: Any) -> Any:
    return value


def _is(*types: type) -> Callable[[Any], bool]:
    """Whether a value is of one of these types; a boolean is no number."""
    return lambda value: isinstance(value, types) and (bool in types or not isinstance(value, bool))


def _day(text: str) -> str:
    """A day, which may be said as its midnight."""
    instant = datetime.fromisoformat(text)
    if instant.time() != time.min:
        raise ValueError(text)
    return instant.date().isoformat()


def _instant(text: str) -> str:
    return datetime.fromisoformat(text).isoformat()


def _flag(value: Any) -> bool:
    return {"true": True, "false": False, "1": True, "0": False}[str(value).strip().lower()]


def _refused(value: Any) -> Any:
    raise ValueError(value)


def _number(value: Any) -> int | float:
    return float(value) if "." in str(value) or "e" in str(value).lower() else int(value)


def _path(text: str) -> str:
    return text.replace("\\", "/").rstrip("/") or text


TEXT = Form("text", _is(str), _same, str)
FORMS: Mapping[str, Form] = {
    "int": Form("integer", _is(int), _same, int),
    "float": Form("number", _is(int, float), float, float),
    "num": Form("number", _is(int, float), _same, _number),
    "str": TEXT,
    "url": TEXT,
    "path": Form("path", _is(str), _path, str),
    "bool": Form("boolean", _is(bool), _same, _flag),
    "date": Form("date like 2026-01-31", _is(str), _day, str),
    "datetime": Form("date and time like 2026-01-31T12:00:00", _is(str), _instant, str),
    "dict": Form("object", _is(dict), _same, _refused),
    "object": Form("JSON value", lambda _: True, _same, _same),
}
"""By the name of the scalar dtype. Dates and times arrive as text, for JSON has no other form of them."""
