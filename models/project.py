"""Projects and the literature they refer to."""

import datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from .link_tables import link_table
from .mixins import HasParents, SQLRecord, Typed, uid_column
from .relations import foreign_key, many_to_many, many_to_one, one_to_many
from .text_forms import DOI, URL
from .types import StatusCode

if TYPE_CHECKING:
    from .access import Branch, User
    from .artifact import Artifact
    from .block import Block, ProjectBlock
    from .collection import Collection
    from .feature import Feature
    from .record import Record
    from .run import Run
    from .schema import Schema
    from .transform import Transform
    from .ulabel import ULabel

PROJECT_STATUS = {
    "planned": -3,
    "up-next": -2,
    "active": -1,
    "completed": 0,
    "background": 1,
    "paused": 2,
    "canceled": 3,
    "archived": 4,
}


class Project(Typed, HasParents, SQLRecord):
    """A project of the lab, with its people, its time and everything that belongs to it."""

    __tablename__ = "lamindb_project"

    uid: Mapped[str] = uid_column(12)
    name: Mapped[str] = mapped_column(String(255), index=True, doc="Name by which the project is known in the lab.")
    description: Mapped[str | None] = mapped_column(doc="What the project is about.")
    type_id: Mapped[int | None] = foreign_key("lamindb_project", "The type that groups the project.")
    type: Mapped["Project | None"] = many_to_one(type_id)
    abbr: Mapped[str | None] = mapped_column(String(32), index=True, doc="Abbreviation of the name.")
    url: Mapped[str | None] = mapped_column(String(255), doc="Web page of the project.", info={"form": URL})
    start_date: Mapped[datetime.date | None] = mapped_column(doc="The day on which the project begins.")
    end_date: Mapped[datetime.date | None] = mapped_column(doc="The day on which the project ends.")
    status: Mapped[str] = mapped_column(
        "_status_code",
        StatusCode(PROJECT_STATUS),
        server_default=text("0"),
        index=True,
        doc="How far the project is: planned, up-next, active, background, paused, completed, canceled or archived.",
    )

    branches: Mapped[list["Branch"]] = many_to_many(
        "lamindb_branchproject", "project_id", "branch_id", "The branches that belong to the project."
    )
    projects: Mapped[list["Project"]] = one_to_many("lamindb_project.type_id", "The projects of this type.")
    successors: Mapped[list["Project"]] = many_to_many(
        "lamindb_project_predecessors", "to_project_id", "from_project_id", "The projects that follow this one."
    )
    ablocks: Mapped[list["ProjectBlock"]] = one_to_many(
        "lamindb_projectblock.project_id", "The pages of text about the project."
    )
    predecessors: Mapped[list["Project"]] = many_to_many(
        "lamindb_project_predecessors", "from_project_id", "to_project_id", "The projects that this one follows."
    )
    artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifactproject", "project_id", "artifact_id", "The artifacts that belong to the project."
    )
    transforms: Mapped[list["Transform"]] = many_to_many(
        "lamindb_transformproject", "project_id", "transform_id", "The transforms that belong to the project."
    )
    runs: Mapped[list["Run"]] = many_to_many(
        "lamindb_runproject", "project_id", "run_id", "The runs that belong to the project."
    )
    ulabels: Mapped[list["ULabel"]] = many_to_many(
        "lamindb_ulabelproject", "project_id", "ulabel_id", "The ulabels that belong to the project."
    )
    features: Mapped[list["Feature"]] = many_to_many(
        "lamindb_featureproject", "project_id", "feature_id", "The features that belong to the project."
    )
    schemas: Mapped[list["Schema"]] = many_to_many(
        "lamindb_schemaproject", "project_id", "schema_id", "The schemas that belong to the project."
    )
    linked_in_records: Mapped[list["Record"]] = many_to_many(
        "lamindb_recordproject",
        "value_id",
        "record_id",
        "The records that have the project as a value of one of their features.",
    )
    records: Mapped[list["Record"]] = many_to_many(
        "lamindb_projectrecord", "project_id", "record_id", "The records that belong to the project."
    )
    collections: Mapped[list["Collection"]] = many_to_many(
        "lamindb_collectionproject", "project_id", "collection_id", "The collections that belong to the project."
    )
    references: Mapped[list["Reference"]] = many_to_many(
        "lamindb_project_references", "project_id", "reference_id", "The papers and other references of the project."
    )
    blocks: Mapped[list["Block"]] = many_to_many(
        "lamindb_blockproject", "project_id", "block_id", "The pages of text that belong to the project."
    )
    users: Mapped[list["User"]] = many_to_many(
        "lamindb_projectuser", "project_id", "user_id", "The users who work on the project."
    )


class Reference(Typed, SQLRecord):
    """A paper, a document or another work that data refers to."""

    __tablename__ = "lamindb_reference"

    uid: Mapped[str] = uid_column(12)
    name: Mapped[str] = mapped_column(String(255), index=True, doc="Title of the work.")
    description: Mapped[str | None] = mapped_column(doc="What the work is about.")
    type_id: Mapped[int | None] = foreign_key(
        "lamindb_reference", "The type that groups the reference, such as study or paper."
    )
    type: Mapped["Reference | None"] = many_to_one(type_id)
    abbr: Mapped[str | None] = mapped_column(String(32), index=True, doc="Abbreviation of the title.")
    url: Mapped[str | None] = mapped_column(String(200), index=True, doc="Web page of the work.", info={"form": URL})
    pubmed_id: Mapped[int | None] = mapped_column(BigInteger, index=True, doc="Number of the work in PubMed.")
    doi: Mapped[str | None] = mapped_column(
        String(255), index=True, doc="Digital object identifier (DOI) of the work.", info={"form": DOI}
    )
    text: Mapped[str | None] = mapped_column(doc="The abstract or the full text of the work.")
    date: Mapped[datetime.date | None] = mapped_column(doc="The day on which the work was published.")

    references: Mapped[list["Reference"]] = one_to_many("lamindb_reference.type_id", "The references of this type.")
    projects: Mapped[list["Project"]] = many_to_many(
        "lamindb_project_references", "reference_id", "project_id", "The projects that refer to the work."
    )
    artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifactreference", "reference_id", "artifact_id", "The artifacts that the work is about."
    )
    transforms: Mapped[list["Transform"]] = many_to_many(
        "lamindb_transformreference", "reference_id", "transform_id", "The transforms that the work is about."
    )
    collections: Mapped[list["Collection"]] = many_to_many(
        "lamindb_collectionreference", "reference_id", "collection_id", "The collections that the work is about."
    )
    linked_in_records: Mapped[list["Record"]] = many_to_many(
        "lamindb_recordreference",
        "value_id",
        "record_id",
        "The records that have the reference as a value of one of their features.",
    )
    records: Mapped[list["Record"]] = many_to_many(
        "lamindb_referencerecord", "reference_id", "record_id", "The records that the work is about."
    )


link_table("lamindb_project_predecessors", "from_project_id -> lamindb_project", "to_project_id -> lamindb_project")
link_table("lamindb_project_references", "project_id -> lamindb_project", "reference_id -> lamindb_reference")
