"""Random filters, orders, groups and pages, as GraphQL variables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from .choices import Choices
from .random_features import elements, operands
from .random_instances import REGISTRIES, VALUES, Pool, RandomInstance
from .reference_features import Feature
from .reference_values import PARTS

Filter = dict[str, Any]
Order = list[dict[str, Any]]

DEEPEST = 2
"""Levels of and, or and not, and relations one after another."""

VALUE = ("eq", "neq", "lt", "lte", "gt", "gte", "in", "notIn", "between", "isNull")
TEXTS_ONLY = ("iEq", "iContains", "startsWith", "iStartsWith", "endsWith", "iEndsWith")
"""Comparators that take a text whatever the kind of value."""
COMPARATORS: dict[str, tuple[str, ...]] = {
    "BOOLEAN": ("eq", "neq", "isNull"),
    **dict.fromkeys(("INT", "BIGINT", "FLOAT", "DATE"), VALUE),
    "DATETIME": (*VALUE, *PARTS),
    "STRING": (*VALUE, *TEXTS_ONLY, "contains", "regex"),
    "JSON": (*VALUE, "isJsonNull", *TEXTS_ONLY, "contains", "regex"),
}
"""The comparators of each kind, from the contract."""
ORDERING = ("lt", "lte", "gt", "gte", "between")
PATTERNS = ("a", "^.$", r"^\w*$", "%|_", "[ßé]", "^$")
PATHS: tuple[list[str], ...] = ([], ["a"], ["b"], ["b", "0"], ["b", "a"], ["1", "0"])
DIRECTIONS = ("ASC", "ASC_NULLS_FIRST", "ASC_NULLS_LAST", "DESC", "DESC_NULLS_FIRST", "DESC_NULLS_LAST")
COUNTS = ({"eq": 0}, {"gte": 2}, {"in": [1, 3]}, {"between": [1, 2]}, {"neq": 1}, {"isNull": False})
LABEL_FIELDS = {
    "ulabels": ("name", "uid"),
    "records": ("name", "uid"),
    "cellTypes": ("name", "uid", "ontologyId", "synonyms"),
}

GROUPED = {"artifacts": "suffix", "runs": "name", "records": "isType"}
"""The column that groups of each registry may be by."""


def operands_of(kind: str, pool: Pool) -> list[Any]:
    """What columns of a kind are compared with; instants are in another zone, and a JSON null would be an error."""
    match kind:
        case "DATETIME":
            return [(value + timedelta(hours=2)).isoformat()[:-6] + "+02:00" for value in pool[kind]]
        case "DATE":
            return [value.date().isoformat() for value in pool["DATETIME"]]
        case "JSON":
            return [value for value in pool[kind] if value is not None] + ["x", True]
        case _:
            return [*pool[kind]]


JSON_ORDERED = (5, 1.5, "a", "ß")
"""What can be less than another in JSON."""


@dataclass(frozen=True)
class Question:
    """A list that is asked for, and a page of it; the cursors are places, taken modulo the length of the list."""

    registry: str
    filter: Filter
    order: Order
    page: dict[str, int]
    groups: list[dict[str, Any]]


class Questions:
    """Makes questions about an instance."""

    def __init__(self, choices: Choices, instance: RandomInstance) -> None:
        self._choices = choices
        self._features = instance.features
        self._pool = instance.pool
        self._operands = {kind: operands_of(kind, instance.pool) for kind in (*VALUES, "DATE")}

    def question(self, registry: str) -> Question:
        """Ask for a list of a registry."""
        filter_ = {} if self._choices.yes(12) else self.filter(registry, least=1)
        return Question(registry, filter_, self.order(registry), self._page(), self._groups(registry))

    # Comparators

    def _comparators(self, kind: str, operands: Sequence[Any], names: Sequence[str]) -> dict[str, Any]:
        """A comparator or two with what stands behind them."""
        chosen = self._choices.some(names, 1, 1 + self._choices.yes(4))
        return {name: self._behind(kind, name, operands) for name in chosen}

    def _behind(self, kind: str, name: str, operands: Sequence[Any]) -> Any:
        if name in PARTS:
            return self._part(PARTS[name][0])
        if name in TEXTS_ONLY:
            return self._choices.one([*self._pool["STRING"], *(("[", "1") if kind == "JSON" else ())])
        if name in ORDERING and kind == "JSON":
            operands = JSON_ORDERED
        match name:
            case "isNull" | "isJsonNull":
                return self._choices.yes()
            case "in" | "notIn":
                return self._choices.several(operands, 0, 3)
            case "between":
                return self._choices.several(operands, 2, 2)
            case "regex":
                return self._choices.one(PATTERNS)
            case _:
                return self._choices.one(operands)

    def _part(self, kind: str) -> dict[str, Any]:
        """Comparators of a part: numbers that months, hours and weekdays have."""
        if kind != "INT":
            return self._comparators(kind, self._operands[kind], COMPARATORS[kind])
        return {name: self._choices.one((3, 0, 5, 2026)) for name in self._choices.some(("gte", "lt"), 1, 2)}

    # Filters

    def filter(self, registry: str, deep: int = DEEPEST, hops: int = DEEPEST, least: int = 0) -> Filter:
        """Ask for some rows, by at least so many entries."""
        known = REGISTRIES[registry]
        names = list(known.columns)
        if hops:
            names += [*known.to_one, *known.to_many, *known.closures] * 2
        if deep:
            names += ["and", "or", "not"] * 2
        names += ["features"] * (16 if known.json else 0)
        chosen = dict.fromkeys(self._choices.several(names, least, 1 + self._choices.yes(3)))
        return {name: self._entry(registry, name, deep, hops) for name in chosen}

    def _entry(self, registry: str, name: str, deep: int, hops: int) -> Any:
        known = REGISTRIES[registry]
        if name in ("and", "or"):
            return [self.filter(registry, deep - 1, hops) for _ in range(self._choices.number(0, 3))]
        if name == "not":
            return self.filter(registry, deep - 1, hops)
        if name == "features":
            return [self._predicate(registry) for _ in range(1 + self._choices.yes(3))]
        if name in known.to_one:
            return self._to_one(known.to_one[name][1], deep and deep - 1, hops - 1)
        if name in known.to_many:
            return self._quantifiers(known.to_many[name].target, deep and deep - 1, hops - 1)
        if name in known.closures:
            quantified = self._quantifiers(registry, deep and deep - 1, hops - 1)
            return {**quantified, "orSelf": True} if self._choices.yes() else quantified
        kind = known.columns[name]
        found = self._comparators(kind, self._operands[kind], COMPARATORS[kind])
        return [{"path": self._choices.one(PATHS), **found}] if kind == "JSON" else found

    def _to_one(self, target: str, deep: int, hops: int) -> Filter:
        """A filter of a to-one relation, which may ask whether there is a row."""
        inner, absent = self.filter(target, deep, hops, 1), {"isNull": self._choices.yes()}
        return self._choices.one((inner, absent, {}, {"or": [inner, absent]}, {"not": absent}, {"not": inner}))

    def _quantifiers(self, target: str, deep: int, hops: int) -> dict[str, Any]:
        word = self._choices.one(("some", "every", "none", "count"))
        return {word: self._choices.one(COUNTS) if word == "count" else self.filter(target, deep, hops)}

    # Features

    def _feature(self, features: Sequence[Feature]) -> tuple[Feature, dict[str, str]]:
        """A feature and what tells it."""
        feature = self._choices.one(features)
        return feature, {"uid": feature.uid} if self._choices.yes(4) else {"name": feature.name}

    def _predicate(self, registry: str) -> dict[str, Any]:
        feature, told = self._feature(self._features)
        if feature.labels:
            return told | self._of_labels(feature, [*REGISTRIES[registry].labels])
        path = {"path": self._choices.one(PATHS[1:])} if feature.kind == "JSON" and self._choices.yes() else {}
        whole = feature.kind == "JSON" and not path
        without = ORDERING if whole else PARTS
        names = [name for name in COMPARATORS[feature.kind] if name not in without]
        found = self._comparators(feature.kind, operands(feature), names)
        if whole and feature.is_list and "contains" in found:
            found["contains"] = self._choices.one(elements(feature))
        return told | path | found

    def _of_labels(self, feature: Feature, there: Sequence[str]) -> dict[str, Any]:
        """Comparators of the label's own text, or conditions on its fields, or both."""
        values = [*self._pool["STRING"], *(f"ontologyId{number}" for number in range(1, 4))]
        found = self._comparators("STRING", values, COMPARATORS["STRING"])
        registries = [name for name, _ in feature.labels if name in there]
        if not registries or self._choices.yes():
            return found
        fields = self._choices.some(LABEL_FIELDS[self._choices.one(registries)], 1, 2)
        label = {name: self._comparators("STRING", values, COMPARATORS["STRING"]) for name in fields}
        return {"label": label, **(found if self._choices.yes(3) else {})}

    def _sortable_features(self, registry: str) -> list[Feature]:
        """The features whose values a registry has and that are neither lists nor dicts."""
        known = REGISTRIES[registry]
        if known.json is None:
            return []
        return [
            feature
            for feature in self._features
            if (any(name in known.labels for name, _ in feature.labels) if feature.labels else feature.kind != "JSON")
        ]

    # Orders, groups, pages

    def order(self, registry: str) -> Order:
        """Up to three keys: columns, columns of to-one relations, numbers of related rows, features."""
        known = REGISTRIES[registry]
        counts = [f"{relation}Count" for relation in known.to_many]
        features = ["feature"] * (4 if self._sortable_features(registry) else 0)
        names = [*_sortable(registry), *known.to_one, *counts, *features]
        return [{name: self._key(registry, name)} for name in dict.fromkeys(self._choices.several(names, 0, 3))]

    def _key(self, registry: str, name: str) -> Any:
        direction = self._choices.one(DIRECTIONS)
        known = REGISTRIES[registry]
        if name == "feature":
            _, told = self._feature(self._sortable_features(registry))
            return {**told, "direction": direction}
        if name in known.to_one:
            return {self._choices.one(_sortable(known.to_one[name][1])): direction}
        return direction

    def _groups(self, registry: str) -> list[dict[str, Any]]:
        """By features, and by a column; now and then."""
        features = self._sortable_features(registry)
        if not features or not self._choices.yes(3):
            return []
        by: list[dict[str, Any]] = [{"feature": feature.name} for feature in self._choices.some(features, 1, 2)]
        return [*by, {GROUPED[registry]: True}] if self._choices.yes() else by

    def _page(self) -> dict[str, int]:
        """Arguments of a page."""
        kind = self._choices.number(0, 2)
        page = {name: self._choices.number(0, 4) for name in [[], ["first"], ["last"]][kind]}
        if kind < 2 and self._choices.yes():
            page["offset"] = self._choices.number(0, 3)
        return page | {name: self._choices.number(0, 6) for name in ("after", "before") if self._choices.yes(3)}


def _sortable(registry: str) -> list[str]:
    return [name for name, kind in REGISTRIES[registry].columns.items() if kind != "JSON"]
