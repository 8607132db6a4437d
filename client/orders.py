"""Orders: `"-created_by__handle"` as an entry of `orderBy`."""

from collections.abc import Mapping
from typing import Any

from .catalog import Catalog, RegistryInfo
from .errors import FieldError
from .expressions import Annotation, F, path_of
from .paths import resolve

ASCENDING, DESCENDING = "ASC", "DESC"
NULLS: Mapping[str, Mapping[str, str]] = {
    "sqlite": {ASCENDING: "ASC_NULLS_FIRST", DESCENDING: "DESC_NULLS_LAST"},
}
"""Where a database puts what has no value, and so LaminDB on it; the server's own rule is PostgreSQL's."""
TURNED = {
    ASCENDING: DESCENDING,
    "ASC_NULLS_FIRST": "DESC_NULLS_LAST",
    "ASC_NULLS_LAST": "DESC_NULLS_FIRST",
}
TURNED |= {turned: order for order, turned in TURNED.items()}


def order_of(catalog: Catalog, info: RegistryInfo, path: Any, annotations: Mapping[str, Annotation]) -> dict[str, Any]:
    """Turn a path into an order; a to-one relation alone means its primary key.

    Raises:
        FieldError: if it does not exist, or leads to many values.
    """
    if hasattr(path, "as_order"):
        entry: dict[str, Any] = path.as_order(info)
        return entry
    name, direction, nulls = _parts(path)
    if name in annotations and not isinstance(annotations[name].expression, F):
        return annotations[name].as_order(direction)
    found = resolve(catalog, info, annotations[name].expression.path if name in annotations else name)
    if found.rest or any(step.many for step in found.steps):
        raise FieldError(f"Cannot order {info.name} by '{name}': it is not one value of each record.")
    name = found.field.graphql if found.field else "databaseId"
    nullable = found.steps or (found.field and found.field.nullable)
    usual = NULLS.get(catalog.dialect, {}).get(direction, direction)
    order: dict[str, Any] = {name: (f"{direction}_{nulls}" if nulls else usual) if nullable else direction}
    for step in reversed(found.steps):
        order = {step.graphql: order}
    return order


def _parts(given: Any) -> tuple[str, str, str]:
    """What orders, in which direction, and where missing values come: of a path, an `F`, or `F(…).desc()`.

    Raises:
        FieldError: for anything else.
    """
    if isinstance(given, str):
        return given.removeprefix("-"), DESCENDING if given.startswith("-") else ASCENDING, ""
    path = path_of(getattr(given, "expression", given))
    if path is None:
        raise FieldError(f"Invalid order_by arguments: [{given!r}]", hint="Pass paths: order_by('-created_at', 'key').")
    places = ("NULLS_FIRST", "NULLS_LAST")
    nulls = next((place for place in places if getattr(given, place.lower(), None)), "")
    return path, DESCENDING if getattr(given, "descending", False) else ASCENDING, nulls


def reverse_order(order: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
    """Turn an order round; what ties in it stays in the order of the primary key, as in a database."""
    return tuple(map(_turned, order or ({"databaseId": ASCENDING},)))


def _turned(order: Any) -> Any:
    if isinstance(order, dict):
        return {key: _turned(value) for key, value in order.items()}
    return TURNED.get(order, order)
