"""Rows as Arrow streams: what can be one, that it says the same as JSON, and how others are refused."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from shutil import copytree
from typing import Any

import orjson
import pytest

from lnql.graph import arrow, media
from lnql.graph.app import create_app
from lnql.graph.settings import Settings
from lnql.models.database import DATABASE

from ..conftest import Dialect
from .conftest import Json, Serve, Server
from .hello import Service, ask
from .summaries import ODD

pyarrow: Any = import_module("pyarrow")

PYTHON: dict[str, Callable[[Any], Any]] = {"DateTime": datetime.fromisoformat, "Date": date.fromisoformat}
"""How the values of JSON are read that a table has no other way to hold."""


HARD = ("artifacts", "jsonValues", "projects", "runs")
"""Registries that have a value of each scalar, and what is hard about it."""


def table(server: Server, query: str, variables: Json = None) -> Any:
    """The rows that answer a query as a table; it takes one statement."""
    response = server.post(query, variables, accept=media.ARROW)
    assert (response.status_code, response.headers["content-type"]) == (200, media.ARROW), response.text
    assert len(server.statements) == 1
    return pyarrow.ipc.open_stream(response.content).read_all()


def scalars(rows: Any) -> dict[str, str]:
    return {field.name: field.metadata[b"scalar"].decode() for field in rows.schema}


def values(rows: Any) -> list[Json]:
    """The rows of a table; JSON in it is read."""
    kinds = scalars(rows)
    return [
        {name: orjson.loads(value) if kinds[name] == "JSON" and value else value for name, value in row.items()}
        for row in rows.to_pylist()
    ]


def test_a_table_says_what_json_says(lab: Server) -> None:
    registries = lab.ask("{ registries { plural fields { name type } } }")["registries"]
    for registry in (one for one in registries if one["plural"] in HARD):
        fields = {field["name"]: field["type"] for field in registry["fields"]}
        query = f"{{ rows: {registry['plural']}(first: 5000) {{ nodes {{ id __typename {' '.join(fields)} }} }} }}"
        rows = table(lab, query)
        assert scalars(rows) == {"id": "String", "__typename": "String", **fields}
        told = lab.ask(query)["rows"]["nodes"]
        read = [
            {
                name: PYTHON.get(fields.get(name, ""), lambda v: v)(v) if v is not None else None
                for name, v in row.items()
            }
            for row in told
        ]
        assert values(rows) == read


QUESTIONS = [
    ({"suffix": {"eq": ".csv"}}, [{"size": "DESC"}], None),
    ({"features": [{"name": "temperature", "gt": 21}]}, None, None),
    ({"uid": {"eq": "nothing"}}, None, None),
    (None, None, {"text": "csv"}),
]


@pytest.mark.parametrize(("filter_", "order", "search"), QUESTIONS, ids=["order", "features", "none", "search"])
def test_filters_orders_and_searches_are_those_of_json(real: Server, filter_: Json, order: Json, search: Json) -> None:
    query = """query ($f: ArtifactFilter, $o: [ArtifactOrder!], $s: Search) { __typename
      artifacts(first: 5, filter: $f, orderBy: $o, search: $s) {
        nodes { bytes: size } totalCount pageInfo { endCursor } } }"""
    assert_as_json(real, query, {"f": filter_, "o": order, "s": search})


@pytest.mark.parametrize("page", ["first: 2", "first: 2, offset: 1", "last: 2", "first: 500", "last: 500", "first: 0"])
def test_pages_are_those_of_json(real: Server, page: str) -> None:
    info = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
    assert_as_json(real, f"{{ artifacts({page}) {{ nodes {{ uid }} {info} }} }}")


def assert_as_json(server: Server, query: str, variables: Json = None) -> None:
    """Assert that a table, with what stands beside it, says what JSON says."""
    response = server.post(query, variables, accept=media.ARROW)
    rows = pyarrow.ipc.open_stream(response.content).read_all()
    answer = orjson.loads(rows.schema.metadata[b"graphql"])
    *path, place = orjson.loads(rows.schema.metadata[b"path"])
    assert path == ["artifacts"]
    answer["data"]["artifacts"][place] = rows.to_pylist()
    assert answer == server.post(query, variables).json()


REFUSED = {
    "related": (
        "{ artifacts { nodes { uid createdBy { handle } ulabels { totalCount } } } }",
        "createdBy, ulabels is none",
    ),
    "features": ("{ artifacts { nodes { features { name } } } }", "features is none"),
    "edges": ("{ artifacts { edges { node { uid } } } }", "has its rows in nodes, once"),
    "twice": ("{ artifacts { nodes { uid } more: nodes { key } } }", "has its rows in nodes, once"),
    "two": ("{ artifacts { nodes { uid } } b: artifacts { nodes { uid } } }", "has one root field, a list"),
    "one row": ('{ artifact(by: {uid: "x"}) { uid } }', "has one root field, a list"),
    "no data": ("{ __typename }", "has one root field, a list"),
    "skipped": ("{ artifacts @skip(if: true) { nodes { uid } } }", "has one root field, a list"),
    "page": ("{ artifacts(first: 10001) { nodes { uid } } }", "here a page has at most 10000 rows"),
    "mutation": ("mutation { deleteULabel(input: {id: 1}) { __typename } }", "an operation is a query"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_as_json(real: Server, name: str) -> None:
    query, message = REFUSED[name]
    response = real.post(query, accept=media.ARROW)
    assert response.status_code == 400
    assert response.headers["content-type"] == f"{media.GRAPHQL}; charset=utf-8"
    (error,) = response.json()["errors"]
    assert message in error["message"]
    assert real.statements == []


def test_a_scope_holds_for_tables(serve: Serve, laboratory: Path, dialect: Dialect) -> None:
    query = "{ artifacts(filter: {branchId: {isNull: false}}) { nodes { databaseId } totalCount } }"
    server = serve(laboratory, dialect, ODD)
    rows = table(server, query)
    assert rows.to_pylist() == server.ask(query)["artifacts"]["nodes"]
    assert len(rows) < serve(laboratory, dialect).ask(query)["artifacts"]["totalCount"]


def test_a_value_that_arrow_cannot_hold_is_said(serve: Serve, laboratory: Path, tmp_path: Path) -> None:
    copytree(laboratory, tmp_path / "odd")
    with closing(sqlite3.connect(tmp_path / "odd" / DATABASE)) as connection:
        connection.execute("UPDATE lamindb_artifact SET created_at = 'yesterday' WHERE id = 1")
        connection.commit()
    response = serve(tmp_path / "odd", "sqlite").post("{ artifacts { nodes { createdAt } } }", accept=media.ARROW)
    assert response.status_code == 400
    message = "createdAt has a value that is no DateTime, which Arrow cannot hold. Ask for JSON."
    assert response.json()["errors"] == [{"message": message, "extensions": {"code": "INVALID"}}]


def test_without_pyarrow_json_answers_or_nothing_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow, "is_installed", lambda: False)
    app = create_app(Service(), Settings())
    both = ask(app, "POST", "/graphql", json={"query": "{ hello }"}, headers={"accept": f"{media.ARROW}, {media.JSON}"})
    assert both.json() == {"data": {"hello": "hello you"}}
    alone = ask(app, "POST", "/graphql", json={"query": "{ hello }"}, headers={"accept": media.ARROW})
    assert alone.status_code == 406
    assert "needs pyarrow here: pip install 'lnql[arrow]'" in alone.json()["errors"][0]["message"]
