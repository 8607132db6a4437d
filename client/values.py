"""Python values as JSON, and back: one rule for each scalar of the server."""

import math
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import PurePath
from typing import Any

from .errors import InvalidTypeError, InvalidValueError, ValidationError

Json = Any


def encode(kind: str, value: Any, name: str = "value") -> Json:
    """Turn a value into the JSON of a scalar.

    Raises:
        InvalidValueError, InvalidTypeError: where a number is asked for and the value is none.
        ValidationError: where a date, an instant or a boolean is asked for and the value is none.
    """
    value = getattr(value, "id", value) if hasattr(type(value), "__registry_info__") else value
    return _ENCODE[kind](plain(value), name)


def decode(kind: str, value: Json) -> Any:
    """Turn the JSON of a scalar into a Python value; instants are aware, in UTC."""
    reader = _DECODE.get(kind)
    return value if value is None or reader is None else reader(value)


def decoder(kind: str) -> Callable[[Json], Any] | None:
    """What turns the JSON of a scalar into a Python value; None if it is one already."""
    return _DECODE.get(kind)


def plain(value: Any) -> Any:
    """Turn a number of NumPy or pandas into Python's."""
    return value.item() if type(value).__module__ == "numpy" and hasattr(value, "item") else value


def _integer(value: Any, name: str) -> Json:
    number = value if isinstance(value, float) else _number(int, value, name)
    if isinstance(number, float) and not math.isfinite(number):
        raise InvalidValueError(f"Field '{name}' expected a number but got {value!r}.")
    return int(number) if number == int(number) else number


def _float(value: Any, name: str) -> Json:
    return _number(float, value, name)


def _number(kind: type[float], value: Any, name: str) -> Any:
    try:
        return kind(value)
    except ValueError:
        raise InvalidValueError(f"Field '{name}' expected a number but got {value!r}.") from None
    except TypeError:
        raise InvalidTypeError(f"Field '{name}' expected a number but got {value!r}.") from None


def _boolean(value: Any, name: str) -> Json:
    known = {
        True: True,
        False: False,
        "True": True,
        "False": False,
        "true": True,
        "false": False,
        "1": True,
        "0": False,
    }
    try:
        return known[value]
    except (KeyError, TypeError):
        raise ValidationError(f"“{value}” value of '{name}' must be either True or False.") from None


def _instant(value: Any, name: str) -> Json:
    match value:
        case datetime():
            instant = value
        case date():
            instant = datetime(value.year, value.month, value.day)
        case str():
            instant = _parsed(datetime.fromisoformat, value, name, "YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ]")
        case _:
            raise ValidationError(f"'{name}' expected a datetime but got {value!r}.")
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).isoformat()


def _day(value: Any, name: str) -> Json:
    match value:
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case str():
            return _parsed(_date, value, name, "YYYY-MM-DD").isoformat()
    raise ValidationError(f"'{name}' expected a date but got {value!r}.")


def _date(text: str) -> date:
    """A date; months and days may have one digit."""
    year, month, day = map(int, text.split("-"))
    return date(year, month, day)


def _parsed(parse: Callable[[str], Any], text: str, name: str, form: str) -> Any:
    try:
        return parse(text.strip())
    except ValueError:
        raise ValidationError(
            f"“{text}” value of '{name}' has an invalid format. It must be in {form} format."
        ) from None


def _text(value: Any, name: str) -> Json:
    return value.isoformat() if isinstance(value, time) else str(value)


def to_json(value: Any, name: str = "value") -> Json:
    """Turn a value into JSON, as LaminDB keeps it: dates and instants in ISO form."""
    match value := plain(value):
        case datetime() | date() | time():
            return value.isoformat()
        case PurePath():
            return value.as_posix()
        case dict():
            return {str(key): to_json(item, name) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [to_json(item, name) for item in value]
        case None | bool() | int() | float() | str():
            return value
    raise InvalidValueError(f"'{name}' expected a JSON value but got {value!r}.")


_ENCODE: dict[str, Callable[[Any, str], Json]] = {
    "Int": _integer,
    "BigInt": _integer,
    "Float": _float,
    "Boolean": _boolean,
    "String": _text,
    "ID": _text,
    "DateTime": _instant,
    "Date": _day,
    "JSON": to_json,
}
_DECODE: dict[str, Callable[[Json], Any]] = {"DateTime": datetime.fromisoformat, "Date": date.fromisoformat}
