"""Writing rows of registries in one transaction: what is inserted or updated, with its links and values of features.

Rows come as `RowChange`. What cannot be written is an `LnqlError` whose `path` starts with the key of a column, or is
empty; where many rows are written, it takes the row's place in the answer.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from msgspec import Struct

from lnql.errors import InvalidError, LnqlError, LockedError, StaleError

from .artifact import Artifact
from .artifact_keys import refuse_other_suffix
from .base import Registry, singular_words, table_of, with_article
from .bionty import Organism
from .changes import RowChange
from .feature_writing import FeatureWriting
from .linking import write_links
from .record import Record
from .schema import Schema
from .schema_content import changes_content, refreshed_schema
from .sheets import refuse_unfitting
from .typed import refuse_cycle, refuse_untyping, type_errors
from .versions import is_versioned, move_versions
from .violations import violations_of

Outcome = int | LnqlError
"""The id of a row that was written, or why it was not."""


class Writing(Struct, frozen=True):
    """A transaction in which rows are written, and who writes them."""

    connection: sa.Connection
    user: int
    present: Mapping[str, frozenset[str]]
    """The tables and columns that the database has."""
    sees: Callable[[type[Registry], Sequence[int]], Container[int]]
    """Tells which rows of a registry, given by their ids, exist for whoever writes."""

    def update(
        self, model: type[Registry], ids: Sequence[int], change: RowChange, unchanged_since: datetime | None = None
    ) -> None:
        """Change rows that exist, all in the same way.

        A row that is closed to changes may still be annotated, as in LaminDB: its links and values of features change.

        Raises LockedError for a row that is closed, StaleError for one that is newer than `unchanged_since`.
        """
        self._refuse_change(model, ids, change)
        if unchanged_since is not None:
            self._refuse_stale(model, ids, unchanged_since)
        table = table_of(model)
        values = dict(change.values)
        if "updated_at" in table.c and (values or change.links or change.features):
            values["updated_at"] = datetime.now(UTC)
        with violations_of(model):
            if "branch_id" in values and is_versioned(model):
                move_versions(self.connection, model, ids, values["branch_id"])
            if values:
                self.connection.execute(sa.update(table).where(table.c.id.in_(ids)).values(values))
            self._link([(id_, link) for id_ in ids for link in change.links])
            if model is Schema and changes_content(change):
                self._refresh_schemas(ids)
            self._write_features(model, [(id_, change) for id_ in ids])

    def _refuse_change(self, model: type[Registry], ids: Sequence[int], change: RowChange) -> None:
        """Raise the error of what rows like these may not become."""
        if "uid" in change.values:
            raise InvalidError("The uid of a row never changes.", path=("uid",))
        if change.revises is not None:
            raise InvalidError("Only a new row revises another one.", path=("revises",))
        if change.values and change.values.get("is_locked") is not False:
            self.refuse_locked(model, ids)
        if change.values.get("is_type") is False:
            refuse_untyping(self.connection, model, ids)
        if "type_id" in change.values:
            self._refuse_type(model, ids, change)
        if model is Artifact and "key" in change.values:
            refuse_other_suffix(self.connection, ids, change.values["key"])
        if model is Record and change.features is not None:
            refuse_unfitting(self.connection, ids, change.features)

    def refuse_locked(self, model: type[Registry], ids: Sequence[int]) -> None:
        """Raise LockedError if one of these rows is closed to changes."""
        columns = table_of(model).c
        if "is_locked" not in columns:
            return
        known_by = columns.get("uid", columns.id)
        locked = sa.select(known_by).where(columns.id.in_(ids), columns.is_locked).limit(1)
        if name := self.connection.scalar(locked):
            raise LockedError(f"The {singular_words(model)} {name} is locked.", hint="Set isLocked to false first.")

    def _refuse_type(self, model: type[Registry], ids: Sequence[int], change: RowChange) -> None:
        (error,) = type_errors(self.connection, model, [change])
        if error:
            raise error
        refuse_cycle(self.connection, model, ids, change.values["type_id"])

    def organism_name(self, id_: int) -> str:
        """The name of an organism."""
        columns = table_of(Organism).c
        return str(self.connection.scalar(sa.select(columns.name).where(columns.id == id_)) or "")

    def insert(self, model: type[Registry], changes: Sequence[RowChange]) -> list[Outcome]:
        """Insert rows that say all they need together; if one of them is refused, by halves, to find out which."""
        if not changes:
            return []
        try:
            with violations_of(model), self.connection.begin_nested():
                return [*self._insert_all(model, changes)]
        except LnqlError as error:
            if len(changes) == 1:
                return [error]
        half = len(changes) // 2
        return self.insert(model, changes[:half]) + self.insert(model, changes[half:])

    def _insert_all(self, model: type[Registry], changes: Sequence[RowChange]) -> list[int]:
        rows = _alike(model, [change.values for change in changes])
        ids = [
            id_ for _, same in groupby(rows, key=lambda row: row.keys()) for id_ in self._insert_alike(model, [*same])
        ]
        self._link([(id_, link) for id_, change in zip(ids, changes, strict=True) for link in change.links], new=True)
        self._write_features(model, list(zip(ids, changes, strict=True)), new=True)
        return ids

    def _insert_alike(self, model: type[Registry], rows: list[dict[str, Any]]) -> list[int]:
        """Insert rows of the same columns, and give their ids in that order."""
        columns = table_of(model).c
        insert = sa.insert(table_of(model))
        if "uid" not in columns:
            return [*self.connection.scalars(insert.returning(columns.id, sort_by_parameter_order=True), rows)]
        ids: dict[str, int] = dict(self.connection.execute(insert.returning(columns.uid, columns.id), rows).all())
        return [ids[row["uid"]] for row in rows]

    def _refresh_schemas(self, ids: Sequence[int]) -> None:
        """Have the hash of schemas follow from what they are made of now."""
        table = table_of(Schema)
        for id_ in ids:
            values = refreshed_schema(self.connection, id_, self.present)
            self.connection.execute(sa.update(table).where(table.c.id == id_).values(values))

    def _link(self, links: Iterable[tuple[int, Any]], *, new: bool = False) -> None:
        write_links(self.connection, links, {"created_by_id": self.user}, new=new)

    def _write_features(
        self, model: type[Registry], changes: Iterable[tuple[int, RowChange]], *, new: bool = False
    ) -> None:
        said = [(id_, change.features) for id_, change in changes if change.features is not None]
        if said:
            FeatureWriting(self.connection, model, self.present, {"created_by_id": self.user}).write(said, new=new)

    def _refuse_stale(self, model: type[Registry], ids: Sequence[int], since: datetime) -> None:
        columns = table_of(model).c
        words = singular_words(model)
        if "updated_at" not in columns:
            raise InvalidError(
                f"{with_article(model).capitalize()} does not know when it was updated.", path=("ifUpdatedAt",)
            )
        for updated_at in self.connection.scalars(sa.select(columns.updated_at).where(columns.id.in_(ids))):
            if updated_at != since:
                raise StaleError(
                    f"The {words} was changed at {updated_at.isoformat()}, after {since.isoformat()}.",
                    hint="Read it again, and decide anew.",
                    path=("ifUpdatedAt",),
                )


def _alike(model: type[Registry], rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows in which the same columns have values as far as possible, so that they fit into one statement."""
    said = {name for row in rows for name in row}
    columns = [table_of(model).c[name] for name in sorted(said)]
    empty = {column.key: None for column in columns if column.nullable and column.server_default is None}
    return [{**empty, **row} for row in rows]
