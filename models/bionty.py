"""Biological registries: the entities of public ontologies, and the sources they come from."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from .mixins import HasParents, SQLRecord, uid_column
from .relations import foreign_key, link_table, many_to_many, many_to_one, one_to_many

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
    def source(cls) -> Mapped["Source | None"]:
        """The public source that defines the entity."""
        return many_to_one(cls.source_id)

    @declared_attr
    def artifacts(cls) -> Mapped[list["Artifact"]]:
        """The artifacts annotated with the entity."""
        name = cls.__name__.lower()
        return many_to_many(
            f"bionty_artifact{name}", f"{name}_id", "artifact_id", "The artifacts annotated with the entity."
        )

    @declared_attr
    def records(cls) -> Mapped[list["Record"]]:
        """The records that have the entity as a value."""
        return many_to_many(
            f"bionty_record{cls.__name__.lower()}",
            "value_id",
            "record_id",
            "The records that have the entity as a value.",
        )

    @declared_attr.directive
    def __tablename__(cls) -> str:
        """Name of the table: `bionty_<entity>`."""
        return f"bionty_{cls.__name__.lower()}"


class Ontology(HasParents, BioRecord):
    """A term of an ontology."""

    __abstract__ = True

    name: Mapped[str] = mapped_column(String(255), index=True, sort_order=-32, doc="Name of the term.")
    ontology_id: Mapped[str | None] = mapped_column(
        String(255), index=True, sort_order=-31, doc="Id of the term in its ontology, such as CL:0000084."
    )

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        """A name may stand for several terms, but once for each."""
        return (UniqueConstraint("name", "ontology_id"),)


class Source(SQLRecord):
    """TODO"""

    __tablename__ = "bionty_source"
    __table_args__ = (UniqueConstraint("entity", "name", "organism", "version"),)
    uid: Mapped[str] = uid_column(8)
    entity: Mapped[str] = mapped_column(String(255), index=True, doc="TODO")
    organism: Mapped[str] = mapped_column(String(255), index=True, doc="TODO")
    name: Mapped[str] = mapped_column(String(255), index=True, doc="TODO")
    version: Mapped[str] = mapped_column(String(255), index=True, doc="TODO")
    in_db: Mapped[bool] = mapped_column(index=True, doc="TODO")
    currently_used: Mapped[bool] = mapped_column(index=True, doc="TODO")
    description: Mapped[str | None] = mapped_column(index=True, doc="TODO")
    url: Mapped[str | None] = mapped_column(doc="TODO")
    md5: Mapped[str | None] = mapped_column(doc="TODO")
    source_website: Mapped[str | None] = mapped_column(doc="TODO")
    dataframe_artifact_id: Mapped[int | None] = foreign_key("lamindb_artifact", "The dataframe_artifact.")
    dataframe_artifact: Mapped["Artifact | None"] = many_to_one(dataframe_artifact_id)

    artifacts: Mapped[list["Artifact"]] = many_to_many("bionty_source_artifacts", "source_id", "artifact_id", "TODO")


class Organism(Ontology):
    """TODO"""

    scientific_name: Mapped[str | None] = mapped_column(String(255), unique=True, doc="TODO")

    genes: Mapped[list["Gene"]] = one_to_many("bionty_gene.organism_id", "TODO")
    proteins: Mapped[list["Protein"]] = one_to_many("bionty_protein.organism_id", "TODO")
    cell_markers: Mapped[list["CellMarker"]] = one_to_many("bionty_cellmarker.organism_id", "TODO")


class Gene(BioRecord):
    """TODO"""

    __name_field__ = "symbol"
    symbol: Mapped[str | None] = mapped_column(String(64), index=True, doc="TODO")
    stable_id: Mapped[str | None] = mapped_column(String(255), unique=True, doc="TODO")
    ensembl_gene_id: Mapped[str | None] = mapped_column(String(64), unique=True, doc="TODO")
    ncbi_gene_ids: Mapped[str | None] = mapped_column(index=True, doc="TODO")
    biotype: Mapped[str | None] = mapped_column(String(64), index=True, doc="TODO")
    organism_id: Mapped[int] = foreign_key("bionty_organism", "The organism.")
    organism: Mapped["Organism"] = many_to_one(organism_id)

    pathways: Mapped[list["Pathway"]] = many_to_many("bionty_pathway_genes", "gene_id", "pathway_id", "TODO")
    schemas: Mapped[list["Schema"]] = many_to_many("bionty_schemagene", "gene_id", "schema_id", "TODO")


class Protein(BioRecord):
    """TODO"""

    name: Mapped[str | None] = mapped_column(String(255), index=True, doc="TODO")
    uniprotkb_id: Mapped[str | None] = mapped_column(String(10), unique=True, doc="TODO")
    length: Mapped[int | None] = mapped_column(BigInteger, index=True, doc="TODO")
    gene_symbol: Mapped[str | None] = mapped_column(String(255), index=True, doc="TODO")
    ensembl_gene_ids: Mapped[str | None] = mapped_column(doc="TODO")
    organism_id: Mapped[int] = foreign_key("bionty_organism", "The organism.")
    organism: Mapped["Organism"] = many_to_one(organism_id)

    schemas: Mapped[list["Schema"]] = many_to_many("bionty_schemaprotein", "protein_id", "schema_id", "TODO")


class CellMarker(BioRecord):
    """TODO"""

    __table_args__ = (UniqueConstraint("name", "organism_id"),)
    name: Mapped[str] = mapped_column(String(64), index=True, doc="TODO")
    gene_symbol: Mapped[str | None] = mapped_column(String(64), index=True, doc="TODO")
    ncbi_gene_id: Mapped[str | None] = mapped_column(String(32), index=True, doc="TODO")
    uniprotkb_id: Mapped[str | None] = mapped_column(String(10), index=True, doc="TODO")
    organism_id: Mapped[int] = foreign_key("bionty_organism", "The organism.")
    organism: Mapped["Organism"] = many_to_one(organism_id)

    schemas: Mapped[list["Schema"]] = many_to_many("bionty_schemacellmarker", "cellmarker_id", "schema_id", "TODO")


class CellType(Ontology):
    """TODO"""


class CellLine(Ontology):
    """TODO"""


class Tissue(Ontology):
    """TODO"""


class Disease(Ontology):
    """TODO"""


class Phenotype(Ontology):
    """TODO"""


class Pathway(Ontology):
    """TODO"""

    genes: Mapped[list["Gene"]] = many_to_many("bionty_pathway_genes", "pathway_id", "gene_id", "TODO")
    schemas: Mapped[list["Schema"]] = many_to_many("bionty_schemapathway", "pathway_id", "schema_id", "TODO")


class ExperimentalFactor(Ontology):
    """TODO"""


class DevelopmentalStage(Ontology):
    """TODO"""


class Ethnicity(Ontology):
    """TODO"""

    __plural__ = "ethnicities"


link_table("bionty_pathway_genes", "pathway_id -> bionty_pathway", "gene_id -> bionty_gene")
link_table("bionty_source_artifacts", "source_id -> bionty_source", "artifact_id -> lamindb_artifact")
