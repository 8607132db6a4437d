"""The one table of Django's lookups: what the server calls each, where it works, and how its value is read."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .errors import InvalidTypeError, InvalidValueError
from .values import encode

Filter = dict[str, Any]

TEXT = frozenset({"String", "ID", "JSON"})
ORDERED = frozenset({"Int", "BigInt", "Float", "String", "DateTime", "Date", "JSON"})
ALL = ORDERED | {"Boolean", "ID"}


def one(kind: str, value: Any, name: str) -> Any:
    """A value as it is."""
    if value is None:
        raise InvalidValueError(f"Cannot use None as a query value of '{name}': use {name}__isnull=True.")
    return encode(kind, value, name)


def several(kind: str, value: Any, name: str) -> list[Any]:
    """A list of values; None is none of them."""
    if hasattr(value, "one_column"):
        value = value.one_column()
    if not isinstance(value, Iterable):
        raise InvalidTypeError(f"'{name}__in' expected a list but got {value!r}.")
    return [encode(kind, item, name) for item in value if item is not None]


def pair(kind: str, value: Any, name: str) -> list[Any]:
    """Two values, the lower one first."""
    values = several(kind, value, name)
    if len(values) != 2:
        raise InvalidValueError(f"'{name}__range' expected two values but got {value!r}.")
    return values


def flag(kind: str, value: Any, name: str) -> bool:
    """True or False."""
    if not isinstance(value, bool):
        raise InvalidValueError("The QuerySet value for an isnull lookup must be True or False.")
    return value


@dataclass(frozen=True)
class Lookup:
    """A lookup of Django: the server's comparator for it, on which scalars it works, and how its value is read."""

    comparator: str
    kinds: frozenset[str]
    read: Callable[[str, Any, str], Any] = one
    round: Callable[[float], int] | None = None
    """What an ordering makes of a fraction where the column holds integers: `> 19.5` is `> 19`."""


LOOKUPS: Mapping[str, Lookup] = {
    "exact": Lookup("eq", ALL),
    "iexact": Lookup("iEq", TEXT),
    "in": Lookup("in", ALL, several),
    "gt": Lookup("gt", ORDERED, round=math.floor),
    "gte": Lookup("gte", ORDERED, round=math.ceil),
    "lt": Lookup("lt", ORDERED, round=math.ceil),
    "lte": Lookup("lte", ORDERED, round=math.floor),
    "range": Lookup("between", ORDERED - {"JSON"}, pair),
    "isnull": Lookup("isNull", ALL, flag),
    "contains": Lookup("contains", TEXT),
    "icontains": Lookup("iContains", TEXT),
    "startswith": Lookup("startsWith", TEXT),
    "istartswith": Lookup("iStartsWith", TEXT),
    "endswith": Lookup("endsWith", TEXT),
    "iendswith": Lookup("iEndsWith", TEXT),
    "regex": Lookup("regex", TEXT),
    "iregex": Lookup("iRegex", TEXT),
}

AS_TEXT = frozenset({"Int", "BigInt", "DateTime", "Date"})
"""Scalars that are compared as texts by lookups that only texts have: `created_at__startswith="2024-03"`."""

PARTS_OF_TEXT = frozenset(name for name, lookup in LOOKUPS.items() if lookup.kinds == TEXT)
"""Lookups that only texts have."""

OF_RELATED = ("exact", "in", "gt", "gte", "lt", "lte", "isnull")
"""Lookups of related records themselves, that is of their ids."""

MEANT: Mapping[str, Mapping[str, str]] = {
    "sqlite": {"contains": "icontains", "startswith": "istartswith", "endswith": "iendswith"},
}
"""Lookups of text that mean others on a database: LIKE of SQLite knows no case, and so LaminDB's answers there."""

PARTS: Mapping[str, tuple[str, str]] = {
    "year": ("year", "Int"),
    "month": ("month", "Int"),
    "day": ("day", "Int"),
    "hour": ("hour", "Int"),
    "minute": ("minute", "Int"),
    "second": ("second", "Int"),
    "week": ("week", "Int"),
    "week_day": ("weekDay", "Int"),
    "quarter": ("quarter", "Int"),
    "date": ("date", "Date"),
    "time": ("time", "String"),
}
"""Parts of instants and dates: Django's name, the server's, and the scalar that they are."""

HAS_KEYS = ("has_key", "has_keys", "has_any_keys")
