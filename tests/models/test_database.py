"""Opening an instance: what a user may give, what the database has, and the sentence for every mistake."""

import logging
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

import pytest

from lnql.errors import InstanceError, MissingExtraError
from lnql.models import Artifact, Base, sqlite
from lnql.models.database import Instance, open_instance
from lnql.models.initialize import init_instance
from lnql.models.sqlite import connect_exclusively, sqlite3

from ..conftest import PostgresServer

ACCEPTED = r"Give a LaminDB folder, a lamin\.db file, a sqlite:///… or a postgresql://… URL\."


@pytest.fixture
def instance_folder(tmp_path: Path, real_folder: Path) -> Path:
    """A copy of the real instance's database that may be changed."""
    folder = tmp_path / "instance"
    (folder / ".lamindb").mkdir(parents=True)
    shutil.copyfile(real_folder / ".lamindb" / "lamin.db", folder / ".lamindb" / "lamin.db")
    return folder


def change(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / ".lamindb" / "lamin.db")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    "given",
    [
        lambda folder: folder,
        lambda folder: str(folder),
        lambda folder: folder / ".lamindb",
        lambda folder: folder / ".lamindb" / "lamin.db",
        lambda folder: f"sqlite:///{folder}/.lamindb/lamin.db",
        lambda folder: f"sqlite:///{folder}",
    ],
    ids=["folder", "text", "inner folder", "file", "url", "url of folder"],
)
def test_a_sqlite_instance_is_found(real_folder: Path, given: Callable[[Path], str | Path]) -> None:
    instance = open_instance(given(real_folder))
    assert instance.path == real_folder / ".lamindb" / "lamin.db"
    assert (instance.dialect, instance.write) == ("sqlite", False)


