"""Every limit, one line each: what is beyond it is refused with its number and its code."""

from typing import Any, NamedTuple

import pytest

from lnql.graph.media import GRAPHQL
from lnql.graph.settings import Limits

from .conftest import Server

FILTER = "query ($f: ArtifactFilter) { artifacts(filter: $f) { totalCount } }"
SEARCH = "query ($t: String!) { cellTypes(search: {text: $t}) { totalCount } }"


class Beyond(NamedTuple):
    """A request that goes beyond a limit, and what the answer says."""

    limit: str
    query: str
    message: str
    variables: dict[str, Any] = {}
    code: str = "TOO_COMPLEX"


def nested(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {"key": {"eq": "x"}}
    for _ in range(levels):
        value = {"not": value}
    return value


FAR = {"run": {"transform": {"createdBy": {"createdArtifacts": {"some": {"run": {"name": {"eq": "x"}}}}}}}}
DEEP_JSON: dict[str, Any] = {}
for _ in range(40):
    DEEP_JSON = {"x": DEEP_JSON}

BEYOND = [
    Beyond("json_depth", "{ __typename }", "it is nested deeper than 32 levels", DEEP_JSON, "INVALID"),
    Beyond("document_characters", "{ __typename }" + " " * 20_000, "20,014 characters; the limit is 20,000"),
    Beyond("document_tokens", "{" + "a " * 2_000 + "}", "more than 2,000 tokens"),
    Beyond("depth", "{ artifacts { nodes" + " { run" * 11 + " { uid }" + "}" * 13, "14 levels deep; the limit is 12"),
    Beyond("aliases", "{ artifacts { " + " ".join(f"a{i}: totalCount" for i in range(51)) + "} }", "51 aliases"),
    Beyond("directives", "{ __typename" + " @skip(if: false)" * 51 + "}", "51 directives"),
    Beyond("root_fields", "{" + "__typename " * 21 + "}", "21 root fields; the limit is 20"),
    Beyond("mutations", "mutation {" + "__typename " * 11 + "}", "11 root fields; the limit is 10"),
    Beyond("root_page", "{ artifacts(first: 10001) { totalCount } }", "first is 10001; here a page has at most 10000"),
    Beyond(
        "nested_page",
        "{ artifacts(first: 1) { nodes { records(last: 1001) { totalCount } } } }",
        "last is 1001; here a page has at most 1000",
    ),
    Beyond(
        "rows",
        "{ artifacts(first: 1000) { nodes { records(first: 200) { nodes { uid } } } } }",
        "may return 201000 rows, by the product of its page sizes; at most 200000",
    ),
    Beyond("query_objects", FILTER, "1,002 objects; the limit is 1,000", {"f": {"or": [{}] * 1000}}),
    Beyond(
        "filter_nodes", FILTER, "may have 200 conditions, here are 201", {"f": {"or": [{"key": {"eq": "x"}}] * 201}}
    ),
    Beyond("filter_depth", FILTER, "may have 8 levels of and, or and not, here are 9", {"f": nested(9)}),
    Beyond("filter_hops", FILTER, "may have 4 relations one after another, here are 5", {"f": FAR}),
    Beyond("list_items", FILTER, "has 10,001 items; the limit is 10,000", {"f": {"key": {"in": ["x"] * 10_001}}}),
    Beyond("regex_characters", FILTER, "has 201 characters; a regular", {"f": {"key": {"regex": "x" * 201}}}),
    Beyond("search_text", SEARCH, "search.text has 10001 characters; at most 10000", {"t": "x" * 10_001}),
]
TESTED_ELSEWHERE = {
    *("body_bytes", "body_seconds", "number_digits"),  # test_requests.py, test_traps.py
    *("fields", "page", "bulk_rows"),  # test_limits.py, test_pages.py, mutations
    *("search_characters", "search_ahead"),  # test_search.py
    *("statement_seconds", "connection_seconds"),  # test_connections.py
    *("operation_seconds", "operations_in_flight", "errors", "error_characters"),  # test_app.py, test_answers.py
    "persisted_documents",  # test_persisted.py
    *("subscriptions", "connection_operations", "init_seconds"),  # test_event_streams.py, test_websockets.py
}


@pytest.mark.parametrize("case", BEYOND, ids=lambda case: case.limit)
def test_what_is_beyond_a_limit_is_refused_with_its_number(lab: Server, case: Beyond) -> None:
    response = lab.post(case.query, case.variables, accept=GRAPHQL)
    assert response.status_code == 400
    error = response.json()["errors"][0]
    assert case.message in error["message"]
    assert error["extensions"] == {"code": case.code}
    assert lab.statements == []


def test_every_limit_is_tested() -> None:
    assert {case.limit for case in BEYOND} | TESTED_ELSEWHERE == set(Limits.__struct_fields__)
