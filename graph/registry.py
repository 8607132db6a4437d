"""What a registry has, read from `sqlalchemy.inspect(Model)`: its fields, its relations, and their GraphQL names.

A `Catalog` describes the registries that an opened database really has. A mapped table or column that it lacks is left
out (`models.database` tells which), so nothing that is offered can fail for want of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from msgspec import Struct, field

from lnql.models.base import Registry, first_sentence, plural_words, singular_words, with_article
from lnql.models.changes import LinkTable
from lnql.models.relations import relations_of
from lnql.models.types import StatusCode

from .feature_places import FeaturePlaces, feature_places
from .names import camel, pascal
from .scalars import Kind, kind_of


class Field(Struct, frozen=True, eq=False):
    """One column of a registry, as GraphQL shows it."""

    name: str
    column: sa.Column[Any]
    kind: Kind
    description: str
    unique: bool

    @property
    def nullable(self) -> bool:
        """Whether a row may lack it."""
        return bool(self.column.nullable)

    @property
    def words(self) -> Mapping[str, int]:
        """The words of a status and the codes that are stored; empty for other fields."""
        return dict(self.column.type.words) if isinstance(self.column.type, StatusCode) else {}


class ToOne(Struct, frozen=True, eq=False):
    """A relation to at most one row of another registry: `local` on this table equals `remote` on the target's."""

    name: str
    target: "RegistryInfo"
    description: str
    local: sa.Column[Any]
    remote: sa.Column[Any]


class ToMany(Struct, frozen=True, eq=False):
    """A relation to any number of rows, through a foreign key of the target (`remote`) or through a link table."""

    name: str
    target: "RegistryInfo"
    description: str
    local: sa.Column[Any]
    remote: sa.Column[Any]
    link: LinkTable | None


class Closure(Struct, frozen=True, eq=False):
    """A relation of any depth from a registry to itself: a path of relations that is followed again and again."""

    name: str
    target: "RegistryInfo"
    description: str
    path: tuple[ToOne | ToMany, ...]
    inverse_name: str
    filterable: bool
    depth_argument: str

    @property
    def inverse(self) -> "Closure":
        """The same, the other way round."""
        return self.target.closures[self.inverse_name]


class RegistryInfo(Struct, eq=False, dict=True):
    """A registry that the opened database has. Fields and relations are keyed by their GraphQL names."""

    model: type[Registry]
    fields: dict[str, Field] = field(default_factory=dict)
    to_one: dict[str, ToOne] = field(default_factory=dict)
    to_many: dict[str, ToMany] = field(default_factory=dict)
    closures: dict[str, Closure] = field(default_factory=dict)
    features: FeaturePlaces | None = None
    """Where its rows have values of features; None if they have none."""

    @property
    def name(self) -> str:
        """The GraphQL type, `CellType`."""
        return self.model.__name__

    @property
    def plural(self) -> str:
        """The root field of the connection, `cellTypes`."""
        return camel(self.model.__plural__)

    @property
    def singular(self) -> str:
        """The root field of the look-up, `cellType`."""
        return camel(self.model.__singular__)

    @property
    def plural_words(self) -> str:
        """What descriptions call its rows, `cell types`."""
        return plural_words(self.model)

    @property
    def plural_name(self) -> str:
        """What names of several of its rows begin with, `CellTypes`."""
        ending = self.model.__plural__.removeprefix(self.model.__singular__)
        return pascal(self.model.__plural__) if ending == self.model.__plural__ else self.name + ending

    @property
    def singular_words(self) -> str:
        """What descriptions call one of its rows, `cell type`."""
        return singular_words(self.model)

    @property
    def with_article(self) -> str:
        """What people call one of its rows of which nothing was said yet: `a cell type`, `an artifact`."""
        return with_article(self.model)

    @property
    def description(self) -> str:
        """One sentence on what the registry holds."""
        return first_sentence(self.model)

    @cached_property
    def table(self) -> sa.Table:
        """The table; only `visibility.source` may select from it."""
        table = self.model.__table__
        assert isinstance(table, sa.Table)  # noqa: S101  a registry is never mapped to a join
        return table

    @cached_property
    def key(self) -> Field:
        """The integer primary key, `databaseId`."""
        return self.fields["databaseId"]

    @cached_property
    def name_field(self) -> Field | None:
        """The field by which people know a row."""
        return self.fields.get(camel(self.model.__name_field__))

    @cached_property
    def branch(self) -> Field | None:
        """The column of the branch rule, on registries that have branches."""
        return self.fields.get("branchId")

    @cached_property
    def unique(self) -> dict[str, Field]:
        """The fields that identify a row, by which `by:` looks it up."""
        return {name: field for name, field in self.fields.items() if field.unique}


