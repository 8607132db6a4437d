"""`lnql copy`: every row arrives as it was, on either database, or nothing happens."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import make_url

from lnql.errors import InstanceError
from lnql.models.copying import copy_instance
from lnql.models.database import open_instance
from lnql.models.initialize import FIRST_ROWS, init_instance
from lnql.models.sqlite import connect, sqlite3
from lnql.models.transactions import begin
from lnql.models.tuning import missing_indexes

from ..conftest import PostgresServer
from .sqlite_facts import sqlite_facts

OF_SCHEMA = ("alembic_version", "django_migrations")


def database(folder: Path) -> Path:
    return folder / ".lamindb" / "lamin.db"


def contents(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table by its columns, with JSON parsed."""
    with closing(connect(database(folder), readonly=True)) as connection:
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            table: rows_of(connection, table, text)
            for table, text in tables
            if table not in OF_SCHEMA and not table.startswith("sqlite_")
        }


def rows_of(connection: sqlite3.Connection, table: str, text: str) -> list[dict[str, Any]]:
    cursor = connection.execute(f'SELECT * FROM "{table}" ORDER BY id')
    names = [column[0] for column in cursor.description]
    is_json = [f"JSON_VALID({name})" in text.replace('"', "") for name in names]
    return [
        {
            name: json.loads(value) if parse and value is not None else value
            for name, parse, value in zip(names, is_json, row, strict=True)
        }
        for row in cursor.fetchall()
    ]


def change(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(database(folder))) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.fixture
def source(tmp_path: Path, real_folder: Path) -> Path:
    """A copy of the real instance that may be changed."""
    return real_copy(tmp_path / "source", real_folder)


def real_copy(folder: Path, real_folder: Path) -> Path:
    (folder / ".lamindb").mkdir(parents=True)
    shutil.copyfile(database(real_folder), database(folder))
    return folder


@pytest.fixture
def small_source(tmp_path: Path) -> Path:
    """An instance with no more than the first rows."""
    init_instance(tmp_path / "source")
    return tmp_path / "source"


@pytest.fixture(scope="module")
def template(postgres: PostgresServer) -> str:
    """The name of a database with an empty instance."""
    name = postgres.create()
    init_instance(postgres.url(name))
    return name


@pytest.fixture
def empty_url(postgres: PostgresServer, template: str) -> Iterator[str]:
    """The URL of an empty instance on PostgreSQL."""
    name = postgres.create(template)
    yield postgres.url(name)
    postgres.drop(name)


TIMES = {
    "created_at": ("2026-01-02 03:04:05.123", "2026-01-02 03:04:05.123456", "2026-01-02 03:04:05.000"),
    "finished_at": ("2026-01-02 03:04:05", "2026-01-02 03:04:05.123456", "2026-01-02 03:04:05.120000"),
}
"""Times of runs, as the database and as LaminDB write them."""
JSON = {"b": [1, 2.0, 12345678901234567890, None, True], "a": {"é": "'\\\n"}, "": "null"}


class RoundTrip(NamedTuple):
    """The real instance with some changes, its copy on PostgreSQL, and the copy of that on SQLite."""

    source: Path
    url: str
    back: Path
    counts: list[dict[str, int]]


