"""Paths to values: `created_by__handle` is selected, and found again in a row."""

from collections.abc import Callable, Mapping
from operator import attrgetter, methodcaller
from typing import TYPE_CHECKING, Any

from .catalog import Catalog, RegistryInfo
from .documents import Selection
from .errors import FieldError
from .paths import resolve
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
        dated = field.kind in ("DateTime", "Date")
        if found.rest and field.kind != "JSON" and not (dated and len(found.rest) == 1 and found.rest[0] in PARTS):
            raise FieldError(f"Cannot resolve '{path}': {field.name} has no part '{found.rest[0]}'.")
        self.steps, self._field, self._rest = steps, field, found.rest
        self._take = _part if dated else _item
        self.kind = field.kind
        """The scalar of the values."""
        self.key = None if steps or found.rest else field.graphql
        """Where a row has the value itself; None where it has to be followed."""

    @property
    def many(self) -> bool:
        """Whether it may lead to several values."""
        return any(step.many for step in self.steps)

    @property
    def whole(self) -> bool:
        """Whether it leads to the value of a column, not to a part of it."""
        return not self._rest

    def select(self, selection: Selection) -> None:
        """Add what it needs to a selection."""
        for step in self.steps:
            selection = selection.relations.setdefault(step.name, Selection([]))
        if self._field.name not in selection.fields:
            selection.fields.append(self._field.name)

    def read(self, row: Any) -> list[Any]:
        """The values in a row; None where there is no related row."""
        rows = [row]
        for step in self.steps:
            rows = [inner for outer in rows for inner in _follow(outer, step.graphql, step.many)]
        return [self._value(row) for row in rows]

    def _value(self, row: Any) -> Any:
        value = decode(self.kind, row[self._field.graphql]) if row else None
        for name in self._rest:
            value = self._take(value, name)
        return value


PARTS: Mapping[str, Callable[[Any], Any]] = {
    **{name: attrgetter(name) for name in ("year", "month", "day", "hour", "minute", "second")},
    **{name: methodcaller(name) for name in ("date", "time")},
    "week": lambda value: value.isocalendar().week,
    "iso_year": lambda value: value.isocalendar().year,
    "week_day": lambda value: value.isoweekday() % 7 + 1,
    "iso_week_day": lambda value: value.isoweekday(),
    "quarter": lambda value: (value.month + 2) // 3,
}
"""Parts of instants and dates, by Django's names."""


def _part(value: Any, name: str) -> Any:
    return None if value is None else PARTS[name](value)


def _item(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _follow(row: Any, name: str, many: bool) -> list[Any]:
    if row is None:
        return [None]
    return (row[name]["nodes"] or [None]) if many else [row[name]]
