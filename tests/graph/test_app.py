"""The application over HTTP, in process and over a socket."""

import asyncio
from typing import Any

import httpx
import pytest
from graphql import ExecutionResult
from starlette.applications import Starlette

from lnql.errors import UnavailableError
from lnql.graph.app import create_app
from lnql.graph.documents import Document
from lnql.graph.media import GRAPHQL, JSON
from lnql.graph.settings import Limits, Settings

from .hello import Service, ask, post, serving


@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
def test_a_query_by_post(app: Starlette, accept: str) -> None:
    response = post(app, "query A($n: String) { hello(name: $n) rows }", accept, variables={"n": "Ada"})
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{accept}; charset=utf-8"
    assert response.text == '{"data":{"hello":"hello Ada","rows":[1, 2]}}'


def test_a_question_about_the_schema(app: Starlette) -> None:
    assert post(app, '{ __typename __type(name: "Query") { name } }').json() == {
        "data": {"__typename": "Query", "__type": {"name": "Query"}}
    }


def test_a_query_by_get(app: Starlette) -> None:
    parameters = {"query": "query A { hello } query B($n: String) { hello(name: $n) }", "operationName": "B"}
    response = ask(app, "GET", "/graphql", params={**parameters, "variables": '{"n": "Ada"}'})
    assert (response.status_code, response.json()) == (200, {"data": {"hello": "hello Ada"}})
    assert response.headers["content-type"] == "application/json; charset=utf-8"


def test_a_mutation_by_post_only(app: Starlette) -> None:
    assert post(app, "mutation { save }").json() == {"data": {"save": 1}}
    response = ask(app, "GET", "/graphql", params={"query": "mutation { save }"})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert response.json()["errors"][0]["message"] == "A mutation is not allowed by GET; send it by POST."


@pytest.mark.parametrize(("accept", "status"), [(GRAPHQL, 400), (JSON, 200)])
@pytest.mark.parametrize(
    ("query", "variables"),
    [("{", {}), ("{ nothing }", {}), ("query ($n: Int) { hello(number: $n) }", {"n": "x"}), ("{ wrong }", {})],
    ids=["syntax", "validation", "variables", "field"],
)
def test_what_is_wrong_with_a_query_is_invalid(
    app: Starlette, query: str, variables: dict[str, Any], accept: str, status: int
) -> None:
    response = post(app, query, accept, variables=variables)
    assert response.status_code == status
    assert [error["extensions"] for error in response.json()["errors"]] == [{"code": "INVALID"}]
    assert response.json().get("data") is None


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
def test_what_is_too_much_is_refused_in_each_media_type(app: Starlette, accept: str) -> None:
    response = post(app, "{" + "hello " * 21 + "}", accept)
    assert response.status_code == 400
    assert response.json()["errors"] == [
        {
            "message": "The operation has 21 root fields; the limit is 20. Ask in several requests.",
            "extensions": {"code": "TOO_COMPLEX"},
        }
    ]


