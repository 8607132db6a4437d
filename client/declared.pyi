"""The registries of LaminDB and bionty, for editors and type checkers; written by `lnql.stubs`, see there."""

from datetime import date, datetime
from typing import Any

from .collection import CollectionRecord
from .describing import Described
from .feature import ComparableFeature
from .feature_manager import HasFeatures
from .files import HasFile
from .graphs import HasGraph, HasLineage
from .hierarchy import HasParents, Typed
from .label_manager import HasLabels
from .managers import RelatedManager
from .organisms import OfOrganism
from .provenance import HasRuns, HasTransform, OfTransform
from .public_records import FromSource
from .record import BaseRecord
from .schema import SchemaRecord
from .sheets import HasSheet
from .synonyms import HasSynonyms
from .versions import Versioned

class Artifact(HasFeatures, HasLabels, HasTransform, Versioned, HasLineage, HasFile, Described, BaseRecord):
    """A dataset or file of any format, in a storage location, with where it came from and what it is annotated with."""

    version_tag: str | None
    is_latest: bool
    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    updated_at: datetime
    id: int
    uid: str
    key: str | None
    _real_key: str | None
    description: str | None
    storage_id: int
    suffix: str
    kind: str | None
    otype: str | None
    size: int | None
    hash: str | None
    n_files: int | None
    n_observations: int | None
    _hash_type: str | None
    run_id: int | None
    schema_id: int | None
    extra_data: Any
    _key_is_virtual: bool
    created_by_id: int
    _overwrite_versions: bool
    storage: Storage
    run: Run | None
    schema: Schema | None
    created_by: User
    _meta_of_collection: Collection | None
    branch: Branch
    created_on: Branch
    space: Space
    users: RelatedManager[User]
    _report_of: RelatedManager[Run]
    _environment_of: RelatedManager[Run]
    _plan_for_runs: RelatedManager[Run]
    runs: RelatedManager[Run]
    linked_by_runs: RelatedManager[Run]
    _environment_of_transforms: RelatedManager[Transform]
    _plan_for_transforms: RelatedManager[Transform]
    ulabels: RelatedManager[ULabel]
    _action_targets: RelatedManager[Artifact]
    linked_by_artifacts: RelatedManager[Artifact]
    collections: RelatedManager[Collection]
    records: RelatedManager[Record]
    references: RelatedManager[Reference]
    projects: RelatedManager[Project]
    ablocks: RelatedManager[ArtifactBlock]
    _source_dataframe_of: RelatedManager[Source]
    _source_artifact_of: RelatedManager[Source]
    organisms: RelatedManager[Organism]
    genes: RelatedManager[Gene]
    proteins: RelatedManager[Protein]
    cell_markers: RelatedManager[CellMarker]
    tissues: RelatedManager[Tissue]
    cell_types: RelatedManager[CellType]
    diseases: RelatedManager[Disease]
    cell_lines: RelatedManager[CellLine]
    phenotypes: RelatedManager[Phenotype]
    pathways: RelatedManager[Pathway]
    experimental_factors: RelatedManager[ExperimentalFactor]
    developmental_stages: RelatedManager[DevelopmentalStage]
    ethnicities: RelatedManager[Ethnicity]
    input_of_runs: RelatedManager[Run]
    recreating_runs: RelatedManager[Run]
    schemas: RelatedManager[Schema]
    json_values: RelatedManager[JsonValue]
    _actions: RelatedManager[Artifact]
    artifacts: RelatedManager[Artifact]
    linked_in_records: RelatedManager[Record]

class ArtifactBlock(Versioned, Described, BaseRecord):
    """A page of text about an artifact."""

    version_tag: str | None
    is_latest: bool
    id: int
    uid: str
    content: str
    hash: str | None
    kind: str
    created_at: datetime
    created_by_id: int
    _status_code: int
    _aux: Any
    branch_id: int
    created_on_id: int
    artifact_id: int
    artifact: Artifact
    branch: Branch
    created_on: Branch
    created_by: User

