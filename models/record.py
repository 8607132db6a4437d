"""Records: the flexible registry, for samples, experiments and whatever else a lab keeps."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from .link_tables import link_table
from .mixins import HasParents, SQLRecord, Typed, uid_column
from .relations import CASCADE, foreign_key, many_to_many, many_to_one, one_to_many
from .types import JSONColumn

if TYPE_CHECKING:
    from .access import User
    from .artifact import Artifact
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
        Tissue,
    )
    from .block import RecordBlock
    from .collection import Collection
    from .project import Project, Reference
    from .run import Run
    from .schema import Schema
    from .transform import Transform
    from .ulabel import ULabel


class Record(Typed, HasParents, SQLRecord):
    """An entity of the lab with values of its own features, such as a sample, an experiment or a row of a sheet."""

    __tablename__ = "lamindb_record"

    uid: Mapped[str] = uid_column(16)
    name: Mapped[str | None] = mapped_column(
        String(150), index=True, doc="Name of the record, such as the name of a sample; rows of a sheet may have none."
    )
    type_id: Mapped[int | None] = foreign_key(
        "lamindb_record", "The type that groups the record, such as Sample or a sheet."
    )
    type: Mapped["Record | None"] = many_to_one(type_id)
    description: Mapped[str | None] = mapped_column(doc="What the record is, in a line of free text.")
    reference: Mapped[str | None] = mapped_column(
        String(255), index=True, doc="Where the record is described outside, such as a URL or an accession."
    )
    reference_type: Mapped[str | None] = mapped_column(
        String(25), index=True, doc="What kind of reference it is, such as url."
    )
    extra_data: Mapped[Any] = mapped_column(
        JSONColumn, nullable=True, doc="Further facts about the record as JSON, without registered features."
    )
    schema_id: Mapped[int | None] = foreign_key(
        "lamindb_schema", "The schema that says which features the records of this type have.", CASCADE
    )
    schema: Mapped["Schema | None"] = many_to_one(schema_id)
    run_id: Mapped[int | None] = foreign_key("lamindb_run", "The run that made the record.")
    run: Mapped["Run | None"] = many_to_one(run_id)

    linked_users: Mapped[list["User"]] = many_to_many(
        "lamindb_recorduser", "record_id", "value_id", "The users that are values of the record's features."
    )
    linked_runs: Mapped[list["Run"]] = many_to_many(
        "lamindb_recordrun", "record_id", "value_id", "The runs that are values of the record's features."
    )
    linked_transforms: Mapped[list["Transform"]] = many_to_many(
        "lamindb_recordtransform", "record_id", "value_id", "The transforms that are values of the record's features."
    )
    linked_ulabels: Mapped[list["ULabel"]] = many_to_many(
        "lamindb_recordulabel", "record_id", "value_id", "The ulabels that are values of the record's features."
    )
    linked_artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_recordartifact", "record_id", "value_id", "The artifacts that are values of the record's features."
    )
    linked_collections: Mapped[list["Collection"]] = many_to_many(
        "lamindb_recordcollection", "record_id", "value_id", "The collections that are values of the record's features."
    )
    records: Mapped[list["Record"]] = one_to_many("lamindb_record.type_id", "The records of this type.")
    linked_in_records: Mapped[list["Record"]] = many_to_many(
        "lamindb_recordrecord",
        "value_id",
        "record_id",
        "The records that have this one as a value of one of their features.",
    )
    linked_references: Mapped[list["Reference"]] = many_to_many(
        "lamindb_recordreference", "record_id", "value_id", "The references that are values of the record's features."
    )
    references: Mapped[list["Reference"]] = many_to_many(
        "lamindb_referencerecord", "record_id", "reference_id", "The papers and other references about the record."
    )
    linked_projects: Mapped[list["Project"]] = many_to_many(
        "lamindb_recordproject", "record_id", "value_id", "The projects that are values of the record's features."
    )
    projects: Mapped[list["Project"]] = many_to_many(
        "lamindb_projectrecord", "record_id", "project_id", "The projects that the record belongs to."
    )
    ablocks: Mapped[list["RecordBlock"]] = one_to_many(
        "lamindb_recordblock.record_id", "The pages of text about the record."
    )
    organisms: Mapped[list["Organism"]] = many_to_many(
        "bionty_recordorganism", "record_id", "value_id", "The organisms that are values of the record's features."
    )
    genes: Mapped[list["Gene"]] = many_to_many(
        "bionty_recordgene", "record_id", "value_id", "The genes that are values of the record's features."
    )
    proteins: Mapped[list["Protein"]] = many_to_many(
        "bionty_recordprotein", "record_id", "value_id", "The proteins that are values of the record's features."
    )
    cell_markers: Mapped[list["CellMarker"]] = many_to_many(
        "bionty_recordcellmarker", "record_id", "value_id", "The cell markers that are values of the record's features."
    )
    tissues: Mapped[list["Tissue"]] = many_to_many(
        "bionty_recordtissue", "record_id", "value_id", "The tissues that are values of the record's features."
    )
    cell_types: Mapped[list["CellType"]] = many_to_many(
        "bionty_recordcelltype", "record_id", "value_id", "The cell types that are values of the record's features."
    )
    diseases: Mapped[list["Disease"]] = many_to_many(
        "bionty_recorddisease", "record_id", "value_id", "The diseases that are values of the record's features."
    )
    cell_lines: Mapped[list["CellLine"]] = many_to_many(
        "bionty_recordcellline", "record_id", "value_id", "The cell lines that are values of the record's features."
    )
    phenotypes: Mapped[list["Phenotype"]] = many_to_many(
        "bionty_recordphenotype", "record_id", "value_id", "The phenotypes that are values of the record's features."
    )
    pathways: Mapped[list["Pathway"]] = many_to_many(
        "bionty_recordpathway", "record_id", "value_id", "The pathways that are values of the record's features."
    )
    experimental_factors: Mapped[list["ExperimentalFactor"]] = many_to_many(
        "bionty_recordexperimentalfactor",
        "record_id",
        "value_id",
        "The experimental factors that are values of the record's features.",
    )
    developmental_stages: Mapped[list["DevelopmentalStage"]] = many_to_many(
        "bionty_recorddevelopmentalstage",
        "record_id",
        "value_id",
        "The developmental stages that are values of the record's features.",
    )
    ethnicities: Mapped[list["Ethnicity"]] = many_to_many(
        "bionty_recordethnicity", "record_id", "value_id", "The ethnicities that are values of the record's features."
    )
    linked_records: Mapped[list["Record"]] = many_to_many(
        "lamindb_recordrecord", "record_id", "value_id", "The records that are values of this one's features."
    )
    input_of_runs: Mapped[list["Run"]] = many_to_many(
        "lamindb_record_input_of_runs", "record_id", "run_id", "The runs that read the record."
    )
    artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifactrecord", "record_id", "artifact_id", "The artifacts that are annotated with the record."
    )
    runs: Mapped[list["Run"]] = many_to_many(
        "lamindb_runrecord", "record_id", "run_id", "The runs that are annotated with the record."
    )
    transforms: Mapped[list["Transform"]] = many_to_many(
        "lamindb_transformrecord", "record_id", "transform_id", "The transforms that are annotated with the record."
    )
    collections: Mapped[list["Collection"]] = many_to_many(
        "lamindb_collectionrecord", "record_id", "collection_id", "The collections that are annotated with the record."
    )


link_table("lamindb_record_input_of_runs", "record_id -> lamindb_record", "run_id -> lamindb_run")
