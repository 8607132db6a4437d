"""What follows from what a new row is made of, such as its hash."""

from collections.abc import Callable, Mapping

import sqlalchemy as sa

from .artifact import Artifact
from .base import Registry, table_of
from .changes import RowChange
from .collection import Collection
from .completion import Values
from .hashes import collection_hash
from .schema import Schema
from .schema_content import new_schema


def content_values(connection: sa.Connection, model: type[Registry], change: RowChange) -> Values:
    """The values of a new row that follow from the rows it is linked to, where they are not given."""
    derive = DERIVED.get(model)
    if derive is None or change.values.get("hash") is not None:
        return {}
    return {name: value for name, value in derive(connection, change).items() if change.values.get(name) is None}


def _of_collection(connection: sa.Connection, change: RowChange) -> Values:
    links = [one for one in change.links if one.link.table.name == "lamindb_collectionartifact"]
    ids, columns = [linked.target for one in links for linked in one.wanted], table_of(Artifact).c
    hashes = connection.scalars(sa.select(columns.hash).where(columns.id.in_(ids))).all() if ids else ()
    return {"hash": collection_hash(hash_ for hash_ in hashes if hash_)} if hashes else {}


DERIVED: Mapping[type[Registry], Callable[[sa.Connection, RowChange], Values]] = {
    Collection: _of_collection,
    Schema: new_schema,
}
