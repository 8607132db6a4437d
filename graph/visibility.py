"""What a request may see, attached to the table and not to the answer.

`source` is the only place where a registry's table becomes part of a statement; every occurrence (root, join, EXISTS,
count, order key) comes from it. A registry's rows are filtered by the request's *scope*, which is security. LaminDB's
branch rule is something else, a default filter on the registry that is asked for; it is made here as well.
"""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from msgspec import Struct

from lnql.models.branches import MAIN

from .registry import RegistryInfo

IsVisible = Callable[[sa.Table], sa.ColumnElement[bool]]
Alias = Callable[[sa.Table], sa.FromClause]


class Scope(Struct, frozen=True):
    """The rows that a request may see.

    Args:
        name: tells scopes apart whose SQL differs; statements are cached by it.
        predicate: which rows of a registry's table are visible; None lets all through.
    """

    name: str
    predicate: IsVisible | None = None


EVERYTHING_VISIBLE = Scope("everything")


def source(info: RegistryInfo, scope: Scope, alias: Alias = sa.Table.alias) -> sa.FromClause:
    """Give a registry's visible rows under an alias of their own, with the columns that the database has."""
    if scope.predicate is None:
        return alias(info.table)
    columns = [field.column for field in info.fields.values()]
    return sa.select(*columns).where(scope.predicate(info.table)).subquery()


def on_main(info: RegistryInfo, rows: sa.FromClause) -> sa.ColumnElement[bool]:
    """The branch rule as a condition."""
    assert info.branch is not None  # noqa: S101  `keeps_branch_rule` asked
    return rows.c[info.branch.column.key] == sa.literal_column(str(MAIN), sa.Integer())


def keeps_branch_rule(info: RegistryInfo, filter_: Mapping[str, Any]) -> bool:
    """Tell whether a filter argument leaves LaminDB's branch rule in force.

    It is lifted by `uid`, `databaseId` or `hash` with `eq` or `in` at the top level, and by a condition on the branch
    at any depth of and, or and not; never by one inside a relation (SEMANTICS 2.1, DESIGN 4.4).
    """
    if info.branch is None:
        return False
    names_rows = any({"eq", "in"} & filter_.get(name, {}).keys() for name in ("uid", "databaseId", "hash"))
    return not names_rows and not _speaks_of_branch(filter_)


def _speaks_of_branch(filter_: Mapping[str, Any]) -> bool:
    nested = [*filter_.get("and", ()), *filter_.get("or", ()), *([filter_["not"]] if "not" in filter_ else ())]
    return "branch" in filter_ or "branchId" in filter_ or any(_speaks_of_branch(part) for part in nested)
