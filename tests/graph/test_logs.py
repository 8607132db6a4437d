"""What is logged: requests with their ids, defects with their tracebacks, and nothing private."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette

from lnql.graph.logs import LogFormat, LogLevel, configure_logs

from .hello import ask, post


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """Leave logging as it was."""
    root, lnql = logging.getLogger(), logging.getLogger("lnql")
    before = root.handlers[:], root.level, lnql.level
    yield
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    lnql.setLevel(before[2])


def events(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_request_is_one_line_without_anything_private(app: Starlette, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info", "json")
    response = post(
        app, 'query Greet($n: String) { hello(name: $n) a: hello(name: "hunter2") }', variables={"n": "Eve"}
    )
    (event,) = events(capsys)
    assert event.pop("milliseconds") >= 0
    assert event.pop("timestamp").endswith("Z")
    assert event == {
        "event": "request",
        "level": "info",
        "logger": "lnql.requests",
        "request_id": response.headers["x-request-id"],
        "method": "POST",
        "path": "/graphql",
        "status": 200,
        "operation": "Greet",
    }


def test_a_query_string_is_not_logged(app: Starlette, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info", "json")
    ask(app, "GET", "/graphql", params={"query": '{ hello(name: "hunter2") }'})
    assert "hunter2" not in capsys.readouterr().err


@pytest.mark.parametrize("form", ["console", "json"])
def test_a_defect_is_logged_with_its_traceback_but_not_its_variables(
    app: Starlette, capsys: pytest.CaptureFixture[str], form: LogFormat
) -> None:
    configure_logs("warning", form)
    response = post(app, "query ($n: String) { defect hello(name: $n) }", variables={"n": "Eve"})
    err = capsys.readouterr().err
    assert response.headers["x-request-id"] in err
    assert "Traceback (most recent call last)" in err
    assert "Eve" not in err
    assert err.count("\n") == 1 or form == "console"


@pytest.mark.parametrize("level", ["warning", "error"])
def test_requests_are_not_logged_unless_asked(
    app: Starlette, capsys: pytest.CaptureFixture[str], level: LogLevel
) -> None:
    configure_logs(level, "console")
    post(app, "{ hello }")
    assert capsys.readouterr().err == ""


def test_a_path_cannot_forge_a_line(app: Starlette, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info", "console")
    ask(app, "GET", "/nowhere%0Alevel=critical%1b[31m" + "x" * 1000)
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "\x1b[31m" not in err
    assert len(err) < 500


@pytest.mark.parametrize(("sent", "taken"), [("proxy-7.a_B", True), ("", False), ("a b", False), ("x" * 65, False)])
def test_the_id_of_a_request_may_come_from_a_proxy(app: Starlette, sent: str, taken: bool) -> None:
    response = ask(app, "GET", "/livez", headers={"x-request-id": sent})
    assert (response.headers["x-request-id"] == sent) is taken


def test_libraries_are_heard_when_they_warn(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("uvicorn", "uvicorn.error"):  # other tests start servers that keep their logs to themselves
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
        monkeypatch.setattr(logging.getLogger(name), "disabled", False)
        logging.getLogger(name).setLevel(logging.NOTSET)
    configure_logs("critical", "json")
    logging.getLogger("uvicorn.error").info("started")
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
    assert [event["event"] for event in events(capsys)] == ["Invalid HTTP request received."]
