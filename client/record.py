"""Records: what was read of a row, and what is read when it is needed."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import reduce
from typing import TYPE_CHECKING, Any, ClassVar

from . import background
from .documents import Selection
from .errors import MultipleObjectsReturned, ObjectDoesNotExist
from .paths import expand_alias
from .peers import Peers, load_field, load_one
from .registry import Registry
from .suggestions import did_you_mean
from .writable import Writable

if TYPE_CHECKING:
    from .catalog import RegistryInfo, Relation
    from .connection import Connection


class BaseRecord(Writable, metaclass=Registry):
    """A record of a registry; its fields and relations are attributes.

    A to-one relation gives a record or None, a to-many one a manager with the methods of a query set. What was not
    read yet is read on access, for all records that were read together.
    """

    __registry_info__: ClassVar["RegistryInfo"]
    __connection__: ClassVar["Connection"]
    DoesNotExist: ClassVar[type[ObjectDoesNotExist]] = ObjectDoesNotExist
    MultipleObjectsReturned: ClassVar[type[MultipleObjectsReturned]] = MultipleObjectsReturned

    _values: dict[str, Any]
    """The columns that were read."""
    _related: dict[str, Any]
    """The related records that were read, and stay."""
    _read_ahead: dict[str, tuple[int, list[Any]]]
    """Related rows that were read when a neighbour asked for its own, and how much was written before."""
    _peers: Peers
    _place: int

    def _fill(self, row: dict[str, Any], selection: Selection, peers: Peers) -> None:
        """Take over a row of an answer."""
        info = self.__registry_info__
        values = {name: row[info.fields[name].graphql] for name in selection.fields}
        for name, read in selection.decoders(info):
            if values[name] is not None:
                values[name] = read(values[name])
        self.__dict__.update(_values=values, _related={}, _read_ahead={}, _peers=peers, _place=peers.join(self))
        for alias, annotation in selection.annotations.items():
            self.__dict__[alias] = annotation.read(alias, row)
        for name, inner in selection.relations.items():
            self._keep_related(info.relations[name], row[info.relations[name].graphql], inner)

    def _keep_related(self, relation: "Relation", data: Any, selection: Selection) -> None:
        target = self.__connection__.registry(relation.target)
        rows = data["nodes"] if relation.many else [data] if data else []
        peers = Peers()
        found = [target.__from_row__(row, selection, peers) for row in rows]
        self._related[relation.name] = found if relation.many else next(iter(found), None)

    def _near(self) -> list["BaseRecord"]:
        """Give this record and those that were read together with it."""
        return self._peers.near(self._place)

    def __getattr__(self, name: str) -> Any:
        """Give the value of a field or a relation, reading it if that was not done yet."""
        if name.startswith("_") and name not in self.__registry_info__.fields:
            raise AttributeError(name)
        if name in self._values:
            return self._values[name]
        info = self.__registry_info__
        if relation := info.relations.get(name):
            return self._manager(relation) if relation.many else self._one(relation)
        if name in info.fields:
            return self._load(name)
        if (path := expand_alias(info, name)) != name:
            return reduce(lambda found, step: found and getattr(found, step), path.split("__"), self)
        if name.startswith(("links_", "values_")) and (links := self._link_rows(name)) is not None:
            return links
        hint = did_you_mean(name, [*info.fields, *info.relations])
        raise AttributeError(f"{info.name} has no attribute '{name}'. {hint}".rstrip())

    def _manager(self, relation: "Relation") -> Any:
        from .managers import related

        return related(self, relation)

    def _link_rows(self, name: str) -> Any:
        from .link_rows import link_rows

        return link_rows(self, name)

    def _one(self, relation: "Relation") -> Any:
        if relation.name not in self._related:
            background.run(load_one(self, relation))
        return self._related[relation.name]

    def _load(self, name: str) -> Any:
        background.run(load_field(self, name))
        return self._values[name]

    @property
    def pk(self) -> int:
        """The integer id in this database."""
        key: int = self.id
        return key

    def __dir__(self) -> list[str]:
        info = self.__registry_info__
        return sorted({*super().__dir__(), *info.fields, *info.relations})

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BaseRecord):
            return NotImplemented
        return self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    def _identity(self) -> tuple[Any, ...]:
        """What tells it from other records; one that is not saved is itself only."""
        new = id(self) if self.id is None else None
        return (self.__connection__.url, self.__registry_info__.name, self.id, new)

    def __repr__(self) -> str:
        values = {**self._values, **self.__dict__}
        unknown = self._unknown(values)
        names = [name for name in repr_fields(self) if name in values and name not in unknown]
        columns = [(ONE_TO_ONE.get((type(self).__name__, name), name), _shown(values[name])) for name in names]
        return f"{self.__registry_info__.name}({', '.join(map('='.join, columns))})"

    def _unknown(self, values: Mapping[str, Any]) -> set[str]:
        """What is not known before a new record is saved: instants, and where it has no uid yet all that is missing."""
        if values.get("id") is not None:
            return set()
        fields, all_ = self.__registry_info__.fields, not values.get("uid")
        return {name for name in fields if values.get(name) is None and (all_ or fields[name].kind == "DateTime")}


HIDDEN = frozenset({"id", "updated_at", "source_code", "status"})
SHOWN = frozenset({("Feature", "_dtype_str")})
"""What is private by its name and shown nevertheless."""
ONE_TO_ONE = {
    ("Transform", "environment_id"): "environment",
    ("Transform", "plan_id"): "plan",
    ("Collection", "meta_artifact_id"): "meta_artifact",
}
"""Foreign keys that LaminDB shows among the columns, by the names of the relations."""
LAST = ("created_at", "is_locked", "version_tag", "is_latest")


def repr_fields(record: BaseRecord) -> list[str]:
    """The fields that LaminDB shows of a record, in its order: uid, columns, foreign keys, dates and flags."""
    info = record.__registry_info__
    to_one = {f"{name}_id" for name, relation in info.relations.items() if not relation.many} & info.fields.keys()
    keys = {name for name in to_one if (info.name, name) not in ONE_TO_ONE}
    names = [name for name in info.fields if name not in HIDDEN and _is_shown(info.name, name)]
    plain = [name for name in names if name not in keys and name not in LAST and name != "uid"]
    start = ["uid"] if "uid" in info.fields else []
    return start + plain + [name for name in names if name in keys] + [name for name in LAST if name in info.fields]


def _is_shown(registry: str, name: str) -> bool:
    return not name.startswith("_") or (registry, name) in SHOWN


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S %Z")
    return str(value) if isinstance(value, date) else repr(value)
