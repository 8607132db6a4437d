"""Where a page lies in its list, in SQL.

One more row than the page's size is there where there are rows beyond it. Each row has its `cursor`, and where they are
written as JSON its `number` in the order in which the page was taken; numbering rows of many columns takes as long as
all else, so that rows in columns have none.
"""

from typing import Any

import sqlalchemy as sa

from .dialects import Dialect, Part, Text, concat, constant
from .json_text import json_object
from .order_keys import Page
from .plan import PageInfo
from .selection import Constant, Fact

SAME_LENGTH = 10**9
"""What is added to numbers so that all have as many digits."""


def page_info(
    dialect: Dialect, item: PageInfo, page: Page, rows: sa.FromClause, size: sa.ColumnElement[int]
) -> list[Part]:
    """Write what is selected of a page of so many rows."""
    return json_object((part.key, [_fact(dialect, part, page, rows, size)]) for part in item.items)


def _fact(
    dialect: Dialect, part: Constant | Fact, page: Page, rows: sa.FromClause, size: sa.ColumnElement[int]
) -> Part:
    if isinstance(part, Constant):
        return part.json
    match part.name, page.backward:
        case (("startCursor" | "endCursor"), _) if "number" not in rows.c:
            return _text(_listed_cursor(dialect, rows, size, page.backward, last=part.name == "endCursor"))
        case ("startCursor", False) | ("endCursor", True):
            return _text(sa.funcfilter(sa.func.max(rows.c.cursor), *_first(rows, size)))
        case ("startCursor", True) | ("endCursor", False):
            return _text(_last_cursor(rows, size))
        case ("hasNextPage", False) | ("hasPreviousPage", True):
            beyond = page.after if page.backward else page.before
            return "true" if beyond is not None else _boolean(sa.func.count() > size)
        case _:
            behind = page.before if page.backward else page.after
            return "true" if behind is not None or page.offset is not None else "false"


def _first(rows: sa.FromClause, size: sa.ColumnElement[int]) -> list[sa.ColumnElement[bool]]:
    return [rows.c.number == sa.literal_column("1"), rows.c.number <= size]


def _last_cursor(rows: sa.FromClause, size: sa.ColumnElement[int]) -> Text:
    """The cursor with the largest number, which stands before it while they are compared.

    To know beforehand how many rows there are would take a window that sorts them once more.
    """
    number = sa.cast(rows.c.number + sa.literal_column(str(SAME_LENGTH)), sa.Text())
    last = sa.funcfilter(sa.func.max(number + rows.c.cursor, type_=sa.Text()), rows.c.number <= size)
    return sa.func.substr(last, sa.literal_column(str(len(str(SAME_LENGTH)) + 1)), type_=sa.Text())


def _listed_cursor(
    dialect: Dialect, rows: sa.FromClause, size: sa.ColumnElement[int], backward: bool, *, last: bool
) -> Text:
    """The cursor of the first or the last row of the page; the row beyond it comes last, or first if it is backward."""
    count, one = sa.func.count(), sa.literal_column("1", sa.BigInteger())
    kept = sa.case((count > size, size), else_=count)
    first = count - kept + one if backward else one
    place = first + kept - one if last else first
    return sa.case((kept > sa.literal_column("0"), dialect.item(rows.c.cursor, place)), else_=sa.null())


def _text(cursor: sa.ColumnElement[Any]) -> Text:
    """A cursor, or null on an empty page."""
    return sa.func.coalesce(concat(['"', cursor, '"']), constant("null"), type_=sa.Text())


def _boolean(condition: sa.ColumnElement[bool]) -> Text:
    return sa.case((condition, constant("true")), else_=constant("false"))
