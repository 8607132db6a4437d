"""Entity tags: a client that has an answer already is told that it still holds (RFC 9110, sections 8.8.3 and 13.1.2).

The tags are weak, since one answer is sent compressed or not; they are digests of the answer before it is compressed.
"""

from hashlib import blake2b

from starlette.responses import Response

from .requests import Headers

KEEP_AND_ASK = "private, no-cache"
"""The client may keep an answer, and asks whether it still holds each time that it wants to use it."""


def revalidated(response: Response, asked: Headers) -> Response:
    """An answer with its tag; one without a body where the client has it already."""
    tag = f'W/"{blake2b(response.body, digest_size=12).hexdigest()}"'
    response.headers.update({"etag": tag, "cache-control": KEEP_AND_ASK})
    if not _matches(tag, asked.get("if-none-match", "")):
        return response
    kept = {name: response.headers[name] for name in ("etag", "cache-control", "vary")}
    return Response(status_code=304, headers=kept)


def _matches(tag: str, header: str) -> bool:
    known = {one.strip().removeprefix("W/") for one in header.split(",")}
    return bool(known & {tag.removeprefix("W/"), "*"})
