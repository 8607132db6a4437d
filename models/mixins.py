"""The columns and relations that registries share."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Identity, String, false, text
from sqlalchemy.orm import Mapped, MappedColumn, declared_attr, mapped_column

from .base import Registry
from .link_tables import link_table
from .relations import foreign_key, many_to_many, many_to_one
from .types import BigKey, JSONColumn, UTCDateTime, now

if TYPE_CHECKING:
    from .access import Branch, Space, User
    from .run import Run

# `sort_order` puts the shared columns before a registry's own, in LaminDB's order.


def uid_column(length: int, **options: Any) -> MappedColumn[Any]:
    """The column `uid` for ids of `length` characters."""
    doc = "Id of letters and digits, the same in every database that has the record."
    return mapped_column(String(length), unique=True, doc=doc, **options)


def aux_column(**options: Any) -> MappedColumn[Any]:
    """The column `_aux`."""
    doc = "Private: what LaminDB keeps about the record without a column of its own."
    return mapped_column(JSONColumn, server_default=text("'null'"), nullable=True, doc=doc, **options)


class Versioned:
    """Records that come in versions: their uids share a stem, the last four characters count the versions."""

    __stem_length__: ClassVar[int] = 16

    version_tag: Mapped[str | None] = mapped_column(
        String(30), index=True, sort_order=-90, doc="Name given to this version, such as 1.0."
    )
    is_latest: Mapped[bool] = mapped_column(
        index=True, sort_order=-89, doc="Whether this is the newest version on its branch."
    )


class Typed:
    """Records that may be types: a type groups the records that point to it, and other types."""

    is_type: Mapped[bool] = mapped_column(
        server_default=false(), index=True, sort_order=-80, doc="Whether this is a type, which groups other records."
    )


class Branched:
    """Records that live on a branch, as commits do: main, archive, trash or a branch of someone's own."""

    branch_id: Mapped[int] = foreign_key(
        "lamindb_branch", "The branch on which the record lives now.", server_default=text("1"), sort_order=-70
    )
    created_on_id: Mapped[int] = foreign_key(
        "lamindb_branch", "The branch on which the record was made.", server_default=text("1"), sort_order=-69
    )

    @declared_attr
    @classmethod
    def branch(cls) -> Mapped["Branch"]:
        """The branch on which the record lives now."""
        return many_to_one(cls.branch_id)

    @declared_attr
    @classmethod
    def created_on(cls) -> Mapped["Branch"]:
        """The branch on which the record was made."""
        return many_to_one(cls.created_on_id)


class Spaced:
    """Records that belong to a space, which says who may see and change them."""

    space_id: Mapped[int] = foreign_key(
        "lamindb_space",
        "The space that says who may see and change the record.",
        server_default=text("1"),
        sort_order=-68,
    )
    is_locked: Mapped[bool] = mapped_column(
        server_default=false(), sort_order=-67, doc="Whether the record is closed to changes."
    )

    @declared_attr
    @classmethod
    def space(cls) -> Mapped["Space"]:
        """The space that says who may see and change the record."""
        return many_to_one(cls.space_id)


class Auxiliary:
    """Records with room for what LaminDB has no column for."""

    _aux: Mapped[Any] = aux_column(sort_order=-66)


class CreatedAt:
    """Records that know when they were made."""

    created_at: Mapped[datetime] = mapped_column(
        UTCDateTime, server_default=now(), index=True, sort_order=-60, doc="When the record was made."
    )


class CreatedBy:
    """Records that know who made them."""

    created_by_id: Mapped[int] = foreign_key("lamindb_user", "The user who made the record.", sort_order=-59)

    @declared_attr
    @classmethod
    def created_by(cls) -> Mapped["User"]:
        """The user who made the record."""
        return many_to_one(cls.created_by_id)


class Tracked:
    """Records that know the run that made them."""

    run_id: Mapped[int | None] = foreign_key("lamindb_run", "The run that made the record.", sort_order=-58)

    @declared_attr
    @classmethod
    def run(cls) -> Mapped["Run | None"]:
        """The run that made the record."""
        return many_to_one(cls.run_id)


class UpdatedAt:
    """Records that know when they were last changed."""

    updated_at: Mapped[datetime] = mapped_column(
        UTCDateTime, server_default=now(), index=True, sort_order=-57, doc="When the record was last changed."
    )


class Numbered:
    """Records with an integer id."""

    id: Mapped[int] = mapped_column(
        Identity(), primary_key=True, sort_order=-20, doc="Integer id of the record in this database."
    )


class BigNumbered:
    """Records with an integer id of 64 bits, for tables that grow large."""

    id: Mapped[int] = mapped_column(
        BigKey, Identity(), primary_key=True, sort_order=-20, doc="Integer id of the record in this database."
    )


class HasParents:
    """Records in a hierarchy: each has any number of parents, kept in the table `<table>_parents`."""

    @declared_attr
    @classmethod
    def parents(cls) -> Mapped[list[Any]]:
        """The records directly above this one."""
        return many_to_many(
            *_hierarchy(cls, "from", "to"), "The records directly above this one in the hierarchy.", cls
        )

    @declared_attr
    @classmethod
    def children(cls) -> Mapped[list[Any]]:
        """The records directly below this one."""
        return many_to_many(
            *_hierarchy(cls, "to", "from"), "The records directly below this one in the hierarchy.", cls
        )

    def __init_subclass__(cls, **options: Any) -> None:
        """Map the class, then add the table of its hierarchy."""
        super().__init_subclass__(**options)
        if "__table__" in cls.__dict__:
            table, child, parent = _hierarchy(cls, "from", "to")
            target = cls.__dict__["__table__"].name
            link_table(table, f"{child} -> {target}", f"{parent} -> {target}")


def _hierarchy(model: Any, here: str, there: str) -> tuple[str, str, str]:
    """The table of a hierarchy and its columns; `from` is the child."""
    name = model.__name__.lower()
    return f"{model.__tablename__}_parents", f"{here}_{name}_id", f"{there}_{name}_id"


class SQLRecord(Branched, Spaced, Auxiliary, CreatedAt, CreatedBy, Tracked, UpdatedAt, Numbered, Registry):
    """What most registries are, and what to subclass for a registry of one's own.

    A subclass needs no more than its columns: `class Experiment(SQLRecord): name: Mapped[str]`. Its table is named
    after its package and itself, `lab_experiment`, as LaminDB names tables.
    """

    __abstract__ = True

    uid: Mapped[str] = uid_column(12, sort_order=-19)

    @declared_attr.directive
    @classmethod
    def __tablename__(cls) -> str:
        """Name of the table: `<package>_<class>` in lower case."""
        return f"{cls.__module__.partition('.')[0]}_{cls.__name__}".lower()
