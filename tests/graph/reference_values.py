"""What every comparator means for one value, in plain Python with three-valued logic: true, false, or None for unknown.

Written from the design of the query language, not from the code that makes the SQL. Values are Python's own, a missing
one is None; operands are as GraphQL variables have them.
"""

import json
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

Truth = bool | None
Kind = str
"""STRING, INT, BIGINT, FLOAT, BOOLEAN, DATETIME, DATE or JSON."""


class Absent:
    """What is at a path that a JSON document does not have."""


ABSENT: Final = Absent()

# Three-valued logic --------------------------------------------------------------------------------------------------


def every(truths: Iterable[Truth]) -> Truth:
    """AND: false where one is false, else unknown where one is."""
    found = set(truths)
    return False if False in found else None if None in found else True


def negation(truth: Truth) -> Truth:
    """NOT: unknown stays unknown."""
    return None if truth is None else not truth


def some(truths: Iterable[Truth]) -> Truth:
    """OR: true where one is true, else unknown where one is."""
    return negation(every(map(negation, truths)))


# Values of columns ---------------------------------------------------------------------------------------------------


def folded(compare: Callable[[str, str], bool]) -> Callable[[str, str], bool]:
    """Compare two texts whatever their case."""
    return lambda value, operand: compare(value.lower(), operand.lower())


def matches(value: str, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> bool:
    r"""Search as RE2 does where `.` matches a line break, `$` only the end, classes such as `\w` ASCII only."""
    flags |= re.ASCII if re.search(r"\\[dws]", pattern) else re.NOFLAG
    pattern = re.sub(r"(?<!\\)\$", r"\\Z", pattern)
    return re.search(pattern, value, flags | re.DOTALL) is not None


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "neq": operator.ne,
    "iEq": folded(operator.eq),
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
    "between": lambda value, pair: bool(pair[0] <= value <= pair[1]),
    "contains": operator.contains,
    "iContains": folded(operator.contains),
    "startsWith": str.startswith,
    "iStartsWith": folded(str.startswith),
    "endsWith": str.endswith,
    "iEndsWith": folded(str.endswith),
    "regex": matches,
    "iRegex": lambda value, pattern: matches(value, pattern, re.IGNORECASE),
}
"""Comparisons of a value that is there."""


def time_of_day(value: datetime) -> str:
    """The time, with a fraction only where there is one: `13:05:00`, `13:05:00.25`."""
    return f"{value:%H:%M:%S.%f}".rstrip("0").rstrip(".") if value.microsecond else f"{value:%H:%M:%S}"


