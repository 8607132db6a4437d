"""Records that are made, changed, saved and deleted."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from . import background
from .documents import everything
from .errors import FieldValidationError, IntegrityError, InvalidTypeError, InvalidValueError, ProtectedError
from .feature_values import by_feature
from .mutations import create_many, mutate, rehearse
from .patches import by_field, patch_of, refuse_nulls
from .peers import Peers
from .tracking import provenance
from .values import decode

if TYPE_CHECKING:
    from .catalog import Field, RegistryInfo
    from .connection import Connection
    from .record import BaseRecord

TRASH = -1
FIRST_VERSION = "0000"
"""How the uids of first versions end."""
POSITIONAL: Mapping[str, str] = {"Collection": "artifacts", "Schema": "features"}
"""What the argument without a name is, of registries that take one."""
HINTS: Mapping[str, str] = {"Artifact": "LNQL takes no files up; lamindb does, in the same database."}
TRASHLESS = frozenset({"Storage"})
"""Registries without a trash though their records are on branches."""
SILENT = frozenset({"Run", "Transform", "Artifact"})
"""Registries whose permanent deletion says nothing in LaminDB."""


class Writable:
    """The part of a record that writes. An attribute that is set is written by `save()`."""

    __registry_info__: ClassVar["RegistryInfo"]
    __connection__: ClassVar["Connection"]
    _values: dict[str, Any]

    def __init__(self, *arguments: Any, **fields: Any) -> None:
        """Make a record, to be saved: a new one, or the existing one of that name with what is said anew.

        Raises:
            FieldValidationError: for a value that is not accepted or lacks.
            ReadOnlyError: if the instance may not be changed.
        """
        info = self.__registry_info__
        given = by_field(info, _named(info, arguments) | self._formed(fields))
        self._start(dict.fromkeys(info.fields))
        row, new = background.run(rehearse(type(self), self._patch(given)))  # type: ignore[arg-type]  # a registry
        if row is not None:
            self._take(row)
        else:
            self._values |= {name: _read(field, new.get(field.graphql)) for name, field in info.fields.items()}
            given |= self._kept_uid()
        self.__dict__["_given"] = given
        self.__dict__.update(
            {name: value for name, value in given.items() if name in _names(info) and value is not None}
        )

    def _kept_uid(self) -> dict[str, str]:
        """The uid that it is saved with; a further version gets its own from those that are there then."""
        uid: str = self._values.get("uid") or ""
        further = self.__registry_info__.is_versioned and not uid.endswith(FIRST_VERSION)
        return {"uid": uid} if uid and not further else {}

    @classmethod
    def _formed(cls, fields: dict[str, Any]) -> dict[str, Any]:
        """What is said, with values of features in the form of their dtypes."""
        if "features" not in fields or not cls.__registry_info__.has_features:
            return fields
        formed = by_feature(cls.__connection__, fields["features"])
        return fields | {"features": {feature: value for feature, value in formed.items() if value is not None}}

    def _start(self, values: dict[str, Any]) -> None:
        """Be a record with these values that was read by itself."""
        peers = Peers()
        self.__dict__.update(
            _values=values, _related={}, _read_ahead={}, _peers=peers, _place=peers.join(cast("BaseRecord", self))
        )

    def save(self) -> Self:
        """Write what is new or was changed; gives the record itself.

        Raises:
            FieldValidationError: for a value that is not accepted.
            IntegrityError: for None where a value is needed.
            LnqlError: if the server refuses for another reason; nothing was written then.
        """
        background.run(self._save())
        return self

    async def asave(self) -> Self:
        """As `save`, to be awaited."""
        await background.bridge(self._save())
        return self

    async def _save(self) -> None:
        given, changed = self.__dict__.get("_given"), self._changed()
        registry: Any = type(self)
        if given is not None:
            row = await mutate(registry, "create", {"data": self._patch(given | changed)})
        elif changed:
            refuse_nulls(self.__registry_info__, changed)
            row = await mutate(registry, "update", {"id": self._global_id, "patch": self._patch(changed)})
        else:
            return
        self._take(row)

    def delete(self, permanent: bool | None = None) -> tuple[int, dict[str, int]] | None:
        """Move the record to the trash; for good with `permanent`, or where its registry has no trash.

        Raises:
            ValueError: if it should go to the trash and its registry has none, or is in the trash already.
            ProtectedError: if other records need it.
        """
        return background.run(self._delete(permanent))

    async def adelete(self, permanent: bool | None = None) -> tuple[int, dict[str, int]] | None:
        """As `delete`, to be awaited."""
        return await background.bridge(self._delete(permanent))

    async def _delete(self, permanent: bool | None) -> tuple[int, dict[str, int]] | None:
        info, registry = self.__registry_info__, type(self)
        if self._values["id"] is None:
            return None
        for_good = deletes_for_good(info, permanent)
        if not for_good and self._values["branch_id"] == TRASH:
            raise InvalidValueError(f"{self!r} is in the trash already.", hint="delete(permanent=True) is for good.")
        count = await delete_rows(registry, "delete", {"id": self._global_id, "permanent": for_good})
        if for_good:
            return None if info.name in SILENT else (count, {f"{info.module}.{info.name}": count})
        self.__dict__.pop("branch", None)
        await self._refresh()
        return None

    def restore(self) -> None:
        """Take the record out of the trash."""
        self._take(background.run(mutate(type(self), "restore", {"id": self._global_id})))  # type: ignore[arg-type]  # a registry

    def refresh_from_db(self) -> None:
        """Read the record anew; what was set and not saved is gone."""
        background.run(self._refresh())

    async def arefresh_from_db(self) -> None:
        """As `refresh_from_db`, to be awaited."""
        await background.bridge(self._refresh())

    async def _refresh(self) -> None:
        registry: Any = type(self)
        (found,) = await registry.__by_ids__([self._values["id"]])
        self._forget_changes()
        self._start(found._values)

    # What is to be written

    def _changed(self) -> dict[str, Any]:
        """The attributes that were set since the record was read."""
        names = _names(self.__registry_info__)
        return {name: value for name, value in self.__dict__.items() if name in names}

    def _patch(self, values: Mapping[str, Any]) -> dict[str, Any]:
        new = self._values.get("id") is None
        return patch_of(self.__registry_info__, {**(provenance(self) if new else {}), **values})

    def _take(self, row: dict[str, Any]) -> None:
        """Be the row of an answer."""
        self._forget_changes()
        record: Any = type(self).__from_row__(row, everything(self.__registry_info__), Peers())  # type: ignore[attr-defined]  # a registry
        self._start(record._values)

    def _forget_changes(self) -> None:
        for name in [*self._changed(), "_given"]:
            self.__dict__.pop(name, None)

    @property
    def _global_id(self) -> str:
        return f"{self.__registry_info__.name}:{self._values['id']}"


async def delete_rows(registry: Any, action: str, given: Mapping[str, Any], *, many: bool = False) -> int:
    """Delete; gives how many rows.

    Raises:
        ProtectedError: if other rows need them.
    """
    try:
        count: int = await mutate(registry, action, given, many=many)
    except (FieldValidationError, IntegrityError) as error:
        raise ProtectedError(error.message) from error
    return count


def deletes_for_good(info: "RegistryInfo", permanent: bool | None) -> bool:
    """Whether deleting records of a registry is for good.

    Raises:
        TypeError: for anything but True, False and None.
        ValueError: if it should not be and the registry has no trash.
    """
    if permanent not in (True, False, None):
        raise InvalidTypeError(f"permanent={permanent!r} is neither True nor False nor None.")
    if info.has_branch and info.name not in TRASHLESS:
        return bool(permanent)
    if permanent is False:
        raise InvalidValueError(
            f"Soft delete is not possible for {info.name}, use 'permanent=True' or 'permanent=None'"
            " for permanent deletion."
        )
    return True


def _named(info: "RegistryInfo", arguments: tuple[Any, ...]) -> dict[str, Any]:
    if not arguments:
        return {}
    name = POSITIONAL.get(info.name)
    if name is None or len(arguments) > 1:
        raise InvalidValueError(
            f"{info.name} takes its values by name, for example {info.name}({info.name_field}=…).",
            hint=HINTS.get(info.name),
        )
    return {name: arguments[0]}


def _read(field: "Field", value: Any) -> Any:
    return None if value is None else decode(field.kind, value)


def _names(info: "RegistryInfo") -> set[str]:
    return {*info.fields, *info.relations}


def save(records: Iterable[Any]) -> None:
    """Save records, those that are new in as few requests as possible.

    >>> ln.save([ln.ULabel(name="a"), ln.ULabel(name="b")])  # doctest: +SKIP

    Raises:
        InvalidValueError: for a single record.
        LnqlError: if the server refuses; records of other registries, and of chunks before, may have been saved.
    """
    if hasattr(type(records), "__registry_info__"):
        raise InvalidValueError("Please use record.save() if saving a single record.")
    background.run(save_all(list(records)))


async def save_all(records: list[Any]) -> None:
    """Save records; see `save`."""
    new: dict[Any, list[Any]] = {}
    for record in {id(record): record for record in records}.values():
        if record.__dict__.get("_given") is None:
            await record._save()
        else:
            new.setdefault(type(record), []).append(record)
    for registry, group in new.items():
        rows = await create_many(registry, [one._patch(one._given | one._changed()) for one in group])
        for record, row in zip(group, rows, strict=True):
            record._take(row)
