"""Reading from copies of a PostgreSQL database, which it keeps up to date itself, so that it can be left to write.

A process reads from one of them at a time, and from the next one while that is away: so what it has seen once it does
not see undone, whichever copy lags behind. Several processes spread over the copies.
"""

import logging
import random
from collections.abc import Sequence
from time import monotonic
from typing import Any, Final

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from lnql.errors import InvalidError, UnavailableError
from lnql.models.database import Instance, shown
from lnql.models.postgresql import dsn, explained

from .postgresql_reader import PostgreSQLReader
from .readers import Reader, Row
from .settings import Limits

logger = logging.getLogger(__name__)

AVOID_SECONDS: Final = 10.0
"""How long a copy that was away is not asked."""


class Replica:
    """One copy: its reader is opened when it is first asked, since it may be away when the server starts."""

    def __init__(self, url: str, limits: Limits) -> None:
        try:
            self.url = make_url(url)
        except ArgumentError:
            raise InvalidError("A URL of LNQL_READ_URLS is no URL.", hint="Give postgresql://… URLs.") from None
        if self.url.get_backend_name() != "postgresql":
            raise InvalidError(f"{shown(self.url)} is no PostgreSQL database.", hint="Others have no copies.")
        self.reader = PostgreSQLReader(dsn(self.url), limits)
        self.avoided_until = 0.0
        self._opened = False

    async def fetch(self, text: str, arguments: Sequence[Any]) -> Row:
        """Run a statement; see `Reader`."""
        if not self._opened:
            await explained(self.reader.open(), self.url)
            self._opened = True
        return await self.reader.fetch(text, arguments)


class ReplicatedReader:
    """Reads from the first copy that answers, and from the database itself when none does."""

    def __init__(self, urls: Sequence[str], instance: Instance, limits: Limits) -> None:
        if instance.path:
            raise InvalidError("A SQLite file has no copies to read from.", hint="Leave LNQL_READ_URLS out.")
        self._replicas = [Replica(url, limits) for url in urls]
        self._primary: Reader = PostgreSQLReader(instance.dsn, limits)
        self.dialect = self._primary.dialect

    async def open(self) -> None:
        """Connect to the database itself, and choose an order of the copies."""
        random.shuffle(self._replicas)
        await self._primary.open()
        self.dialect = self._primary.dialect

    async def close(self) -> None:
        """Disconnect, when the statements that run have ended."""
        for reader in (self._primary, *(replica.reader for replica in self._replicas)):
            await reader.close()

    async def fetch(self, text: str, arguments: Sequence[Any]) -> Row:
        """Run a statement that gives one row; see `Reader`."""
        for replica in self._replicas:
            if replica.avoided_until > monotonic():
                continue
            try:
                return await replica.fetch(text, arguments)
            except UnavailableError as error:
                replica.avoided_until = monotonic() + AVOID_SECONDS
                logger.warning("A copy is not read for %g s: %s", AVOID_SECONDS, error)
        return await self._primary.fetch(text, arguments)
