"""Comparisons of one field with another of the same row: `fields: [{field: "updatedAt", gt: "createdAt"}]`."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from lnql.errors import InvalidError
from lnql.suggestions import did_you_mean

from .comparators import BY_NAME, COMPARATORS, Takes, comparators_of
from .conditions import CompareFields, FieldPath
from .positions import Position
from .registry import RegistryInfo, ToOne
from .scalars import Kind
from .type_factory import fill, input_field, input_type

COMPARED = frozenset({Takes.VALUE, Takes.TEXT})
"""What stands behind the comparators that take one value, and so may take another field."""
NUMBERS = frozenset({Kind.INT, Kind.BIGINT, Kind.FLOAT})


@cache
def field_comparison_input() -> type:
    """`FieldComparison`."""
    made = input_type(
        "FieldComparison",
        "Conditions on a field that compare it with others of the same row, or of rows that to-one relations lead to: "
        "each is named by a path such as `run.startedAt`. Where one of the two has no value, the row is not returned.",
    )
    others = (c for c in COMPARATORS if c.takes in COMPARED)
    return fill(
        made,
        [
            input_field("field", str, "The field that is compared."),
            *(input_field(c.name, str, f"{c.description} The path of the other field.") for c in others),
        ],
    )


def parse_field_comparison(info: RegistryInfo, value: Mapping[str, Any], position: Position) -> Iterator[CompareFields]:
    """Read the comparisons of one field.

    Raises:
        InvalidError: for a path that leads to no field, and for fields that are not compared with each other.
    """
    paths = {name: _field_at(info, path, position.at(name)) for name, path in value.items()}
    left = paths.pop("field", None)
    if left is None or not paths:
        raise InvalidError(f"{position} compares nothing.", hint='Say which: {field: "updatedAt", gt: "createdAt"}.')
    known = [c.name for c in comparators_of(left.field.kind) if c.takes in COMPARED]
    for name, right in paths.items():
        if name not in known or not _alike(left.field.kind, right.field.kind):
            kinds = f"{left.field.kind.title} and {right.field.kind.title}"
            raise InvalidError(
                f"{position.at(name)}: {value['field']!r} and {value[name]!r}, of types {kinds}, are not compared so."
            )
        yield CompareFields(left, BY_NAME[name], right)


def _alike(kind: Kind, other: Kind) -> bool:
    """Whether values of two kinds are compared with each other."""
    return kind is not Kind.JSON and (kind is other or {kind, other} <= NUMBERS)


def _field_at(info: RegistryInfo, path: str | None, position: Position) -> FieldPath:
    """The field that a path of names leads to."""
    *before, last = (path or "").split(".")
    steps: list[ToOne] = []
    for name in before:
        if name not in info.to_one:
            raise _unknown(info, name, info.to_one, position)
        steps.append(info.to_one[name])
        info = info.to_one[name].target
    if last not in info.fields:
        raise _unknown(info, last, info.fields, position)
    return FieldPath(tuple(steps), info.fields[last])


def _unknown(info: RegistryInfo, name: str, known: Mapping[str, Any], position: Position) -> InvalidError:
    what = "field" if known is info.fields else "to-one relation"
    hint = did_you_mean(name, known) or f"It has {', '.join(known)}."
    return InvalidError(f"{position}: {info.name} has no {what} {name!r}.", hint=hint)