class Block(Versioned, Described, BaseRecord):
    """A page of text that stands on its own or comments on another page."""

    version_tag: str | None
    is_latest: bool
    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    id: int
    uid: str
    content: str
    hash: str | None
    kind: str
    created_at: datetime
    created_by_id: int
    _status_code: int
    _aux: Any
    key: str | None
    anchor_id: int | None
    anchor: Block | None
    space: Space
    created_by: User
    branch: Branch
    created_on: Branch
    projects: RelatedManager[Project]
    children: RelatedManager[Block]

class Branch(Described, BaseRecord):
    """A line of change, as in version control: records live on one and are merged into another."""

    id: int
    name: str
    uid: str
    space_id: int
    description: str | None
    created_at: datetime
    created_by_id: int
    status: str
    _aux: Any
    space: Space
    created_by: User
    ablocks: RelatedManager[BranchBlock]
    users: RelatedManager[User]
    ulabels: RelatedManager[ULabel]
    projects: RelatedManager[Project]

class BranchBlock(Versioned, Described, BaseRecord):
    """A page of text about a branch."""

    version_tag: str | None
    is_latest: bool
    id: int
    uid: str
    content: str
    hash: str | None
    kind: str
    created_at: datetime
    created_by_id: int
    _status_code: int
    _aux: Any
    branch_id: int
    branch: Branch
    created_by: User

class CellLine(FromSource, HasParents, HasGraph, HasSynonyms, Described, BaseRecord):
    """A line of cells that is grown in the lab, such as HEK293."""

    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    name: str
    ontology_id: str | None
    source_id: int | None
    id: int
    uid: str
    abbr: str | None
    synonyms: str | None
    description: str | None
    source: Source | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    parents: RelatedManager[CellLine]
    children: RelatedManager[CellLine]
    artifacts: RelatedManager[Artifact]
    records: RelatedManager[Record]

class CellMarker(OfOrganism, FromSource, HasSynonyms, Described, BaseRecord):
    """A molecule on or in cells by which cell types are told apart, such as CD8."""

    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    source_id: int | None
    id: int
    uid: str
    abbr: str | None
    synonyms: str | None
    description: str | None
    name: str
    gene_symbol: str | None
    ncbi_gene_id: str | None
    uniprotkb_id: str | None
    organism_id: int
    organism: Organism
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    source: Source | None
    schemas: RelatedManager[Schema]
    artifacts: RelatedManager[Artifact]
    records: RelatedManager[Record]

class CellType(FromSource, HasParents, HasGraph, HasSynonyms, Described, BaseRecord):
    """A type of cell, such as T cell, as the Cell Ontology defines it."""

    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    name: str
    ontology_id: str | None
    source_id: int | None
    id: int
    uid: str
    abbr: str | None
    synonyms: str | None
    description: str | None
    source: Source | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    parents: RelatedManager[CellType]
    children: RelatedManager[CellType]
    artifacts: RelatedManager[Artifact]
    records: RelatedManager[Record]

class Collection(CollectionRecord, HasLabels, HasTransform, Versioned, Described, BaseRecord):
    """A set of artifacts that is versioned and used as one dataset."""

    version_tag: str | None
    is_latest: bool
    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    updated_at: datetime
    id: int
    uid: str
    key: str
    description: str | None
    hash: str | None
    reference: str | None
    reference_type: str | None
    run_id: int | None
    schema_id: int | None
    meta_artifact_id: int | None
    run: Run | None
    schema: Schema | None
    meta_artifact: Artifact | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    records: RelatedManager[Record]
    references: RelatedManager[Reference]
    projects: RelatedManager[Project]
    ablocks: RelatedManager[CollectionBlock]
    ulabels: RelatedManager[ULabel]
    input_of_runs: RelatedManager[Run]
    recreating_runs: RelatedManager[Run]
    artifacts: RelatedManager[Artifact]
    linked_in_records: RelatedManager[Record]
    _actions: RelatedManager[Artifact]

class CollectionBlock(Versioned, Described, BaseRecord):
    """A page of text about a collection."""

    version_tag: str | None
    is_latest: bool
    id: int
    uid: str
    content: str
    hash: str | None
    kind: str
    created_at: datetime
    created_by_id: int
    _status_code: int
    _aux: Any
    branch_id: int
    created_on_id: int
    collection_id: int | None
    collection: Collection | None
    branch: Branch
    created_on: Branch
    created_by: User

