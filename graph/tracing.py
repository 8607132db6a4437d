"""Traces by OpenTelemetry: a span for each request, with one for each of its statements below.

It is an extra, and imported only where it is asked for. Where spans go, the standard variables say (`OTEL_…`).
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from opentelemetry import propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import SpanKind, StatusCode
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .metrics import timed
from .readers import Fetch, Row

tracer: Final = trace.get_tracer("lnql")


def traced_app(app: Starlette, exporter: SpanExporter | None = None) -> Starlette:
    """Make spans of what an application answers, and send them while it is open."""
    opened = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[Any]:
        provider = TracerProvider()  # it reads OTEL_SERVICE_NAME; made here, since its thread would not survive a fork
        provider.add_span_processor(BatchSpanProcessor(exporter or OTLPSpanExporter()))
        trace.set_tracer_provider(provider)
        async with opened(app) as state:
            yield state
        await asyncio.to_thread(provider.shutdown)  # sends what is left

    app.router.lifespan_context = lifespan
    app.add_middleware(Tracing)
    return app


class Tracing:
    """Middleware: a span for each request, below that of the client if it sends one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        above = propagate.extract(dict(Headers(scope=scope)))
        name = f"{scope['method']} /graphql" if scope["path"] == "/graphql" else scope["method"]
        with tracer.start_as_current_span(name, above, SpanKind.SERVER) as span:

            async def send_and_note(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.set_attribute("http.response.status_code", message["status"])
                    if message["status"] >= 500:
                        span.set_status(StatusCode.ERROR)
                await send(message)

            await self.app(scope, receive, send_and_note)
            span.set_attributes(_attributes(scope))


def _attributes(scope: Scope) -> dict[str, str]:
    attributes = {
        "http.request.method": scope["method"],
        "graphql.operation.name": scope.get("operation_name"),
        "lnql.request_id": scope.get("request_id"),
    }
    return {name: value for name, value in attributes.items() if value}


def traced(system: str, fetch: Fetch) -> Fetch:
    """Measure what runs statements, and make a span of each; its text has no values in it."""
    measured = timed(fetch)

    async def traced_fetch(text: str, arguments: Sequence[Any]) -> Row:
        with tracer.start_as_current_span("statement", kind=SpanKind.CLIENT) as span:
            span.set_attributes({"db.system.name": system, "db.query.text": text})
            return await measured(text, arguments)

    return traced_fetch
