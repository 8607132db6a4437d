"""A reference evaluator: what filters, orders and pages mean, by brute force over rows in plain Python.

Written from the contract and the rules of the design, not from the code that makes the SQL.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .reference_features import Feature, Label, Value, keys, meets_predicate, ordering
from .reference_values import Truth, compare, every, meets, meets_json, negation, some

Row = Mapping[str, Any]
Filter = Mapping[str, Any]
Order = Sequence[Mapping[str, Any]]

MAIN = 1
"""The branch that is asked where the filter does not ask for branches."""
UNLESS_ASKED_FOR = ("uid", "databaseId", "hash")
"""Fields that lift the rule of the branch where they are given by `eq` or `in`."""


@dataclass(frozen=True)
class ToMany:
    """A relation to many rows: `own` and `other` are the fields of `pairs` that point to this and to the other row.

    Without `other`, `pairs` are the other rows themselves, which point to this one.
    """

    target: str
    pairs: str
    own: str
    other: str | None = None


@dataclass(frozen=True)
class Registry:
    """A registry: the kinds of its columns, its foreign keys (field and target), its relations to many."""

    columns: Mapping[str, str]
    to_one: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    to_many: Mapping[str, ToMany] = field(default_factory=dict)
    closures: Mapping[str, str] = field(default_factory=dict)
    """By name, the relation to many that is followed again and again."""
    json: ToMany | None = None
    """Where the rows have values of features: rows with `feature` and `value`; None if they cannot have any."""
    labels: Mapping[str, ToMany] = field(default_factory=dict)
    """Where the rows have labels as values of features, by the labels' registry; `pairs` name the feature."""


@dataclass(frozen=True)
class Page:
    """A page of a list, and what is said of its neighbours."""

    rows: Sequence[Row]
    has_next: bool
    has_previous: bool


class Reference:
    """Answers questions over the rows of each registry and link table, by name."""

    def __init__(
        self, registries: Mapping[str, Registry], features: Sequence[Feature], tables: Mapping[str, Sequence[Row]]
    ) -> None:
        self._registries = registries
        self._features = {name: feature for feature in features for name in (feature.name, feature.uid)}
        self._tables = tables

    # Filters

    def matching(self, registry: str, filter_: Filter) -> list[Row]:
        """The rows that a root connection lists, by ascending id."""
        lifted = "branchId" not in self._registries[registry].columns or lifts_branch_rule(filter_)
        rows = sorted(self._tables[registry], key=lambda row: row["databaseId"])
        return [row for row in rows if (lifted or row["branchId"] == MAIN) and self.holds(registry, filter_, row)]

    def holds(self, registry: str, filter_: Filter, row: Row) -> Truth:
        """What a filter is of a row."""
        return every(self._entry(registry, name, value, row) for name, value in filter_.items())

    def _entry(self, registry: str, name: str, value: Any, row: Row) -> Truth:
        known = self._registries[registry]
        if name in ("and", "or"):
            truths = (self.holds(registry, part, row) for part in value)
            return every(truths) if name == "and" else some(truths)
        if name == "not":
            return negation(self.holds(registry, value, row)) if value else False
        if name == "isNull":
            return not value
        if name in known.to_one:
            return self._to_one(*known.to_one[name], value, row)
        if name in known.to_many:
            return self._quantified(known.to_many[name].target, self.related(registry, name, row), value)
        if name in known.closures:
            reached = self.reached(registry, known.closures[name], row, or_self=value.get("orSelf", False))
            return self._quantified(registry, reached, value)
        if name == "features":
            return all(self._predicate(registry, entry, row) for entry in value)
        kind = known.columns[name]
        if kind == "JSON":
            return every(meets_json(row[name], entry) for entry in value)
        return meets(kind, row[name], value)

    def _to_one(self, key: str, target: str, filter_: Filter, row: Row) -> bool:
        there = self.by_id(target, row[key])
        return holds_without_row(filter_) if there is None else self.holds(target, filter_, there) is True

    def _quantified(self, target: str, rows: Sequence[Row], quantifiers: Mapping[str, Any]) -> Truth:
        return every(
            self._quantifier(target, rows, word, value) for word, value in quantifiers.items() if word != "orSelf"
        )

    def _quantifier(self, target: str, rows: Sequence[Row], word: str, value: Any) -> Truth:
        if word == "count":
            return every(compare(name, len(rows), operand) for name, operand in value.items())
        met = [self.holds(target, value, row) is True for row in rows]
        return {"some": any(met), "every": all(met), "none": not any(met)}[word]

    # Relations

    def by_id(self, registry: str, key: int | None) -> Row | None:
        """The row with an id."""
        return next((row for row in self._tables[registry] if row["databaseId"] == key), None)

    def related(self, registry: str, relation: str, row: Row) -> list[Row]:
        """The rows of a relation to many, each once."""
        return self._linked(self._registries[registry].to_many[relation], row)

    def _linked(self, known: ToMany, row: Row, **also: Any) -> list[Row]:
        """The rows that pairs of a row lead to, only those pairs of which the rest is so too."""
        pairs = [pair for pair in self._tables[known.pairs] if {**pair, known.own: row["databaseId"], **also} == pair]
        if known.other is None:
            return pairs
        found = {pair[known.other] for pair in pairs}
        return [other for other in self._tables[known.target] if other["databaseId"] in found]

    def reached(self, registry: str, relation: str, row: Row, *, or_self: bool) -> list[Row]:
        """The rows that a relation reaches in any number of steps; the start only with `or_self`."""
        found: dict[int, Row] = {}
        waiting = [row]
        while waiting:
            for other in self.related(registry, relation, waiting.pop()):
                if other["databaseId"] not in found:
                    found[other["databaseId"]] = other
                    waiting.append(other)
        found.pop(row["databaseId"], None)
        return [*([row] if or_self else []), *found.values()]

    # Features

    def values(self, registry: str, feature: Feature, row: Row) -> list[Value]:
        """What a row has as values of a feature."""
        known = self._registries[registry]
        if feature.labels:
            return [
                Label(label, field)
                for target, field in feature.labels
                if target in known.labels
                for label in self._linked(known.labels[target], row, feature=feature.id)
            ]
        assert known.json is not None
        return [other["value"] for other in self._linked(known.json, row) if other["feature"] == feature.id]

    def _told(self, by: Mapping[str, Any]) -> Feature:
        return self._features[by.get("name") or by["uid"]]

    def _predicate(self, registry: str, predicate: Row, row: Row) -> bool:
        feature = self._told(predicate)
        return meets_predicate(feature, self.values(registry, feature, row), predicate)

    def groups(self, registry: str, rows: Iterable[Row], by: Sequence[Mapping[str, Any]]) -> Counter[tuple[Any, ...]]:
        """How many rows there are in each group, by its keys."""
        found = (itertools.product(*(self._group_keys(registry, entry, row) for entry in by)) for row in rows)
        return Counter(itertools.chain.from_iterable(found))

    def _group_keys(self, registry: str, by: Mapping[str, Any], row: Row) -> list[Any]:
        ((name, value),) = by.items()
        if name != "feature":
            return [row[name]]
        return keys(self.values(registry, self._features[value], row))

    # Orders

    def ordered(self, registry: str, rows: Iterable[Row], order: Order) -> list[Row]:
        """Rows by the keys of an order, the first of which weighs most, and by ascending id at last."""
        listed = sorted(rows, key=lambda row: row["databaseId"])
        for entry in reversed(order):
            ((name, value),) = entry.items()
            keys = {row["databaseId"]: self._key(registry, name, value, row) for row in listed}
            listed = list(_directed(listed, keys, _direction(value)))
        return listed

    def _key(self, registry: str, name: str, value: Any, row: Row) -> Any:
        known = self._registries[registry]
        if name == "feature":
            feature = self._told(value)
            return ordering(feature, self.values(registry, feature, row), value["direction"])
        if name in known.to_one:
            key, target = known.to_one[name]
            there = self.by_id(target, row[key])
            ((inner, deeper),) = value.items()
            return None if there is None else self._key(target, inner, deeper, there)
        if name.endswith("Count"):
            return len(self.related(registry, name.removesuffix("Count"), row))
        return row[name]


