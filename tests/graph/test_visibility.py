"""What a request may see: LaminDB's branch rule, and the scope that is attached to every occurrence of a table."""

import pytest

from .conftest import Server, Sql

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
