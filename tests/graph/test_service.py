"""A service follows its database: what the database lacks is left out, what it has is served."""

import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from lnql.graph.visibility import EVERYTHING_VISIBLE
from lnql.models.database import DATABASE

from ..conftest import Copies, Dialect, PostgresServer
from .conftest import LIMITS, Server, recorded

REMOVED = ["ALTER TABLE lamindb_artifact DROP COLUMN n_files", "DROP TABLE lamindb_artifactulabel"]


def remove(target: str, dialect: Dialect, postgres: PostgresServer) -> None:
    """Take the bionty tables, one column and one link table out of an instance."""
    if dialect == "postgresql":
        drop = "DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables WHERE tablename LIKE 'bionty\\_%'"
        bionty = f"{drop} LOOP EXECUTE format('DROP TABLE %I CASCADE', t); END LOOP; END $$"
        postgres.execute(bionty, *REMOVED, database=re.split(r"[/?]", target)[3])
        return
    with closing(sqlite3.connect(Path(target) / DATABASE)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'bionty_*'")
        indexes = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql GLOB '*(\"n_files\"*'"
        )
        drops = [f'DROP TABLE "{name}"' for (name,) in names.fetchall()]
        drops += [f'DROP INDEX "{name}"' for (name,) in indexes.fetchall()]
        for statement in [*drops, *REMOVED]:
            connection.execute(statement)
        connection.commit()


@pytest.fixture
def older(copies: Copies, real_folder: Path, dialect: Dialect, postgres: PostgresServer) -> Iterator[Server]:
    """The real instance, had it been made without a module and by an older version."""
    target = copies(real_folder, dialect)
    remove(target, dialect, postgres)
    with recorded() as statements:
        server = Server(target, EVERYTHING_VISIBLE, LIMITS, statements)
    yield server
    server.close()


def test_the_schema_follows_the_database(older: Server, caplog: pytest.LogCaptureFixture) -> None:
    warnings = [record.getMessage() for record in caplog.get_records("setup") if record.levelno == logging.WARNING]
    assert "The database has no column lamindb_artifact.n_files: it is left out." in warnings
    assert "The database has no table bionty_celltype: CellType is left out." in warnings
    assert "The database has no table lamindb_artifactulabel: this relation is left out." in warnings
    assert len(set(warnings)) == len(warnings)
    fields = older.ask('{ __type(name: "Artifact") { fields { name } } __schema { types { name } } }', statements=0)
    names = {field["name"] for field in fields["__type"]["fields"]}
    assert {"size", "records", "run"} <= names
    assert not {"nFiles", "ulabels", "cellTypes"} & names
    assert not {"CellType", "Gene", "CellTypeFilter", "CellTypesFilter"} & {
        one["name"] for one in fields["__schema"]["types"]
    }


def test_what_is_left_is_served(older: Server) -> None:
    answer = older.ask(
        """{
          artifacts(first: 3, filter: {records: {none: {}}}, orderBy: [{size: DESC}]) {
            totalCount nodes { uid size records { totalCount } createdBy { handle } }
          }
          ulabels(first: 2, filter: {children: {some: {}}}) { nodes { name children { totalCount } } }
          records { totalCount }
        }"""
    )
    assert len(answer["artifacts"]["nodes"]) == 3
    assert len(answer["ulabels"]["nodes"]) == 2
    code, message = older.refuse("{ artifacts { nodes { nFiles } } }")
    assert (code, "nFiles" in message) == ("INVALID", True)


def is_list(made: dict[str, Any]) -> bool:
    return str(made["name"]).endswith("Connection")


def test_every_scalar_of_what_is_left_is_served(older: Server) -> None:
    fields = older.ask('{ __type(name: "Query") { fields { name type { ofType { name } } } } }', statements=0)
    names = [(field["name"], field["type"]["ofType"]) for field in fields["__type"]["fields"]]
    plurals = {name: made["name"].removesuffix("Connection") for name, made in names if made and is_list(made)}
    assert len(plurals) == 27
    query = "query Q($name: String!) { __type(name: $name) { fields { name type { kind ofType { kind } } } } }"
    for plural, name in plurals.items():
        columns = older.ask(query, {"name": name}, statements=0)["__type"]["fields"]
        kinds = {one["name"]: (one["type"]["kind"], (one["type"]["ofType"] or {}).get("kind")) for one in columns}
        scalars = " ".join(column for column, kind in kinds.items() if "SCALAR" in kind)
        older.ask(f"{{ {plural}(first: 5) {{ nodes {{ {scalars} }} }} }}")
