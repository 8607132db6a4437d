"""Types: rows that group others, and what a row must be to be one."""

from collections.abc import Container, Sequence

import sqlalchemy as sa

from lnql.errors import InvalidError, LnqlError

from .base import Registry, plural_words, singular_words, table_of, with_article
from .changes import RowChange
from .mixins import Typed


def type_errors(
    connection: sa.Connection, model: type[Registry], changes: Sequence[RowChange]
) -> list[LnqlError | None]:
    """What is wrong with the type that each row is given, if anything.

    PostgreSQL knows of types that are none by itself; SQLite does not.
    """
    if not issubclass(model, Typed):
        return [None] * len(changes)
    wanted = {type_ for change in changes if (type_ := change.values.get("type_id")) is not None}
    types = _types(connection, model, wanted)
    return [_type_error(model, change, types) for change in changes]


def refuse_cycle(connection: sa.Connection, model: type[Registry], ids: Sequence[int], type_: int | None) -> None:
    """Raise InvalidError if a row would become a type of itself, be it through other types."""
    if type_ is not None and issubclass(model, Typed) and set(_above(connection, model, type_)) & set(ids):
        raise InvalidError(
            f"{with_article(model).capitalize()} cannot be a type of itself, be it through other types.",
            path=("type_id",),
        )


def refuse_untyping(connection: sa.Connection, model: type[Registry], ids: Sequence[int]) -> None:
    """Raise InvalidError if there are rows of types that are to be none any more."""
    columns = table_of(model).c
    if connection.scalar(sa.select(columns.id).where(columns.type_id.in_(ids)).limit(1)):
        raise InvalidError(
            f"There are {plural_words(model)} of this type.", hint="Give them another one first.", path=("is_type",)
        )


def _type_error(model: type[Registry], change: RowChange, types: Container[int]) -> LnqlError | None:
    type_ = change.values.get("type_id")
    if type_ is None or type_ in types:
        return None
    words = singular_words(model)
    return InvalidError(f"The {words} is no type.", hint="Give one whose isType is true.", path=("type_id",))


def _types(connection: sa.Connection, model: type[Registry], ids: set[int]) -> set[int]:
    """Those of some rows that are types."""
    columns = table_of(model).c
    select = sa.select(columns.id).where(columns.id.in_(ids), columns.is_type)
    return set(connection.scalars(select)) if ids else set()


def _above(connection: sa.Connection, model: type[Registry], type_: int) -> list[int]:
    """A type, its type, and so on."""
    table = table_of(model)
    above = sa.select(table.c.id, table.c.type_id).where(table.c.id == type_).cte("above", recursive=True)
    above = above.union(sa.select(table.c.id, table.c.type_id).join(above, table.c.id == above.c.type_id))
    return list(connection.scalars(sa.select(above.c.id)))