class DevelopmentalStage(FromSource, HasParents, HasGraph, HasSynonyms, Described, BaseRecord):
    """A stage in the life of an organism, such as embryo or adult."""

    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    name: str
    ontology_id: str | None
    source_id: int | None
    id: int
    uid: str
    abbr: str | None
    synonyms: str | None
    description: str | None
    source: Source | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    parents: RelatedManager[DevelopmentalStage]
    children: RelatedManager[DevelopmentalStage]
    artifacts: RelatedManager[Artifact]
    records: RelatedManager[Record]

class Disease(FromSource, HasParents, HasGraph, HasSynonyms, Described, BaseRecord):
    """A disease, such as asthma, as the Mondo ontology defines it."""

    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    name: str
    ontology_id: str | None
    source_id: int | None
    id: int
    uid: str
    abbr: str | None
    synonyms: str | None
    description: str | None
    source: Source | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    parents: RelatedManager[Disease]
    children: RelatedManager[Disease]
    artifacts: RelatedManager[Artifact]
    records: RelatedManager[Record]

class Ethnicity(FromSource, HasParents, HasGraph, HasSynonyms, Described, BaseRecord):
    """An ethnic group or ancestry of people."""

    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    name: str
    ontology_id: str | None
    source_id: int | None
    id: int
    uid: str
    abbr: str | None
    synonyms: str | None
    description: str | None
    source: Source | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    parents: RelatedManager[Ethnicity]
    children: RelatedManager[Ethnicity]
    artifacts: RelatedManager[Artifact]
    records: RelatedManager[Record]

class ExperimentalFactor(FromSource, HasParents, HasGraph, HasSynonyms, Described, BaseRecord):
    """A variable of an experiment, such as the assay, as the Experimental Factor Ontology defines it."""

    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    name: str
    ontology_id: str | None
    source_id: int | None
    id: int
    uid: str
    abbr: str | None
    synonyms: str | None
    description: str | None
    source: Source | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    parents: RelatedManager[ExperimentalFactor]
    children: RelatedManager[ExperimentalFactor]
    artifacts: RelatedManager[Artifact]
    records: RelatedManager[Record]

class Feature(ComparableFeature, Typed, HasSynonyms, Described, BaseRecord):
    """A dimension of measurement, such as temperature or cell type, with the type of its values."""

    is_type: bool
    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    id: int
    uid: str
    name: str
    _dtype_str: str | None
    _ounit_str: str | None
    type_id: int | None
    unit: str | None
    description: str | None
    array_rank: int
    array_size: int
    array_shape: Any
    synonyms: str | None
    default_value: Any
    nullable: bool | None
    coerce: bool | None
    type: Feature | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    features: RelatedManager[Feature]
    values: RelatedManager[JsonValue]
    projects: RelatedManager[Project]
    ablocks: RelatedManager[FeatureBlock]
    schemas: RelatedManager[Schema]

class FeatureBlock(Versioned, Described, BaseRecord):
    """A page of text about a feature."""

    version_tag: str | None
    is_latest: bool
    id: int
    uid: str
    content: str
    hash: str | None
    kind: str
    created_at: datetime
    created_by_id: int
    _status_code: int
    _aux: Any
    branch_id: int
    created_on_id: int
    feature_id: int
    feature: Feature
    branch: Branch
    created_on: Branch
    created_by: User

class Gene(OfOrganism, FromSource, HasSynonyms, Described, BaseRecord):
    """A gene of an organism, as Ensembl or another source defines it."""

    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    source_id: int | None
    id: int
    uid: str
    abbr: str | None
    synonyms: str | None
    description: str | None
    symbol: str | None
    stable_id: str | None
    ensembl_gene_id: str | None
    ncbi_gene_ids: str | None
    biotype: str | None
    organism_id: int
    organism: Organism
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    source: Source | None
    pathways: RelatedManager[Pathway]
    schemas: RelatedManager[Schema]
    artifacts: RelatedManager[Artifact]
    records: RelatedManager[Record]

