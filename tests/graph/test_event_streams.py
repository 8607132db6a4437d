"""Results as server-sent events, by the protocol of graphql-sse."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from lnql.graph.app import create_app
from lnql.graph.settings import Limits, Settings

from .hello import Service, ask, post, post_to, serving
from .test_metrics import samples

ACCEPT = {"accept": "text/event-stream"}
LIVE = "subscription { helloChanged }"
Event = tuple[str, Any]


@pytest.fixture(scope="module")
def live_app() -> Starlette:
    return create_app(Service(), Settings(limits=Limits(subscriptions=3)))


@pytest.fixture(scope="module")
def url(live_app: Starlette) -> Iterator[str]:
    """The address of a server."""
    with serving(live_app) as address:
        yield address + "/graphql"


@contextmanager
def events(url: str, query: str, method: str = "POST") -> Iterator[Iterator[Event]]:
    """The events that answer an operation, as they come."""
    given = {"json": {"query": query}} if method == "POST" else {"params": {"query": query}}
    with httpx.stream(method, url, headers=ACCEPT, timeout=20, **given) as response:  # type: ignore[arg-type]  # options
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        yield _read(response)


def _read(response: httpx.Response) -> Iterator[Event]:
    kind = ""
    for line in response.iter_lines():
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data:"):
            text = line.removeprefix("data:").strip()
            yield kind, json.loads(text) if text else None


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_query_is_answered_once(url: str, method: str) -> None:
    with events(url, "{ hello }", method) as found:
        assert list(found) == [("next", {"data": {"hello": "hello you"}}), ("complete", None)]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_subscription_tells_each_change(url: str, method: str) -> None:
    with events(url, LIVE, method) as found:
        assert next(found)[0] == "next"
        post_to(url, f'mutation {{ rename(name: "{method}") }}')
        assert next(found) == ("next", {"data": {"helloChanged": f"hello {method}"}})
    post_to(url, 'mutation { rename(name: "you") }')


def test_an_error_is_told_and_is_the_end(url: str) -> None:
    with events(url, "subscription { wrongChanged }") as found:
        (kind, content), end = list(found)
    assert (kind, end) == ("next", ("complete", None))
    assert content["errors"][0]["extensions"] == {"code": "INVALID"}


def test_what_is_refused_is_no_stream(app: Starlette) -> None:
    response = ask(app, "POST", "/graphql", json={"query": "subscription { nothing }"}, headers=ACCEPT)
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"] == {"code": "INVALID"}


def test_a_subscription_needs_a_stream(app: Starlette) -> None:
    response = post(app, LIVE)
    assert response.status_code == 406
    (error,) = response.json()["errors"]
    assert error["message"] == "A subscription is answered as text/event-stream, or over WebSocket."


def test_a_mutation_needs_post(app: Starlette) -> None:
    response = ask(app, "GET", "/graphql", params={"query": "mutation { save }"}, headers=ACCEPT)
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


def test_there_may_be_so_many_and_those_that_are_left_are_closed(url: str, live_app: Starlette) -> None:
    with events(url, LIVE) as one, events(url, LIVE) as two, events(url, LIVE) as three:
        for stream in (one, two, three):
            next(stream)
        with events(url, LIVE) as found:
            content = next(found)[1]
        assert content["errors"][0]["message"].startswith("3 subscriptions are open; there may be no more.")
        assert content["errors"][0]["extensions"] == {"code": "UNAVAILABLE"}
    for _ in range(100):
        if samples(live_app)["lnql_subscriptions"] == 0:
            return
        threading.Event().wait(0.1)
    pytest.fail("They are still open.")


def test_subscriptions_are_completed_when_the_server_ends() -> None:
    app = create_app(Service(), Settings())
    with serving(app) as address, events(address + "/graphql", LIVE) as found:
        next(found)
        app.state.ending.set()
        assert list(found) == [("complete", None)]
