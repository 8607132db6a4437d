"""Where a page lies in its list, in SQL.

The rows of a page are numbered in its order, and one more than its size are there where there are rows beyond it. Each
has its `cursor`.
"""

from typing import Any

import sqlalchemy as sa

from .dialects import Part, Text, concat, constant
from .json_text import json_object
from .order_keys import Page
from .plan import PageFact, PageInfo
from .selection import Constant

SAME_LENGTH = 10**9
"""What is added to numbers so that all have as many digits."""


def page_info(item: PageInfo, page: Page, rows: sa.FromClause, size: sa.ColumnElement[int]) -> list[Part]:
    """Write what is selected of a page of so many rows."""
    return json_object((part.key, [_fact(part, page, rows, size)]) for part in item.items)


def _fact(part: Constant | PageFact, page: Page, rows: sa.FromClause, size: sa.ColumnElement[int]) -> Part:
    if isinstance(part, Constant):
        return part.json
    match part.name, page.backward:
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


def _text(cursor: sa.ColumnElement[Any]) -> Text:
    """A cursor, or null on an empty page."""
    return sa.func.coalesce(concat(['"', cursor, '"']), constant("null"), type_=sa.Text())


def _boolean(condition: sa.ColumnElement[bool]) -> Text:
    return sa.case((condition, constant("true")), else_=constant("false"))
