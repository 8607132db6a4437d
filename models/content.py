"""What a new schema or collection is made of, and the hash that follows from it."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from lnql.errors import InvalidError, LnqlError

from .artifact import Artifact
from .base import Registry, table_of
from .bionty import CellMarker, Gene, Pathway, Protein
from .changes import RowChange
from .collection import Collection
from .completion import Values
from .feature import Feature
from .hashes import SCHEMA_CODES, collection_hash, schema_hash
from .schema import Schema, optional_features


def content_values(connection: sa.Connection, model: type[Registry], change: RowChange) -> Values:
    """The values of a new row that follow from the rows it is linked to, where they are not given."""
    derive = DERIVED.get(model)
    if derive is None or change.values.get("hash") is not None:
        return {}
    return {name: value for name, value in derive(connection, change).items() if change.values.get(name) is None}


def empty_schema(change: RowChange) -> LnqlError | None:
    """What is wrong with a new schema that is made of nothing."""
    linked = {one.link.table.name for one in change.links if one.set or one.add}
    if change.values.get("is_type") or change.values.get("itype") or linked & {*MEMBERS, COMPONENTS}:
        return None
    return InvalidError("A schema takes features, components or an itype.", hint="Or is it a type? Say isType.")


def _of_schema(connection: sa.Connection, change: RowChange) -> Values:
    """Types have no hash; a schema of features counts them."""
    values = change.values
    if values.get("is_type"):
        return {}
    found = {itype: _linked(connection, change, link, model, "uid") for link, (model, itype) in MEMBERS.items()}
    itype, features = next(((itype, uids) for itype, uids in found.items() if uids), ("", []))
    members: Values = {"n_members": len(features), "itype": itype} if features else {}
    full = {**members, **values}
    if full.get("itype") not in (None, "Feature", "Composite"):
        members["_dtype_str"] = full["_dtype_str"] = full.get("_dtype_str") or "num"  # as LaminDB has it of all others
    optional = optional_features(values.get("_aux"))
    properties: dict[str, Any] = {name: full.get(COLUMNS.get(name, name)) for name in SCHEMA_CODES}
    if properties["flexible"] is None:
        properties["flexible"] = full.get("n_members") is None
    hash_ = schema_hash(properties, features={uid: uid in optional for uid in features})
    return {**members, "flexible": properties["flexible"], "hash": hash_}


MEMBERS: Mapping[str, tuple[type[Registry], str]] = {
    "lamindb_schemafeature": (Feature, "Feature"),
    "bionty_schemagene": (Gene, "bionty.Gene"),
    "bionty_schemaprotein": (Protein, "bionty.Protein"),
    "bionty_schemacellmarker": (CellMarker, "bionty.CellMarker"),
    "bionty_schemapathway": (Pathway, "bionty.Pathway"),
}
"""What a schema may be made of, by the table that links it: the registry, and what LaminDB calls it there."""
COMPONENTS = "lamindb_schemacomponent"
"""The table that links a schema of schemas to those."""


def _of_collection(connection: sa.Connection, change: RowChange) -> Values:
    hashes = _linked(connection, change, "lamindb_collectionartifact", Artifact, "hash")
    return {"hash": collection_hash(hash_ for hash_ in hashes if hash_)} if hashes else {}


def _linked(connection: sa.Connection, change: RowChange, link: str, model: type[Registry], column: str) -> list[str]:
    """A column of the rows that a new row is linked to through a table."""
    ids = [id_ for one in change.links if one.link.table.name == link for id_ in (*(one.set or ()), *one.add)]
    columns = table_of(model).c
    return list(connection.scalars(sa.select(columns[column]).where(columns.id.in_(ids)))) if ids else []


COLUMNS = {"dtype": "_dtype_str"}
"""The columns of properties that are named otherwise."""

DERIVED: Mapping[type[Registry], Callable[[sa.Connection, RowChange], Values]] = {
    Collection: _of_collection,
    Schema: _of_schema,
}