@pytest.fixture(scope="module")
def trip(real_folder: Path, postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> RoundTrip:
    source = real_copy(tmp_path_factory.mktemp("trip") / "source", real_folder)
    change(
        source,
        "UPDATE sqlite_sequence SET seq = 9000 WHERE name = 'lamindb_ulabel'",
        "UPDATE lamindb_artifact SET extra_data = '{}', _aux = 'null' WHERE id = 1".format(
            json.dumps(JSON).replace("'", "''")
        ),
        *(
            f"UPDATE lamindb_run SET {column} = '{time}' WHERE id = {number}"
            for column, times in TIMES.items()
            for number, time in enumerate(times, 1)
        ),
    )
    url, back = postgres.url(postgres.create()), source.with_name("back")
    return RoundTrip(source, url, back, [copy_instance(source, url), copy_instance(url, back)])


def test_rows_come_back_from_postgresql_as_they_were(trip: RoundTrip) -> None:
    before, after = contents(trip.source), contents(trip.back)
    assert after == before
    counts = {table: len(rows) for table, rows in before.items() if rows}
    assert trip.counts == [counts, counts]
    assert counts["bionty_celltype"] == 3324


def test_times_keep_their_precision(trip: RoundTrip) -> None:
    runs = contents(trip.back)["lamindb_run"]
    assert {column: tuple(run[column] for run in runs[:3]) for column in TIMES} == TIMES


def test_json_is_the_same_afterwards(trip: RoundTrip) -> None:
    artifact = contents(trip.back)["lamindb_artifact"][0]
    assert json.dumps(artifact["extra_data"], sort_keys=True) == json.dumps(JSON, sort_keys=True)
    assert artifact["_aux"] is None


def test_ids_go_on_where_the_source_stands(trip: RoundTrip) -> None:
    for target in (trip.url, trip.back):
        with suppress(LookupError), begin(open_instance(target).url, "exclusive") as transaction:
            transaction.execute("INSERT INTO lamindb_ulabel (uid, name, created_by_id) VALUES ('n', 'n', 1);")
            transaction.execute("INSERT INTO lamindb_user (uid, handle) VALUES ('n', 'n');")
            assert transaction.fetch("SELECT id FROM lamindb_ulabel WHERE uid = 'n'") == [(9001,)]
            assert transaction.fetch("SELECT id FROM lamindb_user WHERE uid = 'n'") == [(6,)]
            raise LookupError  # other tests read the same rows


def test_indexes_keys_checks_and_triggers_are_there_afterwards(trip: RoundTrip, empty_url: str) -> None:
    for query in (
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
        "SELECT conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint ORDER BY 1, 2",
        "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
    ):
        assert fetch(trip.url, query) == fetch(empty_url, query)
    back, source = sqlite_facts(database(trip.back)), sqlite_facts(database(trip.source))
    tuned = {index.name for index in missing_indexes()}
    made_here = {place: index for place, index in back.indexes.items() if place[1] not in tuned}
    assert back._replace(indexes=made_here) == source


def test_a_copy_on_sqlite_holds_the_same_bytes(real_folder: Path, tmp_path: Path) -> None:
    copy_instance(real_folder, tmp_path / "copy")
    before, after = sqlite_dump(real_folder), sqlite_dump(tmp_path / "copy")
    assert after == before


def sqlite_dump(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    columns = {table: ", ".join(sorted(rows[0])) for table, rows in contents(folder).items() if rows}
    with closing(connect(database(folder), readonly=True)) as connection:
        return {
            table: connection.execute(f'SELECT {names} FROM "{table}" ORDER BY id').fetchall()
            for table, names in columns.items()
        }


def fetch(url: str, query: str) -> list[tuple[Any, ...]]:
    with begin(make_url(url), "read") as transaction:
        return transaction.fetch(query)


def test_progress_is_told_table_by_table(real_folder: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    counts = copy_instance(real_folder, tmp_path / "copy", lambda *step: told.append(step))
    assert {table: (done, total) for table, done, total in told} == {t: (n, n) for t, n in counts.items()}


def test_a_target_in_use_is_refused(real_folder: Path, real_target: str) -> None:
    with pytest.raises(InstanceError, match=r" has \d+ rows in \w+; a copy needs a new or an empty target\.$"):
        copy_instance(real_folder, real_target)


def test_a_copy_needs_another_target(source: Path) -> None:
    with pytest.raises(InstanceError, match="is both source and target"):
        copy_instance(source, f"sqlite:///{source}/.lamindb/lamin.db")


BAD_VALUES: Mapping[str, tuple[str, str]] = {
    "nul": (
        "UPDATE lamindb_artifact SET description = char(97, 0, 98) WHERE id = 2",
        r"invalid byte sequence.*0x00; COPY lamindb_artifact, line 2, column description\.$",
    ),
    "nul in json": (
        'UPDATE lamindb_artifact SET extra_data = \'{"a": "\\u0000"}\' WHERE id = 1',
        r"unsupported Unicode escape sequence; .*u0000 cannot be .*; .*COPY lamindb_artifact, line 1, column",
    ),
    "too long": (
        "UPDATE lamindb_ulabel SET name = printf('%.*c', 151, 'x') WHERE id = 1",
        r"value too long for type character varying\(150\); COPY lamindb_ulabel, line 1, column name\.$",
    ),
    "no time": (
        "UPDATE lamindb_run SET finished_at = 'yesterday' WHERE id = 1",
        r"lamindb_run\.finished_at holds a value that PostgreSQL has no room for: .*'yesterday'",
    ),
    "no number": (
        "UPDATE lamindb_artifact SET size = 'large' WHERE id = 1",
        r"lamindb_artifact\.size holds a value that PostgreSQL has no room for: 'large' is no whole number\.$",
    ),
    "too large": (
        "UPDATE lamindb_feature SET array_rank = 40000 WHERE id = 1",
        r"^PostgreSQL has no room in lamindb_feature for a value: value out of int16 range\.$",
    ),
    "no row": (
        "UPDATE lamindb_artifact SET run_id = 999 WHERE id = 1",
        r"Key \(run_id\)=\(999\) is not present in table \"lamindb_run\"",
    ),
    "no type": (
        "UPDATE lamindb_ulabel SET type_id = (SELECT min(id) FROM lamindb_ulabel WHERE NOT is_type) WHERE id = 1",
        r"check constraint \"ulabel_type_is_valid_fk\" of relation \"lamindb_ulabel\" is violated by some row",
    ),
}


@pytest.mark.parametrize("name", BAD_VALUES)
def test_what_postgresql_refuses_leaves_it_as_it_was(source: Path, empty_url: str, name: str) -> None:
    statement, sentence = BAD_VALUES[name]
    change(source, statement)
    with pytest.raises(InstanceError, match=sentence):
        copy_instance(source, empty_url)
    assert fetch(empty_url, "SELECT uid FROM lamindb_space") == [("a" * 12,)]
    assert fetch(empty_url, "SELECT uid FROM lamindb_artifact") == []


def test_what_postgresql_refuses_leaves_no_tables(source: Path, postgres_url: str) -> None:
    change(source, "UPDATE lamindb_artifact SET size = 'large' WHERE id = 1")
    with pytest.raises(InstanceError, match="'large' is no whole number"):
        copy_instance(source, postgres_url)
    assert fetch(postgres_url, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'") == []


def test_a_damaged_source_leaves_no_file(source: Path, tmp_path: Path) -> None:
    change(source, "UPDATE lamindb_artifact SET run_id = 999 WHERE id = 1")
    with pytest.raises(InstanceError, match="damaged: 1 rows of lamindb_artifact point to no row of lamindb_run"):
        copy_instance(source, tmp_path / "copy")
    assert not database(tmp_path / "copy").exists()


def test_an_older_instance_is_copied_into_the_whole_schema(small_source: Path, empty_url: str, tmp_path: Path) -> None:
    change(small_source, "DROP TABLE bionty_pathway_genes", "ALTER TABLE lamindb_storage DROP COLUMN description")
    for target in (empty_url, str(tmp_path / "copy")):
        assert copy_instance(small_source, target) == {**FIRST_ROWS}
        assert open_instance(target).missing() == []


def test_tables_of_other_software_in_the_target_stay(small_source: Path, empty_url: str) -> None:
    with begin(make_url(empty_url), "write") as transaction:
        transaction.execute('CREATE TABLE "other\'s" (id integer);\nINSERT INTO "other\'s" VALUES (7);')
    copy_instance(small_source, empty_url)
    assert fetch(empty_url, 'SELECT id FROM "other\'s"') == [(7,)]


@pytest.mark.parametrize(
    ("statements", "lacking"),
    [
        (["ALTER TABLE lamindb_user ADD COLUMN colour text"], "column lamindb_user.colour"),
        (["CREATE TABLE lab_assay (id integer PRIMARY KEY)", "INSERT INTO lab_assay VALUES (1)"], "table lab_assay"),
    ],
)
def test_nothing_is_left_behind_in_silence(
    small_source: Path, tmp_path: Path, statements: list[str], lacking: str
) -> None:
    change(small_source, *statements)
    with pytest.raises(InstanceError, match=rf"^The target has no {lacking}, which the source fills\. .*--modules"):
        copy_instance(small_source, tmp_path / "copy")


LAB = """
from datetime import date, datetime
from sqlalchemy.orm import Mapped
from lnql.models import SQLRecord

class Assay(SQLRecord):
    name: Mapped[str]
    done: Mapped[bool]
    day: Mapped[date]
    at: Mapped[datetime]
    value: Mapped[float]
"""
ROUND_TRIP = """
import sys
from lnql.models.copying import copy_instance
from lnql.models.database import open_instance
from lnql.models.transactions import begin

source, middle, target = sys.argv[1:]
url = open_instance(source, write=True, modules=["lab"]).url
row = "'u', 'n', 1, '2026-01-02', '2026-01-02 03:04:05', 0.5, 1"
with begin(url, "write") as transaction:
    transaction.execute(f"INSERT INTO lab_assay (uid, name, done, day, at, value, created_by_id) VALUES ({row});")
copy_instance(source, middle, modules=["lab"])
copy_instance(middle, target, modules=["lab"])
for place in (middle, target):
    with begin(open_instance(place).url, "read") as transaction:
        print(transaction.fetch("SELECT id, name, done, day, at, value FROM lab_assay"))
"""


def test_user_registries_are_copied_too(small_source: Path, empty_url: str, tmp_path: Path) -> None:
    (tmp_path / "lab.py").write_text(LAB)
    command = [sys.executable, "-c", ROUND_TRIP, str(small_source), empty_url, str(tmp_path / "back")]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    there, back = result.stdout.splitlines()
    assert there == (
        "[(1, 'n', True, datetime.date(2026, 1, 2), "
        "datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc), 0.5)]"
    )
    assert back == "[(1, 'n', 1, '2026-01-02', '2026-01-02 03:04:05', 0.5)]"
