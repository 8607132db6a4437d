"""`lnql init`: the physical schema is that of a real LaminDB instance, and the first rows are there."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from lnql.errors import InstanceError
from lnql.models.database import Instance, open_instance
from lnql.models.initialize import init_instance
from lnql.models.transactions import begin
from lnql.models.tuning import missing_indexes
from lnql.models.uids import instance_uid

from ..conftest import PostgresServer
from .sqlite_facts import OURS, Facts, sqlite_facts


@pytest.fixture(scope="module")
def real(real_folder: Path) -> Facts:
    return sqlite_facts(real_folder / ".lamindb" / "lamin.db")


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    instance = init_instance(tmp_path_factory.mktemp("ours"))
    assert instance.path
    return sqlite_facts(instance.path)


def test_columns_have_the_real_types_defaults_and_keys(real: Facts, ours: Facts) -> None:
    assert len({table for table, _ in real.columns}) == 142
    assert ours.columns == real.columns


def test_indexes_have_the_real_names_columns_and_conditions(real: Facts, ours: Facts) -> None:
    assert len(real.indexes) > 1000
    added = {(index.table, index.name) for index in missing_indexes()}  # an intended difference: they make it faster
    assert {place: index for place, index in ours.indexes.items() if place not in added} == real.indexes
    assert added == ours.indexes.keys() - real.indexes.keys()


def test_what_is_unique_is_what_really_is(real: Facts, ours: Facts) -> None:
    assert ours.uniques == real.uniques


def test_foreign_keys_are_the_real_ones(real: Facts, ours: Facts) -> None:
    assert len(real.links) == 571
    assert ours.links == real.links


def test_checks_are_the_real_ones(real: Facts, ours: Facts) -> None:
    assert ours.checks == real.checks


COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
a.attidentity
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
"""
INDEXES = """
SELECT t.relname, c.relname, i.indisunique, pg_get_expr(i.indpred, i.indrelid),
array(SELECT pg_get_indexdef(c.oid, n, false) FROM generate_series(1, i.indnkeyatts) n),
(SELECT o.opcname FROM pg_opclass o WHERE o.oid = i.indclass[0] AND NOT o.opcdefault),
EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype = 'u')
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisprimary
"""
CONSTRAINTS = """
SELECT t.relname, k.conname, k.contype, pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
WHERE k.connamespace = 'public'::regnamespace AND k.contype IN ('c', 'f')
"""
TYPES = {
    "text": "text",
    "bool": "boolean",
    "datetime": "timestamp with time zone",
    "integer": "integer",
    "bigint": "bigint",
    "smallint": "smallint",
    "date": "date",
}
"""PostgreSQL's type for SQLite's, besides JSON and strings of limited length."""


@pytest.fixture(scope="module")
def rows(postgres: PostgresServer) -> Callable[[str], list[tuple[Any, ...]]]:
    """The answers of a new PostgreSQL instance to queries of its catalogue."""
    url = make_url(postgres.url(postgres.create()))
    init_instance(url.render_as_string())

    def fetch(query: str) -> list[tuple[Any, ...]]:
        with begin(url, "read") as transaction:
            return [row for row in transaction.fetch(query) if row[0] != OURS]

    return fetch


Fetch = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def keys(shared: Path) -> dict[str, str]:
    """The type of each table's id on PostgreSQL, from the description of a real instance there."""
    signs = {"`##`": "bigint", "`#`": "integer"}
    lines = (shared / "lamindb" / "tables_compact.md").read_text().splitlines()
    found = (re.match(r"- `(\w+)` (`#+`)?", line) for line in lines)
    return {match[1]: signs.get(match[2], "smallint") for match in found if match}


def test_postgresql_columns_follow_from_the_real_ones(real: Facts, rows: Fetch, keys: dict[str, str]) -> None:
    json_columns = {
        (table, check[11 : check.index(")")]) for table, check in real.checks if check.startswith("JSON_VALID")
    }
    expected = {}
    for (table, name), column in real.columns.items():
        length = re.fullmatch(r"varchar\((\d+)\)", column.type)
        kind = f"character varying({length[1]})" if length else TYPES.get(column.type, column.type)
        kind = keys.get(table, "bigint") if column.key else "jsonb" if (table, name) in json_columns else kind
        expected[table, name] = (kind, column.needed, plain(column.default), "d" if column.key else "")
    found = {
        (table, column): (kind, needed, plain(default), identity.decode().strip("\0"))
        for table, column, kind, needed, default, identity in rows(COLUMNS)
    }
    assert found == expected


