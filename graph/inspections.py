"""Comparing values with a field of the rows of a list: the field `inspection` of connections, and how it is planned.

Data arrive with thousands of names that people typed. An inspection says which of them a registry has, and what the
others stand for: a name in other case, or a synonym of one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import FieldNode
from msgspec import Struct
from strawberry.types.field import StrawberryField

from lnql.errors import InvalidError, TooComplexError
from lnql.suggestions import did_you_mean

from .conditions import Slot
from .registry import Field, RegistryInfo
from .search import text_fields
from .selection import Facts, Operation
from .type_factory import argument, field, fill, many, object_type, optional

STANDARDIZED = fill(
    object_type("StandardizedValue", "A value that a field lacks, and a value of the field that it stands for."),
    [
        field("value", str, "The value."),
        field("standard", str, "What it stands for."),
    ],
)
INSPECTION = fill(
    object_type("Inspection", "How values compare with a field; null and empty ones are left out, others count once."),
    [
        field("validated", many(str), "The values that the field has, exactly so, in the order given."),
        field("nonValidated", many(str), "The values that the field lacks, in the order given."),
        field(
            "standardized",
            many(STANDARDIZED),
            "The values that the field lacks, where it has them in other case (then the oldest row's), or else where "
            "they are synonyms, whatever the case; one entry for each meaning, those of the oldest rows first.",
        ),
    ],
)
ARGUMENTS = (
    argument("values", many(optional(str)), "The values; null and repeated ones may be among them."),
    argument("field", optional(str), "Name of a text field; that by which people know a row if not given."),
    argument(
        "synonymsField",
        optional(str),
        "Name of a field with synonyms, separated by |; if not given, `synonyms` where `field` is the default.",
    ),
    argument("caseSensitive", optional(bool), "Whether case counts in synonyms and other case is no match."),
)


class InspectionItem(Struct, frozen=True):
    """One field of the inspection, by its name in the schema; below `standardized`, what is selected there."""

    key: str
    name: str
    items: Facts = ()


class Inspection(Struct, frozen=True):
    """Values, in a slot, that are compared with a field of the rows of a list."""

    key: str
    values: Slot
    field: Field
    synonyms: Field | None
    case_sensitive: bool
    items: tuple[InspectionItem, ...]


def inspection_field(info: RegistryInfo) -> StrawberryField:
    """Make the field of one registry's connection."""
    return field("inspection", INSPECTION, f"How values compare with a field of all {info.plural_words}.", ARGUMENTS)


def parse_values(arguments: Mapping[str, Any], most: int) -> list[str]:
    """Give the different values that are not empty, in their order.

    Raises:
        TooComplexError: for more than `most`.
    """
    values = arguments["values"]
    if len(values) > most:
        raise TooComplexError(f"inspection.values has {len(values)} items; at most {most} are allowed.")
    return [value for value in dict.fromkeys(values) if value]


def parse_fields(info: RegistryInfo, arguments: Mapping[str, Any]) -> tuple[Field, Field | None]:
    """Give the field that is compared, and the field with its synonyms.

    Raises:
        InvalidError: for a field that holds no text.
    """
    known, synonyms = text_fields(info), arguments.get("synonymsField")
    default = info.name_field
    compared = _text_field(info, "field", arguments.get("field") or (default.name if default else ""))
    if synonyms is not None:
        return compared, _text_field(info, "synonymsField", synonyms)
    return compared, known.get("synonyms") if compared is default else None


def _text_field(info: RegistryInfo, word: str, name: str) -> Field:
    known = text_fields(info)
    if name not in known:
        hint = did_you_mean(name, known) or f"It has {', '.join(known)}."
        raise InvalidError(f"inspection.{word}: {info.name} has no text field {name!r}.", hint=hint)
    return known[name]


def inspection_items(operation: Operation, nodes: Sequence[FieldNode]) -> tuple[InspectionItem, ...]:
    """Plan what is selected of an inspection."""
    return tuple(
        InspectionItem(key, name, _standardized(operation, inner) if name == "standardized" else ())
        for key, name, inner in operation.select("Inspection", nodes).items()
    )


def _standardized(operation: Operation, nodes: Sequence[FieldNode]) -> Facts:
    return operation.select("StandardizedValue", nodes).facts()
