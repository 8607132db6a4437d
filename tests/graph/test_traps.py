"""Requests made to cost: each is refused in little time, keeps nothing, and keeps nobody waiting."""

import gc
import sys
import time
from pathlib import Path

import pytest

from lnql.graph.media import GRAPHQL

from .conftest import Serve, Server
from .hostile import BODIES, DOCUMENTS

HOSTILE = {**DOCUMENTS, **BODIES}
TYPENAME = b'{"query": "{ __typename }"}'


@pytest.fixture
def server(serve: Serve, laboratory: Path) -> Server:
    return serve(laboratory, "sqlite")


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_cost_is_refused_in_little_time(server: Server, name: str) -> None:
    """The bound is twice what was measured at most; a collection of garbage may fall into one try, not into three."""
    assert any(_refused_within(server, HOSTILE[name]) < 0.25 for _ in range(3))


def _refused_within(server: Server, body: bytes) -> float:
    """How many seconds of CPU this process spent to refuse a body."""
    start = time.process_time()
    (response,) = server.send(body, accept=GRAPHQL)
    spent = time.process_time() - start
    assert response.status_code in (400, 413)
    assert 1 <= len(response.json()["errors"]) <= 20
    assert {error["extensions"]["code"] for error in response.json()["errors"]} <= {"INVALID", "TOO_COMPLEX"}
    assert len(response.content) < 10_000
    assert server.statements == []
    return spent


def test_nothing_is_kept_of_what_is_refused(server: Server) -> None:
    bodies = list(HOSTILE.values())
    for body in bodies:  # caches fill
        server.send(body)
    gc.collect()
    before = sys.getallocatedblocks()
    for number in range(200):
        server.send(bodies[number % len(bodies)])
    gc.collect()
    assert sys.getallocatedblocks() - before < 1000


def test_others_are_answered_meanwhile(server: Server) -> None:
    bodies = [body for hostile in HOSTILE.values() for body in (hostile, TYPENAME)]
    responses = server.send(*bodies)
    assert {response.status_code for response in responses[1::2]} == {200}
    assert {response.text for response in responses[1::2]} == {'{"data":{"__typename":"Query"}}'}