def plain(default: str | None) -> str | None:
    """A default as either dialect means it."""
    if default is None:
        return None
    words = {"false": "0", "true": "1", "statement_timestamp()": "now", "STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')": "now"}
    value = re.sub(r"::[a-z ]+$", "", default).strip("'")
    return words.get(default, value)


def test_postgresql_indexes_follow_from_the_real_ones(real: Facts, rows: Fetch) -> None:
    expected = {(table, columns, "", True) for table, columns in real.uniques}
    for (table, _), index in real.indexes.items():
        names = tuple(column or "lower((name)::text)" for column, _, _ in index.columns)
        expected.add((table, names, index.condition, index.unique))
    expected |= {(index.table, index.columns, "", False) for index in missing_indexes()}
    found = {
        (table, tuple(columns), (condition or "").strip("()"), unique)
        for table, _, unique, condition, columns, operators, _ in rows(INDEXES)
        if operators is None
    }
    assert found == expected


def test_postgresql_indexes_have_the_real_names_where_these_are_short_enough(real: Facts, rows: Fetch) -> None:
    real_names = {name for _, name in real.indexes if len(name) <= 63}
    names = {name for _, name, *_ in rows(INDEXES)}
    assert len(real_names) > 900
    assert real_names <= names


def test_postgresql_strings_that_are_indexed_have_an_index_for_prefixes_too(real: Facts, rows: Fetch) -> None:
    single = {
        (table, index.columns[0][0] or "") for (table, _), index in real.indexes.items() if len(index.columns) == 1
    }
    single |= {(table, columns[0]) for table, columns in real.uniques if len(columns) == 1}
    strings = {place for place, column in real.columns.items() if column.type.startswith(("varchar", "text"))}
    expected = single & strings
    found = {(table, columns[0]) for table, _, _, _, columns, operators, _ in rows(INDEXES) if operators}
    assert found == expected


def test_postgresql_foreign_keys_are_the_real_ones(real: Facts, rows: Fetch) -> None:
    pattern = re.compile(r"FOREIGN KEY \((\w+)\) REFERENCES (\w+)\((\w+)\) DEFERRABLE INITIALLY DEFERRED")
    found = {}
    for table, _, kind, definition in rows(CONSTRAINTS):
        if kind == b"f":
            match = pattern.fullmatch(definition)
            assert match, definition
            found[table, match[1]] = (match[2], match[3], "NO ACTION", "NO ACTION")
    assert found == real.links


def test_postgresql_checks_types(rows: Fetch) -> None:
    checks = sorted(name for _, name, kind, _ in rows(CONSTRAINTS) if kind == b"c")
    typed = ("feature", "project", "record", "reference", "schema", "ulabel")
    assert checks == sorted(
        ["feature_dtype_str_not_null_when_is_type_false", *(f"{name}_type_is_valid_fk" for name in typed)]
    )


def test_postgresql_triggers_have_the_names_by_which_lamindb_finds_them(rows: Fetch) -> None:
    names = {name for (name,) in rows("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")}
    assert names == {
        "pgtrigger_prevent_feature_type_cycle_04c90",
        "pgtrigger_prevent_project_type_cycle_e2567",
        "pgtrigger_prevent_record_type_cycle_56c18",
        "pgtrigger_prevent_reference_type_cycle_3d37c",
        "pgtrigger_prevent_schema_type_cycle_b403c",
        "pgtrigger_prevent_ulabel_type_cycle_863ae",
        "pgtrigger_update_feature_on_name_change_6c32d",
    }


def test_an_anonymous_user_is_the_one_lamindb_knows(tmp_path: Path) -> None:
    instance = init_instance(tmp_path, user="anonymous")
    assert first_rows(instance, "lamindb_user", "uid", "handle") == [("00000000", "anonymous")]


