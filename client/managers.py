"""Managers: the rows that a record is related to, `artifact.records`."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from . import background
from .documents import Source
from .lazy import Query, R
from .mutations import mutate
from .patches import global_id, records_of
from .peers import load_many
from .queryset import QuerySet

if TYPE_CHECKING:
    from .catalog import Relation
    from .record import BaseRecord

Q = TypeVar("Q", bound=QuerySet)


class RelatedManager(QuerySet[R]):
    """The records that a record is related to; on whatever branch, until they are filtered."""

    owner: "BaseRecord"
    relation: "Relation"

    @property
    def instance(self) -> "BaseRecord":
        """The record whose relation it is."""
        return self.owner

    def add(self, *records: Any) -> None:
        """Relate records to the owner; those that are related already stay.

        Raises:
            TypeError: for records of another registry.
            ValueError: for records that are not saved.
        """
        self._relate("add", records)

    async def aadd(self, *records: Any) -> None:
        """As `add`, to be awaited."""
        await asyncio.to_thread(self.add, *records)

    def remove(self, *records: Any) -> None:
        """Relate records no more to the owner."""
        self._relate("remove", records)

    async def aremove(self, *records: Any) -> None:
        """As `remove`, to be awaited."""
        await asyncio.to_thread(self.remove, *records)

    def set(self, records: Iterable[Any]) -> None:
        """Relate these records to the owner and no others."""
        self._relate("set", records)

    async def aset(self, records: Iterable[Any]) -> None:
        """As `set`, to be awaited."""
        await asyncio.to_thread(self.set, records)

    def clear(self) -> None:
        """Relate no records to the owner."""
        self._relate("set", ())

    async def aclear(self) -> None:
        """As `clear`, to be awaited."""
        await asyncio.to_thread(self.clear)

    def create(self, **fields: Any) -> Any:
        """Make a record, save it and relate it to the owner."""
        record = super().create(**fields)
        self.add(record)
        return record

    def _relate(self, how: str, records: Iterable[Any]) -> None:
        change = {how: records_of(records, self.relation.target)}
        given = {"id": global_id(self.owner), "patch": {self.relation.graphql: change}}
        background.run(mutate(type(self.owner), "update", given))
        self.owner._related.pop(self.relation.name, None)
        self._results = None

    def all(self) -> QuerySet[R]:  # type: ignore[override]  # a manager gives rows, of which it is none
        """The related records; those that were read with the owner are not read again."""
        rows: QuerySet[R] = self._registry.__basic_query_set__(self._registry, self._query)
        return _read_with_neighbours(rows, self.owner, self.relation)


@dataclass(frozen=True)
class Neighbours:
    """Reads the records that a record is related to, and those of its neighbours for when they ask."""

    owner: "BaseRecord"
    relation: "Relation"

    async def results(self) -> list[Any]:
        """The related records of the owner."""
        return await load_many(self.owner, self.relation)

    def worth(self, field: str | None) -> bool:
        """Whether values of a field are better taken from whole records than asked for by themselves."""
        known = self.owner.__connection__.catalog[self.relation.target].fields
        return field in known and (self.relation.name in self.owner._read_ahead or len(self.owner._near()) > 1)


def related(owner: "BaseRecord", relation: "Relation") -> RelatedManager:
    """Make the manager of a record's to-many relation."""
    target = owner.__connection__.registry(relation.target)
    info = owner.__registry_info__
    manager = RelatedManager(
        target, Query(Source(target.__registry_info__, info, owner.id, relation.name), ruled=False)
    )
    manager.owner, manager.relation = owner, relation
    return _read_with_neighbours(manager, owner, relation)


def _read_with_neighbours(rows: Q, owner: "BaseRecord", relation: "Relation") -> Q:
    rows._neighbours, rows._results = Neighbours(owner, relation), owner._related.get(relation.name)
    return rows
