"""What PostgreSQL's `jsonb` says of JSON values, for SQLite: which are equal, which contains which, their text."""

import json
from decimal import Decimal
from functools import lru_cache
from typing import Any

LONGEST = 1000
"""Digits up to which a number is written out; no double has more than 325."""


def canonical_json(value: Any) -> str:
    """The same text for equal JSON values: keys in order, whole numbers without a fraction."""
    return json.dumps(_whole(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _whole(value: Any) -> Any:
    match value:
        case float() if value.is_integer():
            return int(value)
        case list():
            return [_whole(item) for item in value]
        case dict():
            return {key: _whole(item) for key, item in value.items()}
        case _:
            return value


def contains(value: Any, part: Any) -> bool:
    """Whether a value has another in it, as `@>` tells: all its items, all its entries, and so on within them."""
    match value, part:
        case list(), list():
            return all(any(contains(item, wanted) for item in value) for wanted in part)
        case dict(), dict():
            return all(key in value and contains(value[key], wanted) for key, wanted in part.items())
        case _:
            return bool(value == part) and isinstance(value, bool) is isinstance(part, bool)


def json_text(text: str) -> str | None:
    """The text of a value, as `#>> '{}'` gives it: a text without its quotes; None for null.

    Numbers are written out with the digits they are stored with, keys stand by length and then by code point.
    """
    value = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    return value if value is None or isinstance(value, str) else _written(value)


def _written(value: Any) -> str:
    match value:
        case Decimal():
            return _number(value)
        case list():
            return f"[{', '.join(map(_written, value))}]"
        case dict():
            keys = sorted(value, key=lambda key: (len(_utf8(key)), _utf8(key)))
            return "{" + ", ".join(f"{_written(key)}: {_written(value[key])}" for key in keys) + "}"
        case _:
            return json.dumps(value, ensure_ascii=False)


def _number(value: Decimal) -> str:
    if abs(value.adjusted()) > LONGEST:
        return str(value)
    return format(value if value else abs(value), "f")


def _utf8(key: str) -> bytes:
    return key.encode(errors="surrogatepass")


# As functions of SQL -------------------------------------------------------------------------------------------------

_part = lru_cache(maxsize=256)(json.loads)


def sql_canonical(value: str | None) -> str | None:
    """`canonical_json` of JSON text."""
    return None if value is None else canonical_json(json.loads(value))


def sql_contains(value: str | None, part: str) -> bool | None:
    """`contains` of JSON texts."""
    return None if value is None else contains(json.loads(value), _part(part))


def sql_text(value: str | None) -> str | None:
    """`json_text` of JSON text."""
    return None if value is None else json_text(value)
