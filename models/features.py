"""Where the values of features are stored: by the registry of the record that has them, and by dtype.

Labels are stored as links that name the feature. Any other value is JSON: artifacts and runs are linked to a shared
`JsonValue`, records have values of their own.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from sqlalchemy import Column, Table

from .artifact import Artifact
from .base import Base, Registry
from .hashes import json_value_hash
from .record import Record
from .run import Run

HOSTS: tuple[type[Registry], ...] = (Artifact, Run, Record)
"""The registries whose records have values of features."""


class LabelLink(Struct, frozen=True, eq=False):
    """A table that links hosts to the labels of one registry; `feature` is null for a plain label."""

    table: Table
    host: Column[Any]
    label: Column[Any]
    feature: Column[Any]


class JsonLink(Struct, frozen=True, eq=False):
    """A table that links hosts to JSON: to a shared `JsonValue`, or, if `shared` is None, by a value in the table."""

    table: Table
    host: Column[Any]
    shared: Column[Any] | None


def json_link(host: type[Registry]) -> JsonLink:
    """Where a host has the values that are no labels."""
    name = host.__name__.lower()
    if host is Record:
        table = Base.metadata.tables["lamindb_recordjson"]
        return JsonLink(table, table.c.record_id, None)
    table = Base.metadata.tables[f"lamindb_{name}jsonvalue"]
    return JsonLink(table, table.c[f"{name}_id"], table.c.jsonvalue_id)


def label_link(host: type[Registry], label: type[Registry]) -> LabelLink | None:
    """Where a host has labels of a registry as values of features; None if it cannot have such."""
    app = label.__tablename__.partition("_")[0]
    name, other = host.__name__.lower(), label.__name__.lower()
    table = Base.metadata.tables.get(f"{app}_{name}{other}")
    if table is None or "feature_id" not in table.c:
        return None
    value = table.c["value_id" if "value_id" in table.c else f"{other}_id"]
    return LabelLink(table, table.c[f"{name}_id"], value, table.c.feature_id)


def equal_hashes(value: str | bool | float) -> list[str]:
    """The hashes under which a `JsonValue` that equals a text, boolean or number may be stored: 37, or 37.0."""
    return [json_value_hash(spelling) for spelling in dict.fromkeys(_spellings(value))]


def _spellings(value: str | bool | float) -> Iterator[str]:
    yield str(value)
    if isinstance(value, str | bool):
        return
    yield str(float(value))
    if float(value).is_integer():
        yield str(int(value))
    if not value:
        yield "-0.0"
