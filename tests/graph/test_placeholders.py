"""Plans with placeholders for variables: an answer is that of the value, whether it was planned for it or not."""

import json
import re
from typing import Any, NamedTuple

import pytest

from .conftest import Server
from .test_rows_in_python import PLANNING, counted


class Case(NamedTuple):
    """A query of a variable `$v`, and two values of it."""

    type: str
    query: str
    values: tuple[Any, Any]


FREE = {
    "key": Case("String!", "artifact(by: {uid: $v}) { uid }", ("UID0", "UID1")),
    "number": Case("Int!", "artifact(by: {databaseId: $v}) { uid }", (1, 2)),
    "equal": Case("String", "artifacts(filter: {uid: {eq: $v}}) { nodes { uid } }", ("UID0", "UID1")),
    "not equal": Case("String", "artifacts(filter: {not: {uid: {eq: $v}}}) { totalCount }", ("UID0", "none")),
    "greater": Case("BigInt!", "artifacts(filter: {size: {gt: $v}}) { totalCount }", (0, 1000)),
    "instant": Case(
        "DateTime",
        "artifacts(filter: {createdAt: {gt: $v}}) { totalCount }",
        ("2000-01-01T00:00:00+02:00", "2100-01-01T00:00:00Z"),
    ),
    "start": Case("String", "artifacts(filter: {suffix: {iStartsWith: $v}}) { totalCount }", (".PAR", "x")),
    "flag as a value": Case("Boolean!", "artifacts(filter: {isLatest: {eq: $v}}) { totalCount }", (True, False)),
    "count": Case("Int", "artifacts(filter: {ulabels: {count: {gt: $v}}}) { totalCount }", (0, 100)),
    "related": Case("String", "artifacts(filter: {createdBy: {handle: {neq: $v}}}) { totalCount }", ("testuser1", "x")),
    "a filter": Case(
        "ArtifactFilter",
        "artifacts(filter: $v) { nodes { uid } }",
        (
            {"uid": {"neq": "x"}, "and": [{"size": {"gt": 0}}, {"suffix": {"startsWith": "."}}]},
            {"uid": {"neq": "x"}, "and": [{"size": {"gt": 10**6}}, {"suffix": {"startsWith": "."}}]},
        ),
    ),
    "a key": Case("UserBy!", "user(by: $v) { handle }", ({"databaseId": 1}, {"databaseId": 2})),
    "two": Case(
        "Int",
        "artifacts(filter: {databaseId: {lt: $v}}) { totalCount } users(filter: {databaseId: {gt: $v}}) { totalCount }",
        (3, 0),
    ),
}
BOUND = {
    "page": Case("Int", "artifacts(first: $v) { nodes { uid } }", (1, 2)),
    "offset": Case("Int", "artifacts(first: 2, offset: $v) { nodes { uid } }", (0, 1)),
    "flag": Case("Boolean", "artifacts(filter: {description: {isNull: $v}}) { totalCount }", (True, False)),
    "missing": Case("Boolean", "artifacts(filter: {run: {isNull: $v}}) { totalCount }", (True, False)),
    "left out": Case("Boolean!", "artifacts(first: 1) { totalCount @include(if: $v) nodes { uid } }", (True, False)),
    "status": Case("String", "branches(filter: {status: {eq: $v}}) { totalCount }", ("standalone", "nonsense")),
    "pattern": Case("String", "artifacts(filter: {suffix: {regex: $v}}) { totalCount }", ("p.*", "(")),
    "global id": Case("ID!", "node(id: $v) { id }", ("Artifact:1", "nonsense")),
    "global ids": Case("ID!", "nodes(ids: [$v]) { id }", ("Artifact:1", "User:1")),
    "search": Case("String!", "features(search: {text: $v}) { nodes { uid } }", ("temperature", "zzzz")),
    "ranks": Case("Boolean", 'ulabels(search: {text: "test", fuzzy: $v}) { nodes { uid } }', (True, False)),
    "feature": Case(
        "String",
        "artifacts(filter: {features: [{name: $v, isNull: false}]}) { totalCount }",
        ("temperature", "no such"),
    ),
    "a filter by a feature": Case(
        "ArtifactFilter!",
        "artifacts(filter: $v) { totalCount }",
        ({"features": [{"name": "temperature", "gt": 21}]}, {"features": [{"name": "temperature", "gt": 100}]}),
    ),
    "a filter by a text in JSON": Case(
        "RunFilter",
        "runs(filter: $v) { totalCount }",
        (
            {"params": [{"path": ["input_dir"], "startsWith": "s3://"}]},
            {"params": [{"path": ["input_dir"], "startsWith": "gs://"}]},
        ),
    ),
    "a list": Case(
        "ArtifactFilter",
        "artifacts(filter: $v) { totalCount }",
        ({"databaseId": {"in": [1]}}, {"databaseId": {"in": [1, 2]}}),
    ),
    "in a list": Case("String!", "artifacts(filter: {uid: {in: [$v]}}) { nodes { uid } }", ("UID0", "UID1")),
    "twice": Case(
        "String!", "artifacts(filter: {or: [{uid: {eq: $v}}, {uid: {in: [$v]}}]}) { nodes { uid } }", ("UID0", "UID1")
    ),
    "depth": Case("Int", "cellTypes(first: 1) { nodes { ancestors(depth: $v) { totalCount } } }", (1, 0)),
    "null": Case("String", "artifacts(filter: {uid: {eq: $v}}) { nodes { uid } }", ("UID0", None)),
    "another type": Case("String", "artifacts(filter: {uid: {eq: $v}}) { nodes { uid } }", ("UID0", 7)),
}


@pytest.fixture
def uids(real: Server) -> list[str]:
    return real.uids("artifacts", "offset: 0")


def answers(server: Server, case: Case, value: Any, uids: list[str]) -> tuple[Any, Any]:
    """The answers to a variable and to the value written out; mistakes are compared by their messages."""
    value = uids[int(value[3])] if str(value).startswith("UID") else value
    asked = server.post(f"query ($v: {case.type}) {{ {case.query} }}", {"v": value}).json()
    literal = re.sub(r'"(\w+)":', r"\1:", json.dumps(value))
    written = server.post("{ " + case.query.replace("$v", literal) + " }").json()
    return shown(asked), shown(written)


def shown(answer: dict[str, Any]) -> Any:
    return [error["message"] for error in answer["errors"]] if "errors" in answer else answer["data"]


@pytest.mark.parametrize("case", [*FREE.values(), *BOUND.values()], ids=[*FREE, *BOUND])
def test_the_answer_is_that_of_the_value(real: Server, uids: list[str], case: Case) -> None:
    first, second = case.values
    found = []
    for value in (first, second, first, second):
        asked, written = answers(real, case, value, uids)
        if value not in (None, 7):  # these are mistakes of a variable, and others of a document
            assert asked == written
        found.append(asked)
    assert found[:2] == found[2:]
    assert found[0] != found[1]


@pytest.mark.parametrize("case", FREE.values(), ids=FREE)
def test_another_value_is_not_planned_for(real: Server, uids: list[str], case: Case) -> None:
    answers(real, case, case.values[0], uids)
    value = uids[1] if str(case.values[1]).startswith("UID") else case.values[1]
    with counted() as calls:
        real.ask(f"query ($v: {case.type}) {{ {case.query} }}", {"v": value})
    assert [name for name in calls if name.startswith(PLANNING)] == []
