"""The names a server answers under: a page whose name leads here ("DNS rebinding") gets nothing."""

import socket

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from lnql.graph.app import create_app
from lnql.graph.settings import Settings, read_settings

from .hello import Service, ask, serving

ALWAYS = ("localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:9999", "[::1]:8000", "10.1.2.3", "")
PAGES = (
    "evil.example",
    "evil.example:8000",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "[::1",
    "e\xe9",
    "lnql",
)


def status(said: str, **settings: object) -> int:
    app = create_app(Service(), read_settings(settings))
    return ask(app, "GET", "/graphql?query={hello}", headers={"host": said}).status_code


@pytest.mark.parametrize("host", ALWAYS)
def test_addresses_and_localhost_are_always_taken(host: str) -> None:
    assert status(host) == 200
    assert status(host, hosts=("lnql.lab.example",)) == 200


@pytest.mark.parametrize("host", PAGES)
def test_a_server_for_this_machine_answers_under_no_other_name(host: str) -> None:
    app = create_app(Service(), Settings())
    for path in ("/graphql?query={hello}", "/graphql", "/livez", "/metrics"):
        response = ask(app, "GET", path, headers={"host": host.encode("latin-1")})
        assert response.status_code == 421
        (error,) = response.json()["errors"]
        assert error["message"] == f"This server is not {host!r}. LNQL_HOSTS lists the names it answers under."
        assert error["extensions"] == {"code": "INVALID"}
        assert "x-request-id" in response.headers


def test_names_are_added_by_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LNQL_HOSTS", "lnql.lab.example, Other.Example")
    for host in ("lnql.lab.example", "LNQL.lab.example:443", "other.example"):
        assert status(host) == 200
    assert status("evil.example") == 421


def test_a_server_that_others_reach_answers_under_any_name_unless_they_are_listed() -> None:
    assert status("anything.example", host="0.0.0.0") == 200
    assert status("anything.example", host="0.0.0.0", hosts=("lnql.lab.example",)) == 421
    assert status("box", host="box") == 200


def test_a_websocket_under_another_name_is_refused() -> None:
    with serving(create_app(Service(), Settings())) as url:
        port = int(url.rpartition(":")[2])
        page = f"evil.example:{port}"
        with socket.create_connection(("127.0.0.1", port)) as sock, pytest.raises(InvalidStatus) as refused:
            connect(f"ws://{page}/graphql", sock=sock, origin=Origin(f"http://{page}"))
    assert refused.value.response.status_code == 403
