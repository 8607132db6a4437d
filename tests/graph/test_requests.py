"""Reading GraphQL requests from HTTP."""

import asyncio
from collections.abc import Iterable
from typing import Any

import orjson
import pytest
from starlette.datastructures import Headers
from starlette.types import Message

from lnql.graph.requests import GraphQLRequest, RequestError, read_request
from lnql.graph.settings import Limits

LIMITS = Limits(body_bytes=2000, body_seconds=0.05)
JSON = {"content-type": "application/json"}
NO_STRINGS: list[Any] = [{}, 0, False, []]
NO_OBJECTS: list[Any] = ["x", 0, False, []]
NO_REQUEST = r"The body (is refused: it is not valid JSON|is JSON but no object)"


def read(
    parts: Iterable[Message] = (), *, method: str = "POST", query_string: bytes = b"", headers: dict[str, str] = JSON
) -> GraphQLRequest:
    """Read the request whose body comes in these ASGI messages; after the last one nothing comes."""
    messages = iter(parts)

    async def receive() -> Message:
        for message in messages:
            return message
        await asyncio.sleep(60)
        raise AssertionError("nobody waits this long")

    scope = {"method": method, "query_string": query_string}
    return asyncio.run(read_request(scope, receive, Headers(headers), LIMITS))


def part(body: bytes, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def post(**parameters: Any) -> GraphQLRequest:
    return read([part(orjson.dumps(parameters))])


def get(query_string: bytes) -> GraphQLRequest:
    return read(method="GET", query_string=query_string)


def test_all_parameters_of_a_body_are_read() -> None:
    request = post(query="{ a }", operationName="A", variables={"x": [1]}, extensions={"y": 2}, unknown=3)
    assert request == GraphQLRequest("{ a }", "A", {"x": [1]})


def test_null_is_as_good_as_absent() -> None:
    assert post(query="{ a }", operationName=None, variables=None, extensions=None) == post(query="{ a }")


def test_a_body_may_come_in_parts() -> None:
    assert read([part(b'{"que', True), part(b"", True), part(b'ry": "{ a }"}')]).query == "{ a }"


def test_all_parameters_of_a_url_are_read() -> None:
    request = get(b"query=%7B+a%20%7D&operationName=A&variables=%7B%22x%22:1%7D&extensions={}&unknown=3")
    assert request == GraphQLRequest("{ a }", "A", {"x": 1})


def test_an_empty_parameter_of_a_url_is_as_good_as_absent() -> None:
    assert get(b"query={a}&operationName=&variables=") == GraphQLRequest("{a}", None, None)


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"']
)
def test_json_in_utf8_is_read(content_type: str) -> None:
    assert read([part(b'{"query": "{ a }"}')], headers={"content-type": content_type}).query == "{ a }"


@pytest.mark.parametrize(
    ("content_type", "message"),
    [
        (None, "The content type is missing; GraphQL takes application/json."),
        ("text/plain", "The content type is text/plain; GraphQL takes application/json."),
        ("application/x-www-form-urlencoded", "The content type is application/x-www-form-urlencoded;"),
        ("multipart/form-data; boundary=x", "The content type is multipart/form-data;"),
        ("application/json; charset=latin-1", "The body's charset is latin-1; GraphQL takes utf-8."),
    ],
)
def test_another_content_type_is_refused(content_type: str | None, message: str) -> None:
    with pytest.raises(RequestError) as refusal:
        read([part(b"{}")], headers={"content-type": content_type} if content_type else {})
    assert refusal.value.status == 415
    assert refusal.value.message.startswith(message)


@pytest.mark.parametrize(
    "body",
    [b"", b'"x"', b"null", b"1", b"[]", b'[{"query": "{ a }"}]', b"{", b'{"query": "\xff"}', b"[" * 1500, b"9" * 1900],
)
def test_a_body_that_is_no_request_is_refused(body: bytes) -> None:
    with pytest.raises(RequestError, match=NO_REQUEST) as refusal:
        read([part(body)])
    assert refusal.value.status == 400


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({}, "The parameter query is missing; it holds the GraphQL document."),
        ({"query": None}, "The parameter query is missing; it holds the GraphQL document."),
        ({"qeury": "{ a }"}, "The parameter query is missing; it holds the GraphQL document."),
        *[({"query": value}, "The parameter query has to be a string.") for value in NO_STRINGS],
        *[
            ({"query": "{ a }", "operationName": value}, "The parameter operationName has to be a string.")
            for value in NO_STRINGS
        ],
        *[
            ({"query": "{ a }", name: value}, f"The parameter {name} has to be an object.")
            for name in ("variables", "extensions")
            for value in NO_OBJECTS
        ],
    ],
)
def test_a_parameter_of_a_wrong_type_is_refused(parameters: dict[str, Any], message: str) -> None:
    with pytest.raises(RequestError) as refusal:
        post(**parameters)
    assert (refusal.value.status, refusal.value.message) == (400, message)


@pytest.mark.parametrize(
    ("query_string", "message"),
    [
        (b"", "The parameter query is missing"),
        (b"query={a}&query={b}", "A parameter is given twice in the URL's query string."),
        (b"query=%ff", "The URL's query string is not URL-encoded UTF-8 of at most 16 fields."),
        (b"query=\xff", "The URL's query string is not URL-encoded UTF-8 of at most 16 fields."),
        (b"&".join(b"x%d=1" % i for i in range(20)), "The URL's query string is not URL-encoded UTF-8"),
        (b"query={a}&variables=x", "The parameter variables is refused: it is not valid JSON"),
        (b"query={a}&variables=[]", "The parameter variables has to be an object."),
        (b"query={a}&extensions=1", "The parameter extensions has to be an object."),
    ],
)
def test_a_url_that_is_no_request_is_refused(query_string: bytes, message: str) -> None:
    with pytest.raises(RequestError) as refusal:
        get(query_string)
    assert refusal.value.status == 400
    assert refusal.value.message.startswith(message)


@pytest.mark.parametrize("parts", [[part(b" " * 2001)], [part(b" " * 1500, True), part(b" " * 501)]])
def test_a_large_body_is_refused(parts: list[Message]) -> None:
    with pytest.raises(RequestError, match=r"The body has 2,001 bytes or more; the limit is 2,000.") as refusal:
        read(parts)
    assert (refusal.value.status, refusal.value.headers) == (413, {"connection": "close"})


@pytest.mark.parametrize("length", ["2001", "9" * 5000])
def test_a_body_that_is_announced_as_large_is_refused_before_it_is_read(length: str) -> None:
    with pytest.raises(RequestError, match="the limit is 2,000") as refusal:
        read(headers={**JSON, "content-length": length})
    assert refusal.value.status == 413


def test_a_body_that_does_not_arrive_is_refused() -> None:
    with pytest.raises(RequestError, match=r"The body did not arrive within 0.05 s.") as refusal:
        read([part(b"{", True)])
    assert (refusal.value.status, refusal.value.headers) == (408, {"connection": "close"})


def test_a_client_that_leaves_is_no_defect() -> None:
    with pytest.raises(RequestError, match="The client left before its body was read"):
        read([part(b"{", True), {"type": "http.disconnect"}])


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_another_method_is_refused_with_those_that_are_allowed(method: str) -> None:
    with pytest.raises(RequestError) as refusal:
        read(method=method)
    assert (refusal.value.status, refusal.value.headers) == (405, {"allow": "GET, HEAD, POST, OPTIONS"})
