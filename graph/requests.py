"""Reading a GraphQL request from HTTP: its body within a size and a time, its JSON strictly, its parameters by type.

Source: https://graphql.github.io/graphql-over-http/, sections "GET", "POST" and "Request Parameters".
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from msgspec import Struct
from starlette.types import Receive, Scope

from lnql.errors import InvalidError

from . import media
from .deadlines import Deadline
from .settings import Limits
from .strict_json import parse_json

METHODS = "GET, HEAD, POST, OPTIONS"
Headers = Mapping[str, str]


class RequestError(InvalidError):
    """An HTTP request that is no GraphQL request: `status` says why, `headers` what HTTP wants said with it."""

    def __init__(self, message: str, status: int, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}


class GraphQLRequest(Struct, frozen=True):
    """What a client asks for: by a document, or by the id or the SHA-256 of one."""

    query: str | None
    operation_name: str | None
    variables: dict[str, Any] | None
    document_id: str | None = None


def headers_of(scope: Scope) -> Headers:
    """The headers of a request; of several with the same name the first."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in reversed(scope["headers"])}


async def read_request(scope: Scope, receive: Receive, headers: Headers, limits: Limits) -> GraphQLRequest:
    """The GraphQL request of an HTTP request by GET, HEAD or POST.

    Raises:
        RequestError: for another method (405), a content type that is not JSON in UTF-8 (415), a body that is too large
            (413) or too slow (408), JSON that is not valid or too deep, or parameters of a wrong type (400).
    """
    method = scope["method"]
    if method == "POST":
        _require_json(headers.get("content-type"))
        body = await read_body(receive, headers, limits)
        return request_from(_parse(body, "The body", limits))
    if method in ("GET", "HEAD"):
        return _from_query_string(scope["query_string"], limits)
    raise RequestError(f"The method {method} is not allowed here; GraphQL takes GET and POST.", 405, {"allow": METHODS})


@lru_cache(100)
def _require_json(content_type: str | None) -> None:
    name, parameters = media.split(content_type or "")
    if name != media.JSON:
        raise RequestError(f"The content type is {name or 'missing'}; GraphQL takes {media.JSON}.", 415)
    charset = parameters.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8"):
        raise RequestError(f"The body's charset is {charset}; GraphQL takes utf-8.", 415)


async def read_body(receive: Receive, headers: Headers, limits: Limits) -> bytes:
    """The body, within `limits.body_bytes` and `limits.body_seconds`.

    Raises:
        RequestError: for a body beyond the limits (413, 408), or a client that left (400).
    """
    length = headers.get("content-length", "0")
    _refuse_large(int(length[:19]) if length.isdecimal() else 0, limits)
    body, more = bytearray(), True
    try:
        with Deadline(limits.body_seconds):
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise RequestError("The client left before its body was read.", 400)
                body += message.get("body", b"")
                more = message.get("more_body", False)
                _refuse_large(len(body), limits)
    except TimeoutError:
        seconds = f"{limits.body_seconds:g} s"
        raise RequestError(f"The body did not arrive within {seconds}.", 408, {"connection": "close"}) from None
    return bytes(body)


def _refuse_large(size: int, limits: Limits) -> None:
    if size > limits.body_bytes:
        message = f"The body has {size:,} bytes or more; the limit is {limits.body_bytes:,}."
        raise RequestError(message, 413, {"connection": "close"})


def _from_query_string(query_string: bytes, limits: Limits) -> GraphQLRequest:
    try:
        pairs = parse_qsl(query_string.decode("ascii"), errors="strict", max_num_fields=16)
    except ValueError:
        raise RequestError("The URL's query string is not URL-encoded UTF-8 of at most 16 fields.", 400) from None
    parameters: dict[str, Any] = dict(pairs)
    if len(parameters) < len(pairs):
        raise RequestError("A parameter is given twice in the URL's query string.", 400)
    for name in ("variables", "extensions"):
        if name in parameters:
            parameters[name] = _parse(parameters[name].encode(), f"The parameter {name}", limits)
    return request_from(parameters)


def _parse(text: bytes, where: str, limits: Limits) -> Any:
    try:
        return parse_json(text, limits)
    except InvalidError as error:
        raise RequestError(f"{where} is refused: {error}", 400) from None


TYPES: Mapping[str, tuple[type, str]] = {
    "query": (str, "a string"),
    "documentId": (str, "a string"),
    "operationName": (str, "a string"),
    "variables": (dict, "an object"),
    "extensions": (dict, "an object"),
}
"""The parameters of a request: their types, and what these are called. Others are ignored, as the source says."""


def request_from(parameters: Any) -> GraphQLRequest:
    """The request that these parameters make.

    Raises:
        RequestError: for what is no object, or has a parameter of a wrong type.
    """
    if not isinstance(parameters, dict):
        raise RequestError("The body is JSON but no object; send one operation as an object with a query.", 400)
    for name, value in parameters.items():
        if value is not None and name in TYPES and not isinstance(value, TYPES[name][0]):
            raise RequestError(f"The parameter {name} has to be {TYPES[name][1]}.", 400)
    query, document_id = parameters.get("query"), _document_id(parameters)
    if query is None and document_id is None:
        raise RequestError("The parameter query is missing; it holds the GraphQL document.", 400)
    return GraphQLRequest(query, parameters.get("operationName"), parameters.get("variables"), document_id)


def _document_id(parameters: Mapping[str, Any]) -> str | None:
    """The name of a document: its `documentId`, or its hash where Apollo's clients put it."""
    given = [parameters["documentId"]] if parameters.get("documentId") is not None else []
    persisted = (parameters.get("extensions") or {}).get("persistedQuery")
    if persisted is not None:
        given.append(_hash(persisted))
    if len(given) > 1:
        raise RequestError("A request takes documentId or extensions.persistedQuery, not both.", 400)
    return given[0].removeprefix("sha256:") if given else None


def _hash(persisted: Any) -> str:
    match persisted:
        case {"version": 1, "sha256Hash": str(text)} if re.fullmatch("[0-9a-f]{64}", text):
            return text
    wanted = '{"version": 1, "sha256Hash": "64 hexadecimal digits"}'
    raise RequestError(f"extensions.persistedQuery has to be {wanted}.", 400)
