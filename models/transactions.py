"""One transaction on one database, on either dialect, for what happens outside requests: opening, init, copy.

Both dialects offer the same methods, so that their callers need not know which one they use. Requests do not come here.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from types import TracebackType
from typing import Any, Literal, NamedTuple, Protocol, Self

from sqlalchemy import URL

Row = tuple[Any, ...]
Mode = Literal["read", "write", "exclusive"]

CHUNK = 10_000
"""Rows that are read or written at a time."""


class Column(NamedTuple):
    """A column as the database describes it; `default` is an SQL expression."""

    name: str
    type: str
    default: str | None


class Obstacle(NamedTuple):
    """What slows bulk loading, such as an index: the statements that remove it and make it again."""

    drop: str
    create: str


class Transaction(Protocol):
    """What both dialects offer. As a context manager it commits, or rolls back where an exception is raised.

    Every method raises InstanceError for what the database refuses.
    """

    dialect: str

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit or roll back, and close the connection."""

    def fetch(self, query: str) -> list[Row]:
        """All rows of a query."""

    def execute(self, script: str) -> None:
        """Run statements, each of which ends with a semicolon at the end of a line."""

    def columns(self) -> dict[str, list[Column]]:
        """The columns of every table."""

    def read(self, table: str, columns: Sequence[str]) -> Iterator[list[Row]]:
        """The rows of a table, in chunks."""

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Add rows to a table."""

    def clear(self, tables: Iterable[str]) -> None:
        """Delete all rows of tables, to which no other rows point."""

    def obstacles(self, tables: Iterable[str]) -> list[Obstacle]:
        """The indexes of tables, and what looks at other rows when one is added."""

    def broken_links(self) -> list[str]:
        """A sentence for each table with a foreign key to a row that does not exist, where the database let it pass."""

    def counters(self) -> dict[str, int]:
        """The largest id each table has given out."""

    def set_counter(self, table: str, largest: int) -> None:
        """Let the next id of a table be larger than `largest`."""


def begin(url: URL, mode: Mode) -> Transaction:
    """Begin a transaction to `read` (a snapshot), to `write`, or `exclusive`: with the database to itself.

    `exclusive` creates a SQLite file that does not exist. Raises InstanceError when the database cannot be opened.
    """
    if url.get_backend_name() == "postgresql":
        from .postgresql_transaction import PostgreSQLTransaction

        return PostgreSQLTransaction(url, mode)
    from .sqlite_transaction import SQLiteTransaction

    return SQLiteTransaction(url, mode)


def quote(name: str) -> str:
    """A table or column name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def by_table(rows: Iterable[Row]) -> dict[str, list[Column]]:
    """Group rows of (table, column, type, default), sorted by table."""
    return {table: [Column(*row[1:]) for row in group] for table, group in groupby(rows, itemgetter(0))}
