"""Random filters, orders and pages, as GraphQL variables."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from .random_instances import REGISTRIES, VALUES
from .reference_values import PARTS

Filter = dict[str, Any]
Drawn = st.SearchStrategy[Any]

DEEPEST = 2
"""Levels of and, or and not, and relations one after another."""

VALUE = ("eq", "neq", "lt", "lte", "gt", "gte")
COMPARATORS: dict[str, tuple[str, ...]] = {
    "BOOLEAN": ("eq", "neq", "isNull"),
    "INT": (*VALUE, "in", "notIn", "between", "isNull"),
    "BIGINT": (*VALUE, "in", "notIn", "between", "isNull"),
    "DATE": (*VALUE, "in", "notIn", "between", "isNull"),
    "DATETIME": (*VALUE, "in", "notIn", "between", "isNull", *PARTS),
    "STRING": (
        *VALUE, "in", "notIn", "between", "isNull", "iEq", "contains", "iContains", "startsWith", "iStartsWith",
        "endsWith", "iEndsWith", "regex",
    ),
    "JSON": (
        "eq", "neq", "in", "notIn", "lt", "gte", "between", "contains", "isNull", "isJsonNull", "iContains",
        "startsWith", "iEq", "regex",
    ),
}  # fmt: skip
"""The comparators of each kind, from the contract."""
PATTERNS = ("a", "^.$", r"^\w*$", "%|_", "[ßé]", "^$")
PATHS: tuple[list[str], ...] = ([], ["a"], ["b"], ["b", "0"], ["b", "a"], ["1", "0"])
DIRECTIONS = ("ASC", "ASC_NULLS_FIRST", "ASC_NULLS_LAST", "DESC", "DESC_NULLS_FIRST", "DESC_NULLS_LAST")


def _operand(kind: str) -> Drawn:
    values = VALUES["DATETIME" if kind == "DATE" else kind]
    match kind:
        case "DATETIME":
            return st.sampled_from([(value + timedelta(hours=2)).isoformat()[:-6] + "+02:00" for value in values])
        case "DATE":
            return st.sampled_from([value.date().isoformat() for value in values if isinstance(value, datetime)])
        case "JSON":  # a null would be an error
            return st.sampled_from([value for value in values if value is not None] + ["x", True])
        case _:
            return st.sampled_from(values)


def _ordered_operand(kind: str) -> Drawn:
    """What can be less than another."""
    return st.sampled_from([5, 1.5, "a", "ß"]) if kind == "JSON" else _operand(kind)


TEXTS_ONLY = ("iEq", "iContains", "startsWith", "iStartsWith", "endsWith", "iEndsWith")
"""Comparators that take a text whatever the kind of value."""


def _behind(kind: str, name: str) -> Drawn:
    """What stands behind a comparator."""
    if name in TEXTS_ONLY:
        return st.sampled_from(("", "[", "1", *VALUES["STRING"]) if kind == "JSON" else VALUES["STRING"])
    match name:
        case "isNull" | "isJsonNull":
            return st.booleans()
        case "in" | "notIn":
            return st.lists(_operand(kind), max_size=3)
        case "between":
            return st.lists(_ordered_operand(kind), min_size=2, max_size=2)
        case "lt" | "lte" | "gt" | "gte":
            return _ordered_operand(kind)
        case "regex":
            return st.sampled_from(PATTERNS)
        case _:
            return _operand(kind)


@st.composite
def comparators(draw: st.DrawFn, kind: str) -> Any:
    """An object of one or two comparators; for JSON a list of such objects."""
    names = draw(st.lists(st.sampled_from(COMPARATORS[kind]), min_size=1, max_size=2, unique=True))
    drawn = {name: draw(_part(name) if name in PARTS else _behind(kind, name)) for name in names}
    return [{"path": draw(st.sampled_from(PATHS)), **drawn}] if kind == "JSON" else drawn


def _part(name: str) -> Drawn:
    """Comparators of a part: numbers that months, hours and weekdays have."""
    part = PARTS[name][0]
    if part == "INT":
        return st.fixed_dictionaries({}, optional={"gte": st.integers(0, 5), "lt": st.integers(3, 2030)}).filter(bool)
    return comparators(part)


@st.composite
def filters(draw: st.DrawFn, registry: str, deep: int = DEEPEST, hops: int = DEEPEST, least: int = 0) -> Filter:
    """A filter of a registry, with at least so many entries."""
    known = REGISTRIES[registry]
    names = list(known.columns)
    if hops:
        names += [*known.to_one, *known.to_many, *known.closures] * 2
    if deep:
        names += ["and", "or", "not"] * 2
    chosen = draw(st.lists(st.sampled_from(names), min_size=least, max_size=2, unique=True))
    return {name: draw(_entry(registry, name, deep, hops)) for name in chosen}


def _entry(registry: str, name: str, deep: int, hops: int) -> Drawn:
    known = REGISTRIES[registry]
    if name in ("and", "or"):
        return st.lists(filters(registry, deep - 1, hops), max_size=3)
    if name == "not":
        return filters(registry, deep - 1, hops)
    if name in known.to_one:
        return _without_row(filters(known.to_one[name][1], deep and deep - 1, hops - 1, 1)) | st.just({})
    if name in known.to_many:
        return _quantifiers(known.to_many[name].target, deep, hops)
    if name in known.closures:
        quantified = _quantifiers(registry, deep, hops)
        return quantified | quantified.map(lambda drawn: {**drawn, "orSelf": True})
    return comparators(known.columns[name])


def _without_row(inner: Drawn) -> Drawn:
    """A filter of a to-one relation, which may ask whether there is a row."""
    absent = st.booleans().map(lambda flag: {"isNull": flag})
    both = st.tuples(inner, absent).map(lambda pair: {"or": list(pair)})
    return inner | absent | both | absent.map(lambda filter_: {"not": filter_}) | inner.map(lambda one: {"not": one})


def _quantifiers(target: str, deep: int, hops: int) -> Drawn:
    inner = filters(target, deep and deep - 1, hops - 1)
    count = st.sampled_from([{"eq": 0}, {"gte": 2}, {"in": [1, 3]}, {"between": [1, 2]}, {"neq": 1}, {"isNull": False}])
    optional = {"some": inner, "every": inner, "none": inner, "count": count}
    return st.sampled_from(list(optional)).flatmap(lambda word: st.fixed_dictionaries({word: optional[word]}))


@st.composite
def orders(draw: st.DrawFn, registry: str) -> list[dict[str, Any]]:
    """Up to three keys: columns, columns of to-one relations, numbers of related rows."""
    known = REGISTRIES[registry]
    names = [*_sortable(registry), *known.to_one, *(f"{relation}Count" for relation in known.to_many)]
    keys = []
    for name in draw(st.lists(st.sampled_from(names), max_size=3, unique=True)):
        direction: Any = draw(st.sampled_from(DIRECTIONS))
        if name in known.to_one:
            direction = {draw(st.sampled_from(_sortable(known.to_one[name][1]))): direction}
        keys.append({name: direction})
    return keys


def _sortable(registry: str) -> list[str]:
    return [name for name, kind in REGISTRIES[registry].columns.items() if kind != "JSON"]


@dataclass(frozen=True)
class Question:
    """A list that is asked for, and a page of it; the cursors are places, taken modulo the length of the list."""

    registry: str
    filter: Filter
    order: list[dict[str, Any]]
    page: dict[str, int]


@st.composite
def questions(draw: st.DrawFn, registry: str) -> Question:
    """A question about a registry."""
    page: dict[str, int] = {}
    if draw(st.booleans()):
        page["last"] = draw(st.integers(0, 4))
    elif draw(st.booleans()):
        page["first"] = draw(st.integers(0, 4))
    if "last" not in page and draw(st.booleans()):
        page["offset"] = draw(st.integers(0, 3))
    page |= {name: draw(st.integers(0, 6)) for name in ("after", "before") if draw(st.booleans())}
    return Question(registry, draw(filters(registry)), draw(orders(registry)), page)
