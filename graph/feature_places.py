"""Where the rows of a registry have values of features, as an opened database has it: what statements select from."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from msgspec import Struct

from lnql.models.dtypes import Dtype
from lnql.models.features import HOSTS, JsonLink, LabelLink, json_link, label_link

if TYPE_CHECKING:
    from .dialects import Dialect, Operand
    from .registry import Catalog, Field, RegistryInfo
    from .statements import Draft


class LabelPlace(Struct, frozen=True, eq=False):
    """Values that are rows of the registry `target`."""

    link: LabelLink
    target: "RegistryInfo"


class JsonPlace(Struct, frozen=True, eq=False):
    """Values that are JSON; `shared` is the registry of values that several rows have, None where each has its own."""

    link: JsonLink
    shared: "RegistryInfo | None"


Place = LabelPlace | JsonPlace


class FeaturePlaces(Struct, frozen=True, eq=False):
    """All places of one registry; those of labels by the table of the labels' registry."""

    feature: "RegistryInfo"
    json: JsonPlace
    labels: Mapping[str, LabelPlace]

    def of(self, dtype: Dtype) -> list[tuple[LabelPlace, "Field"]]:
        """The places of a categorical feature, each with the field that its labels are told by."""
        found = [(self.labels[source.table], source.field) for source in dtype.labels if source.table in self.labels]
        return [(place, label_field(place.target, field)) for place, field in found]


def label_field(info: "RegistryInfo", name: str | None) -> "Field":
    """The field by which a label is told: the one that a dtype names, or what people call a record by."""
    column = name or info.model.__name_field__
    by_column = {field.column.name: field for field in info.fields.values()}
    return by_column.get(column) or info.fields["uid"]


NEEDED = ("databaseId", "uid", "name", "dtype", "branchId")
"""What has to be known of each feature, by the names of its fields."""


def feature_registry(catalog: "Catalog") -> "RegistryInfo | None":
    """The registry of features; None where the database is too old to have dtypes as they are now."""
    info = catalog.get("Feature")
    return info if info and info.fields.keys() >= set(NEEDED) else None


def feature_places(info: "RegistryInfo", catalog: "Catalog") -> FeaturePlaces | None:
    """Find the places of a registry in a catalog; None if its rows have no features."""
    feature = feature_registry(catalog)
    if info.model not in HOSTS or feature is None:
        return None
    link = json_link(info.model)
    shared = None if link.shared is None else catalog.get("JsonValue")
    if not catalog.has_table(link.table) or (link.shared is not None and shared is None):
        return None
    links = [(target, label_link(info.model, target.model)) for target in catalog.values()]
    labels = {
        target.table.name: LabelPlace(link, target) for target, link in links if link and catalog.has_table(link.table)
    }
    return FeaturePlaces(feature, JsonPlace(link, shared), labels)


class ValueRows(Struct, frozen=True, eq=False):
    """Rows of values: what to select from, whose they are, their feature, the value (a row or JSON), their order.

    `hash` is the one of shared JSON, by which an equal value is found at once.
    """

    source: sa.FromClause
    owner: sa.ColumnElement[Any]
    feature: sa.ColumnElement[Any]
    value: Any
    position: sa.ColumnElement[Any]
    joined: "JoinedRows | None" = None
    hash: sa.ColumnElement[Any] | None = None

    def of(self, dialect: "Dialect", feature: "Operand") -> sa.ColumnElement[bool]:
        """Only the values of one feature."""
        return self.feature == dialect.once(feature())


class JoinedRows(Struct, frozen=True, eq=False):
    """What the source is joined from: the links, the values that they link to, and the columns that are equal."""

    link: sa.FromClause
    values: sa.FromClause
    reference: sa.ColumnElement[Any]
    key: sa.ColumnElement[Any]

    @property
    def source(self) -> sa.FromClause:
        """The links with their values."""
        return self.link.join(self.values, self.key == self.reference)


def value_rows(draft: "Draft", place: Place) -> ValueRows:
    """Select from a place."""
    link = draft.table(place.link.table)
    owner, position = link.c[place.link.host.key], link.c.id
    if isinstance(place, LabelPlace):
        labels = draft.rows(place.target)
        joined = JoinedRows(link, labels, link.c[place.link.label.key], labels.c[place.target.key.column.key])
        return ValueRows(joined.source, owner, link.c[place.link.feature.key], labels, position, joined)
    if place.shared is None or place.link.shared is None:
        return ValueRows(link, owner, link.c.feature_id, link.c.value, position)
    values = draft.rows(place.shared)
    joined = JoinedRows(link, values, link.c[place.link.shared.key], values.c.id)
    return ValueRows(joined.source, owner, values.c.feature_id, values.c.value, position, joined, values.c.hash)