@pytest.mark.parametrize(
    "body",
    [b'"x"', b"null", b"1", b"\xff", b"9" * 5000, b"[" * 100_000, b'[{"query": "{ hello }"}]', b"", b"{" * 1_000_000],
    ids=["string", "null", "number", "no UTF-8", "digits", "deep", "batch", "empty", "large"],
)
def test_hostile_bodies_are_refused_as_json(app: Starlette, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    response = ask(app, "POST", "/graphql", content=body, headers=headers)
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert [error["extensions"] for error in response.json()["errors"]] == [{"code": "INVALID"}]


def test_a_body_beyond_the_limit_is_refused(app: Starlette) -> None:
    response = ask(app, "POST", "/graphql", content=b" " * 1_048_577, headers={"content-type": "application/json"})
    assert response.status_code == 413
    assert response.json()["errors"][0]["message"] == "The body has 1,048,577 bytes or more; the limit is 1,048,576."


def test_a_media_type_that_is_not_spoken_is_refused(app: Starlette) -> None:
    response = post(app, "{ hello }", "text/csv")
    assert response.status_code == 406
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert GRAPHQL in response.json()["errors"][0]["message"]


def test_a_defect_is_masked_and_the_rest_is_answered(app: Starlette, caplog: pytest.LogCaptureFixture) -> None:
    response = post(app, "{ defect hello }")
    assert response.status_code == 200
    assert response.json()["data"] == {"defect": None, "hello": "hello you"}
    request_id = response.headers["x-request-id"]
    assert response.json()["errors"][0]["extensions"] == {"code": "INTERNAL", "requestId": request_id}
    assert "hunter2" not in response.text
    assert "hunter2" in caplog.text
    assert request_id in caplog.text


def test_a_defect_of_the_service_itself_is_masked(
    app: Starlette, service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(service, "execute", None)
    response = post(app, "{ hello }")
    assert response.status_code == 500
    assert response.json()["errors"][0]["extensions"]["requestId"] == response.headers["x-request-id"]
    assert "NoneType" in caplog.text


def test_an_operation_that_takes_too_long_is_stopped(service: Service) -> None:
    app = create_app(service, Settings(limits=Limits(operation_seconds=0.05)))
    response = post(app, "{ slow }")
    assert response.status_code == 504
    assert response.json()["errors"][0]["extensions"] == {"code": "TIMEOUT"}
    assert response.json()["errors"][0]["message"].startswith("The operation took longer than 0.05 s and was stopped.")


def test_a_timeout_within_the_service_is_a_defect(
    app: Starlette, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def execute(document: Document, variables: dict[str, Any] | None, _: str | None = None) -> ExecutionResult:
        raise TimeoutError("a lock")

    monkeypatch.setattr(service, "execute", execute)
    response = post(app, "{ hello }")
    assert response.status_code == 500
    assert response.json()["errors"][0]["extensions"]["code"] == "INTERNAL"


def test_too_many_operations_at_once_are_asked_to_come_back(service: Service) -> None:
    limits = Limits(operations_in_flight=2, connection_seconds=0.05, operation_seconds=0.3)
    app = create_app(service, Settings(limits=limits))

    async def crowd() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            asked = [client.post("/graphql", json={"query": "{ slow }"}) for _ in range(4)]
            return await asyncio.gather(*asked)

    responses = asyncio.run(crowd())
    assert sorted(response.status_code for response in responses) == [503, 503, 504, 504]
    refused = [response for response in responses if response.status_code == 503]
    assert [response.headers["retry-after"] for response in refused] == ["5", "5"]
    assert refused[0].json()["errors"][0]["extensions"] == {"code": "UNAVAILABLE"}


def test_a_slot_is_free_again_after_each_operation(service: Service) -> None:
    app = create_app(service, Settings(limits=Limits(operations_in_flight=1, connection_seconds=0.05)))
    assert [post(app, query).status_code for query in ("{ hello }", "{ defect }", "{ hello }")] == [200] * 3


def test_each_answer_has_its_own_request_id(app: Starlette) -> None:
    urls = ["/graphql", "/graphql?query={hello}", "/livez", "/nowhere"]
    responses = [ask(app, "GET", url, headers={"accept": "text/html, */*;q=0.1"}) for url in urls * 2]
    assert len({response.headers["x-request-id"] for response in responses}) == len(responses)


def test_liveness_and_readiness(app: Starlette, service: Service) -> None:
    assert ask(app, "GET", "/livez").json() == {"status": "alive"}
    assert ask(app, "GET", "/readyz").json() == {"status": "ready"}
    service.refusal = UnavailableError("The database is away.")
    response = ask(app, "GET", "/readyz")
    assert (response.status_code, response.json()["errors"][0]["message"]) == (503, "The database is away.")
    assert ask(app, "GET", "/livez").status_code == 200


@pytest.mark.parametrize(
    ("method", "url", "status", "allow"),
    [
        ("PUT", "/graphql", 405, "GET, HEAD, POST, OPTIONS"),
        ("DELETE", "/graphql?query={hello}", 405, "GET, HEAD, POST, OPTIONS"),
        ("POST", "/livez", 405, "GET, HEAD"),
        ("GET", "/nowhere", 404, None),
        ("GET", "/graphql/nowhere", 404, None),
    ],
)
def test_what_is_not_there_is_said_as_json(
    app: Starlette, method: str, url: str, status: int, allow: str | None
) -> None:
    response = ask(app, method, url)
    assert response.status_code == status
    assert sorted(response.headers.get("allow", "").split(", ")) == sorted((allow or "").split(", "))
    assert response.json()["errors"][0]["extensions"] == {"code": "INVALID" if status == 405 else "NOT_FOUND"}


def test_options_names_the_methods_and_no_origin(app: Starlette) -> None:
    headers = {"origin": "http://elsewhere", "access-control-request-method": "POST"}
    response = ask(app, "OPTIONS", "/graphql", headers=headers)
    assert (response.status_code, response.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    assert not [name for name in response.headers if name.startswith("access-control")]


ORIGIN = "https://lab.example"
PREFLIGHT = {"access-control-request-method": "POST", "access-control-request-headers": "content-type, authorization"}


def test_pages_of_a_named_origin_may_ask(service: Service) -> None:
    app = create_app(service, Settings(origins=(ORIGIN,)))
    preflight = ask(app, "OPTIONS", "/graphql", headers={"origin": ORIGIN, **PREFLIGHT})
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == ORIGIN
    assert "authorization" in preflight.headers["access-control-allow-headers"]
    answer = ask(app, "POST", "/graphql", json={"query": "{ hello }"}, headers={"origin": ORIGIN})
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert "access-control-allow-credentials" not in answer.headers
    refusal = ask(app, "POST", "/graphql", content=b"{", headers={"origin": ORIGIN})
    assert (refusal.status_code, refusal.headers["access-control-allow-origin"]) == (415, ORIGIN)


def test_pages_of_other_origins_may_not(service: Service) -> None:
    app = create_app(service, Settings(origins=(ORIGIN,)))
    for method, headers in (("OPTIONS", PREFLIGHT), ("POST", {})):
        response = ask(app, method, "/graphql", json={"query": "{ hello }"}, headers={"origin": "null", **headers})
        assert "access-control-allow-origin" not in response.headers


def test_the_service_is_opened_and_closed_with_the_application(app: Starlette, service: Service) -> None:
    with serving(app) as url:
        assert service.events == ["startup"]
        assert httpx.get(f"{url}/livez").status_code == 200
    assert service.events == ["startup", "shutdown"]


def test_over_a_socket(app: Starlette) -> None:
    with serving(app) as url, httpx.Client(base_url=url) as client:
        response = client.post("/graphql", json={"query": "{ hello rows }"})
        assert (response.status_code, response.json()["data"]["rows"]) == (200, [1, 2])
        head = client.head("/graphql", params={"query": "{ hello }"})
        assert (head.status_code, head.content) == (200, b"")
        large = client.post("/graphql", content=b" " * 5_000_000, headers={"content-type": "application/json"})
        assert large.status_code == 413
        assert client.get("/graphql", params={"query": "{ hello }"}).json() == {"data": {"hello": "hello you"}}
