"""Records: the flexible registry, for samples, experiments and whatever else a lab keeps."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from .mixins import HasParents, SQLRecord, Typed, uid_column
from .relations import CASCADE, foreign_key, link_table, many_to_many, many_to_one, one_to_many
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
    """TODO"""

    __tablename__ = "lamindb_record"
    uid: Mapped[str] = uid_column(16)
    name: Mapped[str | None] = mapped_column(String(150), index=True, doc="TODO")
    type_id: Mapped[int | None] = foreign_key("lamindb_record", "The type.")
    type: Mapped["Record | None"] = many_to_one(type_id)
    description: Mapped[str | None] = mapped_column(doc="TODO")
    reference: Mapped[str | None] = mapped_column(String(255), index=True, doc="TODO")
    reference_type: Mapped[str | None] = mapped_column(String(25), index=True, doc="TODO")
    extra_data: Mapped[Any] = mapped_column(JSONColumn, nullable=True, doc="TODO")
    schema_id: Mapped[int | None] = foreign_key("lamindb_schema", "The schema.", CASCADE)
    schema: Mapped["Schema | None"] = many_to_one(schema_id)
    run_id: Mapped[int | None] = foreign_key("lamindb_run", "The run.")
    run: Mapped["Run | None"] = many_to_one(run_id)

    linked_users: Mapped[list["User"]] = many_to_many("lamindb_recorduser", "record_id", "value_id", "TODO")
    linked_runs: Mapped[list["Run"]] = many_to_many("lamindb_recordrun", "record_id", "value_id", "TODO")
    linked_transforms: Mapped[list["Transform"]] = many_to_many(
        "lamindb_recordtransform", "record_id", "value_id", "TODO"
    )
    linked_ulabels: Mapped[list["ULabel"]] = many_to_many("lamindb_recordulabel", "record_id", "value_id", "TODO")
    linked_artifacts: Mapped[list["Artifact"]] = many_to_many("lamindb_recordartifact", "record_id", "value_id", "TODO")
    linked_collections: Mapped[list["Collection"]] = many_to_many(
        "lamindb_recordcollection", "record_id", "value_id", "TODO"
    )
    records: Mapped[list["Record"]] = one_to_many("lamindb_record.type_id", "TODO")
    linked_in_records: Mapped[list["Record"]] = many_to_many("lamindb_recordrecord", "value_id", "record_id", "TODO")
    linked_references: Mapped[list["Reference"]] = many_to_many(
        "lamindb_recordreference", "record_id", "value_id", "TODO"
    )
    references: Mapped[list["Reference"]] = many_to_many("lamindb_referencerecord", "record_id", "reference_id", "TODO")
    linked_projects: Mapped[list["Project"]] = many_to_many("lamindb_recordproject", "record_id", "value_id", "TODO")
    projects: Mapped[list["Project"]] = many_to_many("lamindb_projectrecord", "record_id", "project_id", "TODO")
    ablocks: Mapped[list["RecordBlock"]] = one_to_many("lamindb_recordblock.record_id", "TODO")
    organisms: Mapped[list["Organism"]] = many_to_many("bionty_recordorganism", "record_id", "value_id", "TODO")
    genes: Mapped[list["Gene"]] = many_to_many("bionty_recordgene", "record_id", "value_id", "TODO")
    proteins: Mapped[list["Protein"]] = many_to_many("bionty_recordprotein", "record_id", "value_id", "TODO")
    cell_markers: Mapped[list["CellMarker"]] = many_to_many("bionty_recordcellmarker", "record_id", "value_id", "TODO")
    tissues: Mapped[list["Tissue"]] = many_to_many("bionty_recordtissue", "record_id", "value_id", "TODO")
    cell_types: Mapped[list["CellType"]] = many_to_many("bionty_recordcelltype", "record_id", "value_id", "TODO")
    diseases: Mapped[list["Disease"]] = many_to_many("bionty_recorddisease", "record_id", "value_id", "TODO")
    cell_lines: Mapped[list["CellLine"]] = many_to_many("bionty_recordcellline", "record_id", "value_id", "TODO")
    phenotypes: Mapped[list["Phenotype"]] = many_to_many("bionty_recordphenotype", "record_id", "value_id", "TODO")
    pathways: Mapped[list["Pathway"]] = many_to_many("bionty_recordpathway", "record_id", "value_id", "TODO")
    experimental_factors: Mapped[list["ExperimentalFactor"]] = many_to_many(
        "bionty_recordexperimentalfactor", "record_id", "value_id", "TODO"
    )
    developmental_stages: Mapped[list["DevelopmentalStage"]] = many_to_many(
        "bionty_recorddevelopmentalstage", "record_id", "value_id", "TODO"
    )
    ethnicities: Mapped[list["Ethnicity"]] = many_to_many("bionty_recordethnicity", "record_id", "value_id", "TODO")
    linked_records: Mapped[list["Record"]] = many_to_many("lamindb_recordrecord", "record_id", "value_id", "TODO")
    input_of_runs: Mapped[list["Run"]] = many_to_many("lamindb_record_input_of_runs", "record_id", "run_id", "TODO")
    artifacts: Mapped[list["Artifact"]] = many_to_many("lamindb_artifactrecord", "record_id", "artifact_id", "TODO")
    runs: Mapped[list["Run"]] = many_to_many("lamindb_runrecord", "record_id", "run_id", "TODO")
    transforms: Mapped[list["Transform"]] = many_to_many("lamindb_transformrecord", "record_id", "transform_id", "TODO")
    collections: Mapped[list["Collection"]] = many_to_many(
        "lamindb_collectionrecord", "record_id", "collection_id", "TODO"
    )


link_table("lamindb_record_input_of_runs", "record_id -> lamindb_record", "run_id -> lamindb_run")
