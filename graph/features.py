"""Features in filters and orders: the generated inputs, and how predicates become conditions of a plan.

One predicate speaks of one value: all its comparators have to hold of the same. `neq` and `notIn` are the complement of
`eq` and `in`, so that rows without the feature are returned; `isNull` is about having a value at all.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lnql.errors import InvalidError, LnqlError
from lnql.models.features import equal_hashes

from .comparators import BY_NAME, ORDERING, Comparator, Takes, comparators_of
from .conditions import (
    AllOf,
    AnyOf,
    Condition,
    HasLabel,
    HasValue,
    JsonPath,
    JsonTest,
    Lacks,
    Slot,
    TypedTest,
    ValueTest,
)
from .feature_catalog import Feature, FeatureError
from .feature_forms import HASHED, JSON_FORM, LIST, TEXT, Form, element_form, form_of, label_form
from .feature_guard import AskedFeatures
from .feature_places import FeaturePlaces, LabelPlace, Place, label_field
from .operands import refuse_null
from .order_keys import FeatureColumn
from .positions import Position
from .registry import Field
from .scalars import Kind

if TYPE_CHECKING:
    from .filters import FilterParser

COMPLEMENTS = {"neq": "eq", "notIn": "in"}
"""Comparators that say that a row has no value of which another comparator holds."""

LABEL = "label"
"""The key of a predicate that holds further conditions on the label."""

TYPED = {kind: kind for kind in (Kind.STRING, Kind.BOOLEAN, Kind.DATETIME)} | {Kind.DATE: Kind.STRING}
"""What values are compared as that are compared as values of SQL; others are compared as JSON."""

# Parsing -------------------------------------------------------------------------------------------------------------


class FeatureParser:
    """Turns feature predicates and feature orders into conditions and keys of a plan.

    Raises:
        FeatureError: for a feature that is unknown or ambiguous, and for a value that its dtype does not take.
        InvalidError: for a null, or a predicate that says nothing.
    """

    def __init__(self, filters: "FilterParser", features: AskedFeatures, bind: Callable[[Any], Slot]) -> None:
        self._filters = filters
        self._features = features
        self._bind = bind

    def parse(self, places: FeaturePlaces, predicates: Sequence[Mapping[str, Any]], place: Position) -> Condition:
        """Read the predicates of a filter."""
        return AllOf(tuple(self._predicate(places, entry, place.at(str(n))) for n, entry in enumerate(predicates)))

    def _predicate(self, places: FeaturePlaces, entry: Mapping[str, Any], place: Position) -> Condition:
        for name, value in entry.items():
            if value is None:
                raise InvalidError(f"{place}.{name} is null.", hint="Ask for missing values with isNull.")
        feature = self._features.one(entry.get("name"), entry.get("uid"), place)
        asked = {name: value for name, value in entry.items() if name not in ("name", "uid", "path")}
        if not asked:
            raise InvalidError(f"{place} says nothing about the feature.", hint="Give a comparator, such as isNull.")
        read = _LabelReader if feature.dtype.is_categorical else _ValueReader
        return read(self._filters, self._bind, places, feature, place).read(asked, entry.get("path"))


class _Reader(ABC):
    """Reads one predicate."""

    def __init__(
        self,
        filters: "FilterParser",
        bind: Callable[[Any], Slot],
        places: FeaturePlaces,
        feature: Feature,
        place: Position,
    ) -> None:
        self._filters = filters
        self._operands = filters.operands
        self._bind = bind
        self._places = places
        self._feature = feature
        self._place = place
        self._slot = bind(feature.id)

    @abstractmethod
    def _has(self, asked: Mapping[str, Any]) -> Condition:
        """The row has a value of which all that is asked holds; any value, where nothing is."""

    def _read(self, asked: Mapping[str, Any], fitting: Sequence[str]) -> Condition:
        """Read what is asked, with the comparators that fit the feature."""
        for name in asked:
            if name not in fitting:
                raise FeatureError(
                    f"{self._place}: {self._feature} has no {name}.", hint=f"It has {', '.join(fitting)}."
                )
        conditions: list[Condition] = [
            Lacks(self._has({other: asked[name]})) for name, other in COMPLEMENTS.items() if name in asked
        ]
        if "isNull" in asked:
            conditions.append(Lacks(self._has({})) if asked["isNull"] else self._has({}))
        if others := {name: value for name, value in asked.items() if name not in (*COMPLEMENTS, "isNull")}:
            conditions.append(self._has(others))
        return AllOf(tuple(conditions))

    def _checked(self, name: str, value: Any, form: Form) -> Any:
        """Read the operand of a comparator."""
        self._operands.count(self._place)
        takes = BY_NAME[name].takes
        if takes in (Takes.FLAG, Takes.PATTERN):
            return value
        if takes in (Takes.VALUE, Takes.TEXT):
            return self._one(name, value, form)
        self._operands.limit_list(value, self._place.at(name), pair=takes is Takes.PAIR)
        return [self._one(name, item, form) for item in value]

    def _one(self, name: str, value: Any, form: Form) -> Any:
        try:
            if value is not None:
                return form.read(value)
        except LnqlError:
            pass  # told below, with the feature
        shown = str(value)[:60] if value is not None else "null"
        raise FeatureError(
            f"{self._place}.{name}: {shown!r} does not fit. {self._feature} takes {form.what}.",
        ) from None


class _LabelReader(_Reader):
    """Reads a predicate on a categorical feature: its labels are compared by the field that the dtype names."""

    def read(self, asked: dict[str, Any], path: Sequence[str] | None) -> Condition:
        if path is not None:
            raise FeatureError(f"{self._place}.path: {self._feature} has labels as values, which have no keys.")
        return self._read(asked, [*(comparator.name for comparator in comparators_of(Kind.STRING)), LABEL])

    def _has(self, asked: Mapping[str, Any]) -> Condition:
        label = asked.get(LABEL, {})
        places = self._places.of(self._feature.dtype)
        known = [(place, field) for place, field in places if self._knows(place, label)]
        if label and not known:
            raise FeatureError(f"{self._place}.label: the labels of {self._feature} have no {', '.join(label)}.")
        return AnyOf(
            tuple(
                HasLabel(place, self._slot, AllOf(tuple(self._conditions(place, field, asked, label))))
                for place, field in known
            )
        )

    def _knows(self, place: LabelPlace, label: Mapping[str, Any]) -> bool:
        return all(name == "name" or name in place.target.fields for name in label)

    def _conditions(
        self, place: LabelPlace, field: Field, asked: Mapping[str, Any], label: Mapping[str, Any]
    ) -> Iterator[Condition]:
        form = label_form(field)
        compared = {
            ("eq" if name == "contains" and self._feature.dtype.is_list else name): self._checked(name, value, form)
            for name, value in asked.items()
            if name != LABEL
        }
        if compared:
            yield from self._filters.field_comparisons(field, compared, self._place)
        for name, value in label.items():
            target = label_field(place.target, None) if name == "name" else place.target.fields[name]
            position = self._place.at("label").at(name)
            refuse_null(value, position)
            yield from self._filters.field_comparisons(target, value, position)


class _ValueReader(_Reader):
    """Reads a predicate on a feature whose values are JSON."""

    def read(self, asked: dict[str, Any], path: Sequence[str] | None) -> Condition:
        self._form = form_of(self._feature) if path is None else JSON_FORM
        self._path = self._json_path(path)
        return self._read(asked, self._fitting())

    def _json_path(self, keys: Sequence[str] | None) -> JsonPath | None:
        if keys is None:
            return None
        if form_of(self._feature).kind is not Kind.JSON:
            raise FeatureError(f"{self._place}.path: {self._feature} has values without keys; leave the path out.")
        return self._operands.json_path(keys, self._place)

    def _fitting(self) -> Sequence[str]:
        """The comparators that fit; a whole list or dict is neither more nor less than another."""
        names = [comparator.name for comparator in comparators_of(self._form.kind)]
        return names if self._path or self._form.kind is not Kind.JSON else [n for n in names if n not in ORDERING]

    def _has(self, asked: Mapping[str, Any]) -> HasValue:
        tests = [test for name, value in asked.items() for test in self._tests(name, value)]
        return HasValue(self._places.json, self._slot, tuple(tests or self._anything()))

    def _anything(self) -> list[ValueTest]:
        return [] if self._path is None else [self._present()]

    def _present(self) -> JsonTest:
        """There is something at the path."""
        return JsonTest(self._path, BY_NAME["isNull"], (), flag=False)

    def _tests(self, name: str, value: Any) -> Iterator[ValueTest]:
        """What a comparator asks of a value."""
        if BY_NAME[name].takes is Takes.FLAG:
            yield self._present()
            yield JsonTest(self._path, BY_NAME[name], (), flag=value)
        else:
            yield self._test(BY_NAME[name], self._checked(name, value, self._form_behind(name)))

    def _form_behind(self, name: str) -> Form:
        """What stands behind a comparator."""
        if BY_NAME[name].takes is Takes.TEXT:
            return TEXT
        return element_form(self._feature) if name == "contains" and self._form is LIST else self._form

    def _test(self, comparator: Comparator, value: Any) -> ValueTest:
        place, hashes = self._place.at(comparator.name), self._hashes(comparator.name, value)
        if self._form.kind in TYPED:
            slots = self._operands.slots(comparator.takes, value, place)
            return TypedTest(TYPED[self._form.kind], comparator, slots, hashes)
        return JsonTest(self._path, comparator, self._operands.json_operands(comparator, value, place), hashes=hashes)

    def _hashes(self, name: str, value: Any) -> Slot | None:
        if self._form.kind not in HASHED or name not in ("eq", "in"):
            return None
        values = value if isinstance(value, list) else [value]
        return self._bind([hash_ for each in values for hash_ in equal_hashes(each)])


# Columns -------------------------------------------------------------------------------------------------------------

ORDERED_AS = {Kind.BOOLEAN: Kind.INT, Kind.DATE: Kind.STRING}
GROUPED_AS = {Kind.DATE: Kind.STRING, Kind.DATETIME: Kind.STRING}
"""What JSON values are ordered or grouped as, where it is another kind; labels are of the kind of their field."""


def feature_column(
    places: FeaturePlaces, feature: Feature, bind: Callable[[Any], Slot], place: object, kinds: Mapping[Kind, Kind]
) -> FeatureColumn:
    """Take the values of a feature for a column.

    Raises:
        FeatureError: for a feature whose values are lists or dicts, or that has no values here.
    """
    found, kind = _column(places, feature)
    if kind is Kind.JSON:
        raise FeatureError(f"{place}: {feature} has no values here that have an order.")
    kind = kind if feature.dtype.is_categorical else kinds.get(kind, kind)
    return FeatureColumn(f"feature:{feature.uid}", bind(feature.id), kind, found)


def number_column(places: FeaturePlaces, feature: Feature, bind: Callable[[Any], Slot], place: object) -> FeatureColumn:
    """Take the values of a feature for a column of numbers.

    Raises:
        FeatureError: for a feature whose values are no numbers.
    """
    if feature.dtype.is_categorical or form_of(feature).kind is not Kind.FLOAT:
        raise FeatureError(f"{place}: {feature} has values that are no numbers.")
    return feature_column(places, feature, bind, place, {})


def _column(places: FeaturePlaces, feature: Feature) -> tuple[tuple[tuple[Place, Field | None], ...], Kind]:
    """The places of a feature, and the kind of its values; JSON stands for what has no order."""
    if not feature.dtype.is_categorical:
        return ((places.json, None),), form_of(feature).kind
    found = tuple(places.of(feature.dtype))
    kinds = {field.kind for _, field in found}
    return found, kinds.pop() if len(kinds) == 1 else Kind.JSON
