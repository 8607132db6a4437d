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
    """One execution of a transform, with its inputs, outputs and parameters."""

    __tablename__ = "lamindb_run"
    __name_field__ = "started_at"

    uid: Mapped[str] = uid_column(20)
    name: Mapped[str | None] = mapped_column(String(150), index=True, doc="A name for the run, where one was given.")
    description: Mapped[str | None] = mapped_column(doc="What was run and why, in a line of free text.")
    transform_id: Mapped[int] = foreign_key("lamindb_transform", "The transform that was executed.", CASCADE)
    transform: Mapped["Transform"] = many_to_one(transform_id)
    entrypoint: Mapped[str | None] = mapped_column(
        String(255), index=True, doc="Name of the function that was called, where the transform has several."
    )
    started_at: Mapped[datetime] = mapped_column(server_default=now(), index=True, doc="When the execution began.")
    finished_at: Mapped[datetime | None] = mapped_column(
        index=True, doc="When the execution ended; null while it goes on."
    )
    report_id: Mapped[int | None] = foreign_key(
        "lamindb_artifact", "The artifact with the report, such as the executed notebook or the log."
    )
    report: Mapped["Artifact | None"] = many_to_one(report_id)
    environment_id: Mapped[int | None] = foreign_key(
        "lamindb_artifact", "The artifact that describes the software environment of the execution."
    )
    environment: Mapped["Artifact | None"] = many_to_one(environment_id)
    plan_id: Mapped[int | None] = foreign_key("lamindb_artifact", "The artifact that planned the run.")
    plan: Mapped["Artifact | None"] = many_to_one(plan_id)
    params: Mapped[Any] = mapped_column(JSONColumn, nullable=True, doc="The parameters of the run as JSON.")
    extra_data: Mapped[Any] = mapped_column(
        JSONColumn, nullable=True, doc="Further facts about the run as JSON, without registered features."
    )
    reference: Mapped[str | None] = mapped_column(
        String(255), index=True, doc="Where the run is kept outside, such as the URL of a job."
    )
    reference_type: Mapped[str | None] = mapped_column(
        String(25), index=True, doc="What kind of reference it is, such as url."
    )
    cli_args: Mapped[str | None] = mapped_column(String(1024), doc="The arguments that were given on the command line.")
    created_at: Mapped[datetime] = mapped_column(server_default=now(), index=True, doc="When the run was registered.")
    created_by_id: Mapped[int] = foreign_key("lamindb_user", "The user who started the run.", CASCADE)
    created_by: Mapped["User"] = many_to_one(created_by_id)
    initiated_by_run_id: Mapped[int | None] = foreign_key(
        "lamindb_run", "The run that started this one, as a pipeline starts its steps.", CASCADE
    )
    initiated_by_run: Mapped["Run | None"] = many_to_one(initiated_by_run_id)
    _is_consecutive: Mapped[bool | None] = mapped_column(
        doc="Private: whether the cells of the notebook were executed in their order."
    )
    status: Mapped[str] = mapped_column(
        "_status_code",
        StatusCode(RUN_STATUS),
        server_default=text("-3"),
        index=True,
        doc="How far the run is: scheduled, restarted, started, completed, errored or aborted.",
    )

    initiated_runs: Mapped[list["Run"]] = one_to_many(
        "lamindb_run.initiated_by_run_id", "The runs that this one started."
    )
    output_transforms: Mapped[list["Transform"]] = one_to_many(
        "lamindb_transform.run_id", "The transforms that the run made."
    )
    output_artifacts: Mapped[list["Artifact"]] = one_to_many(
        "lamindb_artifact.run_id", "The artifacts that the run wrote."
    )
    input_artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifact_input_of_runs", "run_id", "artifact_id", "The artifacts that the run read."
    )
    recreated_artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifact_recreating_runs",
        "run_id",
        "artifact_id",
        "The artifacts of earlier runs whose content the run made again.",
    )
    output_collections: Mapped[list["Collection"]] = one_to_many(
        "lamindb_collection.run_id", "The collections that the run made."
    )
    input_collections: Mapped[list["Collection"]] = many_to_many(
        "lamindb_collection_input_of_runs", "run_id", "collection_id", "The collections that the run read."
    )
    recreated_collections: Mapped[list["Collection"]] = many_to_many(
        "lamindb_collection_recreating_runs",
        "run_id",
        "collection_id",
        "The collections of earlier runs that the run made again.",
    )
    output_records: Mapped[list["Record"]] = one_to_many("lamindb_record.run_id", "The records that the run made.")
    input_records: Mapped[list["Record"]] = many_to_many(
        "lamindb_record_input_of_runs", "run_id", "record_id", "The records that the run read."
    )
    records: Mapped[list["Record"]] = many_to_many(
        "lamindb_runrecord",
        "run_id",
        "record_id",
        "The records that annotate the run, plainly or as values of features.",
    )
    projects: Mapped[list["Project"]] = many_to_many(
        "lamindb_runproject", "run_id", "project_id", "The projects that the run belongs to."
    )
    ablocks: Mapped[list["RunBlock"]] = one_to_many("lamindb_runblock.run_id", "The pages of text about the run.")
    json_values: Mapped[list["JsonValue"]] = many_to_many(
        "lamindb_runjsonvalue",
        "run_id",
        "jsonvalue_id",
        "The values of the run's features that are no records: numbers, text, dates, lists and so on.",
    )
    ulabels: Mapped[list["ULabel"]] = many_to_many(
        "lamindb_runulabel", "run_id", "ulabel_id", "The ulabels that annotate the run."
    )
    linked_in_records: Mapped[list["Record"]] = many_to_many(
        "lamindb_recordrun",
        "value_id",
        "record_id",
        "The records that have the run as a value of one of their features.",
    )
    artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifactrun",
        "run_id",
        "artifact_id",
        "The artifacts that the run annotates as a label, which says nothing of lineage.",
    )
    linked_artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_runartifact", "run_id", "artifact_id", "The artifacts that are values of the run's features."
    )
