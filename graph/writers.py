"""Running the transactions of mutations, one after the other, in a thread of their own, beside requests that read.

On SQLite the thread has a connection, on PostgreSQL an event loop, in which asyncpg runs.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, OperationalError

from lnql.errors import UnavailableError
from lnql.models.database import Instance
from lnql.models.engines import postgresql_engine, sqlite_engine
from lnql.models.refusals import explain_refusal
from lnql.models.sqlite import connect, explain, sqlite3

from .changes import NOTIFY

T = TypeVar("T")
Work = Callable[[sa.Connection], T]


def writer_of(instance: Instance) -> "Writer":
    """Give the writer for an instance, not yet connected."""
    return SQLiteWriter(instance.path) if instance.path else PostgreSQLWriter(instance.url)


class _AbandonedError(Exception):
    """Nobody waits for the transaction any more. Never leaves the server."""


class Writer(ABC):
    """Writes to an opened database: one transaction at a time, others wait their turn."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "lnql-writer")
        self._turn = asyncio.Lock()
        self._abandoned = False

    @abstractmethod
    async def open(self) -> None:
        """Connect."""

    async def close(self) -> None:
        """Disconnect, when the transaction that runs has ended."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._disconnect)
        self._thread.shutdown()

    async def run(self, work: Work[T]) -> T:
        """Do work in a transaction, which is committed, or rolled back where the work raises an exception.

        When nobody waits any more, it is interrupted and rolled back.

        Raises:
            LnqlError: for what the database does not do; see `explain_refusal`.
        """
        async with self._turn:
            self._abandoned = False
            running = asyncio.get_running_loop().run_in_executor(self._thread, self._transaction, work)
            try:
                return await asyncio.shield(running)
            finally:
                if not running.done():
                    self._abandoned = True  # between two statements there is nothing to interrupt
                    self._interrupt()
                    with suppress(Exception):
                        await running

    @abstractmethod
    def _disconnect(self) -> None: ...

    @abstractmethod
    def _transaction(self, work: Work[T]) -> T: ...

    @abstractmethod
    def _interrupt(self) -> None: ...

    def _refuse_abandoned(self) -> None:
        if self._abandoned:
            raise _AbandonedError


class SQLiteWriter(Writer):
    """Writes over one connection to a SQLite file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    async def open(self) -> None:
        """Connect."""
        self._connection = connect(self._path, readonly=False)
        self._engine = sqlite_engine(self._connection)
        event.listen(self._engine, "before_cursor_execute", lambda *_: self._refuse_abandoned())
        await self.run(lambda _: None)

    def _disconnect(self) -> None:
        self._engine.dispose()

    def _transaction(self, work: Work[T]) -> T:
        try:
            with self._engine.begin() as connection:
                result = work(connection)
                self._refuse_abandoned()
                return result
        except OperationalError as error:
            if getattr(error.orig, "sqlite_errorname", "") == "SQLITE_ERROR":  # wrong SQL is a defect
                raise
            raise explain(cast(sqlite3.Error, error.orig), self._path) from error
        except DBAPIError as error:
            raise explain_refusal(error) or error from error

    def _interrupt(self) -> None:
        self._connection.interrupt()


class PostgreSQLWriter(Writer):
    """Writes over one connection to a PostgreSQL server; listeners are told with the commit."""

    def __init__(self, url: sa.URL) -> None:
        super().__init__()
        self._url = url
        self._runner = asyncio.Runner()
        self._task: asyncio.Task[Any] | None = None

    async def open(self) -> None:
        """Connect."""
        self._engine = postgresql_engine(self._url)
        await self.run(lambda _: None)

    def _disconnect(self) -> None:
        self._runner.run(self._engine.dispose())
        self._runner.close()

    def _transaction(self, work: Work[T]) -> T:
        try:
            return self._runner.run(self._write(work))
        except asyncio.CancelledError:
            raise _AbandonedError from None
        except DBAPIError as error:
            raise explain_refusal(error) or error from error
        except OSError as error:
            raise UnavailableError(f"The database is away ({error}).", hint="Try again later.") from error

    async def _write(self, work: Work[T]) -> T:
        self._task = asyncio.current_task()
        self._refuse_abandoned()
        async with self._engine.begin() as connection:
            result = await connection.run_sync(work)
            await connection.execute(sa.text(NOTIFY))
            return result

    def _interrupt(self) -> None:
        if self._task is not None:
            self._runner.get_loop().call_soon_threadsafe(self._task.cancel)
