"""Conditions of a plan, as data: which rows a filter asks for.

Values that a caller passed are not in them: those stand in a list beside the plan, and a condition refers to them by
their place in it, a *slot*.
"""

from collections.abc import Iterator

from msgspec import Struct

from .comparators import Comparator, ValuePart
from .feature_places import JsonPlace, LabelPlace
from .json_values import JsonType
from .registry import Closure, Field, ToMany, ToOne
from .scalars import Kind

Slot = int


class Compare(Struct, frozen=True):
    """A comparison of a column, a part of it, a part of that; a flag is part of the shape, since it decides the SQL."""

    field: Field
    comparator: Comparator
    operands: tuple[Slot, ...]
    flag: bool | None = None
    parts: tuple[ValuePart, ...] = ()


class FieldPath(Struct, frozen=True):
    """A field of the row, or of a row that to-one relations lead to."""

    path: tuple[ToOne, ...]
    field: Field


class CompareFields(Struct, frozen=True):
    """A comparison of one field with another."""

    left: FieldPath
    comparator: Comparator
    right: FieldPath


class JsonOperand(Struct, frozen=True):
    """An operand of a JSON comparison: its type, whether it is a list of such values (of `in`), its slot."""

    type: JsonType
    is_list: bool
    slot: Slot


class JsonPath(Struct, frozen=True):
    """A path of keys into a JSON document, and which of them may be indexes of a list."""

    slot: Slot
    numeric: tuple[bool, ...]


class JsonCompare(Struct, frozen=True):
    """A comparison of the value at a path of a JSON column."""

    field: Field
    path: JsonPath
    comparator: Comparator
    operands: tuple[JsonOperand, ...]
    flag: bool | None = None


class AllOf(Struct, frozen=True):
    """True where all of these are; true if there are none."""

    conditions: "tuple[Condition, ...]"


class AnyOf(Struct, frozen=True):
    """True where one of these is; false if there are none."""

    conditions: "tuple[Condition, ...]"


class Negation(Struct, frozen=True):
    """SQL's NOT: unknown stays unknown."""

    condition: "Condition"


class Absent(Struct, frozen=True):
    """`isNull` of a to-one relation, said inside its filter: with a related row it is the opposite of the flag."""

    flag: bool


class Related(Struct, frozen=True):
    """The related row of a to-one relation meets a condition; without a row, `Absent` alone can be true."""

    relation: ToOne
    condition: "Condition"


class Some(Struct, frozen=True):
    """At least one related row meets a condition; with `fails`, at least one does not (false or unknown)."""

    relation: ToMany
    condition: "Condition"
    fails: bool = False


class Counted(Struct, frozen=True):
    """The number of different related rows compares so."""

    relation: ToMany
    comparator: Comparator
    operands: tuple[Slot, ...]
    flag: bool | None = None
    parts: tuple[ValuePart, ...] = ()


class Reaches(Struct, frozen=True):
    """The row reaches one that meets a condition (with `fails`: does not), or with `or_self` meets it itself."""

    closure: Closure
    condition: "Condition"
    or_self: bool
    fails: bool = False


class CountedReach(Struct, frozen=True):
    """The number of rows that the row reaches, itself included with `or_self`, compares so."""

    closure: Closure
    or_self: bool
    comparator: Comparator
    operands: tuple[Slot, ...]
    flag: bool | None = None
    parts: tuple[ValuePart, ...] = ()


class TypedTest(Struct, frozen=True):
    """A comparison of a feature's value as a value of one kind; one of another kind does not pass.

    `hashes` are those of all shared values that are equal to the operand.
    """

    kind: Kind
    comparator: Comparator
    operands: tuple[Slot, ...]
    hashes: Slot | None = None


class JsonTest(Struct, frozen=True):
    """A comparison of a feature's value, or of what is at a path in it, as JSON; `hashes` as in `TypedTest`."""

    path: JsonPath | None
    comparator: Comparator
    operands: tuple[JsonOperand, ...]
    flag: bool | None = None
    hashes: Slot | None = None


ValueTest = TypedTest | JsonTest


class HasValue(Struct, frozen=True):
    """The row has a JSON value of a feature that passes all tests."""

    place: JsonPlace
    feature: Slot
    tests: tuple[ValueTest, ...]


class HasLabel(Struct, frozen=True):
    """The row has a label as value of a feature, and the label meets a condition."""

    place: LabelPlace
    feature: Slot
    condition: "Condition"


class Lacks(Struct, frozen=True):
    """NOT of what asks for a value of a feature or for related rows; where there is no row, this is false as well."""

    condition: "Condition"


Condition = (
    HasValue
    | HasLabel
    | Lacks
    | Reaches
    | CountedReach
    | Compare
    | CompareFields
    | JsonCompare
    | AllOf
    | AnyOf
    | Negation
    | Absent
    | Related
    | Some
    | Counted
)
EVERYTHING = AllOf(())
NOTHING = AnyOf(())


def conjuncts(condition: Condition) -> Iterator[Condition]:
    """Give the conditions all of which have to hold; none of them is such a list itself."""
    match condition:
        case AllOf(parts):
            for part in parts:
                yield from conjuncts(part)
        case AnyOf((only,)):
            yield from conjuncts(only)
        case _:
            yield condition
