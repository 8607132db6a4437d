"""The statements that make tables."""

from importlib.resources import files

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Integer, MetaData, Table, Text

from lnql.models import Base
from lnql.models.ddl import creation_script, lamindb_tables, upgrade_script, user_tables

from ..conftest import Dialect


def test_revisions_form_one_line() -> None:
    script = ScriptDirectory(str(files("lnql.models") / "migrations"))
    assert script.get_heads() == ["0002"]
    assert script.get_bases() == ["0001"]


def test_the_revisions_make_every_table_of_lamindb(dialect: Dialect) -> None:
    script = upgrade_script(dialect)
    assert len(lamindb_tables()) == 141
    assert all(f"CREATE TABLE {table.name} (" in script for table in lamindb_tables())
    assert "INSERT INTO alembic_version (version_num) VALUES ('0001')" in script
    assert "SET version_num='0002'" in script


def test_only_postgresql_has_triggers() -> None:
    assert "CREATE TRIGGER" in upgrade_script("postgresql")
    assert "CREATE TRIGGER" not in upgrade_script("sqlite")


def test_every_table_is_of_lamindb_or_of_a_user() -> None:
    assert {*lamindb_tables(), *user_tables()} == set(Base.metadata.tables.values())


def test_a_table_is_made_with_its_indexes(dialect: Dialect) -> None:
    table = Table("lab_assay", MetaData(), Column("id", Integer, primary_key=True), Column("name", Text, index=True))
    script = creation_script(dialect, [table])
    assert script.startswith("CREATE TABLE lab_assay (")
    assert script.endswith("CREATE INDEX ix_lab_assay_name ON lab_assay (name);\n")


def test_no_table_is_no_statement(dialect: Dialect) -> None:
    assert creation_script(dialect, []) == ""


@pytest.mark.parametrize("revision", ["0002", "head"])
def test_a_revision_may_be_named(revision: str) -> None:
    assert upgrade_script("sqlite", revision) == upgrade_script("sqlite")
    assert upgrade_script("sqlite").startswith(upgrade_script("sqlite", "0001"))
