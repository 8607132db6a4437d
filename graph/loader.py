"""The loader: all root fields of an operation become one statement, whose text is kept for the next of its shape."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any

import orjson
from msgspec import Struct

from lnql.errors import TooComplexError

from .cache import Cache
from .columns import in_columns, table_of
from .dialects import Dialect
from .feature_guard import Guard, Relied, relied_on
from .placeholders import Scalars, filled
from .plan import Plan, Shape
from .readers import Fetch, Row
from .searching import Searching, searched_by
from .sql import compile_operation
from .statements import Statement
from .visibility import Scope


class StatementCache:
    """Finished statements by the shapes of their root fields and the scope; bounded, the longest unused go first."""

    def __init__(self, dialect: Dialect, size: int = 1000) -> None:
        self.dialect = dialect
        self._statements: Cache[Hashable, Statement] = Cache(size)

    def get(self, plans: Sequence[Plan], scope: Scope, guard: Guard | None) -> Statement:
        """Give the statement that answers the plans, made if it is new."""
        key = (scope.name, guard, *(plan.shape for plan in plans))
        return self._statements.get(key) or self._statements.put(
            key,
            compile_operation(_based(plans), self.dialect, scope, guard, searched=searched_by(_values(plans))),
        )


def _values(plans: Sequence[Plan]) -> list[Any]:
    return [value for plan in plans for value in plan.values]


def _based(plans: Sequence[Plan]) -> list[tuple[Shape, int]]:
    """Each shape with the place of its first value among the values of all plans."""
    based, base = [], 0
    for plan in plans:
        based.append((plan.shape, base))
        base += len(plan.values)
    return based


Read = Callable[[Row], list[Any]]


class Prepared(Struct, frozen=True, eq=False):
    """An operation ready to run any number of times: its statement, its values, and how the row is read.

    Values may be placeholders. What an operation that searches finds is looked for each time.
    """

    statement: Statement
    values: Sequence[Any]
    searches: bool
    relied: Relied
    read: Read


class Loader:
    """Answers the plans of one operation together: in one statement.

    `most_rows` is how many rows an operation may return.
    """

    def __init__(
        self, statements: StatementCache, fetch: Fetch, searching: Searching, scope: Scope, most_rows: int
    ) -> None:
        self._statements = statements
        self.searching = searching
        self._fetch = fetch
        self._scope = scope
        self._most_rows = most_rows

    def prepare(self, plans: Sequence[Plan]) -> Prepared:
        """Prepare to load the finished JSON of each root field, or None where a look-up finds no row.

        Raises:
            TooComplexError: if together they may return too many rows.
        """
        return self._prepare(plans, partial(_fragments, len(plans)))

    def prepare_table(self, plans: Sequence[Plan]) -> Prepared:
        """Prepare to load the table of the one root field.

        Raises:
            InvalidError: if what is planned is no table.
            TooComplexError: if it may have too many rows.
        """
        plan, columns, page = in_columns(plans)
        read_list = self._statements.dialect.read_list
        return self._prepare([plan], lambda row: [table_of(columns, page, row, read_list)])

    def _prepare(self, plans: Sequence[Plan], read: Read) -> Prepared:
        self._refuse_too_many(sum(plan.rows for plan in plans))
        values = _values(plans)
        relied = relied_on((plan.features for plan in plans if plan.features), len(values))
        statement = self._statements.get(plans, self._scope, relied.guard)
        return Prepared(statement, [*values, *relied.values], bool(searched_by(values)), relied, read)

    async def load(self, prepared: Prepared, given: Scalars) -> list[Any]:
        """Load the root fields of an operation; `given` are the values that it has placeholders for.

        Raises:
            OutdatedError: if the features that they were planned with have changed.
        """
        statement, values = prepared.statement, filled(prepared.values, given)
        if prepared.searches:
            row = await self.searching.answer(statement, values, -1 if prepared.relied.guard is None else -2)
        else:
            row = await self._fetch(statement.text, statement.arguments(values))
        prepared.relied.check(row[-1])
        return prepared.read(row)

    def _refuse_too_many(self, rows: int) -> None:
        if rows > self._most_rows:
            raise TooComplexError(
                f"The operation may return {rows} rows, by the product of its page sizes; "
                f"at most {self._most_rows} are allowed.",
                hint="Ask for smaller pages.",
            )


def _fragments(count: int, row: Row) -> list[Any]:
    """The root fields as finished JSON; what follows them in the row is not theirs."""
    return [None if text is None else orjson.Fragment(text) for text in row[:count]]
