"""Measure LNQL against hand-written SQL behind a bare endpoint, in turn, in one run; write RESULTS.md.

    python -m tests.benchmarks.run [--only Q1,Q3] [--database sqlite] [--rounds N] [--seconds S]

Only ratios of one run are comparable. RESULTS.md is written when everything is measured.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson
import uvloop

from .instances import DATABASES, Database, uids
from .load import Endpoint, ServerProcess, ask, request, serving
from .queries import QUERIES, VARIANTS, Query
from .report import table, write_results

CONNECTIONS = 16


@dataclass
class Side:
    """One of the two servers: what it is asked, and what was measured in all rounds."""

    server: ServerProcess
    database: Database
    requests: Sequence[bytes]
    milliseconds: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    server_cpu: list[float] = field(default_factory=list)
    database_cpu: list[float] = field(default_factory=list)

    async def measure(self, seconds: float) -> None:
        """One round: at one connection, then at many."""
        times, _ = await ask(self.server.port, self.requests, 1, seconds)
        self.milliseconds += times
        server, database = self.server.cpu_seconds(), self.database.cpu_seconds()
        times, taken = await ask(self.server.port, self.requests, CONNECTIONS, seconds)
        self.rates.append(len(times) / taken)
        self.server_cpu.append((self.server.cpu_seconds() - server) * 1000 / len(times))
        self.database_cpu.append((self.database.cpu_seconds() - database) * 1000 / len(times))


@dataclass(frozen=True)
class Measured:
    """A query, as LNQL answers it and as the bare endpoint does."""

    query: Query
    lnql: Side
    raw: Side


def measure(database: Database, queries: Sequence[Query], rounds: int, seconds: float) -> list[Measured]:
    """Run both servers on one database and measure each query on both in turn."""
    lnql = [str(Path(sys.executable).with_name("lnql")), "serve", database.target, "--port"]
    raw = [sys.executable, "-m", "tests.benchmarks.raw", database.target]
    with serving(lnql) as ours, serving(raw) as theirs:
        pairs = [_pair(database, query, ours, theirs) for query in queries]
        for pair in pairs:
            uvloop.run(measure_in_turn((pair.lnql, pair.raw), rounds, seconds))
            print(table([pair]).splitlines()[-1], flush=True)
        return pairs


def _pair(database: Database, query: Query, ours: ServerProcess, theirs: ServerProcess) -> Measured:
    """A query on both servers, whose answers have to be equal."""
    values = query.variables(uids(VARIANTS))
    documents = [orjson.dumps({"query": query.document, "variables": one}) for one in values]
    parameters = [orjson.dumps(one) for one in values]
    answers = Endpoint(ours.port).post("/graphql", documents[0]), Endpoint(theirs.port).post(query.path, parameters[0])
    if orjson.loads(answers[0])["data"] != orjson.loads(answers[1]):
        raise RuntimeError(f"{query.name}: the answers differ: {answers[0][:500]!r} and {answers[1][:500]!r}")
    return Measured(
        query,
        Side(ours, database, [request("/graphql", body) for body in documents]),
        Side(theirs, database, [request(query.path, body) for body in parameters]),
    )


async def measure_in_turn(sides: tuple[Side, Side], rounds: int, seconds: float) -> None:
    """Ask two servers the same in turn, the first to be asked changing from round to round."""
    for side in sides:  # so that they are connected, and have prepared the statement
        await ask(side.server.port, side.requests, CONNECTIONS, seconds)
    for number in range(rounds):
        for side in sides if number % 2 else reversed(sides):
            await side.measure(seconds)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", help="names of queries, separated by commas")
    parser.add_argument("--database", choices=DATABASES)
    parser.add_argument("--rounds", type=int, default=20, help="many short ones: a processor changes its speed")
    parser.add_argument("--seconds", type=float, default=0.1, help="how long a round asks one server")
    options = parser.parse_args()
    queries = [query for query in QUERIES if not options.only or query.name in options.only.split(",")]
    results = {}
    for name in [options.database] if options.database else DATABASES:
        with DATABASES[name]() as database:
            print(f"\n{database.title}\n", flush=True)
            results[database.title] = measure(database, queries, options.rounds, options.seconds)
    if not options.only and not options.database:
        write_results(results, options.rounds, options.seconds)


if __name__ == "__main__":
    main()
