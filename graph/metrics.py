"""Metrics in Prometheus' format. Labels come from closed sets, so that no client can add a time series."""

import os
from collections.abc import Sequence
from functools import cache
from time import perf_counter
from typing import Any, Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    exposition,
)
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import Response

from .readers import Fetch, Row

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
WORKERS_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where the workers of one server put their numbers together; the library reads it from the environment."""

_registry = CollectorRegistry()
if WORKERS_FOLDER not in os.environ:  # these two speak of one process
    ProcessCollector(registry=_registry)
    PlatformCollector(registry=_registry)

REQUESTS: Final = Counter("lnql_requests", "HTTP requests answered.", ["method", "status"], registry=_registry)
OPERATIONS: Final = Histogram(
    "lnql_operation_seconds", "Time of an operation, waiting included.", ["kind"], buckets=SECONDS, registry=_registry
)
ERRORS: Final = Counter("lnql_errors", "Errors in answers, by their code.", ["code"], registry=_registry)
SUBSCRIPTIONS: Final = Gauge(
    "lnql_subscriptions", "Subscriptions that are open.", registry=_registry, multiprocess_mode="livesum"
)
STATEMENTS: Final = Histogram(
    "lnql_statement_seconds", "Time of an SQL statement, waiting included.", buckets=SECONDS, registry=_registry
)


@cache
def requests(method: str, status: int) -> Counter:
    """The counter of HTTP requests by a method that were answered with a status."""
    return REQUESTS.labels(method, status)


def timed(fetch: Fetch) -> Fetch:
    """Measure what runs statements."""

    async def timed_fetch(text: str, arguments: Sequence[Any]) -> Row:
        start = perf_counter()
        try:
            return await fetch(text, arguments)
        finally:
            STATEMENTS.observe(perf_counter() - start)

    return timed_fetch


async def metrics(request: Request) -> Response:
    """The metrics of this server, of all its workers."""
    registry = _registry
    if WORKERS_FOLDER in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it has no types
    encode, content_type = exposition.choose_encoder(request.headers.get("accept", ""))
    return Response(encode(registry), headers={"content-type": content_type})
