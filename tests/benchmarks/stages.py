"""Where the time of a request goes: the stages that it passes, on both databases; write STAGES.md.

    python -m tests.benchmarks.stages [--seconds S]

The whole is what one client waits for over HTTP. What lies within is measured in one process without a network.
"""

import argparse
import asyncio
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import orjson
import uvloop
from starlette.types import Message, Receive

from lnql.graph.app import create_app
from lnql.graph.documents import Document
from lnql.graph.readers import Fetch
from lnql.graph.service import Service
from lnql.graph.settings import Limits, Settings
from lnql.models.database import open_instance

from .instances import DATABASES, Database, uids
from .load import ask, request, serving
from .queries import QUERIES, Query
from .report import setting

RESULTS = Path(__file__).with_name("STAGES.md")
ASKED = ("Q1", "Q3")
REQUESTS = 1000
LIMITS = Limits()
STAGES = {
    "client": "sockets, uvicorn, and the client itself",
    "app": "middleware, headers, parsing of the body, the answer's headers",
    "execution": "the plan, found or made; values to arguments; the answer put together",
    "fetch": "the statement: the driver and the database",
}
"""Each lies within the one before, and has its own time beside that of the next."""
NOTES = """
Medians in microseconds. Each line is the time of that stage alone, without what lies within it; the last says what the
client waits for.

Repeat it: `python -m tests.benchmarks.stages`.
"""


class Stopwatch:
    """How long each stage took, each time."""

    def __init__(self) -> None:
        self._times: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what is done within."""
        began = perf_counter()
        yield
        self._times[name].append(perf_counter() - began)

    def note(self, name: str, milliseconds: Sequence[float]) -> None:
        """Add times that were measured elsewhere."""
        self._times[name] += [one / 1000 for one in milliseconds]

    def own(self) -> list[float]:
        """The median time of each stage without that of the next, then that of all, in microseconds."""
        medians = [statistics.median(self._times[name]) * 1e6 for name in STAGES]
        return [outer - inner for outer, inner in zip(medians, [*medians[1:], 0], strict=True)] + medians[:1]


class TimedService(Service):
    """A service whose operations and statements are timed."""

    def __init__(self, target: str, stopwatch: Stopwatch) -> None:
        self._stopwatch = stopwatch
        super().__init__(open_instance(target), LIMITS, measured=self._timed)

    async def execute(self, document: Document, variables: dict[str, Any] | None, key: str | None = None) -> Any:
        """Answer one operation."""
        with self._stopwatch.stage("execution"):
            return await super().execute(document, variables, key)

    def _timed(self, fetch: Fetch) -> Fetch:
        async def timed_fetch(text: str, arguments: Sequence[Any]) -> Any:
            with self._stopwatch.stage("fetch"):
                return await fetch(text, arguments)

        return timed_fetch


async def inside(target: str, bodies: Sequence[bytes], stopwatch: Stopwatch) -> None:
    """Ask the application in this process."""
    service = TimedService(target, stopwatch)
    app = create_app(service, Settings(limits=LIMITS))
    await service.startup()
    try:
        for body in bodies:
            with stopwatch.stage("app"):
                await app(scope(body), receiving(body), ignore)
    finally:
        await service.shutdown()


def scope(body: bytes) -> dict[str, Any]:
    """What uvicorn says of a request."""
    headers = {"host": "127.0.0.1", "content-type": "application/json", "content-length": str(len(body))}
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
        "scheme": "http",
    }


def receiving(body: bytes) -> Receive:
    """What gives the body of a request, and after it nothing."""
    messages = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Message:
        for message in messages:
            return message
        await asyncio.Event().wait()
        raise AssertionError("Nobody sets it.")

    return receive


async def ignore(_: Message) -> None:
    """Take a part of an answer."""


def measure(database: Database, query: Query, seconds: float) -> list[float]:
    """The own time of each stage of a query, and the time of all."""
    stopwatch = Stopwatch()
    bodies = [orjson.dumps({"query": query.document, "variables": one}) for one in query.variables(uids(REQUESTS))]
    lnql = [str(Path(sys.executable).with_name("lnql")), "serve", database.target, "--port"]
    with serving(lnql) as server:
        requests = [request("/graphql", body) for body in bodies]
        uvloop.run(ask(server.port, requests, 1, seconds))
        milliseconds, _ = uvloop.run(ask(server.port, requests, 1, seconds))
    stopwatch.note("client", milliseconds)
    uvloop.run(inside(database.target, bodies, stopwatch))
    return stopwatch.own()


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3)
    seconds = parser.parse_args().seconds
    columns = {}
    for open_database in DATABASES.values():
        with open_database() as database:
            for query in QUERIES:
                if query.name in ASKED:
                    columns[f"{query.name}, {database.title}"] = measure(database, query, seconds)
    rows = [["stage", *columns], ["---"] * (1 + len(columns))]
    for title, *times in zip([*STAGES.values(), "all"], *columns.values(), strict=True):
        rows.append([str(title), *(f"{one:.0f}" for one in times)])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    print(table)
    RESULTS.write_text("\n\n".join(["# Where the time goes", f"{setting()}.", NOTES.strip(), table]) + "\n")


if __name__ == "__main__":
    main()
