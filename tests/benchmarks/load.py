"""Servers as processes of their own, and a client that costs next to nothing beside them."""

import asyncio
import http.client
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import psutil

LIFTED = {
    **dict.fromkeys(("STATEMENT_SECONDS", "CONNECTION_SECONDS", "OPERATION_SECONDS"), "60"),
    **dict.fromkeys(("ROOT_PAGE", "ROWS"), "100000000"),
    "SEARCH_AHEAD": "0",
}
"""Limits on what a request may ask for; nobody else waits here. Nothing is read ahead while something is measured."""
HEADERS = {"accept": "application/json", "content-type": "application/json"}
ERRORS = b'"errors":[{'
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class ServerProcess:
    """A server that runs, and its process."""

    port: int
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """How long the processor has worked for it."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


@contextmanager
def serving(command: Sequence[str], **limits: str) -> Iterator[ServerProcess]:
    """Run a server until the block ends; the command gets its port as the last argument."""
    port = _free_port()
    lifted = {f"LNQL_LIMITS__{name}": value for name, value in (LIFTED | limits).items()}
    process = subprocess.Popen([*command, str(port)], stdout=subprocess.DEVNULL, env={**os.environ, **lifted})
    try:
        _wait_for(port)
        yield ServerProcess(port, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"Nothing listens on port {port}.")


class Endpoint:
    """One connection to a server, kept open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)

    def post(self, path: str, body: bytes) -> bytes:
        """Send a body and give the answer's."""
        self._connection.request("POST", path, body, HEADERS)
        response = self._connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status} {content[:500]!r}")
        return content


def request(path: str, body: bytes) -> bytes:
    """What stands in an HTTP request."""
    headers = {"host": "127.0.0.1", **HEADERS, "content-length": str(len(body))}
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode() + body


@dataclass
class Load:
    """What is sent until a moment, by how many connections, and how long each answer took."""

    requests: Iterator[bytes]
    until: float
    milliseconds: list[float] = field(default_factory=list)


class Connection(asyncio.Protocol):
    """Sends one request after the other and reads of the answers what it must; `finished` when the time is up."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._received = bytearray()
        self.finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self._transport: asyncio.Transport = transport
        self._send()

    def _send(self) -> None:
        self._began = time.perf_counter()
        self._transport.write(next(self._load.requests))

    def data_received(self, data: bytes) -> None:
        self._received += data
        head = self._received.find(b"\r\n\r\n")
        if head < 0 or len(self._received) < head + 4 + _length(self._received):
            return
        now = time.perf_counter()
        if not self._received.startswith(b"HTTP/1.1 200") or ERRORS in self._received:
            self._end(RuntimeError(self._received.decode()))
            return
        self._load.milliseconds.append((now - self._began) * 1000)
        self._received.clear()
        if now < self._load.until:
            self._send()
        else:
            self._end()

    def connection_lost(self, error: Exception | None) -> None:
        self._end(error or RuntimeError("The server closed the connection."))

    def _end(self, error: Exception | None = None) -> None:
        if self.finished.done():
            return
        if error:
            self.finished.set_exception(error)
        else:
            self.finished.set_result(None)
        self._transport.close()


def _length(head: bytearray) -> int:
    match = LENGTH.search(head)
    return int(match[1]) if match else 0


async def ask(port: int, requests: Sequence[bytes], connections: int, seconds: float) -> tuple[list[float], float]:
    """Ask one after the other on each of some connections: milliseconds of each answer, and seconds of all."""
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    load = Load(cycle(requests), began + seconds)
    opened = [await loop.create_connection(lambda: Connection(load), "127.0.0.1", port) for _ in range(connections)]
    await asyncio.gather(*(connection.finished for _, connection in opened))
    return load.milliseconds, time.perf_counter() - began
