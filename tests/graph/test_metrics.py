"""What /metrics tells, and that no client can add to it."""

import re

import pytest
from starlette.applications import Starlette

from .conftest import Server
from .hello import ask, post

OPENMETRICS = "application/openmetrics-text; version=1.0.0"


def samples(app: Starlette) -> dict[str, float]:
    """Every number that /metrics shows, by its name and labels."""
    text = ask(app, "GET", "/metrics").text
    return {name: float(value) for name, value in re.findall(r"^([a-z][^ ]*(?:\{.*\})?) (\S+)$", text, re.MULTILINE)}


def added(app: Starlette, before: dict[str, float]) -> dict[str, float]:
    """By how much counters and numbers of observations have grown; those of /metrics itself are left out."""
    after = samples(app)
    names = [name for name in after if name.startswith("lnql") and re.search(r"_(total|count)\b", name)]
    grown = {name: after[name] - before.get(name, 0) for name in names}
    grown['lnql_requests_total{method="GET",status="200"}'] -= 1
    return {name: number for name, number in grown.items() if number}


def test_requests_operations_and_errors_are_counted(app: Starlette) -> None:
    before = samples(app)
    for query in ("{ hello }", "{ hello rows }", "{ wrong }", "{ defect }", "{ nothing }", "mutation { save }"):
        post(app, query)
    ask(app, "GET", "/nowhere")
    assert added(app, before) == {
        'lnql_requests_total{method="GET",status="404"}': 1,
        'lnql_requests_total{method="POST",status="200"}': 4,
        'lnql_requests_total{method="POST",status="400"}': 2,
        'lnql_operation_seconds_count{kind="query"}': 4,
        'lnql_operation_seconds_count{kind="mutation"}': 1,
        'lnql_errors_total{code="INVALID"}': 2,
        'lnql_errors_total{code="INTERNAL"}': 1,
        'lnql_errors_total{code="NOT_FOUND"}': 1,
    }


def test_nothing_a_client_sends_becomes_a_label(app: Starlette) -> None:
    before = samples(app)
    for name in ("one", "two"):
        ask(app, name, f"/{name}")
        post(app, f"query {name} {{ {name}: hello }}")
    assert set(added(app, before)) == {
        'lnql_requests_total{method="other",status="404"}',
        'lnql_requests_total{method="POST",status="200"}',
        'lnql_operation_seconds_count{kind="query"}',
        'lnql_errors_total{code="NOT_FOUND"}',
    }


def test_statements_are_timed(real: Server, app: Starlette) -> None:
    before = samples(app)
    real.ask("{ artifacts { totalCount } }")
    grown = added(app, before)
    assert grown["lnql_statement_seconds_count"] == 1
    assert samples(app)["lnql_statement_seconds_sum"] > before["lnql_statement_seconds_sum"]


@pytest.mark.parametrize(("accept", "kind"), [("text/plain", "text/plain"), (OPENMETRICS, OPENMETRICS.split(";")[0])])
def test_it_speaks_both_formats_of_prometheus(app: Starlette, accept: str, kind: str) -> None:
    response = ask(app, "GET", "/metrics", headers={"accept": accept})
    assert response.headers["content-type"].startswith(kind)
    assert "process_resident_memory_bytes" in response.text
