"""From a document and its variables to an answer: plan the root fields, load them together, put the answer together.

graphql-core's executor is not needed for that: no value below a root field is resolved in Python. What is left of the
specification is here: the order of keys, `@skip` and `@include` at the root, and what an error does to the answer.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    execute_sync,
    is_non_null_type,
)
from graphql.execution.values import get_variable_values

from lnql.errors import LnqlError

from .documents import Document
from .feature_catalog import FeatureError, Features, FeatureSource
from .loader import Loader
from .plan import Plan
from .planner import Planner
from .schema import Api
from .selection import Operation, Selection

MOST_ERRORS = 20
"""Mistakes that are looked for in the variables of an operation; each may need a suggestion, which takes time."""
Load = Callable[[Sequence[Plan]], Awaitable[Sequence[Any]]]
"""Loads planned root fields together."""
PlannerOf = Callable[[Features, Operation], Planner]


def read_operation(
    schema: GraphQLSchema, document: Document, variables: Mapping[str, Any] | None
) -> Operation | ExecutionResult:
    """Read the variables of an operation; what is wrong with them is its result."""
    definitions = document.operation.variable_definitions or ()
    values = get_variable_values(schema, definitions, dict(variables or {}), max_errors=MOST_ERRORS)
    if isinstance(values, list):
        return ExecutionResult(None, values)
    kind = document.operation.operation
    return Operation(schema, document.fragments, values, tuple(definitions), variables or {}, kind)


class Execution:
    """Executes queries.

    Args:
        planner: makes the planner of one root field.
    """

    def __init__(self, api: Api, planner: PlannerOf, loader: Loader, features: FeatureSource) -> None:
        self._api = api
        self._planner = planner
        self._loader = loader
        self._features = features

    async def execute(self, document: Document, variables: Mapping[str, Any] | None) -> ExecutionResult:
        """Answer one query; root fields hold finished JSON as `orjson.Fragment`."""
        return await self._execute(document, variables, self._loader.load)

    async def table(self, document: Document, variables: Mapping[str, Any] | None) -> ExecutionResult:
        """Answer one query whose root field is a list with a `Table`."""
        return await self._execute(document, variables, self._loader.load_table)

    async def _execute(self, document: Document, variables: Mapping[str, Any] | None, load: Load) -> ExecutionResult:
        operation = read_operation(self._api.schema, document, variables)
        if isinstance(operation, ExecutionResult):
            return operation
        selection = operation.select_root(document.operation)

        async def attempt(features: Features, *, final: bool = False) -> ExecutionResult:
            return await _Answer(self, operation, selection, features, final).give(load)

        try:
            return await self._features.answer(attempt)
        except FeatureError:  # and the features are up to date
            return await self._features.answer(partial(attempt, final=True))

    def plan(self, features: Features, operation: Operation, nodes: list[FieldNode]) -> Plan | None:
        """Plan one root field."""
        name = nodes[0].name.value
        arguments = operation.arguments(operation.root.fields[name], nodes[0])
        return self._api.plans[name](self._planner(features, operation), arguments, nodes)

    def introspect(self, operation: Operation, key: str, nodes: list[FieldNode]) -> Any:
        """Answer a root field about the schema, `__typename` included."""
        if nodes[0].name.value == "__typename":
            return operation.root.name
        definition = OperationDefinitionNode(
            operation=OperationType.QUERY,
            variable_definitions=operation.variable_definitions,
            selection_set=SelectionSetNode(selections=tuple(nodes)),
        )
        document = DocumentNode(definitions=(definition, *operation.fragments.values()))
        answer = execute_sync(self._api.schema, document, variable_values=dict(operation.given))
        return (answer.data or {})[key]


class _Answer:
    """The answer to one operation in the making: the data of its root fields, and the errors.

    `final` takes what does not fit the features for an error; else it is raised, for the features may be outdated.
    """

    def __init__(
        self, execution: Execution, operation: Operation, selection: Selection, features: Features, final: bool
    ) -> None:
        self._final = final
        self._execution = execution
        self._operation = operation
        self._selection = selection
        self._features = features
        self._data: dict[str, Any] | None = {}
        self._errors: list[GraphQLError] = []

    async def give(self, load: Load) -> ExecutionResult:
        plans = {key: plan for key, _, nodes in self._selection.items() if (plan := self._plan(key, nodes))}
        if self._data is not None and plans:
            try:
                loaded = await load(list(plans.values()))
            except LnqlError as error:
                first = next(iter(plans))
                self._fail(error, first, self._selection.fields[first])
            else:
                self._data |= dict(zip(plans, loaded, strict=True))
        return ExecutionResult(self._data, self._errors or None)

    def _plan(self, key: str, nodes: list[FieldNode]) -> Plan | None:
        """Plan a root field; what is known without the database, or is an error, is noted at once."""
        if self._data is None:
            return None
        self._data[key] = None  # keeps its place among the keys
        if nodes[0].name.value.startswith("__"):
            self._data[key] = self._execution.introspect(self._operation, key, nodes)
            return None
        try:
            return self._execution.plan(self._features, self._operation, nodes)
        except (LnqlError, GraphQLError) as error:
            if isinstance(error, FeatureError) and not self._final:
                raise
            self._fail(error, key, nodes)
            return None

    def _fail(self, error: Exception, key: str, nodes: list[FieldNode]) -> None:
        """Note an error; where its field may not be null, there is no data at all."""
        self._errors.append(GraphQLError(str(error), nodes, path=[key], original_error=error))
        if is_non_null_type(self._operation.root.fields[nodes[0].name.value].type):
            self._data = None
