"""SQLAlchemy engines that write to an instance: one writer at a time, whichever process it is in."""

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event

from . import postgresql
from .sqlite import sqlite3

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

WRITER_LOCK = 0x6C6E716C
"""The number of the advisory lock that a transaction of LNQL holds on PostgreSQL ("lnql" in ASCII)."""


def sqlite_engine(connection: sqlite3.Connection) -> sa.Engine:
    """An engine of one connection, whose transactions take the write lock when they begin.

    A transaction that reads before it writes would otherwise fail when another one has written meanwhile.
    """
    engine = sa.create_engine("sqlite://", module=sqlite3, creator=lambda: connection, poolclass=sa.StaticPool)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def postgresql_engine(url: sa.URL) -> "AsyncEngine":
    """An engine of one connection, whose transactions wait for those of other processes as on SQLite.

    LaminDB has no constraints on names and versions, so two writers could each find that a name is free.
    """
    postgresql.require_driver()
    from sqlalchemy.ext.asyncio import create_async_engine  # needs greenlet, which comes with the driver

    settings = {"timeout": postgresql.CONNECT_SECONDS, "server_settings": postgresql.SESSION}
    engine = create_async_engine(
        url.set(drivername="postgresql+asyncpg"),
        pool_size=1,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args=settings,
    )
    event.listen(engine.sync_engine, "connect", lambda opened, _: opened.run_async(postgresql.keep_extremes))
    event.listen(engine.sync_engine, "begin", _take_writer_lock)
    return engine


def _begin_immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _take_writer_lock(connection: sa.Connection) -> None:
    statement: Any = sa.select(sa.func.pg_advisory_xact_lock(WRITER_LOCK))
    connection.execute(statement)
