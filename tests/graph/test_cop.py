"""What the scanner graphql-cop looks for, check by check, with the requests that it sends.

Four of its thirteen findings are meant to be there: people explore an instance by introspection, in an editor, with
suggestions, and read it by GET. A server of trusted documents alone has none of the first three.
"""

from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from lnql.graph.app import create_app
from lnql.graph.settings import Settings

from .hello import Service, ask

CIRCLE = "query cop { __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }"
ALIASES = "query cop {" + " ".join(f"alias{number}: __typename" for number in range(101)) + "}"
DUPLICATES = "query cop {" + "__typename " * 500 + "}"
DIRECTIVES = "query cop { __typename " + "@aa" * 60 + " }"


@pytest.fixture
def closed(service: Service, tmp_path: Path) -> Starlette:
    """An application that answers one document."""
    (tmp_path / "hello.graphql").write_text("{ hello }")
    return create_app(service, Settings(documents=tmp_path, only_trusted=True))


def send(app: Starlette, query: str) -> httpx.Response:
    return ask(app, "POST", "/graphql", json={"query": query}, headers={"user-agent": "graphql-cop"})


def refusal(response: httpx.Response) -> Any:
    assert "data" not in response.json()
    return response.json()["errors"][0]["extensions"]["code"]


@pytest.mark.parametrize(
    "query", [ALIASES, DUPLICATES, DIRECTIVES, CIRCLE], ids=["alias", "field", "directive", "circle"]
)
def test_overloading_is_refused(app: Starlette, query: str) -> None:
    """Checks: alias overloading, field duplication, directive overloading, circular introspection."""
    assert refusal(send(app, query)) == "TOO_COMPLEX"


def test_batches_are_refused(app: Starlette) -> None:
    """Check: array-based query batching."""
    response = ask(app, "POST", "/graphql", json=[{"query": "query cop { __typename }"}] * 10)
    assert (response.status_code, refusal(response)) == (400, "INVALID")


def test_mutations_need_post(app: Starlette) -> None:
    """Check: mutations over GET."""
    response = ask(app, "GET", "/graphql", params={"query": "mutation cop { __typename }"})
    assert (response.status_code, refusal(response)) == (405, "INVALID")


def test_a_form_of_another_page_is_refused(app: Starlette) -> None:
    """Check: POST based on url-encoded queries, which a browser sends to any host without asking it."""
    for content_type in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"):
        headers = {"content-type": content_type}
        response = ask(app, "POST", "/graphql", content=b"query=query+cop+{__typename}", headers=headers)
        assert (response.status_code, refusal(response)) == (415, "INVALID")


def test_nothing_is_told_of_how_an_answer_was_made(app: Starlette) -> None:
    """Checks: trace mode, unhandled errors."""
    response = ask(app, "POST", "/graphql", json={"query": "{ hello }", "extensions": {"tracing": True}})
    assert set(response.json()) == {"data"}
    for query in ("qwerty cop { abc }", "{ defect }"):
        (error,) = send(app, query).json()["errors"]
        assert set(error["extensions"]) <= {"code", "requestId"}
        assert "Traceback" not in str(error)


def test_reading_by_get_is_meant(app: Starlette) -> None:
    """Check: GET for queries. A page of another origin can send one, but cannot read the answer."""
    response = ask(app, "GET", "/graphql", params={"query": "query cop { __typename }"}, headers={"origin": "null"})
    assert response.json() == {"data": {"__typename": "Query"}}
    assert "access-control-allow-origin" not in response.headers


def test_exploring_is_meant(app: Starlette) -> None:
    """Checks: introspection, field suggestions, an editor."""
    assert "data" in send(app, "query cop { __schema { types { name } } }").json()
    assert "Did you mean 'hello'?" in send(app, "query cop { helo }").text
    assert "graphiql" in ask(app, "GET", "/graphql", headers={"accept": "text/html"}).text


def test_exploring_is_closed_where_only_trusted_documents_are_answered(closed: Starlette) -> None:
    for query in ("query cop { __schema { types { name } } }", "query cop { helo }"):
        response = send(closed, query)
        assert refusal(response) == "FORBIDDEN"
        assert "Did you mean" not in response.text
    assert ask(closed, "GET", "/graphql", headers={"accept": "text/html"}).status_code == 406
