"""Sheets: the records of a type that has a schema, which says what features they have."""

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from msgspec import Struct

from lnql.errors import InvalidError, LnqlError

from .base import Base, Registry, table_of
from .changes import RowChange
from .feature import Feature
from .feature_writing import FeatureChange
from .record import Record
from .schema import index_feature, optional_features


class Sheet(Struct, frozen=True):
    """A type of records with a schema: its features by id and name, and which of them its records have to have."""

    name: str
    features: Mapping[int, str]
    required: frozenset[int]

    def lacking(self, given: Iterable[int]) -> list[str]:
        """The names of the features that are required and not given."""
        return [name for id_, name in self.features.items() if id_ in self.required.difference(given)]


def sheet_errors(
    connection: sa.Connection, model: type[Registry], changes: Sequence[RowChange]
) -> list[LnqlError | None]:
    """What is wrong with the features of each new row, as its sheet sees it, if anything."""
    if model is not Record:
        return [None] * len(changes)
    sheets = _sheets(connection, {type_ for change in changes if (type_ := change.values.get("type_id")) is not None})
    return [_new_error(connection, change, sheets.get(change.values.get("type_id"))) for change in changes]


def refuse_unfitting(connection: sa.Connection, ids: Sequence[int], change: FeatureChange) -> None:
    """Raise InvalidError if records would get features that their sheet has not, or lose all and not get what it asks.

    As in LaminDB, one that lacks a feature already may be changed.
    """
    columns, given = table_of(Record).c, _given(change)
    rows = connection.execute(sa.select(columns.name, columns.type_id).where(columns.id.in_(ids))).all()
    sheets = _sheets(connection, {row.type_id for row in rows})
    for name, type_ in rows:
        if (sheet := sheets.get(type_)) is None:
            continue
        if foreign := given - sheet.features.keys():
            raise _foreign_error(connection, foreign)
        if change.clear and change.set and (lacking := sheet.lacking(given)):
            missing = f"missing required features {', '.join(map(repr, lacking))}"
            raise InvalidError(f"Cannot set the features of Record {name!r}: {missing}.", path=("features",))


def _new_error(connection: sa.Connection, change: RowChange, sheet: Sheet | None) -> LnqlError | None:
    if sheet is None or change.values.get("is_type"):
        return None
    given = _given(change.features) if change.features else set()
    if foreign := given - sheet.features.keys():
        return _foreign_error(connection, foreign)
    if lacking := sheet.lacking(given):
        message = f"Cannot set type to {sheet.name!r} on Record {change.values.get('name')!r}"
        missing = f"missing required features {', '.join(map(repr, lacking))}"
        return InvalidError(f"{message}: {missing}.", path=("type_id",))
    return None


def _given(change: FeatureChange) -> set[int]:
    return {value.feature for value in (*change.set, *change.add)}


def _foreign_error(connection: sa.Connection, features: Iterable[int]) -> LnqlError:
    columns = table_of(Feature).c
    names = connection.scalars(sa.select(columns.name).where(columns.id.in_(features)).order_by(columns.id)).all()
    return InvalidError(f"These feature keys are not in the provided schema: {names}.", path=("features",))


def _sheets(connection: sa.Connection, types: Iterable[int | None]) -> dict[int | None, Sheet]:
    """Those of some types that have a schema of features."""
    wanted = [type_ for type_ in types if type_ is not None]
    if not wanted:
        return {}
    record, schema = Base.metadata.tables["lamindb_record"], Base.metadata.tables["lamindb_schema"]
    member, feature = Base.metadata.tables["lamindb_schemafeature"], Base.metadata.tables["lamindb_feature"]
    joined = record.join(schema, schema.c.id == record.c.schema_id).join(member, member.c.schema_id == schema.c.id)
    joined = joined.join(feature, feature.c.id == member.c.feature_id)
    columns = (record.c.id, record.c.name, schema.c.minimal_set, schema.c._aux)
    select = sa.select(*columns, feature.c.id.label("feature"), feature.c.uid, feature.c.name.label("known_as"))
    found: dict[int | None, Sheet] = {}
    for row in connection.execute(select.select_from(joined).where(record.c.id.in_(wanted)).order_by(member.c.id)):
        before = found.get(row.id, Sheet(row.name, {}, frozenset()))
        spared = {*optional_features(row._aux), index_feature(row._aux)}
        required = {row.feature} if row.minimal_set and row.uid not in spared else set[int]()
        found[row.id] = Sheet(row.name, {**before.features, row.feature: row.known_as}, before.required | required)
    return found
