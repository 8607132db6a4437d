"""What stands behind comparators in an argument: checked against the limits, its values bound to slots."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from lnql.errors import InvalidError, TooComplexError

from .comparators import BY_NAME, ORDERING, Comparator, Takes, ValuePart, comparators_of, parts_of
from .conditions import JsonOperand, JsonPath, Slot
from .json_values import SCALARS, TYPE_OF, JsonType
from .positions import Position
from .regular_expressions import check_regex
from .scalars import Kind
from .settings import Limits


class Compared(NamedTuple):
    """A comparator of a value, and what stands behind it: slots, or a flag."""

    comparator: Comparator
    operands: tuple[Slot, ...]
    flag: bool | None = None
    parts: tuple[ValuePart, ...] = ()
    """Of what part of the value, and of what part of that."""


class JsonCompared(NamedTuple):
    """A comparator of a JSON value, and what stands behind it: operands that know their types, or a flag."""

    comparator: Comparator
    operands: tuple[JsonOperand, ...]
    flag: bool | None = None


class Operands:
    """Reads the operands of one filter; values go to `bind`, which gives their slots.

    Raises:
        InvalidError: for a null, an empty comparator or a value that does not fit.
        TooComplexError: beyond a limit.
    """

    def __init__(self, limits: Limits, bind: Callable[[Any], Slot]) -> None:
        self._limits = limits
        self._bind = bind
        self._conditions = 0

    def count(self, position: Position) -> None:
        """Count one more condition, wherever it stands."""
        self._conditions += 1
        limits = self._limits
        for found, most, what in (
            (self._conditions, limits.filter_nodes, "conditions"),
            (position.depth, limits.filter_depth, "levels of and, or and not"),
            (position.hops, limits.filter_hops, "relations one after another"),
        ):
            if found > most:
                raise TooComplexError(f"{position}: a filter may have {most} {what}, here are {found} or more.")

    def limit_list(self, values: Sequence[Any], position: Position, *, pair: bool = False) -> None:
        """Refuse a list that is too long, or that is no pair where there has to be one."""
        if len(values) > self._limits.list_items:
            raise TooComplexError(f"{position} has {len(values)} items; at most {self._limits.list_items} are allowed.")
        if pair and len(values) != 2:
            raise InvalidError(f"{position} has {len(values)} values; it takes two, the first and the last.")

    def read(self, kind: Kind, value: Mapping[str, Any], position: Position) -> list[Compared]:
        """Read the comparators of a value of a kind."""
        return self._read(kind, value, position, ())

    def _read(
        self, kind: Kind, value: Mapping[str, Any], position: Position, parts: tuple[ValuePart, ...]
    ) -> list[Compared]:
        """Read the comparators of a value, or of a part of it."""
        _refuse_empty(kind, value, position)
        known = {part.name: part for part in parts_of(kind)}
        found: list[Compared] = []
        for name, operand in value.items():
            if part := known.get(name):
                refuse_null(operand, position.at(name))
                found += self._read(part.kind, operand, position.at(name), (*parts, part))
            else:
                found.append(self._compared(name, operand, position)._replace(parts=parts))
        return found

    def _compared(self, name: str, operand: Any, position: Position) -> Compared:
        self.count(position)
        comparator = BY_NAME[name]
        refuse_null(operand, position.at(name), hint="Ask for missing values with isNull.")
        if comparator.takes is Takes.FLAG:
            return Compared(comparator, (), operand)
        return Compared(comparator, self.slots(comparator.takes, operand, position.at(name)))

    def slots(self, takes: Takes, operand: Any, position: Position) -> tuple[Slot, ...]:
        """Bind what stands behind a comparator that is no flag."""
        if takes is Takes.PATTERN:
            self._check_regex(operand, position)
        if takes in (Takes.VALUE, Takes.TEXT, Takes.PATTERN):
            return (self._bind(operand),)
        self.limit_list(operand, position, pair=takes is Takes.PAIR)
        return (self._bind(operand),) if takes is Takes.LIST else tuple(self._bind(item) for item in operand)

    def _check_regex(self, pattern: str, position: Position) -> None:
        check_regex(pattern, self._limits.regex_characters, str(position))

    # JSON

    def json_path(self, keys: Sequence[str] | None, position: Position) -> JsonPath:
        """Bind a path of keys into a JSON document."""
        if keys is None:
            raise InvalidError(f"{position}.path is null.", hint="Leave it out to speak of the whole value.")
        if len(keys) > self._limits.json_depth:
            most = self._limits.json_depth
            raise TooComplexError(f"{position}.path has {len(keys)} keys; at most {most} are allowed.")
        return JsonPath(self._bind(list(keys)), tuple(_may_be_index(key) for key in keys))

    def read_json(self, value: Mapping[str, Any], position: Position) -> list[JsonCompared]:
        """Read the comparators of a JSON value."""
        _refuse_empty(Kind.JSON, value, position)
        return [self._json_compared(name, operand, position) for name, operand in value.items()]

    def _json_compared(self, name: str, operand: Any, position: Position) -> JsonCompared:
        self.count(position)
        comparator = BY_NAME[name]
        hint = "Ask for absent values with isNull, null with isJsonNull."
        refuse_null(operand, position.at(name), hint=hint)
        if comparator.takes is Takes.FLAG:
            return JsonCompared(comparator, (), operand)
        return JsonCompared(comparator, self.json_operands(comparator, operand, position.at(name)))

    def json_operands(self, comparator: Comparator, operand: Any, position: Position) -> tuple[JsonOperand, ...]:
        """Bind what stands behind a comparator of a JSON value, by type."""
        match comparator.takes:
            case Takes.LIST:
                return tuple(self._json_groups(operand, position))
            case Takes.PAIR:
                self.limit_list(operand, position, pair=True)
            case Takes.PATTERN:
                self._check_regex(operand, position)
        values = operand if comparator.takes is Takes.PAIR else [operand]
        return tuple(self._json_operand(comparator, value, position) for value in values)

    def _json_operand(self, comparator: Comparator, value: Any, position: Position) -> JsonOperand:
        texts = comparator.takes in (Takes.TEXT, Takes.PATTERN)  # the same plan serves all of them
        type_ = JsonType.TEXT if texts else TYPE_OF[type(value)]
        if comparator.name in ORDERING and type_ not in SCALARS:
            raise InvalidError(f"{position}: {value!r} is neither more nor less.", hint="Give a number or a text.")
        return JsonOperand(type_, False, self._bind(value))

    def _json_groups(self, values: Sequence[Any], position: Position) -> Iterator[JsonOperand]:
        """Bind the values of a list: texts together, numbers together, others one by one."""
        self.limit_list(values, position)
        types = [TYPE_OF[type(value)] for value in values]
        for type_ in SCALARS:
            if type_ in types:
                group = [value for value, own in zip(values, types, strict=True) if own is type_]
                yield JsonOperand(type_, True, self._bind(group))
        for value, type_ in zip(values, types, strict=True):
            if type_ not in SCALARS:
                self.count(position)
                yield JsonOperand(type_, False, self._bind(value))


def refuse_null(value: object, position: Position, *, hint: str = "Leave it out.") -> None:
    """Raise InvalidError for a null: nothing may widen a query silently."""
    if value is None:
        raise InvalidError(f"{position} is null.", hint=hint)


def _refuse_empty(kind: Kind, value: Mapping[str, Any], position: Position) -> None:
    if not value:
        known = ", ".join(comparator.name for comparator in comparators_of(kind))
        raise InvalidError(f"{position} has no comparator; it would match everything.", hint=f"It has {known}.")


def _may_be_index(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) < 10
