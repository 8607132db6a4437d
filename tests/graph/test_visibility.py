"""What a request may see: LaminDB's branch rule, and the scope that is attached to every occurrence of a table."""

import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest
import sqlalchemy as sa
import sqlglot
from sqlglot import exp

from lnql.graph.visibility import Scope
from lnql.models import registries
from lnql.models.database import DATABASE

from ..conftest import Dialect
from .conftest import Serve, Server, Sql
from .queries import NAMES, query

# The branch rule -----------------------------------------------------------------------------------------------------

EVERY = ["artifact0020", "artifact0021", "artifact0022"]
"""On the trash, the archive and a branch of someone's own."""

LIFTED = [
    'uid: {eq: "artifact0020"}',
    'uid: {in: ["artifact0020", "artifact0001"]}',
    'uid: {eq: "artifact0020", startsWith: "a"}',
    "databaseId: {eq: 20}",
    "databaseId: {in: [20]}",
    'hash: {eq: "hash20"}',
    'hash: {in: ["hash20"]}',
    'uid: {in: ["artifact0020"]}, suffix: {eq: ""}',
    "branchId: {eq: -1}",
    "branchId: {isNull: false}",
    'branch: {name: {eq: "trash"}}',
    "branch: {}",
    "and: [{branchId: {lt: 0}}]",
    "or: [{branchId: {eq: -1}}, {size: {eq: 1}}]",
    "not: {branchId: {eq: 1}}",
    "and: [{or: [{not: {branch: {databaseId: {eq: 1}}}}]}]",
]
KEPT = [
    "",
    'key: {eq: "raw/a.fastq"}',
    'uid: {startsWith: "artifact0020"}',
    'uid: {neq: "artifact0001"}',
    'uid: {notIn: ["artifact0001"]}',
    "databaseId: {gte: 20}",
    "databaseId: {between: [20, 22]}",
    'hash: {iEq: "HASH20"}',
    # Only at the top level, unlike the branch.
    'and: [{uid: {eq: "artifact0020"}}]',
    "or: [{databaseId: {in: [20, 21]}}]",
    'not: {uid: {eq: "artifact0001"}}',
    # Of related rows these say nothing about the rows themselves.
    "createdBy: {databaseId: {in: [1, 2, 3]}}",
    "createdBy: {branches: {none: {}}}",
    "run: {branchId: {eq: 1}}",
    'run: {branch: {name: {eq: "main"}}}',
    "records: {every: {branchId: {isNull: false}}}",
    "createdOnId: {eq: 1}",
    "spaceId: {in: [1, 2]}",
]


@pytest.mark.parametrize("question", LIFTED)
def test_a_filter_that_lifts_the_branch_rule(lab: Server, question: str) -> None:
    assert "artifact0020" in lab.uids("artifacts", f"filter: {{{question}}}")


@pytest.mark.parametrize("question", KEPT)
def test_a_filter_that_keeps_the_branch_rule(lab: Server, question: str) -> None:
    assert not {*EVERY} & {*lab.uids("artifacts", f"filter: {{{question}}}")}


def test_all_branches(lab: Server, lab_sql: Sql) -> None:
    every = [uid for (uid,) in lab_sql("SELECT uid FROM lamindb_artifact ORDER BY id")]
    assert lab.uids("artifacts", "filter: {branchId: {isNull: false}}") == every


def test_related_rows_are_of_every_branch(lab: Server, lab_sql: Sql) -> None:
    ((count,),) = lab_sql(
        "SELECT count(DISTINCT record_id) FROM lamindb_artifactrecord l JOIN lamindb_record r ON r.id = l.record_id"
        " WHERE l.artifact_id = 3 AND r.branch_id <> 1"
    )
    query = """{ artifact(by: {databaseId: 3}) {
      records(filter: {branchId: {neq: 1}}) { totalCount nodes { branch { name } } } } }"""
    records = lab.ask(query)["artifact"]["records"]
    assert records == {"totalCount": count, "nodes": [{"branch": {"name": "draft"}}]}
    listed = lab.ask("{ user(by: {databaseId: 3}) { createdArtifacts { nodes { uid } } } }")["user"]["createdArtifacts"]
    assert {"uid": "artifact0020"} in listed["nodes"]
    assert "artifact0003" in lab.uids("artifacts", 'filter: {records: {some: {branch: {name: {eq: "draft"}}}}}')


def test_registries_without_branches_have_no_branch_rule(lab: Server) -> None:
    answer = lab.ask("{ users { totalCount } branches { totalCount } }")
    assert answer == {"users": {"totalCount": 3}, "branches": {"totalCount": 4}}


def test_the_real_instance_shows_its_main_branch(real: Server, real_sql: Sql) -> None:
    for plural, table in [("artifacts", "lamindb_artifact"), ("ulabels", "lamindb_ulabel"), ("runs", "lamindb_run")]:
        for where, question in [("branch_id = 1", ""), ("1", "filter: {branchId: {isNull: false}}")]:
            expected = [uid for (uid,) in real_sql(f"SELECT uid FROM {table} WHERE {where} ORDER BY id")]
            assert real.uids(plural, question) == expected


# The scope -----------------------------------------------------------------------------------------------------------

MARK = 20261122


def marked(table: sa.Table) -> sa.ColumnElement[bool]:
    """True of every row, and found again in the statement."""
    return table.c.id != sa.literal_column(str(MARK))


MARKED = Scope("marked", marked)
REGISTRIES = {model.__tablename__ for model in registries()}


