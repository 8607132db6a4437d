"""Several ways to an answer in one statement, which chooses among them while it runs.

What the choice depends on is worked out once; a way that is not taken has a limit of 0, which ends it before it begins.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

Number = sa.ColumnElement[Any]


def number(value: int) -> Number:
    """A number in the text of the statement."""
    return sa.literal_column(str(value), sa.BigInteger())


NONE = number(0)


def bound(numbers: tuple[int, int], size: Number) -> Number:
    """So many, and so many for each row of a page."""
    constant, per_row = map(number, numbers)
    return constant + per_row * size


def unless(done: Sequence[sa.ColumnElement[bool]], size: Number) -> Number:
    """A limit: nothing if one of these is true."""
    return sa.case(*((one, NONE) for one in done), else_=size) if done else size


def first_of(select: sa.Select[Any], most: Number) -> sa.Select[Any]:
    """The first rows of a query, at most so many."""
    return select.limit(most).offset(NONE)  # SQLAlchemy binds an offset of its own where there is none


def materialized(select: sa.Select[Any], name: str) -> sa.CTE:
    """Rows that are found once, however often they are asked for, and not before."""
    return select.cte(name).prefix_with("MATERIALIZED")


def once(value: sa.ColumnElement[Any], name: str) -> Number:
    """A value that is worked out once."""
    return sa.select(materialized(sa.select(value.label("value")), name).c.value).scalar_subquery()


def count(rows: sa.FromClause) -> Number:
    """Count rows."""
    return sa.select(sa.func.count()).select_from(rows).scalar_subquery()
