"""Foreign keys and the four kinds of relations, each declared in one line.

Relations are what queries follow. Rows are linked by writing the foreign key or a link row, hence the sides that hold
many records are views: nothing is written through them.
"""

from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import BigInteger, Column, ColumnElement, ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, MappedColumn, Relationship, mapped_column, relationship
from sqlalchemy.types import Integer, TypeEngine

from .base import Base

PROTECT = "PROTECT"
CASCADE = "CASCADE"

_KEY_TYPES: dict[str, type[TypeEngine[int]]] = {
    "lamindb_space": SmallInteger,
    "lamindb_run": BigInteger,
    "lamindb_jsonvalue": BigInteger,
    "lamindb_block": BigInteger,
}
"""The registries whose keys are not of type integer."""


def foreign_key(table: str, doc: str, on_delete: str = PROTECT, **options: Any) -> MappedColumn[Any]:
    """A column with the id of a row of `table`.

    `doc` describes the related record and starts with "The". `on_delete` says what becomes of this row when the related
    one is deleted for good: PROTECT refuses the deletion, CASCADE deletes this row as well. It is a rule for writers;
    the database knows nothing of it.
    """
    type_, target, described = points_to(table, doc, on_delete)
    options.setdefault("index", not options.get("unique"))
    return mapped_column(type_, target, **described, **options)


def points_to(table: str, doc: str, on_delete: str) -> tuple[type[TypeEngine[int]], ForeignKey, dict[str, Any]]:
    """The type of a foreign key, what it points to, and what is said of it."""
    described = {"info": {"doc": doc, "on_delete": on_delete}, "doc": f"Integer id of {doc[0].lower()}{doc[1:]}"}
    key = ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return _KEY_TYPES.get(table, Integer), key, described


def many_to_one(key: Mapped[Any]) -> Relationship[Any]:
    """The record that a column made by `foreign_key` points to."""
    column = cast("MappedColumn[Any]", key).column
    return relationship(foreign_keys=[column], remote_side=lambda: _target(column), doc=column.info["doc"])


def one_to_many(column: str, doc: str, **options: Any) -> Relationship[Any]:
    """The records whose foreign key, given as `table.column`, points here."""
    table, name = column.split(".")
    return relationship(primaryjoin=_join(table, name), viewonly=True, doc=doc, **options)


def many_to_many(table: str, here: str, there: str, doc: str, target: Any = None) -> Relationship[Any]:
    """The records linked through `table`, whose column `here` points to this record and `there` to the others."""
    return relationship(
        target,
        secondary=lambda: Base.metadata.tables[table],
        primaryjoin=_join(table, here),
        secondaryjoin=_join(table, there),
        viewonly=True,
        doc=doc,
    )


def _target(column: Column[Any]) -> Column[Any]:
    (key,) = column.foreign_keys
    return key.column


def _join(table: str, name: str) -> Callable[[], ColumnElement[bool]]:
    def join() -> ColumnElement[bool]:
        column = Base.metadata.tables[table].c[name]
        return _target(column) == column

    return join
