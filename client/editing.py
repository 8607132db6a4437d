"""The part of a query set that writes."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from . import background
from .errors import FieldDoesNotExist
from .lazy import Lazy
from .mutations import CHUNK, mutate
from .patches import patch_of, refuse_nulls
from .writable import delete_rows, deletes_for_good, save_all

if TYPE_CHECKING:
    from .queryset import QuerySet


class Editing(Lazy):
    """Records that are made, changed and deleted many at a time."""

    def create(self, **fields: Any) -> Any:
        """Make a record and save it."""
        return self._registry(**fields).save()

    async def acreate(self, **fields: Any) -> Any:
        """As `create`, to be awaited."""
        return await asyncio.to_thread(self.create, **fields)  # as in Django: making a record asks the server

    def bulk_create(self, records: Iterable[Any]) -> list[Any]:
        """Save new records in few requests."""
        made = list(records)
        background.run(save_all(made))
        return made

    async def abulk_create(self, records: Iterable[Any]) -> list[Any]:
        """As `bulk_create`, to be awaited."""
        return await asyncio.to_thread(self.bulk_create, records)

    def bulk_update(self, records: Iterable[Any], fields: Sequence[str] = ()) -> int:
        """Save what was set of records; `fields` are named as in Django, and more that was set is saved too."""
        changed = list(records)
        background.run(save_all(changed))
        return len(changed)

    async def abulk_update(self, records: Iterable[Any], fields: Sequence[str] = ()) -> int:
        """As `bulk_update`, to be awaited."""
        return await asyncio.to_thread(self.bulk_update, records, fields)

    def get_or_create(self, defaults: dict[str, Any] | None = None, **fields: Any) -> tuple[Any, bool]:
        """The record that has these values, or a new one with them and the defaults; and whether it is new."""
        found = self._rows.filter(**fields).first()
        return (found, False) if found else (self.create(**(fields | (defaults or {}))), True)

    async def aget_or_create(self, defaults: dict[str, Any] | None = None, **fields: Any) -> tuple[Any, bool]:
        """As `get_or_create`, to be awaited."""
        return await asyncio.to_thread(self.get_or_create, defaults, **fields)

    def update_or_create(self, defaults: dict[str, Any] | None = None, **fields: Any) -> tuple[Any, bool]:
        """The record that has these values, with the defaults written to it, or a new one; and whether it is new."""
        found, new = self.get_or_create(defaults, **fields)
        if not new:
            for name, value in (defaults or {}).items():
                setattr(found, name, value)
            found.save()
        return found, new

    async def aupdate_or_create(self, defaults: dict[str, Any] | None = None, **fields: Any) -> tuple[Any, bool]:
        """As `update_or_create`, to be awaited."""
        return await asyncio.to_thread(self.update_or_create, defaults, **fields)

    def update(self, **fields: Any) -> int:
        """Write values to all these records; gives their number.

        Raises:
            FieldDoesNotExist: for a name that is no field.
            FieldValidationError: for a value that is not accepted.
        """
        return background.run(self._update(fields))

    async def aupdate(self, **fields: Any) -> int:
        """As `update`, to be awaited."""
        return await background.bridge(self._update(fields))

    async def _update(self, fields: dict[str, Any]) -> int:
        self._refuse_slice("update")
        self._refuse_combined("update")
        if not fields:
            return 0
        for name in fields:
            if name not in self._info.fields and name not in self._info.relations:
                raise FieldDoesNotExist(f"{self._info.name} has no field named '{name}'")
        refuse_nulls(self._info, fields)
        patch = patch_of(self._info, fields)
        return sum([len(await self._write("update", chunk, {"patch": patch})) for chunk in await self._chunks()])

    def delete(self, permanent: bool | None = None) -> None:
        """Move all these records to the trash; for good with `permanent`, or where their registry has no trash.

        Raises:
            TypeError: of a slice.
            ValueError: if they should go to the trash and their registry has none.
            ProtectedError: if other records need them.
        """
        background.run(self._delete(permanent))

    async def adelete(self, permanent: bool | None = None) -> None:
        """As `delete`, to be awaited."""
        await background.bridge(self._delete(permanent))

    async def _delete(self, permanent: bool | None) -> None:
        self._refuse_slice("delete")
        self._refuse_combined("delete")
        for_good = deletes_for_good(self._info, permanent)
        for chunk in await self._chunks():
            await self._delete_chunk(chunk, for_good)

    async def _delete_chunk(self, ids: list[int], permanent: bool) -> None:
        given = {"filter": _with_ids(ids, self._info.has_branch), "atMost": len(ids), "permanent": permanent}
        await delete_rows(self._registry, "delete", given, many=True)

    async def _write(self, action: str, ids: list[int], given: dict[str, Any]) -> list[Any]:
        given = {"filter": _with_ids(ids, self._info.has_branch), "atMost": len(ids), **given}
        rows: list[Any] = await mutate(self._registry, action, given, many=True)
        return rows

    async def _chunks(self) -> list[list[int]]:
        ids = [key for (key,) in await self._reader().values(("id",))]
        return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]

    @property
    def _rows(self) -> "QuerySet":
        return cast("QuerySet", self._with())


def _with_ids(ids: list[int], has_branch: bool) -> dict[str, Any]:
    """The rows with these ids, on whatever branch."""
    every = {"branchId": {"isNull": False}} if has_branch else {}
    return {"databaseId": {"in": ids}, **every}
