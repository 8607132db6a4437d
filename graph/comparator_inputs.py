"""The generated inputs of comparators: those of each kind of value."""

from collections.abc import Mapping
from functools import cache

from .comparators import Takes, comparators_of, parts_of
from .scalars import Kind
from .type_factory import GraphQLType, fill, input_field, input_type, many


def operand_types(scalar: GraphQLType) -> Mapping[Takes, GraphQLType]:
    """The types of what stands behind comparators of values that are such scalars."""
    return {
        Takes.VALUE: scalar,
        Takes.TEXT: str,
        Takes.LIST: many(scalar),
        Takes.PAIR: many(scalar),
        Takes.FLAG: bool,
        Takes.PATTERN: str,
    }


@cache
def comparator_input(kind: Kind) -> type:
    """The comparators of one kind of value, `StringComparators`."""
    name, types = kind.title, operand_types(kind.scalar)
    made = input_type(f"{name}Comparators", f"Conditions on a value of type {name}; siblings are joined by AND.")
    fields = [input_field(c.name, types[c.takes], c.description) for c in comparators_of(kind)]
    fields += [input_field(part.name, comparator_input(part.kind), part.description) for part in parts_of(kind)]
    if kind is Kind.JSON:
        fields.insert(0, input_field("path", many(str), "Keys, or numbers of list items, that lead to the value."))
    return fill(made, fields)
