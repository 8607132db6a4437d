"""Following a relation in SQL."""

from typing import Any

import sqlalchemy as sa

from .registry import ToMany, ToOne
from .statements import Draft


def related_rows(draft: Draft, relation: ToOne | ToMany) -> tuple[sa.FromClause, sa.FromClause, sa.ColumnElement[Any]]:
    """What to select from, the related rows in it, and the column in it that equals the relation's own column."""
    target = draft.rows(relation.target)
    remote = target.c[relation.remote.key]
    if isinstance(relation, ToOne) or relation.link is None:
        return target, target, remote
    link = draft.table(relation.link.table)
    joined = link.join(target, remote == link.c[relation.link.target.key])
    return joined, target, link.c[relation.link.source.key]


def count_related(draft: Draft, relation: ToMany, rows: sa.FromClause) -> sa.ColumnElement[int]:
    """Count the different rows that each of the given rows is related to."""
    related, target, owner = related_rows(draft, relation)
    key = target.c[relation.target.key.column.key]
    count = sa.func.count(key.distinct()) if relation.link else sa.func.count()
    select = sa.select(count).select_from(related).where(owner == rows.c[relation.local.key])
    return select.correlate(rows).scalar_subquery()
