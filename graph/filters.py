"""From a filter argument to a condition of a plan."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from lnql.errors import InvalidError
from lnql.suggestions import did_you_mean

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
    Lacks,
    Negation,
    Reaches,
    Related,
    Slot,
    Some,
)
from .feature_guard import AskedFeatures
from .features import FeatureParser
from .field_comparisons import parse_field_comparison
from .filter_inputs import LOGIC
from .operands import Operands, refuse_null
from .positions import Position
from .registry import Closure, Field, RegistryInfo, ToMany, ToOne
from .scalars import Kind
from .settings import Limits


class FilterParser:
    """Turns a filter argument into a condition; values go to `bind`, which gives their slots.

    Raises:
        InvalidError: for a null, an empty comparator or a value that does not fit.
        TooComplexError: beyond a limit.
    """

    def __init__(self, limits: Limits, bind: Callable[[Any], Slot], features: AskedFeatures) -> None:
        self.operands = Operands(limits, bind)
        self._bind = bind
        self._features = features

    def parse(self, info: RegistryInfo, value: Mapping[str, Any]) -> Condition:
        """Read the filter of a connection."""
        return self._all(info, value, Position(("filter",)))

    def _all(self, info: RegistryInfo, value: Mapping[str, Any], position: Position) -> Condition:
        conditions = [self._entry(info, key, entry, position.at(key)) for key, entry in value.items()]
        return conditions[0] if len(conditions) == 1 else AllOf(tuple(conditions))

    def _entry(self, info: RegistryInfo, key: str, value: Any, position: Position) -> Condition:
        self.operands.count(position)
        refuse_null(value, position, hint="Leave it out, or say isNull.")
        if key in LOGIC:
            return self._logic(info, key, value, position)
        if key == "isNull":
            return self._absent(info, value, position)
        if key == "features" and info.features:
            return FeatureParser(self, self._features, self._bind).parse(info.features, value, position)
        if key == "fields":
            return self._fields_compared(info, value, position)
        if key in info.fields:
            field = info.fields[key]
            compare = self._json_comparisons if field.kind is Kind.JSON else self.field_comparisons
            return AllOf(tuple(compare(field, value, position)))
        if key in info.to_one:
            return self._related(info.to_one[key], value, position)
        if key in info.closures:
            return self._reached(info.closures[key], value, position)
        return self._quantified(info.to_many[key], value, position)

    def _absent(self, info: RegistryInfo, flag: bool, position: Position) -> Condition:
        if not position.optional:
            raise InvalidError(
                f"{position}: no {info.singular_words} can be missing here.",
                hint="isNull is said of a to-one relation; of related rows say none: {} or count.",
            )
        return Absent(flag)

    def _logic(self, info: RegistryInfo, key: str, value: Any, position: Position) -> Condition:
        below = position.deeper()
        self.operands.count(below)
        if key == "not":
            inner = self._all(info, value, below)
            return NOTHING if inner == EVERYTHING else Negation(inner)
        children = [self._all(info, child, below.at(str(number))) for number, child in enumerate(value)]
        return AllOf(tuple(children)) if key == "and" else AnyOf(tuple(children))

    # Relations

    def _related(self, relation: ToOne, value: Mapping[str, Any], position: Position) -> Condition:
        return Related(relation, self._all(relation.target, value, position.across(optional=True)))

    def _quantified(self, relation: ToMany, value: Mapping[str, Any], position: Position) -> Condition:
        some, counted = partial(Some, relation), partial(Counted, relation)
        return self._quantifiers(relation.target, value, position, some, counted)

    def _reached(self, closure: Closure, value: Mapping[str, Any], position: Position) -> Condition:
        quantifiers = {word: entry for word, entry in value.items() if word != "orSelf"}
        or_self = value.get("orSelf", False)
        refuse_null(or_self, position.at("orSelf"))
        some, counted = partial(Reaches, closure, or_self=or_self), partial(CountedReach, closure, or_self)
        return self._quantifiers(closure.target, quantifiers, position, some, counted)

    def _quantifiers(
        self,
        target: RegistryInfo,
        value: Mapping[str, Any],
        position: Position,
        some: Callable[..., Condition],
        counted: Callable[..., Condition],
    ) -> Condition:
        """Read what is said of many rows; `some` makes the condition that one is like this, `counted` of their number.

        That each one is so is said the other way round: there is none that fails.
        """
        if not value:
            raise InvalidError(f"{position} says nothing.", hint="Say some, every, none or count.")
        conditions: list[Condition] = []
        for word, entry in value.items():
            below = position.at(word).across(optional=False)
            self.operands.count(below)
            refuse_null(entry, below)
            if word == "count":
                conditions.append(AllOf(tuple(counted(*one) for one in self.operands.read(Kind.INT, entry, below))))
                continue
            inner = self._all(target, entry, below)
            conditions.append(some(inner) if word == "some" else Lacks(some(inner, fails=word == "every")))
        return AllOf(tuple(conditions))

    # Comparisons

    def _fields_compared(self, info: RegistryInfo, value: Sequence[Mapping[str, Any]], position: Position) -> Condition:
        conditions: list[Condition] = []
        for number, entry in enumerate(value):
            below = position.at(str(number))
            self.operands.count(below)
            conditions += parse_field_comparison(info, entry, below)
        return AllOf(tuple(conditions))

    def field_comparisons(self, field: Field, value: Mapping[str, Any], position: Position) -> list[Condition]:
        """Read the comparators of a column."""
        if field.words:
            _check_words(field, value, position)
        return [Compare(field, *one) for one in self.operands.read(field.kind, value, position)]

    def _json_comparisons(
        self, field: Field, value: Sequence[Mapping[str, Any]], position: Position
    ) -> list[Condition]:
        return [
            condition
            for number, entry in enumerate(value)
            for condition in self._json_comparison(field, dict(entry), position.at(str(number)))
        ]

    def _json_comparison(self, field: Field, entry: dict[str, Any], position: Position) -> list[Condition]:
        path = self.operands.json_path(entry.pop("path", []), position)
        return [JsonCompare(field, path, *one) for one in self.operands.read_json(entry, position)]


def _check_words(field: Field, value: Mapping[str, Any], position: Position) -> None:
    """Refuse words that are no status: they would silently match nothing."""
    for name in ("eq", "neq", "in", "notIn"):
        operand = value.get(name)
        words: Sequence[Any] = operand if isinstance(operand, list) else [operand]
        for word in words:
            if word is not None and word not in field.words:
                known = ", ".join(field.words)
                raise InvalidError(
                    f"{position}.{name}: {word!r} is no status.",
                    hint=did_you_mean(word, field.words) or f"There are {known}.",
                )
