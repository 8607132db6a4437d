"""Measure data frames against what pandas needs for the same frame from the same server's JSON; write FRAMES.md.

    python -m tests.benchmarks.frames [--database sqlite] [--rounds N]

In each round everything is measured in turn; only ratios of one run are comparable. FRAMES.md is written when both
databases were measured.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from unittest.mock import patch

import orjson
import pandas as pd
import psutil

import lnql as ln
from lnql.names import python_name

from .instances import DATABASES, Database
from .load import Endpoint, serving
from .report import processor

RESULTS = Path(__file__).with_name("FRAMES.md")
PACKAGES = ("pandas", "pyarrow", "orjson", "httpx", "gql")
FEATURE_TYPES = {"cat": "category", "float": "float64", "bool": "boolean"}
WAYS = ("LNQL", "LNQL without pyarrow", "JSON over HTTP and pandas", "JSON in memory and pandas")
NOTES = """
`LNQL` is `to_dataframe` over HTTP, with pyarrow on both sides; `without pyarrow` is the same from JSON. `JSON over HTTP
and pandas` is a bare HTTP client that asks the same server for the same pages of JSON, and pandas that makes the same
frame of them by hand-written code; `JSON in memory` is only the latter, so that neither the server nor the database
works. The frames are compared before they are measured. Server, database and client run on the same machine.

