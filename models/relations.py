"""Foreign keys and the four kinds of relations, each declared in one line.

Relations are what queries follow. Rows are linked by writing the foreign key or a link row, hence the sides that hold
many records are views: nothing is written through them.
"""

from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, MappedColumn, Relationship, mapped_column, relationship
from sqlalchemy.types import Integer, TypeEngine

from .base import Base
from .naming import complete
from .types import BigKey

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
    key = ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    info = {"doc": doc, "on_delete": on_delete}
    options.setdefault("index", not options.get("unique"))
    doc = f"Integer id of {doc[0].lower()}{doc[1:]}"
    return mapped_column(_KEY_TYPES.get(table, Integer), key, info=info, doc=doc, **options)


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


def link_table(name: str, here: str, there: str) -> Table:
    """A table that only links: `here` and `there` are its foreign keys, given as `column -> table`."""
    columns = [_link_column(*end.split(" -> ")) for end in (here, there)]
    unique = UniqueConstraint(*[column.name for column in columns])
    table = Table(name, Base.metadata, Column("id", BigKey, Identity(), primary_key=True), *columns, unique)
    complete(table)
    return table


def unique_with_feature(link: str, *columns: str) -> tuple[Index, Index]:
    """The same label may be linked once under each feature, and once more without a feature."""
    plain = [column for column in columns if column != "feature_id"]
    return (
        _partial(f"unique_{link}", list(columns), "feature_id IS NOT NULL"),
        _partial(f"unique_{link}_null_feature", plain, "feature_id IS NULL"),
    )


def _partial(name: str, columns: list[str], where: str) -> Index:
    return Index(name, *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))


def _link_column(name: str, table: str) -> Column[int]:
    key = ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    info = {"on_delete": CASCADE}
    return Column(name, _KEY_TYPES.get(table, Integer), key, info=info, nullable=False, index=True)


def _target(column: Column[Any]) -> Column[Any]:
    (key,) = column.foreign_keys
    return key.column


def _join(table: str, name: str) -> Callable[[], ColumnElement[bool]]:
    def join() -> ColumnElement[bool]:
        column = Base.metadata.tables[table].c[name]
        return _target(column) == column

    return join
