"""Code that makes data: notebooks, scripts, pipelines."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .mixins import SQLRecord, Versioned, uid_column
from .relations import CASCADE, foreign_key, many_to_many, many_to_one, one_to_many
from .types import now

if TYPE_CHECKING:
    from .access import User
    from .artifact import Artifact
    from .block import TransformBlock
    from .project import Project, Reference
    from .record import Record
    from .run import Run
    from .ulabel import ULabel


class Transform(Versioned, SQLRecord):
    """A notebook, script, pipeline or function that turns data into other data."""

    __tablename__ = "lamindb_transform"
    __name_field__ = "key"
    __stem_length__ = 12
    __table_args__ = (UniqueConstraint("key", "hash"),)

    uid: Mapped[str] = uid_column(16)
    key: Mapped[str] = mapped_column(
        String(1024),
        index=True,
        doc="Path-like name, such as analysis/cluster.ipynb; versions of one transform share it.",
    )
    description: Mapped[str | None] = mapped_column(
        index=True, doc="Title of the notebook or a line about what the code does."
    )
    kind: Mapped[str] = mapped_column(
        String(20),
        index=True,
        doc="What it is: notebook, script, pipeline, function, upload or linker.",
        info={"accepted": ("function", "notebook", "pipeline", "script")},
    )
    source_code: Mapped[str | None] = mapped_column(doc="The source code of this version.")
    hash: Mapped[str | None] = mapped_column(String(22), index=True, doc="Hash of the source code.")
    reference: Mapped[str | None] = mapped_column(
        String(255), index=True, doc="Where the code is kept outside, such as a URL."
    )
    reference_type: Mapped[str | None] = mapped_column(
        String(25), index=True, doc="What kind of reference it is, such as url."
    )
    environment_id: Mapped[int | None] = foreign_key(
        "lamindb_artifact", "The artifact that describes the software environment the code needs.", CASCADE
    )
    environment: Mapped["Artifact | None"] = many_to_one(environment_id)
    plan_id: Mapped[int | None] = foreign_key(
        "lamindb_artifact", "The artifact that plans what the code is to do.", CASCADE
    )
    plan: Mapped["Artifact | None"] = many_to_one(plan_id)
    run_id: Mapped[int | None] = foreign_key(
        "lamindb_run", "The run that made the transform, where code was made by code."
    )
    run: Mapped["Run | None"] = many_to_one(run_id)
    updated_at: Mapped[datetime] = mapped_column(
        server_default=now(), index=True, doc="When the transform was last changed."
    )
    created_by_id: Mapped[int] = foreign_key("lamindb_user", "The user who registered the transform.")
    created_by: Mapped["User"] = many_to_one(created_by_id)

    runs: Mapped[list["Run"]] = one_to_many(
        "lamindb_run.transform_id", "The runs of the transform, each one execution."
    )
    successors: Mapped[list["Transform"]] = many_to_many(
        "lamindb_transformtransform",
        "predecessor_id",
        "successor_id",
        "The transforms that come after this one in a pipeline.",
    )
    records: Mapped[list["Record"]] = many_to_many(
        "lamindb_transformrecord",
        "transform_id",
        "record_id",
        "The records that annotate the transform, plainly or as values of features.",
    )
    references: Mapped[list["Reference"]] = many_to_many(
        "lamindb_transformreference",
        "transform_id",
        "reference_id",
        "The papers and other references about the transform.",
    )
    projects: Mapped[list["Project"]] = many_to_many(
        "lamindb_transformproject", "transform_id", "project_id", "The projects that the transform belongs to."
    )
    ablocks: Mapped[list["TransformBlock"]] = one_to_many(
        "lamindb_transformblock.transform_id",
        "The pages of text about the transform, such as its readme or comments on lines of its code.",
    )
    ulabels: Mapped[list["ULabel"]] = many_to_many(
        "lamindb_transformulabel", "transform_id", "ulabel_id", "The ulabels that annotate the transform."
    )
    linked_in_records: Mapped[list["Record"]] = many_to_many(
        "lamindb_recordtransform",
        "value_id",
        "record_id",
        "The records that have the transform as a value of one of their features.",
    )
    predecessors: Mapped[list["Transform"]] = many_to_many(
        "lamindb_transformtransform",
        "successor_id",
        "predecessor_id",
        "The transforms that come before this one in a pipeline.",
    )
