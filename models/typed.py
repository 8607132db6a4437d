"""Types: rows that group others. What a row must be to be a type, and what a type asks of its rows."""

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from lnql.errors import InvalidError, LnqlError

from .base import Base, Registry, plural_words, singular_words, table_of
from .changes import RowChange
from .mixins import Typed
from .record import Record
from .schema import optional_features


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
    required = _required_features(connection, wanted if issubclass(model, Record) else ())
    return [_type_error(model, change, types, required) for change in changes]


def refuse_cycle(connection: sa.Connection, model: type[Registry], ids: Sequence[int], type_: int | None) -> None:
    """Raise InvalidError if a row would become a type of itself, be it through other types."""
    if type_ is not None and issubclass(model, Typed) and set(_above(connection, model, type_)) & set(ids):
        raise InvalidError(
            f"A {singular_words(model)} cannot be a type of itself, be it through other types.", path=("type_id",)
        )


def refuse_untyping(connection: sa.Connection, model: type[Registry], ids: Sequence[int]) -> None:
    """Raise InvalidError if there are rows of types that are to be none any more."""
    columns = table_of(model).c
    if connection.scalar(sa.select(columns.id).where(columns.type_id.in_(ids)).limit(1)):
        raise InvalidError(
            f"There are {plural_words(model)} of this type.", hint="Give them another one first.", path=("is_type",)
        )


def _type_error(
    model: type[Registry],
    change: RowChange,
    types: Mapping[int, str],
    required: Mapping[int, Mapping[int, str]],
) -> LnqlError | None:
    type_ = change.values.get("type_id")
    if type_ is None:
        return None
    words, path = singular_words(model), ("type_id",)
    if type_ not in types:
        return InvalidError(f"The {words} is no type.", hint="Give one whose isType is true.", path=path)
    given = {value.feature for value in (*change.features.set, *change.features.add)} if change.features else set()
    lacking = [repr(name) for feature, name in required.get(type_, {}).items() if feature not in given]
    if not lacking or change.values.get("is_type"):
        return None
    name = change.values.get("name")
    message = f"Cannot set type to {types[type_]!r} on {model.__name__} {name!r}: missing required features"
    return InvalidError(f"{message} {', '.join(lacking)}.", path=path)


def _types(connection: sa.Connection, model: type[Registry], ids: set[int]) -> dict[int, str]:
    """Those of some rows that are types, and their names."""
    if not ids:
        return {}
    columns = table_of(model).c
    select = sa.select(columns.id, columns.name).where(columns.id.in_(ids), columns.is_type)
    return {id_: name for id_, name in connection.execute(select)}  # noqa: C416  pairs of rows are no tuples to mypy


def _required_features(connection: sa.Connection, types: Iterable[int]) -> dict[int, dict[int, str]]:
    """The features, by id and name, that records of a type have to have: those of its schema that are not optional."""
    wanted = set(types)
    if not wanted:
        return {}
    record, schema = Base.metadata.tables["lamindb_record"], Base.metadata.tables["lamindb_schema"]
    member, feature = Base.metadata.tables["lamindb_schemafeature"], Base.metadata.tables["lamindb_feature"]
    joined = record.join(schema, schema.c.id == record.c.schema_id).join(member, member.c.schema_id == schema.c.id)
    joined = joined.join(feature, feature.c.id == member.c.feature_id)
    select = sa.select(record.c.id, schema.c._aux, feature.c.id, feature.c.uid, feature.c.name).select_from(joined)
    found: dict[int, dict[int, str]] = {}
    for type_, aux, id_, uid, name in connection.execute(
        select.where(record.c.id.in_(wanted), schema.c.minimal_set).order_by(member.c.id)
    ):
        if uid not in optional_features(aux):
            found.setdefault(type_, {})[id_] = name
    return found


def _above(connection: sa.Connection, model: type[Registry], type_: int) -> list[int]:
    """A type, its type, and so on."""
    table = table_of(model)
    above = sa.select(table.c.id, table.c.type_id).where(table.c.id == type_).cte("above", recursive=True)
    above = above.union(sa.select(table.c.id, table.c.type_id).join(above, table.c.id == above.c.type_id))
    return list(connection.scalars(sa.select(above.c.id)))
