"""Reading a PostgreSQL database over asyncpg."""

import asyncio
from collections.abc import Sequence
from typing import Any, cast

import asyncpg

from lnql.errors import InvalidError, UnavailableError
from lnql.models.postgresql import keep_extremes

from .deadlines import Deadline
from .dialects import Dialect
from .pool import Pool
from .postgresql import PostgreSQL
from .readers import Row, all_taken, too_long
from .settings import Limits

READERS = 10


class PostgreSQLReader:
    """A pool of connections to a PostgreSQL server. A statement that is cancelled is cancelled in the server."""

    def __init__(self, dsn: str, limits: Limits) -> None:
        self.dialect: Dialect = PostgreSQL()
        self._dsn = dsn
        self._limits = limits
        self._pool = Pool(self._connect, READERS, limits.connection_seconds)

    async def _connect(self) -> "asyncpg.Connection[asyncpg.Record]":
        settings = {"timezone": "UTC", "default_transaction_read_only": "on", "jit": "off"}
        connection = await asyncpg.connect(self._dsn, server_settings=settings)
        await keep_extremes(connection)
        return connection

    async def open(self) -> None:
        """Connect, and see what the server can do."""
        connection = await self._pool.take()
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
            connection = await self._pool.take()
        except TimeoutError:
            raise all_taken(self._limits) from None
        give = self._pool.give
        try:
            with Deadline(self._limits.statement_seconds):  # cheaper than asyncpg's timeouts
                return cast(Row, await connection.fetchrow(text, *arguments))
        except TimeoutError:
            give = self._pool.give_cancelled
            raise too_long(self._limits) from None
        except asyncio.CancelledError:
            give = self._pool.give_cancelled
            raise
        finally:
            give(connection)
