"""Running the transactions of mutations: on SQLite in one thread of their own, on PostgreSQL over asyncpg."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from lnql.errors import InvalidError, UnavailableError
from lnql.models.database import Instance
from lnql.models.engines import postgresql_engine, sqlite_engine
from lnql.models.sqlite import connect, explain, sqlite3

T = TypeVar("T")

POSTGRESQL_WRITERS = 4


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


class SQLiteWriter:
    """One connection, used by one thread: others wait their turn."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, "lnql-writer")
        self._turn = asyncio.Lock()

    async def open(self) -> None:
        """Connect."""
        self._connection = connect(self._path, readonly=False)
        self._engine = sqlite_engine(self._connection)
        await self.run(lambda _: None)

    async def close(self) -> None:
        """Disconnect, when the transaction that runs has ended."""
        self._thread.shutdown()
        self._engine.dispose()

    async def run(self, work: Callable[[sa.Connection], T]) -> T:
        """Do work in a transaction; see `Writer`. When nobody waits any more, it is interrupted and rolled back."""
        async with self._turn:
            running = asyncio.get_running_loop().run_in_executor(self._thread, self._transaction, work)
            try:
                return await asyncio.shield(running)
            finally:
                if not running.done():
                    self._connection.interrupt()
                    with suppress(Exception):
                        await running

    def _transaction(self, work: Callable[[sa.Connection], T]) -> T:
        try:
            with self._engine.begin() as connection:
                return work(connection)
        except IntegrityError as error:
            raise _broken(error) from error
        except OperationalError as error:
            raise explain(cast(sqlite3.Error, error.orig), self._path) from error


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
        except (DBAPIError, OSError) as error:
            raise UnavailableError(f"The database cannot be written ({error}).", hint="Try again later.") from error


def _broken(error: IntegrityError) -> InvalidError:
    return InvalidError(f"What was written breaks a rule of the database: {error.orig}.")
