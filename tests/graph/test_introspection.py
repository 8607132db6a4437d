"""Questions about the schema."""

import asyncio
import threading
from typing import Any

import orjson
import pytest
from graphql import (
    ExecutionResult,
    build_client_schema,
    build_schema,
    execute_sync,
    get_introspection_query,
    print_schema,
)

from lnql.graph import introspection
from lnql.graph.documents import DocumentCache
from lnql.graph.introspection import Introspection
from lnql.graph.settings import Limits

SCHEMA = build_schema("type Query { a(b: Int = 1): String }")
DOCUMENTS = DocumentCache(SCHEMA, Limits())


def ask(asked: Introspection, text: str, variables: dict[str, Any] | None = None) -> ExecutionResult:
    return asyncio.run(asked.execute(DOCUMENTS.get(text), variables))


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """The threads in which graphql-core executed something."""
    seen: list[threading.Thread] = []

    def note(*args: Any, **options: Any) -> ExecutionResult:
        seen.append(threading.current_thread())
        return execute_sync(*args, **options)

    monkeypatch.setattr(introspection, "execute_sync", note)
    return seen


def test_the_whole_schema_is_told() -> None:
    result = ask(Introspection(SCHEMA), get_introspection_query())
    assert result.errors is None
    told = orjson.loads(orjson.dumps(result.data))
    assert print_schema(build_client_schema(told)) == print_schema(SCHEMA)


def test_an_answer_is_made_once_and_in_a_thread(threads: list[threading.Thread]) -> None:
    asked = Introspection(SCHEMA)
    first = ask(asked, "{ __typename }")
    assert ask(asked, "{ __typename }") is first
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


def test_an_answer_that_depends_on_variables_is_made_each_time() -> None:
    asked, text = Introspection(SCHEMA), "query A($name: String!) { __type(name: $name) { name } }"
    answers = [ask(asked, text, {"name": name}) for name in ("Query", "Int", "None")]
    assert [orjson.loads(orjson.dumps(answer.data)) for answer in answers] == [
        {"__type": {"name": "Query"}},
        {"__type": {"name": "Int"}},
        {"__type": None},
    ]


def test_variables_that_do_not_fit_are_refused() -> None:
    result = ask(Introspection(SCHEMA), "query A($name: String!) { __type(name: $name) { name } }")
    assert result.data is None
    assert result.errors
