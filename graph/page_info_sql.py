"""Where a page lies in its list, in SQL.

The rows of a page are numbered in its order, `found` says how many there are: one more than its size where there are
rows beyond it. Each has its `cursor`.
"""

import sqlalchemy as sa

from .dialects import Part, Text, concat, constant
from .json_text import json_object
from .order_keys import Page
from .plan import PageFact, PageInfo
from .selection import Constant


def page_info(item: PageInfo, page: Page, rows: sa.FromClause, size: sa.ColumnElement[int]) -> list[Part]:
    """Write what is selected of a page of so many rows."""
    return json_object((part.key, [_fact(part, page, rows, size)]) for part in item.items)


def _fact(part: Constant | PageFact, page: Page, rows: sa.FromClause, size: sa.ColumnElement[int]) -> Part:
    if isinstance(part, Constant):
        return part.json
    match part.name, page.backward:
        case ("startCursor", False) | ("endCursor", True):
            return _cursor(rows, rows.c.number == sa.literal_column("1"), size)
        case ("startCursor", True) | ("endCursor", False):
            return _cursor(rows, sa.or_(rows.c.number == size, rows.c.number == rows.c.found), size)
        case ("hasNextPage", False) | ("hasPreviousPage", True):
            beyond = page.after if page.backward else page.before
            return "true" if beyond is not None else _boolean(sa.func.count() > size)
        case _:
            behind = page.before if page.backward else page.after
            return "true" if behind is not None or page.offset is not None else "false"


def _cursor(rows: sa.FromClause, where: sa.ColumnElement[bool], size: sa.ColumnElement[int]) -> Text:
    """The cursor of one row; null on an empty page."""
    found = sa.funcfilter(sa.func.max(rows.c.cursor), where, rows.c.number <= size)
    return sa.func.coalesce(concat(['"', found, '"']), constant("null"), type_=sa.Text())


def _boolean(condition: sa.ColumnElement[bool]) -> Text:
    return sa.case((condition, constant("true")), else_=constant("false"))