def holds_without_row(filter_: Filter) -> bool:
    """What the filter of a to-one relation is where there is no row: its conditions are false, their negations true."""
    return bool(filter_) and all(_entry_without_row(name, value) for name, value in filter_.items())


def _entry_without_row(name: str, value: Any) -> bool:
    match name:
        case "isNull":
            return bool(value)
        case "not":
            return bool(value) and not holds_without_row(value)
        case "and":
            return bool(value) and all(map(holds_without_row, value))
        case "or":
            return any(map(holds_without_row, value))
        case _:
            return False


def lifts_branch_rule(filter_: Filter) -> bool:
    """Whether a filter asks for rows of any branch."""
    asked = any({"eq", "in"} & filter_.get(name, {}).keys() for name in UNLESS_ASKED_FOR)
    return asked or _asks_for_branches(filter_)


def _asks_for_branches(filter_: Filter) -> bool:
    parts = [*filter_.get("and", []), *filter_.get("or", []), *([filter_["not"]] if "not" in filter_ else [])]
    return bool({"branch", "branchId"} & filter_.keys()) or any(map(_asks_for_branches, parts))


def _direction(value: Any) -> str:
    while isinstance(value, Mapping):
        value = value.get("direction") or next(iter(value.values()))
    return str(value)


def _directed(rows: Sequence[Row], keys: Mapping[int, Any], direction: str) -> Iterator[Row]:
    """Rows by their keys, those of equal keys as they are; NULLs last ascending, first descending, unless said."""
    descending = direction.startswith("DESC")
    nulls_first = direction.endswith("NULLS_FIRST") or direction == "DESC"
    absent = [row for row in rows if keys[row["databaseId"]] is None]
    present = [row for row in rows if keys[row["databaseId"]] is not None]
    present.sort(key=lambda row: keys[row["databaseId"]], reverse=descending)
    yield from [*absent, *present] if nulls_first else [*present, *absent]


def page(
    rows: Sequence[Row],
    *,
    first: int | None = None,
    last: int | None = None,
    after: int | None = None,
    before: int | None = None,
    offset: int = 0,
) -> Page:
    """A page of an ordered list; `after` and `before` are the places in it that cursors speak of."""
    start = 0 if after is None else after + 1
    window = rows[start:before][offset:]
    if last is not None:
        return Page(window[max(len(window) - last, 0) :], before is not None, len(window) > last or after is not None)
    shown = window if first is None else window[:first]
    return Page(shown, len(window) > len(shown) or before is not None, after is not None or offset > 0)