class JsonValue(Described, BaseRecord):
    """A value of a feature that is no record, shared by all artifacts and runs that have it."""

    id: int
    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    feature_id: int | None
    value: Any
    hash: str | None
    feature: Feature | None
    space: Space
    created_by: User
    run: Run | None
    branch: Branch
    created_on: Branch
    runs: RelatedManager[Run]
    artifacts: RelatedManager[Artifact]

class Organism(FromSource, HasParents, HasGraph, HasSynonyms, Described, BaseRecord):
    """A species, such as human or mouse."""

    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    name: str
    ontology_id: str | None
    source_id: int | None
    id: int
    uid: str
    abbr: str | None
    synonyms: str | None
    description: str | None
    scientific_name: str | None
    source: Source | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    genes: RelatedManager[Gene]
    proteins: RelatedManager[Protein]
    cell_markers: RelatedManager[CellMarker]
    parents: RelatedManager[Organism]
    children: RelatedManager[Organism]
    artifacts: RelatedManager[Artifact]
    records: RelatedManager[Record]

class Pathway(FromSource, HasParents, HasGraph, HasSynonyms, Described, BaseRecord):
    """A biological process or pathway, such as glycolysis."""

    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    name: str
    ontology_id: str | None
    source_id: int | None
    id: int
    uid: str
    abbr: str | None
    synonyms: str | None
    description: str | None
    source: Source | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    genes: RelatedManager[Gene]
    schemas: RelatedManager[Schema]
    parents: RelatedManager[Pathway]
    children: RelatedManager[Pathway]
    artifacts: RelatedManager[Artifact]
    records: RelatedManager[Record]

class Phenotype(FromSource, HasParents, HasGraph, HasSynonyms, Described, BaseRecord):
    """A trait that can be observed, such as tall stature."""

    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    name: str
    ontology_id: str | None
    source_id: int | None
    id: int
    uid: str
    abbr: str | None
    synonyms: str | None
    description: str | None
    source: Source | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    parents: RelatedManager[Phenotype]
    children: RelatedManager[Phenotype]
    artifacts: RelatedManager[Artifact]
    records: RelatedManager[Record]

class Project(HasParents, HasGraph, Typed, Described, BaseRecord):
    """A project of the lab, with its people, its time and everything that belongs to it."""

    is_type: bool
    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    id: int
    uid: str
    name: str
    description: str | None
    type_id: int | None
    abbr: str | None
    url: str | None
    start_date: date | None
    end_date: date | None
    status: str
    type: Project | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    branches: RelatedManager[Branch]
    projects: RelatedManager[Project]
    successors: RelatedManager[Project]
    ablocks: RelatedManager[ProjectBlock]
    predecessors: RelatedManager[Project]
    artifacts: RelatedManager[Artifact]
    transforms: RelatedManager[Transform]
    runs: RelatedManager[Run]
    ulabels: RelatedManager[ULabel]
    features: RelatedManager[Feature]
    schemas: RelatedManager[Schema]
    linked_in_records: RelatedManager[Record]
    records: RelatedManager[Record]
    collections: RelatedManager[Collection]
    references: RelatedManager[Reference]
    blocks: RelatedManager[Block]
    users: RelatedManager[User]
    parents: RelatedManager[Project]
    children: RelatedManager[Project]

class ProjectBlock(Versioned, Described, BaseRecord):
    """A page of text about a project."""

    version_tag: str | None
    is_latest: bool
    id: int
    uid: str
    content: str
    hash: str | None
    kind: str
    created_at: datetime
    created_by_id: int
    _status_code: int
    _aux: Any
    branch_id: int
    created_on_id: int
    project_id: int
    project: Project
    branch: Branch
    created_on: Branch
    created_by: User

class Protein(OfOrganism, FromSource, HasSynonyms, Described, BaseRecord):
    """A protein of an organism, as UniProt defines it."""

    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    source_id: int | None
    id: int
    uid: str
    abbr: str | None
    synonyms: str | None
    description: str | None
    name: str | None
    uniprotkb_id: str | None
    length: int | None
    gene_symbol: str | None
    ensembl_gene_ids: str | None
    organism_id: int
    organism: Organism
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    source: Source | None
    schemas: RelatedManager[Schema]
    artifacts: RelatedManager[Artifact]
    records: RelatedManager[Record]

