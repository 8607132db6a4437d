"""Tables whose rows link two records: what registries reach each other through, and nothing that one looks up.

A link table is a plain table, found by its name, `Base.metadata.tables["lamindb_artifactulabel"]`, or by a relation
that leads through it: nothing is ever asked of a link that would need a class, and classes take long to map.
"""

from typing import Any

from sqlalchemy import Column, Identity, Index, Table, UniqueConstraint
from sqlalchemy.schema import SchemaItem

from .base import Base
from .naming import add_foreign_keys, unique_where
from .relations import CASCADE, PROTECT, points_to
from .types import BigKey, UTCDateTime, now


def link_table(name: str, here: str, there: str) -> Table:
    """A table that only links: `here` and `there` are its foreign keys, given as `column -> table`.

    A link goes with either of its records.
    """
    ends = [owner(end, f"The linked row of {end.partition(' -> ')[2]}.") for end in (here, there)]
    return link(name, "Links that say nothing more.", *ends, UniqueConstraint(*(end.name for end in ends)))


def link(name: str, doc: str, *items: SchemaItem) -> Table:
    """A table with its integer key, further columns, and constraints; `doc` says in a sentence what its rows link."""
    key = Column("id", BigKey, Identity(), primary_key=True, doc="Integer id of the link in this database.")
    table = Table(name, Base.metadata, key, *items, info={"doc": doc})
    add_foreign_keys(table)
    return table


def key(end: str, doc: str, on_delete: str = PROTECT, *, nullable: bool = False) -> Column[int]:
    """A foreign key, given as `column -> table`; `doc` describes the related record and starts with "The"."""
    name, table = end.split(" -> ")
    type_, described = points_to(table, doc, on_delete)
    return Column(name, type_, nullable=nullable, **described)


def owner(end: str, doc: str) -> Column[int]:
    """A foreign key to the record that the link goes with: it is deleted when the record is."""
    return key(end, doc, CASCADE)


def feature() -> Column[int]:
    """The feature of links that are plain labels or values of a feature."""
    doc = "The feature that the label is a value of; none for a plain label."
    return key("feature_id -> lamindb_feature", doc, nullable=True)


def created(*, index: bool = True) -> tuple[Column[Any], Column[int]]:
    """When and by whom a link was made."""
    return (
        Column("created_at", UTCDateTime, server_default=now(), nullable=False, index=index, doc="When it was linked."),
        key("created_by_id -> lamindb_user", "The user who made the link."),
    )


def tracked(*, index: bool = True) -> tuple[Column[Any], ...]:
    """When, by whom and in which run a link was made."""
    return *created(index=index), key("run_id -> lamindb_run", "The run that made the link.", nullable=True)


def once_per_feature(link: str, *columns: str) -> tuple[Index, Index]:
    """The same label may be linked once under each feature, and once more without a feature."""
    plain = [column for column in columns if column != "feature_id"]
    return (
        unique_where(f"unique_{link}", columns, "feature_id IS NOT NULL"),
        unique_where(f"unique_{link}_null_feature", plain, "feature_id IS NULL"),
    )
