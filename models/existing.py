"""Rows that exist already: where LaminDB returns a row instead of making a second one.

A name is taken on the branch main, and among the rows of the same type where a type is given; an id in an ontology, a
root or the hash of some content is taken everywhere. By its name a row with a uid of its own is no other row.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from .artifact import Artifact
from .base import Registry, table_of
from .bionty import BioRecord, Source
from .branches import MAIN, TRASH
from .collection import Collection
from .completion import Values
from .feature import Feature, JsonValue
from .mixins import Typed, Versioned
from .project import Project, Reference
from .record import Record
from .schema import Schema
from .storage import Storage
from .transform import Transform
from .ulabel import ULabel

NAMED: tuple[type[Registry], ...] = (BioRecord, Feature, Project, Record, Reference, Schema, ULabel)
"""Registries in which a name is looked up before a row is made."""

SAME: tuple[tuple[type[Registry], tuple[str, ...]], ...] = (
    (BioRecord, ("uid",)),
    (Source, ("uid",)),
    (Storage, ("root",)),
    (Artifact, ("hash",)),
    (Collection, ("hash",)),
    (Transform, ("hash", "key")),
    (Schema, ("hash",)),
    (JsonValue, ("feature_id", "hash")),
)
"""Columns by which a row is the same as another one."""

KEPT = frozenset({"uid", "_dtype_str", "otype", "hash", "created_on_id", "created_by_id", "is_latest"})
"""Columns of a row that exists, which making it again does not change."""


def find_existing(
    connection: sa.Connection, model: type[Registry], said: Sequence[Values], full: Sequence[Values]
) -> list[int | None]:
    """The id of the row that exists already, for each row that is to be made; None if there is none.

    `said` are the values as they were given, `full` with those that were filled in.
    """
    found: list[int | None] = [None] * len(said)
    for known, columns in SAME:
        if issubclass(model, known):
            _fill(found, _by_columns(connection, model, columns, full))
    if name := _name_column(model):
        _fill(found, _by_name(connection, model, name, said))
    return found


def find_repeated(model: type[Registry], said: Sequence[Values], full: Sequence[Values]) -> list[int | None]:
    """The number of the row before it in the list that each row is the same as, as if that one existed already."""
    repeated: list[int | None] = [None] * len(said)
    for known, columns in SAME:
        if issubclass(model, known):
            _fill(repeated, _first_alike([tuple(row.get(name) for name in columns) for row in full]))
    if name := _name_column(model):
        _fill(repeated, _first_named(model, name, said, full))
    return repeated


def changed_values(model: type[Registry], said: Values) -> Values:
    """The values with which a row that exists is updated when it is made again: nulls say nothing.

    Of what comes in versions, only the description is, and the key of a collection.
    """
    given = {name: value for name, value in said.items() if value is not None and name not in KEPT}
    if not issubclass(model, Versioned):
        return given
    names = ("description", "key") if issubclass(model, Collection) else ("description",)
    return {name: given[name] for name in names if name in given}


def _name_column(model: type[Registry]) -> str | None:
    """The column by which rows of a registry are looked up before they are made, if there is one."""
    name = model.__name_field__
    return name if issubclass(model, NAMED) and name in table_of(model).c else None


def _fill(found: list[int | None], others: Iterable[int | None]) -> None:
    found[:] = [first if first is not None else other for first, other in zip(found, others, strict=True)]


def _first_alike(rows: Sequence[tuple[Any, ...]]) -> list[int | None]:
    firsts: dict[tuple[Any, ...], int] = {}
    found = [firsts.setdefault(values, number) if None not in values else number for number, values in enumerate(rows)]
    return [first if first != number else None for number, first in enumerate(found)]


def _first_named(model: type[Registry], name: str, said: Sequence[Values], full: Sequence[Values]) -> list[int | None]:
    is_same = _same_in(model)
    firsts: dict[str, list[int]] = {}
    found: list[int | None] = []
    for number, row in enumerate(said):
        asked = _asked_name(row, name)
        known = firsts.setdefault(asked or "", [])
        first = next((other for other in known if is_same(row, _described(full[other]))), None)
        if first is None and asked and full[number].get("branch_id", MAIN) == MAIN:
            known.append(number)
        found.append(first)
    return found


def _asked_name(row: Values, name: str) -> str | None:
    """The name by which a row is looked up."""
    return None if row.get("uid") else row.get(name)


def _described(row: Values) -> Values:
    return dict.fromkeys(DESCRIBING) | row


def _by_columns(
    connection: sa.Connection, model: type[Registry], names: Sequence[str], rows: Sequence[Values]
) -> list[int | None]:
    """The rows with the same values in some columns; what is in the trash is not found by its hash."""
    columns = table_of(model).c
    wanted = [tuple(row.get(name) for name in names) for row in rows]
    firsts = {values[0] for values in wanted if None not in values}
    if not firsts:
        return [None] * len(rows)
    select = sa.select(columns.id, *(columns[name] for name in names)).where(columns[names[0]].in_(firsts))
    if "hash" in names and "branch_id" in columns:
        select = select.where(columns.branch_id != TRASH)
    ids: dict[tuple[Any, ...], int] = {}
    for id_, *values in connection.execute(select.order_by(columns.id)):
        ids.setdefault(tuple(values), id_)
    return [ids.get(values) for values in wanted]


def _by_name(connection: sa.Connection, model: type[Registry], name: str, rows: Sequence[Values]) -> list[int | None]:
    columns = table_of(model).c
    asked = [_asked_name(row, name) for row in rows]
    names = {one for one in asked if one}
    if not names:
        return [None] * len(rows)
    described = sa.select(*(columns[key] for key in columns.keys() if key in DESCRIBING or key in (name, "id")))  # noqa: SIM118  it goes over columns
    select = described.where(columns[name].in_(names), columns.branch_id == MAIN).order_by(columns.id)
    known: dict[str, list[Values]] = {}
    for row in connection.execute(select).mappings():
        known.setdefault(row[name], []).append(dict(row))
    is_same = _same_in(model)
    return [
        next((other["id"] for other in known.get(one or "", ()) if is_same(row, other)), None)
        for one, row in zip(asked, rows, strict=True)
    ]


DESCRIBING = frozenset({"type_id", "ontology_id", "organism_id", "ensembl_gene_id", "stable_id", "uniprotkb_id"})
"""Columns that keep rows of one name apart."""


def _same_in(model: type[Registry]) -> Callable[[Values, Values], bool]:
    """Tells of two rows with one name, one of which is to be made, whether they are the same."""
    return _same_type if issubclass(model, Typed) else _same_entity


def _same_type(row: Values, other: Values) -> bool:
    """Without a word on the type, a row of any type is meant; null is said of rows without a type."""
    return "type_id" not in row or row["type_id"] == other["type_id"]


def _same_entity(row: Values, other: Values) -> bool:
    return all(row.get(key) is None or row[key] == other[key] for key in DESCRIBING & other.keys())
