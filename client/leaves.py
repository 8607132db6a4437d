"""One condition of the server's filters, from a path, its lookup and a value: `run__transform__key__startswith="x"`."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import Any

from .catalog import Catalog, Field, RegistryInfo, Relation
from .errors import FieldError, InvalidValueError, NotSupportedError
from .lookups import (
    AS_TEXT,
    HAS_KEYS,
    LOOKUPS,
    MEANT,
    OF_RELATED,
    PARTS,
    PARTS_OF_TEXT,
    Filter,
    Lookup,
    flag,
    one,
    pair,
)
from .paths import Path, resolve
from .suggestions import did_you_mean
from .values import encode


@dataclass(frozen=True)
class Leaf:
    """One condition at the end of a path of relations.

    `absent` marks a condition that a missing related row meets too, as Django's `isnull=True` does.
    """

    steps: tuple[Relation, ...]
    inner: Filter
    absent: bool = False
    guard: Filter | None = None
    """What has to hold besides, where the condition is negated: then a NULL is taken for false, as Django does."""


def leaf(catalog: Catalog, info: RegistryInfo, keyword: str, value: Any) -> Leaf:
    """Turn a keyword and its value into a condition.

    Raises:
        FieldError: if the path or the lookup does not exist.
        InvalidValueError, ValidationError: if the value does not fit.
    """
    path = resolve(catalog, info, keyword)
    if hasattr(value, "resolve_expression") or type(value).__name__ == "F":
        return fields_leaf(catalog, info, keyword, value)
    if path.field is None:
        return relation_leaf(catalog, info, path, keyword, value)
    if path.field.name == "status":
        value = _in_words((catalog[path.steps[-1].target] if path.steps else info).name, value)
    if path.field.kind == "JSON":
        return json_leaf(path.steps, path.field, path.rest, value)
    meant = MEANT.get(catalog.dialect, {}) if path.field.kind in ("String", *AS_TEXT) else {}
    return field_leaf(path.steps, path.field, tuple(meant.get(name, name) for name in path.rest), value)


def fields_leaf(catalog: Catalog, info: RegistryInfo, keyword: str, other: Any) -> Leaf:
    """A condition that compares a field with another of the same record: `updated_at__gt=F("created_at")`.

    Raises:
        NotSupportedError: for an expression that is no field, for fields of many records, and for other lookups.
    """
    path = getattr(other, "path", getattr(other, "name", None)) if type(other).__name__ == "F" else None
    if path is None:
        raise NotSupportedError(f"{keyword}={other!r}: a field can be compared with values and with F('…').")
    known = [known for known, lookup in LOOKUPS.items() if lookup.read is one and "regex" not in known]
    left, right = resolve(catalog, info, keyword), resolve(catalog, info, str(path))
    many = any(step.many for step in (*left.steps, *right.steps))
    name = "__".join(left.rest) or "exact"
    if left.field is None or right.field is None or right.rest or name not in known or many:
        raise NotSupportedError(
            f"{keyword}=F({path!r}): a field is compared with a field of the same record, by {', '.join(known)}."
        )
    meant = LOOKUPS[MEANT.get(catalog.dialect, {}).get(name, name)]
    names, others = (
        [step.graphql for step in side.steps] + [field.graphql]
        for side, field in ((left, left.field), (right, right.field))
    )
    inner = {"fields": [{"field": ".".join(names), meant.comparator: ".".join(others)}]}
    return Leaf((), inner, guard={"and": [_present(names), _present(others)]})


def _present(names: list[str]) -> Filter:
    """The condition that the field at the end of a path has a value."""
    return reduce(lambda inner, name: {name: inner}, reversed(names), {"isNull": False})


def relation_leaf(catalog: Catalog, info: RegistryInfo, path: Path, keyword: str, value: Any) -> Leaf:
    """A condition on a related row itself: a record, its id, several, a query set, or whether there is one."""
    *before, last = path.steps
    steps, name = tuple(before), path.rest[0] if path.rest else "exact"
    if name not in OF_RELATED or len(path.rest) > 1:
        known = ", ".join(OF_RELATED)
        raise FieldError(f"Related fields take {known}, not '{'__'.join(path.rest)}' (in {keyword}).")
    if name == "isnull" or (name == "exact" and value is None):
        missing = value is None or flag("", value, keyword)
        inner: Filter = {"none" if missing else "some": {}} if last.many else {"isNull": missing}
        return Leaf(steps, {last.graphql: inner}, absent=missing)
    target = catalog[last.target]
    _refuse_others(value, target, name)
    if name in ("exact", "in") and hasattr(value, "as_condition") and not value.gives_values:
        if name == "exact" and not value.is_single:
            raise InvalidValueError(
                "The QuerySet value for an exact lookup must be limited to one result using slicing."
            )
        return Leaf(path.steps, value.as_condition())
    if isinstance(value, str) and name == "exact" and value.strip("-").isalpha():
        raise FieldError(f"Invalid lookup '{value}' for {keyword}. Did you mean {keyword}__{target.name_field}?")
    owner = catalog[before[-1].target] if before else info
    if column := owner.foreign_key(last):
        return field_leaf(steps, replace(column, name="id"), (name,), value)
    return field_leaf(path.steps, target.fields["id"], (name,), value)


STATUSES: Mapping[str, Mapping[int, str]] = {
    "Run": {-3: "scheduled", -2: "restarted", -1: "started", 0: "completed", 1: "errored", 2: "aborted"},
    "Branch": {-2: "closed", -1: "merged", 0: "standalone", 1: "draft", 2: "review"},
    "Project": {
        **{-3: "planned", -2: "up-next", -1: "active", 0: "completed"},
        **{1: "background", 2: "paused", 3: "canceled", 4: "archived"},
    },
}
"""The codes that LaminDB stores for statuses, by which it lets them be asked for."""


def _in_words(registry: str, value: Any) -> Any:
    """A status, or a list of them, by its word where it is said by its code."""
    if isinstance(value, list | tuple | set):
        return [_in_words(registry, item) for item in value]
    known = isinstance(value, int) and not isinstance(value, bool)
    return STATUSES.get(registry, {}).get(value, value) if known else value


def _refuse_others(value: Any, target: RegistryInfo, name: str) -> None:
    """Refuse records and query sets of another registry, whose ids mean other rows."""
    records = value if name == "in" and isinstance(value, list | tuple | set) else [value]
    for info in (getattr(record, "__registry_info__", None) for record in records):
        if info is not None and info.name != target.name:
            raise InvalidValueError(f'Cannot query a {info.name}: Must be "{target.name}" instance.')
    if hasattr(value, "as_condition") and not value.gives_values and value.model.__name__ != target.name:
        raise InvalidValueError(
            f'Cannot use QuerySet for "{value.model.__name__}": Use a QuerySet for "{target.name}".'
        )


def field_leaf(steps: tuple[Relation, ...], field: Field, rest: tuple[str, ...], value: Any) -> Leaf:
    """A condition on a column, or on a part of an instant or a date."""
    if rest and rest[0] in CALENDAR and field.kind in ("DateTime", "Date"):
        return Leaf(steps, {field.graphql: CALENDAR[rest[0]](rest[1:], value)}, guard=_guard(field))
    kind, part = field.kind, None
    if rest and rest[0] in PARTS and field.kind in ("DateTime", "Date"):
        part, kind = PARTS[rest[0]]
        rest = rest[1:]
    elif rest and rest[0] in PARTS_OF_TEXT and field.kind in AS_TEXT:
        part, kind = "text", "String"
    comparison = compare(field, kind, rest, value)
    if "isNull" in comparison and part is None and rest[:1] in ((), ("exact",), ("iexact",), ("isnull",)):
        return Leaf(steps, {field.graphql: comparison}, absent=comparison["isNull"])
    return Leaf(steps, {field.graphql: {part: comparison} if part else comparison}, guard=_guard(field))


def _guard(field: Field) -> Filter | None:
    return {field.graphql: {"isNull": False}} if field.nullable else None


def compare(field: Field, kind: str, rest: tuple[str, ...], value: Any) -> Filter:
    """Turn a lookup and its value into the server's comparators."""
    name = rest[0] if rest else "exact"
    lookup = LOOKUPS.get(name)
    if lookup is None or kind not in lookup.kinds or len(rest) > 1:
        known = [known for known, lookup in LOOKUPS.items() if kind in lookup.kinds]
        raise FieldError(
            f"Unsupported lookup '{'__'.join(rest)}' for {field.name}, which is of type {kind}.",
            hint=did_you_mean(name, [*known, *PARTS]) or f"It takes {', '.join(known)}.",
        )
    if name in ("exact", "iexact") and value is None:
        return {"isNull": True}
    read = lookup.read(kind, value, field.name)
    return among_booleans(read) if kind == "Boolean" and name == "in" else _whole(lookup, kind, read)


