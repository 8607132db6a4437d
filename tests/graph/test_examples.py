"""The examples that GraphiQL opens: each is about the instance that is served, and finds something there."""

import asyncio
import json
import re
from html import unescape
from typing import Any

import pytest

from lnql.graph import examples
from lnql.graph.visibility import EVERYTHING_VISIBLE

from ..conftest import Dialect
from .conftest import LIMITS, Serve, Server

TITLES = [
    "NewestArtifacts",
    "ArtifactsByFeature",
    "TermsBelow",
    "Lineage",
    "Search",
    "ArtifactsBySuffix",
    "Registries",
]


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, these tests see all examples."""
    monkeypatch.setattr(examples, "SECONDS", 60)


def tabs(server: Server) -> dict[str, dict[str, Any]]:
    """The tabs of the page, by their titles."""
    response = server.get("/graphql", accept="text/html")
    assert response.status_code == 200
    (data,) = re.findall(r'data-tabs="([^"]*)"', response.text)
    found = json.loads(unescape(data))
    titles = [re.findall(r"^query (\w+)", tab["query"], re.MULTILINE)[0] for tab in found]
    return {
        title: tab | {"variables": json.loads(tab["variables"] or "null")}
        for title, tab in zip(titles, found, strict=True)
    }


def rows(data: Any) -> int:
    """How many objects of lists an answer holds."""
    if isinstance(data, list):
        return len(data) + sum(map(rows, data))
    return sum(map(rows, data.values())) if isinstance(data, dict) else 0


@pytest.mark.parametrize("instance", ["demo_folder", "real_folder"])
def test_each_example_finds_something(
    instance: str, dialect: Dialect, serve: Serve, request: pytest.FixtureRequest
) -> None:
    server = serve(request.getfixturevalue(instance), dialect)
    answers = {title: server.post(tab["query"], tab["variables"]).json() for title, tab in tabs(server).items()}
    assert list(answers) == TITLES
    assert [title for title, answer in answers.items() if "errors" in answer or not rows(answer["data"])] == []


def test_an_empty_instance_has_the_examples_that_need_no_rows(empty_target: str) -> None:
    server = Server(empty_target, EVERYTHING_VISIBLE, LIMITS, [])
    try:
        assert list(tabs(server)) == ["NewestArtifacts", "ArtifactsBySuffix", "Registries"]
    finally:
        server.close()


def test_the_page_does_not_wait_for_slow_examples(real: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: Any) -> Any:
        await asyncio.sleep(30)

    monkeypatch.setattr(examples, "SECONDS", 0.05)
    monkeypatch.setattr(examples, "_variables", never)
    assert tabs(real) == {}
