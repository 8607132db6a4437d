"""Compression of answers in an encoding the client accepts: zstd (RFC 8878), else gzip."""

import asyncio
import gzip
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import media

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ENCODERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "zstd": zstd.compress,
    "gzip": partial(gzip.compress, compresslevel=4, mtime=0),  # a third quicker than level 6, for a fifth more bytes
}
"""Encodings, the best first."""
COMPRESSED: Final = frozenset({media.ARROW, media.GRAPHQL, media.JSON, media.HTML})
LEAST_BYTES: Final = 1_000
"""A shorter body fits into one packet anyway."""
QUICK_BYTES: Final = 32_768
"""A longer body is compressed in a thread: others go on meanwhile."""


class Compression:
    """Middleware that compresses bodies sent at once; one that comes in parts is a stream and stays as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        start: Message | None = None

        async def send_compressed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message  # its headers depend on the body
                return
            if start:
                head, start = start, None
                if not message.get("more_body") and len(message.get("body", b"")) >= LEAST_BYTES:
                    message = await _compress(head, message, Headers(scope=scope))
                await send(head)
            await send(message)

        return await self.app(scope, receive, send_compressed)


async def _compress(start: Message, message: Message, asked: Headers) -> Message:
    headers = Headers(raw=start["headers"])
    if media.split(headers.get("content-type", ""))[0] not in COMPRESSED:
        return message
    start["headers"].append((b"vary", b"accept-encoding"))
    encoding = media.negotiate_encoding(asked.get("accept-encoding", ""), tuple(ENCODERS))
    if encoding is None:
        return message
    encode, plain = ENCODERS[encoding], message["body"]
    body = encode(plain) if len(plain) < QUICK_BYTES else await asyncio.to_thread(encode, plain)
    kept = [(name, value) for name, value in start["headers"] if name != b"content-length"]
    length = (b"content-length", str(len(body)).encode())
    start["headers"] = [*kept, length, (b"content-encoding", encoding.encode())]
    return {**message, "body": body}