class Record(HasFeatures, HasSheet, HasParents, HasGraph, Typed, Described, BaseRecord):
    """An entity of the lab with values of its own features, such as a sample, an experiment or a row of a sheet."""

    is_type: bool
    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    updated_at: datetime
    id: int
    uid: str
    name: str | None
    type_id: int | None
    description: str | None
    reference: str | None
    reference_type: str | None
    extra_data: Any
    schema_id: int | None
    run_id: int | None
    type: Record | None
    schema: Schema | None
    run: Run | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    linked_users: RelatedManager[User]
    linked_runs: RelatedManager[Run]
    linked_transforms: RelatedManager[Transform]
    linked_ulabels: RelatedManager[ULabel]
    linked_artifacts: RelatedManager[Artifact]
    linked_collections: RelatedManager[Collection]
    records: RelatedManager[Record]
    linked_in_records: RelatedManager[Record]
    linked_references: RelatedManager[Reference]
    references: RelatedManager[Reference]
    linked_projects: RelatedManager[Project]
    projects: RelatedManager[Project]
    ablocks: RelatedManager[RecordBlock]
    organisms: RelatedManager[Organism]
    genes: RelatedManager[Gene]
    proteins: RelatedManager[Protein]
    cell_markers: RelatedManager[CellMarker]
    tissues: RelatedManager[Tissue]
    cell_types: RelatedManager[CellType]
    diseases: RelatedManager[Disease]
    cell_lines: RelatedManager[CellLine]
    phenotypes: RelatedManager[Phenotype]
    pathways: RelatedManager[Pathway]
    experimental_factors: RelatedManager[ExperimentalFactor]
    developmental_stages: RelatedManager[DevelopmentalStage]
    ethnicities: RelatedManager[Ethnicity]
    linked_records: RelatedManager[Record]
    input_of_runs: RelatedManager[Run]
    artifacts: RelatedManager[Artifact]
    runs: RelatedManager[Run]
    transforms: RelatedManager[Transform]
    collections: RelatedManager[Collection]
    parents: RelatedManager[Record]
    children: RelatedManager[Record]

class RecordBlock(Versioned, Described, BaseRecord):
    """A page of text about a record."""

    version_tag: str | None
    is_latest: bool
    id: int
    uid: str
    content: str
    hash: str | None
    kind: str
    created_at: datetime
    created_by_id: int
    _status_code: int
    _aux: Any
    branch_id: int
    created_on_id: int
    record_id: int
    record: Record
    branch: Branch
    created_on: Branch
    created_by: User

class Reference(Typed, Described, BaseRecord):
    """A paper, a document or another work that data refers to."""

    is_type: bool
    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    id: int
    uid: str
    name: str
    description: str | None
    type_id: int | None
    abbr: str | None
    url: str | None
    pubmed_id: int | None
    doi: str | None
    text: str | None
    date: date | None
    type: Reference | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    references: RelatedManager[Reference]
    projects: RelatedManager[Project]
    artifacts: RelatedManager[Artifact]
    transforms: RelatedManager[Transform]
    collections: RelatedManager[Collection]
    linked_in_records: RelatedManager[Record]
    records: RelatedManager[Record]

class Run(HasFeatures, OfTransform, Described, BaseRecord):
    """One execution of a transform, with its inputs, outputs and parameters."""

    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    updated_at: datetime
    id: int
    uid: str
    name: str | None
    description: str | None
    transform_id: int
    entrypoint: str | None
    started_at: datetime
    finished_at: datetime | None
    report_id: int | None
    environment_id: int | None
    plan_id: int | None
    params: Any
    extra_data: Any
    reference: str | None
    reference_type: str | None
    cli_args: str | None
    created_at: datetime
    created_by_id: int
    initiated_by_run_id: int | None
    _is_consecutive: bool | None
    status: str
    transform: Transform
    report: Artifact | None
    environment: Artifact | None
    plan: Artifact | None
    created_by: User
    initiated_by_run: Run | None
    space: Space
    branch: Branch
    created_on: Branch
    initiated_runs: RelatedManager[Run]
    output_transforms: RelatedManager[Transform]
    output_artifacts: RelatedManager[Artifact]
    input_artifacts: RelatedManager[Artifact]
    recreated_artifacts: RelatedManager[Artifact]
    output_collections: RelatedManager[Collection]
    input_collections: RelatedManager[Collection]
    recreated_collections: RelatedManager[Collection]
    output_records: RelatedManager[Record]
    input_records: RelatedManager[Record]
    records: RelatedManager[Record]
    projects: RelatedManager[Project]
    ablocks: RelatedManager[RunBlock]
    json_values: RelatedManager[JsonValue]
    ulabels: RelatedManager[ULabel]
    linked_in_records: RelatedManager[Record]
    artifacts: RelatedManager[Artifact]
    linked_artifacts: RelatedManager[Artifact]

