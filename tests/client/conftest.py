"""What tests of the client share: the real instance, connected to in this process, and what is asked of it."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

import lnql as ln
from lnql import ontologies
from lnql.connection import Connection

from .guide import modules


@pytest.fixture(scope="module")
def connected(real_target: str) -> Iterator[Connection]:
    """The client, connected to a copy of the real instance on each database."""
    connection = ln.connect(real_target, name="testuser1/test-registries")
    assert connection.catalog  # read now, so that tests count their own requests only
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
