"""Names of indexes and constraints as Django gives them, and what it adds to tables by itself."""

from collections.abc import Iterable
from hashlib import md5
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from .types import JSONColumn

POSTGRESQL_LIMIT = 63  # bytes of an identifier; SQLite has no limit


def django_name(table: str, columns: list[str], suffix: str = "", limit: int = 200) -> str:
    """`<table>_<columns>_<8 hex digits of their md5><suffix>`, cut to at most `limit` characters."""
    joined = "_".join(columns)
    end = md5("".join([table, *columns]).encode(), usedforsecurity=False).hexdigest()[:8] + suffix
    name = f"{table}_{joined}_{end}"
    if len(name) <= limit:
        return name
    end = end[: limit // 3]
    other = (limit - len(end)) // 2 - 1
    return f"{table[:other]}_{joined[:other]}_{end}"


def _index_name(index: Index, table: Table) -> str:
    return django_name(table.name, [column.name for column in index.columns])


def _foreign_key_name(constraint: ForeignKeyConstraint, table: Table) -> str:
    (key,) = constraint.elements
    target, column = key.target_fullname.split(".")
    return django_name(table.name, [key.parent.name], f"_fk_{target}_{column}", POSTGRESQL_LIMIT)


NAMING: dict[str, Any] = {
    "index_name": _index_name,
    "foreign_key_name": _foreign_key_name,
    "ix": "%(index_name)s",
    "fk": "%(foreign_key_name)s",
}
"""The naming convention of the metadata."""


def unique_where(name: str, columns: Iterable[str], where: str) -> Index:
    """Uniqueness of several columns among the rows for which a condition holds."""
    return Index(name, *columns, unique=True, info={"where": where})


def add_foreign_keys(table: Table) -> None:
    """Let those columns of a new table point somewhere that are said to.

    Done before they have a table, each would listen for it to come, which takes longer than all else about the key.
    """
    for column in table.columns:
        if target := column.info.get("points_to"):
            column.append_foreign_key(ForeignKey(target, deferrable=True, initially="DEFERRED"))


def complete(table: Table) -> None:
    """Add to a finished table what follows from its columns and matters to who makes it; again, that does nothing.

    These are the indexes of foreign keys, and what there is on one database only.
    """
    if table.info.get("complete"):
        return
    table.info["complete"] = True
    for column in table.columns:
        if column.info.get("indexed"):
            Index(None, column)
    table.dialect_options["sqlite"]["autoincrement"] = True  # ids are never given twice
    for index in list(table.indexes):
        _short_name(table, index)
        if where := index.info.get("where"):
            index.dialect_options["sqlite"]["where"] = index.dialect_options["postgresql"]["where"] = text(where)
    for constraint in [c for c in table.constraints if isinstance(c, UniqueConstraint)]:
        _unique_together(table, constraint)
    for column in table.columns:
        if isinstance(column.type, JSONColumn):
            _json_check(table, column)
        if isinstance(column.type, String) and (column.index or column.unique):
            _prefix_index(table, column)


def _unique_together(table: Table, constraint: UniqueConstraint) -> None:
    """Uniqueness of several columns is a constraint on PostgreSQL and an index on SQLite."""
    columns = list(constraint.columns)
    if len(columns) == 1 or constraint.name is not None:
        return
    names = [column.name for column in columns]
    constraint.name = django_name(table.name, names, "_uniq", POSTGRESQL_LIMIT)
    constraint.ddl_if(dialect="postgresql")
    Index(django_name(table.name, names, "_uniq"), *columns, unique=True).ddl_if(dialect="sqlite")


def _short_name(table: Table, index: Index) -> None:
    """An index with a name that is too long for PostgreSQL has a shorter one there."""
    if index.name is None or len(index.name) <= POSTGRESQL_LIMIT:
        return
    columns = list(index.columns)
    short = django_name(table.name, [column.name for column in columns], "", POSTGRESQL_LIMIT)
    index.ddl_if(dialect="sqlite")
    Index(short, *columns).ddl_if(dialect="postgresql")


def _json_check(table: Table, column: Column[Any]) -> None:
    """SQLite has no JSON type: a check keeps other text out."""
    check = CheckConstraint(f'JSON_VALID("{column.name}") OR "{column.name}" IS NULL')
    table.append_constraint(check.ddl_if(dialect="sqlite"))


def _prefix_index(table: Table, column: Column[Any]) -> None:
    """On PostgreSQL an indexed string has a second index, which serves LIKE 'prefix%' in every collation."""
    operators = "text_pattern_ops" if isinstance(column.type, Text) else "varchar_pattern_ops"
    name = django_name(table.name, [column.name], "_like", POSTGRESQL_LIMIT)
    Index(name, column, postgresql_ops={column.name: operators}).ddl_if(dialect="postgresql")
