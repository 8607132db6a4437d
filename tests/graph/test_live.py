"""Live queries on an instance: what is told of writes by this server, by another one, and by other programs."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from lnql.models.database import DATABASE

from ..conftest import Copies, Dialect, PostgresServer, running
from .hello import post_to
from .test_event_streams import events

LIVE = 'subscription { ulabelsChanged(filter: {name: {startsWith: "live"}}) { totalCount nodes { name description } } }'
CREATE = 'mutation {{ createULabel(input: {{data: {{name: "{name}"}}}}) {{ errors {{ message }} }} }}'
RENAME = "UPDATE lamindb_ulabel SET description = 'by another program' WHERE name = 'live one'"


@pytest.fixture(scope="module")
def target(copies: Copies, laboratory: Path, dialect: Dialect) -> str:
    return copies(laboratory, dialect)


@pytest.fixture(scope="module")
def url(target: str) -> Iterator[str]:
    """The address of a server that writes."""
    with running(target, "--write") as server:
        yield server.url


def told(stream: Iterator[tuple[str, Any]]) -> Any:
    kind, content = next(stream)
    assert kind == "next"
    return content["data"]["ulabelsChanged"]


def create(url: str, name: str) -> None:
    assert post_to(url, CREATE.format(name=name)) == {"createULabel": {"errors": []}}


def test_a_list_is_told_now_and_whenever_it_is_another(
    url: str, target: str, dialect: Dialect, postgres: PostgresServer
) -> None:
    with events(url, LIVE) as stream:
        assert told(stream) == {"totalCount": 0, "nodes": []}
        create(url, "something else")
        time.sleep(0.5)
        create(url, "live one")  # the next event is of this one: nothing was told of the other
        assert told(stream) == {"totalCount": 1, "nodes": [{"name": "live one", "description": None}]}
        if dialect == "postgresql":
            postgres.execute(RENAME, database=target.split("/")[3].split("?")[0])
        else:
            with closing(sqlite3.connect(Path(target) / DATABASE, isolation_level=None)) as connection:
                connection.execute(RENAME)
        assert told(stream)["nodes"] == [{"name": "live one", "description": "by another program"}]


def test_what_is_related_is_part_of_the_list(url: str) -> None:
    query = 'subscription { ulabelsChanged(filter: {name: {eq: "parent"}}) { nodes { children { totalCount } } } }'
    create(url, "parent")
    create(url, "child")
    ids = post_to(
        url, '{ ulabels(filter: {name: {in: ["parent", "child"]}}, orderBy: [{name: ASC}]) { nodes { id } } }'
    )
    child, parent = (node["id"] for node in ids["ulabels"]["nodes"])
    with events(url, query) as stream:
        assert told(stream) == {"nodes": [{"children": {"totalCount": 0}}]}
        patch = f'{{id: "{parent}", patch: {{children: {{add: ["{child}"]}}}}}}'
        post_to(url, f"mutation {{ updateULabel(input: {patch}) {{ errors {{ message }} }} }}")
        assert told(stream) == {"nodes": [{"children": {"totalCount": 1}}]}
