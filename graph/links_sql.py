"""The rows that link two others, in SQL: in the order in which they were made."""

import sqlalchemy as sa

from .dialects import Part
from .json_text import json_list, json_object
from .plan import Links
from .registry import ToMany
from .scalars import Kind
from .selection import Constant, Fact
from .statements import Draft

COLUMNS = {"databaseId": ("id", Kind.BIGINT), "slot": ("slot", Kind.STRING), "featureId": ("feature_id", Kind.BIGINT)}
"""The columns of link tables that are shown, by the names of their fields, and what they hold."""


def links_text(draft: Draft, item: Links, relation: ToMany, parents: sa.FromClause, rows: sa.FromClause) -> list[Part]:
    """Write the rows that link each of `rows` with its parent."""
    assert relation.link is not None  # noqa: S101  asked of relations through a link table only
    link = draft.table(relation.link.table)
    parts = json_object((part.key, [_fact(draft, part, link)]) for part in item.items)
    written = (
        sa.select(draft.dialect.compose(parts).label("row"))
        .where(link.c[relation.link.source.key] == parents.c[relation.local.key])
        .where(link.c[relation.link.target.key] == rows.c[relation.remote.key])
        .order_by(link.c.id)
        .correlate(parents, rows)
        .subquery(draft.alias("links"))
    )
    return [sa.select(draft.dialect.compose(json_list(draft.dialect, written.c.row))).scalar_subquery()]


def _fact(draft: Draft, part: Constant | Fact, link: sa.FromClause) -> Part:
    if isinstance(part, Constant):
        return part.json
    name, kind = COLUMNS[part.name]
    return draft.dialect.json(kind, link.c[name], nullable=True) if name in link.c else "null"
