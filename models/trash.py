"""Deleting rows: to the trash, which is a branch, or for good, with what hangs on them; and taking them back."""

from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from lnql.errors import InvalidError

from .base import Base, Registry, plural_words, table_of
from .branches import MAIN, TRASH
from .mixins import Typed
from .relations import CASCADE, PROTECT
from .storage import Storage
from .versions import is_versioned, move_versions, promote_previous

Sees = Callable[[type[Registry], Sequence[int]], Container[int]]
"""Tells which rows of a registry, given by their ids, exist for whoever writes."""


def has_trash(model: type[Registry]) -> bool:
    """Whether rows may go to the trash; those of Storage are only deleted for good, as in LaminDB."""
    return "branch_id" in table_of(model).c and model is not Storage


def move_to_trash(connection: sa.Connection, model: type[Registry], ids: Sequence[int], sees: Sees) -> None:
    """Put rows on the branch trash; a type takes all rows of the type along that are seen, at any depth.

    Raises InvalidError for registries without branches.
    """
    if not has_trash(model):
        raise InvalidError(
            f"There is no trash for {plural_words(model)}.", hint="Say permanent: true.", path=("permanent",)
        )
    below = _typed_below(connection, model, ids)
    seen = sees(model, below)
    _move(connection, model, [*ids, *(id_ for id_ in below if id_ in seen)], TRASH)


def restore(connection: sa.Connection, model: type[Registry], ids: Sequence[int]) -> None:
    """Put rows on the branch main; what went to the trash with a type stays there, as in LaminDB.

    Raises InvalidError for registries without branches.
    """
    if not has_trash(model):
        raise InvalidError(f"There is no trash for {plural_words(model)}.")
    _move(connection, model, ids, MAIN)


def delete_for_good(
    connection: sa.Connection, model: type[Registry], ids: Sequence[int], tables: Container[str], sees: Sees
) -> Counter[str]:
    """Delete rows and all that is nothing without them; how many, by table. `tables` are those that the database has.

    Raises InvalidError where other rows need them, or rows that are not seen would go with them.
    """
    if is_versioned(model):
        promote_previous(connection, model, ids)
    counts: Counter[str] = Counter()
    _delete(connection, table_of(model), set(ids), tables, sees, counts)
    return counts


def _move(connection: sa.Connection, model: type[Registry], ids: Sequence[int], branch: int) -> None:
    table = table_of(model)
    if is_versioned(model):
        move_versions(connection, model, ids, branch)
    else:
        connection.execute(sa.update(table).where(table.c.id.in_(ids)).values(branch_id=branch))


def _typed_below(connection: sa.Connection, model: type[Registry], ids: Sequence[int]) -> list[int]:
    """The rows whose type, or a type of their type, is among these."""
    if not issubclass(model, Typed):
        return []
    table = table_of(model)
    below = sa.select(table.c.id).where(table.c.type_id.in_(ids)).cte("below", recursive=True)
    below = below.union(sa.select(table.c.id).join(below, table.c.type_id == below.c.id))
    return list(connection.scalars(sa.select(below.c.id)))


def _delete(
    connection: sa.Connection,
    table: sa.Table,
    ids: set[int],
    tables: Container[str],
    sees: Sees,
    counts: Counter[str],
) -> None:
    for column, on_delete in _pointing_at(table, tables):
        found = set(connection.scalars(sa.select(column.table.c.id).where(column.in_(ids))))
        if column.table is table:
            found -= ids
        if found and (on_delete != CASCADE or not _all_seen(column.table, found, sees)):
            raise InvalidError(
                f"Rows of {column.table.name} need what is to be deleted, by {column.name}.",
                hint="Delete or change those first, or move it to the trash.",
            )
        if found:
            _delete(connection, column.table, found, tables, sees, counts)
    counts[table.name] += connection.execute(sa.delete(table).where(table.c.id.in_(ids))).rowcount


def _all_seen(table: Any, ids: set[int], sees: Sees) -> bool:
    """Whether whoever deletes sees rows; of tables that are no registries nobody is kept from any."""
    mapped = [mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table]
    seen = [sees(model, [*ids]) for model in mapped if issubclass(model, Registry)]
    return all(id_ in own for own in seen for id_ in ids)


def _pointing_at(table: sa.Table, tables: Container[str]) -> Iterator[tuple[sa.Column[Any], str]]:
    """The columns that point to a table, and what becomes of their rows when the row they point to is deleted."""
    for other in Base.metadata.tables.values():
        for column in other.columns if other.name in tables else ():
            if any(key.column.table is table for key in column.foreign_keys):
                yield column, column.info.get("on_delete", PROTECT)
