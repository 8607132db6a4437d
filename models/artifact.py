"""Datasets and files."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from .mixins import SQLRecord, Versioned, uid_column
from .relations import foreign_key, link_table, many_to_many, many_to_one, one_to_many
from .types import JSONColumn

if TYPE_CHECKING:
    from .access import User
    from .bionty import (
        CellLine,
        CellMarker,
        CellType,
        DevelopmentalStage,
        Disease,
        Ethnicity,
        ExperimentalFactor,
        Gene,
        Organism,
        Pathway,
        Phenotype,
        Protein,
        Source,
        Tissue,
    )
    from .block import ArtifactBlock
    from .collection import Collection
    from .feature import JsonValue
    from .project import Project, Reference
    from .record import Record
    from .run import Run
    from .schema import Schema
    from .storage import Storage
    from .transform import Transform
    from .ulabel import ULabel


class Artifact(Versioned, SQLRecord):
    """TODO"""

    __tablename__ = "lamindb_artifact"
    __name_field__ = "key"
    __table_args__ = (
        Index(
            "unique_artifact_storage_hash_null_key",
            "storage_id",
            "hash",
            unique=True,
            sqlite_where=text("key IS NULL"),
            postgresql_where=text("key IS NULL"),
        ),
        Index(
            "unique_artifact_storage_key_hash_not_null",
            "storage_id",
            "key",
            "hash",
            unique=True,
            sqlite_where=text("key IS NOT NULL"),
            postgresql_where=text("key IS NOT NULL"),
        ),
    )
    uid: Mapped[str] = uid_column(20)
    key: Mapped[str | None] = mapped_column(String(1024), index=True, doc="TODO")
    _real_key: Mapped[str | None] = mapped_column(String(1024), index=True, doc="TODO")
    description: Mapped[str | None] = mapped_column(index=True, doc="TODO")
    storage_id: Mapped[int] = foreign_key("lamindb_storage", "The storage.")
    storage: Mapped["Storage"] = many_to_one(storage_id)
    suffix: Mapped[str] = mapped_column(String(30), index=True, doc="TODO")
    kind: Mapped[str | None] = mapped_column(String(20), index=True, doc="TODO")
    otype: Mapped[str | None] = mapped_column(String(64), index=True, doc="TODO")
    size: Mapped[int | None] = mapped_column(BigInteger, index=True, doc="TODO")
    hash: Mapped[str | None] = mapped_column(String(22), index=True, doc="TODO")
    n_files: Mapped[int | None] = mapped_column(BigInteger, index=True, doc="TODO")
    n_observations: Mapped[int | None] = mapped_column(BigInteger, index=True, doc="TODO")
    _hash_type: Mapped[str | None] = mapped_column(String(30), index=True, doc="TODO")
    run_id: Mapped[int | None] = foreign_key("lamindb_run", "The run.")
    run: Mapped["Run | None"] = many_to_one(run_id)
    schema_id: Mapped[int | None] = foreign_key("lamindb_schema", "The schema.")
    schema: Mapped["Schema | None"] = many_to_one(schema_id)
    extra_data: Mapped[Any] = mapped_column(JSONColumn, nullable=True, doc="TODO")
    _key_is_virtual: Mapped[bool] = mapped_column(doc="TODO")
    created_by_id: Mapped[int] = foreign_key("lamindb_user", "The created_by.")
    created_by: Mapped["User"] = many_to_one(created_by_id)
    _overwrite_versions: Mapped[bool] = mapped_column(doc="TODO")

    users: Mapped[list["User"]] = many_to_many("lamindb_artifactuser", "artifact_id", "user_id", "TODO")
    _report_of: Mapped[list["Run"]] = one_to_many("lamindb_run.report_id", "TODO")
    _environment_of: Mapped[list["Run"]] = one_to_many("lamindb_run.environment_id", "TODO")
    _plan_for_runs: Mapped[list["Run"]] = one_to_many("lamindb_run.plan_id", "TODO")
    runs: Mapped[list["Run"]] = many_to_many("lamindb_artifactrun", "artifact_id", "run_id", "TODO")
    linked_by_runs: Mapped[list["Run"]] = many_to_many("lamindb_runartifact", "artifact_id", "run_id", "TODO")
    _environment_of_transforms: Mapped[list["Transform"]] = one_to_many("lamindb_transform.environment_id", "TODO")
    _plan_for_transforms: Mapped[list["Transform"]] = one_to_many("lamindb_transform.plan_id", "TODO")
    ulabels: Mapped[list["ULabel"]] = many_to_many("lamindb_artifactulabel", "artifact_id", "ulabel_id", "TODO")
    _action_targets: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifact__actions", "to_artifact_id", "from_artifact_id", "TODO"
    )
    linked_by_artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifactartifact", "value_id", "artifact_id", "TODO"
    )
    _meta_of_collection: Mapped["Collection | None"] = one_to_many(
        "lamindb_collection.meta_artifact_id", "TODO", uselist=False
    )
    collections: Mapped[list["Collection"]] = many_to_many(
        "lamindb_collectionartifact", "artifact_id", "collection_id", "TODO"
    )
    records: Mapped[list["Record"]] = many_to_many("lamindb_artifactrecord", "artifact_id", "record_id", "TODO")
    references: Mapped[list["Reference"]] = many_to_many(
        "lamindb_artifactreference", "artifact_id", "reference_id", "TODO"
    )
    projects: Mapped[list["Project"]] = many_to_many("lamindb_artifactproject", "artifact_id", "project_id", "TODO")
    ablocks: Mapped[list["ArtifactBlock"]] = one_to_many("lamindb_artifactblock.artifact_id", "TODO")
    _source_dataframe_of: Mapped[list["Source"]] = one_to_many("bionty_source.dataframe_artifact_id", "TODO")
    _source_artifact_of: Mapped[list["Source"]] = many_to_many(
        "bionty_source_artifacts", "artifact_id", "source_id", "TODO"
    )
    organisms: Mapped[list["Organism"]] = many_to_many("bionty_artifactorganism", "artifact_id", "organism_id", "TODO")
    genes: Mapped[list["Gene"]] = many_to_many("bionty_artifactgene", "artifact_id", "gene_id", "TODO")
    proteins: Mapped[list["Protein"]] = many_to_many("bionty_artifactprotein", "artifact_id", "protein_id", "TODO")
    cell_markers: Mapped[list["CellMarker"]] = many_to_many(
        "bionty_artifactcellmarker", "artifact_id", "cellmarker_id", "TODO"
    )
    tissues: Mapped[list["Tissue"]] = many_to_many("bionty_artifacttissue", "artifact_id", "tissue_id", "TODO")
    cell_types: Mapped[list["CellType"]] = many_to_many("bionty_artifactcelltype", "artifact_id", "celltype_id", "TODO")
    diseases: Mapped[list["Disease"]] = many_to_many("bionty_artifactdisease", "artifact_id", "disease_id", "TODO")
    cell_lines: Mapped[list["CellLine"]] = many_to_many("bionty_artifactcellline", "artifact_id", "cellline_id", "TODO")
    phenotypes: Mapped[list["Phenotype"]] = many_to_many(
        "bionty_artifactphenotype", "artifact_id", "phenotype_id", "TODO"
    )
    pathways: Mapped[list["Pathway"]] = many_to_many("bionty_artifactpathway", "artifact_id", "pathway_id", "TODO")
    experimental_factors: Mapped[list["ExperimentalFactor"]] = many_to_many(
        "bionty_artifactexperimentalfactor", "artifact_id", "experimentalfactor_id", "TODO"
    )
    developmental_stages: Mapped[list["DevelopmentalStage"]] = many_to_many(
        "bionty_artifactdevelopmentalstage", "artifact_id", "developmentalstage_id", "TODO"
    )
    ethnicities: Mapped[list["Ethnicity"]] = many_to_many(
        "bionty_artifactethnicity", "artifact_id", "ethnicity_id", "TODO"
    )
    input_of_runs: Mapped[list["Run"]] = many_to_many("lamindb_artifact_input_of_runs", "artifact_id", "run_id", "TODO")
    recreating_runs: Mapped[list["Run"]] = many_to_many(
        "lamindb_artifact_recreating_runs", "artifact_id", "run_id", "TODO"
    )
    schemas: Mapped[list["Schema"]] = many_to_many("lamindb_artifactschema", "artifact_id", "schema_id", "TODO")
    json_values: Mapped[list["JsonValue"]] = many_to_many(
        "lamindb_artifactjsonvalue", "artifact_id", "jsonvalue_id", "TODO"
    )
    _actions: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifact__actions", "from_artifact_id", "to_artifact_id", "TODO"
    )
    artifacts: Mapped[list["Artifact"]] = many_to_many("lamindb_artifactartifact", "artifact_id", "value_id", "TODO")
    linked_in_records: Mapped[list["Record"]] = many_to_many("lamindb_recordartifact", "value_id", "record_id", "TODO")


link_table("lamindb_artifact_input_of_runs", "artifact_id -> lamindb_artifact", "run_id -> lamindb_run")
link_table("lamindb_artifact_recreating_runs", "artifact_id -> lamindb_artifact", "run_id -> lamindb_run")
link_table("lamindb_artifact__actions", "from_artifact_id -> lamindb_artifact", "to_artifact_id -> lamindb_artifact")
