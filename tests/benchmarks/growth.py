"""How time and memory grow with the rows of a page and with the depth of a query; print tables.

    python -m tests.benchmarks.growth [--database sqlite] [--rounds N]

The time of a row should stay the same from 100 to 100,000 rows in one page, and that of a level from one to six.
Memory is how much larger the server's process gets while it answers. Limits on what a request may ask for are lifted.
"""

import argparse
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import orjson
import psutil

from lnql.graph.settings import Limits

from .instances import DATABASES
from .load import Endpoint, ServerProcess, serving

ROWS = (100, 1_000, 10_000, 100_000)
PAGES = {
    "ten scalars": "uid key description suffix kind size hash isLatest createdAt updatedAt",
    "relations": "uid key createdBy { handle } run { uid transform { key } } ulabels { nodes { name } }",
}
LEVELS = (
    "uid %s",
    "run { uid %s }",
    "transform { uid %s }",
    "runs(first: 1) { nodes { uid %s } }",
    "transform { uid %s }",
    "runs(first: 1) { nodes { uid %s } }",
)
MEBIBYTE = 2**20
SETTLED_SECONDS = 8
"""So long a server is left alone first: it looks at the texts of searches, which takes memory of its own."""


class Memory:
    """The largest size of a process while it is watched, in MiB over what it was."""

    def __init__(self, process: psutil.Process) -> None:
        self._process = process
        self._before = self._largest = process.memory_info().rss

    @property
    def more(self) -> float:
        """How much more it was."""
        return (self._largest - self._before) / MEBIBYTE

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look at the process every few milliseconds until the block ends."""
        ended = threading.Event()
        watcher = threading.Thread(target=self._watch, args=[ended])
        watcher.start()
        yield
        ended.set()
        watcher.join()

    def _watch(self, ended: threading.Event) -> None:
        while not ended.wait(0.002):
            self._largest = max(self._largest, self._process.memory_info().rss)


def ask(endpoint: Endpoint, document: str, rows: int, rounds: int) -> tuple[float, int]:
    """The least time of some rounds in milliseconds, and the bytes of the answer."""
    body = orjson.dumps({"query": document, "variables": {"n": rows}})
    times, content = [], b""
    for _ in range(rounds):
        start = time.perf_counter()
        content = endpoint.post("/graphql", body)
        times.append((time.perf_counter() - start) * 1000)
    return min(times), len(content)


def pages(server: ServerProcess, rounds: int) -> Iterator[str]:
    """A table of pages with more and more rows."""
    yield "| page | rows | ms | ms for 1,000 rows | answer, MiB | memory over before, MiB |"
    yield "|---|---|---|---|---|---|"
    for title, fields in PAGES.items():
        document = f"query ($n: Int!) {{ artifacts(first: $n) {{ nodes {{ {fields} }} }} }}"
        endpoint = Endpoint(server.port)
        ask(endpoint, document, 1, 1)
        for rows in ROWS:
            memory = Memory(server.process)
            with memory.watched():
                taken, size = ask(endpoint, document, rows, rounds)
            mebibytes = f"{size / MEBIBYTE:.1f} | {memory.more:.0f}"
            yield f"| {title} | {rows:,} | {taken:.1f} | {taken / rows * 1000:.2f} | {mebibytes} |"


def depths(server: ServerProcess, rounds: int) -> Iterator[str]:
    """A table of queries that are deeper and deeper."""
    yield "| levels | ms of 1,000 rows | ms of a level |"
    yield "|---|---|---|"
    endpoint = Endpoint(server.port)
    for depth in range(1, len(LEVELS) + 1):
        document = f"query ($n: Int!) {{ artifacts(first: $n) {{ nodes {{ {nested(LEVELS[:depth])} }} }} }}"
        ask(endpoint, document, 1000, 1)
        taken, _ = ask(endpoint, document, 1000, rounds)
        yield f"| {depth} | {taken:.1f} | {taken / depth:.2f} |"


def nested(levels: Sequence[str]) -> str:
    """Levels within each other."""
    first, *rest = levels
    return first % (nested(rest) if rest else "")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=DATABASES)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    command, ahead = [str(Path(sys.executable).with_name("lnql")), "serve"], str(Limits().search_ahead)
    for name in [options.database] if options.database else DATABASES:
        with DATABASES[name]() as base, serving([*command, base.target, "--port"], SEARCH_AHEAD=ahead) as server:
            print(f"\n## {base.title}\n")
            time.sleep(SETTLED_SECONDS)
            for line in (*pages(server, options.rounds), "", *depths(server, options.rounds)):
                print(line)


if __name__ == "__main__":
    main()
