"""Executions of transforms."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Registry
from .mixins import Auxiliary, BigNumbered, Branched, Spaced, UpdatedAt, uid_column
from .relations import CASCADE, foreign_key, many_to_many, many_to_one, one_to_many
from .types import JSONColumn, StatusCode, now

if TYPE_CHECKING:
    from .access import User
    from .artifact import Artifact
    from .block import RunBlock
    from .collection import Collection
    from .feature import JsonValue
    from .project import Project
    from .record import Record
    from .transform import Transform
    from .ulabel import ULabel

RUN_STATUS = {"scheduled": -3, "restarted": -2, "started": -1, "completed": 0, "errored": 1, "aborted": 2}


class Run(Branched, Spaced, Auxiliary, UpdatedAt, BigNumbered, Registry):
    """TODO"""

    __tablename__ = "lamindb_run"
    __name_field__ = "started_at"
    uid: Mapped[str] = uid_column(20)
    name: Mapped[str | None] = mapped_column(String(150), index=True, doc="TODO")
    description: Mapped[str | None] = mapped_column(doc="TODO")
    transform_id: Mapped[int] = foreign_key("lamindb_transform", "The transform.", CASCADE)
    transform: Mapped["Transform"] = many_to_one(transform_id)
    entrypoint: Mapped[str | None] = mapped_column(String(255), index=True, doc="TODO")
    started_at: Mapped[datetime] = mapped_column(server_default=now(), index=True, doc="TODO")
    finished_at: Mapped[datetime | None] = mapped_column(index=True, doc="TODO")
    report_id: Mapped[int | None] = foreign_key("lamindb_artifact", "The report.")
    report: Mapped["Artifact | None"] = many_to_one(report_id)
    environment_id: Mapped[int | None] = foreign_key("lamindb_artifact", "The environment.")
    environment: Mapped["Artifact | None"] = many_to_one(environment_id)
    plan_id: Mapped[int | None] = foreign_key("lamindb_artifact", "The plan.")
    plan: Mapped["Artifact | None"] = many_to_one(plan_id)
    params: Mapped[Any] = mapped_column(JSONColumn, nullable=True, doc="TODO")
    extra_data: Mapped[Any] = mapped_column(JSONColumn, nullable=True, doc="TODO")
    reference: Mapped[str | None] = mapped_column(String(255), index=True, doc="TODO")
    reference_type: Mapped[str | None] = mapped_column(String(25), index=True, doc="TODO")
    cli_args: Mapped[str | None] = mapped_column(String(1024), doc="TODO")
    created_at: Mapped[datetime] = mapped_column(server_default=now(), index=True, doc="TODO")
    created_by_id: Mapped[int] = foreign_key("lamindb_user", "The created_by.", CASCADE)
    created_by: Mapped["User"] = many_to_one(created_by_id)
    initiated_by_run_id: Mapped[int | None] = foreign_key("lamindb_run", "The initiated_by_run.", CASCADE)
    initiated_by_run: Mapped["Run | None"] = many_to_one(initiated_by_run_id)
    _is_consecutive: Mapped[bool | None] = mapped_column(doc="TODO")
    status: Mapped[str] = mapped_column(
        "_status_code", StatusCode(RUN_STATUS), server_default=text("-3"), index=True, doc="TODO"
    )

    initiated_runs: Mapped[list["Run"]] = one_to_many("lamindb_run.initiated_by_run_id", "TODO")
    output_transforms: Mapped[list["Transform"]] = one_to_many("lamindb_transform.run_id", "TODO")
    output_artifacts: Mapped[list["Artifact"]] = one_to_many("lamindb_artifact.run_id", "TODO")
    input_artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifact_input_of_runs", "run_id", "artifact_id", "TODO"
    )
    recreated_artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifact_recreating_runs", "run_id", "artifact_id", "TODO"
    )
    output_collections: Mapped[list["Collection"]] = one_to_many("lamindb_collection.run_id", "TODO")
    input_collections: Mapped[list["Collection"]] = many_to_many(
        "lamindb_collection_input_of_runs", "run_id", "collection_id", "TODO"
    )
    recreated_collections: Mapped[list["Collection"]] = many_to_many(
        "lamindb_collection_recreating_runs", "run_id", "collection_id", "TODO"
    )
    output_records: Mapped[list["Record"]] = one_to_many("lamindb_record.run_id", "TODO")
    input_records: Mapped[list["Record"]] = many_to_many("lamindb_record_input_of_runs", "run_id", "record_id", "TODO")
    records: Mapped[list["Record"]] = many_to_many("lamindb_runrecord", "run_id", "record_id", "TODO")
    projects: Mapped[list["Project"]] = many_to_many("lamindb_runproject", "run_id", "project_id", "TODO")
    ablocks: Mapped[list["RunBlock"]] = one_to_many("lamindb_runblock.run_id", "TODO")
    json_values: Mapped[list["JsonValue"]] = many_to_many("lamindb_runjsonvalue", "run_id", "jsonvalue_id", "TODO")
    ulabels: Mapped[list["ULabel"]] = many_to_many("lamindb_runulabel", "run_id", "ulabel_id", "TODO")
    linked_in_records: Mapped[list["Record"]] = many_to_many("lamindb_recordrun", "value_id", "record_id", "TODO")
    artifacts: Mapped[list["Artifact"]] = many_to_many("lamindb_artifactrun", "run_id", "artifact_id", "TODO")
    linked_artifacts: Mapped[list["Artifact"]] = many_to_many("lamindb_runartifact", "run_id", "artifact_id", "TODO")
