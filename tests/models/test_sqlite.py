"""SQLite connections: what they allow, what is refused, and in which words."""

import logging
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import takewhile
from pathlib import Path
from time import sleep

import pytest

from lnql.errors import InstanceError
from lnql.models import sqlite
from lnql.models.sqlite import connect, connect_exclusively, sqlite3

NOBODY = 65534


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with one row."""
    path = tmp_path / "folder with ? and #" / "lamin.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('row');")
    return path


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder in which this process may read, but not write, even if it runs as root."""
    for place in (folder, *folder.iterdir()):
        place.chmod(0o555 if place.is_dir() else 0o444)
    for parent in takewhile(lambda parent: "pytest" in str(parent), folder.parents):
        parent.chmod(0o755)  # the folders that pytest made are its user's alone
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)
        folder.chmod(0o755)


def rows(connection: sqlite3.Connection) -> list[str]:
    return [row for (row,) in connection.execute("SELECT a FROM t")]


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_library_can_write_safely() -> None:
    assert sqlite3.sqlite_version_info >= (3, 51, 3)


def test_a_reader_reads_and_never_changes_the_file(database: Path) -> None:
    before = database.read_bytes()
    with closing(connect(database, readonly=True)) as reader:
        assert rows(reader) == ["row"]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.execute("INSERT INTO t VALUES ('more')")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.execute("PRAGMA journal_mode=WAL")
    assert database.read_bytes() == before


def test_a_reader_does_not_wait_for_a_writer(database: Path) -> None:
    with closing(connect(database, readonly=False)) as writer, closing(connect(database, readonly=True)) as reader:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO t VALUES ('more')")
        assert rows(reader) == ["row"]
        writer.execute("COMMIT")
        assert rows(reader) == ["row", "more"]


def test_a_writer_keeps_what_it_has_promised(database: Path) -> None:
    with closing(connect(database, readonly=False)) as writer:
        expected = {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "trusted_schema": 0,
            "busy_timeout": 5000,
        }
        assert {name: pragma(writer, name) for name in expected} == expected


def test_a_reader_waits_keeps_foreign_keys_and_trusts_no_schema(database: Path) -> None:
    with closing(connect(database, readonly=True)) as reader:
        expected = {"query_only": 1, "foreign_keys": 1, "trusted_schema": 0, "busy_timeout": 5000}
        assert {name: pragma(reader, name) for name in expected} == expected


@pytest.mark.parametrize(("text", "lowered"), [("ÄÖ Ж", "äö ж"), ("İ", "i̇"), ("abc", "abc"), (None, None)])
def test_lower_case_is_unicode(database: Path, text: str | None, lowered: str | None) -> None:
    with closing(connect(database, readonly=True)) as reader:
        assert reader.execute("SELECT lnql_lower(?)", (text,)).fetchone() == (lowered,)


def test_lower_case_works_in_a_condition(database: Path) -> None:
    with closing(connect(database, readonly=True)) as reader:
        assert reader.execute("SELECT a FROM t WHERE lnql_lower(a) = lnql_lower('ROW')").fetchall() == [("row",)]


def test_a_database_in_a_read_only_folder_opens(database: Path, caplog: pytest.LogCaptureFixture) -> None:
    with read_only(database.parent), closing(connect(database, readonly=True)) as reader:
        assert rows(reader) == ["row"]
    assert not caplog.messages


def test_a_database_in_wal_mode_opens_in_a_read_only_folder(database: Path, caplog: pytest.LogCaptureFixture) -> None:
    connect(database, readonly=False).close()  # leaves the file in WAL mode, without other files
    with read_only(database.parent), closing(connect(database, readonly=True)) as reader:
        assert rows(reader) == ["row"]
    assert caplog.record_tuples == [
        (
            sqlite.__name__,
            logging.WARNING,
            f"{database} is in a read-only folder: changes that others make will not be seen.",
        )
    ]


