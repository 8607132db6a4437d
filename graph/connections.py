"""Running statements: SQLite in worker threads, PostgreSQL over asyncpg. One statement, one row, within its time."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import thread_time
from typing import TYPE_CHECKING, Any, Protocol, cast

from lnql.errors import DeadlineError, InvalidError, UnavailableError
from lnql.models.database import Instance
from lnql.models.postgresql import keep_extremes
from lnql.models.sqlite import connect, explain, sqlite3

from .dialects import Dialect
from .pool import Pool
from .quick_reads import QuickReads, Row
from .settings import Limits
from .sqlite import SQLite

if TYPE_CHECKING:
    import asyncpg

SQLITE_READERS = 4
POSTGRESQL_READERS = 10
INTERRUPT_AGAIN_SECONDS = 0.02


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
    return SQLiteReader(instance.path, limits) if instance.path else PostgreSQLReader(instance.dsn, limits)


def watching_reader_of(instance: Instance, limits: Limits, reader: Reader) -> Reader:
    """Give the reader that can tell whether others have written: on SQLite it needs one connection, always the same."""
    return SQLiteReader(instance.path, limits, connections=1) if instance.path else reader


def _too_long(limits: Limits) -> DeadlineError:
    return DeadlineError(f"The statement took longer than {limits.statement_seconds:g} s and was interrupted.")


def _all_taken(limits: Limits) -> UnavailableError:
    return UnavailableError(f"No database connection became free within {limits.connection_seconds:g} s.")


class SQLiteReader:
    """A few connections to a SQLite file, each used by one worker thread at a time, and one for what takes no time.

    With only one connection, all runs in a worker thread.
    """

    def __init__(self, path: Path, limits: Limits, connections: int = SQLITE_READERS) -> None:
        self.dialect: Dialect = SQLite()
        self._path = path
        self._limits = limits
        self._connections = connections
        self._quick = QuickReads(path) if connections > 1 else None
        self._threads = ThreadPoolExecutor(connections, "lnql-sqlite")
        self._idle: asyncio.Queue[sqlite3.Connection] = asyncio.LifoQueue()  # the last one used has most in memory

    async def open(self) -> None:
        """Connect."""
        for _ in range(self._connections):
            self._idle.put_nowait(connect(self._path, readonly=True))
        if self._quick:
            self._quick.open()

    async def close(self) -> None:
        """Disconnect, when the statements that run have ended."""
        for _ in range(self._connections):
            (await self._idle.get()).close()
        self._threads.shutdown()
        if self._quick:
            self._quick.close()

    async def fetch(self, text: str, arguments: Sequence[Any]) -> Row:
        """Run a statement that gives one row; see `Reader`."""
        if not self._quick:
            return (await self._fetch_in_thread(text, arguments))[0]
        if row := self._quick.fetch(text, arguments):
            return row
        row, seconds = await self._fetch_in_thread(text, arguments)
        self._quick.note(text, seconds)
        return row

    async def _fetch_in_thread(self, text: str, arguments: Sequence[Any]) -> tuple[Row, float]:
        connection = await self._take()
        running = asyncio.get_running_loop().run_in_executor(self._threads, _fetch_row, connection, text, arguments)
        try:
            async with asyncio.timeout(self._limits.statement_seconds):
                return await asyncio.shield(running)
        except TimeoutError:
            raise _too_long(self._limits) from None
        except sqlite3.OperationalError as error:
            raise explain(error, self._path) from error
        finally:
            if not running.done():  # too late, or nobody waits any more
                await _interrupt(connection, running)
            self._idle.put_nowait(connection)

    async def _take(self) -> sqlite3.Connection:
        if not self._idle.empty():
            return self._idle.get_nowait()
        try:
            async with asyncio.timeout(self._limits.connection_seconds):
                return await self._idle.get()
        except TimeoutError:
            raise _all_taken(self._limits) from None


def _fetch_row(connection: sqlite3.Connection, text: str, arguments: Sequence[Any]) -> tuple[Row, float]:
    """The row, and for how many seconds the processor worked for it."""
    began = thread_time()
    row: Row = connection.execute(text, arguments).fetchone()
    return row, thread_time() - began


async def _interrupt(connection: sqlite3.Connection, running: asyncio.Future[Any]) -> None:
    """End what runs in a worker thread; an interrupt that comes before the statement has begun does nothing."""
    while not running.done():
        connection.interrupt()
        await asyncio.wait([running], timeout=INTERRUPT_AGAIN_SECONDS)
    running.exception()  # nobody else asks for it


class PostgreSQLReader:
    """A pool of connections to a PostgreSQL server. A statement that is cancelled is cancelled in the server."""

    def __init__(self, dsn: str, limits: Limits) -> None:
        from .postgresql import PostgreSQL  # SQLAlchemy's drivers come with it

        self.dialect: Dialect = PostgreSQL()
        self._dsn = dsn
        self._limits = limits
        self._pool = Pool(self._connect, POSTGRESQL_READERS)

    async def _connect(self) -> "asyncpg.Connection":
        import asyncpg

        settings = {"timezone": "UTC", "default_transaction_read_only": "on", "jit": "off"}
        connection = await asyncpg.connect(self._dsn, server_settings=settings)
        await keep_extremes(connection)
        return connection

    async def open(self) -> None:
        """Connect, and see what the server can do."""
        from .postgresql import PostgreSQL

        connection = await self._pool.take(self._limits.connection_seconds)
        try:
            names = await connection.fetch("SELECT collname FROM pg_collation")
        finally:
            self._pool.give(connection)
        have = {record["collname"] for record in names}
        self.dialect = PostgreSQL(next((name for name in PostgreSQL.FOLDING_COLLATIONS if name in have), None))

    async def close(self) -> None:
        """Disconnect, when the statements that run have ended."""
        await self._pool.close()

    async def fetch(self, text: str, arguments: Sequence[Any]) -> Row:
        """Run a statement that gives one row; see `Reader`."""
        import asyncpg

        try:
            return await self._fetch_row(text, arguments)
        except asyncpg.InvalidRegularExpressionError as error:
            raise InvalidError(f"PostgreSQL refuses a regular expression: {error}.") from error
        except asyncpg.InsufficientPrivilegeError as error:
            raise UnavailableError(f"The database user may not read everything: {error}.") from error
        except (
            OSError,
            asyncpg.InterfaceError,
            asyncpg.PostgresConnectionError,
            asyncpg.AdminShutdownError,
            asyncpg.CannotConnectNowError,
            asyncpg.TooManyConnectionsError,
        ) as error:
            raise UnavailableError(f"The database is away ({error}).", hint="Try again later.") from error

    async def _fetch_row(self, text: str, arguments: Sequence[Any]) -> Row:
        try:
            connection = await self._pool.take(self._limits.connection_seconds)
        except TimeoutError:
            raise _all_taken(self._limits) from None
        try:
            row = await connection.fetchrow(text, *arguments, timeout=self._limits.statement_seconds)
        except TimeoutError:
            raise _too_long(self._limits) from None
        finally:
            self._pool.give(connection)
        return cast(Row, row)
