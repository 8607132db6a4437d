"""Two minutes of everything at once, from twenty connections: any error ends it; tells times and the server's memory.

    python -m tests.benchmarks.mixed [--seconds 120]

Of five requests, four read as the queries of `run.py` do, and one makes a label. The instance is a copy of the demo.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import uvloop

from lnql.models.database import DATABASE

from .instances import sqlite, uids
from .load import ServerProcess, ask, request, serving
from .queries import QUERIES, VARIANTS

CONNECTIONS = 20
CREATE = (
    "mutation ($name: String!) { createULabel(input: {data: {name: $name}}) { ulabel { uid } errors { message } } }"
)


def requests() -> list[bytes]:
    """Every query in turn with other variables each time, and a label to make after every fourth."""
    reads = [
        [
            orjson.dumps({"query": query.document, "variables": variables})
            for variables in query.variables(uids(VARIANTS))
        ]
        for query in QUERIES
    ]
    in_turn = (body for bodies in zip(*reads, strict=True) for body in bodies)
    bodies: list[bytes] = []
    for number, four in enumerate(zip(*[in_turn] * 4, strict=False)):
        bodies += [*four, orjson.dumps({"query": CREATE, "variables": {"name": f"label {number}"}})]
    return [request("/graphql", body) for body in bodies]


@contextmanager
def copied() -> Iterator[str]:
    """A copy of the demo on SQLite."""
    with sqlite() as demo, tempfile.TemporaryDirectory() as folder:
        (Path(folder) / DATABASE).parent.mkdir()
        shutil.copyfile(Path(demo.target) / DATABASE, Path(folder) / DATABASE)
        yield folder


def megabytes(server: ServerProcess) -> float:
    """How much memory the server holds."""
    return float(server.process.memory_info().rss) / 2**20


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120)
    options = parser.parse_args()
    lnql = str(Path(sys.executable).with_name("lnql"))
    with copied() as target, serving([lnql, "serve", target, "--write", "--port"]) as server:
        everything = requests()
        uvloop.run(ask(server.port, everything, CONNECTIONS, 5))  # so that caches are full
        before = megabytes(server)
        times, taken = uvloop.run(ask(server.port, everything, CONNECTIONS, options.seconds))
        after = megabytes(server)
    cuts = statistics.quantiles(times, n=100)
    print(f"{len(times):,} requests without an error in {taken:.0f} s from {CONNECTIONS} connections")
    print(f"p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms; memory {before:.0f} MB, then {after:.0f} MB")


if __name__ == "__main__":
    main()
