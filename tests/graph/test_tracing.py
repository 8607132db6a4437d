"""Traces: a span for each request, with its statement below, under the span of who asks."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from lnql.errors import MissingExtraError
from lnql.graph import serving
from lnql.graph.app import create_app
from lnql.graph.service import Service
from lnql.graph.settings import Settings
from lnql.graph.tracing import traced, traced_app
from lnql.models.database import open_instance

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
QUERY = "query Named($k: String) { artifacts(filter: {key: {eq: $k}}) { totalCount } }"


def spans(folder: Path) -> tuple[Sequence[ReadableSpan], httpx.Response]:
    """What is sent of one request."""
    exporter = InMemorySpanExporter()
    settings = Settings()
    service = Service(open_instance(folder), settings.limits, measured=lambda fetch: traced("sqlite", fetch))
    app = traced_app(create_app(service, settings), exporter)

    async def work() -> httpx.Response:
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client,
        ):
            body = {"query": QUERY, "variables": {"k": "hunter2"}}
            return await client.post("/graphql", json=body, headers={"traceparent": PARENT})

    response = asyncio.run(work())
    return exporter.get_finished_spans(), response


def test_a_request_and_its_statement_are_spans_without_values(real_folder: Path) -> None:
    found, response = spans(real_folder)
    assert response.status_code == 200
    request = next(span for span in found if span.name == "POST /graphql")
    (statement,) = [span for span in found if span.parent and span.parent.span_id == request.context.span_id]
    assert request.parent
    assert f"{request.parent.trace_id:032x}" in PARENT
    assert dict(request.attributes or {}) == {
        "http.request.method": "POST",
        "http.response.status_code": 200,
        "graphql.operation.name": "Named",
        "lnql.request_id": response.headers["x-request-id"],
    }
    assert statement.name == "statement"
    attributes = statement.attributes or {}
    assert attributes["db.system.name"] == "sqlite"
    assert "lamindb_artifact" in str(attributes["db.query.text"])
    assert "hunter2" not in str([span.attributes for span in found])


def test_without_its_packages_the_extra_is_named(real_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk", None)
    with pytest.raises(MissingExtraError, match=r'pip install "lnql\[otel\]"'):
        serving.open_app(Settings(instance=str(real_folder), otel=True))