def test_changes_not_yet_in_a_database_are_not_overlooked(database: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved" / "lamin.db"
    moved.parent.mkdir()
    with closing(connect(database, readonly=False)) as writer:
        writer.execute("INSERT INTO t VALUES ('pending')")
        for suffix in ("", "-wal"):
            Path(f"{moved}{suffix}").write_bytes(Path(f"{database}{suffix}").read_bytes())
    with (
        read_only(moved.parent),
        pytest.raises(InstanceError, match=r"has changes in lamin\.db-wal that cannot be read in a read-only folder"),
    ):
        connect(moved, readonly=True)
    with closing(connect(moved, readonly=True)) as reader:
        assert rows(reader) == ["row", "pending"]


def test_a_writer_is_told_that_a_folder_is_read_only(database: Path) -> None:
    with read_only(database.parent), pytest.raises(InstanceError, match=r"lamin\.db cannot be written by this user"):
        connect(database, readonly=False)


@contextmanager
def half_a_change(database: Path) -> Iterator[None]:
    """Leave beside a database what a writer outside of WAL mode leaves that is interrupted while it writes."""
    journal = Path(f"{database}-journal")
    with closing(sqlite3.connect(database, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size=1")  # so that it writes before it commits
        writer.execute("BEGIN")
        writer.executemany("INSERT INTO t VALUES (?)", [("x" * 3000,)] * 50)
        left = journal.read_bytes(), database.read_bytes()
        writer.execute("ROLLBACK")
    for path, content in zip((journal, database), left, strict=True):
        path.write_bytes(content)
    yield
    journal.unlink(missing_ok=True)


def test_a_reader_waits_until_half_a_change_is_taken_back(database: Path) -> None:
    def take_back() -> None:
        sleep(0.1)
        with closing(connect(database, readonly=False)) as writer:
            assert rows(writer) == ["row"]

    with half_a_change(database), ThreadPoolExecutor() as others:
        writing = others.submit(take_back)
        with closing(connect(database, readonly=True)) as reader:
            assert rows(reader) == ["row"]
        writing.result()


def test_a_change_that_nobody_takes_back_is_told(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE_SECONDS", 0.02)
    with half_a_change(database), pytest.raises(InstanceError, match=r"half a change of .* Open it once with --write"):
        connect(database, readonly=True)


def test_other_files_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("These are notes, and by no means a database. " * 50)
    with pytest.raises(InstanceError, match=r"notes\.txt is not a SQLite database\.$"):
        connect(file, readonly=True)


def test_a_damaged_database_is_told(database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[100:200] = b"\xff" * 100
    database.write_bytes(content)
    with pytest.raises(InstanceError, match=r"is a damaged SQLite database\.$"):
        connect(database, readonly=True)


@pytest.mark.parametrize("readonly", [True, False])
def test_a_file_that_is_not_there_is_not_made(tmp_path: Path, readonly: bool) -> None:
    with pytest.raises(InstanceError, match=r"absent\.db cannot be opened; it must be a file"):
        connect(tmp_path / "absent.db", readonly=readonly)
    assert not (tmp_path / "absent.db").exists()


def test_a_locked_database_is_told(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sqlite.READER, "busy_timeout", "10")
    with closing(connect_exclusively(database)) as owner:
        owner.execute("BEGIN EXCLUSIVE")
        with pytest.raises(InstanceError, match=r"lamin\.db is locked by another process; close that process"):
            connect(database, readonly=True)


def test_an_exclusive_connection_makes_its_file(tmp_path: Path) -> None:
    with closing(connect_exclusively(tmp_path / "new.db")) as connection:
        connection.execute("CREATE TABLE t (a)")
    assert (tmp_path / "new.db").stat().st_size


def test_an_old_library_may_read_but_not_write(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "SAFE_VERSION", (99, 0, 0))
    with pytest.raises(InstanceError, match=r"writing needs SQLite 99\.0\.0 or later\. Install the package pysqlite3"):
        connect(database, readonly=False)
    connect(database, readonly=True).close()
    connect_exclusively(database).close()
