"""SQLite connections: the library, the pragmas, what is refused and what every error means.

The library comes from the `pysqlite3` wheel where it is installed, because SQLite before 3.51.3 can lose or corrupt a
database in WAL mode that two connections write (sqlite.org/wal.html#walresetbug); other modules import it from here.
"""

import hashlib
import logging
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

import re2

from lnql.errors import InstanceError

from . import jsonb

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        from pysqlite3 import dbapi2 as sqlite3
    except ImportError:  # no wheel for this platform
        import sqlite3

__all__ = [
    "compile_regex",
    "connect",
    "connect_exclusively",
    "explain",
    "read_patiently",
    "refuse_old_library",
    "sqlite3",
]

logger = logging.getLogger(__name__)

T = TypeVar("T")

SAFE_VERSION = (3, 51, 3)
"""The first version whose WAL mode survives two writers."""
STATEMENTS = 512
"""Prepared statements a connection keeps, so that a shape of query that comes again is not compiled again."""

COMMON = {
    "busy_timeout": "5000",  # milliseconds
    "cache_size": "-65536",  # KiB: indexes of some million rows stay in memory
    "foreign_keys": "ON",
    "temp_store": "MEMORY",
    "trusted_schema": "OFF",  # no function of ours runs because a database file says so
}
READER = {**COMMON, "query_only": "ON"}
WRITER = {**COMMON, "journal_mode": "WAL", "synchronous": "FULL"}
EXCLUSIVE = {**COMMON, "locking_mode": "EXCLUSIVE"}

PATIENCE_SECONDS = 1.0
"""How long a reader waits for another process to end a change, or to take back one that was interrupted."""
AGAIN_SECONDS = 0.01

NUMBERS = count(1)
"""What tells one connection of this process from another."""

MEANINGS = {
    "SQLITE_NOTADB": "is not a SQLite database",
    "SQLITE_CORRUPT": "is a damaged SQLite database",
    "SQLITE_BUSY": "is locked by another process; close that process or wait until it has finished writing",
    "SQLITE_LOCKED": "is locked by another process; close that process or wait until it has finished writing",
    "SQLITE_CANTOPEN": "cannot be opened; it must be a file that this user may read, in a folder that exists",
    "SQLITE_READONLY": "cannot be written by this user; file and folder must be writable",
    "SQLITE_PERM": "may not be opened by this user",
    "SQLITE_FULL": "cannot grow because the disk is full",
    "SQLITE_IOERR": "cannot be read because of an input/output error",
}
"""What an error says about a file, by the first two words of SQLite's name of it."""


def connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    """Open an existing database in autocommit mode, usable in any thread (one at a time).

    A reader never changes the file. Where SQLite cannot make the files that WAL mode needs, because file, folder or
    medium are read-only, it is opened as immutable: changes others make meanwhile are then not seen.
    Raises InstanceError when the file cannot be opened, or cannot be written safely by this SQLite library.
    """
    if not readonly:
        refuse_old_library()
        return _explained(path, "mode=rw", WRITER)
    try:
        return read_patiently(partial(_open, path, "mode=ro", READER), path)
    except sqlite3.Error as error:
        if not _in_wal_mode(path):
            raise explain(error, path) from error
        return _connect_immutable(path)


def connect_exclusively(path: Path) -> sqlite3.Connection:
    """Open or create a database for one process alone, as `lnql init` and `lnql copy` do.

    Two writers cannot meet, so that any SQLite library will do. Raises InstanceError when the file cannot be opened.
    """
    return _explained(path, "mode=rwc", EXCLUSIVE)


def refuse_old_library() -> None:
    """Raise InstanceError when two connections that write could damage a database."""
    if sqlite3.sqlite_version_info < SAFE_VERSION:
        raise InstanceError(
            f"SQLite {sqlite3.sqlite_version} can damage a database that several connections write; "
            f"writing needs SQLite {'.'.join(map(str, SAFE_VERSION))} or later.",
            hint="Install the package pysqlite3, or open the instance without --write.",
        )


