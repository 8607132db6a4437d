"""Link tables with columns of their own: who linked what, when, and as the value of which feature."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, MappedColumn, declared_attr, mapped_column

from .base import Link
from .mixins import CreatedAt
from .relations import CASCADE, foreign_key, unique_with_feature
from .types import JSONColumn, now


def optional_feature() -> MappedColumn[Any]:
    """The foreign key of links that are plain labels or values of a feature."""
    return foreign_key("lamindb_feature", "The feature that the label is a value of; none for a plain label.")


class CreatedLink(CreatedAt, Link):
    """Links that know when and by whom they were made."""

    __abstract__ = True

    created_by_id: Mapped[int] = foreign_key("lamindb_user", "The user who made the link.", sort_order=-59)


class TrackedLink(CreatedLink):
    """Links that also know the run that made them."""

    __abstract__ = True

    run_id: Mapped[int | None] = foreign_key("lamindb_run", "The run that made the link.", sort_order=-58)


# Labels of artifacts


class ArtifactLink(TrackedLink):
    """Links from an artifact."""

    __abstract__ = True

    artifact_id: Mapped[int] = foreign_key("lamindb_artifact", "The artifact that is annotated.", CASCADE)


class ArtifactLabel(ArtifactLink):
    """Labels of an artifact, plain or as the value of a feature."""

    __abstract__ = True

    feature_id: Mapped[int | None] = optional_feature()

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> Any:
        """One link per artifact, label and feature."""
        link = cls.__name__.lower()
        return unique_with_feature(link, "artifact_id", f"{link.removeprefix('artifact')}_id", "feature_id")


class ArtifactArtifact(ArtifactLabel):
    """Artifacts that annotate another artifact."""

    __table_args__ = unique_with_feature("artifactartifact", "artifact_id", "value_id", "feature_id")

    value_id: Mapped[int] = foreign_key("lamindb_artifact", "The artifact that is the annotation.", CASCADE)


class ArtifactProject(ArtifactLabel):
    """Projects that an artifact belongs to."""

    project_id: Mapped[int] = foreign_key("lamindb_project", "The project that the artifact belongs to.")


class ArtifactRecord(ArtifactLabel):
    """Records that annotate an artifact."""

    record_id: Mapped[int] = foreign_key("lamindb_record", "The annotating record.")


class ArtifactReference(ArtifactLabel):
    """References that an artifact is linked to."""

    reference_id: Mapped[int] = foreign_key("lamindb_reference", "The reference about the artifact.")


class ArtifactULabel(ArtifactLabel):
    """ULabels that annotate an artifact."""

    ulabel_id: Mapped[int] = foreign_key("lamindb_ulabel", "The annotating ulabel.")


class ArtifactUser(ArtifactLabel):
    """Users that annotate an artifact."""

    user_id: Mapped[int] = foreign_key("lamindb_user", "The annotating user.")


class ArtifactRun(CreatedLink):
    """Runs that annotate an artifact."""

    __table_args__ = unique_with_feature("artifactrun", "artifact_id", "run_id", "feature_id")

    artifact_id: Mapped[int] = foreign_key("lamindb_artifact", "The artifact that is annotated.", CASCADE)
    run_id: Mapped[int] = foreign_key("lamindb_run", "The annotating run.", CASCADE)
    feature_id: Mapped[int | None] = optional_feature()


class ArtifactJsonValue(ArtifactLink):
    """Values of features that an artifact is annotated with."""

    __table_args__ = (UniqueConstraint("artifact_id", "jsonvalue_id"),)

    jsonvalue_id: Mapped[int] = foreign_key("lamindb_jsonvalue", "The value that the artifact has.")


class ArtifactSchema(ArtifactLink):
    """Schemas of the parts of an artifact."""

    __table_args__ = (UniqueConstraint("artifact_id", "slot"), UniqueConstraint("artifact_id", "slot", "schema_id"))

    artifact_id: Mapped[int] = foreign_key("lamindb_artifact", "The artifact that has the schema.", CASCADE)
    schema_id: Mapped[int] = foreign_key("lamindb_schema", "The schema of the part.")
    slot: Mapped[str | None] = mapped_column(
        String(255), doc="The part of the artifact that the schema is of, such as obs or var."
    )
    feature_ref_is_semantic: Mapped[bool | None] = mapped_column(
        doc="Whether the part names its features by ids of a public ontology."
    )


# Labels of collections, runs and transforms


class CollectionArtifact(TrackedLink):
    """Artifacts in a collection."""

    __table_args__ = (UniqueConstraint("collection_id", "artifact_id"),)

    collection_id: Mapped[int] = foreign_key("lamindb_collection", "The collection that has the artifact.", CASCADE)
    artifact_id: Mapped[int] = foreign_key("lamindb_artifact", "The artifact in the collection.")


class CollectionRecord(TrackedLink):
    """Records that annotate a collection."""

    __table_args__ = unique_with_feature("collectionrecord", "collection_id", "record_id", "feature_id")

    collection_id: Mapped[int] = foreign_key("lamindb_collection", "The collection that is annotated.", CASCADE)
    record_id: Mapped[int] = foreign_key("lamindb_record", "The annotating record.")
    feature_id: Mapped[int | None] = optional_feature()


class CollectionReference(TrackedLink):
    """References that a collection is linked to."""

    __table_args__ = (UniqueConstraint("collection_id", "reference_id"),)

    collection_id: Mapped[int] = foreign_key("lamindb_collection", "The collection that is linked.", CASCADE)
    reference_id: Mapped[int] = foreign_key("lamindb_reference", "The reference about the collection.")


class CollectionULabel(TrackedLink):
    """ULabels that annotate a collection."""

    __table_args__ = (UniqueConstraint("collection_id", "ulabel_id"),)

    collection_id: Mapped[int] = foreign_key("lamindb_collection", "The collection that is annotated.", CASCADE)
    ulabel_id: Mapped[int] = foreign_key("lamindb_ulabel", "The annotating ulabel.")
    feature_id: Mapped[int | None] = optional_feature()


class RunArtifact(Link):
    """Artifacts that are values of a run's features."""

    __table_args__ = unique_with_feature("runartifact", "run_id", "artifact_id", "feature_id")

    run_id: Mapped[int] = foreign_key("lamindb_run", "The run that has the value.", CASCADE)
    artifact_id: Mapped[int] = foreign_key("lamindb_artifact", "The artifact that is the value.")
    feature_id: Mapped[int | None] = optional_feature()


