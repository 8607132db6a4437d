"""What answers documents: an opened instance, its schema, its connections."""

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa
from graphql import ExecutionResult, GraphQLSchema, OperationType

from lnql.errors import ReadOnlyError
from lnql.models import postgresql, registries
from lnql.models.access import find_user
from lnql.models.database import Instance, refuse_older, shown
from lnql.models.writing import Writing

from .changes import Changes, Listening, nobody_tells, postgresql_tells
from .documents import Document
from .execution import Execution
from .feature_catalog import Features, FeatureSource
from .loader import Loader, StatementCache
from .matching import Matching
from .metrics import timed
from .mutation_execution import MutationExecution
from .mutation_writing import Mutations
from .overview import about
from .planner import Planner
from .readers import Fetch, Reader, reader_of, watching_reader_of
from .registry import Catalog
from .schema import build_api
from .search_texts import SearchTexts
from .searching import Searching
from .settings import Limits
from .statements import Draft
from .visibility import EVERYTHING_VISIBLE, Scope
from .writers import Writer, writer_of


class Service:
    """Serves one instance.

    Args:
        scope: which rows requests may see.
        user: the handle of the user who writes; None for the first user of the instance.
        read_urls: copies of the database, from which is read what is not just being written.
        measured: measures what runs statements.
    """

    def __init__(
        self,
        instance: Instance,
        limits: Limits,
        scope: Scope = EVERYTHING_VISIBLE,
        user: str | None = None,
        read_urls: Sequence[str] = (),
        measured: Callable[[Fetch], Fetch] = timed,
    ) -> None:
        self._limits = limits
        self._measured = measured
        self._scope = scope
        self.fingerprint = hashlib.sha256(shown(instance.url).encode()).hexdigest()[:8]
        self._catalog = Catalog(registries(), instance.columns)
        self._primary: Reader = reader_of(instance, limits)
        self._reader = self._primary
        if read_urls:
            from .replicas import ReplicatedReader  # PostgreSQL's drivers come with it

            self._reader = ReplicatedReader(read_urls, instance, limits)
        self._watcher = watching_reader_of(instance, limits, self._reader)
        self._writer: Writer | None = writer_of(instance) if instance.write else None
        self._instance = instance
        self.changes = Changes(self._state, _listening(instance))
        self._present = instance.columns
        self._handle = user
        self._user = 1
        self._api = build_api(self._catalog, about(instance, self._catalog, limits))
        self._prepare()

    @property
    def schema(self) -> GraphQLSchema:
        """The schema of what the instance has."""
        return self._api.schema

    async def startup(self) -> None:
        """Connect to the database."""
        if self._writer:
            refuse_older(self._instance)
        for reader in self._readers:
            await reader.open()
        if self._writer:
            await self._writer.open()
            self._user = await self._writer.run(partial(find_user, handle=self._handle))
        self._prepare()  # only now is it known what the database can do
        await self._features.load()

    @property
    def _readers(self) -> set[Reader]:
        return {self._primary, self._reader, self._watcher}

    def _prepare(self) -> None:
        draft = Draft(self._reader.dialect, self._scope)
        self._asks_state = draft.finish(sa.select(self._reader.dialect.state())).text
        planner = partial(Planner, self._catalog, self._limits)
        loader, self._features = self._loading(self._reader, self._watcher)
        self._searching = loader.searching
        self._execution = Execution(self._api, planner, loader, self._features)
        if self._writer:  # what was just written may not have reached the copies
            own = self._loading(self._primary, self._primary) if self._reader is not self._primary else None
            loader, features = own or (loader, self._features)
            written = self.changes.written
            self._mutations = MutationExecution(
                self._api, self._catalog, self._begin, self._writer, planner, loader, features, written
            )

    def _loading(self, reader: Reader, watcher: Reader) -> tuple[Loader, FeatureSource]:
        """What loads rows, and knows the features, from one database."""
        dialect, fetch = reader.dialect, self._measured(reader.fetch)
        texts = SearchTexts(dialect, self._scope, watcher.fetch, self._limits.search_characters)
        loader = Loader(StatementCache(dialect), fetch, Searching(fetch, texts), self._scope, self._limits.rows)
        return loader, FeatureSource(self._catalog, dialect, self._scope, fetch)

    def _begin(self, connection: sa.Connection, features: Features) -> Mutations:
        """The mutations of one transaction."""
        matching = Matching(connection, self._catalog, self._reader.dialect, self._scope, self._limits, features)
        writing = Writing(connection, self._user, self._present, matching.seen)
        return Mutations(self._catalog, self._limits.bulk_rows, matching, writing)

    async def read_ahead(self) -> None:
        """Read what searches need, within the limit."""
        await self._searching.read_ahead(self._catalog.values(), self._limits.search_ahead)

    async def shutdown(self) -> None:
        """Disconnect from the database."""
        if self._writer:
            await self._writer.close()
        for reader in self._readers:
            await reader.close()

    async def ready(self) -> None:
        """Ask the database for an answer.

        Raises:
            LnqlError: if it gives none.
        """
        await self._reader.fetch("SELECT '1'", [])

    async def execute(
        self, document: Document, variables: dict[str, Any] | None, idempotency_key: str | None = None
    ) -> ExecutionResult:
        """Answer one operation; root fields hold finished JSON as `orjson.Fragment`."""
        if document.operation.operation is not OperationType.MUTATION:
            return await self._execution.execute(document, variables)
        if self._writer is None:
            raise ReadOnlyError(
                "This instance is served for reading only.",
                hint="Start the server with --write, or connect with write=True.",
            )
        return await self._mutations.execute(document, variables, idempotency_key)

    async def table(self, document: Document, variables: dict[str, Any] | None) -> ExecutionResult:
        """Answer one query whose root field is a list with a `columns.Table`."""
        return await self._execution.table(document, variables)

    async def _state(self) -> str:
        (state,) = await self._watcher.fetch(self._asks_state, [])
        return str(state)


def _listening(instance: Instance) -> Listening:
    return nobody_tells if instance.path else postgresql_tells(partial(postgresql.connect, instance.url))
