"""Storage locations."""

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from .mixins import SQLRecord, uid_column
from .relations import one_to_many

if TYPE_CHECKING:
    from .artifact import Artifact


class Storage(SQLRecord):
    """TODO"""

    __tablename__ = "lamindb_storage"
    __name_field__ = "root"
    uid: Mapped[str] = uid_column(12)
    root: Mapped[str] = mapped_column(String(255), unique=True, doc="TODO")
    description: Mapped[str | None] = mapped_column(doc="TODO")
    type: Mapped[str] = mapped_column(String(30), index=True, doc="TODO")
    region: Mapped[str | None] = mapped_column(String(64), index=True, doc="TODO")
    instance_uid: Mapped[str | None] = mapped_column(String(12), index=True, doc="TODO")

    artifacts: Mapped[list["Artifact"]] = one_to_many("lamindb_artifact.storage_id", "TODO")
