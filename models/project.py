"""Projects and the literature they refer to."""

import datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from .mixins import HasParents, SQLRecord, Typed, uid_column
from .relations import foreign_key, link_table, many_to_many, many_to_one, one_to_many
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
    """TODO"""

    __tablename__ = "lamindb_project"
    uid: Mapped[str] = uid_column(12)
    name: Mapped[str] = mapped_column(String(255), index=True, doc="TODO")
    description: Mapped[str | None] = mapped_column(doc="TODO")
    type_id: Mapped[int | None] = foreign_key("lamindb_project", "The type.")
    type: Mapped["Project | None"] = many_to_one(type_id)
    abbr: Mapped[str | None] = mapped_column(String(32), index=True, doc="TODO")
    url: Mapped[str | None] = mapped_column(String(255), doc="TODO")
    start_date: Mapped[datetime.date | None] = mapped_column(doc="TODO")
    end_date: Mapped[datetime.date | None] = mapped_column(doc="TODO")
    status: Mapped[str] = mapped_column(
        "_status_code", StatusCode(PROJECT_STATUS), server_default=text("0"), index=True, doc="TODO"
    )

    branches: Mapped[list["Branch"]] = many_to_many("lamindb_branchproject", "project_id", "branch_id", "TODO")
    projects: Mapped[list["Project"]] = one_to_many("lamindb_project.type_id", "TODO")
    children: Mapped[list["Project"]] = many_to_many(
        "lamindb_project_parents", "to_project_id", "from_project_id", "TODO"
    )
    successors: Mapped[list["Project"]] = many_to_many(
        "lamindb_project_predecessors", "to_project_id", "from_project_id", "TODO"
    )
    ablocks: Mapped[list["ProjectBlock"]] = one_to_many("lamindb_projectblock.project_id", "TODO")
    parents: Mapped[list["Project"]] = many_to_many(
        "lamindb_project_parents", "from_project_id", "to_project_id", "TODO"
    )
    predecessors: Mapped[list["Project"]] = many_to_many(
        "lamindb_project_predecessors", "from_project_id", "to_project_id", "TODO"
    )
    artifacts: Mapped[list["Artifact"]] = many_to_many("lamindb_artifactproject", "project_id", "artifact_id", "TODO")
    transforms: Mapped[list["Transform"]] = many_to_many(
        "lamindb_transformproject", "project_id", "transform_id", "TODO"
    )
    runs: Mapped[list["Run"]] = many_to_many("lamindb_runproject", "project_id", "run_id", "TODO")
    ulabels: Mapped[list["ULabel"]] = many_to_many("lamindb_ulabelproject", "project_id", "ulabel_id", "TODO")
    features: Mapped[list["Feature"]] = many_to_many("lamindb_featureproject", "project_id", "feature_id", "TODO")
    schemas: Mapped[list["Schema"]] = many_to_many("lamindb_schemaproject", "project_id", "schema_id", "TODO")
    linked_in_records: Mapped[list["Record"]] = many_to_many("lamindb_recordproject", "value_id", "record_id", "TODO")
    records: Mapped[list["Record"]] = many_to_many("lamindb_projectrecord", "project_id", "record_id", "TODO")
    collections: Mapped[list["Collection"]] = many_to_many(
        "lamindb_collectionproject", "project_id", "collection_id", "TODO"
    )
    references: Mapped[list["Reference"]] = many_to_many(
        "lamindb_project_references", "project_id", "reference_id", "TODO"
    )
    blocks: Mapped[list["Block"]] = many_to_many("lamindb_blockproject", "project_id", "block_id", "TODO")
    users: Mapped[list["User"]] = many_to_many("lamindb_projectuser", "project_id", "user_id", "TODO")


class Reference(Typed, SQLRecord):
    """TODO"""

    __tablename__ = "lamindb_reference"
    uid: Mapped[str] = uid_column(12)
    name: Mapped[str] = mapped_column(String(255), index=True, doc="TODO")
    description: Mapped[str | None] = mapped_column(doc="TODO")
    type_id: Mapped[int | None] = foreign_key("lamindb_reference", "The type.")
    type: Mapped["Reference | None"] = many_to_one(type_id)
    abbr: Mapped[str | None] = mapped_column(String(32), index=True, doc="TODO")
    url: Mapped[str | None] = mapped_column(String(200), index=True, doc="TODO")
    pubmed_id: Mapped[int | None] = mapped_column(BigInteger, index=True, doc="TODO")
    doi: Mapped[str | None] = mapped_column(String(255), index=True, doc="TODO")
    text: Mapped[str | None] = mapped_column(doc="TODO")
    date: Mapped[datetime.date | None] = mapped_column(doc="TODO")

    references: Mapped[list["Reference"]] = one_to_many("lamindb_reference.type_id", "TODO")
    projects: Mapped[list["Project"]] = many_to_many("lamindb_project_references", "reference_id", "project_id", "TODO")
    artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifactreference", "reference_id", "artifact_id", "TODO"
    )
    transforms: Mapped[list["Transform"]] = many_to_many(
        "lamindb_transformreference", "reference_id", "transform_id", "TODO"
    )
    collections: Mapped[list["Collection"]] = many_to_many(
        "lamindb_collectionreference", "reference_id", "collection_id", "TODO"
    )
    linked_in_records: Mapped[list["Record"]] = many_to_many("lamindb_recordreference", "value_id", "record_id", "TODO")
    records: Mapped[list["Record"]] = many_to_many("lamindb_referencerecord", "reference_id", "record_id", "TODO")


link_table("lamindb_project_predecessors", "from_project_id -> lamindb_project", "to_project_id -> lamindb_project")
link_table("lamindb_project_references", "project_id -> lamindb_project", "reference_id -> lamindb_reference")
