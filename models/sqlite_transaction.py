"""A transaction on a SQLite file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import URL

from . import sqlite
from .transactions import CHUNK, Column, Mode, Obstacle, Row, by_table, quote

OPENERS: dict[Mode, Callable[[Path], sqlite.sqlite3.Connection]] = {
    "read": partial(sqlite.connect, readonly=True),
    "write": partial(sqlite.connect, readonly=False),
    "exclusive": sqlite.connect_exclusively,
}

COLUMNS = """
SELECT t.name, c.name, lower(c.type), c.dflt_value FROM sqlite_master t, pragma_table_info(t.name) c
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.name, c.cid
"""
OBSTACLES = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
BROKEN_LINKS = 'SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2'


class SQLiteTransaction:
    """The methods of `Transaction` on SQLite. An exclusive one checks foreign keys only when asked."""

    dialect = "sqlite"

    def __init__(self, url: URL, mode: Mode) -> None:
        self.path = Path(url.database or "")
        self.connection = OPENERS[mode](self.path)
        self._begin = "BEGIN" if mode == "read" else "BEGIN IMMEDIATE"

    def __enter__(self) -> Self:
        try:
            self._run(self._begin)
        except BaseException:
            self.connection.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._run("COMMIT" if kind is None else "ROLLBACK")
        finally:
            self.connection.close()

    def fetch(self, query: str) -> list[Row]:
        """All rows of a query."""
        return self._run(query).fetchall()

    def execute(self, script: str) -> None:
        """Run statements, each of which ends with a semicolon at the end of a line."""
        statement = ""
        for line in script.splitlines(keepends=True):
            statement += line
            if sqlite.sqlite3.complete_statement(statement):
                self._run(statement)
                statement = ""

    def columns(self) -> dict[str, list[Column]]:
        """The columns of every table, with their types as declared, in lower case."""
        return by_table(self.fetch(COLUMNS))

    def read(self, table: str, columns: Sequence[str]) -> Iterator[list[Row]]:
        """The rows of a table by ascending id, in chunks."""
        cursor = self._run(f"SELECT {', '.join(map(quote, columns))} FROM {quote(table)} ORDER BY rowid")  # noqa: S608  quoted
        while rows := cursor.fetchmany(CHUNK):
            yield rows

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Add rows to a table."""
        names, marks = ", ".join(map(quote, columns)), ", ".join("?" * len(columns))
        self._run(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})", rows)  # noqa: S608  quoted

    def clear(self, tables: Iterable[str]) -> None:
        """Delete all rows of tables, to which no other rows point."""
        for table in tables:
            self._run(f"DELETE FROM {quote(table)}")  # noqa: S608  quoted

    def obstacles(self, tables: Iterable[str]) -> list[Obstacle]:
        """The indexes of tables."""
        wanted = set(tables)
        return [
            Obstacle(f"DROP INDEX {quote(name)};", f"{sql};")
            for table, name, sql in self.fetch(OBSTACLES)
            if table in wanted
        ]

    def broken_links(self) -> list[str]:
        """A sentence for each table with a foreign key to a row that does not exist."""
        return [
            f"{count} rows of {table} point to no row of {parent}" for table, parent, count in self.fetch(BROKEN_LINKS)
        ]

    def counters(self) -> dict[str, int]:
        """The largest id each table has given out, deleted rows included."""
        return dict(self.fetch("SELECT name, seq FROM sqlite_sequence"))

    def set_counter(self, table: str, largest: int) -> None:
        """Let the next id of a table be larger than `largest`."""
        self._run("DELETE FROM sqlite_sequence WHERE name = ?", [(table,)])
        self.write("sqlite_sequence", ("name", "seq"), [(table, largest)])

    def _run(self, statement: str, rows: Iterable[Row] | None = None) -> "sqlite.sqlite3.Cursor":
        try:
            return self.connection.execute(statement) if rows is None else self.connection.executemany(statement, rows)
        except sqlite.sqlite3.Error as error:
            raise sqlite.explain(error, self.path) from error