PARTS: dict[str, tuple[Kind, Callable[[Any], Any]]] = {
    **{name: ("INT", operator.attrgetter(name)) for name in ("year", "month", "day", "hour", "minute", "second")},
    "week": ("INT", lambda value: value.isocalendar().week),
    "weekDay": ("INT", lambda value: value.isoweekday() % 7 + 1),
    "quarter": ("INT", lambda value: (value.month + 2) // 3),
    "date": ("DATE", lambda value: value.date()),
    "time": ("STRING", time_of_day),
    "text": (
        "STRING",
        lambda value: f"{value.date()} {time_of_day(value)}" if isinstance(value, datetime) else f"{value}",
    ),
}
"""Parts of values: the kind of each, and how it is read."""

READERS: dict[Kind, Callable[[str], Any]] = {
    "DATETIME": lambda text: datetime.fromisoformat(text).astimezone(UTC),
    "DATE": date.fromisoformat,
}


def read(kind: Kind, operand: Any) -> Any:
    """An operand as a value of its kind, or as a list of them."""
    if isinstance(operand, list):
        return [read(kind, item) for item in operand]
    return READERS[kind](operand) if kind in READERS and isinstance(operand, str) else operand


def compare(name: str, value: Any, operand: Any) -> Truth:
    """Apply one comparator to a value."""
    if name == "isNull":
        return (value is None) is operand
    if name in ("in", "notIn"):
        found = some(compare("eq", value, item) for item in operand)
        return found if name == "in" else negation(found)
    return None if value is None else COMPARISONS[name](value, operand)


def meets(kind: Kind, value: Any, comparators: Mapping[str, Any]) -> Truth:
    """Apply an object of comparators, date parts among them, to a value."""
    return every(_one(kind, value, name, operand) for name, operand in comparators.items())


def _one(kind: Kind, value: Any, name: str, operand: Any) -> Truth:
    if name not in PARTS:
        return compare(name, value, read(kind, operand))
    part, extract = PARTS[name]
    return meets(part, None if value is None else extract(value), operand)


# Values in JSON documents --------------------------------------------------------------------------------------------


def json_at(document: Any, path: Iterable[str]) -> Any:
    """The value at a path of keys and list indexes, or ABSENT."""
    for key in path:
        if isinstance(document, dict):
            document = document.get(key, ABSENT)
        elif isinstance(document, list) and key.isascii() and key.isdigit() and int(key) < len(document):
            document = document[int(key)]
        else:
            return ABSENT
    return document


def json_type(value: Any) -> str:
    """The type of a JSON value; whole numbers and others are of one type."""
    return "number" if type(value) in (int, float) else type(value).__name__


def json_equal(value: Any, other: Any) -> bool:
    """Values of different types are not equal, inside lists and objects too."""
    if json_type(value) != json_type(other):
        return False
    if isinstance(value, list):
        return len(value) == len(other) and all(map(json_equal, value, other))
    if isinstance(value, dict):
        return value.keys() == other.keys() and all(json_equal(value[key], other[key]) for key in value)
    return bool(value == other)


def json_within(value: Any, part: Any) -> bool:
    """All items of a list are within a list, all entries of an object within an object; anything else is equal."""
    if isinstance(value, list) and isinstance(part, list):
        return all(any(json_within(element, wanted) for element in value) for wanted in part)
    if isinstance(value, dict) and isinstance(part, dict):
        return all(key in value and json_within(value[key], wanted) for key, wanted in part.items())
    return json_equal(value, part)


def json_contains(value: Any, operand: Any) -> Truth:
    """A list has an element or all of a list, an object entries, a text another; of anything else it is unknown."""
    if isinstance(value, list):
        return json_within(value, operand if isinstance(operand, list) else [operand])
    if isinstance(value, dict):
        return json_within(value, operand) if isinstance(operand, dict) else None
    return operand in value if isinstance(value, str) and isinstance(operand, str) else None


def json_text(value: Any) -> str | None:
    """A value as PostgreSQL writes it: a text without quotes, numbers in full, keys by length; null has none."""
    return value if value is None or isinstance(value, str) else _written(value)


def _written(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (len(key.encode()), key.encode()))
        return f"{{{', '.join(f'{_written(key)}: {_written(value[key])}' for key in keys)}}}"
    number = json_type(value) == "number"
    return f"{Decimal(repr(value)):f}" if number else json.dumps(value, ensure_ascii=False)


OF_TEXTS = frozenset(("iEq", "iContains", "startsWith", "iStartsWith", "endsWith", "iEndsWith", "regex", "iRegex"))
"""Comparators that ask a JSON value's text."""


def json_compare(name: str, value: Any, operand: Any) -> Truth:
    """Apply one comparator to a value in a JSON document; an absent one makes a comparison unknown."""
    if name == "isNull":
        return (value is ABSENT) is operand
    if name == "isJsonNull":
        return (value is None) is operand
    if name in ("in", "notIn"):
        found = some(json_compare("eq", value, item) for item in operand)
        return found if name == "in" else negation(found)
    if name == "between":
        return every((json_compare("gte", value, operand[0]), json_compare("lte", value, operand[1])))
    if value is ABSENT:
        return None
    if name in OF_TEXTS:
        return compare(name, json_text(value), operand)
    if name in ("eq", "neq"):
        return json_equal(value, operand) is (name == "eq")
    if name == "contains":
        return json_contains(value, operand)
    return COMPARISONS[name](value, operand) if json_type(value) == json_type(operand) else None


def meets_json(document: Any, entry: Mapping[str, Any]) -> Truth:
    """Apply an object of JSON comparators, which may have a `path`, to a document (ABSENT where the column is NULL)."""
    value = json_at(document, entry.get("path", []))
    return every(json_compare(name, value, operand) for name, operand in entry.items() if name != "path")
