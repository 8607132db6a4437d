"""Storage locations."""

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from .mixins import SQLRecord, uid_column
from .relations import one_to_many

if TYPE_CHECKING:
    from .artifact import Artifact


class Storage(SQLRecord):
    """A place for files: a folder, or a bucket in the cloud."""

    __tablename__ = "lamindb_storage"
    __name_field__ = "root"

    uid: Mapped[str] = uid_column(12)
    root: Mapped[str] = mapped_column(
        String(255), unique=True, doc="Path of the folder or URL of the bucket, under which all its files lie."
    )
    description: Mapped[str | None] = mapped_column(doc="What the storage location is for.")
    type: Mapped[str] = mapped_column(String(30), index=True, doc="How it is reached: local, s3, gs, http and so on.")
    region: Mapped[str | None] = mapped_column(String(64), index=True, doc="Region of the cloud where the bucket is.")
    instance_uid: Mapped[str | None] = mapped_column(
        String(12),
        index=True,
        doc="Uid of the LaminDB instance that writes to the storage location; null if none does.",
    )

    artifacts: Mapped[list["Artifact"]] = one_to_many(
        "lamindb_artifact.storage_id", "The artifacts that lie in the storage location."
    )
