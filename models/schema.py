"""Schemas: which features a dataset has."""

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from .mixins import SQLRecord, Typed, uid_column
from .relations import foreign_key, many_to_many, many_to_one, one_to_many

if TYPE_CHECKING:
    from .artifact import Artifact
    from .bionty import CellMarker, Gene, Pathway, Protein
    from .block import SchemaBlock
    from .collection import Collection
    from .feature import Feature
    from .project import Project
    from .record import Record


class Schema(Typed, SQLRecord):
    """TODO"""

    __tablename__ = "lamindb_schema"
    uid: Mapped[str] = uid_column(16)
    name: Mapped[str | None] = mapped_column(String(150), index=True, doc="TODO")
    description: Mapped[str | None] = mapped_column(doc="TODO")
    n_members: Mapped[int | None] = mapped_column(doc="TODO")
    coerce: Mapped[bool | None] = mapped_column(doc="TODO")
    flexible: Mapped[bool | None] = mapped_column(doc="TODO")
    type_id: Mapped[int | None] = foreign_key("lamindb_schema", "The type.")
    type: Mapped["Schema | None"] = many_to_one(type_id)
    itype: Mapped[str | None] = mapped_column(String(120), index=True, doc="TODO")
    otype: Mapped[str | None] = mapped_column(String(64), index=True, doc="TODO")
    suffix: Mapped[str | None] = mapped_column(String(30), index=True, doc="TODO")
    _dtype_str: Mapped[str | None] = mapped_column(String(64), doc="TODO")
    hash: Mapped[str | None] = mapped_column(String(22), index=True, doc="TODO")
    minimal_set: Mapped[bool] = mapped_column(index=True, doc="TODO")
    ordered_set: Mapped[bool] = mapped_column(index=True, doc="TODO")
    maximal_set: Mapped[bool] = mapped_column(index=True, doc="TODO")

    features: Mapped[list["Feature"]] = many_to_many("lamindb_schemafeature", "schema_id", "feature_id", "TODO")
    schemas: Mapped[list["Schema"]] = one_to_many("lamindb_schema.type_id", "TODO")
    composites: Mapped[list["Schema"]] = many_to_many("lamindb_schemacomponent", "component_id", "composite_id", "TODO")
    validated_artifacts: Mapped[list["Artifact"]] = one_to_many("lamindb_artifact.schema_id", "TODO")
    artifacts: Mapped[list["Artifact"]] = many_to_many("lamindb_artifactschema", "schema_id", "artifact_id", "TODO")
    validated_collections: Mapped[list["Collection"]] = one_to_many("lamindb_collection.schema_id", "TODO")
    records: Mapped[list["Record"]] = one_to_many("lamindb_record.schema_id", "TODO")
    projects: Mapped[list["Project"]] = many_to_many("lamindb_schemaproject", "schema_id", "project_id", "TODO")
    ablocks: Mapped[list["SchemaBlock"]] = one_to_many("lamindb_schemablock.schema_id", "TODO")
    genes: Mapped[list["Gene"]] = many_to_many("bionty_schemagene", "schema_id", "gene_id", "TODO")
    proteins: Mapped[list["Protein"]] = many_to_many("bionty_schemaprotein", "schema_id", "protein_id", "TODO")
    cell_markers: Mapped[list["CellMarker"]] = many_to_many(
        "bionty_schemacellmarker", "schema_id", "cellmarker_id", "TODO"
    )
    pathways: Mapped[list["Pathway"]] = many_to_many("bionty_schemapathway", "schema_id", "pathway_id", "TODO")
    components: Mapped[list["Schema"]] = many_to_many("lamindb_schemacomponent", "composite_id", "component_id", "TODO")
