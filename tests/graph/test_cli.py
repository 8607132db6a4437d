"""The command line: what it does, and the one line it answers a mistake with."""

import getpass
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import uvicorn

import lnql
from lnql.graph import cli
from lnql.models.database import open_instance
from lnql.models.sqlite import sqlite3  # a second library would not see the locks of this one

from ..conftest import PostgresServer

Lnql = Callable[..., tuple[int, str, str]]
COMMANDS = ("serve", "init", "lamindb", "demo", "copy", "import", "schema")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lnql:
    """Run `lnql` with arguments, and give its exit code, stdout and stderr; nothing is really served."""
    monkeypatch.setattr(uvicorn.Server, "run", lambda *_, **__: pytest.fail("This must not be served."))

    def command(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lnql", *map(str, arguments)])
        monkeypatch.setattr(sys, "path", list(sys.path))
        with pytest.raises(SystemExit) as left:
            cli.main()
        code = left.value.code
        out, err = capsys.readouterr()
        return (1, out, f"{err}{code}\n") if isinstance(code, str) else (int(code or 0), out, err)

    return command


def one_line(answer: tuple[int, str, str]) -> str:
    """The line on stderr of a command that failed as it should."""
    code, out, err = answer
    assert (code, out) == (1, "")
    assert err.startswith("lnql: ")
    assert err.count("\n") == 1
    return err.removeprefix("lnql: ").strip()


def test_help_lists_every_command_with_a_sentence(run: Lnql) -> None:
    code, out, _ = run("--help")
    assert code == 0
    for command in COMMANDS:
        assert re.search(rf"^  {command} +[A-Z].+\.$", out, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_its_options(run: Lnql, command: str) -> None:
    code, out, _ = run(command, "--help")
    options = re.findall(r"^  (-.+?)(?:  +(.*))?$", out, re.MULTILINE)
    assert code == 0
    assert [option for option, explained in options if not explained and f"{option}\n       " not in out] == []


def test_version(run: Lnql) -> None:
    assert run("--version") == (0, f"lnql {lnql.__version__}\n", "")


def test_a_misspelled_command_is_answered_with_the_right_one(run: Lnql) -> None:
    code, _, err = run("serv")
    assert code == 2
    assert "Did you mean 'serve'?" in err


# What cannot be opened ------------------------------------------------------------------------------------------------


@pytest.fixture
def guarded_url(postgres: PostgresServer) -> Iterator[str]:
    """The URL of a database whose user `guarded` needs a password."""
    rules = postgres.folder / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text(f"local all guarded scram-sha-256\n{before}")
    postgres.execute("CREATE ROLE guarded LOGIN PASSWORD 'right'", "SELECT pg_reload_conf()")
    yield postgres.url(user="guarded:wrong")
    rules.write_text(before)
    postgres.execute("DROP ROLE guarded", "SELECT pg_reload_conf()")


def text_file(folder: Path) -> str:
    (folder / "notes.txt").write_text("no database\n" * 100)
    return str(folder / "notes.txt")


def other_database(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "other.db")) as connection:
        connection.execute("CREATE TABLE anything (id INTEGER)")
    return str(folder / "other.db")


def empty_folder(folder: Path) -> str:
    return str(folder)


def missing_folder(folder: Path) -> str:
    return str(folder / "nowhere")


def server_that_is_down(_: Path) -> str:
    return "postgresql://someone:secret@127.0.0.1:1/anything"


def other_kind(_: Path) -> str:
    return "mysql://someone:secret@127.0.0.1/anything"


WRONG = [
    (missing_folder, "There is no file or folder"),
    (empty_folder, "holds no .lamindb/lamin.db"),
    (text_file, "is not a SQLite database"),
    (other_database, "is no LaminDB instance"),
    (server_that_is_down, "127.0.0.1"),
    (other_kind, "is no database that LNQL can open"),
]


@pytest.mark.parametrize(("make", "sentence"), WRONG, ids=[make.__name__ for make, _ in WRONG])
@pytest.mark.parametrize("command", ["serve", "copy"])
def test_what_is_no_instance_is_answered_with_one_line(
    run: Lnql, tmp_path: Path, command: str, make: Callable[[Path], str], sentence: str
) -> None:
    arguments = [tmp_path / "copy"] if command == "copy" else ["--port", 0]
    line = one_line(run(command, make(tmp_path), *arguments))
    assert sentence in line
    assert "secret" not in line


def test_a_wrong_password_is_answered_with_one_line(run: Lnql, guarded_url: str) -> None:
    line = one_line(run("serve", guarded_url, "--port", 0))
    assert "password" in line
    assert "wrong" not in line


def test_a_database_that_does_not_exist_is_answered_with_one_line(run: Lnql, postgres: PostgresServer) -> None:
    assert "nowhere" in one_line(run("serve", postgres.url("nowhere"), "--port", 0))


def test_a_locked_file_is_answered_with_one_line(run: Lnql, tmp_path: Path) -> None:
    run("init", tmp_path)
    with closing(sqlite3.connect(tmp_path / ".lamindb" / "lamin.db", isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert "is locked by another process" in one_line(run("serve", tmp_path, "--port", 0))


# Making instances -----------------------------------------------------------------------------------------------------


def test_init_makes_an_instance_once(run: Lnql, tmp_path: Path) -> None:
    code, out, _ = run("init", tmp_path)
    made, known = f"Made an empty instance. Serve it: lnql serve {tmp_path}", "Let LaminDB open it too: lnql lamindb"
    assert (code, out) == (0, f"{made}\n{known} {tmp_path}\n")
    assert not open_instance(tmp_path).missing()
    assert "holds an instance already" in one_line(run("init", tmp_path))


def test_lamindb_is_told_of_an_instance(
    run: Lnql, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, real_folder: Path
) -> None:
    monkeypatch.setenv("LAMIN_SETTINGS_DIR", str(tmp_path / "home"))
    run("init", tmp_path / "mine")
    slug = f"{getpass.getuser()}/mine"
    for _ in range(2):
        code, out, _err = run("lamindb", tmp_path / "mine")
        assert (code, out) == (0, f"LaminDB knows it as {slug}. Open it there: lamin connect {slug}\n")
    settings = (tmp_path / "home" / ".lamin" / f"instance--{slug.replace('/', '--')}.env").read_text().splitlines()
    assert f"lamindb_instance_storage_root={tmp_path / 'mine'}" in settings
    shutil.copytree(tmp_path / "mine", tmp_path / "moved")
    assert "was moved; LaminDB would look for it in" in one_line(run("lamindb", tmp_path / "moved"))
    assert "was not made by lnql init" in one_line(run("lamindb", real_folder))
    run("init", tmp_path / "other" / "mine")
    assert "LaminDB knows another instance of that name" in one_line(run("lamindb", tmp_path / "other" / "mine"))


def test_copy_goes_to_postgresql_and_back(run: Lnql, tmp_path: Path, demo_folder: Path, postgres_url: str) -> None:
    assert run("copy", demo_folder, postgres_url)[0] == 0
    code, out, _ = run("copy", postgres_url, tmp_path / "back")
    assert (code, out) == (0, f"Copied every row. Serve the copy: lnql serve {tmp_path / 'back'}\n")
    assert artifacts(tmp_path / "back") == artifacts(demo_folder) != []


def artifacts(folder: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(folder / ".lamindb" / "lamin.db")) as connection:
        return connection.execute("SELECT uid FROM lamindb_artifact ORDER BY id").fetchall()


def test_demo_builds_the_same_instance_for_the_same_seed(run: Lnql, tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        code, out, _ = run("demo", tmp_path / name, "--seed", seed, "--scale", 10)
        assert (code, out) == (0, f"Built the demo instance. Serve it: lnql serve {tmp_path / name}\n")
    assert artifacts(tmp_path / "one") == artifacts(tmp_path / "same") != artifacts(tmp_path / "other")


def test_schema_prints_the_committed_schema(run: Lnql) -> None:
    committed = Path(__file__).parents[2] / "schema.graphql"
    code, out, _ = run("schema")
    assert (code, out) == (0, committed.read_text())


def test_a_setting_with_a_wrong_value_is_named(run: Lnql, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LNQL_LIMITS__ROWS", "many")
    assert one_line(run("serve")).startswith("The setting LNQL_LIMITS__ROWS cannot be 'many'")


def test_import_writes_a_table(run: Lnql, tmp_path: Path) -> None:
    run("init", tmp_path / "lab")
    table = tmp_path / "labels.csv"
    table.write_text("Label,description\nwet,water\ndry,\n")
    arguments = ("import", table, "ULabel", "--instance", tmp_path / "lab", "--rename", "Label=name")
    assert run(*arguments)[:2] == (0, "Wrote 2 rows into ULabel.\n")
    assert run(*arguments)[:2] == (0, "Wrote 0 rows into ULabel.\n")
    with closing(sqlite3.connect(tmp_path / "lab" / ".lamindb" / "lamin.db")) as connection:
        rows = connection.execute("SELECT name, description FROM lamindb_ulabel ORDER BY id").fetchall()
    assert rows == [("wet", "water"), ("dry", None)]


def test_import_names_what_it_does_not_know(run: Lnql, tmp_path: Path) -> None:
    run("init", tmp_path / "lab")
    table = tmp_path / "labels.csv"
    table.write_text("nam\nwet\n")
    at = ("--instance", tmp_path / "lab")
    assert 'Did you mean "ULabel"' in one_line(run("import", table, "Ulabel", *at))
    assert one_line(run("import", table, "ULabel", *at)) == (
        "ULabel has no field for the column 'nam'. Did you mean \"name\"?"
    )
    assert "No such file" in one_line(run("import", tmp_path / "none.csv", "ULabel", *at))