Repeat it: `python -m tests.benchmarks.frames`.
"""


@dataclass(frozen=True)
class Frame:
    """A frame to be made: how LNQL makes it."""

    title: str
    options: dict[str, Any]
    rounds: int
    milliseconds: dict[str, list[float]] = field(default_factory=lambda: {way: [] for way in WAYS})

    def make(self) -> pd.DataFrame:
        """Ask LNQL."""
        return ln.Artifact.filter().to_dataframe(**self.options)

    def medians(self) -> list[float]:
        """The usual time of each way."""
        return [statistics.median(self.milliseconds[way]) for way in WAYS]


def frames(rounds: int) -> list[Frame]:
    """What is measured: large frames less often."""
    sizes = ((100, rounds * 4), (10_000, rounds), (100_000, max(rounds // 2, 1)))
    plain = [Frame(f"{limit:,} rows", {"limit": limit}, times) for limit, times in sizes]
    return [*plain, Frame("100 rows with features", {"limit": 100, "include": "features"}, rounds * 4)]


@contextmanager
def without_pyarrow() -> Iterator[None]:
    """Have frames be made of JSON."""
    with patch("lnql.dataframe.is_installed", lambda: False):
        yield


def bodies_of(frame: Frame) -> list[bytes]:
    """The requests by which LNQL reads a frame as JSON."""
    connection = ln.connection.current()
    execute, sent = connection._transport.execute, []

    async def noted(text: str, variables: Any = None, **options: Any) -> Any:
        sent.append(orjson.dumps({"query": text, "variables": variables}))
        return await execute(text, variables, **options)

    with without_pyarrow(), patch.object(connection._transport, "execute", noted):
        frame.make()
    return sent


def by_hand(answers: Sequence[bytes]) -> pd.DataFrame:
    """The frame that LNQL makes of answers, by pandas alone."""
    rows = [row for answer in answers for row in orjson.loads(answer)["data"]["rows"]["nodes"]]
    features = [row.pop("features") for row in rows] if "features" in rows[0] else None
    index = pd.Index([row["databaseId"] for row in rows], name="id")
    columns = {name: [row[name] for row in rows] for name in rows[0] if name != "databaseId"}
    frame = pd.DataFrame({python_name(name): _series(name, column, index) for name, column in columns.items()})
    return frame if features is None else frame.assign(**_features(features, frame.index))


def _series(name: str, values: list[Any], index: pd.Index) -> "pd.Series[Any]":
    if name == "createdAt":
        return pd.Series(pd.to_datetime(values, utc=True, format="ISO8601"), index, dtype="datetime64[ns, UTC]")
    first = next((value for value in values if value is not None), None)
    return pd.Series(values, index, dtype=object if isinstance(first, str | dict | None) else None)


def _features(features: Sequence[Sequence[Any]], index: pd.Index) -> dict[str, "pd.Series[Any]"]:
    values: dict[tuple[int, str, str], list[Any]] = {}
    for place, row in enumerate(features):
        for one in row:
            key = one["feature"]["databaseId"], one["name"], one["dtype"]
            values.setdefault(key, [None] * len(features))[place] = one["value"]
    return {name: _feature(dtype, values[key, name, dtype], index) for key, name, dtype in sorted(values)}


def _feature(dtype: str, values: list[Any], index: pd.Index) -> "pd.Series[Any]":
    if any(isinstance(value, list) for value in values):
        values = [set(value) if isinstance(value, list) else value for value in values]
        return pd.Series(values, index, dtype=object)
    if dtype == "date":
        return pd.to_datetime(pd.Series(values, index), format="ISO8601").dt.date
    if dtype == "int":
        return pd.Series(values, index, dtype="Int64" if None in values else "int64")
    if dtype == "num":
        return pd.Series(values, index)
    named: Any = next((type_ for start, type_ in FEATURE_TYPES.items() if dtype.startswith(start)), None)
    return pd.Series(values, index, dtype=object).astype(named or object)


def measure(database: Database, rounds: int) -> list[Frame]:
    """Make each frame in all ways, in turn."""
    command = [str(Path(sys.executable).with_name("lnql")), "serve", database.target, "--port"]
    with serving(command) as server:
        ln.connect(f"http://127.0.0.1:{server.port}")
        measured = frames(rounds)
        for frame in measured:
            _measure(frame, server.port)
            print(_row(frame), flush=True)
        return measured


def fetched(port: int, bodies: Sequence[bytes]) -> list[bytes]:
    """The answers of a server, over a connection of their own: it closes one that it waits for too long."""
    endpoint = Endpoint(port)
    return [endpoint.post("/graphql", body) for body in bodies]


def _measure(frame: Frame, port: int) -> None:
    bodies = bodies_of(frame)
    answers = fetched(port, bodies)
    ways = (
        frame.make,
        without_pyarrow()(frame.make),
        lambda: by_hand(fetched(port, bodies)),
        lambda: by_hand(answers),
    )
    expected = by_hand(answers)
    for make in ways:
        pd.testing.assert_frame_equal(make(), expected, check_column_type=False)
    for _ in range(frame.rounds):
        for way, make in zip(WAYS, ways, strict=True):
            frame.milliseconds[way].append(_milliseconds(make))


def _milliseconds(make: Callable[[], pd.DataFrame]) -> float:
    began = time.perf_counter()
    make()
    return (time.perf_counter() - began) * 1000


def _row(frame: Frame) -> str:
    lnql, as_json, over_http, in_memory = frame.medians()
    ratios = (f"{lnql / over_http:.2f}", f"{as_json / over_http:.2f}", f"{lnql / in_memory:.2f}")
    times = (f"{milliseconds:,.1f}" for milliseconds in (lnql, as_json, over_http, in_memory))
    return f"| {' | '.join((frame.title, *ratios, *times))} |"


def table(measured: Sequence[Frame]) -> str:
    """The results of one database."""
    ratios = (f"{WAYS[0]} / {WAYS[2]}", f"{WAYS[1]} / {WAYS[2]}", f"{WAYS[0]} / {WAYS[3]}")
    head = ("frame", *ratios, *(f"{way}, ms" for way in WAYS))
    return "\n".join([f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *map(_row, measured)])


def write_results(results: dict[str, list[Frame]], rounds: int) -> None:
    """Write FRAMES.md."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    head = (
        f"{datetime.now(UTC):%Y-%m-%d}, {processor()}, {psutil.cpu_count()} cores; Python {sys.version.split()[0]}, "
        f"{versions}. 100,000 artifacts, 22 columns and the index; medians of {rounds * 4} rounds for 100 rows, "
        f"{rounds} for 10,000, {max(rounds // 2, 1)} for 100,000. "
        f"Load average {os.getloadavg()[2]:.1f}: above the number of cores the machine was busy with other things too, "
        "and only ratios count."
    )
    parts = ["# Data frames", head, NOTES.strip()]
    parts += [f"## {title}\n\n{table(measured)}" for title, measured in results.items()]
    RESULTS.write_text("\n\n".join(parts) + "\n")


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=DATABASES)
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    os.environ["TQDM_DISABLE"] = "1"
    results = {}
    for name in [options.database] if options.database else DATABASES:
        with DATABASES[name]() as database:
            print(f"\n{database.title}\n", flush=True)
            results[database.title] = measure(database, options.rounds)
    if not options.database:
        write_results(results, options.rounds)


if __name__ == "__main__":
    main()
