"""Values are stored as LaminDB stores them, and read back as what they were."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, StatementError

from lnql.models.types import JSONColumn, StatusCode, UTCDateTime, now

EVENTS = sa.Table(
    "events",
    sa.MetaData(),
    sa.Column("at", UTCDateTime, server_default=now()),
    sa.Column("facts", JSONColumn, sa.CheckConstraint("json_valid(facts) OR facts IS NULL")),
    sa.Column("status", StatusCode({"planned": -3, "up-next": -2})),
)


@pytest.fixture
def connection() -> Iterator[sa.Connection]:
    """An empty table in a SQLite database."""
    engine = sa.create_engine("sqlite://")
    EVENTS.metadata.create_all(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def stored(connection: sa.Connection, column: str) -> Any:
    """What the database has in the one row."""
    return connection.exec_driver_sql(f"SELECT {column} FROM events").scalar_one()


def test_a_datetime_is_stored_in_utc_without_a_zone(connection: sa.Connection) -> None:
    berlin = timezone(timedelta(hours=2))
    connection.execute(EVENTS.insert().values(at=datetime(2026, 7, 1, 14, 30, 0, 5, berlin)))
    assert stored(connection, "at") == "2026-07-01 12:30:00.000005"
    assert connection.execute(sa.select(EVENTS.c.at)).scalar_one() == datetime(2026, 7, 1, 12, 30, 0, 5, UTC)


@pytest.mark.parametrize("text", ["2026-07-01 12:30:00", "2026-07-01 12:30:00.000", "2026-07-01 12:30:00.000000"])
def test_a_datetime_is_read_with_and_without_fraction(connection: sa.Connection, text: str) -> None:
    connection.exec_driver_sql("INSERT INTO events (at) VALUES (?)", (text,))
    assert connection.execute(sa.select(EVENTS.c.at)).scalar_one() == datetime(2026, 7, 1, 12, 30, tzinfo=UTC)


def test_a_datetime_without_a_zone_is_refused(connection: sa.Connection) -> None:
    with pytest.raises(StatementError, match=r"The datetime 2026-07-01T12:30:00 has no time zone; add one"):
        connection.execute(EVENTS.insert().values(at=datetime(2026, 7, 1, 12, 30)))


def test_the_time_of_the_statement_is_the_default(connection: sa.Connection) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    connection.execute(EVENTS.insert().values(facts={}))
    assert before <= connection.execute(sa.select(EVENTS.c.at)).scalar_one() <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("value", "text"), [({"a": [1, None]}, '{"a": [1, null]}'), (37.0, "37.0"), ("x", '"x"'), (None, None)]
)
def test_json_is_stored_as_text(connection: sa.Connection, value: Any, text: str | None) -> None:
    connection.execute(EVENTS.insert().values(facts=value))
    assert stored(connection, "facts") == text
    assert connection.execute(sa.select(EVENTS.c.facts)).scalar_one() == value


def test_null_in_json_is_another_thing_than_no_value(connection: sa.Connection) -> None:
    connection.execute(EVENTS.insert().values(facts=sa.JSON.NULL))
    assert stored(connection, "facts") == "null"


def test_text_that_is_no_json_is_refused_by_the_database(connection: sa.Connection) -> None:
    with pytest.raises(IntegrityError):
        connection.exec_driver_sql("INSERT INTO events (facts) VALUES ('{')")


def test_a_status_is_a_word_stored_as_a_number(connection: sa.Connection) -> None:
    connection.execute(EVENTS.insert().values(status="up-next"))
    assert stored(connection, "status") == -2
    assert connection.execute(sa.select(EVENTS.c.status)).scalar_one() == "up-next"
    assert connection.execute(sa.select(EVENTS).where(EVENTS.c.status == "planned")).all() == []


def test_an_unknown_status_is_refused_with_the_known_ones(connection: sa.Connection) -> None:
    with pytest.raises(StatementError, match=r"'done' is no status; use one of planned, up-next\."):
        connection.execute(EVENTS.insert().values(status="done"))


def test_an_unknown_code_reads_as_its_digits(connection: sa.Connection) -> None:
    connection.exec_driver_sql("INSERT INTO events (status) VALUES (9)")
    assert connection.execute(sa.select(EVENTS.c.status)).scalar_one() == "9"


def test_two_statuses_do_not_share_cached_statements(connection: sa.Connection) -> None:
    for code in (1, 2):
        word = sa.literal("a", StatusCode({"a": code}))
        assert connection.execute(sa.select(sa.func.abs(word, type_=sa.Integer))).scalar_one() == code


@pytest.mark.parametrize(
    ("type_", "on_sqlite", "on_postgresql"),
    [
        (UTCDateTime(), "DATETIME", "TIMESTAMP WITH TIME ZONE"),
        (JSONColumn(), "TEXT", "JSONB"),
        (StatusCode({}), "SMALLINT", "SMALLINT"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_physical_types(type_: sa.types.TypeEngine[Any], on_sqlite: str, on_postgresql: str) -> None:
    assert type_.compile(sa.create_engine("sqlite://").dialect) == on_sqlite
    assert type_.compile(sa.create_mock_engine("postgresql+asyncpg://", print).dialect) == on_postgresql
