"""PostgreSQL connections, and the sentence for each error."""

import asyncio
import ssl

import asyncpg
import pytest
from sqlalchemy import make_url

from lnql.models.postgresql import connect, dsn, explain, reason

URL = make_url("postgresql+asyncpg://ann:s%40cret@db:5433/lab?sslmode=require")


def test_the_dsn_is_plain_and_holds_the_password() -> None:
    assert dsn(URL) == "postgresql://ann:s%40cret@db:5433/lab?sslmode=require"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (asyncpg.InvalidPasswordError("x"), "the password of user 'ann' was not accepted"),
        (asyncpg.InvalidCatalogNameError("x"), "the server has no database 'lab'; create it or name an existing one"),
        (asyncpg.InvalidAuthorizationSpecificationError("no entry"), "user 'ann' is not let in: no entry"),
        (asyncpg.InsufficientPrivilegeError("denied"), "user 'ann' may not do this: denied"),
        (asyncpg.TooManyConnectionsError("x"), "the server has no free connection; try again later"),
        (asyncpg.CannotConnectNowError("x"), "the server is starting up or shutting down; try again later"),
        (ConnectionRefusedError(), "no server answers at db, port 5433; start it or give the address of another one"),
        (TimeoutError(), "the server did not answer within 10 seconds"),
        (ssl.SSLCertVerificationError("unknown"), "no encrypted connection could be made: ('unknown',)"),
        (ConnectionError("rejected SSL"), "no connection to db, port 5433: rejected SSL"),
        (asyncpg.UndefinedTableError("no table"), "no table"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_every_error_has_its_sentence(error: Exception, sentence: str) -> None:
    assert str(explain(error, URL)) == f"postgresql+asyncpg://ann:***@db:5433/lab?sslmode=require: {sentence}."


def test_a_reason_names_details_and_place() -> None:
    error = asyncpg.DataError("too long.")
    error.message, error.detail, error.context = "too long.", "It has 9\ncharacters.", "line 2"
    assert reason(error) == "too long; It has 9 characters; line 2"


def test_sessions_speak_utc(postgres_url: str) -> None:
    async def zone() -> object:
        connection = await connect(make_url(postgres_url))
        try:
            return await connection.fetchval("SHOW timezone")
        finally:
            await connection.close()

    assert asyncio.run(zone()) == "UTC"
