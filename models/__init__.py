"""The registries of LaminDB, their link tables, and what they mean. No GraphQL, no HTTP."""

from . import links, links_bionty, links_projects, links_records  # noqa: F401  they declare tables
from .access import Branch, Space, User
from .artifact import Artifact
from .base import Base, Registry, first_sentence
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
from .block import (
    ArtifactBlock,
    Block,
    BranchBlock,
    CollectionBlock,
    FeatureBlock,
    ProjectBlock,
    RecordBlock,
    RunBlock,
    SchemaBlock,
    SpaceBlock,
    TransformBlock,
    ULabelBlock,
)
from .collection import Collection
from .feature import Feature, JsonValue
from .link_tables import link_table
from .mixins import HasParents, SQLRecord
from .project import Project, Reference
from .record import Record
from .relations import CASCADE, PROTECT, foreign_key, many_to_many, many_to_one, one_to_many
from .run import Run
from .schema import Schema
from .storage import Storage
from .transform import Transform
from .types import JSONColumn, StatusCode, UTCDateTime
from .ulabel import ULabel

__all__ = [
    "CASCADE",
    "PROTECT",
    "Artifact",
    "ArtifactBlock",
    "Base",
    "Block",
    "Branch",
    "BranchBlock",
    "CellLine",
    "CellMarker",
    "CellType",
    "Collection",
    "CollectionBlock",
    "DevelopmentalStage",
    "Disease",
    "Ethnicity",
    "ExperimentalFactor",
    "Feature",
    "FeatureBlock",
    "Gene",
    "HasParents",
    "JSONColumn",
    "JsonValue",
    "Organism",
    "Pathway",
    "Phenotype",
    "Project",
    "ProjectBlock",
    "Protein",
    "Record",
    "RecordBlock",
    "Reference",
    "Registry",
    "Run",
    "RunBlock",
    "SQLRecord",
    "Schema",
    "SchemaBlock",
    "Source",
    "Space",
    "SpaceBlock",
    "StatusCode",
    "Storage",
    "Tissue",
    "Transform",
    "TransformBlock",
    "ULabel",
    "ULabelBlock",
    "UTCDateTime",
    "User",
    "first_sentence",
    "foreign_key",
    "link_table",
    "many_to_many",
    "many_to_one",
    "one_to_many",
    "registries",
]


def registries() -> list[type[Registry]]:
    """All registries, those of user modules included, by name."""
    mapped = (mapper.class_ for mapper in Base.registry.mappers)
    return sorted((model for model in mapped if issubclass(model, Registry)), key=lambda model: model.__name__)
