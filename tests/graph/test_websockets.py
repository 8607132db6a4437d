"""Operations over WebSocket, by the protocol graphql-transport-ws."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from lnql.graph.app import create_app
from lnql.graph.settings import Limits, Settings

from .hello import Service, post_to, serving

LIMITS = Limits(init_seconds=0.5, connection_operations=3)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The address of a server."""
    with serving(create_app(Service(), Settings(limits=LIMITS, origins=("https://lab.example",)))) as address:
        yield address + "/graphql"


@contextmanager
def connected(url: str, protocol: str = "graphql-transport-ws", **options: Any) -> Iterator[ClientConnection]:
    with connect(url.replace("http", "ws"), subprotocols=[Subprotocol(protocol)], **options) as socket:
        yield socket


@contextmanager
def begun(url: str) -> Iterator[ClientConnection]:
    """A connection that is acknowledged."""
    with connected(url) as socket:
        send(socket, type="connection_init")
        assert receive(socket) == {"type": "connection_ack"}
        yield socket


def send(socket: ClientConnection, **message: Any) -> None:
    socket.send(json.dumps(message))


def receive(socket: ClientConnection) -> Any:
    return json.loads(socket.recv(timeout=20))


def subscribe(socket: ClientConnection, name: str, query: str, **parameters: Any) -> None:
    send(socket, id=name, type="subscribe", payload={"query": query, **parameters})


def closed(socket: ClientConnection) -> tuple[int, str]:
    """The code and the reason with which the server closes."""
    with pytest.raises(ConnectionClosed) as error:
        socket.recv(timeout=20)
    assert error.value.rcvd
    return error.value.rcvd.code, error.value.rcvd.reason


def test_queries_and_mutations_are_answered_once(url: str) -> None:
    with begun(url) as socket:
        subscribe(socket, "1", "query ($n: String) { hello(name: $n) rows }", variables={"n": "Ada"})
        data = {"hello": "hello Ada", "rows": [1, 2]}
        assert receive(socket) == {"id": "1", "type": "next", "payload": {"data": data}}
        assert receive(socket) == {"id": "1", "type": "complete"}
        subscribe(socket, "1", "mutation { save }")
        assert receive(socket)["payload"] == {"data": {"save": 1}}
        assert receive(socket)["type"] == "complete"


def test_a_subscription_tells_each_change_and_nothing_twice(url: str) -> None:
    post_to(url, 'mutation { rename(name: "you") }')
    with begun(url) as socket:
        subscribe(socket, "live", "subscription { helloChanged }")
        assert receive(socket)["payload"] == {"data": {"helloChanged": "hello you"}}
        for name in ("you", "Ada"):  # the first is no change
            post_to(url, f'mutation {{ rename(name: "{name}") }}')
            time.sleep(0.5)
        assert receive(socket)["payload"] == {"data": {"helloChanged": "hello Ada"}}
        send(socket, id="live", type="complete")
        post_to(url, 'mutation { rename(name: "Eve") }')
        send(socket, type="ping", payload={"n": 1})
        assert receive(socket) == {"type": "pong", "payload": {"n": 1}}


@pytest.mark.parametrize(
    ("query", "code"), [("{ nothing }", "INVALID"), ("{", "INVALID"), ("{" + "hello " * 21 + "}", "TOO_COMPLEX")]
)
def test_what_is_refused_is_an_error_of_its_operation(url: str, query: str, code: str) -> None:
    with begun(url) as socket:
        subscribe(socket, "1", query)
        answer = receive(socket)
        assert (answer["id"], answer["type"]) == ("1", "error")
        assert answer["payload"][0]["extensions"] == {"code": code}
        subscribe(socket, "1", "{ hello }")  # its id is free
        assert receive(socket)["type"] == "next"


def test_an_error_ends_a_subscription(url: str) -> None:
    with begun(url) as socket:
        subscribe(socket, "1", "subscription { wrongChanged }")
        assert receive(socket)["payload"]["errors"][0]["extensions"] == {"code": "INVALID"}
        assert receive(socket) == {"id": "1", "type": "complete"}


def test_a_connection_has_so_many_operations(url: str) -> None:
    with begun(url) as socket:
        for number in range(3):
            subscribe(socket, str(number), "subscription { helloChanged }")
            assert receive(socket)["type"] == "next"
        subscribe(socket, "3", "{ hello }")
        answer = receive(socket)
        assert (answer["id"], answer["type"]) == ("3", "error")
        assert answer["payload"][0]["message"] == "4 operations on one connection; the limit is 3."


def test_another_protocol_is_closed(url: str) -> None:
    with connected(url, "graphql-ws") as socket:
        assert closed(socket) == (4406, "Subprotocol not acceptable")


def test_who_does_not_begin_is_closed(url: str) -> None:
    with connected(url) as socket:
        assert closed(socket) == (4408, "Connection initialisation timeout")


def test_who_has_begun_may_be_silent(url: str) -> None:
    with begun(url) as socket:
        time.sleep(0.8)
        send(socket, type="ping")
        assert receive(socket) == {"type": "pong"}


def test_who_asks_before_it_is_acknowledged_is_closed(url: str) -> None:
    with connected(url) as socket:
        subscribe(socket, "1", "{ hello }")
        assert closed(socket) == (4401, "Unauthorized")


def test_who_begins_twice_is_closed(url: str) -> None:
    with begun(url) as socket:
        send(socket, type="connection_init")
        assert closed(socket) == (4429, "Too many initialisation requests")


def test_who_uses_an_id_twice_is_closed(url: str) -> None:
    with begun(url) as socket:
        subscribe(socket, "a", "subscription { helloChanged }")
        assert receive(socket)["type"] == "next"
        subscribe(socket, "a", "{ hello }")
        assert closed(socket) == (4409, "Subscriber for a already exists")


@pytest.mark.parametrize(
    "message",
    [
        "x",
        "[]",
        "{}",
        '{"type": "start"}',
        '{"type": ["ping"]}',
        '{"type": "subscribe", "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": 1, "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": "1"}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 1}}',
        b"\x00\x01",
        "[" * 10_000,
    ],
)
def test_what_is_no_message_is_closed(url: str, message: str | bytes) -> None:
    with begun(url) as socket:
        socket.send(message)
        assert closed(socket)[0] == 4400


def test_a_message_that_is_too_large_is_closed(url: str) -> None:
    with begun(url) as socket:
        send(socket, type="ping", payload={"x": "x" * 17_000_000})
        assert closed(socket)[0] == 1009


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_a_page_of_another_origin_is_refused(url: str, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused, connected(url, additional_headers={"origin": origin}):
        pytest.fail("It was let in.")
    assert refused.value.response.status_code == 403


def test_pages_of_this_server_and_of_named_origins_are_let_in(url: str) -> None:
    for origin in (url.removesuffix("/graphql"), "https://lab.example"):
        with connected(url, additional_headers={"origin": origin}) as socket:
            send(socket, type="connection_init")
            assert receive(socket) == {"type": "connection_ack"}
