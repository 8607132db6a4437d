"""From a filter argument to a condition of a plan."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lnql.errors import InvalidError, TooComplexError
from lnql.suggestions import did_you_mean

from .comparators import BY_NAME, ORDERING, Comparator, DatePart, Takes, comparators_of, parts_of
from .conditions import (
    EVERYTHING,
    NOTHING,
    Absent,
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Counted,
    CountedReach,
    JsonCompare,
    JsonOperand,
    JsonPath,
    Lacks,
    Negation,
    Reaches,
    Related,
    Slot,
    Some,
)
from .feature_catalog import Features
from .features import FeatureParser
from .filter_inputs import LOGIC
from .json_values import SCALARS, TYPE_OF
from .registry import Closure, Field, RegistryInfo, ToMany, ToOne
from .regular_expressions import check_regex
from .scalars import Kind
from .settings import Limits


@dataclass(frozen=True)
class _Place:
    """Where in a filter we are: the words that lead there, what is used of the limits, whether a row may be missing."""

    path: tuple[str, ...]
    depth: int = 0
    hops: int = 0
    optional: bool = False

    def __str__(self) -> str:
        return ".".join(self.path)

    def at(self, word: str) -> "_Place":
        return replace(self, path=(*self.path, word))

    def deeper(self) -> "_Place":
        return replace(self, depth=self.depth + 1)

    def across(self, *, optional: bool) -> "_Place":
        return replace(self, hops=self.hops + 1, optional=optional)


class FilterParser:
    """Turns a filter argument into a condition; values go to `bind`, which gives their slots.

    Raises:
        InvalidError: for a null, an empty comparator or a value that does not fit.
        TooComplexError: beyond a limit.
    """

    def __init__(self, limits: Limits, bind: Callable[[Any], Slot], features: Callable[[], Features]) -> None:
        self._limits = limits
        self._bind = bind
        self._features = features
        self._nodes = 0

    def parse(self, info: RegistryInfo, value: Mapping[str, Any]) -> Condition:
        """Read the filter of a connection."""
        return self._all(info, value, _Place(("filter",)))

    def _all(self, info: RegistryInfo, value: Mapping[str, Any], place: _Place) -> Condition:
        conditions = [self._entry(info, key, entry, place.at(key)) for key, entry in value.items()]
        return conditions[0] if len(conditions) == 1 else AllOf(tuple(conditions))

    def _entry(self, info: RegistryInfo, key: str, value: Any, place: _Place) -> Condition:
        self.count(place)
        if value is None:
            raise InvalidError(f"{place} is null.", hint="Leave it out, or say isNull.")
        if key in LOGIC:
            return self._logic(info, key, value, place)
        if key == "isNull":
            return self._absent(info, value, place)
        if key == "features" and info.features:
            return FeatureParser(self, self._features(), self._bind).parse(info.features, value, place)
        if key in info.fields:
            field = info.fields[key]
            compare = self._json_comparisons if field.kind is Kind.JSON else self.field_comparisons
            return AllOf(tuple(compare(field, value, place)))
        if key in info.to_one:
            return self._related(info.to_one[key], value, place)
        if key in info.closures:
            return self._reached(info.closures[key], value, place)
        return self._quantified(info.to_many[key], value, place)

    def count(self, place: _Place) -> None:
        """Count one more condition, wherever it stands."""
        self._nodes += 1
        limits = self._limits
        for found, most, what in (
            (self._nodes, limits.filter_nodes, "conditions"),
            (place.depth, limits.filter_depth, "levels of and, or and not"),
            (place.hops, limits.filter_hops, "relations one after another"),
        ):
            if found > most:
                raise TooComplexError(f"{place}: a filter may have {most} {what}, here are {found} or more.")

    def _absent(self, info: RegistryInfo, flag: bool, place: _Place) -> Condition:
        if not place.optional:
            raise InvalidError(
                f"{place}: no {info.singular_words} can be missing here.",
                hint="isNull is said of a to-one relation; of related rows say none: {} or count.",
            )
        return Absent(flag)

    def _logic(self, info: RegistryInfo, key: str, value: Any, place: _Place) -> Condition:
        below = place.deeper()
        self.count(below)
        if key == "not":
            inner = self._all(info, value, below)
            return NOTHING if inner == EVERYTHING else Negation(inner)
        children = [self._all(info, child, below.at(str(number))) for number, child in enumerate(value)]
        return AllOf(tuple(children)) if key == "and" else AnyOf(tuple(children))

    def _related(self, relation: ToOne, value: Mapping[str, Any], place: _Place) -> Condition:
        return Related(relation, self._all(relation.target, value, place.across(optional=True)))

    def _quantified(self, relation: ToMany, value: Mapping[str, Any], place: _Place) -> Condition:
        if not value:
            raise InvalidError(f"{place} says nothing.", hint="Say some, every, none or count.")
        return AllOf(tuple(self._quantifier(relation, *entry, place) for entry in value.items()))

    def _quantifier(self, relation: ToMany, word: str, value: Any, place: _Place) -> Condition:
        below = place.at(word).across(optional=False)
        self.count(below)
        if value is None:
            raise InvalidError(f"{below} is null.", hint="Leave it out.")
        if word == "count":
            pairs = self._operands(Kind.INT, value, below)
            return AllOf(tuple(Counted(relation, BY_NAME[name], slots, flag) for name, slots, flag in pairs))
        inner = self._all(relation.target, value, below)
        if word == "some":
            return Some(relation, inner)
        return Lacks(Some(relation, inner, fails=word == "every"))

    def _reached(self, closure: Closure, value: Mapping[str, Any], place: _Place) -> Condition:
        quantifiers = {word: entry for word, entry in value.items() if word != "orSelf"}
        or_self = value.get("orSelf", False)
        if or_self is None:
            raise InvalidError(f"{place}.orSelf is null.", hint="Leave it out.")
        if not quantifiers:
            raise InvalidError(f"{place} says nothing.", hint="Say some, every, none or count.")
        return AllOf(tuple(self._reach(closure, or_self, *entry, place) for entry in quantifiers.items()))

    def _reach(self, closure: Closure, or_self: bool, word: str, value: Any, place: _Place) -> Condition:
        below = place.at(word).across(optional=False)
        self.count(below)
        if value is None:
            raise InvalidError(f"{below} is null.", hint="Leave it out.")
        if word == "count":
            pairs = self._operands(Kind.INT, value, below)
            return AllOf(
                tuple(CountedReach(closure, or_self, BY_NAME[name], slots, flag) for name, slots, flag in pairs)
            )
        reaches = Reaches(closure, self._all(closure.target, value, below), or_self, fails=word == "every")
        return reaches if word == "some" else Lacks(reaches)

    # Comparisons

    def comparisons(
        self, kind: Kind, value: Mapping[str, Any] | None, path: tuple[str, ...]
    ) -> list[tuple[Comparator, tuple[Slot, ...], bool | None]]:
        """Read the comparators of a value that is no column: comparator, slots, flag."""
        place = _Place(path)
        if value is None:
            raise InvalidError(f"{place} is null.", hint="Leave it out.")
        return [(BY_NAME[name], slots, flag) for name, slots, flag in self._operands(kind, value, place)]

    def field_comparisons(self, field: Field, value: Mapping[str, Any], place: _Place) -> list[Condition]:
        """Read the comparators of a column."""
        if field.words:
            _check_words(field, value, place)
        return self._comparisons(field, (), value, place)

    def _comparisons(
        self, field: Field, parts: tuple[DatePart, ...], value: Mapping[str, Any], place: _Place
    ) -> list[Condition]:
        """Read the comparators of a column, or of a part of it."""
        kind = parts[-1].kind if parts else field.kind
        inner = [part for part in parts_of(kind) if part.name in value]
        plain = {name: operand for name, operand in value.items() if name in BY_NAME}
        conditions = [self._part(field, (*parts, part), value[part.name], place.at(part.name)) for part in inner]
        compared = self._operands(kind, plain, place) if plain or not inner else ()
        return [*conditions, *(Compare(field, BY_NAME[name], slots, flag, parts) for name, slots, flag in compared)]

    def _part(self, field: Field, parts: tuple[DatePart, ...], value: Any, place: _Place) -> Condition:
        if value is None:
            raise InvalidError(f"{place} is null.", hint="Leave it out.")
        return AllOf(tuple(self._comparisons(field, parts, value, place)))

    def _json_comparisons(self, field: Field, value: Sequence[Mapping[str, Any]], place: _Place) -> list[Condition]:
        return [
            condition
            for number, entry in enumerate(value)
            for condition in self._json_comparison(field, dict(entry), place.at(str(number)))
        ]

    def _json_comparison(self, field: Field, entry: dict[str, Any], place: _Place) -> list[Condition]:
        path = self.json_path(entry.pop("path", []), place)
        return [
            JsonCompare(field, path, BY_NAME[name], operands, flag)
            for name, operands, flag in self.json_operands(entry, place)
        ]

    def json_path(self, keys: Sequence[str] | None, place: Any) -> JsonPath:
        """Bind a path of keys into a JSON document."""
        if keys is None:
            raise InvalidError(f"{place}.path is null.", hint="Leave it out to speak of the whole value.")
        if len(keys) > self._limits.json_depth:
            raise TooComplexError(f"{place}.path has {len(keys)} keys; at most {self._limits.json_depth} are allowed.")
        return JsonPath(self._bind(list(keys)), tuple(_may_be_index(key) for key in keys))

    def json_operands(
        self, value: Mapping[str, Any], place: Any
    ) -> list[tuple[str, tuple[JsonOperand, ...], bool | None]]:
        """Bind what stands behind each comparator of a JSON value, by type: name, operands, flag."""
        if not value:
            raise InvalidError(f"{place} has no comparator; it would match everything.", hint=_known(Kind.JSON))
        return [(name, *self._json_operand(name, operand, place)) for name, operand in value.items()]

    def _json_operand(self, name: str, operand: Any, place: Any) -> tuple[tuple[JsonOperand, ...], bool | None]:
        self.count(place)
        if operand is None:
            raise InvalidError(
                f"{place}.{name} is null.", hint="Ask for absent values with isNull, null with isJsonNull."
            )
        if BY_NAME[name].takes is Takes.FLAG:
            return (), operand
        return self.json_bound(BY_NAME[name], operand, place.at(name)), None

    def json_bound(self, comparator: Comparator, operand: Any, place: Any) -> tuple[JsonOperand, ...]:
        """Bind what stands behind a comparator of a JSON value, by type."""
        match comparator.takes:
            case Takes.LIST:
                return tuple(self._json_groups(operand, place))
            case Takes.PAIR:
                self.limit_list(operand, place, pair=True)
            case Takes.PATTERN:
                check_regex(operand, self._limits.regex_characters, str(place))
        values = operand if comparator.takes is Takes.PAIR else [operand]
        return tuple(self._json_value(comparator, value, place) for value in values)

    def _json_value(self, comparator: Comparator, value: Any, place: Any) -> JsonOperand:
        type_ = TYPE_OF[type(value)]
        if comparator.name in ORDERING and type_ not in SCALARS:
            raise InvalidError(f"{place}: {value!r} is neither more nor less.", hint="Give a number or a text.")
        return JsonOperand(type_, False, self._bind(value))

    def _json_groups(self, values: Sequence[Any], place: Any) -> Iterator[JsonOperand]:
        """Bind the values of a list: texts together, numbers together, others one by one."""
        self.limit_list(values, place)
        types = [TYPE_OF[type(value)] for value in values]
        for type_ in SCALARS:
            if type_ in types:
                group = [value for value, own in zip(values, types, strict=True) if own is type_]
                yield JsonOperand(type_, True, self._bind(group))
        for value, type_ in zip(values, types, strict=True):
            if type_ not in SCALARS:
                self.count(place)
                yield JsonOperand(type_, False, self._bind(value))

    def _operands(
        self, kind: Kind, value: Mapping[str, Any], place: _Place
    ) -> list[tuple[str, tuple[Slot, ...], bool | None]]:
        """Bind what stands behind each comparator: name, slots, flag."""
        if not value:
            raise InvalidError(f"{place} has no comparator; it would match everything.", hint=_known(kind))
        bound: list[tuple[str, tuple[Slot, ...], bool | None]] = []
        for name, operand in value.items():
            self.count(place)
            takes = BY_NAME[name].takes
            if operand is None:
                raise InvalidError(f"{place}.{name} is null.", hint="Ask for missing values with isNull.")
            if takes is Takes.FLAG:
                bound.append((name, (), operand))
            else:
                bound.append((name, self.slots(takes, operand, place.at(name)), None))
        return bound

    def slots(self, takes: Takes, operand: Any, place: Any) -> tuple[Slot, ...]:
        """Bind what stands behind a comparator that is no flag."""
        if takes is Takes.PATTERN:
            check_regex(operand, self._limits.regex_characters, str(place))
        if takes in (Takes.VALUE, Takes.TEXT, Takes.PATTERN):
            return (self._bind(operand),)
        self.limit_list(operand, place, pair=takes is Takes.PAIR)
        return (self._bind(operand),) if takes is Takes.LIST else tuple(self._bind(item) for item in operand)

    def limit_list(self, values: Sequence[Any], place: Any, *, pair: bool = False) -> None:
        """Refuse a list that is too long, or that is no pair where there has to be one."""
        if len(values) > self._limits.list_items:
            raise TooComplexError(f"{place} has {len(values)} items; at most {self._limits.list_items} are allowed.")
        if pair and len(values) != 2:
            raise InvalidError(f"{place} has {len(values)} values; it takes two, the first and the last.")


def _known(kind: Kind) -> str:
    return f"It has {', '.join(comparator.name for comparator in comparators_of(kind))}."


def _may_be_index(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) < 10


def _check_words(field: Field, value: Mapping[str, Any], place: _Place) -> None:
    """Refuse words that are no status: they would silently match nothing."""
    for name in ("eq", "neq", "in", "notIn"):
        operand = value.get(name)
        words: Sequence[Any] = operand if isinstance(operand, list) else [operand]
        for word in words:
            if word is not None and word not in field.words:
                known = ", ".join(field.words)
                raise InvalidError(
                    f"{place}.{name}: {word!r} is no status.",
                    hint=did_you_mean(word, field.words) or f"There are {known}.",
                )
