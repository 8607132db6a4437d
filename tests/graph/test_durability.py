"""What was acknowledged is there, nothing by halves: when a server is killed, when many write, when the disk is full.

`LNQL_KILLS=30 LNQL_WRITES=500 pytest tests/graph/test_durability.py` kills thirty times, each of which takes some
seconds, and lets each of four clients write 500 records.
"""

import asyncio
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from lnql.graph.app import create_app
from lnql.graph.service import Service
from lnql.graph.settings import Limits, Settings
from lnql.models import sqlite
from lnql.models.database import DATABASE, open_instance
from lnql.models.initialize import init_instance

LIMITS = Limits()
KILLS = int(os.environ.get("LNQL_KILLS", "2"))
WRITES = int(os.environ.get("LNQL_WRITES", "25"))
BULK = 50
CREATE = (
    "mutation ($data: [ULabelPatch!]!) { createULabels(input: {data: $data}) { ulabels { uid } errors { message } } }"
)
EVERY = '{ ulabels(first: 10000, filter: {name: {startsWith: "kill"}}) { nodes { name } } }'


@contextmanager
def server(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server of its own process, killed at the end without warning."""
    lnql = Path(sys.executable).with_name("lnql")
    command = [str(lnql), "serve", str(folder), "--write", "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    try:
        assert process.stdout
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("Stop it"):
                break
        address = re.search(r"http://\S+/graphql", "".join(lines))
        assert address
        yield address[0], process
    finally:
        process.kill()
        process.communicate()


def write_until(client: httpx.Client, url: str, deadline: float, names: Iterator[str]) -> set[str]:
    """Write twenty times a second, now and then many records at once; what was acknowledged."""
    acknowledged: set[str] = set()
    while time.monotonic() < deadline:
        count = BULK if random.random() < 0.2 else 1
        stem = next(names)
        data = [{"name": f"{stem} {number} of {count}"} for number in range(count)]
        answer = client.post(url, json={"query": CREATE, "variables": {"data": data}}).json()
        assert answer["data"]["createULabels"]["errors"] == []
        acknowledged |= {row["name"] for row in data}
        time.sleep(0.05)
    return acknowledged


def test_a_server_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    init_instance(tmp_path)
    names = (f"kill {number}" for number in range(10**6))
    acknowledged: set[str] = set()
    for _ in range(KILLS):
        with server(tmp_path) as (url, process), httpx.Client(timeout=20) as client:
            deadline = time.monotonic() + random.uniform(0.2, 1.0)
            acknowledged |= write_until(client, url, deadline, names)
            pending = [{"name": f"{stem} {n} of {BULK}"} for stem in [next(names)] for n in range(BULK)]
            acknowledged |= asyncio.run(_kill_while_writing(url, pending, process))
        with closing(sqlite.sqlite3.connect(tmp_path / DATABASE)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            found = {name for (name,) in connection.execute("SELECT name FROM lamindb_ulabel WHERE name LIKE 'kill%'")}
        assert acknowledged <= found
        assert halves(found) == []


async def _kill_while_writing(url: str, data: list[dict[str, Any]], process: subprocess.Popen[str]) -> set[str]:
    """Kill a server while it writes; the names it acknowledged before."""
    async with httpx.AsyncClient(timeout=20) as client:
        writing = asyncio.create_task(client.post(url, json={"query": CREATE, "variables": {"data": data}}))
        await asyncio.sleep(random.uniform(0, 0.04))
        process.kill()
        with suppress(httpx.TransportError):
            answer = (await writing).json()
            return {row["name"] for row in data} if answer["data"]["createULabels"]["errors"] == [] else set()
    return set()


def halves(found: set[str]) -> list[str]:
    """The requests of which some records are there and some are not."""
    counts: dict[tuple[str, int], int] = {}
    for name in found:
        match = re.fullmatch(r"(kill \d+) \d+ of (\d+)", name)
        assert match
        key = (match[1], int(match[2]))
        counts[key] = counts.get(key, 0) + 1
    return [stem for (stem, expected), count in counts.items() if count != expected]


@asynccontextmanager
async def opened(target: str | Path, limits: Limits = LIMITS) -> AsyncIterator[Callable[..., Awaitable[Any]]]:
    """A function that asks an instance, open for writing."""
    app = create_app(Service(open_instance(target, write=True), limits), Settings(limits=limits))
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://localhost") as client,
    ):

        async def ask(query: str, **variables: Any) -> Any:
            return (await client.post("/graphql", json={"query": query, "variables": variables})).json()

        yield ask


def test_many_write_at_once(empty_target: str) -> None:
    async def crowd() -> tuple[list[list[Any]], Any]:
        async with opened(empty_target) as ask:

            async def write(writer: int) -> list[Any]:
                return [await ask(CREATE, data=[{"name": f"kill {writer} {number}"}]) for number in range(WRITES)]

            return await asyncio.gather(*map(write, range(4))), await ask(EVERY)

    answers, every = asyncio.run(crowd())
    assert all(answer["data"]["createULabels"]["errors"] == [] for writer in answers for answer in writer)
    assert len(every["data"]["ulabels"]["nodes"]) == 4 * WRITES


def test_a_full_disk_is_answered_and_reading_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    init_instance(tmp_path)
    with closing(sqlite.sqlite3.connect(tmp_path / DATABASE)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    monkeypatch.setitem(sqlite.WRITER, "max_page_count", str(pages + 4))

    async def fill() -> list[Any]:
        data = [{"name": f"kill {number}", "description": "x" * 500} for number in range(1000)]
        async with opened(tmp_path) as ask:
            return [await ask(CREATE, data=data), await ask(EVERY)]

    refused, read = asyncio.run(fill())
    (error,) = refused["errors"]
    assert error["extensions"]["code"] == "UNAVAILABLE"
    assert error["message"].endswith(" cannot grow because the disk is full.")
    assert read == {"data": {"ulabels": {"nodes": []}}}
