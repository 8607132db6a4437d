"""Operations over WebSocket: the protocol graphql-transport-ws of the npm package graphql-ws.

Source: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from enum import IntEnum
from typing import Any, Final
from urllib.parse import urlsplit

import orjson
from graphql import ExecutionResult
from starlette.websockets import WebSocket, WebSocketDisconnect

from lnql.errors import InvalidError, TooComplexError

from .answers import content_of, describe_all
from .requests import GraphQLRequest, request_from
from .settings import Limits, Settings
from .strict_json import parse_json

logger = logging.getLogger(__name__)

PROTOCOL: Final = "graphql-transport-ws"


class Close(IntEnum):
    """The codes with which a connection is closed, as the protocol has them."""

    BAD_REQUEST = 4400
    UNAUTHORIZED = 4401
    SUBPROTOCOL_NOT_ACCEPTABLE = 4406
    INITIALISATION_TIMEOUT = 4408
    SUBSCRIBER_ALREADY_EXISTS = 4409
    TOO_MANY_INITIALISATION_REQUESTS = 4429


class ProtocolError(Exception):
    """What the protocol does not allow; the connection is closed with a code."""

    def __init__(self, code: Close, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


Results = Callable[[GraphQLRequest], AsyncGenerator[ExecutionResult, None]]
"""Answers a request: with one result, or with several for a subscription."""


async def serve_websocket(socket: WebSocket, results: Results, settings: Settings) -> None:
    """Serve one connection until it is closed."""
    if not _is_allowed(socket.headers, settings.origins):
        await socket.close()  # before it is accepted: the client gets 403
        return
    spoken = PROTOCOL in socket.scope["subprotocols"]
    await socket.accept(PROTOCOL if spoken else None)
    if not spoken:
        await socket.close(Close.SUBPROTOCOL_NOT_ACCEPTABLE, "Subprotocol not acceptable")
        return
    await Session(socket, results, settings.limits).run()


def _is_allowed(headers: Mapping[str, str], origins: tuple[str, ...]) -> bool:
    """Whether a page may connect: one of this server, or of a named origin; browsers let pages of all origins try."""
    origin = headers.get("origin")
    own = origin is not None and urlsplit(origin).netloc == headers.get("host")
    return origin is None or own or origin in origins or "*" in origins


class Session:
    """One connection: its operations by the ids that the client gives them."""

    def __init__(self, socket: WebSocket, results: Results, limits: Limits) -> None:
        self._socket = socket
        self._results = results
        self._limits = limits
        self._acknowledged = False
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._id = secrets.token_hex(8)
        self._takes: dict[str, Callable[[dict[str, Any]], Awaitable[None]]] = {
            "connection_init": self._initialise,
            "ping": self._pong,
            "pong": self._ignore,
            "subscribe": self._subscribe,
            "complete": self._complete,
        }

    async def run(self) -> None:
        """Take messages until the connection is closed."""
        try:
            async with asyncio.timeout(self._limits.init_seconds) as self._initialising:
                while True:
                    message = await self._receive()
                    await self._takes[str(message["type"])](message)
        except TimeoutError:
            await self._socket.close(Close.INITIALISATION_TIMEOUT, "Connection initialisation timeout")
        except ProtocolError as error:
            await self._socket.close(error.code, error.reason)
        except WebSocketDisconnect:
            pass
        finally:
            for task in self._operations.values():
                task.cancel()

    async def _receive(self) -> dict[str, Any]:
        received = await self._socket.receive()
        if received["type"] == "websocket.disconnect":
            raise WebSocketDisconnect
        text = received.get("text")
        try:
            message = parse_json((text or "").encode(), self._limits)
        except InvalidError as error:
            raise ProtocolError(Close.BAD_REQUEST, str(error)[:100]) from None
        if not isinstance(message, dict) or str(message.get("type")) not in self._takes:
            raise ProtocolError(Close.BAD_REQUEST, "A message has one of the types: " + ", ".join(self._takes))
        return message

    async def _send(self, **message: Any) -> None:
        await self._socket.send_text(orjson.dumps(message).decode())

    async def _initialise(self, _: dict[str, Any]) -> None:
        if self._acknowledged:
            raise ProtocolError(Close.TOO_MANY_INITIALISATION_REQUESTS, "Too many initialisation requests")
        self._acknowledged = True
        self._initialising.reschedule(None)
        await self._send(type="connection_ack")

    async def _pong(self, message: dict[str, Any]) -> None:
        payload = {"payload": message["payload"]} if "payload" in message else {}
        await self._send(type="pong", **payload)

    async def _ignore(self, _: dict[str, Any]) -> None:
        pass

    async def _subscribe(self, message: dict[str, Any]) -> None:
        if not self._acknowledged:
            raise ProtocolError(Close.UNAUTHORIZED, "Unauthorized")
        name = message.get("id")
        if not isinstance(name, str) or not name:
            raise ProtocolError(Close.BAD_REQUEST, "A message of type subscribe has an id")
        if name in self._operations:
            raise ProtocolError(Close.SUBSCRIBER_ALREADY_EXISTS, f"Subscriber for {name[:60]} already exists")
        try:
            request = request_from(message.get("payload"))
        except InvalidError as error:
            raise ProtocolError(Close.BAD_REQUEST, str(error)[:100]) from None
        self._operations[name] = asyncio.create_task(self._operate(name, request, len(self._operations)))

    async def _complete(self, message: dict[str, Any]) -> None:
        task = self._operations.pop(str(message.get("id")), None)
        if task:
            task.cancel()

    async def _operate(self, name: str, request: GraphQLRequest, others: int) -> None:
        try:
            most = self._limits.connection_operations
            if others >= most:
                raise TooComplexError(f"{others + 1} operations on one connection; the limit is {most}.")
            async with aclosing(self._results(request)) as results:
                async for result in results:
                    await self._send(id=name, type="next", payload=content_of(result, self._id, self._limits))
        except Exception as error:
            await self._send(id=name, type="error", payload=describe_all(error, self._id, self._limits))
        else:
            await self._send(id=name, type="complete")
        self._operations.pop(name, None)
