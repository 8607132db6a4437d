"""Indexes and constraints have the names that Django gives them."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from lnql.models import Base
from lnql.models.naming import POSTGRESQL_LIMIT, django_name

LONG = "bionty_artifactexperimentalfactor"


@pytest.fixture(scope="module")
def postgresql_ddl() -> str:
    """All statements that make the tables on PostgreSQL."""
    statements: list[str] = []

    def record(statement: sa.Executable, *_: object, **__: object) -> None:
        statements.append(str(statement.compile(dialect=engine.dialect)))  # type: ignore[attr-defined]  # a mock engine

    engine = sa.create_mock_engine("postgresql+asyncpg://", record)
    Base.metadata.create_all(engine, checkfirst=False)
    return "\n".join(statements)


def indexes(connection: sqlite3.Connection) -> dict[str, str]:
    """The named indexes of LaminDB's tables and what they are on, without differences of spelling."""
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name NOT LIKE 'django%'"
    )
    return {name: re.sub(r"\(\((.*)\)\)", r"(\1)", re.sub(r'["\s]', "", sql).lower()) for name, sql in rows}


def test_indexes_are_those_of_the_real_instance(real_folder: Path, tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    Base.metadata.create_all(engine)
    engine.dispose()
    real = f"file:{real_folder / '.lamindb' / 'lamin.db'}?mode=ro&immutable=1"
    with closing(sqlite3.connect(tmp_path / "empty.db")) as ours, closing(sqlite3.connect(real, uri=True)) as theirs:
        assert indexes(ours) == indexes(theirs)


@pytest.mark.parametrize(
    ("columns", "suffix", "name"),
    [
        (["artifact_id"], "", f"{LONG}_artifact_id_488635ae"),
        (["experimentalfactor_id"], "", "bionty_artifactexperimenta_experimentalfactor_id_4adcff43"),
        (["artifact_id"], "_fk_lamindb_artifact_id", "bionty_artifactexper_artifact_id_488635ae_fk_lamindb_a"),
    ],
)
def test_names_fit_into_postgresql(columns: list[str], suffix: str, name: str) -> None:
    assert django_name(LONG, columns, suffix, POSTGRESQL_LIMIT) == name


def test_no_name_is_too_long_for_postgresql(postgresql_ddl: str) -> None:
    names = re.findall(r'(?:INDEX|CONSTRAINT) "?(\w+)', postgresql_ddl)
    assert len(names) > 1000
    assert max(map(len, names)) <= POSTGRESQL_LIMIT


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE INDEX lamindb_user_handle_35a84ca0_like ON lamindb_user (handle varchar_pattern_ops)",
        "CREATE INDEX lamindb_artifact_description_02ec4baf_like ON lamindb_artifact (description text_pattern_ops)",
        "CREATE UNIQUE INDEX unique_space_name_lower ON lamindb_space (lower(name))",
        "CONSTRAINT lamindb_transform_key_hash_0e2c4304_uniq UNIQUE (",
        "CONSTRAINT lamindb_run_transform_id_a2621a0c_fk_lamindb_transform_id FOREIGN KEY(transform_id) "
        "REFERENCES lamindb_transform (id) DEFERRABLE INITIALLY DEFERRED",
    ],
)
def test_postgresql_has_what_django_makes_there(postgresql_ddl: str, statement: str) -> None:
    assert statement in postgresql_ddl


def test_json_checks_are_for_sqlite_only(postgresql_ddl: str) -> None:
    assert "JSON_VALID" not in postgresql_ddl.upper()


def test_tables_made_on_sqlite_after_postgresql_have_all_foreign_keys(postgresql_ddl: str) -> None:
    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    keys = sa.inspect(engine).get_multi_foreign_keys().values()
    engine.dispose()
    assert sum(map(len, keys)) == postgresql_ddl.count("FOREIGN KEY") == 571
