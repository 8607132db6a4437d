"""What answers documents: an opened instance, its schema, its connections."""

from functools import partial
from typing import Any

from graphql import ExecutionResult, GraphQLSchema, execute
from graphql.execution import Executor
from orjson import Fragment

from lnql.models import registries
from lnql.models.database import Instance

from .connections import Reader, reader_of
from .context import RequestContext
from .documents import Document
from .feature_catalog import FeatureSource
from .loader import OperationLoader, StatementCache
from .planner import Planner
from .registry import Catalog
from .schema import build_schema
from .settings import Limits
from .visibility import EVERYTHING_VISIBLE, Scope


class FinishedValues(Executor[None]):
    """Lets JSON that the database has finished through as it is."""

    def complete_value(  # noqa: D102  the signature is graphql-core's
        self, return_type: Any, field_details_list: Any, info: Any, path: Any, result: Any, position_context: None
    ) -> Any:
        if isinstance(result, Fragment):
            return result
        return super().complete_value(return_type, field_details_list, info, path, result, position_context)


class Service:
    """Serves one instance.

    Args:
        scope: which rows requests may see.
    """

    def __init__(self, instance: Instance, limits: Limits, scope: Scope = EVERYTHING_VISIBLE) -> None:
        self._limits = limits
        self._scope = scope
        self._catalog = Catalog(registries(), instance.columns)
        self._reader: Reader = reader_of(instance, limits)
        self._prepare()
        self._schema = build_schema(self._catalog)

    @property
    def schema(self) -> GraphQLSchema:
        """The schema of what the instance has."""
        return self._schema

    async def startup(self) -> None:
        """Connect to the database."""
        await self._reader.open()
        self._prepare()  # only now is it known what the database can do
        await self._features.load()

    def _prepare(self) -> None:
        self._statements = StatementCache(self._reader.dialect)
        self._features = FeatureSource(self._catalog, self._reader.dialect, self._scope, self._reader.fetch)

    async def shutdown(self) -> None:
        """Disconnect from the database."""
        await self._reader.close()

    async def ready(self) -> None:
        """Ask the database for an answer.

        Raises:
            LnqlError: if it gives none.
        """
        await self._reader.fetch("SELECT '1'", [])

    async def execute(self, document: Document, variables: dict[str, Any] | None) -> ExecutionResult:
        """Answer one operation; root fields hold finished JSON as `orjson.Fragment`."""
        context = RequestContext(
            partial(Planner, self._catalog, self._limits),
            OperationLoader(self._statements, self._reader.fetch, self._scope, self._limits.rows),
            self._features,
        )
        result = execute(
            self._schema,
            document.ast,
            context_value=context,
            variable_values=variables,
            operation_name=document.operation.name.value if document.operation.name else None,
            executor_class=FinishedValues,
        )
        return result if isinstance(result, ExecutionResult) else await result
