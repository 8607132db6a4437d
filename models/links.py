"""Link tables with columns of their own: who linked what, when, and as the value of which feature."""

from sqlalchemy import Boolean, Column, String, Table, UniqueConstraint

from .link_tables import created, feature, key, link, once_per_feature, owner, tracked
from .types import JSONColumn


def artifact_label(label: str, doc: str, end: Column[int]) -> Table:
    """Labels of an artifact, plain or as the value of a feature."""
    name = f"artifact{label}"
    once = once_per_feature(name, "artifact_id", end.name, "feature_id")
    artifact = owner("artifact_id -> lamindb_artifact", "The artifact that is annotated.")
    return link(f"lamindb_{name}", doc, *tracked(), artifact, end, feature(), *once)


artifact_label(
    "artifact",
    "Artifacts that annotate another artifact.",
    owner("value_id -> lamindb_artifact", "The artifact that is the annotation."),
)
artifact_label(
    "project",
    "Projects that an artifact belongs to.",
    key("project_id -> lamindb_project", "The project that the artifact belongs to."),
)
artifact_label(
    "record", "Records that annotate an artifact.", key("record_id -> lamindb_record", "The annotating record.")
)
artifact_label(
    "reference",
    "References that an artifact is linked to.",
    key("reference_id -> lamindb_reference", "The reference about the artifact."),
)
artifact_label(
    "ulabel", "ULabels that annotate an artifact.", key("ulabel_id -> lamindb_ulabel", "The annotating ulabel.")
)
artifact_label("user", "Users that annotate an artifact.", key("user_id -> lamindb_user", "The annotating user."))

link(
    "lamindb_artifactrun",
    "Runs that annotate an artifact.",
    *created(),
    owner("artifact_id -> lamindb_artifact", "The artifact that is annotated."),
    owner("run_id -> lamindb_run", "The annotating run."),
    feature(),
    *once_per_feature("artifactrun", "artifact_id", "run_id", "feature_id"),
)
link(
    "lamindb_artifactjsonvalue",
    "Values of features that an artifact is annotated with.",
    *tracked(),
    owner("artifact_id -> lamindb_artifact", "The artifact that is annotated."),
    key("jsonvalue_id -> lamindb_jsonvalue", "The value that the artifact has."),
    UniqueConstraint("artifact_id", "jsonvalue_id"),
)
link(
    "lamindb_artifactschema",
    "Schemas of the parts of an artifact.",
    *tracked(),
    owner("artifact_id -> lamindb_artifact", "The artifact that has the schema."),
    key("schema_id -> lamindb_schema", "The schema of the part."),
    Column("slot", String(255), doc="The part of the artifact that the schema is of, such as obs or var."),
    Column("feature_ref_is_semantic", Boolean, doc="Whether the part names its features by ids of a public ontology."),
    UniqueConstraint("artifact_id", "slot"),
    UniqueConstraint("artifact_id", "slot", "schema_id"),
)
link(
    "lamindb_collectionartifact",
    "Artifacts in a collection.",
    *tracked(),
    owner("collection_id -> lamindb_collection", "The collection that has the artifact."),
    key("artifact_id -> lamindb_artifact", "The artifact in the collection."),
    UniqueConstraint("collection_id", "artifact_id"),
)
link(
    "lamindb_collectionrecord",
    "Records that annotate a collection.",
    *tracked(),
    owner("collection_id -> lamindb_collection", "The collection that is annotated."),
    key("record_id -> lamindb_record", "The annotating record."),
    feature(),
    *once_per_feature("collectionrecord", "collection_id", "record_id", "feature_id"),
)
link(
    "lamindb_collectionreference",
    "References that a collection is linked to.",
    *tracked(),
    owner("collection_id -> lamindb_collection", "The collection that is linked."),
    key("reference_id -> lamindb_reference", "The reference about the collection."),
    UniqueConstraint("collection_id", "reference_id"),
)
link(
    "lamindb_collectionulabel",
    "ULabels that annotate a collection.",
    *tracked(),
    owner("collection_id -> lamindb_collection", "The collection that is annotated."),
    key("ulabel_id -> lamindb_ulabel", "The annotating ulabel."),
    feature(),
    UniqueConstraint("collection_id", "ulabel_id"),
)
link(
    "lamindb_runartifact",
    "Artifacts that are values of a run's features.",
    owner("run_id -> lamindb_run", "The run that has the value."),
    key("artifact_id -> lamindb_artifact", "The artifact that is the value."),
    feature(),
    *once_per_feature("runartifact", "run_id", "artifact_id", "feature_id"),
)
link(
    "lamindb_runjsonvalue",
    "Values of features that a run is annotated with.",
    *created(),
    owner("run_id -> lamindb_run", "The run that is annotated."),
    key("jsonvalue_id -> lamindb_jsonvalue", "The value that the run has."),
    UniqueConstraint("run_id", "jsonvalue_id"),
)
link(
    "lamindb_runrecord",
    "Records that annotate a run.",
    *created(),
    owner("run_id -> lamindb_run", "The run that is annotated."),
    key("record_id -> lamindb_record", "The annotating record."),
    feature(),
    *once_per_feature("runrecord", "run_id", "record_id", "feature_id"),
)
link(
    "lamindb_runulabel",
    "ULabels that annotate a run.",
    *created(),
    owner("run_id -> lamindb_run", "The run that is annotated."),
    key("ulabel_id -> lamindb_ulabel", "The annotating ulabel."),
    UniqueConstraint("run_id", "ulabel_id"),
)
link(
    "lamindb_transformrecord",
    "Records that annotate a transform.",
    *tracked(index=False),
    owner("transform_id -> lamindb_transform", "The transform that is annotated."),
    key("record_id -> lamindb_record", "The annotating record."),
    feature(),
    *once_per_feature("transformrecord", "transform_id", "record_id", "feature_id"),
)
link(
    "lamindb_transformreference",
    "References that a transform is linked to.",
    *tracked(),
    owner("transform_id -> lamindb_transform", "The transform that is linked."),
    key("reference_id -> lamindb_reference", "The reference about the transform."),
    UniqueConstraint("transform_id", "reference_id"),
)
link(
    "lamindb_transformtransform",
    "Transforms that come before another one in a pipeline.",
    *tracked(),
    owner("successor_id -> lamindb_transform", "The transform that comes after."),
    owner("predecessor_id -> lamindb_transform", "The transform that comes before."),
    Column("config", JSONColumn, doc="Settings of the step from one to the other."),
    UniqueConstraint("successor_id", "predecessor_id"),
)
link(
    "lamindb_transformulabel",
    "ULabels that annotate a transform.",
    *tracked(),
    owner("transform_id -> lamindb_transform", "The transform that is annotated."),
    key("ulabel_id -> lamindb_ulabel", "The annotating ulabel."),
    UniqueConstraint("transform_id", "ulabel_id"),
)
