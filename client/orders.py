"""Orders: `"-created_by__handle"` as an entry of `orderBy`."""

from typing import Any

from .catalog import Catalog, RegistryInfo
from .errors import FieldError
from .lookups import resolve

ASCENDING, DESCENDING = "ASC", "DESC"


def order_of(catalog: Catalog, info: RegistryInfo, path: Any) -> dict[str, Any]:
    """Turn a path into an order; a to-one relation alone means its primary key.

    Raises:
        FieldError: if it does not exist, or leads to many values.
    """
    if hasattr(path, "as_order"):
        return path.as_order(info)  # type: ignore[no-any-return]
    direction = DESCENDING if path.startswith("-") else ASCENDING
    found = resolve(catalog, info, path.lstrip("+-"))
    if found.rest or any(step.many for step in found.steps):
        raise FieldError(f"Cannot order {info.name} by '{path}': it is not one value of each record.")
    names = [step.graphql for step in found.steps]
    names.append(found.field.graphql if found.field else "databaseId")
    order: Any = direction
    for name in reversed(names):
        order = {name: order}
    return order  # type: ignore[no-any-return]


def reverse_order(order: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
    """Turn an order round; without one, that of the primary key."""
    return tuple(map(_turned, order or ({"databaseId": ASCENDING},)))


def _turned(order: Any) -> Any:
    if isinstance(order, dict):
        return {key: _turned(value) for key, value in order.items()}
    return {ASCENDING: DESCENDING, DESCENDING: ASCENDING}.get(order, order)
