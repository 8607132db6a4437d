"""LaminDB's recorded answers, asked over GraphQL on both databases."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ..graph.conftest import Server
from .branches import BRANCHES
from .case import Case
from .features import FEATURES
from .filters import FILTERS
from .parents import PARENTS
from .relations import RELATIONS
from .searches import SEARCHES

Answer = dict[str, Any]
CASES = FILTERS | RELATIONS | FEATURES | SEARCHES | PARENTS | BRANCHES


@pytest.fixture(scope="session")
def answers(shared: Path) -> dict[str, Answer]:
    """What LaminDB answers, by the id of the case; on PostgreSQL where that is said apart, as LNQL has one answer."""
    (file,) = (shared / "conformance").glob("*.jsonl")
    cases = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return {case["id"]: case | {"expected": case.get("expected_postgres", case["expected"])} for case in cases}


def ask(server: Server, case: Case) -> list[Any]:
    """The connections that answer a case."""
    answer = server.post(case.operation()).json()
    assert "errors" not in answer, answer["errors"]
    data = answer["data"]
    parents = data["rows"]["nodes"] if case.within else [data]
    return [connection for parent in parents for connection in parent.values()]


def same_ranking(found: list[Any], ranking: list[tuple[Any, int]]) -> bool:
    """Whether a page has the scores of a ranking, in any order and choice among equal scores."""
    left = Counter((name, score) for name, score in ranking)
    left.subtract(zip(found, (score for _, score in ranking), strict=False))
    return min(left.values(), default=0) >= 0


def check_list(found: list[Any], recorded: Answer) -> None:
    expected = recorded["expected"]
    if "ranking" in expected:
        assert len(found) == len(expected["value"])
        assert same_ranking(found, expected["ranking"]), (found, expected["value"])
    elif recorded["ordered"]:
        assert found == expected["value"]
    else:
        assert sorted(found) == sorted(expected["value"])


def check_value(case: Case, connections: list[Any], recorded: Answer) -> None:
    value = recorded["expected"]["value"]
    counts = [connection["totalCount"] for connection in connections]
    if isinstance(value, int):
        assert counts == [value]
    elif case.also:
        assert counts == value
    else:
        check_list([row[case.leaf] for row in connections[0]["nodes"]], recorded)


def check_rows(case: Case, connections: list[Any], recorded: list[Answer]) -> None:
    expected = {uid for answer in recorded for uid in answer["expected"].get("uids", [answer["expected"].get("uid")])}
    found = [row[case.leaf] for connection in connections for row in connection["nodes"]]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("name", CASES)
def test_lnql_answers_as_lamindb(real: Server, answers: dict[str, Answer], name: str) -> None:
    case = CASES[name]
    assert name in answers
    recorded = [answers[other] for other in case.like or (name,)]
    kind = recorded[0]["expected"]["type"]
    if kind == "error":
        (error,) = real.post(case.operation()).json()["errors"]
        assert error["extensions"]["code"] == "INVALID"
        assert not error["message"].startswith("Syntax Error")  # the case is wrong, not what it asks
    elif kind == "value":
        check_value(case, ask(real, case), recorded[0])
    else:
        check_rows(case, ask(real, case), recorded)


def test_the_cases_are_of_all_eight_categories() -> None:
    categories = Counter(name.split("/")[0] for name in CASES)
    assert set(categories) == {"filter", "q", "relations", "m2m", "features", "search", "parents", "branches"}


def test_other_answers_have_a_reason() -> None:
    assert all(bool(case.like) == bool(case.why) for case in CASES.values())
