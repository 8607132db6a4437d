"""Paths to values: `created_by__handle` is selected, and found again in a row."""

from typing import TYPE_CHECKING, Any

from .catalog import Catalog, RegistryInfo
from .documents import Selection
from .errors import FieldError
from .lookups import resolve
from .values import decode

if TYPE_CHECKING:
    from .expressions import Annotation
    from .lazy import Query


def value_path(catalog: Catalog, query: "Query", path: str) -> "ValuePath | AnnotationPath":
    """What a name means in `values`: an annotation, or else a path."""
    if made := query.annotations.get(path):
        return AnnotationPath(path, made)
    return ValuePath(catalog, query.info, path)


class AnnotationPath:
    """The value of an annotation."""

    many = False

    def __init__(self, alias: str, annotation: "Annotation") -> None:
        self._alias, self._annotation = alias, annotation

    def select(self, selection: Selection) -> None:
        """Add what it needs to a selection."""
        selection.annotations[self._alias] = self._annotation

    def read(self, row: Any) -> list[Any]:
        """The value in a row."""
        return [self._annotation.read(self._alias, row)]


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
        self.kind = field.kind
        """The scalar of the values."""
        self.key = None if steps or found.rest else field.graphql
        """Where a row has the value itself; None where it has to be followed."""

    @property
    def many(self) -> bool:
        """Whether it may lead to several values."""
        return any(step.many for step in self._steps)

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
        value = decode(self.kind, row[self._field.graphql]) if row else None
        for key in self._keys:
            value = value.get(key) if isinstance(value, dict) else None
        return value


def _follow(row: Any, name: str, many: bool) -> list[Any]:
    if row is None:
        return [None]
    return (row[name]["nodes"] or [None]) if many else [row[name]]
