"""Running the transactions of mutations: on SQLite in one thread of their own, on PostgreSQL over asyncpg."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from lnql.errors import InvalidError, UnavailableError
from lnql.models.database import Instance
from lnql.models.engines import postgresql_engine, sqlite_engine
from lnql.models.sqlite import connect, explain, sqlite3

T = TypeVar("T")

POSTGRESQL_WRITERS = 4
AWAY = ("08", "25006", "42501", "53", "57")
"""What the codes of errors begin with that are not about what is written: connections, rights, resources, shutdown."""


class Writer(Protocol):
    """Writes to an opened database."""

    async def open(self) -> None:
        """Connect."""

    async def close(self) -> None:
        """Disconnect, when the transaction that runs has ended."""

    async def run(self, work: Callable[[sa.Connection], T]) -> T:
        """Do work in a transaction, which is committed, or rolled back where the work raises an exception.

        Raises:
            UnavailableError: when the database is away, locked by another process, or full.
            InvalidError: when it finds at the end that rows point to rows that do not exist.
        """


def writer_of(instance: Instance) -> Writer:
    """Give the writer for an instance, not yet connected."""
    return SQLiteWriter(instance.path) if instance.path else PostgreSQLWriter(instance.url)


class _AbandonedError(Exception):
    """Nobody waits for the transaction any more. Never leaves the server."""


class SQLiteWriter:
    """One connection, used by one thread: others wait their turn."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, "lnql-writer")
        self._turn = asyncio.Lock()
        self._abandoned = False

    async def open(self) -> None:
        """Connect."""
        self._connection = connect(self._path, readonly=False)
        self._engine = sqlite_engine(self._connection)
        event.listen(self._engine, "before_cursor_execute", lambda *_: self._refuse_abandoned())
        await self.run(lambda _: None)

    async def close(self) -> None:
        """Disconnect, when the transaction that runs has ended."""
        self._thread.shutdown()
        self._engine.dispose()

    async def run(self, work: Callable[[sa.Connection], T]) -> T:
        """Do work in a transaction; see `Writer`. When nobody waits any more, it is interrupted and rolled back."""
        async with self._turn:
            self._abandoned = False
            running = asyncio.get_running_loop().run_in_executor(self._thread, self._transaction, work)
            try:
                return await asyncio.shield(running)
            finally:
                if not running.done():
                    self._abandoned = True  # between two statements there is nothing to interrupt
                    self._connection.interrupt()
                    with suppress(Exception):
                        await running

    def _transaction(self, work: Callable[[sa.Connection], T]) -> T:
        try:
            with self._engine.begin() as connection:
                result = work(connection)
                self._refuse_abandoned()
                return result
        except IntegrityError as error:
            raise _broken(error) from error
        except OperationalError as error:
            raise explain(cast(sqlite3.Error, error.orig), self._path) from error

    def _refuse_abandoned(self) -> None:
        if self._abandoned:
            raise _AbandonedError


class PostgreSQLWriter:
    """A pool of connections, whose transactions wait for one another."""

    def __init__(self, url: sa.URL) -> None:
        self._url = url

    async def open(self) -> None:
        """Connect."""
        self._engine = postgresql_engine(self._url, POSTGRESQL_WRITERS)
        await self.run(lambda _: None)

    async def close(self) -> None:
        """Disconnect, when the transactions that run have ended."""
        await self._engine.dispose()

    async def run(self, work: Callable[[sa.Connection], T]) -> T:
        """Do work in a transaction; see `Writer`."""
        try:
            async with self._engine.begin() as connection:
                return await connection.run_sync(work)
        except IntegrityError as error:
            raise _broken(error) from error
        except DBAPIError as error:
            state = str(getattr(error.orig, "sqlstate", None) or "")
            if not error.connection_invalidated and not state.startswith(AWAY):
                raise
            raise _away(error.orig or error) from error
        except OSError as error:
            raise _away(error) from error


def _away(error: BaseException) -> UnavailableError:
    return UnavailableError(f"The database cannot be written now ({error}).", hint="Try again later.")


def _broken(error: IntegrityError) -> InvalidError:
    return InvalidError(f"What was written breaks a rule of the database: {error.orig}.")
