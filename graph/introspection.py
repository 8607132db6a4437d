"""Questions about the schema: answered apart from data, because the answer is large and always the same."""

import asyncio
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLSchema, execute_sync

from .cache import Cache
from .documents import Document

ANSWERS = 16
"""Answers kept; that to the usual introspection query has a megabyte."""


class Introspection:
    """Executes operations without data fields: in a thread, so that others go on meanwhile, and each one once."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._answers: Cache[Document, ExecutionResult] = Cache(ANSWERS)

    async def execute(
        self, document: Document, variables: dict[str, Any] | None, _: str | None = None
    ) -> ExecutionResult:
        """The result of one operation."""
        answer = self._answers.get(document)
        if answer:
            return answer
        len(self._schema.type_map)  # makes all types: not in a thread, while others are asked for here
        result = await asyncio.to_thread(self._execute, document, variables)
        if document.operation.variable_definitions or result.errors:
            return result
        return self._answers.put(document, result)

    def _execute(self, document: Document, variables: dict[str, Any] | None) -> ExecutionResult:
        result = execute_sync(self._schema, document.ast, variable_values=variables, operation_name=document.name)
        finished = {key: orjson.Fragment(orjson.dumps(value)) for key, value in (result.data or {}).items()}
        return result if result.errors else ExecutionResult(finished)
