"""Several processes that serve one instance."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from lnql.errors import InvalidError
from lnql.graph.serving import run_server
from lnql.graph.settings import Settings

from ..conftest import running

QUESTION = {"query": "{ artifacts { totalCount } }"}


def children(pid: int) -> set[int]:
    """The processes that a process has made."""
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout
    return set(map(int, found.split()))


def eventually(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return False


def test_workers_answer_tell_common_metrics_and_are_replaced(real_folder: Path) -> None:
    with running(real_folder, "--workers", 2) as server:
        first = children(server.process.pid)
        assert len(first) == 2
        answers = {httpx.post(server.url, json=QUESTION).text for _ in range(20)}
        assert len(answers) == 1
        metrics = httpx.get(httpx.URL(server.url).join("/metrics")).text
        assert re.search(r'lnql_requests_total\{method="POST",status="200"\} 20\.0', metrics)
        time.sleep(1.1)  # one that ends sooner could not do its work
        subprocess.run(["kill", "-KILL", str(min(first))], check=True)
        assert eventually(lambda: len(children(server.process.pid) - first) == 1)
        assert all(httpx.post(server.url, json=QUESTION).status_code == 200 for _ in range(20))


def test_workers_end_with_the_process_that_made_them(real_folder: Path) -> None:
    with running(real_folder, "--workers", 2, LNQL_DRAIN_SECONDS="2") as server:
        workers, ready = children(server.process.pid), httpx.URL(server.url).join("/readyz")
        server.process.send_signal(signal.SIGTERM)
        assert eventually(lambda: httpx.get(ready).status_code == 503)
        assert httpx.post(server.url, json=QUESTION).status_code == 200
        assert server.process.wait(timeout=20) == 0
        assert eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


def is_alive(pid: int) -> bool:
    """Whether a process still runs; one that has ended may wait to be asked how."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


SLEEPING = """
import socket, time
from lnql.graph.workers import Workers

def sleep(answering):
    answering()
    time.sleep(60)

with socket.create_server(("127.0.0.1", 0)) as listener:
    Workers(sleep, 3, listener).run(lambda: print("All are there.", flush=True))
"""


def test_workers_end_when_the_process_that_made_them_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", SLEEPING], stdout=subprocess.PIPE, text=True) as maker:
        assert maker.stdout
        assert maker.stdout.readline() == "All are there.\n"
        workers = children(maker.pid)
        assert len(workers) == 3
        maker.kill()
        assert eventually(lambda: not any(map(is_alive, workers)))


FAILING = """
import socket
from lnql.errors import InvalidError, UnavailableError
from lnql.graph.workers import Workers

def fail(answering):
    raise InvalidError("This cannot be done.")

with socket.create_server(("127.0.0.1", 0)) as listener:
    try:
        Workers(fail, 2, listener).run(lambda: print("Nothing answers."))
    except UnavailableError as error:
        print(error)
"""


def test_workers_that_cannot_start_end_the_server() -> None:
    answer = subprocess.run([sys.executable, "-c", FAILING], capture_output=True, text=True, check=True, timeout=60)
    assert answer.stdout == "A worker could not start. The lines above say why.\n"
    assert "lnql: This cannot be done.\n" in answer.stderr


def test_several_processes_do_not_write_to_one_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidError, match=r"^2 workers would write to one SQLite file\. Serve it with one worker"):
        run_server(Settings(instance=str(tmp_path), write=True, workers=2))
