"""Blocks: versioned pages of text about a record of any registry."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import SmallInteger, String, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from .base import Registry
from .mixins import BigNumbered, Branched, CreatedBy, Spaced, Versioned, aux_column, uid_column
from .relations import CASCADE, foreign_key, many_to_many, many_to_one, one_to_many
from .types import now

if TYPE_CHECKING:
    from .access import Branch, Space
    from .artifact import Artifact
    from .collection import Collection
    from .feature import Feature
    from .project import Project
    from .record import Record
    from .run import Run
    from .schema import Schema
    from .transform import Transform
    from .ulabel import ULabel


class BlockContent(CreatedBy, Versioned, BigNumbered, Registry):
    """What all blocks have."""

    __abstract__ = True
    __name_field__ = "version_tag"

    uid: Mapped[str] = uid_column(20, sort_order=-19)
    content: Mapped[str] = mapped_column(sort_order=-18, doc="The text, in Markdown.")
    hash: Mapped[str | None] = mapped_column(
        String(22), index=True, sort_order=-17, doc="Hash of the text; equal texts have an equal hash."
    )
    kind: Mapped[str] = mapped_column(
        String(22),
        server_default=text("'readme'"),
        index=True,
        sort_order=-16,
        doc="What the text is for: a readme or a comment.",
    )
    created_at: Mapped[datetime] = mapped_column(
        server_default=now(), index=True, sort_order=-15, doc="When the block was made."
    )
    created_by_id: Mapped[int] = foreign_key("lamindb_user", "The user who wrote the block.", sort_order=-14)
    _status_code: Mapped[int] = mapped_column(
        SmallInteger, server_default=text("0"), index=True, sort_order=-13, doc="Private: code of the block's state."
    )
    _aux: Mapped[Any] = aux_column(sort_order=-12)

    @declared_attr.directive
    @classmethod
    def __tablename__(cls) -> str:
        """Name of the table: `lamindb_<block>`."""
        return f"lamindb_{cls.__name__.lower()}"


class BlockBase(Branched, BlockContent):
    """A block about one record."""

    __abstract__ = True

    branch_id: Mapped[int] = foreign_key(
        "lamindb_branch", "The branch on which the block lives now.", server_default=text("1"), sort_order=-11
    )
    created_on_id: Mapped[int] = foreign_key(
        "lamindb_branch", "The branch on which the block was made.", server_default=text("1"), sort_order=-10
    )


class Block(Branched, Spaced, BlockContent):
    """A page of text that stands on its own or comments on another page."""

    __tablename__ = "lamindb_block"

    key: Mapped[str | None] = mapped_column(
        String(1024), index=True, doc="Path-like name of the page; versions of one page share it."
    )
    anchor_id: Mapped[int | None] = foreign_key("lamindb_block", "The page that this one comments on.")
    anchor: Mapped["Block | None"] = many_to_one(anchor_id)

    projects: Mapped[list["Project"]] = many_to_many(
        "lamindb_blockproject", "block_id", "project_id", "The projects that the page belongs to."
    )
    children: Mapped[list["Block"]] = one_to_many("lamindb_block.anchor_id", "The pages that comment on this one.")


class ArtifactBlock(BlockBase):
    """A page of text about an artifact."""

    artifact_id: Mapped[int] = foreign_key("lamindb_artifact", "The artifact that the page is about.", CASCADE)
    artifact: Mapped["Artifact"] = many_to_one(artifact_id)


class BranchBlock(BlockContent):
    """A page of text about a branch."""

    branch_id: Mapped[int] = foreign_key("lamindb_branch", "The branch that the page is about.", CASCADE)
    branch: Mapped["Branch"] = many_to_one(branch_id)


class CollectionBlock(BlockBase):
    """A page of text about a collection."""

    collection_id: Mapped[int | None] = foreign_key(
        "lamindb_collection", "The collection that the page is about.", CASCADE
    )
    collection: Mapped["Collection | None"] = many_to_one(collection_id)


class FeatureBlock(BlockBase):
    """A page of text about a feature."""

    feature_id: Mapped[int] = foreign_key("lamindb_feature", "The feature that the page is about.", CASCADE)
    feature: Mapped["Feature"] = many_to_one(feature_id)


class ProjectBlock(BlockBase):
    """A page of text about a project."""

    project_id: Mapped[int] = foreign_key("lamindb_project", "The project that the page is about.", CASCADE)
    project: Mapped["Project"] = many_to_one(project_id)


class RecordBlock(BlockBase):
    """A page of text about a record."""

    record_id: Mapped[int] = foreign_key("lamindb_record", "The record that the page is about.", CASCADE)
    record: Mapped["Record"] = many_to_one(record_id)


class RunBlock(BlockBase):
    """A page of text about a run."""

    run_id: Mapped[int] = foreign_key("lamindb_run", "The run that the page is about.", CASCADE)
    run: Mapped["Run"] = many_to_one(run_id)


class SchemaBlock(BlockBase):
    """A page of text about a schema."""

    schema_id: Mapped[int] = foreign_key("lamindb_schema", "The schema that the page is about.", CASCADE)
    schema: Mapped["Schema"] = many_to_one(schema_id)


class SpaceBlock(BlockBase):
    """A page of text about a space."""

    space_id: Mapped[int] = foreign_key("lamindb_space", "The space that the page is about.", CASCADE)
    space: Mapped["Space"] = many_to_one(space_id)


class TransformBlock(BlockBase):
    """A page of text about a transform, or a comment on a line of its code."""

    transform_id: Mapped[int | None] = foreign_key(
        "lamindb_transform", "The transform that the page is about.", CASCADE
    )
    transform: Mapped["Transform | None"] = many_to_one(transform_id)
    line_number: Mapped[int | None] = mapped_column(doc="The line of the source code that the comment is on.")


class ULabelBlock(BlockBase):
    """A page of text about a ulabel."""

    __singular__ = "ulabel_block"
    __plural__ = "ulabel_blocks"

    ulabel_id: Mapped[int] = foreign_key("lamindb_ulabel", "The ulabel that the page is about.", CASCADE)
    ulabel: Mapped["ULabel"] = many_to_one(ulabel_id)
