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
    """A dimension of measurement, such as temperature or cell type, with the type of its values."""

    __tablename__ = "lamindb_feature"
    __table_args__ = (
        CheckConstraint("is_type OR _dtype_str IS NOT NULL", "feature_dtype_str_not_null_when_is_type_false"),
    )

    uid: Mapped[str] = uid_column(12)
    name: Mapped[str] = mapped_column(
        String(150), index=True, doc="Name of the feature, as the column of a table has it."
    )
    dtype: Mapped[str | None] = mapped_column(
        "_dtype_str",
        String(255),
        index=True,
        doc="Type of the values, such as int, str, date, `cat[bionty.CellType]` or `list[float]`; null for a type.",
    )
    _ounit_str: Mapped[str | None] = mapped_column(
        String(255), index=True, doc="Private: the unit of measurement as a term of an ontology."
    )
    type_id: Mapped[int | None] = foreign_key("lamindb_feature", "The feature type that groups the feature.")
    type: Mapped["Feature | None"] = many_to_one(type_id)
    unit: Mapped[str | None] = mapped_column(String(30), index=True, doc="Unit of measurement, such as °C or mg.")
    description: Mapped[str | None] = mapped_column(doc="What is measured, in a line of free text.")
    array_rank: Mapped[int] = mapped_column(
        SmallInteger,
        index=True,
        doc="Number of dimensions of one value: 0 for a scalar, 1 for a vector, 2 for a matrix.",
    )
    array_size: Mapped[int] = mapped_column(index=True, doc="Number of elements of one value, where that is an array.")
    array_shape: Mapped[Any] = mapped_column(
        JSONColumn,
        nullable=True,
        server_default=text("'null'"),
        doc="Length of each dimension of one value, where that is an array.",
    )
    synonyms: Mapped[str | None] = mapped_column(doc="Other names of the feature, separated by |.")
    default_value: Mapped[Any] = mapped_column(
        JSONColumn, nullable=True, doc="The value that a row has where none is given."
    )
    nullable: Mapped[bool | None] = mapped_column(doc="Whether a row may lack the value.")
    coerce: Mapped[bool | None] = mapped_column(doc="Whether validation may convert values to the feature's type.")

    features: Mapped[list["Feature"]] = one_to_many("lamindb_feature.type_id", "The features of this type.")
    values: Mapped[list["JsonValue"]] = one_to_many(
        "lamindb_jsonvalue.feature_id",
        "The values that the feature takes on artifacts and runs, where they are no records.",
    )
    projects: Mapped[list["Project"]] = many_to_many(
        "lamindb_featureproject", "feature_id", "project_id", "The projects that the feature belongs to."
    )
    ablocks: Mapped[list["FeatureBlock"]] = one_to_many(
        "lamindb_featureblock.feature_id", "The pages of text about the feature."
    )
    schemas: Mapped[list["Schema"]] = many_to_many(
        "lamindb_schemafeature", "feature_id", "schema_id", "The schemas that contain the feature."
    )


class JsonValue(Branched, Spaced, Auxiliary, CreatedAt, CreatedBy, Tracked, Registry):
    """A value of a feature that is no record, shared by all artifacts and runs that have it."""

    __tablename__ = "lamindb_jsonvalue"
    __name_field__ = "value"
    __table_args__ = (UniqueConstraint("feature_id", "hash"),)

    id: Mapped[int] = mapped_column(
        BigKey, Identity(), primary_key=True, sort_order=-99, doc="Integer id of the value in this database."
    )
    feature_id: Mapped[int | None] = foreign_key("lamindb_feature", "The feature that the value is of.", CASCADE)
    feature: Mapped["Feature | None"] = many_to_one(feature_id)
    value: Mapped[Any] = mapped_column(
        JSONColumn,
        nullable=False,
        doc="The value: a number, a text, a boolean, a date as text, a list or a dictionary.",
    )
    hash: Mapped[str | None] = mapped_column(
        String(22), index=True, doc="Hash of the value, by which it is found again."
    )

    runs: Mapped[list["Run"]] = many_to_many(
        "lamindb_runjsonvalue", "jsonvalue_id", "run_id", "The runs that have the value."
    )
    artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifactjsonvalue", "jsonvalue_id", "artifact_id", "The artifacts that have the value."
    )
