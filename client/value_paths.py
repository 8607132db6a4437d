"""Paths to values: `created_by__handle` is selected, and found again in a row."""

from typing import Any

from .catalog import Catalog, RegistryInfo
from .documents import Selection
from .errors import FieldError
from .lookups import resolve
from .values import decode


class ValuePath:
    """A path from a registry to one of its fields, or to a field of what it is related to.

    A to-one relation alone means its primary key, a to-many one the primary keys.

    Raises:
        FieldError: if it does not exist.
    """

    def __init__(self, catalog: Catalog, info: RegistryInfo, path: str) -> None:
        found = resolve(catalog, info, path)
        steps = list(found.steps)
        owner = info
        for step in steps:
            owner = catalog[step.target]
        field = found.field or owner.fields["id"]
        if found.rest and field.kind != "JSON":
            raise FieldError(f"Cannot resolve '{path}': {field.name} has no part '{found.rest[0]}'.")
        self._steps, self._field, self._keys = steps, field, found.rest

    def select(self, selection: Selection) -> None:
        """Add what it needs to a selection."""
        for step in self._steps:
            selection = selection.relations.setdefault(step.name, Selection([]))
        if self._field.name not in selection.fields:
            selection.fields.append(self._field.name)

    def read(self, row: Any) -> list[Any]:
        """The values in a row; None where there is no related row."""
        rows = [row]
        for step in self._steps:
            rows = [inner for outer in rows for inner in _follow(outer, step.graphql, step.many)]
        return [self._value(row) for row in rows]

    def _value(self, row: Any) -> Any:
        value = decode(self._field.kind, row[self._field.graphql]) if row else None
        for key in self._keys:
            value = value.get(key) if isinstance(value, dict) else None
        return value


def _follow(row: Any, name: str, many: bool) -> list[Any]:
    if row is None:
        return [None]
    return (row[name]["nodes"] or [None]) if many else [row[name]]