class RunBlock(Versioned, Described, BaseRecord):
    """A page of text about a run."""

    version_tag: str | None
    is_latest: bool
    id: int
    uid: str
    content: str
    hash: str | None
    kind: str
    created_at: datetime
    created_by_id: int
    _status_code: int
    _aux: Any
    branch_id: int
    created_on_id: int
    run_id: int
    run: Run
    branch: Branch
    created_on: Branch
    created_by: User

class Schema(SchemaRecord, Typed, Described, BaseRecord):
    """A set of features that datasets or records are expected to have, or were found to have."""

    is_type: bool
    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    id: int
    uid: str
    name: str | None
    description: str | None
    n_members: int | None
    coerce: bool | None
    flexible: bool | None
    type_id: int | None
    itype: str | None
    otype: str | None
    suffix: str | None
    _dtype_str: str | None
    hash: str | None
    minimal_set: bool
    ordered_set: bool
    maximal_set: bool
    type: Schema | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    features: RelatedManager[Feature]
    schemas: RelatedManager[Schema]
    composites: RelatedManager[Schema]
    validated_artifacts: RelatedManager[Artifact]
    artifacts: RelatedManager[Artifact]
    validated_collections: RelatedManager[Collection]
    records: RelatedManager[Record]
    projects: RelatedManager[Project]
    ablocks: RelatedManager[SchemaBlock]
    genes: RelatedManager[Gene]
    proteins: RelatedManager[Protein]
    cell_markers: RelatedManager[CellMarker]
    pathways: RelatedManager[Pathway]
    components: RelatedManager[Schema]

class SchemaBlock(Versioned, Described, BaseRecord):
    """A page of text about a schema."""

    version_tag: str | None
    is_latest: bool
    id: int
    uid: str
    content: str
    hash: str | None
    kind: str
    created_at: datetime
    created_by_id: int
    _status_code: int
    _aux: Any
    branch_id: int
    created_on_id: int
    schema_id: int
    schema: Schema
    branch: Branch
    created_on: Branch
    created_by: User

class Source(Described, BaseRecord):
    """A version of a public ontology or database for one kind of entity and one organism."""

    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    id: int
    uid: str
    entity: str
    organism: str
    name: str
    version: str
    in_db: bool
    currently_used: bool
    description: str | None
    url: str | None
    md5: str | None
    source_website: str | None
    dataframe_artifact_id: int | None
    dataframe_artifact: Artifact | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    artifacts: RelatedManager[Artifact]

class Space(Described, BaseRecord):
    """A part of the instance whose records are seen and changed by the same people."""

    id: int
    name: str
    uid: str
    description: str | None
    created_at: datetime
    created_by_id: int | None
    created_by: User | None
    ablocks: RelatedManager[SpaceBlock]

class SpaceBlock(Versioned, Described, BaseRecord):
    """A page of text about a space."""

    version_tag: str | None
    is_latest: bool
    id: int
    uid: str
    content: str
    hash: str | None
    kind: str
    created_at: datetime
    created_by_id: int
    _status_code: int
    _aux: Any
    branch_id: int
    created_on_id: int
    space_id: int
    space: Space
    branch: Branch
    created_on: Branch
    created_by: User

class Storage(Described, BaseRecord):
    """A place for files: a folder, or a bucket in the cloud."""

    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    id: int
    uid: str
    root: str
    description: str | None
    type: str
    region: str | None
    instance_uid: str | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    artifacts: RelatedManager[Artifact]

