"""Link tables with the values of a record's features."""

from typing import Any

from sqlalchemy import UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from .base import Link
from .relations import CASCADE, foreign_key
from .types import JSONColumn


class RecordValue(Link):
    """Values of a record's features."""

    __abstract__ = True

    record_id: Mapped[int] = foreign_key("lamindb_record", "The record that has the value.", CASCADE)
    feature_id: Mapped[int] = foreign_key("lamindb_feature", "The feature that the value is of.")

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> Any:
        """The same value once per record and feature."""
        return (UniqueConstraint("record_id", "feature_id", "value_id"),)


class RecordArtifact(RecordValue):
    """Artifacts that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("lamindb_artifact", "The artifact that is the value.")


class RecordCollection(RecordValue):
    """Collections that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("lamindb_collection", "The collection that is the value.")


class RecordJson(RecordValue):
    """Values of a record's features that are no records: numbers, text, dates, lists and so on."""

    __table_args__ = (UniqueConstraint("record_id", "feature_id"),)

    value: Mapped[Any] = mapped_column(
        JSONColumn,
        server_default=text("'null'"),
        nullable=False,
        doc="The value: a number, a text, a date as text, a list or a dictionary.",
    )


class RecordProject(RecordValue):
    """Projects that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("lamindb_project", "The project that is the value.")


class RecordRecord(RecordValue):
    """Records that are values of another record's features."""

    value_id: Mapped[int] = foreign_key("lamindb_record", "The record that is the value.")


class RecordReference(RecordValue):
    """References that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("lamindb_reference", "The reference that is the value.")


class RecordRun(RecordValue):
    """Runs that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("lamindb_run", "The run that is the value.")


class RecordTransform(RecordValue):
    """Transforms that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("lamindb_transform", "The transform that is the value.")


class RecordULabel(RecordValue):
    """ULabels that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("lamindb_ulabel", "The ulabel that is the value.")


class RecordUser(RecordValue):
    """Users that are values of a record's features."""

    value_id: Mapped[int] = foreign_key("lamindb_user", "The user that is the value.")
