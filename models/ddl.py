"""The statements that make tables, as text for one dialect.

A new instance is made by Alembic's revisions in `migrations/`, and a user's registry by its table. What LaminDB made is
never migrated here: its schema belongs to LaminDB.
"""

from collections.abc import Callable, Iterable
from io import StringIO

from sqlalchemy import Table, create_mock_engine
from sqlalchemy.engine.mock import MockConnection
from sqlalchemy.schema import ExecutableDDLElement

from .base import Base

LAMINDB_PREFIXES = ("lamindb_", "bionty_")
"""How the names of LaminDB's own tables begin; every other table belongs to a user's registry."""


def lamindb_tables() -> list[Table]:
    """The tables of LaminDB's schema."""
    return [table for name, table in Base.metadata.tables.items() if name.startswith(LAMINDB_PREFIXES)]


def user_tables() -> list[Table]:
    """The tables of users' registries."""
    return [table for name, table in Base.metadata.tables.items() if not name.startswith(LAMINDB_PREFIXES)]


def create_tables(dialect: str, tables: Iterable[Table], execute: Callable[[ExecutableDDLElement], object]) -> None:
    """Pass the statements that make tables, with their indexes and constraints, to `execute` one by one."""
    _create_all(_recorder(dialect, execute), tables)


def creation_script(dialect: str, tables: Iterable[Table]) -> str:
    """The statements that make tables, as text."""
    statements: list[ExecutableDDLElement] = []
    recorder = _recorder(dialect, statements.append)
    _create_all(recorder, tables)
    return "".join(f"{str(statement.compile(dialect=recorder.dialect)).strip()};\n" for statement in statements)


def _recorder(dialect: str, execute: Callable[[ExecutableDDLElement], object]) -> MockConnection:
    """What SQLAlchemy takes for a connection, and passes statements on instead of running them."""
    driver = "postgresql+asyncpg" if dialect == "postgresql" else dialect
    return create_mock_engine(f"{driver}://", lambda statement, *_: execute(statement))


def _create_all(recorder: MockConnection, tables: Iterable[Table]) -> None:
    Base.metadata.create_all(recorder, tables=list(tables), checkfirst=False)


def upgrade_script(dialect: str, revision: str = "head") -> str:
    """The statements of Alembic's revisions up to one, by default the newest, for an empty database."""
    from alembic import command  # 0.2 s that only a new instance needs
    from alembic.config import Config

    script = StringIO()
    config = Config(output_buffer=script, attributes={"dialect": dialect})
    config.set_main_option("script_location", "lnql.models:migrations")
    command.upgrade(config, revision, sql=True)
    return script.getvalue()
