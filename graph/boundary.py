"""The outermost part of the application: what an exception becomes, and the id that each answer has."""

import secrets

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import media
from .answers import answer_exception
from .settings import Limits


class Boundary:
    """Middleware: each request gets an id, each answer says it, and each exception becomes an answer.

    The id is in `scope["request_id"]`; the media type of answers to exceptions may be put into `scope["media_type"]`.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app = app
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        scope["request_id"] = request_id = secrets.token_hex(8)
        started = False

        async def send_with_id(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception as error:
            if started:
                raise
            response = answer_exception(error, scope.get("media_type", media.JSON), request_id, self.limits)
            await response(scope, receive, send_with_id)
