"""Rows in columns, in SQL: the values of each selected field in one list, in the order of the page."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from .columns import kind_of_item
from .dialects import concat, constant
from .plan import Columns, GlobalId, NodeItem, Scalar
from .registry import RegistryInfo
from .selection import Constant
from .statements import Draft


def row_columns(draft: Draft, columns: Columns, rows: sa.FromClause) -> Iterable[sa.ColumnElement[Any]]:
    """Give the values of each row."""
    node = columns.node
    return [_value(draft, item, node.registry, rows).label(_label(n)) for n, item in enumerate(node.items)]


def listed_columns(draft: Draft, columns: Columns, rows: sa.FromClause) -> Iterable[sa.ColumnElement[Any]]:
    """List the values of all rows."""
    items = enumerate(columns.node.items)
    return [draft.dialect.list_of(kind_of_item(item), rows.c[_label(n)]) for n, item in items]


def _label(number: int) -> str:
    return f"column_{number}"


def _value(draft: Draft, item: NodeItem, info: RegistryInfo, rows: sa.FromClause) -> sa.ColumnElement[Any]:
    match item:
        case Scalar():
            return draft.value(item.field, rows)
        case GlobalId():
            return concat([f"{info.name}:", sa.cast(rows.c[info.key.column.key], sa.Text())])
        case Constant():
            return constant(item.json.strip('"'))
    raise TypeError(item)
