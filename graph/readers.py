"""Running statements: one statement, one row, within its time, whichever database it is."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from lnql.errors import DeadlineError, UnavailableError
from lnql.models.database import Instance

from .dialects import Dialect
from .settings import Limits

Row = Sequence[Any]
"""What a statement gives: texts mostly, in columns lists too."""
Fetch = Callable[[str, Sequence[Any]], Awaitable[Row]]
"""Runs a statement with its arguments, as `Reader.fetch` does."""


class Reader(Protocol):
    """Reads an opened database."""

    dialect: Dialect

    async def open(self) -> None:
        """Connect."""

    async def close(self) -> None:
        """Disconnect, when the statements that run have ended."""

    async def fetch(self, text: str, arguments: Sequence[Any]) -> Row:
        """Run a statement that gives one row.

        Raises:
            DeadlineError: when it takes too long; it is interrupted.
            UnavailableError: when no connection is free in time, or the database is away.
        """


def reader_of(instance: Instance, limits: Limits) -> Reader:
    """Give the reader for an instance, not yet connected."""
    if instance.path:
        from .sqlite_reader import SQLiteReader

        return SQLiteReader(instance.path, limits)
    from .postgresql_reader import PostgreSQLReader  # SQLAlchemy's drivers come with it

    return PostgreSQLReader(instance.dsn, limits)


def watching_reader_of(instance: Instance, limits: Limits, reader: Reader) -> Reader:
    """Give the reader that can tell whether others have written: on SQLite it needs one connection, always the same."""
    if not instance.path:
        return reader
    from .sqlite_reader import SQLiteReader

    return SQLiteReader(instance.path, limits, connections=1)


def too_long(limits: Limits) -> DeadlineError:
    """The error of a statement that was interrupted."""
    return DeadlineError(f"The statement took longer than {limits.statement_seconds:g} s and was interrupted.")


def all_taken(limits: Limits) -> UnavailableError:
    """The error of a statement that nobody could run in time."""
    return UnavailableError(f"No database connection became free within {limits.connection_seconds:g} s.")
