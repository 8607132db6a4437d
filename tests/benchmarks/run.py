"""Measure LNQL against hand-written SQL behind a bare endpoint, in turn, in one run; write RESULTS.md.

    python -m tests.benchmarks.run FOLDER [--url postgresql://…] [--rounds N] [--requests N]

FOLDER is a demo instance (`lnql demo FOLDER --scale 100000`), the URL a copy of it (`lnql copy FOLDER URL`).
Only ratios of one run are comparable; they are what is written first.
"""

import argparse
import http.client
import platform
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import orjson

from .queries import QUERIES, Query

RESULTS = Path(__file__).with_name("RESULTS.md")


class Endpoint:
    """One connection to a server, kept open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)

    def post(self, path: str, body: bytes) -> bytes:
        """Send a body and give the answer's."""
        headers = {"content-type": "application/json", "accept": "application/json"}
        try:
            self._connection.request("POST", path, body, headers)
        except OSError:  # the server closed it while the other one was measured
            self._connection.close()
            self._connection.request("POST", path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status} {content[:500]!r}")
        return content


@contextmanager
def server(command: list[str], port: int) -> Iterator[Endpoint]:
    """Run a server until the block ends."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield Endpoint(port)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"Nothing listens on port {port}.")


def free_port() -> int:
    """Give a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def measure(target: str, uid: str, rounds: int, requests: int) -> list[tuple[Query, float, float]]:
    """Give the median times of each query in milliseconds: LNQL's and the bare endpoint's, measured in turn."""
    ports = free_port(), free_port()
    lnql = [str(Path(sys.executable).with_name("lnql")), "serve", target, "--port", str(ports[0])]
    raw = [sys.executable, "-m", "tests.benchmarks.raw", target, str(ports[1])]
    with server(lnql, ports[0]) as ours, server(raw, ports[1]) as theirs:
        return [(query, *_compare(ours, theirs, query, uid, rounds, requests)) for query in QUERIES]


def _compare(
    ours: Endpoint, theirs: Endpoint, query: Query, uid: str, rounds: int, requests: int
) -> tuple[float, float]:
    variables = query.variables or {"uid": uid}
    document = orjson.dumps({"query": query.document, "variables": variables})
    parameters = orjson.dumps(variables)
    same = orjson.loads(ours.post("/graphql", document))["data"] == orjson.loads(
        theirs.post(f"/{query.name}", parameters)
    )
    if not same:
        raise RuntimeError(f"{query.name}: the answers differ.")
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for found, endpoint, path, body in (
            (times[0], ours, "/graphql", document),
            (times[1], theirs, f"/{query.name}", parameters),
        ):
            for _ in range(requests):
                start = time.perf_counter()
                endpoint.post(path, body)
                found.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


def table(title: str, results: list[tuple[Query, float, float]]) -> str:
    """Write the results of one database as a table."""
    lines = [f"## {title}", "", "| query | LNQL / raw | LNQL, ms | raw, ms |", "|---|---|---|---|"]
    lines += [
        f"| ({query.name}) {query.title} | {ours / raw:.2f} | {ours:.2f} | {raw:.2f} |" for query, ours, raw in results
    ]
    return "\n".join([*lines, ""])


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--url")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=100)
    options = parser.parse_args()
    database = sqlite3.connect(Path(options.folder, ".lamindb", "lamin.db"))
    (uid,) = database.execute("SELECT uid FROM lamindb_artifact ORDER BY id LIMIT 1 OFFSET 50000").fetchone()
    (count,) = database.execute("SELECT count(*) FROM lamindb_artifact").fetchone()
    head = [
        "# LNQL against hand-written SQL",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.machine()}, {count:,} artifacts, "
        f"one connection, medians of {options.rounds} rounds of {options.requests} requests measured in turn.",
        "",
    ]
    parts = ["\n".join(head)]
    for title, target in (("SQLite", options.folder), ("PostgreSQL", options.url)):
        if target:
            parts.append(table(title, measure(target, uid, options.rounds, options.requests)))
            print(parts[-1])
    RESULTS.write_text("\n".join(parts))


if __name__ == "__main__":
    main()
