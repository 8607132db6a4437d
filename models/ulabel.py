"""Universal labels."""

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from .mixins import HasParents, SQLRecord, Typed, uid_column
from .relations import foreign_key, many_to_many, many_to_one, one_to_many

if TYPE_CHECKING:
    from .access import Branch
    from .artifact import Artifact
    from .block import ULabelBlock
    from .collection import Collection
    from .project import Project
    from .record import Record
    from .run import Run
    from .transform import Transform


class ULabel(Typed, HasParents, SQLRecord):
    """A universal label: a term of the lab's own that can annotate anything."""

    __tablename__ = "lamindb_ulabel"
    __singular__ = "ulabel"
    __plural__ = "ulabels"

    uid: Mapped[str] = uid_column(8)
    name: Mapped[str] = mapped_column(String(150), index=True, doc="Name of the label, such as good quality.")
    type_id: Mapped[int | None] = foreign_key("lamindb_ulabel", "The type that groups the label.")
    type: Mapped["ULabel | None"] = many_to_one(type_id)
    description: Mapped[str | None] = mapped_column(doc="What the label means.")
    reference: Mapped[str | None] = mapped_column(
        String(255), index=True, doc="Where the label is defined outside, such as a URL or an ontology id."
    )
    reference_type: Mapped[str | None] = mapped_column(
        String(25), index=True, doc="What kind of reference it is, such as url."
    )

    branches: Mapped[list["Branch"]] = many_to_many(
        "lamindb_branchulabel", "ulabel_id", "branch_id", "The branches that are annotated with the label."
    )
    runs: Mapped[list["Run"]] = many_to_many(
        "lamindb_runulabel", "ulabel_id", "run_id", "The runs that are annotated with the label."
    )
    transforms: Mapped[list["Transform"]] = many_to_many(
        "lamindb_transformulabel", "ulabel_id", "transform_id", "The transforms that are annotated with the label."
    )
    ulabels: Mapped[list["ULabel"]] = one_to_many("lamindb_ulabel.type_id", "The labels of this type.")
    collections: Mapped[list["Collection"]] = many_to_many(
        "lamindb_collectionulabel", "ulabel_id", "collection_id", "The collections that are annotated with the label."
    )
    projects: Mapped[list["Project"]] = many_to_many(
        "lamindb_ulabelproject", "ulabel_id", "project_id", "The projects that the label belongs to."
    )
    ablocks: Mapped[list["ULabelBlock"]] = one_to_many(
        "lamindb_ulabelblock.ulabel_id", "The pages of text about the label."
    )
    artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifactulabel", "ulabel_id", "artifact_id", "The artifacts that are annotated with the label."
    )
    linked_in_records: Mapped[list["Record"]] = many_to_many(
        "lamindb_recordulabel",
        "value_id",
        "record_id",
        "The records that have the label as a value of one of their features.",
    )
