"""The statements: one for each operation, values bound, one text for each shape."""

from typing import Any

import pytest
import sqlglot

from ..conftest import Dialect
from .conftest import Server
from .queries import NAMES, assert_recorded, assert_recorded_answer, query, script


@pytest.mark.parametrize("name", NAMES)
def test_a_query_its_answer_and_its_statements(lab: Server, dialect: Dialect, name: str) -> None:
    answer = lab.ask(query(name))
    assert_recorded_answer(f"{name}.json", answer)
    assert_recorded(f"{name}.{dialect}.sql", script(lab.statements))


@pytest.mark.parametrize("name", NAMES)
def test_statements_are_sql(lab: Server, dialect: Dialect, name: str) -> None:
    lab.ask(query(name))
    (statement,) = lab.statements
    (parsed,) = sqlglot.parse(statement.text, read="postgres" if dialect == "postgresql" else "sqlite")
    assert isinstance(parsed, sqlglot.exp.Select)


SECRET = "';--\"\\%_"

BOUND = [
    ("String", "{key: {eq: $x}}", SECRET, SECRET + "other"),
    ("String", "{key: {contains: $x}}", SECRET, "other"),
    ("[String!]", "{key: {in: $x}}", [SECRET, SECRET], ["a", "b", "c", "d"]),
    ("Int", "{databaseId: {gt: $x}}", 424242, 434343),
    ("[Int!]", "{databaseId: {notIn: $x}}", [424242], []),
    ("[BigInt!]", "{size: {between: $x}}", [42424242424242, 42424242424243], [0, 1]),
    ("Boolean", "{isLatest: {neq: $x}}", True, False),
    ("DateTime", "{createdAt: {lt: $x}}", "1942-04-02T00:00:00Z", "1943-04-03T12:00:00+02:00"),
    ("[DateTime!]", "{createdAt: {in: $x}}", ["1942-04-02T00:00:00Z"], ["1943-04-03T12:00:00+02:00"] * 3),
    ("String", "{run: {transform: {key: {startsWith: $x}}}}", SECRET, "other"),
    ("Int", "{records: {count: {lte: $x}}}", 424242, 434343),
]


@pytest.mark.parametrize(("type_", "filter_", "value", "other"), BOUND)
def test_values_are_bound_and_share_one_text(lab: Server, type_: str, filter_: str, value: Any, other: Any) -> None:
    asked = f"query Q($x: {type_}) {{ artifacts(filter: {filter_}) {{ totalCount nodes {{ uid }} }} }}"
    texts = set()
    for given in (value, other):
        lab.ask(asked, {"x": given})
        (statement,) = lab.statements
        texts.add(statement.text)
    (text,) = texts
    assert "--" not in text
    assert not any(part in text for part in ("4242", "4343", "1942", "1943", "other"))


def test_literals_are_bound_as_variables_are(lab: Server) -> None:
    texts = set()
    for key, offset in [("a", 2), ("b'", 4)]:
        lab.ask(
            f'{{ artifacts(filter: {{key: {{gt: "{key}"}}}}, first: 300, offset: {offset}) {{ nodes {{ uid }} }} }}'
        )
        (statement,) = lab.statements
        assert key in statement.arguments
        texts.add(statement.text)
    assert len(texts) == 1


def test_keys_and_cursors_are_bound(lab: Server) -> None:
    texts = set()
    for uid, ids in [("artifact0001", ["Run:1", "User:2"]), ("x' OR 1=1 --", ["Run:7", "User:3", "Run:7"])]:
        asked = "query Q($uid: String, $ids: [ID!]!) { artifact(by: {uid: $uid}) { uid } nodes(ids: $ids) { id } }"
        lab.ask(asked, {"uid": uid, "ids": ids})
        texts.add(lab.statements[0].text)
    assert len(texts) == 1
    assert "artifact0001" not in texts.pop()
    edges = lab.ask("{ artifacts(orderBy: [{uid: DESC}]) { edges { cursor } } }")["artifacts"]["edges"]
    for edge in edges[:3]:
        asked = "query Q($after: String) { artifacts(orderBy: [{uid: DESC}], after: $after) { nodes { uid } } }"
        lab.ask(asked, {"after": edge["cursor"]})
        texts.add(lab.statements[0].text)
    assert len(texts) == 1
    assert "artifact00" not in texts.pop()


def test_another_shape_is_another_text(lab: Server) -> None:
    asked = [
        '{ artifacts(filter: {key: {eq: "a"}}) { totalCount } }',
        '{ artifacts(filter: {key: {neq: "a"}}) { totalCount } }',
        '{ artifacts(filter: {suffix: {eq: "a"}}) { totalCount } }',
        '{ artifacts(filter: {key: {eq: "a"}}) { n: totalCount } }',
        "{ artifacts(filter: {key: {isNull: true}}) { totalCount } }",
        "{ artifacts(filter: {key: {isNull: false}}) { totalCount } }",
        "{ artifacts { nodes { uid } } }",
        "{ artifacts(last: 20) { nodes { uid } } }",
        "{ artifacts(first: 21) { nodes { uid } } }",  # PostgreSQL plans by how many rows are wanted
        "{ artifacts(orderBy: [{uid: ASC}]) { nodes { uid } } }",
        "{ artifacts(orderBy: [{uid: DESC}]) { nodes { uid } } }",
    ]
    texts = set()
    for one in asked:
        lab.ask(one)
        texts.add(lab.statements[0].text)
    assert len(texts) == len(asked)


def test_what_is_not_selected_costs_nothing(lab: Server) -> None:
    lab.ask("{ artifacts { nodes { uid } } }")
    text = lab.statements[0].text
    assert "count(" not in text
    assert "lamindb_run" not in text
    assert "description" not in text
    lab.ask("{ artifacts(orderBy: [{run: {name: ASC}}]) { totalCount } }")
    text = lab.statements[0].text
    assert "ORDER BY" not in text
    assert "lamindb_run" not in text


def test_control_characters_reach_no_driver(lab: Server) -> None:
    for given in ("a\x00b", "\x00"):
        answer = lab.post(
            "query Q($x: String) { artifacts(filter: {key: {eq: $x}}) { totalCount } }", {"x": given}
        ).json()
        assert answer["errors"][0]["extensions"]["code"] == "INVALID"
    code, _ = lab.refuse('{ artifacts(filter: {key: {eq: "a\\u0000b"}}) { totalCount } }')
    assert code == "INVALID"
