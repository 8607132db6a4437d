"""The endpoint /graphql: from an HTTP request to the answer of its operation.

    request -> media type -> parameters -> document (cached) -> service -> bytes

Each step refuses what it cannot take by an exception of `lnql.errors`; `graph/boundary.py` turns it into an answer.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import nullcontext
from functools import partial
from time import perf_counter
from typing import Any, Protocol

from graphql import ExecutionResult, GraphQLSchema, OperationType
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from lnql.errors import DeadlineError, UnavailableError

from . import arrow, examples, graphiql, media
from .answers import answer_result, answer_table, content_of, describe_all
from .changes import Changes
from .columns import refusal
from .deadlines import Deadline
from .departures import WhileClientWaits
from .documents import Document, DocumentCache
from .etags import revalidated
from .event_streams import EventStream
from .introspection import Introspection
from .live import LiveQueries
from .metrics import OPERATIONS
from .requests import METHODS, GraphQLRequest, RequestError, headers_of, read_request
from .settings import Settings
from .slots import Slots
from .trusted_documents import persisted_documents
from .variables import check_variables

IDEMPOTENCY_KEY = "idempotency-key"
"""The header with which a mutation can be sent again safely."""

JSON = (media.GRAPHQL, media.JSON)
"""How errors are answered, and most results."""


class GraphQLService(Protocol):
    """What executes documents: one opened instance and its schema."""

    @property
    def schema(self) -> GraphQLSchema:
        """The schema that documents are validated against."""

    @property
    def fingerprint(self) -> str:
        """What tells this instance from others, and nothing else about it."""

    @property
    def changes(self) -> Changes:
        """What tells when something was written."""

    async def startup(self) -> None:
        """Open what execution needs."""

    async def read_ahead(self) -> None:
        """Read what requests will need; the server asks for it once it answers."""

    async def shutdown(self) -> None:
        """Close it."""

    async def ready(self) -> None:
        """Raise an LnqlError if an operation could not be answered now."""

    async def execute(
        self, document: Document, variables: dict[str, Any] | None, idempotency_key: str | None = None, /
    ) -> ExecutionResult:
        """The result of one operation; root fields may hold finished JSON as `orjson.Fragment`.

        Of the mutations with the same key only the first one writes; the others get its answer.
        """

    async def table(self, document: Document, variables: dict[str, Any] | None, /) -> ExecutionResult:
        """The result of a query whose root field is a `columns.Table`; another one is an InvalidError in it."""


class GraphQLEndpoint:
    """GraphQL over HTTP at one path: POST, GET for queries, and GraphiQL for a browser."""

    def __init__(self, service: GraphQLService, settings: Settings) -> None:
        self.service = service
        self.limits = limits = settings.limits
        self.documents = DocumentCache(service.schema, limits)
        self.persisted = persisted_documents(settings, self.documents.check)
        self.data = (*((media.ARROW,) if arrow.is_installed() else ()), media.EVENTS, *JSON)
        page = () if settings.only_trusted else (media.HTML,)
        self.offers = dict.fromkeys(("GET", "HEAD"), (*page, *self.data))
        self.live = LiveQueries(service.changes, limits.subscriptions)
        self.introspection = Introspection(service.schema)
        self.slots = Slots(limits.operations_in_flight, limits.connection_seconds)
        self.seconds = {kind: OPERATIONS.labels(kind.value) for kind in OperationType}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        response = await self.answer(scope, receive)
        await response(scope, receive, send)

    async def answer(self, scope: Scope, receive: Receive) -> ASGIApp:
        """The response to one HTTP request.

        Raises:
            LnqlError: for what is refused; `scope["media_type"]` says how to answer it.
        """
        method = scope["method"]
        if method == "OPTIONS":
            return Response(status_code=204, headers={"allow": METHODS})
        headers = headers_of(scope)
        media_type = _choose_media_type(headers.get("accept") or media.JSON, self.offers.get(method, self.data))
        if media_type == media.HTML:
            return await self.page()
        scope["media_type"] = media_type if media_type in JSON else media.GRAPHQL
        request = await read_request(scope, receive, headers, self.limits)
        document = self.document(request)
        scope["operation_name"] = document.name
        if method != "POST" and document.operation.operation is OperationType.MUTATION:
            raise RequestError(f"A mutation is not allowed by {method}; send it by POST.", 405, {"allow": "POST"})
        idempotency_key = headers.get(IDEMPOTENCY_KEY)
        if media_type == media.EVENTS:
            results = self.results(document, request.variables, idempotency_key)
            return EventStream(results, partial(self.describe, scope["request_id"]))
        if document.operation.operation is OperationType.SUBSCRIPTION:
            raise RequestError(f"A subscription is answered as {media.EVENTS}, or over WebSocket.", 406)
        with WhileClientWaits(receive) if document.is_query else nullcontext():  # what is written is written
            if media_type == media.ARROW:
                response = await self.table(document, request.variables, scope["request_id"])
            else:
                result = await self.execute(document, request.variables, idempotency_key)
                response = answer_result(result, media_type, scope["request_id"], self.limits)
        return response if method == "POST" or response.status_code != 200 else revalidated(response, headers)

    def document(self, request: GraphQLRequest) -> Document:
        """The document of a request, whose variables are within the limits; raises an LnqlError else."""
        document = self.documents.get(self.persisted.text(request), request.operation_name)
        self.persisted.keep(request)
        if request.variables:
            check_variables(request.variables, document, self.limits)
        return document

    def results(
        self, document: Document, variables: dict[str, Any] | None, idempotency_key: str | None = None
    ) -> AsyncGenerator[ExecutionResult, None]:
        """The result of an operation, or the results of a subscription, one after the other."""
        read = partial(self.execute, document, variables, idempotency_key)
        return self.live.results(read) if document.operation.operation is OperationType.SUBSCRIPTION else _once(read)

    async def over_websocket(self, request: GraphQLRequest) -> AsyncGenerator[ExecutionResult, None]:
        """The results of a request that came over a WebSocket."""
        async for result in self.results(self.document(request), request.variables):
            yield result

    def describe(self, request_id: str, result: ExecutionResult | Exception) -> dict[str, Any]:
        """The content of an answer."""
        if isinstance(result, ExecutionResult):
            return content_of(result, request_id, self.limits)
        return {"errors": describe_all(result, request_id, self.limits)}

    async def page(self) -> Response:
        """GraphiQL, with examples of what the instance has."""
        tabs = await examples.tabs(self.documents, self.execute)
        return graphiql.page(self.service.fingerprint, tabs)

    async def table(self, document: Document, variables: dict[str, Any] | None, request_id: str) -> Response:
        """The rows of a list as an Arrow stream; see `columns.py` for what can be one."""
        if not document.is_query:
            raise refusal("an operation is a query")
        result = await self._within_limits(document, lambda: self.service.table(document, variables))
        return await answer_table(result, request_id, self.limits)

    async def execute(
        self, document: Document, variables: dict[str, Any] | None, idempotency_key: str | None = None
    ) -> ExecutionResult:
        """The result of one operation, within the limits; see `_within_limits`."""
        executor = self.service if document.cost.root_data_fields else self.introspection
        return await self._within_limits(document, lambda: executor.execute(document, variables, idempotency_key))

    async def _within_limits(
        self, document: Document, execute: Callable[[], Awaitable[ExecutionResult]]
    ) -> ExecutionResult:
        """What `execute` gives, within the limits on time and on operations at the same time.

        Raises:
            DeadlineError: when it takes too long; the service is cancelled.
            UnavailableError: when too many others run and none of them ends soon.
        """
        began = perf_counter()
        await self._take_slot()
        deadline = Deadline(self.limits.operation_seconds)
        try:
            with deadline:
                return await execute()
        except TimeoutError:
            if not deadline.expired:
                raise
            message = f"The operation took longer than {self.limits.operation_seconds:g} s and was stopped."
            raise DeadlineError(message, hint="Ask for less, or filter by indexed columns.") from None
        finally:
            self.slots.give()
            self.seconds[document.operation.operation].observe(perf_counter() - began)

    async def _take_slot(self) -> None:
        try:
            await self.slots.take()
        except TimeoutError:
            message = f"{self.limits.operations_in_flight} operations are running, and none of them ended in time."
            raise UnavailableError(message, hint="Try again in a few seconds.") from None


async def _once(read: Callable[[], Awaitable[ExecutionResult]]) -> AsyncGenerator[ExecutionResult, None]:
    yield await read()


def _choose_media_type(accept: str, offers: Sequence[str]) -> str:
    media_type = media.negotiate(accept, offers)
    if media_type is None:
        missing = f" {media.ARROW} needs pyarrow here: pip install 'lnql[arrow]'." if media.ARROW in accept else ""
        raise RequestError(
            f"None of the types in the Accept header is spoken here; {' or '.join(JSON)} is.{missing}", 406
        )
    return media_type
