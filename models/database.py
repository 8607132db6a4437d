"""Opening an instance: from what a user types to a database that is known to be LaminDB's."""

import importlib
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct
from sqlalchemy import URL, Column, MetaData, Table, make_url
from sqlalchemy.exc import ArgumentError

from lnql.errors import InstanceError

from . import postgresql
from .base import Base
from .ddl import creation_script, user_tables
from .transactions import Transaction, begin

logger = logging.getLogger(__name__)

DATABASE = Path(".lamindb", "lamin.db")
"""Where the database is in an instance's folder."""
ACCEPTED = "Give a LaminDB folder, a lamin.db file, a sqlite:///… or a postgresql://… URL."

ESSENTIAL = ("lamindb_artifact", "lamindb_run", "lamindb_transform", "lamindb_user")
"""Tables that every LaminDB instance has, however old; a database without them is something else."""


class Instance(Struct, frozen=True):
    """A database that was found to be a LaminDB instance, and what it really has.

    `columns` maps each table to the names of its columns. The password in `url` is masked when it is printed.
    """

    url: URL
    write: bool
    columns: Mapping[str, frozenset[str]]

    def __repr__(self) -> str:
        return f"Instance({self.url.render_as_string()!r}, write={self.write})"

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.url.get_backend_name()

    @property
    def path(self) -> Path | None:
        """The file of a SQLite database."""
        return Path(self.url.database or "") if self.dialect == "sqlite" else None

    @property
    def name(self) -> str:
        """What it is called: its folder on SQLite, its database on PostgreSQL."""
        if self.path is None:
            return self.url.database or ""
        folder = self.path.resolve().parent
        return folder.parent.name if folder.name == ".lamindb" else folder.name

    @property
    def dsn(self) -> str:
        """The URL for asyncpg, with the password."""
        return postgresql.dsn(self.url)

    def missing(self, metadata: MetaData = Base.metadata) -> list[Table | Column[Any]]:
        """The tables that the database lacks, and the columns that it lacks in other tables."""
        lacking: list[Table | Column[Any]] = []
        for table in metadata.tables.values():
            if table.name not in self.columns:
                lacking.append(table)
            else:
                lacking += [column for column in table.columns if column.name not in self.columns[table.name]]
        return lacking


def open_instance(target: str | Path, *, write: bool = False, modules: Sequence[str] = ()) -> Instance:
    """Open an instance: `target` is a LaminDB folder, a `lamin.db` file, a `sqlite:///` or a `postgresql://` URL.

    `modules` are import names of modules with further registries; with `write`, their tables are made if need be. What
    the registries have and the database has not is told in the log, one line each.
    Raises InstanceError for all that keeps it from being opened.
    """
    url = locate(target)
    for name in modules:
        import_registries(name)
    with begin(url, "write" if write else "read") as transaction:
        columns = _names(transaction)
        _check_essential(url, columns)
        if write and (absent := [table for table in user_tables() if table.name not in columns]):
            transaction.execute(creation_script(transaction.dialect, absent))
            columns = _names(transaction)
    instance = Instance(url, write, columns)
    for lacking in instance.missing():
        logger.warning("The database has no %s", _description(lacking))
    return instance


def refuse_older(instance: Instance) -> None:
    """Raise InstanceError if tables lack columns: what is written would not be what its LaminDB expects."""
    lacking = next((column for column in instance.missing() if isinstance(column, Column)), None)
    if lacking is not None:
        raise InstanceError(
            f"{shown(instance.url)} has no column {lacking.table.name}.{lacking.name}: it is of an older LaminDB, "
            "and can only be read.",
            hint="Upgrade it with LaminDB, or serve it without --write.",
        )


def locate(target: str | Path) -> URL:
    """The URL of the database that a user means; a file or folder has to exist.

    Raises InstanceError when it does not, or when `target` is a URL of another kind.
    """
    if "://" not in str(target):
        return sqlite_url(_existing(Path(target)))
    url = parse(str(target))
    return url if url.get_backend_name() == "postgresql" else sqlite_url(_existing(Path(url.database or "")))


def parse(target: str) -> URL:
    """A `sqlite://` or `postgresql://` URL, whichever driver it names.

    Raises InstanceError for any other.
    """
    try:
        urlsplit(target)  # finds some mistakes that make_url overlooks
        url = make_url(target)
    except (ArgumentError, ValueError) as error:
        raise InstanceError(f"The URL {_masked(target)} cannot be read.", hint=ACCEPTED) from error
    backend = {"postgres": "postgresql"}.get(url.get_backend_name(), url.get_backend_name())
    if backend not in ("postgresql", "sqlite"):
        raise InstanceError(f"{url.render_as_string()} is no database that LNQL can open.", hint=ACCEPTED)
    return url.set(drivername=backend)


def sqlite_url(path: Path) -> URL:
    """The URL of a SQLite file."""
    return URL.create("sqlite", database=str(path.absolute()))


def shown(url: URL) -> str:
    """A database as users know it: a file, or a URL without the password."""
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string()


def import_registries(module: str) -> None:
    """Import a module that declares registries.

    Raises InstanceError, with the reason, when that fails.
    """
    try:
        importlib.import_module(module)
    except Exception as error:
        raise InstanceError(
            f"The module {module!r} cannot be imported ({type(error).__name__}: {error}).",
            hint="Give the import name of a Python module with registries, such as lab.registries.",
        ) from error


def _existing(path: Path) -> Path:
    """The database file that is meant by a folder or a file."""
    for candidate in (path / DATABASE, path / DATABASE.name, path):
        if candidate.is_file():
            return candidate
    if path.is_dir():
        raise InstanceError(f"The folder {path} holds no {DATABASE}.", hint=f"{ACCEPTED} lnql init makes a new one.")
    raise InstanceError(f"There is no file or folder {path}.", hint=ACCEPTED)


def _names(transaction: Transaction) -> dict[str, frozenset[str]]:
    return {table: frozenset(column.name for column in columns) for table, columns in transaction.columns().items()}


def _check_essential(url: URL, columns: Mapping[str, frozenset[str]]) -> None:
    if lacking := [table for table in ESSENTIAL if table not in columns]:
        raise InstanceError(
            f"{shown(url)} is no LaminDB instance: it has no {' and no '.join(lacking)}.",
            hint="lnql init makes a new instance.",
        )


def _description(lacking: Table | Column[Any]) -> str:
    if isinstance(lacking, Column):
        return f"column {lacking.table.name}.{lacking.name}: it is left out."
    classes = [mapper.class_.__name__ for mapper in Base.registry.mappers if mapper.local_table is lacking]
    return f"table {lacking.name}: {classes[0] if classes else 'this relation'} is left out."


def _masked(target: str) -> str:
    """A URL that cannot be read, without what might be its password."""
    scheme, _, rest = target.partition("://")
    return f"{scheme}://***@{rest.rpartition('@')[2]}" if "@" in rest else target
