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
    """TODO"""

    __tablename__ = "lamindb_transform"
    __name_field__ = "key"
    __stem_length__ = 12
    __table_args__ = (UniqueConstraint("key", "hash"),)
    uid: Mapped[str] = uid_column(16)
    key: Mapped[str] = mapped_column(String(1024), index=True, doc="TODO")
    description: Mapped[str | None] = mapped_column(index=True, doc="TODO")
    kind: Mapped[str] = mapped_column(String(20), index=True, doc="TODO")
    source_code: Mapped[str | None] = mapped_column(doc="TODO")
    hash: Mapped[str | None] = mapped_column(String(22), index=True, doc="TODO")
    reference: Mapped[str | None] = mapped_column(String(255), index=True, doc="TODO")
    reference_type: Mapped[str | None] = mapped_column(String(25), index=True, doc="TODO")
    environment_id: Mapped[int | None] = foreign_key("lamindb_artifact", "The environment.", CASCADE)
    environment: Mapped["Artifact | None"] = many_to_one(environment_id)
    plan_id: Mapped[int | None] = foreign_key("lamindb_artifact", "The plan.", CASCADE)
    plan: Mapped["Artifact | None"] = many_to_one(plan_id)
    run_id: Mapped[int | None] = foreign_key("lamindb_run", "The run.")
    run: Mapped["Run | None"] = many_to_one(run_id)
    updated_at: Mapped[datetime] = mapped_column(server_default=now(), index=True, doc="TODO")
    created_by_id: Mapped[int] = foreign_key("lamindb_user", "The created_by.")
    created_by: Mapped["User"] = many_to_one(created_by_id)

    runs: Mapped[list["Run"]] = one_to_many("lamindb_run.transform_id", "TODO")
    successors: Mapped[list["Transform"]] = many_to_many(
        "lamindb_transformtransform", "predecessor_id", "successor_id", "TODO"
    )
    records: Mapped[list["Record"]] = many_to_many("lamindb_transformrecord", "transform_id", "record_id", "TODO")
    references: Mapped[list["Reference"]] = many_to_many(
        "lamindb_transformreference", "transform_id", "reference_id", "TODO"
    )
    projects: Mapped[list["Project"]] = many_to_many("lamindb_transformproject", "transform_id", "project_id", "TODO")
    ablocks: Mapped[list["TransformBlock"]] = one_to_many("lamindb_transformblock.transform_id", "TODO")
    ulabels: Mapped[list["ULabel"]] = many_to_many("lamindb_transformulabel", "transform_id", "ulabel_id", "TODO")
    linked_in_records: Mapped[list["Record"]] = many_to_many("lamindb_recordtransform", "value_id", "record_id", "TODO")
    predecessors: Mapped[list["Transform"]] = many_to_many(
        "lamindb_transformtransform", "successor_id", "predecessor_id", "TODO"
    )
