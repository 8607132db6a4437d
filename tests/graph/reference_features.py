"""What predicates on features, orders and groups by features mean, by brute force over values in plain Python.

Written from the contract and the rules of the design: one predicate speaks of one value, `neq` and `notIn` are the
complements of `eq` and `in`, and no answer is unknown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .reference_values import ABSENT, Kind, Truth, every, json_at, meets, meets_json

COMPLEMENTS = {"neq": "eq", "notIn": "in"}


@dataclass(frozen=True)
class Feature:
    """A feature: the kind of its values, or the registries whose rows are its values, each with the field that tells.

    The values of a list have the kind JSON.
    """

    id: int
    name: str
    dtype: str
    kind: Kind
    labels: tuple[tuple[str, str], ...] = ()

    @property
    def uid(self) -> str:
        """LaminDB's id."""
        return f"feature{self.id:05}"

    @property
    def is_list(self) -> bool:
        """Whether a value is a list."""
        return self.dtype.startswith("list[")


@dataclass(frozen=True)
class Label:
    """A label that a row has, and the field that tells it."""

    row: Mapping[str, Any]
    field: str


Value = Any
"""A label, or JSON."""


def meets_predicate(feature: Feature, values: Sequence[Value], predicate: Mapping[str, Any]) -> bool:
    """Whether a row with these values of the feature meets a predicate on it."""
    path = predicate.get("path")
    asked = {name: operand for name, operand in predicate.items() if name not in ("name", "uid", "path")}
    complements = {COMPLEMENTS[name]: asked.pop(name) for name in COMPLEMENTS if name in asked}
    met = [not _any_meets(feature, values, {name: operand}, path) for name, operand in complements.items()]
    if "isNull" in asked:
        present = [value for value in values if path is None or json_at(value, path) is not ABSENT]
        met.append(bool(present) is not asked.pop("isNull"))
    return all(met) and (not asked or _any_meets(feature, values, asked, path))


def _any_meets(feature: Feature, values: Sequence[Value], asked: Mapping[str, Any], path: list[str] | None) -> bool:
    return any(_meets(feature, value, asked, path) is True for value in values)


def _meets(feature: Feature, value: Value, asked: Mapping[str, Any], path: list[str] | None) -> Truth:
    if isinstance(value, Label):
        compared = {("eq" if name == "contains" and feature.is_list else name): asked[name] for name in asked}
        return _label_meets(value, compared)
    if feature.kind == "JSON":
        absent = "isJsonNull" in asked and json_at(value, path or []) is ABSENT
        return False if absent else meets_json(value, {"path": path or [], **asked})
    return meets("STRING" if feature.kind == "DATE" else feature.kind, typed(feature, value), asked)


def _label_meets(label: Label, asked: Mapping[str, Any]) -> Truth:
    conditions = {name: operand for name, operand in asked.items() if name != "label"}
    further = asked.get("label", {})
    if not further.keys() <= label.row.keys():
        return False
    own = meets("STRING", label.row[label.field], conditions)
    return every([own, *(meets("STRING", label.row[name], one) for name, one in further.items())])


def typed(feature: Feature, value: Value) -> Any:
    """A value as it is compared and ordered; an instant without an offset is in UTC."""
    if isinstance(value, Label):
        return value.row[value.field]
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if feature.kind == "DATETIME" else value


def ordering(feature: Feature, values: Sequence[Value], direction: str) -> Any:
    """What a row with these values is ordered by: the smallest when ascending, the largest when descending."""
    present = [key for value in values if (key := typed(feature, value)) is not None]
    extreme = max if direction.startswith("DESC") else min
    return extreme(present, default=None)


def keys(values: Sequence[Value]) -> list[Any]:
    """In which groups a row with these values is: in that of each different value."""
    found = [value.row[value.field] if isinstance(value, Label) else value for value in values]
    return list(dict.fromkeys(found)) or [None]