def is_marked(table: exp.Table) -> bool:
    """Whether a table is the only one its SELECT reads, and the mark is a condition of that SELECT."""
    select = table.find_ancestor(exp.Select)
    assert select is not None
    where = select.args.get("where")
    alone = select.args.get("joins") is None and select.find(exp.Table) is table
    marks = [] if where is None else where.this.find_all(exp.NEQ)
    return alone and any(mark.parent is where and mark.expression.name == str(MARK) for mark in marks)


def unmarked(text: str, dialect: Dialect) -> list[str]:
    """The registry tables that occur in a statement without the mark."""
    (parsed,) = sqlglot.parse(text, read="postgres" if dialect == "postgresql" else "sqlite")
    assert parsed is not None
    occurrences = [table for table in parsed.find_all(exp.Table) if table.name in REGISTRIES]
    return [table.sql() for table in occurrences if not is_marked(table)]


def test_the_check_finds_what_it_looks_for() -> None:
    inside = f"SELECT id FROM lamindb_run WHERE lamindb_run.id <> {MARK}"
    assert unmarked(f"SELECT x.id FROM ({inside}) AS x", "sqlite") == []
    assert unmarked("SELECT id FROM lamindb_run", "sqlite") == ["lamindb_run"]
    assert unmarked(f"SELECT x.id FROM ({inside}) AS x JOIN lamindb_user ON true", "sqlite") == ["lamindb_user"]
    assert unmarked(f"{inside} OR id = 1", "sqlite") == ["lamindb_run"]
    assert unmarked(f"SELECT id FROM lamindb_run, lamindb_user WHERE lamindb_run.id <> {MARK}", "sqlite")


@pytest.mark.parametrize("name", NAMES)
def test_every_occurrence_of_a_registry_s_table_carries_the_scope(
    lab: Server, serve: Serve, laboratory: Path, dialect: Dialect, name: str
) -> None:
    scoped = serve(laboratory, dialect, MARKED)
    assert scoped.ask(query(name)) == lab.ask(query(name))
    scoped.ask(query(name))
    texts = [statement.text for statement in (*scoped.startup, *scoped.statements)]
    assert [table for text in texts for table in unmarked(text, dialect)] == []


HIDDEN = {
    "lamindb_artifact": (2, 5, 20),
    "lamindb_record": (3, 4),
    "lamindb_run": (1, 3),
    "lamindb_transform": (2,),
    "lamindb_user": (2,),
    "lamindb_ulabel": (2, 7),
    "lamindb_branch": (-1,),
}


def shown(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(sa.true(), *(table.c.id != sa.literal_column(str(id_)) for id_ in HIDDEN.get(table.name, ())))


SHOWN = Scope("shown", shown)


@pytest.fixture(scope="module")
def without(laboratory: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The laboratory without the rows that are hidden, though others still point to them."""
    folder = tmp_path_factory.mktemp("without")
    copytree(laboratory, folder, dirs_exist_ok=True)
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        for table, ids in HIDDEN.items():
            connection.execute(f"DELETE FROM {table} WHERE id IN ({', '.join(map(str, ids))})")
        connection.commit()
    return folder


HIDDEN_QUERIES = [
    "{ artifacts(first: 30, filter: {branchId: {isNull: false}}) {"
    " totalCount nodes { uid createdBy { uid } run { uid } } } }",
    "{ artifacts(orderBy: [{createdBy: {handle: ASC}}, {run: {transform: {key: DESC}}}]) { nodes { uid } } }",
    "{ artifacts(orderBy: [{recordsCount: DESC}, {ulabelsCount: ASC}]) { edges { node { uid } cursor } } }",
    "{ a: artifacts(filter: {run: {isNull: true}}) { nodes { uid } } b: artifacts(filter: {run: {}}) { totalCount } }",
    '{ artifacts(filter: {not: {run: {name: {eq: "second"}}}}) { nodes { uid } } }',
    '{ artifacts(filter: {createdBy: {handle: {eq: "grace"}}}) { totalCount } }',
    '{ artifacts(filter: {run: {transform: {key: {neq: "align.py"}}}}) { nodes { uid } } }',
    "{ artifacts(filter: {records: {count: {eq: 2}}}) { nodes { uid } } }",
    '{ artifacts(filter: {records: {some: {name: {eq: "Liver"}}}}) { totalCount } }',
    '{ artifacts(filter: {records: {every: {name: {neq: "kidney"}}}}) { totalCount } }',
    "{ artifacts(filter: {records: {none: {}}}) { totalCount } }",
    '{ artifacts(filter: {branch: {name: {eq: "trash"}}}) { totalCount } }',
    "{ ulabels { nodes { uid children { totalCount nodes { uid } } parents { totalCount } } } }",
    '{ user(by: {handle: "grace"}) { uid } artifact(by: {databaseId: 2}) { uid } node(id: "Run:1") { id } }',
    '{ nodes(ids: ["Artifact:2", "Artifact:3", "User:2", "Run:1"]) { id ... on Artifact { createdBy { uid } } } }',
]


@pytest.mark.parametrize("asked", [*HIDDEN_QUERIES, *map(query, NAMES)])
def test_a_hidden_row_is_as_if_it_were_not_there(
    serve: Serve, laboratory: Path, without: Path, dialect: Dialect, asked: str
) -> None:
    assert serve(laboratory, dialect, SHOWN).ask(asked) == serve(without, "sqlite").ask(asked)
