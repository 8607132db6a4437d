"""Biological registries: the entities of public ontologies, and the sources they come from."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from .link_tables import link_table
from .mixins import HasParents, SQLRecord, uid_column
from .relations import foreign_key, many_to_many, many_to_one, one_to_many

if TYPE_CHECKING:
    from .artifact import Artifact
    from .record import Record
    from .schema import Schema


class BioRecord(SQLRecord):
    """An entity of biology, as a public source defines it."""

    __abstract__ = True

    source_id: Mapped[int | None] = foreign_key(
        "bionty_source", "The public source that defines the entity.", sort_order=-30
    )
    uid: Mapped[str] = uid_column(14, sort_order=-19)
    abbr: Mapped[str | None] = mapped_column(String(32), unique=True, sort_order=-18, doc="Abbreviation of the name.")
    synonyms: Mapped[str | None] = mapped_column(index=True, sort_order=-17, doc="Other names, separated by |.")
    description: Mapped[str | None] = mapped_column(
        index=True, sort_order=-16, doc="What the entity is, in the words of its source."
    )

    @declared_attr
    @classmethod
    def source(cls) -> Mapped["Source | None"]:
        """The public source that defines the entity."""
        return many_to_one(cls.source_id)

    @declared_attr
    @classmethod
    def artifacts(cls) -> Mapped[list["Artifact"]]:
        """The artifacts annotated with the entity."""
        name = cls.__name__.lower()
        return many_to_many(
            f"bionty_artifact{name}", f"{name}_id", "artifact_id", "The artifacts annotated with the entity."
        )

    @declared_attr
    @classmethod
    def records(cls) -> Mapped[list["Record"]]:
        """The records that have the entity as a value."""
        return many_to_many(
            f"bionty_record{cls.__name__.lower()}",
            "value_id",
            "record_id",
            "The records that have the entity as a value.",
        )

    @declared_attr.directive
    @classmethod
    def __tablename__(cls) -> str:
        """Name of the table: `bionty_<entity>`."""
        return f"bionty_{cls.__name__.lower()}"


class Ontology(HasParents, BioRecord):
    """A term of an ontology."""

    __abstract__ = True

    name: Mapped[str] = mapped_column(
        String(255), index=True, sort_order=-32, doc="Preferred name of the term in its ontology."
    )
    ontology_id: Mapped[str | None] = mapped_column(
        String(255), index=True, sort_order=-31, doc="Id of the term in its ontology, such as CL:0000084."
    )

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> Any:
        """A name may stand for several terms, but once for each."""
        return (UniqueConstraint("name", "ontology_id"),)


class Source(SQLRecord):
    """A version of a public ontology or database for one kind of entity and one organism."""

    __tablename__ = "bionty_source"
    __table_args__ = (UniqueConstraint("entity", "name", "organism", "version"),)

    uid: Mapped[str] = uid_column(8)
    entity: Mapped[str] = mapped_column(
        String(255), index=True, doc="The registry that the source defines terms of, such as bionty.CellType."
    )
    organism: Mapped[str] = mapped_column(
        String(255),
        index=True,
        doc="Organism or group of organisms that the terms are of, such as human or vertebrates, or all.",
    )
    name: Mapped[str] = mapped_column(
        String(255), index=True, doc="Short name of the source, such as cl for the Cell Ontology or ensembl."
    )
    version: Mapped[str] = mapped_column(
        String(255), index=True, doc="Version of the source, such as a release or a date."
    )
    in_db: Mapped[bool] = mapped_column(index=True, doc="Whether all terms of the source are in this instance.")
    currently_used: Mapped[bool] = mapped_column(index=True, doc="Whether new terms are looked up in this version.")
    description: Mapped[str | None] = mapped_column(index=True, doc="What the source is, such as Cell Ontology.")
    url: Mapped[str | None] = mapped_column(doc="Where the file with the terms can be had.")
    md5: Mapped[str | None] = mapped_column(doc="MD5 hash of the file with the terms.")
    source_website: Mapped[str | None] = mapped_column(doc="Web page of the source.")
    dataframe_artifact_id: Mapped[int | None] = foreign_key(
        "lamindb_artifact", "The artifact with the table of all terms."
    )
    dataframe_artifact: Mapped["Artifact | None"] = many_to_one(dataframe_artifact_id)

    artifacts: Mapped[list["Artifact"]] = many_to_many(
        "bionty_source_artifacts", "source_id", "artifact_id", "The artifacts with the files of the source."
    )


class Organism(Ontology):
    """A species, such as human or mouse."""

    scientific_name: Mapped[str | None] = mapped_column(
        String(255), unique=True, doc="Scientific name of the species, such as homo_sapiens."
    )

    genes: Mapped[list["Gene"]] = one_to_many("bionty_gene.organism_id", "The genes that the organism has.")
    proteins: Mapped[list["Protein"]] = one_to_many("bionty_protein.organism_id", "The proteins that the organism has.")
    cell_markers: Mapped[list["CellMarker"]] = one_to_many(
        "bionty_cellmarker.organism_id", "The cell markers that the organism has."
    )


class Gene(BioRecord):
    """A gene of an organism, as Ensembl or another source defines it."""

    __name_field__ = "symbol"

    symbol: Mapped[str | None] = mapped_column(String(64), index=True, doc="Gene symbol, such as CD8A.")
    stable_id: Mapped[str | None] = mapped_column(
        String(255), unique=True, doc="Stable id of the gene in a source other than Ensembl."
    )
    ensembl_gene_id: Mapped[str | None] = mapped_column(
        String(64), unique=True, doc="Ensembl id of the gene, such as ENSG00000153563."
    )
    ncbi_gene_ids: Mapped[str | None] = mapped_column(index=True, doc="NCBI ids of the gene, separated by |.")
    biotype: Mapped[str | None] = mapped_column(
        String(64), index=True, doc="What kind of gene it is, such as protein_coding."
    )
    organism_id: Mapped[int] = foreign_key("bionty_organism", "The organism that has the gene.")
    organism: Mapped["Organism"] = many_to_one(organism_id)

    pathways: Mapped[list["Pathway"]] = many_to_many(
        "bionty_pathway_genes", "gene_id", "pathway_id", "The pathways that the gene takes part in."
    )
    schemas: Mapped[list["Schema"]] = many_to_many(
        "bionty_schemagene", "gene_id", "schema_id", "The schemas that have the gene as a feature."
    )


class Protein(BioRecord):
    """A protein of an organism, as UniProt defines it."""

    name: Mapped[str | None] = mapped_column(String(255), index=True, doc="Full name of the protein in its source.")
    uniprotkb_id: Mapped[str | None] = mapped_column(
        String(10), unique=True, doc="UniProt id of the protein, such as P01732."
    )
    length: Mapped[int | None] = mapped_column(BigInteger, index=True, doc="Number of amino acids.")
    gene_symbol: Mapped[str | None] = mapped_column(
        String(255), index=True, doc="Symbol of the gene that encodes the protein."
    )
    ensembl_gene_ids: Mapped[str | None] = mapped_column(
        doc="Ensembl ids of the genes that encode the protein, separated by |."
    )
    organism_id: Mapped[int] = foreign_key("bionty_organism", "The organism that has the protein.")
    organism: Mapped["Organism"] = many_to_one(organism_id)

    schemas: Mapped[list["Schema"]] = many_to_many(
        "bionty_schemaprotein", "protein_id", "schema_id", "The schemas that have the protein as a feature."
    )


class CellMarker(BioRecord):
    """A molecule on or in cells by which cell types are told apart, such as CD8."""

    __table_args__ = (UniqueConstraint("name", "organism_id"),)

    name: Mapped[str] = mapped_column(String(64), index=True, doc="Name of the marker, such as CD8.")
    gene_symbol: Mapped[str | None] = mapped_column(
        String(64), index=True, doc="Symbol of the gene that encodes the marker."
    )
    ncbi_gene_id: Mapped[str | None] = mapped_column(
        String(32), index=True, doc="NCBI id of the gene that encodes the marker."
    )
    uniprotkb_id: Mapped[str | None] = mapped_column(String(10), index=True, doc="UniProt id of the marker's protein.")
    organism_id: Mapped[int] = foreign_key("bionty_organism", "The organism that has the marker.")
    organism: Mapped["Organism"] = many_to_one(organism_id)

    schemas: Mapped[list["Schema"]] = many_to_many(
        "bionty_schemacellmarker", "cellmarker_id", "schema_id", "The schemas that have the marker as a feature."
    )


class CellType(Ontology):
    """A type of cell, such as T cell, as the Cell Ontology defines it."""


class CellLine(Ontology):
    """A line of cells that is grown in the lab, such as HEK293."""


class Tissue(Ontology):
    """A tissue, organ or other part of a body, such as lung, as Uberon defines it."""


class Disease(Ontology):
    """A disease, such as asthma, as the Mondo ontology defines it."""


class Phenotype(Ontology):
    """A trait that can be observed, such as tall stature."""


class Pathway(Ontology):
    """A biological process or pathway, such as glycolysis."""

    genes: Mapped[list["Gene"]] = many_to_many(
        "bionty_pathway_genes", "pathway_id", "gene_id", "The genes that take part in the pathway."
    )
    schemas: Mapped[list["Schema"]] = many_to_many(
        "bionty_schemapathway", "pathway_id", "schema_id", "The schemas that have the pathway as a feature."
    )


class ExperimentalFactor(Ontology):
    """A variable of an experiment, such as the assay, as the Experimental Factor Ontology defines it."""


class DevelopmentalStage(Ontology):
    """A stage in the life of an organism, such as embryo or adult."""


class Ethnicity(Ontology):
    """An ethnic group or ancestry of people."""

    __plural__ = "ethnicities"


link_table("bionty_pathway_genes", "pathway_id -> bionty_pathway", "gene_id -> bionty_gene")
link_table("bionty_source_artifacts", "source_id -> bionty_source", "artifact_id -> lamindb_artifact")