class Tissue(FromSource, HasParents, HasGraph, HasSynonyms, Described, BaseRecord):
    """A tissue, organ or other part of a body, such as lung, as Uberon defines it."""

    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    name: str
    ontology_id: str | None
    source_id: int | None
    id: int
    uid: str
    abbr: str | None
    synonyms: str | None
    description: str | None
    source: Source | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    parents: RelatedManager[Tissue]
    children: RelatedManager[Tissue]
    artifacts: RelatedManager[Artifact]
    records: RelatedManager[Record]

class Transform(HasRuns, Versioned, Described, BaseRecord):
    """A notebook, script, pipeline or function that turns data into other data."""

    version_tag: str | None
    is_latest: bool
    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    id: int
    uid: str
    key: str
    description: str | None
    kind: str
    source_code: str | None
    hash: str | None
    reference: str | None
    reference_type: str | None
    environment_id: int | None
    plan_id: int | None
    run_id: int | None
    updated_at: datetime
    created_by_id: int
    environment: Artifact | None
    plan: Artifact | None
    run: Run | None
    created_by: User
    branch: Branch
    created_on: Branch
    space: Space
    runs: RelatedManager[Run]
    successors: RelatedManager[Transform]
    records: RelatedManager[Record]
    references: RelatedManager[Reference]
    projects: RelatedManager[Project]
    ablocks: RelatedManager[TransformBlock]
    ulabels: RelatedManager[ULabel]
    linked_in_records: RelatedManager[Record]
    predecessors: RelatedManager[Transform]

class TransformBlock(Versioned, Described, BaseRecord):
    """A page of text about a transform, or a comment on a line of its code."""

    version_tag: str | None
    is_latest: bool
    id: int
    uid: str
    content: str
    hash: str | None
    kind: str
    created_at: datetime
    created_by_id: int
    _status_code: int
    _aux: Any
    branch_id: int
    created_on_id: int
    transform_id: int | None
    line_number: int | None
    transform: Transform | None
    branch: Branch
    created_on: Branch
    created_by: User

class ULabel(HasParents, HasGraph, Typed, Described, BaseRecord):
    """A universal label: a term of the lab's own that can annotate anything."""

    is_type: bool
    branch_id: int
    created_on_id: int
    space_id: int
    is_locked: bool
    _aux: Any
    created_at: datetime
    created_by_id: int
    run_id: int | None
    updated_at: datetime
    id: int
    uid: str
    name: str
    type_id: int | None
    description: str | None
    reference: str | None
    reference_type: str | None
    type: ULabel | None
    branch: Branch
    created_on: Branch
    space: Space
    created_by: User
    run: Run | None
    branches: RelatedManager[Branch]
    runs: RelatedManager[Run]
    transforms: RelatedManager[Transform]
    ulabels: RelatedManager[ULabel]
    collections: RelatedManager[Collection]
    projects: RelatedManager[Project]
    ablocks: RelatedManager[ULabelBlock]
    artifacts: RelatedManager[Artifact]
    linked_in_records: RelatedManager[Record]
    parents: RelatedManager[ULabel]
    children: RelatedManager[ULabel]

class ULabelBlock(Versioned, Described, BaseRecord):
    """A page of text about a ulabel."""

    version_tag: str | None
    is_latest: bool
    id: int
    uid: str
    content: str
    hash: str | None
    kind: str
    created_at: datetime
    created_by_id: int
    _status_code: int
    _aux: Any
    branch_id: int
    created_on_id: int
    ulabel_id: int
    ulabel: ULabel
    branch: Branch
    created_on: Branch
    created_by: User

class User(Described, BaseRecord):
    """A person who works with the instance."""

    id: int
    uid: str
    handle: str
    name: str | None
    created_at: datetime
    updated_at: datetime
    branches: RelatedManager[Branch]
    created_runs: RelatedManager[Run]
    created_transforms: RelatedManager[Transform]
    created_artifacts: RelatedManager[Artifact]
    projects: RelatedManager[Project]
    linked_in_records: RelatedManager[Record]
    artifacts: RelatedManager[Artifact]