class Catalog(Mapping[str, RegistryInfo]):
    """The registries of an opened database, keyed by GraphQL type name.

    Args:
        models: the declared registries.
        present: the tables and columns that the database has; None takes the declarations for granted.
    """

    def __init__(self, models: Iterable[type[Registry]], present: Mapping[str, frozenset[str]] | None = None) -> None:
        self._present = present
        self._infos = {model.__name__: RegistryInfo(model) for model in models if self._has_table(model.__tablename__)}
        self._by_table = {info.table.name: info for info in self._infos.values()}
        for info in self._infos.values():
            self._fill_fields(info)
            self._fill_relations(info)
        for info in self._infos.values():
            _fill_hierarchy(info)
            _fill_lineage(info)
            info.features = feature_places(info, self)

    def __getitem__(self, name: str) -> RegistryInfo:
        return self._infos[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._infos)

    def __len__(self) -> int:
        return len(self._infos)

    def has_table(self, table: sa.Table) -> bool:
        """Tell whether the database has a table."""
        return self._has_table(table.name)

    def _has_table(self, name: str) -> bool:
        return self._present is None or name in self._present

    def _has_column(self, column: sa.Column[Any]) -> bool:
        return self._present is None or column.name in self._present.get(column.table.name, ())

    def _fill_fields(self, info: RegistryInfo) -> None:
        unique = _unique_columns(info.table)
        for key, column in sa.inspect(info.model).columns.items():
            if isinstance(column, sa.Column) and self._has_column(column):
                name = "databaseId" if column.primary_key else camel(key)
                info.fields[name] = Field(name, column, kind_of(column), column.doc or "", column in unique)

    def _fill_relations(self, info: RegistryInfo) -> None:
        for key, doc, ends in relations_of(info.model):
            target = self._by_table.get(ends.remote.table.name)
            if target is None or not all(map(self._has_column, ends.columns)):
                continue  # the database lacks the other end
            name = camel(key)
            if ends.many:
                link = LinkTable(ends.link[0].table, *ends.link) if ends.link else None
                info.to_many[name] = ToMany(name, target, doc, ends.local, ends.remote, link)
            else:
                info.to_one[name] = ToOne(name, target, doc, ends.local, ends.remote)


def _fill_hierarchy(info: RegistryInfo) -> None:
    """Registries with parents have ancestors and descendants."""
    for name, relation, inverse in (("ancestors", "parents", "descendants"), ("descendants", "children", "ancestors")):
        if {"parents", "children"} <= info.to_many.keys():
            doc = f"The {info.plural_words} {'above' if name == 'ancestors' else 'below'} this one, at any distance."
            path = (info.to_many[relation],)
            info.closures[name] = Closure(name, info, doc, path, inverse, filterable=True, depth_argument="depth")


LINEAGE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Artifact": (("run", "inputArtifacts"), ("inputOfRuns", "outputArtifacts")),
    "Run": (("inputArtifacts", "run"), ("outputArtifacts", "inputOfRuns")),
    "Transform": (
        ("runs", "inputArtifacts", "run", "transform"),
        ("runs", "outputArtifacts", "inputOfRuns", "transform"),
    ),
}
"""The relations that lead one step upstream and one step downstream: a run reads artifacts and makes others."""


def _fill_lineage(info: RegistryInfo) -> None:
    """Artifacts, runs and transforms have what they came from and what came of them."""
    for name, inverse, names in zip(
        ("upstream", "downstream"), ("downstream", "upstream"), LINEAGE.get(info.name, ()), strict=False
    ):
        doc = f"The {info.plural_words} that {'this one came from' if name == 'upstream' else 'came of this one'}."
        path = _path(info, names)
        if path:
            info.closures[name] = Closure(name, info, doc, path, inverse, False, "maxDistance")


def _path(info: RegistryInfo, names: Sequence[str]) -> tuple[ToOne | ToMany, ...]:
    """The relations of these names, one after another; none if the database lacks one."""
    path: list[ToOne | ToMany] = []
    for name in names:
        relation = info.to_one.get(name) or info.to_many.get(name)
        if relation is None:
            return ()
        path.append(relation)
        info = relation.target
    return tuple(path)


def _unique_columns(table: sa.Table) -> set[sa.Column[Any]]:
    """The columns that identify a row alone."""
    unique = {table.primary_key.columns[0]}
    unique |= {column for column in table.columns if column.unique}
    for constraint in table.constraints:
        if isinstance(constraint, sa.UniqueConstraint) and len(constraint.columns) == 1:
            unique.add(constraint.columns[0])
    return unique
