"""Sets of artifacts."""

from typing import TYPE_CHECKING

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .link_tables import link_table
from .mixins import SQLRecord, Versioned, uid_column
from .relations import foreign_key, many_to_many, many_to_one, one_to_many

if TYPE_CHECKING:
    from .artifact import Artifact
    from .block import CollectionBlock
    from .project import Project, Reference
    from .record import Record
    from .run import Run
    from .schema import Schema
    from .ulabel import ULabel


class Collection(Versioned, SQLRecord):
    """A set of artifacts that is versioned and used as one dataset."""

    __tablename__ = "lamindb_collection"
    __name_field__ = "key"
    __table_args__ = (UniqueConstraint("key", "hash", name="unique_collection_key_hash_not_null"),)

    uid: Mapped[str] = uid_column(20)
    key: Mapped[str] = mapped_column(
        String(255), index=True, doc="Path-like name, such as atlas/blood; versions of one collection share it."
    )
    description: Mapped[str | None] = mapped_column(doc="What the collection is, in a line of free text.")
    hash: Mapped[str | None] = mapped_column(
        String(22), index=True, doc="Hash of the hashes of its artifacts; the same set has the same hash."
    )
    reference: Mapped[str | None] = mapped_column(
        String(255), index=True, doc="Where the collection is described outside, such as a URL or an accession."
    )
    reference_type: Mapped[str | None] = mapped_column(
        String(25), index=True, doc="What kind of reference it is, such as url or doi."
    )
    run_id: Mapped[int | None] = foreign_key("lamindb_run", "The run that made the collection.")
    run: Mapped["Run | None"] = many_to_one(run_id)
    schema_id: Mapped[int | None] = foreign_key(
        "lamindb_schema", "The schema that the artifacts of the collection were validated against."
    )
    schema: Mapped["Schema | None"] = many_to_one(schema_id)
    meta_artifact_id: Mapped[int | None] = foreign_key(
        "lamindb_artifact", "The artifact that holds the metadata of the whole collection.", unique=True
    )
    meta_artifact: Mapped["Artifact | None"] = many_to_one(meta_artifact_id)

    records: Mapped[list["Record"]] = many_to_many(
        "lamindb_collectionrecord",
        "collection_id",
        "record_id",
        "The records that annotate the collection, plainly or as values of features.",
    )
    references: Mapped[list["Reference"]] = many_to_many(
        "lamindb_collectionreference",
        "collection_id",
        "reference_id",
        "The papers and other references about the collection.",
    )
    projects: Mapped[list["Project"]] = many_to_many(
        "lamindb_collectionproject", "collection_id", "project_id", "The projects that the collection belongs to."
    )
    ablocks: Mapped[list["CollectionBlock"]] = one_to_many(
        "lamindb_collectionblock.collection_id", "The pages of text about the collection, such as its readme."
    )
    ulabels: Mapped[list["ULabel"]] = many_to_many(
        "lamindb_collectionulabel",
        "collection_id",
        "ulabel_id",
        "The ulabels that annotate the collection, plainly or as values of features.",
    )
    input_of_runs: Mapped[list["Run"]] = many_to_many(
        "lamindb_collection_input_of_runs", "collection_id", "run_id", "The runs that read the collection."
    )
    recreating_runs: Mapped[list["Run"]] = many_to_many(
        "lamindb_collection_recreating_runs", "collection_id", "run_id", "The runs that made the same collection again."
    )
    artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_collectionartifact", "collection_id", "artifact_id", "The artifacts in the collection."
    )
    linked_in_records: Mapped[list["Record"]] = many_to_many(
        "lamindb_recordcollection",
        "value_id",
        "record_id",
        "The records that have the collection as a value of one of their features.",
    )
    _actions: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_collection__actions",
        "collection_id",
        "artifact_id",
        "Private: the artifacts that are actions on the collection.",
    )


link_table("lamindb_collection_input_of_runs", "collection_id -> lamindb_collection", "run_id -> lamindb_run")
link_table("lamindb_collection_recreating_runs", "collection_id -> lamindb_collection", "run_id -> lamindb_run")
link_table("lamindb_collection__actions", "collection_id -> lamindb_collection", "artifact_id -> lamindb_artifact")
