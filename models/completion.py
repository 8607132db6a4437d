"""What a new row says beyond what was given for it: ids, who made it, and the defaults that LaminDB fills in."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import sqlalchemy as sa

from lnql.errors import InvalidError, LnqlError

from .artifact import Artifact
from .base import Registry, table_of
from .bionty import BioRecord, Gene, Source
from .branches import MAIN
from .feature import Feature, JsonValue
from .hashes import json_value_hash, text_hash
from .mixins import Versioned
from .project import Project
from .run import Run
from .schema import Schema
from .storage import Storage
from .transform import Transform
from .uids import entity_uid, random_uid, source_uid, versioned_uid

Values = dict[str, Any]

UID_LENGTHS: Mapping[type[Registry], int] = {Run: 16}
"""How long random uids are where that is less than the column takes."""

FORM = re.compile("[0-9A-Za-z]+")
"""What uids are made of."""

CONSTANTS: Mapping[type[Registry], Mapping[str, Any]] = {
    Artifact: {"_key_is_virtual": True, "_overwrite_versions": False, "storage_id": 1},
    Feature: {"array_rank": 0, "array_size": 0, "nullable": True},
    Project: {"_status_code": "planned"},
    Schema: {"minimal_set": True, "ordered_set": False, "maximal_set": False},
    Source: {"in_db": False, "currently_used": False},
    Storage: {"type": "local"},
    Transform: {"kind": "pipeline"},
}
"""What LaminDB fills in where nothing is given."""


def complete(model: type[Registry], values: Values, user: int, organism: str = "") -> Values:
    """Give the values of a new row, with those that follow from others or that the server decides.

    `user` is who makes it; `organism` is the name of the organism that a biological entity belongs to.
    """
    columns = table_of(model).c
    full = {**CONSTANTS.get(model, {}), **values}
    full.update((name, derive(full)) for name, derive in DERIVED.get(model, {}).items() if full.get(name) is None)
    if "created_by_id" in columns:
        full.setdefault("created_by_id", user)
    if "branch_id" in columns and "created_on_id" in columns:
        full["created_on_id"] = full.get("branch_id", MAIN)
    if issubclass(model, Versioned):
        full.setdefault("is_latest", True)
    if "uid" in columns and full.get("uid") is None:
        full["uid"] = _new_uid(model, full, organism)
    return full


def uid_error(model: type[Registry], uid: str | None) -> LnqlError | None:
    """What is wrong with the uid that is given to a new row, if anything. Those of versions are of one length."""
    if uid is None or (FORM.fullmatch(uid) and not (issubclass(model, Versioned) and len(uid) < uid_length(model))):
        return None
    length = f"{uid_length(model)}" if issubclass(model, Versioned) else f"1 to {uid_length(model)}"
    return InvalidError(f"{uid!r} is no uid; it takes {length} letters and digits.", path=("uid",))


def missing(model: type[Registry], values: Values) -> list[str]:
    """The keys of the columns that need a value and have none."""
    return [key for key in _required(model) if values.get(key) is None]


@cache
def _required(model: type[Registry]) -> list[str]:
    """The keys of the columns that need a value and have no default."""
    columns = [column for column in table_of(model).columns if not column.nullable and column.server_default is None]
    return [column.key for column in columns if not column.primary_key]


def _suffix(values: Values) -> str:
    return PurePosixPath(values.get("key") or "").suffix


def _source_hash(values: Values) -> str | None:
    return text_hash(values["source_code"]) if values.get("source_code") else None


DERIVED: Mapping[type[Registry], Mapping[str, Callable[[Values], Any]]] = {
    Artifact: {"suffix": _suffix},
    JsonValue: {"hash": lambda values: json_value_hash(values.get("value"))},
    Transform: {"hash": _source_hash},
}
"""Columns that follow from others."""


def _new_uid(model: type[Registry], values: Values, organism: str) -> str:
    if issubclass(model, Versioned):
        return versioned_uid(model.__stem_length__)
    if model is Source:
        return source_uid(*(str(values.get(name)) for name in ("entity", "name", "organism", "version")))
    if issubclass(model, BioRecord) and (parts := _entity_parts(model, values, organism)):
        return entity_uid(*parts)
    return random_uid(uid_length(model))


@cache
def uid_length(model: type[Registry]) -> int:
    """How long the uids of a registry are."""
    type_ = table_of(model).c.uid.type
    assert isinstance(type_, sa.String)  # noqa: S101  uids are texts
    return UID_LENGTHS.get(model) or type_.length or 0


def _entity_parts(model: type[Registry], values: Values, organism: str) -> tuple[str, ...]:
    """What the uid of a biological entity is made of; nothing where it says nothing."""
    if model is Gene:
        for name in ("ensembl_gene_id", "stable_id"):
            if values.get(name):
                return (values[name],)
        return (values["symbol"], organism) if values.get("symbol") else ()
    if values.get("ontology_id"):
        return (values["ontology_id"],)
    return (values["name"], organism) if values.get("name") else ()
