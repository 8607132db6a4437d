"""The outermost part of the application: what an exception becomes, the id of each answer, and what is noted of it."""

import logging
import re
from random import getrandbits
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import logs, media, metrics
from .answers import answer_exception
from .departures import DepartedError
from .settings import Limits

logger = logging.getLogger("lnql.requests")

CLIENT_GONE = 499
"""The status under which an answer is noted that nobody waited for; nginx uses it so."""
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")


class Boundary:
    """Middleware: each request gets an id, each answer says it, and each exception becomes an answer.

    The id, which may come from a proxy, is in `scope["request_id"]`. Those further in may put the media type of answers
    to exceptions into `scope["media_type"]`, and the operation's name into `scope["operation_name"]`.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app = app
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        began = perf_counter()
        scope["request_id"] = request_id = _request_id(scope)
        logs.request_id.set(request_id)
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except DepartedError:
            status = CLIENT_GONE
        except Exception as error:
            if status:
                raise
            response = answer_exception(error, scope.get("media_type", media.JSON), request_id, self.limits)
            await response(scope, receive, send_with_id)
        finally:
            metrics.requests(scope["method"] if scope["method"] in METHODS else "other", status).inc()
            if logger.isEnabledFor(logging.INFO):
                logger.info("request", extra=_described(scope, status, perf_counter() - began))


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and REQUEST_ID.fullmatch(value):
            return str(value.decode())
    return f"{getrandbits(64):016x}"


def _described(scope: Scope, status: int, seconds: float) -> dict[str, object]:
    described = {"method": scope["method"], "path": scope["path"][:100], "status": status}
    operation_name = scope.get("operation_name")
    operation = {"operation": operation_name[:100]} if operation_name else {}
    return {**described, **operation, "milliseconds": round(seconds * 1000, 1)}
