"""The rows that link a record to others, by LaminDB's names: `artifact.links_ulabel`, `record.values_json`."""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

from . import background
from .documents import KEY
from .errors import MultipleObjectsReturned, ObjectDoesNotExist
from .field_names import NoAttributeError
from .links import links_of
from .names import python_name
from .suggestions import did_you_mean

if TYPE_CHECKING:
    from .record import BaseRecord
    from .registry import Registry

PREFIXES: Mapping[str, tuple[str, ...]] = {
    "links_in_": ("linked_in_{}",),
    "links_": ("{}", "linked_in_{}"),
    "values_": ("linked_{}", "{}"),
}
"""What LaminDB's names of links begin with, and the relations that the links make up, by the plural of the others."""
COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "in": lambda value, wanted: value in wanted,
    "isnull": lambda value, wanted: (value is None) == wanted,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "contains": lambda value, wanted: wanted in value,
    "icontains": lambda value, wanted: wanted.lower() in value.lower(),
    "startswith": lambda value, wanted: value.startswith(wanted),
    "endswith": lambda value, wanted: value.endswith(wanted),
}
"""The lookups that conditions on links may end with."""


class Linked:
    """Records that links lead to: all are read when the first one is asked for."""

    def __init__(self, registry: "Registry", ids: Iterable[int | None]) -> None:
        self._registry = registry
        self._ids = sorted({id_ for id_ in ids if id_ is not None})

    @cached_property
    def by_id(self) -> dict[int, Any]:
        """The records by their ids."""
        return {record.id: record for record in self._registry.objects.filter(id__in=self._ids)}


class LinkRow:
    """A row of a link table: its id, the records that it links, and the feature that the link is a value of."""

    def __init__(self, values: Mapping[str, Any], linked: Mapping[str, Linked]) -> None:
        self._values = values
        self._linked = linked

    def __getattr__(self, name: str) -> Any:
        """Give a column, or the record that a foreign key leads to."""
        if name in self._values:
            return self._values[name]
        if name in self._linked:
            return self._linked[name].by_id.get(self._values[f"{name}_id"])
        hint = did_you_mean(name, [*self._values, *self._linked])
        raise NoAttributeError(f"The link has no attribute '{name}'.", hint=hint or None)

    def __repr__(self) -> str:
        return f"LinkRow({', '.join(f'{name}={value!r}' for name, value in self._values.items())})"


class LinkRows(Sequence[LinkRow]):
    """The links of a record, oldest first. Conditions are met here, on links that were read."""

    def __init__(self, rows: Iterable[LinkRow]) -> None:
        self._rows = list(rows)

    @overload
    def __getitem__(self, place: int) -> LinkRow: ...
    @overload
    def __getitem__(self, place: slice) -> "LinkRows": ...
    def __getitem__(self, place: int | slice) -> "LinkRow | LinkRows":
        """A link by its place, or the links of a slice."""
        return LinkRows(self._rows[place]) if isinstance(place, slice) else self._rows[place]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<LinkRows {self._rows!r}>"

    def all(self) -> "LinkRows":
        """All of them."""
        return self

    def filter(self, **conditions: Any) -> "LinkRows":
        """The links that meet all conditions.

        >>> artifact.links_record.filter(feature__name="perturbation")  # doctest: +SKIP

        Raises:
            FieldError: for a name that links do not have.
        """
        return LinkRows(row for row in self._rows if all(_meets(row, *condition) for condition in conditions.items()))

    def get(self, **conditions: Any) -> LinkRow:
        """The one link that meets all conditions.

        Raises:
            ObjectDoesNotExist: if there is none.
            MultipleObjectsReturned: if there are several.
        """
        found = self.filter(**conditions)
        if not found:
            raise ObjectDoesNotExist("No link meets these conditions.")
        if len(found) > 1:
            raise MultipleObjectsReturned(f"{len(found)} links meet these conditions.")
        return found[0]

    def first(self) -> LinkRow | None:
        """The oldest one; None if there is none."""
        return self._rows[0] if self._rows else None

    def last(self) -> LinkRow | None:
        """The newest one; None if there is none."""
        return self._rows[-1] if self._rows else None

    def count(self, *value: Any) -> int:
        """How many they are; with a link, how often it is among them."""
        return self._rows.count(*value) if value else len(self._rows)

    def exists(self) -> bool:
        """Whether there is one."""
        return bool(self._rows)

    def values_list(self, *paths: str, flat: bool = False) -> list[Any]:
        """Values at the end of paths, as tuples; with `flat` those of a single path."""
        rows = (tuple(_at(row, path.split("__")) for path in paths) for row in self._rows)
        return [row[0] for row in rows] if flat else list(rows)

    def to_list(self, path: str | None = None) -> list[Any]:
        """The links as a list, or the values at the end of a path."""
        return list(self._rows) if path is None else self.values_list(path, flat=True)


