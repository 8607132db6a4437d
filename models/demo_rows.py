"""Rows for a new instance whose ids, uids and timestamps follow from a seed alone."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any, NamedTuple, cast

from sqlalchemy import Boolean, Column, Date, Integer, String

from .base import Base
from .demo_insert import insert_rows, largest_id
from .transactions import Transaction
from .types import JSONColumn
from .uids import ALPHABET, FIRST_VERSION, entity_uid

START = datetime(2023, 3, 6, 9, 0, tzinfo=UTC)
STEP = timedelta(minutes=13)

NAMES = ("handle", "symbol", "ontology_id", "ensembl_gene_id", "key", "name")
"""The columns by which rows can be called."""

IDENTIFIERS = ("ontology_id", "ensembl_gene_id")
"""The columns from which the uid of a biological entity is made."""

DEFAULTS = {
    "created_by_id": 1,
    "is_latest": True,
    "_key_is_virtual": True,
    "_overwrite_versions": False,
    "minimal_set": True,
    "ordered_set": False,
    "maximal_set": False,
    "array_rank": 0,
    "array_size": 0,
}
"""What a row says of itself unless told otherwise, in tables with such a column."""

STARTERS = {"lamindb_user": "handle", "lamindb_branch": "name", "lamindb_space": "name"}
"""The tables that have rows in a new instance to which others point, and what those are called by."""

TIMESTAMPS = ("created_at", "updated_at", "started_at")

RUN_UID_LENGTH = 16
"""The one registry whose uids are shorter than their column."""


def read_table(text: str) -> Iterator[dict[str, str]]:
    """Read lines of `|`-separated cells under a header line; empty cells are left out."""
    header, *lines = text.strip().splitlines()
    names = [name.strip() for name in header.split("|")]
    for line in lines:
        cells = zip(names, map(str.strip, line.split("|")), strict=True)
        yield {name: cell for name, cell in cells if cell}


def random_uid(random: Random, length: int) -> str:
    """A uid of `length` characters that follows from the state of `random`."""
    return "".join(random.choices(ALPHABET, k=length))


class Standard(NamedTuple):
    """What is filled in for a table, with an empty uid where one is to be made, and the columns that name rows."""

    defaults: dict[str, Any]
    timestamps: list[str]
    names: list[str]


@cache
def _standard(table: str) -> Standard:
    columns = Base.metadata.tables[table].c.keys()
    defaults = {name: value for name, value in {**DEFAULTS, "uid": ""}.items() if name in columns}
    return Standard(defaults, *([name for name in some if name in columns] for some in (TIMESTAMPS, NAMES)))


class Rows:
    """Collects rows, fills in what every row has, and writes them table by table.

    Tables are called by their names in the database. Foreign keys are deferred there: the order of rows is free.
    """

    def __init__(self, transaction: Transaction, random: Random) -> None:
        self.transaction = transaction
        self.random = random
        self.now = START
        self._pending: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._last_ids: dict[str, int] = {}
        self._named: dict[tuple[str, str], dict[str, Any]] = {}
        for table, column in STARTERS.items():
            for id_, name in transaction.fetch(f"SELECT id, {column} FROM {table}"):  # noqa: S608  names of ours
                self._named[table, name] = {"id": id_}

    def add(self, name: str, /, **values: Any) -> int:
        """Add a row to the table `name` and give its id. What is missing or None is filled in where possible."""
        self.now += STEP
        standard = _standard(name)
        row = {"id": self._next_id(name), **standard.defaults, **dict.fromkeys(standard.timestamps, self.now)}
        row |= {column: value for column, value in values.items() if value is not None}
        if row.get("uid") == "":
            row["uid"] = self._uid(name, row)
        self._pending[name].append(row)
        self._named |= {(name, row[column]): row for column in standard.names if column in row}
        return int(row["id"])

    def add_all(self, name: str, text: str, /, **common: Any) -> list[int]:
        """Add the rows that `text` lists (see `read_table`), all with the values `common`, and give their ids.

        A column may also be a relation, such as `type` or `organism`: its cells call a row of the related table by
        name. The column `parents` may name several, separated by `;`.
        """
        listed = list(read_table(text))
        ids = [self.add(name, **self.parsed(name, cells), **common) for cells in listed]
        for id_, cells in zip(ids, listed, strict=True):
            self._add_parents(name, id_, cells.get("parents"))
        return ids

    def parsed(self, name: str, cells: Mapping[str, str]) -> dict[str, Any]:
        """The values of a row of the table `name` from the cells of its line in a text, all but its parents."""
        columns = Base.metadata.tables[name].c
        return dict(self._value(columns, column, cell) for column, cell in cells.items() if column != "parents")

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows added to `table` since the last `write`."""
        return self._pending[table]

    def find(self, table: str, name: str) -> dict[str, Any] | None:
        """The row of `table` that was last added under `name`, if any; it may be changed until `write`."""
        return self._named.get((table, name))

    def row(self, table: str, name: str) -> dict[str, Any]:
        """The same as `find`, for a row that is there. Raises KeyError when it is not."""
        return self._named[table, name]

    def id(self, table: str, name: str) -> int:
        """The id of the row of `table` that was last added under `name`. Raises KeyError when there is none."""
        return int(self.row(table, name)["id"])

    def write(self) -> None:
        """Insert what was added since the last call."""
        for name, rows in self._pending.items():
            alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
            for row in rows:
                alike[tuple(row)].append(tuple(row.values()))
            for columns, values in alike.items():
                insert_rows(self.transaction, name, columns, values)
        self._pending.clear()

    def _next_id(self, table: str) -> int:
        if table not in self._last_ids:
            self._last_ids[table] = largest_id(self.transaction, table)
        self._last_ids[table] += 1
        return self._last_ids[table]

    def _uid(self, name: str, row: Mapping[str, Any]) -> str:
        for column in IDENTIFIERS:
            if column in row:
                return entity_uid(row[column])
        if name == "lamindb_run":
            return random_uid(self.random, RUN_UID_LENGTH)
        length = cast(String, Base.metadata.tables[name].c.uid.type).length or 0
        if "is_latest" not in row:
            return random_uid(self.random, length)
        return random_uid(self.random, length - len(FIRST_VERSION)) + FIRST_VERSION

    def _value(self, columns: Any, name: str, cell: str) -> tuple[str, Any]:
        if name in columns:
            return name, _parse(columns[name], cell)
        column = columns[f"{name}_id"]
        (key,) = column.foreign_keys
        return column.name, self.id(key.column.table.name, cell)

    def _add_parents(self, table: str, child: int, parents: str | None) -> None:
        label = table.partition("_")[2]
        for parent in parents.split(";") if parents else ():
            self.add(f"{table}_parents", **{f"from_{label}_id": child, f"to_{label}_id": self.id(table, parent)})


def _parse(column: Column[Any], cell: str) -> Any:
    """The value of a cell, by the type of its column; synonyms are stored with bars between them."""
    if isinstance(column.type, Boolean):
        return cell == "yes"
    if isinstance(column.type, Integer):
        return int(cell)
    if isinstance(column.type, Date):
        return date.fromisoformat(cell)
    if isinstance(column.type, JSONColumn):
        return json.loads(cell)
    return cell.replace(";", "|") if column.name == "synonyms" else cell
