"""Results and exceptions as responses."""

import logging
from typing import Any

import orjson
import pytest
from graphql import ExecutionResult, GraphQLError, Source
from starlette.responses import Response

from lnql.errors import (
    DeadlineError,
    ForbiddenError,
    InvalidError,
    LnqlError,
    NotFoundError,
    ReadOnlyError,
    TooComplexError,
    UnauthenticatedError,
    UnavailableError,
)
from lnql.graph.answers import answer_exception, answer_result, shorten
from lnql.graph.documents import InvalidDocumentError
from lnql.graph.media import GRAPHQL, JSON
from lnql.graph.requests import RequestError
from lnql.graph.settings import Limits

LIMITS = Limits()


def content(response: Response) -> Any:
    return orjson.loads(response.body)


def result(data: dict[str, Any] | None, *errors: GraphQLError, media_type: str = GRAPHQL) -> Response:
    return answer_result(ExecutionResult(data, list(errors) or None), media_type, "id1", LIMITS)


def refused(error: Exception, media_type: str = GRAPHQL) -> Response:
    return answer_exception(error, media_type, "id1", LIMITS)


def field_error(original: Exception) -> GraphQLError:
    """What graphql-core makes of an exception of a resolver."""
    return GraphQLError(str(original), source=Source("{ a }"), positions=[2], path=["a"], original_error=original)


def test_finished_json_is_embedded_as_it_is() -> None:
    response = result({"artifacts": orjson.Fragment(b'{"nodes": [ ]}')})
    assert response.body == b'{"data":{"artifacts":{"nodes": [ ]}}}'
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    assert response.headers["vary"] == "accept"


@pytest.mark.parametrize("media_type", [GRAPHQL, JSON])
def test_partial_data_comes_after_its_errors_with_status_200(media_type: str) -> None:
    response = result({"a": None}, field_error(NotFoundError("No such file.")), media_type=media_type)
    assert response.status_code == 200
    assert response.body == (
        b'{"errors":[{"message":"No such file.","locations":[{"line":1,"column":3}],"path":["a"],'
        b'"extensions":{"code":"NOT_FOUND"}}],"data":{"a":null}}'
    )


@pytest.mark.parametrize(
    ("error", "code", "status", "json_status"),
    [
        (InvalidError("x"), "INVALID", 400, 200),
        (NotFoundError("x"), "NOT_FOUND", 404, 404),
        (TooComplexError("x"), "TOO_COMPLEX", 400, 400),
        (DeadlineError("x"), "TIMEOUT", 504, 504),
        (UnavailableError("x"), "UNAVAILABLE", 503, 503),
        (UnauthenticatedError("x"), "UNAUTHENTICATED", 401, 401),
        (ForbiddenError("x"), "FORBIDDEN", 403, 403),
        (ReadOnlyError("x"), "READ_ONLY", 403, 403),
    ],
)
def test_each_code_has_its_status_when_there_is_no_data(
    error: LnqlError, code: str, status: int, json_status: int
) -> None:
    for media_type, expected in ((GRAPHQL, status), (JSON, json_status)):
        answers = [refused(error, media_type), result(None, field_error(error), media_type=media_type)]
        assert [answer.status_code for answer in answers] == [expected, expected]
        assert [content(answer)["errors"][0]["extensions"] for answer in answers] == [{"code": code}] * 2
        assert [answer.headers.get("retry-after") for answer in answers] == ["5" if expected == 503 else None] * 2


def test_data_is_null_after_execution_and_absent_before() -> None:
    assert content(result(None, field_error(InvalidError("x"))))["data"] is None
    assert "data" not in content(result(None, GraphQLError("Variable '$x' has invalid value.")))
    assert "data" not in content(refused(InvalidError("x")))


@pytest.mark.parametrize(("media_type", "status"), [(GRAPHQL, 400), (JSON, 200)])
def test_variables_that_are_refused_are_invalid_whatever_scalar_refused_them(media_type: str, status: int) -> None:
    error = GraphQLError("Variable '$x' has invalid value: no date.", original_error=ValueError("no date"))
    response = result(None, error, media_type=media_type)
    assert response.status_code == status
    assert content(response)["errors"] == [{"message": error.message, "extensions": {"code": "INVALID"}}]


def test_of_several_errors_the_worst_gives_the_status() -> None:
    response = result(None, field_error(InvalidError("x")), field_error(DeadlineError("y")), media_type=JSON)
    assert response.status_code == 504


@pytest.mark.parametrize("media_type", [GRAPHQL, JSON])
def test_a_malformed_request_has_its_own_status_and_headers(media_type: str) -> None:
    response = refused(RequestError("No.", 405, {"allow": "POST"}), media_type)
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert content(response) == {"errors": [{"message": "No.", "extensions": {"code": "INVALID"}}]}


def test_the_errors_of_a_document_have_their_places() -> None:
    source = Source("{ a\n b }")
    errors = [GraphQLError(text, source=source, positions=[at]) for text, at in (("First.", 2), ("Second.", 5))]
    assert content(refused(InvalidDocumentError(errors)))["errors"] == [
        {"message": "First.", "locations": [{"line": 1, "column": 3}], "extensions": {"code": "INVALID"}},
        {"message": "Second.", "locations": [{"line": 2, "column": 2}], "extensions": {"code": "INVALID"}},
    ]


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_defect_is_told_by_its_request_id_only(wrapped: bool, caplog: pytest.LogCaptureFixture) -> None:
    secret = RuntimeError("password=hunter2")
    with caplog.at_level(logging.ERROR):
        response = result(None, field_error(secret)) if wrapped else refused(secret)
    error = content(response)["errors"][0]
    assert response.status_code == 500
    assert error["message"] == "LNQL failed to answer; the server's log tells more about request id1."
    assert error["extensions"] == {"code": "INTERNAL", "requestId": "id1"}
    assert b"hunter2" not in response.body
    assert "hunter2" in caplog.text
    assert "request id1 failed" in caplog.text


def test_at_most_twenty_errors_are_told() -> None:
    errors = [field_error(InvalidError(str(number))) for number in range(30)]
    assert [error["message"] for error in content(result({"a": None}, *errors))["errors"]] == list(map(str, range(20)))


def test_a_message_is_short_and_has_no_long_literal() -> None:
    assert shorten("Expected Int, found " + "9" * 5000 + ".", 300) == f"Expected Int, found {'9' * 40}…"
    assert shorten("word " * 100, 300) == ("word " * 60)[:299] + "…"
    assert shorten("No artifact has the uid abc.", 300) == "No artifact has the uid abc."
    assert shorten("a" * 1_000_000, 300) == "a" * 40 + "…"
