"""Answers: results and exceptions as GraphQL-over-HTTP responses, with nothing in them that a client may not see.

Source: https://graphql.github.io/graphql-over-http/, section "Status Codes", and the GraphQL specification, section
"Response Format". A status other than 200 is a matter of the new media type; under `application/json` a well-formed
request whose document or variables are refused is answered 200.
"""

import asyncio
import logging
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import orjson
from graphql import ExecutionResult, GraphQLError
from starlette.responses import Response

from lnql.errors import ErrorCode, InvalidError, LnqlError

from . import arrow, media
from .documents import InvalidDocumentError
from .metrics import ERRORS
from .persisted import UnknownHashError
from .requests import RequestError
from .settings import Limits

logger = logging.getLogger(__name__)

STATUS: Final = {
    ErrorCode.INVALID: 400,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.TOO_COMPLEX: 400,
    ErrorCode.TIMEOUT: 504,
    ErrorCode.UNAVAILABLE: 503,
    ErrorCode.UNAUTHENTICATED: 401,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.READ_ONLY: 403,
    ErrorCode.NOT_UNIQUE: 409,
    ErrorCode.LOCKED: 409,
    ErrorCode.STALE: 409,
    ErrorCode.ROLLED_BACK: 409,
    ErrorCode.INTERNAL: 500,
}
"""The HTTP status of an answer without data; of several errors the highest."""
RETRY_SECONDS: Final = 5
LONG_LITERAL: Final = re.compile(r"\S{80,}")


def answer_result(result: ExecutionResult, media_type: str, request_id: str, limits: Limits) -> Response:
    """The response to an operation that was executed; finished JSON in its data is embedded as it is."""
    content = content_of(result, request_id, limits)
    failed = result.errors and result.data is None
    return respond(content, _status(content["errors"], media_type) if failed else 200, media_type)


async def answer_table(result: ExecutionResult, request_id: str, limits: Limits) -> Response:
    """The response to a query whose rows are wanted as an Arrow stream; what went wrong is answered as JSON."""
    if result.errors:
        return answer_result(ExecutionResult(None, result.errors), media.GRAPHQL, request_id, limits)
    content = await asyncio.to_thread(arrow.stream, result.data or {})  # others go on meanwhile
    return Response(content, headers={"content-type": media.ARROW, "vary": "accept"})


def content_of(result: ExecutionResult, request_id: str, limits: Limits) -> dict[str, Any]:
    """What an answer says of an operation that was executed."""
    if not result.errors:
        return {"data": result.data}
    content: dict[str, Any] = {
        "errors": [describe(each, request_id, limits) for each in result.errors[: limits.errors]]
    }
    if any(error.path for error in result.errors):  # else it was refused before it began: there is no data entry
        content["data"] = result.data
    return content


def answer_exception(error: Exception, media_type: str, request_id: str, limits: Limits) -> Response:
    """The response to a request that was refused, or that failed, before there was a result."""
    described = describe_all(error, request_id, limits)
    if isinstance(error, RequestError | UnknownHashError):
        return respond({"errors": described}, error.status, media_type, error.headers)
    return respond({"errors": described}, _status(described, media_type), media_type)


def describe_all(error: Exception, request_id: str, limits: Limits) -> list[dict[str, Any]]:
    """What an answer says of an exception: one entry of `errors`, or those of a document that is not valid."""
    errors: Sequence[Exception] = error.errors if isinstance(error, InvalidDocumentError) else [error]
    return [describe(each, request_id, limits) for each in errors[: limits.errors]]


def describe(error: Exception, request_id: str, limits: Limits) -> dict[str, Any]:
    """One entry of `errors`: message, places, path, and a code from the closed list.

    What LNQL does not raise on purpose is a defect: the client gets a request id, the log the rest.
    """
    cause = _cause(error)
    code = cause.code if isinstance(cause, LnqlError) else ErrorCode.INTERNAL
    extensions = {"code": code.value}
    ERRORS.labels(code.value).inc()
    if code is ErrorCode.INTERNAL:
        logger.error("request %s failed", request_id, exc_info=cause)
        extensions["requestId"] = request_id
        cause = LnqlError(f"LNQL failed to answer; the server's log tells more about request {request_id}.")
    entry: dict[str, Any] = {"message": shorten(str(cause), limits.error_characters)}
    if isinstance(error, GraphQLError):
        places = error.formatted
        entry |= {name: places[name] for name in ("locations", "path") if name in places}
    return {**entry, "extensions": extensions}


def _cause(error: Exception) -> Exception:
    """What an error means: graphql-core wraps what resolvers raise, and its own errors are about the request."""
    if not isinstance(error, GraphQLError):
        return error
    original = error.original_error
    if original is None or (error.path is None and not isinstance(original, LnqlError)):
        return InvalidError(error.message)
    return _cause(original)


def shorten(message: str, characters: int) -> str:
    """A message of at most so many characters; a long literal, which may be private and says nothing, is cut."""
    message = LONG_LITERAL.sub(lambda match: f"{match[0][:40]}…", message[:2000])
    return message if len(message) <= characters else f"{message[: characters - 1]}…"


def _status(errors: Sequence[dict[str, Any]], media_type: str) -> int:
    codes = {ErrorCode(error["extensions"]["code"]) for error in errors}
    if media_type == media.JSON and codes == {ErrorCode.INVALID}:
        return 200
    return max(STATUS[code] for code in codes)


def respond(content: Any, status: int, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON response."""
    response = Response(orjson.dumps(content), status)
    response.raw_headers += _raw_headers(media_type)
    if headers:
        response.headers.update(headers)
    if status == STATUS[ErrorCode.UNAVAILABLE]:
        response.headers["retry-after"] = str(RETRY_SECONDS)
    return response


@cache
def _raw_headers(media_type: str) -> Sequence[tuple[bytes, bytes]]:
    return (b"content-type", f"{media_type}; charset=utf-8".encode()), (b"vary", b"accept")
