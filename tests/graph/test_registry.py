"""What the server has of each registry: all of its columns and relations, row by row what the database holds."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from lnql.graph.names import camel
from lnql.models import Registry, registries
from lnql.models.types import JSONColumn, StatusCode, UTCDateTime

from .conftest import Server, Sql

MODELS = list(registries())
NAMES = [model.__name__ for model in MODELS]


def instant(text: str) -> str:
    """A stored instant as RFC 3339, without the zeros that end its fraction."""
    value = datetime.fromisoformat(text).replace(tzinfo=UTC).isoformat()
    return value.replace("+00:00", "").rstrip("0") + "+00:00" if "." in value else value


Show = Callable[[Any], Any]


def shown(column: sa.Column[Any]) -> Show:
    """How a stored value of a column is shown."""
    if isinstance(column.type, StatusCode):
        words = {code: word for word, code in column.type.words}
        return lambda code: words.get(code, str(code))
    if isinstance(column.type, UTCDateTime):
        return instant
    if isinstance(column.type, JSONColumn):
        return json.loads
    return bool if isinstance(column.type, sa.Boolean) else lambda value: value


def columns_of(model: type[Registry]) -> dict[str, Any]:
    """The columns of a registry by their GraphQL names."""
    columns = {attribute.key: attribute.columns[0] for attribute in sa.inspect(model).column_attrs}
    return {"databaseId" if key == "id" else camel(key): column for key, column in columns.items()}


def to_one_of(model: type[Registry]) -> dict[str, tuple[str, str]]:
    """The to-one relations of a registry: the own column's key, and SQL for (its value, id of the related row)."""
    relations = {}
    for prop in sa.inspect(model).relationships:
        if not prop.uselist:
            ((local, remote),) = prop.local_remote_pairs
            relations[camel(prop.key)] = (str(local.key), f"SELECT {remote.name}, id FROM {remote.table.name}")
    return relations


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_every_registry_s_list_is_what_the_database_holds(real: Server, real_sql: Sql, model: type[Registry]) -> None:
    columns, relations = columns_of(model), to_one_of(model)
    fields = [*columns, *(f"{name} {{ databaseId }}" for name in relations), "id", "__typename"]
    plural = camel(model.__plural__)
    every = "filter: {branchId: {isNull: false}}, " if "branchId" in columns else ""
    rows = real.ask(f"{{ list: {plural}({every}first: 10000) {{ totalCount nodes {{ {' '.join(fields)} }} }} }}")[
        "list"
    ]
    quoted = ", ".join(f'"{column.name}"' for column in columns.values())
    stored = real_sql(f"SELECT {quoted} FROM {model.__tablename__} ORDER BY id")
    assert rows["totalCount"] == len(stored)
    related: dict[str, dict[Any, Any]] = {name: dict(real_sql(sql)) for name, (_, sql) in relations.items()}
    shows = [shown(column) for column in columns.values()]
    for row, values in zip(rows["nodes"], stored, strict=True):
        expected = {
            name: None if value is None else show(value)
            for name, show, value in zip(columns, shows, values, strict=True)
        }
        keys = {column.key: value for column, value in zip(columns.values(), values, strict=True)}
        ones = {
            name: {"databaseId": related[name][keys[key]]} if keys[key] in related[name] else None
            for name, (key, _) in relations.items()
        }
        own = {"id": f"{model.__name__}:{keys['id']}", "__typename": model.__name__}
        assert row == expected | ones | own


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_every_to_many_relation_counts_as_sql_does(real: Server, real_sql: Sql, model: type[Registry]) -> None:
    relations = [prop for prop in sa.inspect(model).relationships if prop.uselist and prop.mapper.class_ in MODELS]
    if not relations:
        return
    fields = " ".join(f"{camel(prop.key)}(first: 0) {{ totalCount }}" for prop in relations)
    every = "filter: {branchId: {isNull: false}}, " if "branchId" in columns_of(model) else ""
    query = f"{{ list: {camel(model.__plural__)}({every}first: 300) {{ nodes {{ databaseId {fields} }} }} }}"
    rows = real.ask(query)["list"]["nodes"]
    for prop in relations:
        counts: dict[int, int] = dict(real_sql(count_sql(prop)))
        found = {row["databaseId"]: row[camel(prop.key)]["totalCount"] for row in rows}
        assert found == {id_: counts.get(id_, 0) for id_ in found}


def count_sql(prop: Any) -> str:
    """Count the related rows of each row that has some."""
    if prop.secondary is None:
        (remote,) = [right for _, right in prop.local_remote_pairs]
        return f"SELECT {remote.name}, count(*) FROM {remote.table.name} GROUP BY 1"
    (own,) = [right for _, right in prop.synchronize_pairs]
    (other,) = [right for _, right in prop.secondary_synchronize_pairs]
    return f"SELECT {own.name}, count(DISTINCT {other.name}) FROM {own.table.name} GROUP BY 1"
