"""Datasets and files."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from .link_tables import link_table
from .mixins import SQLRecord, Versioned, uid_column
from .naming import unique_where
from .relations import foreign_key, many_to_many, many_to_one, one_to_many
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
    """A dataset or file of any format, in a storage location, with where it came from and what it is annotated with."""

    __tablename__ = "lamindb_artifact"
    __name_field__ = "key"
    __table_args__ = (
        unique_where("unique_artifact_storage_hash_null_key", ("storage_id", "hash"), "key IS NULL"),
        unique_where("unique_artifact_storage_key_hash_not_null", ("storage_id", "key", "hash"), "key IS NOT NULL"),
    )

    uid: Mapped[str] = uid_column(20)
    key: Mapped[str | None] = mapped_column(
        String(1024),
        index=True,
        doc="Path-like name in the storage location, such as experiments/scrna.h5ad; versions of a dataset share it.",
    )
    _real_key: Mapped[str | None] = mapped_column(
        String(1024),
        index=True,
        doc="Private: the key under which the file really lies, where that differs from `key`.",
    )
    description: Mapped[str | None] = mapped_column(index=True, doc="What the dataset is, in a line of free text.")
    storage_id: Mapped[int] = foreign_key("lamindb_storage", "The storage location that holds the file.")
    storage: Mapped["Storage"] = many_to_one(storage_id)
    suffix: Mapped[str] = mapped_column(
        String(30),
        index=True,
        doc="File ending such as .parquet or .h5ad, which says the format; empty for a folder without one.",
    )
    kind: Mapped[str | None] = mapped_column(
        String(20),
        index=True,
        doc="What role the artifact has: dataset, model, plan or report; null if none was given.",
    )
    otype: Mapped[str | None] = mapped_column(
        String(64), index=True, doc="Name of the Python object it loads as, such as DataFrame, AnnData or SpatialData."
    )
    size: Mapped[int | None] = mapped_column(
        BigInteger, index=True, doc="Size in bytes, of all files where it is a folder."
    )
    hash: Mapped[str | None] = mapped_column(
        String(22), index=True, doc="Hash of the content; equal content has an equal hash."
    )
    n_files: Mapped[int | None] = mapped_column(
        BigInteger, index=True, doc="Number of files where the artifact is a folder."
    )
    n_observations: Mapped[int | None] = mapped_column(
        BigInteger, index=True, doc="Number of observations, such as cells or rows."
    )
    _hash_type: Mapped[str | None] = mapped_column(
        String(30),
        index=True,
        doc="Private: how `hash` was computed, such as md5, sha1-fl for large files or md5-d for folders.",
    )
    run_id: Mapped[int | None] = foreign_key("lamindb_run", "The run that wrote the artifact.")
    run: Mapped["Run | None"] = many_to_one(run_id)
    schema_id: Mapped[int | None] = foreign_key("lamindb_schema", "The schema that the artifact was validated against.")
    schema: Mapped["Schema | None"] = many_to_one(schema_id)
    extra_data: Mapped[Any] = mapped_column(
        JSONColumn, nullable=True, doc="Further facts about the artifact as JSON, without registered features."
    )
    _key_is_virtual: Mapped[bool] = mapped_column(
        doc="Private: whether the file lies under a name made from its uid instead of under `key`."
    )
    created_by_id: Mapped[int] = foreign_key("lamindb_user", "The user who registered the artifact.")
    created_by: Mapped["User"] = many_to_one(created_by_id)
    _overwrite_versions: Mapped[bool] = mapped_column(
        doc="Private: whether a new version replaces the files of the one before."
    )

    users: Mapped[list["User"]] = many_to_many(
        "lamindb_artifactuser",
        "artifact_id",
        "user_id",
        "The users who annotate the artifact, such as the person a sample was taken by.",
    )
    _report_of: Mapped[list["Run"]] = one_to_many(
        "lamindb_run.report_id", "Private: the runs of which the artifact is the report."
    )
    _environment_of: Mapped[list["Run"]] = one_to_many(
        "lamindb_run.environment_id", "Private: the runs of which the artifact describes the software environment."
    )
    _plan_for_runs: Mapped[list["Run"]] = one_to_many(
        "lamindb_run.plan_id", "Private: the runs of which the artifact is the plan."
    )
    runs: Mapped[list["Run"]] = many_to_many(
        "lamindb_artifactrun",
        "artifact_id",
        "run_id",
        "The runs that annotate the artifact as labels, which says nothing of lineage.",
    )
    linked_by_runs: Mapped[list["Run"]] = many_to_many(
        "lamindb_runartifact",
        "artifact_id",
        "run_id",
        "The runs that have the artifact as a value of one of their features.",
    )
    _environment_of_transforms: Mapped[list["Transform"]] = one_to_many(
        "lamindb_transform.environment_id",
        "Private: the transforms of which the artifact describes the software environment.",
    )
    _plan_for_transforms: Mapped[list["Transform"]] = one_to_many(
        "lamindb_transform.plan_id", "Private: the transforms of which the artifact is the plan."
    )
    ulabels: Mapped[list["ULabel"]] = many_to_many(
        "lamindb_artifactulabel",
        "artifact_id",
        "ulabel_id",
        "The ulabels that annotate the artifact, plainly or as values of features.",
    )
    _action_targets: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifact__actions",
        "to_artifact_id",
        "from_artifact_id",
        "Private: the artifacts that this one is an action of.",
    )
    linked_by_artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifactartifact", "value_id", "artifact_id", "The artifacts that this one annotates."
    )
    _meta_of_collection: Mapped["Collection | None"] = one_to_many(
        "lamindb_collection.meta_artifact_id",
        "Private: the collection that the artifact holds the metadata of.",
        uselist=False,
    )
    collections: Mapped[list["Collection"]] = many_to_many(
        "lamindb_collectionartifact", "artifact_id", "collection_id", "The collections that contain the artifact."
    )
    records: Mapped[list["Record"]] = many_to_many(
        "lamindb_artifactrecord",
        "artifact_id",
        "record_id",
        "The records that annotate the artifact, plainly or as values of features.",
    )
    references: Mapped[list["Reference"]] = many_to_many(
        "lamindb_artifactreference",
        "artifact_id",
        "reference_id",
        "The papers and other references about the artifact.",
    )
    projects: Mapped[list["Project"]] = many_to_many(
        "lamindb_artifactproject", "artifact_id", "project_id", "The projects that the artifact belongs to."
    )
    ablocks: Mapped[list["ArtifactBlock"]] = one_to_many(
        "lamindb_artifactblock.artifact_id", "The pages of text about the artifact, such as its readme."
    )
    _source_dataframe_of: Mapped[list["Source"]] = one_to_many(
        "bionty_source.dataframe_artifact_id", "Private: the public sources whose table of terms the artifact holds."
    )
    _source_artifact_of: Mapped[list["Source"]] = many_to_many(
        "bionty_source_artifacts",
        "artifact_id",
        "source_id",
        "Private: the public sources that the artifact is a file of.",
    )
    organisms: Mapped[list["Organism"]] = many_to_many(
        "bionty_artifactorganism",
        "artifact_id",
        "organism_id",
        "The organisms that annotate the artifact, plainly or as values of features.",
    )
    genes: Mapped[list["Gene"]] = many_to_many(
        "bionty_artifactgene",
        "artifact_id",
        "gene_id",
        "The genes that annotate the artifact, plainly or as values of features.",
    )
    proteins: Mapped[list["Protein"]] = many_to_many(
        "bionty_artifactprotein",
        "artifact_id",
        "protein_id",
        "The proteins that annotate the artifact, plainly or as values of features.",
    )
    cell_markers: Mapped[list["CellMarker"]] = many_to_many(
        "bionty_artifactcellmarker",
        "artifact_id",
        "cellmarker_id",
        "The cell markers that annotate the artifact, plainly or as values of features.",
    )
    tissues: Mapped[list["Tissue"]] = many_to_many(
        "bionty_artifacttissue",
        "artifact_id",
        "tissue_id",
        "The tissues that annotate the artifact, plainly or as values of features.",
    )
    cell_types: Mapped[list["CellType"]] = many_to_many(
        "bionty_artifactcelltype",
        "artifact_id",
        "celltype_id",
        "The cell types that annotate the artifact, plainly or as values of features.",
    )
    diseases: Mapped[list["Disease"]] = many_to_many(
        "bionty_artifactdisease",
        "artifact_id",
        "disease_id",
        "The diseases that annotate the artifact, plainly or as values of features.",
    )
    cell_lines: Mapped[list["CellLine"]] = many_to_many(
        "bionty_artifactcellline",
        "artifact_id",
        "cellline_id",
        "The cell lines that annotate the artifact, plainly or as values of features.",
    )
    phenotypes: Mapped[list["Phenotype"]] = many_to_many(
        "bionty_artifactphenotype",
        "artifact_id",
        "phenotype_id",
        "The phenotypes that annotate the artifact, plainly or as values of features.",
    )
    pathways: Mapped[list["Pathway"]] = many_to_many(
        "bionty_artifactpathway",
        "artifact_id",
        "pathway_id",
        "The pathways that annotate the artifact, plainly or as values of features.",
    )
    experimental_factors: Mapped[list["ExperimentalFactor"]] = many_to_many(
        "bionty_artifactexperimentalfactor",
        "artifact_id",
        "experimentalfactor_id",
        "The experimental factors that annotate the artifact, plainly or as values of features.",
    )
    developmental_stages: Mapped[list["DevelopmentalStage"]] = many_to_many(
        "bionty_artifactdevelopmentalstage",
        "artifact_id",
        "developmentalstage_id",
        "The developmental stages that annotate the artifact, plainly or as values of features.",
    )
    ethnicities: Mapped[list["Ethnicity"]] = many_to_many(
        "bionty_artifactethnicity",
        "artifact_id",
        "ethnicity_id",
        "The ethnicities that annotate the artifact, plainly or as values of features.",
    )
    input_of_runs: Mapped[list["Run"]] = many_to_many(
        "lamindb_artifact_input_of_runs", "artifact_id", "run_id", "The runs that read the artifact."
    )
    recreating_runs: Mapped[list["Run"]] = many_to_many(
        "lamindb_artifact_recreating_runs", "artifact_id", "run_id", "The runs that made the same content again."
    )
    schemas: Mapped[list["Schema"]] = many_to_many(
        "lamindb_artifactschema",
        "artifact_id",
        "schema_id",
        "The schemas of the artifact's parts, such as the genes in var and the columns in obs.",
    )
    json_values: Mapped[list["JsonValue"]] = many_to_many(
        "lamindb_artifactjsonvalue",
        "artifact_id",
        "jsonvalue_id",
        "The values of the artifact's features that are no records: numbers, text, dates, lists and so on.",
    )
    _actions: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifact__actions",
        "from_artifact_id",
        "to_artifact_id",
        "Private: the artifacts that are actions on this one.",
    )
    artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifactartifact",
        "artifact_id",
        "value_id",
        "The artifacts that annotate this one, plainly or as values of features.",
    )
    linked_in_records: Mapped[list["Record"]] = many_to_many(
        "lamindb_recordartifact",
        "value_id",
        "record_id",
        "The records that have the artifact as a value of one of their features.",
    )


link_table("lamindb_artifact_input_of_runs", "artifact_id -> lamindb_artifact", "run_id -> lamindb_run")
link_table("lamindb_artifact_recreating_runs", "artifact_id -> lamindb_artifact", "run_id -> lamindb_run")
link_table("lamindb_artifact__actions", "from_artifact_id -> lamindb_artifact", "to_artifact_id -> lamindb_artifact")
