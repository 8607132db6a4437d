"""Schemas: which features a dataset has."""

from typing import TYPE_CHECKING, Any

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
    """A set of features that datasets or records are expected to have, or were found to have."""

    __tablename__ = "lamindb_schema"

    uid: Mapped[str] = uid_column(16)
    name: Mapped[str | None] = mapped_column(String(150), index=True, doc="Name by which the schema is found again.")
    description: Mapped[str | None] = mapped_column(doc="What the schema is for.")
    n_members: Mapped[int | None] = mapped_column(doc="Number of features in the schema.")
    coerce: Mapped[bool | None] = mapped_column(
        doc="Whether validation may convert values to the types of the features."
    )
    flexible: Mapped[bool | None] = mapped_column(doc="Whether a dataset may have further features.")
    type_id: Mapped[int | None] = foreign_key("lamindb_schema", "The schema type that groups the schema.")
    type: Mapped["Schema | None"] = many_to_one(type_id)
    itype: Mapped[str | None] = mapped_column(
        String(120),
        index=True,
        doc="Registry and field that the features are from, such as Feature or bionty.Gene.ensembl_gene_id.",
    )
    otype: Mapped[str | None] = mapped_column(
        String(64), index=True, doc="Name of the Python object that is described, such as DataFrame or AnnData."
    )
    suffix: Mapped[str | None] = mapped_column(
        String(30), index=True, doc="File ending that a described dataset must have."
    )
    _dtype_str: Mapped[str | None] = mapped_column(
        String(64), doc="Private: the type of the values, where all features have the same."
    )
    hash: Mapped[str | None] = mapped_column(
        String(22), index=True, doc="Hash of the features and the settings; equal schemas have an equal hash."
    )
    minimal_set: Mapped[bool] = mapped_column(index=True, doc="Whether all features of the schema must be there.")
    ordered_set: Mapped[bool] = mapped_column(
        index=True, doc="Whether the features must come in the order of the schema."
    )
    maximal_set: Mapped[bool] = mapped_column(index=True, doc="Whether there must be no other features.")

    features: Mapped[list["Feature"]] = many_to_many(
        "lamindb_schemafeature", "schema_id", "feature_id", "The features in the schema."
    )
    schemas: Mapped[list["Schema"]] = one_to_many("lamindb_schema.type_id", "The schemas of this type.")
    composites: Mapped[list["Schema"]] = many_to_many(
        "lamindb_schemacomponent", "component_id", "composite_id", "The schemas that this one is a part of."
    )
    validated_artifacts: Mapped[list["Artifact"]] = one_to_many(
        "lamindb_artifact.schema_id", "The artifacts that were validated against the schema."
    )
    artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifactschema",
        "schema_id",
        "artifact_id",
        "The artifacts of which a part, such as obs or var, has the schema.",
    )
    validated_collections: Mapped[list["Collection"]] = one_to_many(
        "lamindb_collection.schema_id", "The collections that were validated against the schema."
    )
    records: Mapped[list["Record"]] = one_to_many(
        "lamindb_record.schema_id", "The records, most often sheets, whose features the schema says."
    )
    projects: Mapped[list["Project"]] = many_to_many(
        "lamindb_schemaproject", "schema_id", "project_id", "The projects that the schema belongs to."
    )
    ablocks: Mapped[list["SchemaBlock"]] = one_to_many(
        "lamindb_schemablock.schema_id", "The pages of text about the schema."
    )
    genes: Mapped[list["Gene"]] = many_to_many(
        "bionty_schemagene", "schema_id", "gene_id", "The genes that are features of the schema."
    )
    proteins: Mapped[list["Protein"]] = many_to_many(
        "bionty_schemaprotein", "schema_id", "protein_id", "The proteins that are features of the schema."
    )
    cell_markers: Mapped[list["CellMarker"]] = many_to_many(
        "bionty_schemacellmarker", "schema_id", "cellmarker_id", "The cell markers that are features of the schema."
    )
    pathways: Mapped[list["Pathway"]] = many_to_many(
        "bionty_schemapathway", "schema_id", "pathway_id", "The pathways that are features of the schema."
    )
    components: Mapped[list["Schema"]] = many_to_many(
        "lamindb_schemacomponent", "composite_id", "component_id", "The schemas of the parts, such as obs and var."
    )


def optional_features(aux: object) -> list[str]:
    """The uids of the features that are optional in a schema, where LaminDB keeps them: `{"af": {"1": [...]}}`."""
    found = _config(aux).get("1")
    return found if isinstance(found, list) else []


def index_feature(aux: object) -> str | None:
    """The uid of the feature that is the index of a schema, where LaminDB keeps it: `{"af": {"3": uid}}`."""
    return _config(aux).get("3")


def _config(aux: object) -> dict[str, Any]:
    found = aux.get("af") if isinstance(aux, dict) else None
    return found if isinstance(found, dict) else {}