def among_booleans(values: list[bool]) -> Filter:
    """One of some booleans: this one, any, or none."""
    match sorted(set(values)):
        case []:
            return {"eq": True, "neq": True}
        case [one]:
            return {"eq": one}
    return {"isNull": False}


LARGEST: Mapping[str, int] = {"Int": 2**31 - 1, "BigInt": 2**63 - 1}
"""The largest integers that columns hold; the least are as far from zero."""


def _whole(lookup: Lookup, kind: str, value: Any) -> Filter:
    """Compare integers with other numbers as numbers.

    Nothing equals a fraction, or what is too large for the column; orderings go to the next integer that fits.
    """
    if kind not in LARGEST:
        return {lookup.comparator: value}
    most = LARGEST[kind]
    if isinstance(value, list) and lookup.comparator == "in":
        return {"in": [item for item in value if isinstance(item, int) and abs(item) <= most]}
    if isinstance(value, list):
        low, high = math.ceil(value[0]), math.floor(value[1])
        return {"between": [max(low, -most), min(high, most)]} if low <= most and high >= -most else {"in": []}
    if lookup.round is None:
        return {lookup.comparator: value} if isinstance(value, int) and abs(value) <= most else {"in": []}
    whole = lookup.round(value)
    if abs(whole) <= most:
        return {lookup.comparator: whole}
    return {"isNull": False} if (whole < 0) == lookup.comparator.startswith("g") else {"in": []}


