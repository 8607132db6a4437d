"""The loader of a request: all root fields of an operation become one statement."""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any

import orjson
from strawberry.dataloader import DataLoader

from lnql.errors import TooComplexError

from .cache import Cache
from .dialects import Dialect
from .feature_catalog import Features, OutdatedError
from .plan import Plan, Shape
from .sql import compile_operation
from .statements import Statement
from .visibility import Scope

Fetch = Callable[[str, Sequence[Any]], Awaitable[Sequence[str | None]]]
"""Runs a statement and gives its one row."""


class StatementCache:
    """Finished statements by the shapes of their root fields and the scope; bounded, the longest unused go first."""

    def __init__(self, dialect: Dialect, size: int = 1000) -> None:
        self._dialect = dialect
        self._statements: Cache[Hashable, Statement] = Cache(size)

    def get(self, plans: Sequence[Plan], scope: Scope) -> Statement:
        """Give the statement that answers the plans, made if it is new."""
        known = _features(plans)
        guard = known[0].info if known else None
        key = (scope.name, guard, *(plan.shape for plan in plans))
        return self._statements.get(key) or self._statements.put(
            key, compile_operation(_based(plans), self._dialect, scope, guard)
        )


def _features(plans: Sequence[Plan]) -> list[Features]:
    return [plan.features for plan in plans if plan.features is not None]


def _based(plans: Sequence[Plan]) -> list[tuple[Shape, int]]:
    """Each shape with the place of its first value among the values of all plans."""
    based, base = [], 0
    for plan in plans:
        based.append((plan.shape, base))
        base += len(plan.values)
    return based


class OperationLoader:
    """Collects the plans of one operation and answers them together. It lives as long as a request.

    Raises:
        TooComplexError: if together they may return more than `most_rows` rows.
    """

    def __init__(self, statements: StatementCache, fetch: Fetch, scope: Scope, most_rows: int) -> None:
        self._statements = statements
        self._fetch = fetch
        self._scope = scope
        self._most_rows = most_rows
        self._loader: DataLoader[Plan, orjson.Fragment | None] = DataLoader(self._load_all, cache=False)

    async def load(self, plan: Plan) -> orjson.Fragment | None:
        """Give the finished JSON of a root field, or None where a look-up found no row."""
        return await self._loader.load(plan)

    async def _load_all(self, plans: list[Plan]) -> list[orjson.Fragment | None]:
        self._refuse_too_many(sum(plan.rows for plan in plans))
        statement = self._statements.get(plans, self._scope)
        values = [value for plan in plans for value in plan.values]
        row = await self._fetch(statement.text, statement.arguments(values))
        if any(features.version != row[-1] for features in _features(plans)):
            raise OutdatedError
        return [None if text is None else orjson.Fragment(text) for text in row[: len(plans)]]

    def _refuse_too_many(self, rows: int) -> None:
        if rows > self._most_rows:
            raise TooComplexError(
                f"The operation may return {rows} rows, by the product of its page sizes; "
                f"at most {self._most_rows} are allowed.",
                hint="Ask for smaller pages.",
            )
