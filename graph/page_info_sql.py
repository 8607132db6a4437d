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


def needs_rows(item: PageInfo, page: Page) -> bool:
    """Whether something is selected that only the rows of the page tell."""
    return any(_foreseen(part, page) is None for part in item.items)


def page_info(
    dialect: Dialect, item: PageInfo, page: Page, rows: sa.FromClause | None, size: sa.ColumnElement[int]
) -> list[Part]:
    """Write what is selected of a page of so many rows, which have to be given where it `needs_rows`."""
    return json_object((part.key, [_fact(dialect, part, page, rows, size)]) for part in item.items)


def _foreseen(part: Constant | Fact, page: Page) -> str | None:
    """What is so whatever rows the page has."""
    if isinstance(part, Constant):
        return part.json
    beyond, behind = (page.after, page.before) if page.backward else (page.before, page.after)
    match part.name, page.backward:
        case ("hasNextPage", False) | ("hasPreviousPage", True):
            return None if beyond is None else "true"
        case (("hasNextPage" | "hasPreviousPage"), _):
            return "false" if behind is None and page.offset is None else "true"
        case _:
            return None


def _fact(
    dialect: Dialect, part: Constant | Fact, page: Page, rows: sa.FromClause | None, size: sa.ColumnElement[int]
) -> Part:
    if (foreseen := _foreseen(part, page)) is not None:
        return foreseen
    assert isinstance(part, Fact) and rows is not None  # noqa: S101, PT018  it `needs_rows`
    match part.name, page.backward:
        case (("startCursor" | "endCursor"), _) if "number" not in rows.c:
            return _text(_listed_cursor(dialect, rows, size, page.backward, last=part.name == "endCursor"))
        case ("startCursor", False) | ("endCursor", True):
            return _text(sa.funcfilter(sa.func.max(rows.c.cursor), *_first(rows, size)))
        case (("startCursor" | "endCursor"), _):
            return _text(_last_cursor(rows, size))
        case _:
            return _boolean(sa.func.count() > size)


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
