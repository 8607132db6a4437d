"""Link tables of projects, references, branches and schemas: what belongs to them and who works on them."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Link
from .links import CreatedLink, TrackedLink, optional_feature
from .relations import CASCADE, foreign_key, unique_with_feature


class BlockProject(TrackedLink):
    """Blocks that belong to a project."""

    __table_args__ = (UniqueConstraint("block_id", "project_id"),)

    block_id: Mapped[int] = foreign_key("lamindb_block", "The block that belongs to the project.", CASCADE)
    project_id: Mapped[int] = foreign_key("lamindb_project", "The project that the block belongs to.")


class CollectionProject(TrackedLink):
    """Collections that belong to a project."""

    __table_args__ = (UniqueConstraint("collection_id", "project_id"),)

    collection_id: Mapped[int] = foreign_key(
        "lamindb_collection", "The collection that belongs to the project.", CASCADE
    )
    project_id: Mapped[int] = foreign_key("lamindb_project", "The project that the collection belongs to.")


class FeatureProject(TrackedLink):
    """Features that belong to a project."""

    __table_args__ = (UniqueConstraint("feature_id", "project_id"),)

    feature_id: Mapped[int] = foreign_key("lamindb_feature", "The feature that belongs to the project.", CASCADE)
    project_id: Mapped[int] = foreign_key("lamindb_project", "The project that the feature belongs to.")


class SchemaProject(TrackedLink):
    """Schemas that belong to a project."""

    __table_args__ = (UniqueConstraint("schema_id", "project_id"),)

    schema_id: Mapped[int] = foreign_key("lamindb_schema", "The schema that belongs to the project.", CASCADE)
    project_id: Mapped[int] = foreign_key("lamindb_project", "The project that the schema belongs to.")


class TransformProject(TrackedLink):
    """Transforms that belong to a project."""

    __table_args__ = (UniqueConstraint("transform_id", "project_id"),)

    transform_id: Mapped[int] = foreign_key("lamindb_transform", "The transform that belongs to the project.", CASCADE)
    project_id: Mapped[int] = foreign_key("lamindb_project", "The project that the transform belongs to.")


class ULabelProject(TrackedLink):
    """ULabels that belong to a project."""

    __table_args__ = (UniqueConstraint("ulabel_id", "project_id"),)

    ulabel_id: Mapped[int] = foreign_key("lamindb_ulabel", "The ulabel that belongs to the project.", CASCADE)
    project_id: Mapped[int] = foreign_key("lamindb_project", "The project that the ulabel belongs to.")


class RunProject(CreatedLink):
    """Runs that belong to a project."""

    __table_args__ = (UniqueConstraint("run_id", "project_id"),)

    run_id: Mapped[int] = foreign_key("lamindb_run", "The run that belongs to the project.", CASCADE)
    project_id: Mapped[int] = foreign_key("lamindb_project", "The project that the run belongs to.")


class BranchProject(Link):
    """Branches that belong to a project."""

    __table_args__ = (UniqueConstraint("branch_id", "project_id"),)

    branch_id: Mapped[int] = foreign_key("lamindb_branch", "The branch that belongs to the project.", CASCADE)
    project_id: Mapped[int] = foreign_key("lamindb_project", "The project that the branch belongs to.")


class ProjectRecord(TrackedLink):
    """Records that belong to a project."""

    __table_args__ = unique_with_feature("projectrecord", "project_id", "feature_id", "record_id")

    project_id: Mapped[int] = foreign_key("lamindb_project", "The project that the record belongs to.")
    feature_id: Mapped[int | None] = optional_feature()
    record_id: Mapped[int] = foreign_key("lamindb_record", "The record that belongs to the project.", CASCADE)


class ProjectUser(Link):
    """Users who work on a project."""

    __table_args__ = (UniqueConstraint("project_id", "user_id", "role"),)

    project_id: Mapped[int] = foreign_key("lamindb_project", "The project that the user works on.", CASCADE)
    user_id: Mapped[int] = foreign_key("lamindb_user", "The user who works on the project.")
    role: Mapped[str] = mapped_column(String(32), index=True, doc="What the user does in the project.")


class ReferenceRecord(TrackedLink):
    """Records that a reference is about."""

    __table_args__ = unique_with_feature("referencerecord", "reference_id", "feature_id", "record_id")

    reference_id: Mapped[int] = foreign_key("lamindb_reference", "The reference that is about the record.")
    feature_id: Mapped[int | None] = optional_feature()
    record_id: Mapped[int] = foreign_key("lamindb_record", "The record that the reference is about.", CASCADE)


class BranchULabel(Link):
    """ULabels that annotate a branch."""

    __table_args__ = (UniqueConstraint("branch_id", "ulabel_id"),)

    branch_id: Mapped[int] = foreign_key("lamindb_branch", "The branch that is annotated.", CASCADE)
    ulabel_id: Mapped[int] = foreign_key("lamindb_ulabel", "The annotating ulabel.")


class BranchUser(Link):
    """Users who work on a branch."""

    __table_args__ = (UniqueConstraint("branch_id", "user_id", "role"),)

    branch_id: Mapped[int] = foreign_key("lamindb_branch", "The branch that the user works on.", CASCADE)
    user_id: Mapped[int] = foreign_key("lamindb_user", "The user who works on the branch.")
    role: Mapped[str] = mapped_column(String(32), index=True, doc="What the user does on the branch.")


class SchemaComponent(TrackedLink):
    """Schemas that are parts of another schema."""

    __table_args__ = (
        UniqueConstraint("composite_id", "slot"),
        UniqueConstraint("composite_id", "slot", "component_id"),
    )

    composite_id: Mapped[int] = foreign_key("lamindb_schema", "The schema that is the whole.", CASCADE)
    component_id: Mapped[int] = foreign_key("lamindb_schema", "The schema that is a part.")
    slot: Mapped[str | None] = mapped_column(String(255), doc="The place of the part in the whole, such as obs or var.")


class SchemaFeature(Link):
    """Features in a schema."""

    __table_args__ = (UniqueConstraint("schema_id", "feature_id"),)

    schema_id: Mapped[int] = foreign_key("lamindb_schema", "The schema that has the feature.", CASCADE)
    feature_id: Mapped[int] = foreign_key("lamindb_feature", "The feature in the schema.")
