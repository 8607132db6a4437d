"""What was measured, as a table and as RESULTS.md."""

from __future__ import annotations

import platform
import statistics
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from lnql.models.sqlite import sqlite3

if TYPE_CHECKING:
    from .run import Measured, Side

RESULTS = Path(__file__).with_name("RESULTS.md")
PACKAGES = ("starlette", "uvicorn", "uvloop", "graphql-core", "sqlalchemy", "asyncpg")
HEAD = (
    "query",
    "p50: LNQL / raw",
    "p95: LNQL / raw",
    "requests/s: LNQL / raw",
    "p50, ms",
    "p95, ms",
    "requests/s",
    "server CPU, ms",
    "database CPU, ms",
)
NOTES = """
Each cell on the right says LNQL's number, then the bare endpoint's. p50 and p95 are those of one connection, requests
per second and the processor's time per request those of 16. Both servers run in one process each, on the same machine
as the database and the client. The bare endpoint runs one hand-written statement per query, which stands in `queries/`.

Repeat it: `make bench`; one query on one database: `python -m tests.benchmarks.run --only Q1 --database sqlite`.
"""


def table(measured: Sequence[Measured]) -> str:
    """The results of one database."""
    rows = [HEAD, ["---"] * len(HEAD), *map(_row, measured)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(measured: Measured) -> list[str]:
    sides = (measured.lnql, measured.raw)
    medians, late, rates = [[statistic(side) for side in sides] for statistic in (latency, _late, rate)]
    cpu = [(statistics.median(side.server_cpu), statistics.median(side.database_cpu)) for side in sides]
    return [
        f"{measured.query.name}: {measured.query.title}",
        *(f"{ours / raw:.2f}" for ours, raw in (medians, late, rates)),
        *(f"{ours:.2f}, {raw:.2f}" for ours, raw in (medians, late)),
        f"{rates[0]:.0f}, {rates[1]:.0f}",
        *(f"{ours:.2f}, {raw:.2f}" for ours, raw in zip(*cpu, strict=True)),
    ]


def latency(side: Side) -> float:
    """The median time of an answer at one connection, in milliseconds."""
    return statistics.median(side.milliseconds)


def _late(side: Side) -> float:
    return statistics.quantiles(side.milliseconds, n=20)[-1]


def rate(side: Side) -> float:
    """The median of what the rounds reached at many connections, in requests per second."""
    return statistics.median(side.rates)


def write_results(results: Mapping[str, Sequence[Measured]], rounds: int, seconds: float) -> None:
    """Write RESULTS.md."""
    head = (
        f"{setting()}. "
        f"100,000 artifacts; {rounds} rounds, in each of which both servers are asked in turn for {seconds:g} s by one "
        f"connection and for {seconds:g} s by 16."
    )
    parts = ["# LNQL against hand-written SQL", head, NOTES.strip()]
    parts += [f"## {title}\n\n{table(measured)}" for title, measured in results.items()]
    RESULTS.write_text("\n\n".join(parts) + "\n")


def setting() -> str:
    """When and where a measurement is taken: the date, the machine, the versions of what LNQL stands on."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {processor()}, {psutil.cpu_count()} cores, {platform.system()}; "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}"
    )


def processor() -> str:
    """What the machine says of its processor."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text().splitlines() if information.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
