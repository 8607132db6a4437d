"""What tests of the client share: the real instance, connected to in this process, and what is asked of it."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import lnql as ln
from lnql import ontologies
from lnql.connection import Connection
from lnql.connection import _named as NAMED  # noqa: N812  as a table is written

from ..conftest import Copies, Dialect
from .guide import modules


@pytest.fixture(scope="session")
def connections(copies: Copies, real_folder: Path) -> Iterator[Callable[[Dialect], Connection]]:
    """A function that connects to a copy of the real instance; to the same one for the same database."""
    made: dict[Dialect, Connection] = {}

    def connect(dialect: Dialect) -> Connection:
        if dialect not in made:
            made[dialect] = ln.connect(copies(real_folder, dialect))
        return made[dialect]

    yield connect
    for connection in made.values():
        connection.close()


@pytest.fixture(scope="module")
def connected(connections: Callable[[Dialect], Connection], dialect: Dialect) -> Iterator[Connection]:
    """The client, connected to a copy of the real instance on each database, where nobody writes."""
    with pytest.MonkeyPatch.context() as patch:
        connection = connections(dialect)
        patch.setattr("lnql.connection._current", connection)
        patch.setitem(NAMED, "testuser1/test-registries", connection)
        yield connection


@pytest.fixture(scope="module")
def writing(copies: Copies, real_folder: Path, dialect: Dialect) -> Iterator[Connection]:
    """The client, connected to a copy of the real instance on each database that is open for writing, one a file."""
    with pytest.MonkeyPatch.context() as patch:
        connection = ln.connect(copies(real_folder, dialect), write=True)
        patch.setattr("lnql.connection._current", connection)
        patch.setitem(NAMED, "testuser1/test-registries", connection)
        yield connection
        connection.close()


Requests = list[str]


@pytest.fixture
def requests(connected: Connection, monkeypatch: pytest.MonkeyPatch) -> Requests:
    """The documents that are sent from now on."""
    sent: Requests = []
    execute: Callable[..., Any] = connected._transport.execute

    async def noted(text: str, *arguments: Any, **options: Any) -> Any:
        sent.append(text)
        return await execute(text, *arguments, **options)

    monkeypatch.setattr(connected._transport, "execute", noted)
    return sent


@pytest.fixture
def guide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Public ontologies, as `guide.py` has them."""
    for name, module in modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    unread = tuple(replace(ontology) for ontology in ontologies.ONTOLOGIES)
    monkeypatch.setattr(ontologies, "ONTOLOGIES", unread)