class RunJsonValue(CreatedLink):
    """Values of features that a run is annotated with."""

    __table_args__ = (UniqueConstraint("run_id", "jsonvalue_id"),)

    run_id: Mapped[int] = foreign_key("lamindb_run", "The run that is annotated.", CASCADE)
    jsonvalue_id: Mapped[int] = foreign_key("lamindb_jsonvalue", "The value that the run has.")


class RunRecord(CreatedLink):
    """Records that annotate a run."""

    __table_args__ = unique_with_feature("runrecord", "run_id", "record_id", "feature_id")

    run_id: Mapped[int] = foreign_key("lamindb_run", "The run that is annotated.", CASCADE)
    record_id: Mapped[int] = foreign_key("lamindb_record", "The annotating record.")
    feature_id: Mapped[int | None] = optional_feature()


class RunULabel(CreatedLink):
    """ULabels that annotate a run."""

    __table_args__ = (UniqueConstraint("run_id", "ulabel_id"),)

    run_id: Mapped[int] = foreign_key("lamindb_run", "The run that is annotated.", CASCADE)
    ulabel_id: Mapped[int] = foreign_key("lamindb_ulabel", "The annotating ulabel.")


class TransformRecord(TrackedLink):
    """Records that annotate a transform."""

    __table_args__ = unique_with_feature("transformrecord", "transform_id", "record_id", "feature_id")

    created_at: Mapped[datetime] = mapped_column(server_default=now(), doc="When the link was made.")  # not indexed
    transform_id: Mapped[int] = foreign_key("lamindb_transform", "The transform that is annotated.", CASCADE)
    record_id: Mapped[int] = foreign_key("lamindb_record", "The annotating record.")
    feature_id: Mapped[int | None] = optional_feature()


class TransformReference(TrackedLink):
    """References that a transform is linked to."""

    __table_args__ = (UniqueConstraint("transform_id", "reference_id"),)

    transform_id: Mapped[int] = foreign_key("lamindb_transform", "The transform that is linked.", CASCADE)
    reference_id: Mapped[int] = foreign_key("lamindb_reference", "The reference about the transform.")


class TransformTransform(TrackedLink):
    """Transforms that come before another one in a pipeline."""

    __table_args__ = (UniqueConstraint("successor_id", "predecessor_id"),)

    successor_id: Mapped[int] = foreign_key("lamindb_transform", "The transform that comes after.", CASCADE)
    predecessor_id: Mapped[int] = foreign_key("lamindb_transform", "The transform that comes before.", CASCADE)
    config: Mapped[Any] = mapped_column(JSONColumn, nullable=True, doc="Settings of the step from one to the other.")


class TransformULabel(TrackedLink):
    """ULabels that annotate a transform."""

    __table_args__ = (UniqueConstraint("transform_id", "ulabel_id"),)

    transform_id: Mapped[int] = foreign_key("lamindb_transform", "The transform that is annotated.", CASCADE)
    ulabel_id: Mapped[int] = foreign_key("lamindb_ulabel", "The annotating ulabel.")
