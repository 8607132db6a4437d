"""Single records, and how many there are."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self, cast

from . import background
from .conditions import both
from .errors import InvalidTypeError, InvalidValueError, ObjectDoesNotExist
from .lazy import Lazy, R

if TYPE_CHECKING:
    from .queryset import QuerySet

VERSION_KEYS = frozenset({"id", "uid", "pk", "is_latest"})
"""Keywords that say which version is meant."""
STEM_LENGTH: Mapping[str, int] = {"Artifact": 16, "Collection": 16, "Transform": 12}
"""How much of a uid all versions share."""


class Retrieval(Lazy[R]):
    """The part of a query set that gives single records and their number."""

    def count(self) -> int:
        """How many there are."""
        return len(self._results) if self._results is not None else background.run(self._reader().count())

    async def acount(self) -> int:
        """As `count`, to be awaited."""
        return await background.bridge(self._reader().count())

    def exists(self) -> bool:
        """Whether there is any."""
        return self._sliced(0, 1).count() > 0

    async def aexists(self) -> bool:
        """As `exists`, to be awaited."""
        return await self._sliced(0, 1).acount() > 0

    def contains(self, record: Any) -> bool:
        """Whether a record is one of them.

        Raises:
            TypeError: for what is no record.
        """
        rows = self._with_record(record)
        return rows is not None and rows.exists()

    async def acontains(self, record: Any) -> bool:
        """As `contains`, to be awaited."""
        rows = self._with_record(record)
        return rows is not None and await rows.aexists()

    def _with_record(self, record: Any) -> Self | None:
        """The records that are this one; None if it is of another registry."""
        if not hasattr(type(record), "__registry_info__"):
            raise InvalidTypeError(f"'obj' must be a model instance, not {record!r}.")
        if type(record) is not self._registry:
            return None
        return self._with(filter=both(self._query.filter, {"databaseId": {"eq": record.id}}))

    def first(self) -> R | None:
        """The first one, by the primary key if no order is given; None if there is none."""
        return next(iter(self._sliced(0, 1)._fetch()), None)

    async def afirst(self) -> R | None:
        """As `first`, to be awaited."""
        return next(iter(await self._sliced(0, 1)._afetch()), None)

    def last(self: "QuerySet[R]") -> R | None:  # type: ignore[misc]  # of query sets
        """The last one; None if there is none."""
        return self.reverse().first()

    async def alast(self: "QuerySet[R]") -> R | None:  # type: ignore[misc]  # of query sets
        """As `last`, to be awaited."""
        return await self.reverse().afirst()

    def latest(self: "QuerySet[R]", *fields: str) -> R:  # type: ignore[misc]  # of query sets
        """The one with the greatest values of these fields.

        Raises:
            DoesNotExist: if there is none.
        """
        return self._present(self._by(fields).reverse().first())

    def earliest(self: "QuerySet[R]", *fields: str) -> R:  # type: ignore[misc]  # of query sets
        """The one with the least values of these fields.

        Raises:
            DoesNotExist: if there is none.
        """
        return self._present(self._by(fields).first())

    async def alatest(self: "QuerySet[R]", *fields: str) -> R:  # type: ignore[misc]  # of query sets
        """As `latest`, to be awaited."""
        return self._present(await self._by(fields).reverse().afirst())

    async def aearliest(self: "QuerySet[R]", *fields: str) -> R:  # type: ignore[misc]  # of query sets
        """As `earliest`, to be awaited."""
        return self._present(await self._by(fields).afirst())

    def _by(self: "QuerySet[R]", fields: tuple[str, ...]) -> "QuerySet[R]":  # type: ignore[misc]  # of query sets
        if not fields:
            raise InvalidValueError('Say by which field, for example latest("created_at").')
        return self.order_by(*fields)

    def _present(self, record: R | None) -> R:
        if record is None:
            raise self._registry.DoesNotExist(f"{self._info.name} matching query does not exist.")
        return record

    def one(self) -> R:
        """The only one.

        Raises:
            DoesNotExist: if there is none.
            MultipleObjectsReturned: if there are several.
        """
        return self._only(self._sliced(0, 2)._fetch())

    async def aone(self) -> R:
        """As `one`, to be awaited."""
        return self._only(await self._sliced(0, 2)._afetch())

    def one_or_none(self) -> R | None:
        """The only one, or None; raises MultipleObjectsReturned if there are several."""
        found = self._sliced(0, 2)._fetch()
        return self._only(found) if found else None

    async def aone_or_none(self) -> R | None:
        """As `one_or_none`, to be awaited."""
        found = await self._sliced(0, 2)._afetch()
        return self._only(found) if found else None

    def _only(self, found: list[R]) -> R:
        if len(found) > 1:
            raise self._registry.MultipleObjectsReturned(
                f"get() returned more than one {self._info.name}, for example {found[0]!r} and {found[1]!r}.",
                hint="Narrow it down, or take .first().",
            )
        return self._present(found[0] if found else None)

    def get(self, id_or_uid: Any = None, *conditions: Any, **fields: Any) -> R:
        """The one record with this integer id, this uid (or its beginning), or that meets the conditions.

        Of a versioned registry it is the latest version, unless the conditions say which.

        Raises:
            DoesNotExist: if there is none.
            MultipleObjectsReturned: if there are several.
        """
        return background.run(self._found(*self._attempts(id_or_uid, conditions, fields)))

    async def aget(self, id_or_uid: Any = None, *conditions: Any, **fields: Any) -> R:
        """As `get`, to be awaited."""
        return await background.bridge(self._found(*self._attempts(id_or_uid, conditions, fields)))

    async def _found(self, missing: ObjectDoesNotExist, attempts: list[Lazy]) -> R:
        """The only record of the first attempt that finds any."""
        for attempt in attempts:
            if found := await attempt._reader().results():
                return self._only(found)
        raise missing

    def _attempts(
        self, id_or_uid: Any, conditions: tuple[Any, ...], fields: dict[str, Any]
    ) -> tuple[ObjectDoesNotExist, list[Lazy]]:
        """What `get` says if nothing is found, and the query sets that it tries one after another."""
        if isinstance(id_or_uid, str):
            return self._uid_error(id_or_uid), [self._by_uid(id_or_uid)]
        if isinstance(id_or_uid, int):
            fields = {**fields, "id": id_or_uid}
        elif id_or_uid is not None:
            conditions = (id_or_uid, *conditions)
        missing = self._registry.DoesNotExist(f"{self._info.name} matching query does not exist.")
        return missing, self._latest_first(conditions, fields)

    def _latest_first(self, conditions: tuple[Any, ...], fields: dict[str, Any]) -> list[Lazy]:
        """Of versions the latest, then the newest of any."""
        rows = cast("QuerySet[R]", self)._by_fields(*conditions, **fields)
        if not self._info.is_versioned or not fields or not VERSION_KEYS.isdisjoint(fields):
            return [rows._sliced(0, 2)]
        latest = both(rows._query.filter, {"isLatest": {"eq": True}})
        return [rows._with(filter=latest)._sliced(0, 2), rows.order_by("-created_at")._sliced(0, 1)]

    def _by_uid(self, uid: str) -> Lazy:
        """A string is the beginning of a uid, on whatever branch; of a version family it means the latest."""
        condition: dict[str, Any] = {"uid": {"startsWith": uid}}
        stem = self._info.is_versioned and len(uid) <= STEM_LENGTH.get(self._info.name, 0)
        if stem:
            condition["isLatest"] = {"eq": True}
        return self._with(filter=both(self._query.filter, condition))._sliced(0, 1 if stem else 2)

    def _uid_error(self, uid: str) -> ObjectDoesNotExist:
        name, field = self._info.name, self._info.name_field or "uid"
        return ObjectDoesNotExist(
            f"No record found with uid '{uid}'. Did you forget a keyword as in {name}.get({field}='{uid}')?"
        )

    def in_bulk(self, id_list: Iterable[Any] | None = None, *, field_name: str = "pk") -> dict[Any, Any]:
        """The records by their ids, or by another unique field.

        Args:
            id_list: which values; all records if not given.
            field_name: the field that the values are of.
        """
        self._refuse_slice("use in_bulk() with")
        name = "id" if field_name == "pk" else field_name
        if name not in self._info.fields or not self._info.fields[name].unique:
            raise InvalidValueError(f"in_bulk()'s field_name must be a unique field but '{field_name}' isn't.")
        rows = self if id_list is None else self._among(name, list(id_list))
        return {getattr(record, name): record for record in rows}

    async def ain_bulk(self, id_list: Iterable[Any] | None = None, *, field_name: str = "pk") -> dict[Any, Any]:
        """As `in_bulk`, to be awaited."""
        return await asyncio.to_thread(self.in_bulk, id_list, field_name=field_name)

    def _among(self, name: str, values: list[Any]) -> Lazy:
        field = self._info.fields[name].graphql
        return self._with(filter=both(self._query.filter, {field: {"in": values}}))
