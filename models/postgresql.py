"""PostgreSQL connections through asyncpg, and what every error means."""

from collections.abc import Awaitable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import URL

from lnql.errors import InstanceError
from lnql.extras import require

if TYPE_CHECKING:
    import asyncpg

Result = TypeVar("Result")

CONNECT_SECONDS = 10.0
SESSION = {"timezone": "UTC", "application_name": "lnql"}

ORIGIN = datetime(2000, 1, 1, tzinfo=UTC)
"""PostgreSQL counts days and microseconds from here."""

MEANINGS = {
    "InvalidPasswordError": "the password of user {user!r} was not accepted",
    "InvalidAuthorizationSpecificationError": "user {user!r} is not let in: {error}",
    "InvalidCatalogNameError": "the server has no database {database!r}; create it or name an existing one",
    "InsufficientPrivilegeError": "user {user!r} may not do this: {error}",
    "TooManyConnectionsError": "the server has no free connection; try again later",
    "CannotConnectNowError": "the server is starting up or shutting down; try again later",
    "gaierror": "no host named {host!r} is known",
    "TimeoutError": f"the server did not answer within {CONNECT_SECONDS:.0f} seconds",
    "SSLError": "no encrypted connection could be made: {error}",
    "ConnectionRefusedError": "no server answers at {host}, port {port}; start it or give the address of another one",
    "FileNotFoundError": "no server answers at {host}, port {port}; start it or give the address of another one",
    "OSError": "no connection to {host}, port {port}: {error}",
}
"""What an error says about a database, by the name of its class or a base class."""


def dsn(url: URL) -> str:
    """The URL as asyncpg takes it, with its password."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


async def connect(url: URL) -> "asyncpg.Connection[asyncpg.Record]":
    """Open a connection whose time zone is UTC.

    Raises InstanceError when the server cannot be reached or refuses, MissingExtraError without asyncpg.
    """
    opening = require_driver().connect(dsn(url), timeout=CONNECT_SECONDS, server_settings=SESSION)
    connection: asyncpg.Connection[asyncpg.Record] = await explained(opening, url)
    await explained(keep_extremes(connection), url)
    return connection


async def keep_extremes(connection: Any) -> None:
    """Send and read the first and the last date and instant that Python knows as they are.

    asyncpg takes them for infinities; what is infinite is read as one of them.
    """
    for name, encoder, decoder in (("date", _days, _date), ("timestamptz", _microseconds, _instant)):
        await connection.set_type_codec(name, schema="pg_catalog", format="tuple", encoder=encoder, decoder=decoder)


def _days(value: date) -> tuple[int]:
    return ((value - ORIGIN.date()).days,)


def _date(value: tuple[int]) -> date:
    return date.fromordinal(min(max(value[0] + ORIGIN.toordinal(), 1), date.max.toordinal()))


def _microseconds(value: datetime) -> tuple[int]:
    return ((value - ORIGIN) // timedelta(microseconds=1),)


def _instant(value: tuple[int]) -> datetime:
    try:
        return ORIGIN + timedelta(microseconds=value[0])
    except OverflowError:
        return (datetime.max if value[0] > 0 else datetime.min).replace(tzinfo=UTC)


def explain(error: Exception, url: URL) -> InstanceError:
    """The sentence that tells a user what an error says about a database."""
    names = (base.__name__ for base in type(error).__mro__)
    meaning = next((MEANINGS[name] for name in names if name in MEANINGS), "{error}")
    facts = {
        "error": reason(error),
        "user": url.username,
        "database": url.database,
        "host": url.host or url.query.get("host") or "localhost",
        "port": url.port or 5432,
    }
    return InstanceError(f"{url.render_as_string()}: {meaning.format(**facts)}.")


def reason(error: Exception) -> str:
    """What the server says, with the details and the place it names."""
    parts = (getattr(error, part, None) for part in ("message", "detail", "context"))
    return "; ".join(" ".join(part.split()).rstrip(".") for part in parts if part) or str(error)


async def explained(work: Awaitable[Result], url: URL) -> Result:
    """Wait for `work`; what the server or asyncpg refuse becomes an InstanceError."""
    asyncpg = require_driver()
    try:
        return await work
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise explain(error, url) from error


def require_driver() -> Any:
    """Import asyncpg; MissingExtraError when it is not installed."""
    return require("asyncpg", extra="postgres", task="A PostgreSQL instance")
