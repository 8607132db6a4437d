"""Features, which are what is measured, and the values they take."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Identity, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Registry
from .mixins import Auxiliary, Branched, CreatedAt, CreatedBy, Spaced, SQLRecord, Tracked, Typed, uid_column
from .relations import CASCADE, foreign_key, many_to_many, many_to_one, one_to_many
from .types import BigKey, JSONColumn

if TYPE_CHECKING:
    from .artifact import Artifact
    from .block import FeatureBlock
    from .project import Project
    from .run import Run
    from .schema import Schema


class Feature(Typed, SQLRecord):
    """TODO"""

    __tablename__ = "lamindb_feature"
    __table_args__ = (
        CheckConstraint("is_type OR _dtype_str IS NOT NULL", "feature_dtype_str_not_null_when_is_type_false"),
    )
    uid: Mapped[str] = uid_column(12)
    name: Mapped[str] = mapped_column(String(150), index=True, doc="TODO")
    dtype: Mapped[str | None] = mapped_column("_dtype_str", String(255), index=True, doc="TODO")
    _ounit_str: Mapped[str | None] = mapped_column(String(255), index=True, doc="TODO")
    type_id: Mapped[int | None] = foreign_key("lamindb_feature", "The type.")
    type: Mapped["Feature | None"] = many_to_one(type_id)
    unit: Mapped[str | None] = mapped_column(String(30), index=True, doc="TODO")
    description: Mapped[str | None] = mapped_column(doc="TODO")
    array_rank: Mapped[int] = mapped_column(SmallInteger, index=True, doc="TODO")
    array_size: Mapped[int] = mapped_column(index=True, doc="TODO")
    array_shape: Mapped[Any] = mapped_column(JSONColumn, nullable=True, server_default=text("'null'"), doc="TODO")
    synonyms: Mapped[str | None] = mapped_column(doc="TODO")
    default_value: Mapped[Any] = mapped_column(JSONColumn, nullable=True, doc="TODO")
    nullable: Mapped[bool | None] = mapped_column(doc="TODO")
    coerce: Mapped[bool | None] = mapped_column(doc="TODO")

    features: Mapped[list["Feature"]] = one_to_many("lamindb_feature.type_id", "TODO")
    values: Mapped[list["JsonValue"]] = one_to_many("lamindb_jsonvalue.feature_id", "TODO")
    projects: Mapped[list["Project"]] = many_to_many("lamindb_featureproject", "feature_id", "project_id", "TODO")
    ablocks: Mapped[list["FeatureBlock"]] = one_to_many("lamindb_featureblock.feature_id", "TODO")
    schemas: Mapped[list["Schema"]] = many_to_many("lamindb_schemafeature", "feature_id", "schema_id", "TODO")


class JsonValue(Branched, Spaced, Auxiliary, CreatedAt, CreatedBy, Tracked, Registry):
    """TODO"""

    __tablename__ = "lamindb_jsonvalue"
    __name_field__ = "value"
    __table_args__ = (UniqueConstraint("feature_id", "hash"),)
    id: Mapped[int] = mapped_column(
        BigKey, Identity(), primary_key=True, sort_order=-99, doc="Integer id of the value in this database."
    )
    feature_id: Mapped[int | None] = foreign_key("lamindb_feature", "The feature.", CASCADE)
    feature: Mapped["Feature | None"] = many_to_one(feature_id)
    value: Mapped[Any] = mapped_column(JSONColumn, nullable=False, doc="TODO")
    hash: Mapped[str | None] = mapped_column(String(22), index=True, doc="TODO")

    runs: Mapped[list["Run"]] = many_to_many("lamindb_runjsonvalue", "jsonvalue_id", "run_id", "TODO")
    artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifactjsonvalue", "jsonvalue_id", "artifact_id", "TODO"
    )
