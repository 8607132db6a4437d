"""From the plans of an operation to its one statement.

SELECT (root field as JSON text), (root field as JSON text), …
"""

import operator
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from .connection_sql import ConnectionSql, RowWriter
from .dialects import Dialect, Text, constant
from .feature_guard import Guard
from .json_text import json_list
from .plan import ByIds, Connection, Lookup, Overview, Shape
from .registry import RegistryInfo
from .scalars import Kind
from .search_state import seen_text
from .statements import Draft, Statement
from .visibility import Scope, on_main


def compile_operation(
    shapes: Sequence[tuple[Shape, int]],
    dialect: Dialect,
    scope: Scope,
    guard: Guard | None = None,
    *,
    searched: Sequence[RegistryInfo] = (),
) -> Statement:
    """Make the statement that answers all root fields of an operation, one column each; those of a table follow.

    Each root field is given by its shape and the place of its first value among all values of the operation. With a
    `guard`, one more column, the last, says what the features are now that were asked for. One more before it says in
    which state the database is searched, if it is.
    """
    draft = Draft(dialect, scope)
    state = [seen_text(draft, searched)] if searched else []
    features = [] if guard is None else [guard.column(draft)]
    return draft.finish(_select(draft, shapes).add_columns(*state, *features))


def _select(draft: Draft, shapes: Sequence[tuple[Shape, int]]) -> sa.Select[Any]:
    match shapes:
        case [(Connection() as only, _)]:  # a sub-select would copy the whole text once more
            return ConnectionSql(draft, only, None).select()
    roots = []
    for shape, base in shapes:
        draft.base = base
        roots.append(_root(draft, shape))
    return sa.select(*roots)


def _root(draft: Draft, shape: Shape) -> sa.ColumnElement[Any]:
    match shape:
        case Connection():
            return ConnectionSql(draft, shape, None).select().scalar_subquery()
        case Lookup():
            return _lookup(draft, shape)
        case ByIds():
            return _by_ids(draft, shape)
        case Overview(parts):
            return draft.dialect.compose(part if isinstance(part, str) else _count(draft, part) for part in parts)


def _count(draft: Draft, info: RegistryInfo) -> Text:
    """Count the rows that the list of a registry has."""
    rows = draft.rows(info)
    select = sa.select(sa.cast(sa.func.count(), sa.Text())).select_from(rows)
    return (select if info.branch is None else select.where(on_main(info, rows))).scalar_subquery()


def _lookup(draft: Draft, shape: Lookup) -> sa.ColumnElement[Any]:
    rows = draft.rows(shape.node.registry)
    writer = RowWriter(draft, rows)
    text = draft.dialect.compose(writer.node(shape.node, rows))
    value, operand = draft.value(shape.field, rows), draft.operand(shape.field.kind, shape.operand)
    found = draft.dialect.compare(operator.eq, value, operand)
    return sa.select(text).select_from(writer.joined).where(found).scalar_subquery()


def _by_ids(draft: Draft, shape: ByIds) -> sa.ColumnElement[Any]:
    ids = draft.dialect.pairs(draft.operand(Kind.BIGINT, shape.operand))
    writer = RowWriter(draft, ids)
    texts = {}
    for number, node in enumerate(shape.arms):
        arm = sa.literal_column(str(number), sa.Integer())
        rows = draft.rows(node.registry)
        own = sa.and_(ids.c.arm == arm, rows.c[node.registry.key.column.key] == ids.c.key)
        texts[arm] = writer.optional(node, rows, own)
    text = sa.case(texts, value=ids.c.arm) if texts else constant("null")
    listed = sa.select(text.label("row")).select_from(writer.joined).order_by(ids.c.position).subquery()
    return sa.select(draft.dialect.compose(json_list(draft.dialect, listed.c.row))).scalar_subquery()
