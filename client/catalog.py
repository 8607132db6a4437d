"""What an instance has: registries, their fields and relations, as the server tells it in `registries`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .names import python_name

QUERY = """{ registries { name module singular plural description nameField hasFeatures
  fields { name type nullable unique private description } relations { name target many linked description } } }"""
"""What a catalog is made from."""


@dataclass(frozen=True, eq=False)
class Field:
    """A column of a registry: `name` in Python, `graphql` in documents, `kind` the scalar that it is."""

    name: str
    graphql: str
    kind: str
    nullable: bool
    unique: bool
    private: bool
    description: str


@dataclass(frozen=True, eq=False)
class Relation:
    """A relation of a registry to another one, whose name is `target`.

    `many` tells to any number of rows, `linked` through a link table.
    """

    name: str
    graphql: str
    target: str
    many: bool
    linked: bool
    description: str


@dataclass(frozen=True, eq=False)
class RegistryInfo:
    """A registry; its fields and relations by their Python names, in the order of LaminDB's models."""

    name: str
    module: str
    singular: str
    plural: str
    description: str
    name_field: str | None
    has_features: bool
    fields: Mapping[str, Field]
    relations: Mapping[str, Relation]

    @property
    def plural_type(self) -> str:
        """What the names of mutations of several records have in them, `CellTypes`."""
        ending = self.plural.removeprefix(self.singular)
        return f"{self.plural[0].upper()}{self.plural[1:]}" if ending == self.plural else self.name + ending

    @property
    def plural_name(self) -> str:
        """What Python calls its records, `cell_types`."""
        return python_name(self.plural)

    @property
    def has_branch(self) -> bool:
        """Whether LaminDB's branch rule holds for it."""
        return "branch_id" in self.fields

    @property
    def is_versioned(self) -> bool:
        """Whether its rows are versions of something."""
        return "is_latest" in self.fields

    @cached_property
    def available_fields(self) -> list[str]:
        """What a filter may begin with, sorted; without what is private."""
        names = [*self.fields, *self.relations]
        return sorted(name for name in names if not name.startswith("_"))

    def foreign_key(self, relation: Relation) -> Field | None:
        """The integer column behind a to-one relation."""
        return None if relation.many else self.fields.get(f"{relation.name}_id")


class Catalog(Mapping[str, RegistryInfo]):
    """The registries of an instance by name, made from the answer to `QUERY`; `dialect` is what its database speaks."""

    def __init__(self, described: Iterable[Mapping[str, Any]], dialect: str = "postgresql") -> None:
        self.dialect = dialect
        self._infos = {data["name"]: _registry(data) for data in described}

    def __getitem__(self, name: str) -> RegistryInfo:
        return self._infos[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._infos)

    def __len__(self) -> int:
        return len(self._infos)

    def of_module(self, module: str) -> list[str]:
        """The names of a module's registries, sorted: `bionty` has `CellType`."""
        return sorted(name for name, info in self.items() if info.module == module)


def _registry(data: Mapping[str, Any]) -> RegistryInfo:
    fields = [_field(field, data["name"]) for field in data["fields"]]
    relations = [_relation(relation) for relation in data["relations"]]
    return RegistryInfo(
        data["name"],
        data["module"],
        data["singular"],
        data["plural"],
        data["description"],
        data["nameField"] and python_name(data["nameField"]),
        data["hasFeatures"],
        {field.name: field for field in fields},
        {relation.name: relation for relation in relations},
    )


def _field(data: Mapping[str, Any], registry: str) -> Field:
    name = data["name"]
    flags = data["nullable"], data["unique"], data["private"]
    return Field(python_name(name, registry), name, data["type"], *flags, data["description"])


def _relation(data: Mapping[str, Any]) -> Relation:
    name = data["name"]
    return Relation(python_name(name), name, data["target"], data["many"], data["linked"], data["description"])
