"""Queries to begin with: the tabs that GraphiQL opens, made for the instance that is served.

Each is a query with variables, and a probe: a query that finds values for them. What the instance has no registry or no
rows for is left out.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import orjson
from graphql import ExecutionResult
from msgspec import Struct

from lnql.errors import LnqlError

from .documents import Document, DocumentCache
from .example_queries import EXAMPLES, Example, Variables

SECONDS = 3.0
"""Time that all probes together may take; a page is not kept waiting for examples."""

Execute = Callable[[Document, dict[str, Any] | None], Awaitable[ExecutionResult]]


class Tab(Struct, frozen=True):
    """A query with variables that it finds something with."""

    query: str
    variables: Variables


async def tabs(documents: DocumentCache, execute: Execute) -> list[Tab]:
    """The examples that have something to show in an instance, within `SECONDS`."""
    found = []
    with suppress(TimeoutError):
        async with asyncio.timeout(SECONDS):
            async for tab in _probe(EXAMPLES, documents, execute):
                found.append(tab)
    return found


async def _probe(
    alternatives: Sequence[Sequence[Example]], documents: DocumentCache, execute: Execute
) -> AsyncIterator[Tab]:
    for examples in alternatives:
        for example in examples:
            with suppress(LnqlError, LookupError):
                documents.get(example.query)
                yield Tab(example.query, await _variables(example, documents, execute))
                break


async def _variables(example: Example, documents: DocumentCache, execute: Execute) -> Variables:
    if not example.probe:
        return {}
    result = await execute(documents.get(example.probe), None)
    if result.errors:
        raise LookupError(result.errors[0].message)
    return example.read(orjson.loads(orjson.dumps(result.data)))
