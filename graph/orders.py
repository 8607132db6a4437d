"""Orders: the generated inputs, and how an argument becomes the keys of a plan.

Every order ends with the primary key, ascending, so that no two rows tie and cursors are stable.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import cache, partial
from typing import Any

import strawberry
from strawberry.types.field import StrawberryField

from lnql.errors import InvalidError

from .feature_places import FeaturePlaces
from .order_keys import FeatureKey, OrderKey, Relevance
from .registry import Catalog, RegistryInfo, ToOne
from .scalars import Kind
from .type_factory import field, fill, input_field, input_type


@strawberry.enum(description="A direction, and where rows without a value go.")
class SortOrder(Enum):
    """Ascending puts rows without a value last, descending first, unless it is said otherwise."""

    ASC = strawberry.enum_value("ASC", description="Ascending, rows without a value last.")
    ASC_NULLS_FIRST = strawberry.enum_value("ASC_NULLS_FIRST", description="Ascending, rows without a value first.")
    ASC_NULLS_LAST = strawberry.enum_value("ASC_NULLS_LAST", description="Ascending, rows without a value last.")
    DESC = strawberry.enum_value("DESC", description="Descending, rows without a value first.")
    DESC_NULLS_FIRST = strawberry.enum_value("DESC_NULLS_FIRST", description="Descending, rows without a value first.")
    DESC_NULLS_LAST = strawberry.enum_value("DESC_NULLS_LAST", description="Descending, rows without a value last.")

    @property
    def direction(self) -> tuple[bool, bool]:
        """Tell whether it is descending, and whether rows without a value come first."""
        descending = self.name.startswith("DESC")
        return descending, self.name.endswith("NULLS_FIRST") if "NULLS" in self.name else descending


@cache
def feature_order_input() -> type:
    """The order by a feature, `FeatureValueOrder`."""
    made = input_type(
        "FeatureValueOrder",
        "An order by the values of one feature: by the smallest of several if ascending, by the largest if descending; "
        "a row without a value has null.",
    )
    return fill(
        made,
        [
            input_field("name", str, "The feature's name."),
            input_field("uid", str, "The feature's uid, where names collide."),
            field("direction", SortOrder, "Which way, and where rows without a value go."),
        ],
    )


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
        fill(orders[name], partial(_order_fields, info, orders))
    return orders


def _order_fields(info: RegistryInfo, orders: Mapping[str, type]) -> list[StrawberryField]:
    fields = [input_field(f.name, SortOrder, f.description) for f in info.fields.values() if f.kind is not Kind.JSON]
    fields += [input_field(one.name, orders[one.target.name], one.description) for one in info.to_one.values()]
    if info.features:
        fields.append(input_field("feature", feature_order_input(), "The values of a feature."))
    fields += [
        input_field(f"{relation.name}Count", SortOrder, f"How many there are: {relation.description}")
        for relation in info.to_many.values()
    ]
    return fields


MakeFeatureKey = Callable[[FeaturePlaces, Mapping[str, Any], str], FeatureKey]
"""Reads which feature is meant by the entry of an order."""


def parse_order(
    info: RegistryInfo, entries: Sequence[Mapping[str, Any]], feature_key: MakeFeatureKey, *, searched: bool
) -> tuple[OrderKey, ...]:
    """Read an order argument and end it with the primary key. What is searched is in rank order unless it is given.

    Raises:
        InvalidError: for a null.
    """
    keys = [order_key(info, entry, (), f"orderBy.{number}", feature_key) for number, entry in enumerate(entries)]
    if searched and not keys:
        keys.append(OrderKey((), Relevance(), descending=True, nulls_first=False))
    if not any(key.by is info.key and not key.path for key in keys):
        keys.append(OrderKey((), info.key, descending=False, nulls_first=False))
    return tuple(keys)


def order_key(
    info: RegistryInfo,
    entry: Mapping[str, Any],
    path: tuple[ToOne, ...],
    place: str,
    feature_key: MakeFeatureKey,
) -> OrderKey:
    """Read one entry of an order, for rows at the end of a path."""
    ((name, value),) = entry.items()  # oneOf
    if value is None:
        raise InvalidError(f"{place}.{name} is null.", hint="Leave the entry out.")
    if name in info.to_one:
        relation = info.to_one[name]
        return order_key(relation.target, value, (*path, relation), f"{place}.{name}", feature_key)
    if name == "feature" and info.features:
        descending, nulls_first = value["direction"].direction
        return OrderKey(path, feature_key(info.features, value, f"{place}.feature"), descending, nulls_first)
    by = info.fields.get(name) or info.to_many[name.removesuffix("Count")]
    descending, nulls_first = value.direction
    return OrderKey(path, by, descending, nulls_first)
