"""The loader: all root fields of an operation become one statement, whose text is kept for the next of its shape."""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any

import orjson

from lnql.errors import TooComplexError

from .cache import Cache
from .columns import Table, in_columns, table_of
from .dialects import Dialect
from .feature_catalog import Features, OutdatedError
from .plan import Plan, Shape
from .search_texts import SearchTexts
from .sql import compile_operation
from .statements import Statement
from .visibility import Scope

Fetch = Callable[[str, Sequence[Any]], Awaitable[Sequence[Any]]]
"""Runs a statement and gives its one row."""


class StatementCache:
    """Finished statements by the shapes of their root fields and the scope; bounded, the longest unused go first."""

    def __init__(self, dialect: Dialect, size: int = 1000) -> None:
        self.dialect = dialect
        self._statements: Cache[Hashable, Statement] = Cache(size)

    def get(self, plans: Sequence[Plan], scope: Scope) -> Statement:
        """Give the statement that answers the plans, made if it is new."""
        known = _features(plans)
        guard = known[0].info if known else None
        key = (scope.name, guard, *(plan.shape for plan in plans))
        return self._statements.get(key) or self._statements.put(
            key, compile_operation(_based(plans), self.dialect, scope, guard)
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


class Loader:
    """Answers the plans of one operation together: in one statement, and one more before it if they search.

    `most_rows` is how many rows an operation may return.
    """

    def __init__(
        self, statements: StatementCache, fetch: Fetch, texts: SearchTexts, scope: Scope, most_rows: int
    ) -> None:
        self._statements = statements
        self._texts = texts
        self._fetch = fetch
        self._scope = scope
        self._most_rows = most_rows

    async def load(self, plans: Sequence[Plan]) -> list[orjson.Fragment | None]:
        """Give the finished JSON of each root field, or None where a look-up found no row.

        Raises:
            TooComplexError: if together they may return too many rows.
            OutdatedError: if the features that they were planned with have changed.
        """
        if not plans:
            return []
        row = await self._row(plans)
        return [None if text is None else orjson.Fragment(text) for text in row[: len(plans)]]

    async def load_table(self, plans: Sequence[Plan]) -> list[Table]:
        """Give the table of the one root field; see `load`.

        Raises:
            InvalidError: if what is planned is no table.
        """
        plan, columns = in_columns(plans)
        return [table_of(columns, await self._row([plan]), self._statements.dialect.read_list)]

    async def _row(self, plans: Sequence[Plan]) -> Sequence[Any]:
        self._refuse_too_many(sum(plan.rows for plan in plans))
        statement = self._statements.get(plans, self._scope)
        values = await self._texts.ranked([value for plan in plans for value in plan.values])
        row = await self._fetch(statement.text, statement.arguments(values))
        if any(features.version != row[-1] for features in _features(plans)):
            raise OutdatedError
        return row

    def _refuse_too_many(self, rows: int) -> None:
        if rows > self._most_rows:
            raise TooComplexError(
                f"The operation may return {rows} rows, by the product of its page sizes; "
                f"at most {self._most_rows} are allowed.",
                hint="Ask for smaller pages.",
            )
