"""A server that runs: where it listens, who gets in, and what it says."""

import re
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from lnql.errors import InvalidError, UnavailableError
from lnql.graph.listening import is_loopback
from lnql.graph.serving import run_server
from lnql.graph.settings import Settings

from ..conftest import serving


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "lab.example"])
def test_only_this_machine_gets_in_without_saying_so(host: str) -> None:
    with pytest.raises(InvalidError, match=rf"on {re.escape(host)} anyone .* Add --allow-anonymous if"):
        run_server(Settings(host=host))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.3.2.1", "::1", "localhost"])
def test_addresses_of_this_machine(host: str) -> None:
    assert is_loopback(host)


def test_a_busy_port_is_refused_before_the_instance_is_opened() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with pytest.raises(UnavailableError) as refused:
            run_server(Settings(instance="nowhere", port=port))
    assert str(refused.value) == f"Port {port} is in use by another program. Choose another: --port {port + 1}"


def test_a_variable_that_sets_nothing_is_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("LNQL_PROT", "LNQL_MICROSCOPE", "LNQL_URL", "LNQL_TOKEN", "LNQL_PORT", "LNQL_LIMITS__ROWS"):
        monkeypatch.setenv(name, "8001")
    with pytest.raises(InvalidError):
        run_server(Settings(host="0.0.0.0"))
    told = {message.partition(" ")[0]: message for message in caplog.messages}
    assert told["LNQL_PROT"].startswith('LNQL_PROT has no effect: there is no such setting. Did you mean "LNQL_PORT"')
    assert told["LNQL_MICROSCOPE"].startswith("LNQL_MICROSCOPE has no effect: there is no such setting.")
    assert not told.keys() & {"LNQL_URL", "LNQL_TOKEN", "LNQL_PORT", "LNQL_LIMITS__ROWS"}


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(UnavailableError, match=r"^Cannot listen on 192\.0\.2\.1:0: "):
        run_server(Settings(instance="nowhere", host="192.0.2.1", port=0, allow_anonymous=True))


def test_the_query_of_the_greeting_works_when_pasted(real_folder: Path) -> None:
    with serving(real_folder) as (url, greeting):
        assert f"serves {real_folder} read-only at {url}" in greeting
        (command,) = re.findall("^  (curl .*)$", greeting, re.MULTILINE)
        answer = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True).stdout
    assert re.match(r'{"data":{"artifacts":{"totalCount":\d+,"nodes":\[{"uid":"', answer)


def test_a_server_says_plainly_when_it_lets_anyone_in(real_folder: Path) -> None:
    with serving(real_folder, "--host", "0.0.0.0", "--allow-anonymous") as (_, greeting):
        assert "Anyone who reaches this address can read everything" in greeting


def test_a_server_is_alive_and_ready(real_folder: Path) -> None:
    with serving(real_folder) as (url, _):
        states = [httpx.get(httpx.URL(url).join(path)).json()["status"] for path in ("/livez", "/readyz")]
    assert states == ["alive", "ready"]
