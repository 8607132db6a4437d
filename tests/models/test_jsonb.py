"""What `jsonb` says, in Python: compared with PostgreSQL itself."""

import asyncio
import json
from typing import Any

import asyncpg
import pytest

from lnql.models.jsonb import canonical_json, contains, json_text

from ..conftest import PostgresServer

TEXTS = (
    '"a\\u00e9\\n\\"\\u007f"', "2.50", "1e-7", "1.50E+2", "-0.0", "-0", "123456789012345678901234567890.10", "1e300",
    "true", "null", "[]", "{}", '[1, [2.0, "x\\t"], {"b": null, "aa": false, "\\u00e9": 1, "c": {}}]',
    '{"a": 1, "a": 2, "\\u0001": "\\b\\f\\/"}',
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    1, 1.0, True, "1", None, [], {}, [1], [1, 2], [2, 1, 1.0], [[1]], [True], [None], {"a": 1}, {"a": 1, "b": [1]},
    {"a": {"b": []}}, {"a": {}}, [{"a": 1}], [{"a": 1, "b": 2}, 3], {"b": [1, {"c": 2}]}, {"b": [{}]},
)  # fmt: skip


@pytest.fixture(scope="module")
def postgresql(postgres: PostgresServer) -> list[tuple[Any, ...]]:
    """PostgreSQL's text of each text, and which value contains which."""

    async def ask() -> list[Any]:
        connection = await asyncpg.connect(postgres.url())
        try:
            texts = await connection.fetchval("SELECT array(SELECT t::jsonb #>> '{}' FROM unnest($1::text[]) t)", TEXTS)
            pairs = [json.dumps(value) for value in VALUES]
            found = await connection.fetch(
                "SELECT a, b, a::jsonb @> b::jsonb, a::jsonb = b::jsonb"
                " FROM unnest($1::text[]) a, unnest($1::text[]) b",
                pairs,
            )
        finally:
            await connection.close()
        return [texts, found]

    return asyncio.run(ask())


def test_texts(postgresql: Any) -> None:
    assert list(map(json_text, TEXTS)) == postgresql[0]


def test_what_contains_what(postgresql: Any) -> None:
    def in_a_list(value: Any, part: Any) -> bool:
        """PostgreSQL's exception: a list has a value without brackets, which `contains` is never asked."""
        return isinstance(value, list) and not isinstance(part, list | dict)

    pairs = [(json.loads(value), json.loads(part), told) for value, part, told, _ in postgresql[1]]
    asked = [pair for pair in pairs if not in_a_list(*pair[:2])]
    assert {told for *_, told in asked} == {True, False}
    assert [pair for pair in asked if contains(*pair[:2]) is not pair[2]] == []


def test_what_is_equal(postgresql: Any) -> None:
    for value, other, _, equal in postgresql[1]:
        assert (canonical_json(json.loads(value)) == canonical_json(json.loads(other))) is equal
