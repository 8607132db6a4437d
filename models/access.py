"""Who works with the data and where: users, spaces and branches."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Identity, Index, String, select, text
from sqlalchemy.orm import Mapped, mapped_column

from lnql.errors import InstanceError

from .base import Registry
from .mixins import Numbered, aux_column, uid_column
from .relations import CASCADE, foreign_key, many_to_many, many_to_one, one_to_many
from .types import SmallKey, StatusCode, now

if TYPE_CHECKING:
    from .artifact import Artifact
    from .block import BranchBlock, SpaceBlock
    from .project import Project
    from .record import Record
    from .run import Run
    from .transform import Transform
    from .ulabel import ULabel

BRANCH_STATUS = {"closed": -2, "merged": -1, "standalone": 0, "draft": 1, "review": 2}


class User(Numbered, Registry):
    """A person who works with the instance."""

    __tablename__ = "lamindb_user"
    __name_field__ = "handle"

    uid: Mapped[str] = uid_column(8)
    handle: Mapped[str] = mapped_column(
        String(30), unique=True, doc="Short name by which the user is known, as in a log-in."
    )
    name: Mapped[str | None] = mapped_column(String(150), index=True, doc="Full name of the user.")
    created_at: Mapped[datetime] = mapped_column(
        server_default=now(), index=True, doc="When the user was added to the instance."
    )
    updated_at: Mapped[datetime] = mapped_column(
        server_default=now(), index=True, doc="When the user was last changed."
    )

    branches: Mapped[list["Branch"]] = many_to_many(
        "lamindb_branchuser", "user_id", "branch_id", "The branches that the user works on."
    )
    created_runs: Mapped[list["Run"]] = one_to_many("lamindb_run.created_by_id", "The runs that the user started.")
    created_transforms: Mapped[list["Transform"]] = one_to_many(
        "lamindb_transform.created_by_id", "The transforms that the user registered."
    )
    created_artifacts: Mapped[list["Artifact"]] = one_to_many(
        "lamindb_artifact.created_by_id", "The artifacts that the user registered."
    )
    projects: Mapped[list["Project"]] = many_to_many(
        "lamindb_projectuser", "user_id", "project_id", "The projects that the user works on."
    )
    linked_in_records: Mapped[list["Record"]] = many_to_many(
        "lamindb_recorduser",
        "value_id",
        "record_id",
        "The records that have the user as a value of one of their features.",
    )
    artifacts: Mapped[list["Artifact"]] = many_to_many(
        "lamindb_artifactuser", "user_id", "artifact_id", "The artifacts that are annotated with the user."
    )


class Space(Registry):
    """A part of the instance whose records are seen and changed by the same people."""

    __tablename__ = "lamindb_space"
    __table_args__ = (Index("unique_space_name_lower", text("lower(name)"), unique=True),)

    id: Mapped[int] = mapped_column(
        SmallKey,
        Identity(),
        primary_key=True,
        doc="Integer id of the space in this database; 1 is the space that everyone sees.",
    )
    name: Mapped[str] = mapped_column(String(100), index=True, doc="Name of the space, such as that of a team.")
    uid: Mapped[str] = uid_column(12)
    description: Mapped[str | None] = mapped_column(doc="What the space is for.")
    created_at: Mapped[datetime] = mapped_column(server_default=now(), index=True, doc="When the space was made.")
    created_by_id: Mapped[int | None] = foreign_key("lamindb_user", "The user who made the space.", CASCADE)
    created_by: Mapped["User | None"] = many_to_one(created_by_id)

    ablocks: Mapped[list["SpaceBlock"]] = one_to_many(
        "lamindb_spaceblock.space_id", "The pages of text about the space."
    )


class Branch(Numbered, Registry):
    """A line of change, as in version control: records live on one and are merged into another."""

    __tablename__ = "lamindb_branch"
    __plural__ = "branches"
    __table_args__ = (Index("unique_branch_name_lower", text("lower(name)"), unique=True),)

    name: Mapped[str] = mapped_column(String(100), index=True, doc="Name of the branch, such as main.")
    uid: Mapped[str] = uid_column(12)
    space_id: Mapped[int] = foreign_key(
        "lamindb_space", "The space that says who may see and change the branch.", server_default=text("1")
    )
    space: Mapped["Space"] = many_to_one(space_id)
    description: Mapped[str | None] = mapped_column(doc="What the branch is for.")
    created_at: Mapped[datetime] = mapped_column(server_default=now(), index=True, doc="When the branch was made.")
    created_by_id: Mapped[int] = foreign_key("lamindb_user", "The user who made the branch.")
    created_by: Mapped["User"] = many_to_one(created_by_id)
    status: Mapped[str] = mapped_column(
        "_status_code",
        StatusCode(BRANCH_STATUS),
        server_default=text("0"),
        index=True,
        doc="How far the branch is: draft, review, merged, closed or standalone.",
    )
    _aux: Mapped[Any] = aux_column()

    ablocks: Mapped[list["BranchBlock"]] = one_to_many(
        "lamindb_branchblock.branch_id", "The pages of text about the branch."
    )
    users: Mapped[list["User"]] = many_to_many(
        "lamindb_branchuser", "branch_id", "user_id", "The users who work on the branch."
    )
    ulabels: Mapped[list["ULabel"]] = many_to_many(
        "lamindb_branchulabel", "branch_id", "ulabel_id", "The ulabels that annotate the branch."
    )
    projects: Mapped[list["Project"]] = many_to_many(
        "lamindb_branchproject", "branch_id", "project_id", "The projects that the branch belongs to."
    )


def find_user(connection: Connection, handle: str | None) -> int:
    """The id of the user with this handle, or of the first user of the instance.

    Raises InstanceError if there is none.
    """
    users = select(User.id, User.handle)
    ids: dict[str, int] = {known: id_ for id_, known in connection.execute(users)}
    if not ids or (handle is not None and handle not in ids):
        wanted = "no user" if handle is None else f"no user {handle!r}"
        hint = f"There are {', '.join(sorted(ids))}." if ids else None
        raise InstanceError(f"The instance has {wanted}, and every record has to be somebody's.", hint=hint)
    return min(ids.values()) if handle is None else ids[handle]
