"""Rows of an instance summed up in plain Python: what aggregates and groups are compared with."""

from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa

from lnql.graph.measures import FUNCTIONS, Dimension
from lnql.graph.registry import Catalog, Field, RegistryInfo, ToOne
from lnql.graph.scalars import Kind
from lnql.graph.visibility import Scope
from lnql.models import registries

from .conftest import Json, Sql

CATALOG = Catalog(registries())
Row = dict[str, Any]


def _odd(table: sa.Table) -> sa.ColumnElement[bool]:
    return table.c.id % sa.literal_column("2") == sa.literal_column("1")


ODD = Scope("odd", _odd)
"""Rows with odd keys are visible, of every registry."""


def value(by: Dimension, stored: Any) -> Any:
    """A stored value as the server writes it: instants in RFC 3339 form, a status as its word, a row as its key."""
    if stored is None or not isinstance(by, Field):
        return stored
    if by.kind is Kind.DATETIME:
        return f"{stored[:19]}.{stored[20:]}".rstrip("0").rstrip(".").replace(" ", "T") + "+00:00"
    codes = {code: word for word, code in by.words.items()}
    return codes.get(stored, str(stored)) if by.words else stored


def _sum(values: list[Any]) -> Any:
    return sum(values) if values else None


def _avg(values: list[Any]) -> Any:
    return sum(values) / len(values) if values else None


PYTHON: dict[str, Callable[[list[Any]], Any]] = {
    "countDistinct": lambda values: len(set(values)),
    "sum": _sum,
    "avg": _avg,
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
}


def aggregated(info: RegistryInfo, rows: Iterable[Row]) -> Json:
    """All aggregates of rows."""
    rows = list(rows)
    answer: Json = {"count": len(rows)}
    for function in FUNCTIONS:
        columns = function.of(info)
        values = {name: [value(by, row[name]) for row in rows if row[name] is not None] for name, by in columns.items()}
        if columns:
            answer[function.name] = {name: PYTHON[function.name](values[name]) for name in columns}
    return answer


def stored_rows(info: RegistryInfo, sql: Sql) -> list[Row]:
    """The rows of a registry on the main branch, keyed by what they can be aggregated by."""
    columns = {name: f'"{by.column.name}"' for name, by in info.fields.items()}
    columns |= {name: _related_key(one) for name, one in info.to_one.items()}
    where = "WHERE branch_id = 1" if info.branch else ""
    rows = sql(f'SELECT {", ".join(columns.values())} FROM "{info.table.name}" {where}')
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _related_key(one: ToOne) -> str:
    """A foreign key; on the other side of a one-to-one relation, what the related row has for it."""
    local, remote = one.local, one.remote
    if local.foreign_keys:
        return f'"{local.name}"'
    linked = f"there.{remote.name} = {local.table.name}.{local.name}"
    return f"(SELECT there.{remote.name} FROM {remote.table.name} there WHERE {linked})"


def selection(info: RegistryInfo) -> str:
    """All aggregates of a registry, as GraphQL."""
    listed = ((function.name, function.of(info)) for function in FUNCTIONS)
    return "count " + " ".join(f"{name} {{ {' '.join(columns)} }}" for name, columns in listed if columns)
