"""A server that ends: every request that was sent is answered."""

import http.client
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from starlette.applications import Starlette

from lnql.graph.server import server_config
from lnql.graph.settings import Settings

from ..conftest import CHECKOUT
from .test_event_streams import events
from .test_websockets import begun, closed, receive, subscribe

ROUNDS = 20
CLIENTS = 8


class Crowd:
    """Clients that ask without a pause until nobody lets them in; `outcomes` counts what became of their requests."""

    def __init__(self, port: int, query: str) -> None:
        self.outcomes: Counter[str] = Counter()
        self._port = port
        self._body = f'{{"query": "{query}"}}'
        self._threads = [threading.Thread(target=self._ask) for _ in range(CLIENTS)]
        for thread in self._threads:
            thread.start()

    def _ask(self) -> None:
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
            try:
                connection.connect()
            except ConnectionRefusedError:
                return
            closes = False
            while not closes:
                outcome, closes = self._ask_once(connection)
                self.outcomes[outcome] += 1

    def _ask_once(self, connection: http.client.HTTPConnection) -> tuple[str, bool]:
        try:
            connection.request("POST", "/graphql", self._body, {"content-type": "application/json"})
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as error:
            return repr(error), True
        return str(response.status), response.will_close

    def wait(self) -> None:
        """Wait until nobody is let in."""
        for thread in self._threads:
            thread.join()


@contextmanager
def restarting(rounds: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.graph.restarting", str(rounds)]
    process = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, bufsize=1)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_clients_and_proxies_close_idle_connections_before_the_server_does(app: Starlette) -> None:
    nginx_seconds = 60
    assert server_config(app, Settings()).timeout_keep_alive > max(nginx_seconds, httpx.Limits().keepalive_expiry or 0)


def test_no_request_is_cut_when_a_server_is_told_to_end() -> None:
    outcomes: Counter[str] = Counter()
    with restarting(ROUNDS) as process:
        assert process.stdout
        for number in range(ROUNDS):
            port = int(process.stdout.readline().removeprefix("port "))
            crowd = Crowd(port, "{ soon }" if number % 2 else "{ hello }")
            threading.Event().wait(0.1)
            process.send_signal(signal.SIGTERM)
            crowd.wait()
            outcomes += crowd.outcomes
        assert process.wait(timeout=20) == 0
    assert set(outcomes) == {"200"}
    assert outcomes["200"] > ROUNDS * CLIENTS


def test_a_load_balancer_is_told_before_nobody_is_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LNQL_DRAIN_SECONDS", "1.5")
    with restarting(1) as process:
        assert process.stdout
        url = f"http://127.0.0.1:{int(process.stdout.readline().removeprefix('port '))}"
        assert httpx.get(f"{url}/readyz").status_code == 200
        process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + 20
        while (response := httpx.get(f"{url}/readyz")).status_code == 200 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert (response.status_code, response.json()["errors"][0]["message"]) == (503, "This server is ending.")
        assert httpx.post(f"{url}/graphql", json={"query": "{ hello }"}).status_code == 200
        assert process.wait(timeout=20) == 0


def test_the_application_is_closed_when_the_server_has_ended() -> None:
    with restarting(1) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.stdout.read() == "startup, shutdown\n"


def test_subscriptions_are_completed_before_the_server_ends() -> None:
    with restarting(1) as process:
        assert process.stdout
        url = f"http://127.0.0.1:{int(process.stdout.readline().removeprefix('port '))}/graphql"
        with begun(url) as socket, events(url, "subscription { helloChanged }") as stream:
            subscribe(socket, "1", "subscription { helloChanged }")
            assert (receive(socket)["type"], next(stream)[0]) == ("next", "next")
            process.send_signal(signal.SIGTERM)
            assert receive(socket) == {"id": "1", "type": "complete"}
            assert list(stream) == [("complete", None)]
            assert closed(socket)[0] == 1012  # clients connect again
        assert process.wait(timeout=20) == 0