def link_rows(record: "BaseRecord", name: str) -> LinkRows | None:
    """The links of a record by LaminDB's name of them; None for other names."""
    if name == "values_json" and record.__registry_info__.name == "Record":
        return LinkRows(_values_of(record))
    relation, is_value = _relation(record, name)
    return None if relation is None else LinkRows(_links(record, relation, is_value=is_value))


def _relation(record: "BaseRecord", name: str) -> tuple[str | None, bool]:
    """The relation that links make up, and whether the others are values of features that the record has."""
    info, catalog = record.__registry_info__, record.__connection__.catalog
    prefix = next((prefix for prefix in PREFIXES if name.startswith(prefix)), "")
    other = next((one for one in catalog.values() if python_name(one.singular) == name.removeprefix(prefix)), None)
    if other is None or not prefix:
        return None, False
    its_own = other is info and prefix == "links_"  # its plural are the rows of its type
    forms = PREFIXES[prefix][::-1] if its_own else PREFIXES[prefix]
    names = [form.format(other.plural_name) for form in forms]
    found = (name for name in names if (relation := info.relations.get(name)) and relation.linked)
    return next(found, None), prefix == "values_"


def _links(record: "BaseRecord", relation: str, *, is_value: bool) -> Iterator[LinkRow]:
    info, connection = record.__registry_info__, record.__connection__
    other = info.relations[relation].target
    links = background.run(links_of(record, relation))
    own, others = info.name.lower(), other.lower()
    if relation.startswith("linked_in_"):
        own = "value"
    elif is_value or own == others:
        others = "value"
    linked = {
        own: Linked(connection.registry(info.name), [record.id]),
        "feature": Linked(connection.registry("Feature"), [link.feature for link in links]),
        others: Linked(connection.registry(other), [link.target for link in links]),
    }
    for link in links:
        ids = {"id": link.id, f"{own}_id": record.id, "feature_id": link.feature, f"{others}_id": link.target}
        yield LinkRow(ids | ({} if link.slot is None else {"slot": link.slot}), linked)


def _values_of(record: Any) -> Iterator[LinkRow]:
    """The values of features that are no labels."""
    items = [item for item in record.features._read("")["features"] if "cat[" not in item["dtype"]]
    registry = record.__connection__.registry
    linked = {
        "record": Linked(registry("Record"), [record.id]),
        "feature": Linked(registry("Feature"), [item["feature"][KEY] for item in items]),
    }
    for item in items:
        yield LinkRow({"record_id": record.id, "feature_id": item["feature"][KEY], "value": item["value"]}, linked)


def _meets(row: LinkRow, path: str, wanted: Any) -> bool:
    names = path.split("__")
    lookup = names.pop() if len(names) > 1 and names[-1] in COMPARED else "exact"
    value = _at(row, names)
    return (value is not None or lookup in ("exact", "isnull")) and COMPARED[lookup](value, wanted)


def _at(row: Any, names: Iterable[str]) -> Any:
    """The value at the end of a path; None where a step leads nowhere."""
    for name in names:
        row = None if row is None else getattr(row, "id" if name == "pk" else name)
    return row
