"""What answers documents: an opened instance, its schema, its connections."""

import hashlib
from functools import partial
from typing import Any

from graphql import ExecutionResult, GraphQLSchema

from lnql.models import registries
from lnql.models.database import Instance, shown

from .connections import Reader, reader_of, watching_reader_of
from .documents import Document
from .execution import Execution
from .feature_catalog import FeatureSource
from .loader import Loader, StatementCache
from .metrics import timed
from .planner import Planner
from .registry import Catalog
from .schema import build_api
from .search_texts import SearchTexts
from .settings import Limits
from .visibility import EVERYTHING_VISIBLE, Scope


class Service:
    """Serves one instance.

    Args:
        scope: which rows requests may see.
    """

    def __init__(self, instance: Instance, limits: Limits, scope: Scope = EVERYTHING_VISIBLE) -> None:
        self._limits = limits
        self._scope = scope
        self.fingerprint = hashlib.sha256(shown(instance.url).encode()).hexdigest()[:8]
        self._catalog = Catalog(registries(), instance.columns)
        self._reader: Reader = reader_of(instance, limits)
        self._watcher = watching_reader_of(instance, limits, self._reader)
        self._api = build_api(self._catalog)
        self._prepare()

    @property
    def schema(self) -> GraphQLSchema:
        """The schema of what the instance has."""
        return self._api.schema

    async def startup(self) -> None:
        """Connect to the database."""
        for reader in {self._reader, self._watcher}:
            await reader.open()
        self._prepare()  # only now is it known what the database can do
        await self._features.load()

    def _prepare(self) -> None:
        dialect, fetch = self._reader.dialect, timed(self._reader.fetch)
        texts = SearchTexts(dialect, self._scope, self._watcher.fetch, self._limits.search_characters)
        loader = Loader(StatementCache(dialect), fetch, texts, self._scope, self._limits.rows)
        self._features = FeatureSource(self._catalog, dialect, self._scope, fetch)
        self._execution = Execution(self._api, partial(Planner, self._catalog, self._limits), loader, self._features)

    async def shutdown(self) -> None:
        """Disconnect from the database."""
        for reader in {self._reader, self._watcher}:
            await reader.close()

    async def ready(self) -> None:
        """Ask the database for an answer.

        Raises:
            LnqlError: if it gives none.
        """
        await self._reader.fetch("SELECT '1'", [])

    async def execute(self, document: Document, variables: dict[str, Any] | None) -> ExecutionResult:
        """Answer one operation; root fields hold finished JSON as `orjson.Fragment`."""
        return await self._execution.execute(document, variables)
