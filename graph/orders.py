"""Orders: the generated inputs, and how an argument becomes the keys of a plan.

Every order ends with the primary key, ascending, so that no two rows tie and cursors are stable.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import strawberry

from lnql.errors import InvalidError

from .plan import OrderKey
from .registry import Catalog, RegistryInfo, ToOne
from .scalars import Kind
from .type_factory import fill, input_field, input_type


@strawberry.enum(description="A direction, and where rows without a value go.")
class SortOrder(Enum):
    """Ascending puts rows without a value last, descending first, unless it is said otherwise.

    A member's value is (descending, nulls first).
    """

    ASC = strawberry.enum_value((False, False), description="Ascending, rows without a value last.")
    ASC_NULLS_FIRST = strawberry.enum_value((False, True), description="Ascending, rows without a value first.")
    ASC_NULLS_LAST = strawberry.enum_value((False, False), description="Ascending, rows without a value last.")
    DESC = strawberry.enum_value((True, True), description="Descending, rows without a value first.")
    DESC_NULLS_FIRST = strawberry.enum_value((True, True), description="Descending, rows without a value first.")
    DESC_NULLS_LAST = strawberry.enum_value((True, False), description="Descending, rows without a value last.")


def order_inputs(catalog: Catalog) -> dict[str, type]:
    """Make the order of every registry in a catalog: columns, to-one relations, numbers of related rows."""
    orders = {
        name: input_type(
            f"{name}Order",
            f"One key of an order of {info.plural_words}; their list is by priority. The primary key is added last.",
            one_of=True,
        )
        for name, info in catalog.items()
    }
    for name, info in catalog.items():
        fields = [
            input_field(f.name, SortOrder, f.description) for f in info.fields.values() if f.kind is not Kind.JSON
        ]
        fields += [input_field(one.name, orders[one.target.name], one.description) for one in info.to_one.values()]
        fields += [
            input_field(f"{relation.name}Count", SortOrder, f"How many there are: {relation.description}")
            for relation in info.to_many.values()
        ]
        fill(orders[name], fields)
    return orders


def parse_order(info: RegistryInfo, entries: Sequence[Mapping[str, Any]]) -> tuple[OrderKey, ...]:
    """Read an order argument and end it with the primary key.

    Raises:
        InvalidError: for a null.
    """
    keys = [order_key(info, entry, (), f"orderBy.{number}") for number, entry in enumerate(entries)]
    if not any(key.by is info.key and not key.path for key in keys):
        keys.append(OrderKey((), info.key, descending=False, nulls_first=False))
    return tuple(keys)


def order_key(info: RegistryInfo, entry: Mapping[str, Any], path: tuple[ToOne, ...], place: str) -> OrderKey:
    """Read one entry of an order, for rows at the end of a path."""
    ((name, value),) = entry.items()  # oneOf
    if value is None:
        raise InvalidError(f"{place}.{name} is null.", hint="Leave the entry out.")
    if name in info.to_one:
        relation = info.to_one[name]
        return order_key(relation.target, value, (*path, relation), f"{place}.{name}")
    by = info.fields.get(name) or info.to_many[name.removesuffix("Count")]
    descending, nulls_first = value.value
    return OrderKey(path, by, descending, nulls_first)