def read_patiently(read: Callable[[], T], path: Path) -> T:
    """Read, and again for a while where a writer seems to have been interrupted, whose change has to be taken back.

    Outside of WAL mode, a reader who comes while a writer ends may take its journal for what one that crashed has left.
    Raises InstanceError if that lasts: a reader cannot take anything back.
    """
    is_first, until = True, monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return read()
        except sqlite3.OperationalError as error:
            if not _is_readonly(error) or _in_wal_mode(path) or not (is_first or _journal(path).exists()):
                raise
            if monotonic() > until:
                raise InstanceError(
                    f"{path} has half a change of a writer that was interrupted.",
                    hint="Open it once with --write, or in LaminDB: that takes it back.",
                ) from error
        is_first = False
        sleep(AGAIN_SECONDS)


def _is_readonly(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith("SQLITE_READONLY")


def explain(error: sqlite3.Error, path: Path) -> InstanceError:
    """The sentence that tells a user what SQLite's error says about a file."""
    name = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
    return InstanceError(f"{path} {MEANINGS.get(name, f'cannot be used: {error}')}.")


def lower(text: str | None) -> str | None:
    """Unicode lower case, which SQLite's own LOWER knows for ASCII only."""
    return None if text is None else text.lower()


@lru_cache(maxsize=256)
def compile_regex(pattern: str, fold: bool) -> Any:
    """A regular expression of RE2, in which a dot matches a line break too; what is wrong with it, as a text.

    With `fold`, upper and lower case are taken as equal.
    """
    options = re2.Options()
    options.log_errors = False
    options.dot_nl = True
    options.case_sensitive = not fold
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        message = error.args[0]
        return message.decode() if isinstance(message, bytes) else str(message)


def _md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def _matches(pattern: str, text: str | None, fold: int) -> bool | None:
    return None if text is None else compile_regex(pattern, bool(fold)).search(text) is not None


def _connect_immutable(path: Path) -> sqlite3.Connection:
    if pending := _pending(path):
        raise InstanceError(
            f"{path} has changes in {pending.name} that cannot be read in a read-only folder.",
            hint="Make the folder writable, or copy both files to one that is.",
        )
    connection = _explained(path, "mode=ro&immutable=1", READER)
    logger.warning("%s is in a read-only folder: changes that others make will not be seen.", path)
    return connection


def _explained(path: Path, mode: str, pragmas: Mapping[str, str]) -> sqlite3.Connection:
    try:
        return _open(path, mode, pragmas)
    except sqlite3.Error as error:
        raise explain(error, path) from error


def _open(path: Path, mode: str, pragmas: Mapping[str, str]) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?{mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=STATEMENTS,
    )
    try:
        _prepare(connection, pragmas)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, pragmas: Mapping[str, str]) -> None:
    for name, value in pragmas.items():
        connection.execute(f"PRAGMA {name}={value}")
    number = str(next(NUMBERS))
    connection.create_function("lnql_connection", 0, lambda: number)
    connection.create_function("lnql_lower", 1, lower, deterministic=True)
    connection.create_function("lnql_regex", 3, _matches, deterministic=True)
    connection.create_function("lnql_md5", 1, _md5, deterministic=True)
    connection.create_function("lnql_canonical", 1, jsonb.sql_canonical, deterministic=True)
    connection.create_function("lnql_contains", 2, jsonb.sql_contains, deterministic=True)
    connection.create_function("lnql_json_text", 1, jsonb.sql_text, deterministic=True)
    connection.execute("SELECT count(*) FROM sqlite_master")  # SQLite opens the file only now


def _journal(path: Path) -> Path:
    """The file outside of WAL mode by which a change can be taken back, there while one is made."""
    return path.with_name(f"{path.name}-journal")


def _pending(path: Path) -> Path | None:
    """The file of changes not yet in the database that WAL mode left beside it, if there is one."""
    file = path.with_name(f"{path.name}-wal")
    return file if file.exists() and file.stat().st_size else None


def _in_wal_mode(path: Path) -> bool:
    """Whether the header of a database names WAL mode (sqlite.org/fileformat.html, read version)."""
    try:
        with path.open("rb") as file:
            return file.read(20)[18:] == b"\2\2"
    except OSError:
        return False
