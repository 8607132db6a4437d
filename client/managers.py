"""Managers: the rows that a record is related to, `artifact.records`."""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

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


class RelatedManager(QuerySet[R]):
    """The records that a record is related to; on whatever branch, until they are filtered."""

    owner: "BaseRecord"
    relation: "Relation"

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

    def all(self) -> "RelatedManager":
        """The related records; those that were read with the owner are not read again."""
        return related(self.owner, self.relation)

    def to_list(self, field: str | None = None) -> list[Any]:
        """The related records as a list, or the values of one field; read for the owner's neighbours too."""
        alone = self.relation.name not in self.owner._read_ahead and len(self.owner._near()) == 1
        if field is None or field not in self._info.fields or alone:
            return super().to_list(field)
        return [getattr(record, field) for record in self._fetch()]

    def _fetch(self) -> list[R]:
        if self._results is not None:
            return self._results
        found: list[R] = background.run(load_many(self.owner, self.relation))
        self._results = found
        return found

    async def _afetch(self) -> list[R]:
        if self._results is not None:
            return self._results
        found: list[R] = await background.bridge(load_many(self.owner, self.relation))
        self._results = found
        return found


def related(owner: "BaseRecord", relation: "Relation") -> RelatedManager:
    """Make the manager of a record's to-many relation."""
    target = owner.__connection__.registry(relation.target)
    info = owner.__registry_info__
    manager = RelatedManager(
        target, Query(Source(target.__registry_info__, info, owner.id, relation.name), ruled=False)
    )
    manager.owner, manager.relation = owner, relation
    manager._results = owner._related.get(relation.name)
    return manager
