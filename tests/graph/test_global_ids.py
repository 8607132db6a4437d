"""Global ids, the interface Node, and look-ups by unique keys."""

import pytest

from .conftest import Server


def test_an_id_finds_the_row_that_gave_it(lab: Server) -> None:
    rows = lab.ask("{ artifacts(first: 2) { nodes { id uid } } runs(first: 1) { nodes { id uid } } }")
    for row in rows["artifacts"]["nodes"]:
        query = "query Q($id: ID!) { node(id: $id) { id ... on Artifact { uid } } artifact(by: {id: $id}) { id uid } }"
        assert lab.ask(query, {"id": row["id"]}) == {"node": row, "artifact": row}


def test_nodes_of_several_registries_come_in_the_order_of_their_ids(lab: Server) -> None:
    ids = ["Run:2", "Artifact:5", "User:1", "Artifact:4", "Run:999", "Artifact:5", "Transform:1"]
    query = """query Q($ids: [ID!]!) { nodes(ids: $ids) {
      __typename id ... on Artifact { uid run { uid } records { totalCount } } ... on Run { status } ...U } }
      fragment U on User { handle }"""
    artifact5 = {"__typename": "Artifact", "id": "Artifact:5", "uid": "artifact0005", "run": {"uid": "run5"}}
    assert lab.ask(query, {"ids": ids})["nodes"] == [
        {"__typename": "Run", "id": "Run:2", "status": "restarted"},
        artifact5 | {"records": {"totalCount": 2}},
        {"__typename": "User", "id": "User:1", "handle": "ada"},
        {"__typename": "Artifact", "id": "Artifact:4", "uid": "artifact0004", "run": {"uid": "run4"}}
        | {"records": {"totalCount": 3}},
        None,
        artifact5 | {"records": {"totalCount": 2}},
        {"__typename": "Transform", "id": "Transform:1"},
    ]
    assert lab.ask(query, {"ids": []}) == {"nodes": []}


BY = [
    ('artifact(by: {uid: "artifact0003"})', "artifact0003"),
    ("artifact(by: {databaseId: 3})", "artifact0003"),
    ('artifact(by: {id: "Artifact:3"})', "artifact0003"),
    ('artifact(by: {uid: "artifact0020"})', "artifact0020"),  # in the trash
    ("artifact(by: {databaseId: 21})", "artifact0021"),  # archived
    ('artifact(by: {uid: "artifact"})', None),
    ('artifact(by: {uid: "ARTIFACT0003"})', None),
    ("artifact(by: {databaseId: 0})", None),
    ("artifact(by: {databaseId: -2147483648})", None),
    ('artifact(by: {id: "Artifact:999"})', None),
    ('user(by: {handle: "grace"})', "user0002"),
    ('transform(by: {uid: "transform2"})', "transform2"),
    ('branch(by: {uid: "branch2"})', "branch2"),
    ("run(by: {databaseId: 9223372036854775807})", None),
]


@pytest.mark.parametrize(("field", "uid"), BY)
def test_a_row_by_a_unique_key(lab: Server, field: str, uid: str | None) -> None:
    assert lab.ask(f"{{ row: {field} {{ uid }} }}")["row"] == (uid and {"uid": uid})


def test_an_id_of_another_registry_finds_nothing(lab: Server) -> None:
    assert lab.ask('{ artifact(by: {id: "Run:1"}) { uid } }', statements=0) == {"artifact": None}


@pytest.mark.parametrize("id_", ["Artifact:20", "Artifact:21", "Artifact:22"])
def test_node_finds_rows_of_every_branch(lab: Server, id_: str) -> None:
    query = "query Q($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }"
    assert lab.ask(query, {"id": id_}) == {"node": {"id": id_}, "nodes": [{"id": id_}]}


@pytest.mark.parametrize("id_", ["Artifact:999", "Artifact:0", "Artifact:-1", "Artifact:9223372036854775807"])
def test_an_unknown_row_is_null(lab: Server, id_: str) -> None:
    query = "query Q($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }"
    assert lab.ask(query, {"id": id_}) == {"node": None, "nodes": [None]}


MALFORMED = [
    "",
    "1",
    "Artifact",
    "Artifact:",
    ":1",
    "Artifact:x",
    "Artifact:1.5",
    "artifact:1",
    "Nothing:1",
    "Artifact:1 ",
    "Artifact:01",
    "Artifact:-0",
]
MALFORMED += ["Artifact:1\n", "Artifact:٣", "Artifact:9223372036854775808", "Artifact:" + "9" * 400, "PageInfo:1"]


@pytest.mark.parametrize("id_", MALFORMED)
@pytest.mark.parametrize("field", ["node(id: $id)", "nodes(ids: [$id])", "row: artifact(by: {id: $id})"])
def test_what_is_no_id_is_refused(lab: Server, field: str, id_: str) -> None:
    code, message = lab.refuse(f"query Q($id: ID!) {{ {field} {{ id }} }}", {"id": id_})
    assert code == "INVALID"
    assert f"{id_[:60]!r} is no global id" in message


REFUSED = [
    ("{ artifact(by: {}) { uid } }", "exactly one key"),
    ('{ artifact(by: {uid: "a", databaseId: 1}) { uid } }', "exactly one key"),
    ("{ artifact(by: {uid: null}) { uid } }", "must be non-null"),
    ("{ artifact { uid } }", "Query.artifact(by:)"),
    ('{ artifact(by: {key: "a"}) { uid } }', "unknown field 'key'"),
    ('{ node(id: "Artifact:1") { uid } }', "Cannot query field 'uid' on type 'Node'"),
]


@pytest.mark.parametrize(("query", "message"), REFUSED)
def test_a_look_up_takes_one_key(lab: Server, query: str, message: str) -> None:
    code, told = lab.refuse(query)
    assert code == "INVALID"
    assert message.lower() in told.lower()


def test_at_most_1000_ids(lab: Server) -> None:
    query = "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    ids = [f"Artifact:{number % 24 + 1}" for number in range(1001)]
    assert [row["id"] for row in lab.ask(query, {"ids": ids[:1000]})["nodes"]] == ids[:1000]
    code, message = lab.refuse(query, {"ids": ids})
    assert (code, message) == ("TOO_COMPLEX", "ids has 1001 items; at most 1000 are allowed.")