def json_leaf(steps: tuple[Relation, ...], field: Field, rest: tuple[str, ...], value: Any) -> Leaf:
    """A condition on a JSON column, or on what is found in it by keys."""
    *keys, last = rest or ("exact",)
    if last in HAS_KEYS:
        wanted = [value] if last == "has_key" else list(value)
        found = [{field.graphql: [{"path": [*keys, str(key)], "isNull": False}]} for key in wanted]
        return Leaf(steps, {"or" if last == "has_any_keys" else "and": found})
    if last not in LOOKUPS or (last in ("contains", "in") and len(rest) == 1 and isinstance(value, dict)):
        keys, last = ([*keys, last], "exact") if last not in ("contained_by", "contains") else (keys, last)
    if last == "contained_by" or (last == "contains" and isinstance(value, dict)):
        raise NotSupportedError(f"{field.name}__{last} is not supported: compare single keys, {field.name}__key=value.")
    condition: Filter = {"path": keys} if keys else {}
    if last == "exact" and value is None:
        condition["isJsonNull"] = True
    elif last == "range":
        condition |= dict(zip(("gte", "lte"), pair("JSON", value, field.name), strict=True))
    else:
        condition |= compare(field, "JSON", (last,), value)
    guard = {field.graphql: [{"isNull": False}]} if field.nullable and "isNull" not in condition else None
    return Leaf(steps, {field.graphql: [condition]}, absent=bool(condition.get("isNull")), guard=guard)


def _iso_year(rest: tuple[str, ...], value: Any) -> Filter:
    """The year of ISO 8601, whose first week has its first Thursday: a range of instants."""
    if rest not in ((), ("exact",)):
        raise FieldError(f"iso_year takes a year, not '{'__'.join(rest)}'; use year__{rest[0]}.")
    year = encode("Int", value, "iso_year")
    first, after = (date.fromisocalendar(year + more, 1, 1).isoformat() for more in (0, 1))
    return {"date": {"gte": first, "lt": after}}


def _iso_week_day(rest: tuple[str, ...], value: Any) -> Filter:
    """The day of the week from 1 for Monday; the server counts from Sunday."""
    if rest not in ((), ("exact",), ("in",)):
        raise FieldError(f"iso_week_day takes exact and in, not '{'__'.join(rest)}'.")
    days = [value] if rest != ("in",) else value
    return {"weekDay": {"in": [encode("Int", day, "iso_week_day") % 7 + 1 for day in days]}}


CALENDAR: Mapping[str, Callable[[tuple[str, ...], Any], Filter]] = {
    "iso_year": _iso_year,
    "iso_week_day": _iso_week_day,
}
"""Parts that the server does not have, by those that it has."""
