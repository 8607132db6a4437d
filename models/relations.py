"""Foreign keys and the four kinds of relations, each declared in one line.

Relations are what queries follow. Rows are linked by writing the foreign key or a link row, hence the sides that hold
many records are views: nothing is written through them.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, cast

from msgspec import Struct
from sqlalchemy import BigInteger, Column, ColumnElement, SmallInteger, inspect
from sqlalchemy.orm import (
    Mapped,
    MappedColumn,
    Relationship,
    RelationshipProperty,
    configure_mappers,
    mapped_column,
    relationship,
)
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
    indexed = options.pop("index", not options.get("unique"))
    type_, described = points_to(table, doc, on_delete, indexed=indexed)
    return mapped_column(type_, **described, **options)


def points_to(
    table: str, doc: str, on_delete: str, *, indexed: bool = True
) -> tuple[type[TypeEngine[int]], dict[str, Any]]:
    """The type of a foreign key, and what is said of it; `add_foreign_keys` adds the key, `complete` its index."""
    info = {"doc": doc, "on_delete": on_delete, "indexed": indexed, "points_to": f"{table}.id"}
    described = {"info": info, "doc": f"Integer id of {doc[0].lower()}{doc[1:]}"}
    return _KEY_TYPES.get(table, Integer), described


class Ends(Struct, frozen=True, eq=False):
    """The columns that a relation joins: `local` of a row equals `remote` of the rows that are related to it.

    Rows that are linked have a `link` between them: a column that equals `local`, and one that equals `remote`.
    """

    local: Column[Any]
    remote: Column[Any]
    many: bool
    link: tuple[Column[Any], Column[Any]] | None = None

    @property
    def columns(self) -> tuple[Column[Any], ...]:
        """All of them."""
        return self.local, self.remote, *(self.link or ())


def many_to_one(key: Mapped[Any]) -> Relationship[Any]:
    """The record that a column made by `foreign_key` points to."""
    column = cast("MappedColumn[Any]", key).column
    return relationship(
        foreign_keys=[column],
        remote_side=lambda: _target(column),
        doc=column.info["doc"],
        info={"ends": lambda: Ends(column, _target(column), many=False)},
    )


def one_to_many(column: str, doc: str, *, uselist: bool = True) -> Relationship[Any]:
    """The records whose foreign key, given as `table.column`, points here."""
    return relationship(
        primaryjoin=lambda: _join(column),
        uselist=uselist,
        viewonly=True,
        doc=doc,
        info={"ends": lambda: Ends(_target(_column(column)), _column(column), uselist)},
    )


def many_to_many(table: str, here: str, there: str, doc: str, target: Any = None) -> Relationship[Any]:
    """The records linked through `table`, whose column `here` points to this record and `there` to the others."""
    source, linked = f"{table}.{here}", f"{table}.{there}"
    return relationship(
        target,
        secondary=lambda: Base.metadata.tables[table],
        primaryjoin=lambda: _join(source),
        secondaryjoin=lambda: _join(linked),
        viewonly=True,
        doc=doc,
        info={"ends": lambda: _linked_ends(_column(source), _column(linked))},
    )


def _linked_ends(source: Column[Any], linked: Column[Any]) -> Ends:
    return Ends(_target(source), _target(linked), many=True, link=(source, linked))


def relations_of(model: type[Base]) -> Iterator[tuple[str, str, Ends]]:
    """The name, the description and the ends of each relation of a registry.

    The ends are those that the relation was declared with: SQLAlchemy knows them only when it has worked out the joins
    of all registries, which takes half a second and is needed by sessions only.
    """
    for attribute in inspect(model).all_orm_descriptors:
        prop = getattr(attribute, "prop", None)
        if isinstance(prop, RelationshipProperty):
            yield prop.key, prop.doc or "", prop.info.get("ends", partial(_worked_out, prop))()


def _worked_out(prop: RelationshipProperty[Any]) -> Ends:
    """The ends of a relation that somebody declared by SQLAlchemy's own `relationship`."""
    configure_mappers()
    if prop.secondary is None:
        return Ends(*_pair(prop.local_remote_pairs), many=bool(prop.uselist))
    local, source = _pair(prop.synchronize_pairs)
    remote, linked = _pair(prop.secondary_synchronize_pairs or ())
    return Ends(local, remote, many=True, link=(source, linked))


def _pair(pairs: Sequence[tuple[Any, Any]]) -> tuple[Column[Any], Column[Any]]:
    """The two columns that a relation's one pair joins."""
    ((left, right),) = pairs
    return left, right


def _column(name: str) -> Column[Any]:
    """The column `table.column`; there only once all registries are declared."""
    table, column = name.split(".")
    return Base.metadata.tables[table].c[column]


def _target(column: Column[Any]) -> Column[Any]:
    (key,) = column.foreign_keys
    return key.column


def _join(name: str) -> ColumnElement[bool]:
    return _target(_column(name)) == _column(name)