def test_a_relative_path_is_found_from_the_current_folder(real_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_folder = real_folder.resolve()  # the current folder never shows links
    monkeypatch.chdir(real_folder)
    assert (
        open_instance(".").path
        == open_instance("sqlite:///.lamindb/lamin.db").path
        == real_folder / ".lamindb/lamin.db"
    )


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+asyncpg"])
def test_a_postgresql_instance_is_found(empty_postgres: str, scheme: str) -> None:
    instance = open_instance(empty_postgres.replace("postgresql", scheme, 1))
    assert (instance.dialect, instance.path, instance.write) == ("postgresql", None, False)
    assert open_instance(instance.dsn).columns == instance.columns


@pytest.fixture
def empty_postgres(postgres_url: str, tmp_path: Path) -> str:
    init_instance(postgres_url, storage=tmp_path)
    return postgres_url


def test_columns_are_those_the_database_has(real_target: str) -> None:
    instance = open_instance(real_target)
    assert {"id", "uid", "key", "extra_data"} < instance.columns["lamindb_artifact"]
    assert instance.columns["lamindb_artifact_input_of_runs"] == {"id", "artifact_id", "run_id"}
    assert len([table for table in instance.columns if table.startswith(("lamindb_", "bionty_"))]) == 141
    assert instance.missing() == []


def test_what_the_database_lacks_is_told_once_and_left_out(
    instance_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    change(
        instance_folder,
        "DROP TABLE bionty_gene",
        "DROP TABLE lamindb_ulabel_parents",
        "ALTER TABLE lamindb_artifact DROP COLUMN extra_data",
    )
    instance = open_instance(instance_folder)
    assert "extra_data" not in instance.columns["lamindb_artifact"]
    assert set(instance.missing()) == {
        Base.metadata.tables["bionty_gene"],
        Base.metadata.tables["lamindb_ulabel_parents"],
        Artifact.__table__.columns["extra_data"],
    }
    assert {record.levelno for record in caplog.records} == {logging.WARNING}
    assert sorted(caplog.messages) == [
        "The database has no column lamindb_artifact.extra_data: it is left out.",
        "The database has no table bionty_gene: Gene is left out.",
        "The database has no table lamindb_ulabel_parents: this relation is left out.",
    ]


def test_a_complete_instance_opens_without_a_word(real_folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    open_instance(real_folder)
    assert not caplog.messages


def test_opening_to_read_changes_nothing(instance_folder: Path) -> None:
    file = instance_folder / ".lamindb" / "lamin.db"
    before = file.read_bytes()
    open_instance(instance_folder)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["lamin.db"]


def test_the_password_is_not_shown() -> None:
    target = "postgresql://ann:secret@127.0.0.1:1/lab"
    with pytest.raises(InstanceError) as caught:
        open_instance(target)
    assert "secret" not in str(caught.value)


def test_an_instance_is_printed_without_its_password(real_folder: Path) -> None:
    opened = open_instance(real_folder)
    url = opened.url.set(drivername="postgresql", username="ann", password="secret", host="db", database="lab")
    instance = Instance(url, write=True, columns={})
    assert repr(instance) == "Instance('postgresql://ann:***@db/lab', write=True)"
    assert instance.dsn == "postgresql://ann:secret@db/lab"


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("absent", rf"^There is no file or folder absent\. {ACCEPTED}$"),
        ("sqlite:///absent.db", rf"^There is no file or folder absent\.db\. {ACCEPTED}$"),
        ("empty", rf"^The folder empty holds no \.lamindb/lamin\.db\. {ACCEPTED} lnql init makes a new one\.$"),
        ("notes.txt", r"/notes\.txt is not a SQLite database\.$"),
        (
            "other.db",
            r"/other\.db is no LaminDB instance: it has no lamindb_artifact and no lamindb_run "
            r"and no lamindb_transform and no lamindb_user\. lnql init makes a new instance\.$",
        ),
        ("mysql://ann:secret@db/lab", rf"^mysql://ann:\*\*\*@db/lab is no database that LNQL can open\. {ACCEPTED}$"),
        (
            "postgresql://ann:secret@db:port/lab",
            rf"^The URL postgresql://\*\*\*@db:port/lab cannot be read\. {ACCEPTED}$",
        ),
        ("postgresql://ann:secret@[db/lab", rf"^The URL postgresql://\*\*\*@\[db/lab cannot be read\. {ACCEPTED}$"),
        ("://", rf"^The URL :// cannot be read\. {ACCEPTED}$"),
        ("postgresql://ann@127.0.0.1:1/lab", r"no server answers at 127\.0\.0\.1, port 1; start it or"),
        ("postgresql://ann@/lab?host=/nowhere", r"no server answers at /nowhere, port 5432; start it or"),
        ("postgresql://ann@host.invalid/lab", r"no host named 'host\.invalid' is known\.$"),
    ],
)
def test_a_mistake_is_answered_with_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("notes.txt").write_text("no database " * 100)
    with closing(sqlite3.connect("other.db")) as other:
        other.execute("CREATE TABLE t (a)")
    with pytest.raises(InstanceError, match=sentence):
        open_instance(target)


def test_a_database_that_is_not_there(postgres_url: str) -> None:
    name = postgres_url.partition("@/")[2].partition("?")[0]
    with pytest.raises(InstanceError, match="the server has no database 'absent'; create it or name an existing one"):
        open_instance(postgres_url.replace(name, "absent"))


def test_a_postgresql_database_that_is_no_instance(postgres_url: str) -> None:
    with pytest.raises(InstanceError, match="is no LaminDB instance: it has no lamindb_artifact and no"):
        open_instance(postgres_url)


def test_an_unknown_user(postgres_url: str) -> None:
    with pytest.raises(InstanceError, match=r"user 'stranger' is not let in: role .stranger. does not exist\.$"):
        open_instance(postgres_url.replace("postgres@", "stranger@"))


def test_a_wrong_password(guarded_url: str) -> None:
    with pytest.raises(InstanceError, match=r"ann:.*: the password of user 'ann' was not accepted"):
        open_instance(guarded_url.replace("right", "wrong"))
    with pytest.raises(InstanceError, match="is no LaminDB instance"):
        open_instance(guarded_url)


@pytest.fixture
def guarded_url(postgres: PostgresServer, postgres_url: str) -> Iterator[str]:
    """The URL of a database for a user whose password is asked for."""
    rules = postgres.folder / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text(f"local all ann scram-sha-256\n{before}")
    postgres.execute("CREATE ROLE ann LOGIN PASSWORD 'right'", "SELECT pg_reload_conf()")
    yield postgres_url.replace("postgres@", "ann:right@")
    rules.write_text(before)
    postgres.execute("DROP ROLE ann", "SELECT pg_reload_conf()")


def test_a_locked_file(instance_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sqlite.READER, "busy_timeout", "10")
    with closing(connect_exclusively(instance_folder / ".lamindb" / "lamin.db")) as owner:
        owner.execute("BEGIN EXCLUSIVE")
        with pytest.raises(InstanceError, match="is locked by another process; close that process or wait"):
            open_instance(instance_folder)


def test_without_asyncpg_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(
        MissingExtraError, match=r"A PostgreSQL instance needs the package asyncpg\. .*lnql\[postgres\]"
    ):
        open_instance("postgresql://ann@db/lab")


def test_a_module_that_cannot_be_imported(real_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "broken_registries.py").write_text("1 / 0")
    with pytest.raises(
        InstanceError, match=r"'absent_registries' cannot be imported \(ModuleNotFoundError: .*Give the"
    ):
        open_instance(real_folder, modules=["absent_registries"])
    with pytest.raises(InstanceError, match=r"'broken_registries' cannot be imported \(ZeroDivisionError: division by"):
        open_instance(real_folder, modules=["broken_registries"])


LAB = """
from sqlalchemy.orm import Mapped
from lnql.models import SQLRecord

class Experiment(SQLRecord):
    name: Mapped[str]
"""
OPEN = """
import sys
from lnql.models.database import open_instance
target, write = sys.argv[1:]
instance = open_instance(target, write=write == "write", modules=["lab"])
print(sorted(instance.columns.get("lab_experiment", [])))
"""


def test_tables_of_user_registries_are_made_when_opened_to_write(tmp_path: Path, empty_target: str) -> None:
    (tmp_path / "lab.py").write_text(LAB)
    columns = (
        "['_aux', 'branch_id', 'created_at', 'created_by_id', 'created_on_id', 'id', 'is_locked', 'name', 'run_id', "
        "'space_id', 'uid', 'updated_at']"
    )
    results = [_open(tmp_path, empty_target, mode) for mode in ("read", "write", "write", "read")]
    assert [result.stdout.strip() for result in results] == ["[]", columns, columns, columns]
    assert results[0].stderr == "The database has no table lab_experiment: Experiment is left out.\n"
    assert {result.stderr for result in results[1:]} == {""}


def _open(folder: Path, target: str, mode: Literal["read", "write"]) -> "subprocess.CompletedProcess[str]":
    """In a process of its own, because a registry stays declared once its module is imported."""
    command = [sys.executable, "-c", OPEN, target, mode]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
