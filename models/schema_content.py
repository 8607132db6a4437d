"""What a schema is made of, and the hash that follows from it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from lnql.errors import InvalidError, LnqlError

from .base import Base, Registry, table_of
from .bionty import CellMarker, Gene, Pathway, Protein
from .changes import Linked, RowChange
from .completion import Values
from .feature import Feature
from .hashes import SCHEMA_CODES, schema_hash
from .schema import Schema, index_feature, optional_features

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
COLUMNS = {"dtype": "_dtype_str"}
"""The columns of properties that are named otherwise."""

Links = Mapping[str, Sequence[Linked]]
"""What a schema is linked to, by the table."""


def empty_schema(change: RowChange) -> LnqlError | None:
    """What is wrong with a new schema that is made of nothing."""
    if change.values.get("is_type") or change.values.get("itype") or _said(change):
        return None
    return InvalidError("A schema takes features, components or an itype.", hint="Or is it a type? Say isType.")


def new_schema(connection: sa.Connection, change: RowChange) -> Values:
    """The values of a new schema that follow from what it is made of."""
    return _content(connection, change.values, _said(change))


def refreshed_schema(connection: sa.Connection, id_: int, present: Iterable[str]) -> Values:
    """The number of members and the hash of a schema that is there, as they follow from what it is made of now."""
    table = table_of(Schema)
    row = dict(connection.execute(sa.select(table).where(table.c.id == id_)).mappings().one())
    links = _stored(connection, id_, set(present))
    if any(links[name] for name in links if name in MEMBERS):
        del row["n_members"]
    made = _content(connection, row, links)
    return {name: made[name] for name in ("n_members", "hash") if name in made}


def _content(connection: sa.Connection, values: Values, links: Links) -> Values:
    """Types have no hash; a schema of features counts them."""
    found = {itype: _uids(connection, model, links.get(link, ())) for link, (model, itype) in MEMBERS.items()}
    itype, features = next(((itype, uids) for itype, uids in found.items() if uids), ("", []))
    members: Values = {"n_members": len(features), "itype": itype} if features else {}
    full = {**members, **values}
    if not str(full.get("itype")).startswith("Feature"):
        members["_dtype_str"] = full["_dtype_str"] = full.get("_dtype_str") or "num"  # as LaminDB has it of all others
    properties: dict[str, Any] = {name: full.get(COLUMNS.get(name, name)) for name in SCHEMA_CODES}
    properties["index_uid"] = index_feature(values.get("_aux"))
    if properties["flexible"] is None:
        properties["flexible"] = full.get("n_members") is None
    made = {**members, "flexible": properties["flexible"]}
    if values.get("is_type"):
        return made
    optional = optional_features(values.get("_aux"))
    slots = _slots(connection, links.get(COMPONENTS, ()))
    return {**made, "hash": schema_hash(properties, features={uid: uid in optional for uid in features}, slots=slots)}


def _uids(connection: sa.Connection, model: type[Registry], linked: Sequence[Linked]) -> list[str]:
    """The uids of members, in their order."""
    columns = table_of(model).c
    found = sa.select(columns.id, columns.uid).where(columns.id.in_([member.target for member in linked]))
    uids: dict[int, str] = dict(connection.execute(found).all()) if linked else {}
    return [uids[member.target] for member in linked]


def _slots(connection: sa.Connection, linked: Sequence[Linked]) -> dict[str, str]:
    """The hash of the schema of each part that has a name."""
    columns = table_of(Schema).c
    found = sa.select(columns.id, columns.hash).where(columns.id.in_([part.target for part in linked]))
    hashes: dict[int, str] = dict(connection.execute(found).all()) if linked else {}
    return {part.slot: hashes[part.target] for part in linked if part.slot is not None}


def _said(change: RowChange) -> Links:
    """What a new schema is to be linked to."""
    made_of = [one for one in change.links if _owner(one.link.table.name) == one.link.source.key]
    return {one.link.table.name: one.wanted for one in made_of if one.wanted}


def _stored(connection: sa.Connection, id_: int, present: set[str]) -> Links:
    """What a schema is linked to, in the order in which it was."""
    links: dict[str, list[Linked]] = {}
    for name in present.intersection({*MEMBERS, COMPONENTS}):
        columns = Base.metadata.tables[name].c
        member = "component_id" if name == COMPONENTS else f"{MEMBERS[name][0].__name__.lower()}_id"
        slot = columns.get("slot", sa.null())
        rows = sa.select(columns[member], sa.null(), slot).where(columns[str(_owner(name))] == id_).order_by(columns.id)
        links[name] = [Linked(*row) for row in connection.execute(rows)]
    return links


def _owner(table: str) -> str | None:
    """The column of a link table for the schema that is made of what it links; None for other tables."""
    return "composite_id" if table == COMPONENTS else "schema_id" if table in MEMBERS else None


def changes_content(change: RowChange) -> bool:
    """Whether a change of a schema is one of what it is made of."""
    columns = {"_aux", *(COLUMNS.get(name, name) for name in SCHEMA_CODES)}
    return not columns.isdisjoint(change.values) or any(_owner(one.link.table.name) for one in change.links)