def first_rows(instance: Instance, table: str, *columns: str) -> list[tuple[Any, ...]]:
    with begin(instance.url, "read") as transaction:
        return transaction.fetch(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id")


@pytest.fixture
def new_instance(empty_target: str) -> Instance:
    return open_instance(empty_target)


def test_the_first_rows_are_those_of_the_real_instance(new_instance: Instance, real_folder: Path) -> None:
    real = open_instance(real_folder)
    branches = ("id", "uid", "name", "description", "_status_code", "space_id", "created_by_id")
    assert first_rows(new_instance, "lamindb_branch", *branches) == first_rows(real, "lamindb_branch", *branches)[:3]
    spaces = ("id", "uid", "name", "description", "created_by_id")
    assert first_rows(new_instance, "lamindb_space", *spaces) == first_rows(real, "lamindb_space", *spaces)[:1]
    migrations = ("app", "name")
    assert sorted(first_rows(new_instance, "django_migrations", *migrations)) == sorted(
        first_rows(real, "django_migrations", *migrations)
    )


def test_the_first_user_and_the_storage_are_this_users(new_instance: Instance, tmp_path: Path) -> None:
    ((uid, handle, name),) = first_rows(new_instance, "lamindb_user", "uid", "handle", "name")
    assert len(uid) == 8
    assert handle
    assert name is None
    ((uid, *storage),) = first_rows(new_instance, "lamindb_storage", "uid", "root", "type", "region", "created_by_id")
    assert storage == [str(tmp_path / "storage"), "local", None, 1]
    note = (tmp_path / "storage" / ".lamindb" / "storage_uid.txt").read_text().splitlines()
    assert note[0] == uid
    facts = dict(line.split("=") for line in note[2:])
    ((noted,),) = first_rows(new_instance, "lamindb_storage", "instance_uid")
    assert noted == facts["instance_uid"] == instance_uid(facts["instance_id"])


def test_times_are_given_by_the_database(new_instance: Instance) -> None:
    ((created,),) = first_rows(new_instance, "lamindb_user", "created_at")
    instant = created if isinstance(created, datetime) else datetime.fromisoformat(created).replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - instant).total_seconds()) < 120


def test_all_other_tables_are_empty(new_instance: Instance) -> None:
    with begin(new_instance.url, "read") as transaction:
        counts = {table: transaction.fetch(f"SELECT count(*) FROM {table}")[0][0] for table in new_instance.columns}
    assert {table: count for table, count in counts.items() if count} == {
        "alembic_version": 1,
        "django_migrations": 24,
        "lamindb_branch": 3,
        "lamindb_space": 1,
        "lamindb_storage": 1,
        "lamindb_user": 1,
    }


def test_ids_go_on_after_the_first_rows(new_instance: Instance) -> None:
    tables = {
        "lamindb_branch": "(uid, name, created_by_id) VALUES ('b', 'b', 1)",
        "lamindb_space": "(uid, name) VALUES ('s', 's')",
        "lamindb_user": "(uid, handle) VALUES ('u', 'u')",
    }
    with begin(new_instance.url, "exclusive") as transaction:
        for table, values in tables.items():
            transaction.execute(f"INSERT INTO {table} {values};")
    assert {first_rows(new_instance, table, "id")[-1] for table in tables} == {(2,)}


def test_an_instance_is_not_made_twice(empty_target: str) -> None:
    with pytest.raises(InstanceError, match="holds an instance already; give a new folder or an empty database"):
        init_instance(empty_target)
    assert open_instance(empty_target).missing() == []


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("a,b")
    init_instance(tmp_path, user="ann")
    assert sorted(path.name for path in tmp_path.rglob("*")) == [".lamindb", "data.csv", "lamin.db", "storage_uid.txt"]
    assert first_rows(open_instance(tmp_path), "lamindb_user", "handle") == [("ann",)]


@pytest.mark.parametrize("target", ["sqlite:///{folder}/.lamindb/lamin.db", "sqlite:///{folder}/lab.db"])
def test_a_sqlite_url_names_the_file(tmp_path: Path, target: str) -> None:
    instance = init_instance(target.format(folder=tmp_path))
    assert instance.path == Path(target.format(folder=tmp_path).removeprefix("sqlite:///"))
    assert first_rows(instance, "lamindb_storage", "root") == [(str(tmp_path),)]


def test_a_file_is_no_place(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("")
    with pytest.raises(
        InstanceError, match=r"notes is a file\. Give a folder, a sqlite:///… or a postgresql://… URL\.$"
    ):
        init_instance(tmp_path / "notes")
    with pytest.raises(InstanceError, match=r"No instance can be made in .*/notes/lab/\.lamindb: Not a directory\.$"):
        init_instance(tmp_path / "notes" / "lab")


def test_a_storage_belongs_to_one_instance(tmp_path: Path) -> None:
    init_instance(tmp_path / "one", storage=tmp_path / "files")
    with pytest.raises(InstanceError, match=r"files is the storage of another instance; give another one\.$"):
        init_instance(tmp_path / "two", storage=tmp_path / "files")
    assert not (tmp_path / "two" / ".lamindb" / "lamin.db").exists()
    assert init_instance(tmp_path / "two").path
