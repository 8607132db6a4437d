"""From a document and its variables to an answer: plan the root fields, load them together, put the answer together.

graphql-core's executor is not needed for that: no value below a root field is resolved in Python. What is left of the
specification is here: the order of keys, `@skip` and `@include` at the root, and what an error does to the answer.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

import orjson
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

from .cache import Cache
from .documents import Document
from .feature_catalog import FeatureError, Features, FeatureSource
from .loader import Loader, Prepared
from .placeholders import LookedAtError, Path, Scalars, Variables, bound, put_placeholders
from .plan import Plan
from .planner import Planner
from .schema import Api
from .selection import Operation, Selection

MOST_ERRORS = 20
"""Mistakes that are looked for in the variables of an operation; each may need a suggestion, which takes time."""
PLANNED = 1000
"""Planned operations that are kept, for the next request with the same document."""
MOST_VARIABLES = 2_000
"""Bytes of the variables that a plan was made for, if it is kept: it holds on to them."""
Prepare = Callable[[Sequence[Plan]], Prepared]
"""Prepares planned root fields to be loaded together."""
PlannerOf = Callable[[Features, Operation], Planner]


def read_operation(
    schema: GraphQLSchema, document: Document, variables: Variables | None, free: Iterable[Path] = ()
) -> Operation | ExecutionResult:
    """Read the variables of an operation; what is wrong with them is its result. There are placeholders for `free`."""
    definitions = document.operation.variable_definitions or ()
    values = get_variable_values(schema, definitions, dict(variables or {}), max_errors=MOST_ERRORS)
    if isinstance(values, list):
        return ExecutionResult(None, values)
    put_placeholders(values.coerced, free)
    kind = document.operation.operation
    planned = {} if document.cost.directives else document.planned  # they may leave something out
    return Operation(schema, document.fragments, values, tuple(definitions), variables or {}, planned, kind)


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
        self._planned: Cache[Hashable, _Planned] = Cache(PLANNED)

    async def execute(self, document: Document, variables: Variables | None) -> ExecutionResult:
        """Answer one query; root fields hold finished JSON as `orjson.Fragment`."""
        return await self._execute(_Asked(document, variables, self._loader.prepare))

    async def table(self, document: Document, variables: Variables | None) -> ExecutionResult:
        """Answer one query whose root field is a list with a `Table`."""
        return await self._execute(_Asked(document, variables, self._loader.prepare_table))

    async def _execute(self, asked: "_Asked") -> ExecutionResult:
        try:
            return await self._features.answer(partial(self._answer, asked, final=False))
        except FeatureError:  # and the features are up to date
            return await self._features.answer(partial(self._answer, asked, final=True))

    async def _answer(self, asked: "_Asked", features: Features, *, final: bool) -> ExecutionResult:
        planned, free = self._find(asked, features, final)
        return planned if isinstance(planned, ExecutionResult) else await planned.answer(self._loader, free)

    def _find(self, asked: "_Asked", features: Features, final: bool) -> tuple["_Planned | ExecutionResult", Scalars]:
        """The operation as it is planned, and the scalars that it has placeholders for."""
        free, others = asked.document.free.split(asked.variables)
        text = orjson.dumps(others) if others else b""
        key = (asked.document, *free, text, asked.prepare, features)
        if known := self._planned.get(key):
            return known, free
        planned = self._plan_freely(asked, free, features, final)
        if planned is None:
            return self._find(asked, features, final)
        if free and isinstance(planned, _Planned) and planned.errors:  # these are to name values
            return self._plan_all(asked, (), features, final), {}
        if isinstance(planned, ExecutionResult):
            return planned, {}
        if planned.is_complete and len(orjson.dumps(asked.variables)) <= MOST_VARIABLES:
            self._planned.put(key, planned)
        return planned, free

    def _plan_freely(
        self, asked: "_Asked", free: Scalars, features: Features, final: bool
    ) -> "_Planned | ExecutionResult | None":
        """Plan with placeholders; None if one of the scalars matters, which is noted."""
        try:
            planned = self._plan_all(asked, free, features, final)
        except LookedAtError as error:
            asked.document.free.bind({error.path})
            return None
        except TypeError:  # what is written in C takes nothing but what it knows
            if not free:
                raise
            asked.document.free.bind(free)
            return None
        if isinstance(planned, _Planned) and (lost := free.keys() - planned.free):
            asked.document.free.bind(lost)
            return None
        return planned

    def _plan_all(
        self, asked: "_Asked", free: Iterable[Path], features: Features, final: bool
    ) -> "_Planned | ExecutionResult":
        operation = read_operation(self._api.schema, asked.document, asked.variables, free)
        if isinstance(operation, ExecutionResult):
            return operation
        selection = operation.select_root(asked.document.operation)
        return _Planned(self, operation, selection, features, asked.prepare, final)

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


class _Asked(NamedTuple):
    """An operation as it is asked for."""

    document: Document
    variables: Variables | None
    prepare: Prepare


class _Planned:
    """An operation as it is planned; the answer to it, but for what is loaded.

    It depends on the document, on the features, and on what the variables hold beside the scalars that it has
    placeholders for, so that it can be answered again. `final` takes what does not fit the features for an error; else
    it is raised, for they may be outdated.
    """

    def __init__(
        self,
        execution: Execution,
        operation: Operation,
        selection: Selection,
        features: Features,
        prepare: Prepare,
        final: bool,
    ) -> None:
        self._final = final
        self._execution = execution
        self._operation = operation
        self._selection = selection
        self._features = features
        self._data: dict[str, Any] | None = {}
        self.errors: list[GraphQLError] = []
        plans = {key: plan for key, _, nodes in selection.items() if (plan := self._plan(key, nodes))}
        self._keys = tuple(plans)
        self._prepared = self._prepare(list(plans.values()), prepare)

    @property
    def is_complete(self) -> bool:
        """Whether all of it but `__typename` is loaded and nothing is wrong."""
        known = [key for key, name, _ in self._selection.items() if name == "__typename"]
        unloaded = len(self._selection.fields) - len(self._keys) - len(known)
        return self._prepared is not None and not self.errors and not unloaded

    @property
    def free(self) -> set[Path]:
        """The scalars that it has placeholders for."""
        return bound(self._prepared.values) if self._prepared else set()

    async def answer(self, loader: Loader, given: Scalars) -> ExecutionResult:
        """Load what is planned, with what is given for placeholders."""
        if self._data is None or self._prepared is None:
            return ExecutionResult(self._data, self.errors or None)
        try:
            loaded = await loader.load(self._prepared, given)
        except LnqlError as error:
            failed, data = self._failure(error, self._keys[0])
            return ExecutionResult(data, [*self.errors, failed])
        return ExecutionResult(self._data | dict(zip(self._keys, loaded, strict=True)), self.errors or None)

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
            self._fail(error, key)
            return None

    def _prepare(self, plans: list[Plan], prepare: Prepare) -> Prepared | None:
        if self._data is None or not plans:
            return None
        try:
            return prepare(plans)
        except LnqlError as error:
            self._fail(error, self._keys[0])
            return None

    def _fail(self, error: Exception, key: str) -> None:
        """Note an error."""
        failed, self._data = self._failure(error, key)
        self.errors.append(failed)

    def _failure(self, error: Exception, key: str) -> tuple[GraphQLError, dict[str, Any] | None]:
        """An error of a root field, and the data with it: none at all where the field may not be null."""
        nodes = self._selection.fields[key]
        may_be_null = not is_non_null_type(self._operation.root.fields[nodes[0].name.value].type)
        return GraphQLError(str(error), nodes, path=[key], original_error=error), self._data if may_be_null else None
