"""Link tables between artifacts, records and schemas on one side and biological entities on the other."""

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr

from .base import Link
from .links import ArtifactLink, TrackedLink, optional_feature
from .relations import CASCADE, foreign_key


class BiontyLink(Link):
    """Links of the module for biology."""

    __abstract__ = True

    @declared_attr.directive
    @classmethod
    def __tablename__(cls) -> str:
        """Name of the table: `bionty_<link>`."""
        return f"bionty_{cls.__name__.lower()}"


class ArtifactEntity(BiontyLink, ArtifactLink):
    """Biological entities that annotate an artifact."""

    __abstract__ = True

    feature_id: Mapped[int | None] = optional_feature()

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> Any:
        """One link per artifact, entity and feature."""
        entity = cls.__name__.removeprefix("Artifact").lower()
        return (UniqueConstraint("artifact_id", f"{entity}_id", "feature_id"),)


class RecordEntity(BiontyLink, TrackedLink):
    """Biological entities that are values of a record's features."""

    __abstract__ = True

    record_id: Mapped[int] = foreign_key("lamindb_record", "The record that has the value.", CASCADE)
    feature_id: Mapped[int | None] = optional_feature()

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> Any:
        """One link per record, entity and feature."""
        return (UniqueConstraint("record_id", "value_id", "feature_id"),)


class SchemaEntity(BiontyLink):
    """Biological entities that are the features of a schema."""

    __abstract__ = True

    schema_id: Mapped[int] = foreign_key("lamindb_schema", "The schema that has the feature.", CASCADE)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> Any:
        """One link per schema and entity."""
        entity = cls.__name__.removeprefix("Schema").lower()
        return (UniqueConstraint("schema_id", f"{entity}_id"),)


class ArtifactCellLine(ArtifactEntity):
    """Cell lines that annotate an artifact."""

    cellline_id: Mapped[int] = foreign_key("bionty_cellline", "The cell line that annotates the artifact.")


class ArtifactCellMarker(ArtifactEntity):
    """Cell markers that annotate an artifact."""

    cellmarker_id: Mapped[int] = foreign_key("bionty_cellmarker", "The cell marker that annotates the artifact.")


class ArtifactCellType(ArtifactEntity):
    """Cell types that annotate an artifact."""

    celltype_id: Mapped[int] = foreign_key("bionty_celltype", "The cell type that annotates the artifact.")


class ArtifactDevelopmentalStage(ArtifactEntity):
    """Developmental stages that annotate an artifact."""

    developmentalstage_id: Mapped[int] = foreign_key(
        "bionty_developmentalstage", "The developmental stage that annotates the artifact."
    )


class ArtifactDisease(ArtifactEntity):
    """Diseases that annotate an artifact."""

    disease_id: Mapped[int] = foreign_key("bionty_disease", "The disease that annotates the artifact.")


class ArtifactEthnicity(ArtifactEntity):
    """Ethnicities that annotate an artifact."""

    ethnicity_id: Mapped[int] = foreign_key("bionty_ethnicity", "The ethnicity that annotates the artifact.")


class ArtifactExperimentalFactor(ArtifactEntity):
    """Experimental factors that annotate an artifact."""

    experimentalfactor_id: Mapped[int] = foreign_key(
        "bionty_experimentalfactor", "The experimental factor that annotates the artifact."
    )


class ArtifactGene(ArtifactEntity):
    """Genes that annotate an artifact."""

    gene_id: Mapped[int] = foreign_key("bionty_gene", "The gene that annotates the artifact.")


class ArtifactOrganism(ArtifactEntity):
    """Organisms that annotate an artifact."""

    organism_id: Mapped[int] = foreign_key("bionty_organism", "The organism that annotates the artifact.")


class ArtifactPathway(ArtifactEntity):
    """Pathways that annotate an artifact."""

    pathway_id: Mapped[int] = foreign_key("bionty_pathway", "The pathway that annotates the artifact.")


class ArtifactPhenotype(ArtifactEntity):
    """Phenotypes that annotate an artifact."""

    phenotype_id: Mapped[int] = foreign_key("bionty_phenotype", "The phenotype that annotates the artifact.")


class ArtifactProtein(ArtifactEntity):
    """Proteins that annotate an artifact."""

    protein_id: Mapped[int] = foreign_key("bionty_protein", "The protein that annotates the artifact.")


class ArtifactTissue(ArtifactEntity):
    """Tissues that annotate an artifact."""

    tissue_id: Mapped[int] = foreign_key("bionty_tissue", "The tissue that annotates the artifact.")


class RecordCellLine(RecordEntity):
    """Cell lines that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("bionty_cellline", "The cell line that is the value.")


class RecordCellMarker(RecordEntity):
    """Cell markers that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("bionty_cellmarker", "The cell marker that is the value.")


class RecordCellType(RecordEntity):
    """Cell types that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("bionty_celltype", "The cell type that is the value.")


class RecordDevelopmentalStage(RecordEntity):
    """Developmental stages that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("bionty_developmentalstage", "The developmental stage that is the value.")


class RecordDisease(RecordEntity):
    """Diseases that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("bionty_disease", "The disease that is the value.")


class RecordEthnicity(RecordEntity):
    """Ethnicities that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("bionty_ethnicity", "The ethnicity that is the value.")


class RecordExperimentalFactor(RecordEntity):
    """Experimental factors that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("bionty_experimentalfactor", "The experimental factor that is the value.")


class RecordGene(RecordEntity):
    """Genes that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("bionty_gene", "The gene that is the value.")


class RecordOrganism(RecordEntity):
    """Organisms that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("bionty_organism", "The organism that is the value.")


class RecordPathway(RecordEntity):
    """Pathways that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("bionty_pathway", "The pathway that is the value.")


class RecordPhenotype(RecordEntity):
    """Phenotypes that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("bionty_phenotype", "The phenotype that is the value.")


class RecordProtein(RecordEntity):
    """Proteins that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("bionty_protein", "The protein that is the value.")


class RecordTissue(RecordEntity):
    """Tissues that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("bionty_tissue", "The tissue that is the value.")


class SchemaCellMarker(SchemaEntity):
    """Cell markers that are the features of a schema."""

    cellmarker_id: Mapped[int] = foreign_key("bionty_cellmarker", "The cell marker that is a feature of the schema.")


class SchemaGene(SchemaEntity):
    """Genes that are the features of a schema."""

    gene_id: Mapped[int] = foreign_key("bionty_gene", "The gene that is a feature of the schema.")


class SchemaPathway(SchemaEntity):
    """Pathways that are the features of a schema."""

    pathway_id: Mapped[int] = foreign_key("bionty_pathway", "The pathway that is a feature of the schema.")


class SchemaProtein(SchemaEntity):
    """Proteins that are the features of a schema."""

    protein_id: Mapped[int] = foreign_key("bionty_protein", "The protein that is a feature of the schema.")
