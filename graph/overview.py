"""The root fields `instance` and `registries`: what is served, for clients that know nothing of it beforehand."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson
from graphql import FieldNode

from lnql import __version__
from lnql.models.database import Instance

from .plan import Overview, OverviewPart
from .registry import Catalog, RegistryInfo, ToMany, ToOne
from .selection import Operation
from .settings import Limits
from .type_factory import field, fill, many, object_type, optional

ROW_COUNT = "rowCount"

INSTANCE = fill(
    object_type("Instance", "What is served, and how much of it one request may ask for."),
    [
        field("name", str, "What the instance is called: its folder or its database."),
        field("version", str, "The version of the server."),
        field("schemaHash", str, "Changes when what `registries` says of fields and relations changes."),
        field("dialect", str, "The database: sqlite or postgresql."),
        field("writable", bool, "Whether mutations are allowed."),
        field("rootPage", int, "Rows of a page at the root, at most."),
        field("nestedPage", int, "Rows of a page below another row, at most."),
        field("rows", int, "Rows of an operation, at most: the product of its nested page sizes."),
        field("listItems", int, "Items of a list in a filter, at most."),
    ],
)

FIELD = fill(
    object_type("RegistryField", "A column of a registry."),
    [
        field("name", str, "Its name, here and in filters and orders."),
        field("type", str, "The scalar that it is."),
        field("nullable", bool, "Whether a row may lack it."),
        field("unique", bool, "Whether it identifies a row."),
        field("private", bool, "Whether it is meant for LaminDB itself."),
        field("description", str, "What it holds."),
    ],
)

RELATION = fill(
    object_type("RegistryRelation", "A relation of a registry."),
    [
        field("name", str, "Its name, here and in filters."),
        field("target", str, "The registry it leads to."),
        field("many", bool, "Whether it leads to any number of rows; else to at most one."),
        field("linked", bool, "Whether rows of a link table make it up."),
        field("description", str, "What it leads to."),
    ],
)

REGISTRY = fill(
    object_type("Registry", "A registry of the instance."),
    [
        field("name", str, "The name of its type."),
        field("module", str, "The module that declares it."),
        field("singular", str, "The root field that looks up one row."),
        field("plural", str, "The root field that lists its rows."),
        field("description", str, "What it holds."),
        field("nameField", optional(str), "The field by which people know a row."),
        field(ROW_COUNT, int, "How many rows its list has, by the default branch rule."),
        field("hasFeatures", bool, "Whether its rows have values of features."),
        field("fields", many(FIELD), "Its columns."),
        field("relations", many(RELATION), "Its relations."),
    ],
)


def plan_overview(catalog: Catalog, operation: Operation, nodes: Sequence[FieldNode]) -> Overview:
    """Plan the overview: what is known without the database is text already, row counts are not."""
    parts: list[OverviewPart] = ["["]
    for number, info in enumerate(catalog.values()):
        parts += ["," if number else "", *_object(operation, "Registry", nodes, describe(info), info)]
    return Overview((*parts, "]"))


def about(instance: Instance, catalog: Catalog, limits: Limits) -> Mapping[str, Any]:
    """Describe what is served as data."""
    described = orjson.dumps([describe(info) for info in catalog.values()])
    return {
        "name": instance.name,
        "version": __version__,
        "schemaHash": hashlib.sha256(described).hexdigest()[:16],
        "dialect": instance.dialect,
        "writable": instance.write,
        "rootPage": limits.root_page,
        "nestedPage": limits.nested_page,
        "rows": limits.rows,
        "listItems": limits.list_items,
    }


def plan_about(data: Mapping[str, Any], operation: Operation, nodes: Sequence[FieldNode]) -> Overview:
    """Plan what is said of the instance, which is known without the database."""
    return Overview(tuple(_object(operation, "Instance", nodes, data, None)))


def describe(info: RegistryInfo) -> dict[str, Any]:
    """Describe a registry as data."""
    relations: list[ToOne | ToMany] = [*info.to_one.values(), *info.to_many.values()]
    return {
        "name": info.name,
        "module": info.table.name.partition("_")[0],
        "singular": info.singular,
        "plural": info.plural,
        "description": info.description,
        "nameField": info.name_field and info.name_field.name,
        "hasFeatures": info.features is not None,
        "fields": [
            {
                "name": column.name,
                "type": column.kind.title,
                "nullable": column.nullable,
                "unique": column.unique,
                "private": column.name.startswith("_"),
                "description": column.description,
            }
            for column in info.fields.values()
        ],
        "relations": [
            {
                "name": relation.name,
                "target": relation.target.name,
                "many": isinstance(relation, ToMany),
                "linked": isinstance(relation, ToMany) and relation.link is not None,
                "description": relation.description,
            }
            for relation in relations
        ],
    }


def _object(
    operation: Operation, type_name: str, nodes: Sequence[FieldNode], data: Mapping[str, Any], info: RegistryInfo | None
) -> Iterator[OverviewPart]:
    """Write what is selected of an object."""
    selection = operation.select(type_name, nodes)
    yield "{"
    for number, (key, name, inner) in enumerate(selection.items()):
        yield f'{"," if number else ""}"{key}":'
        if name == ROW_COUNT and info:
            yield info
        elif name == "__typename":
            yield f'"{type_name}"'
        elif name in ("fields", "relations"):
            yield from _list(
                operation, "RegistryField" if name == "fields" else "RegistryRelation", inner, data[name], info
            )
        else:
            yield orjson.dumps(data[name]).decode()
    yield "}"


def _list(
    operation: Operation,
    type_name: str,
    nodes: Sequence[FieldNode],
    items: Sequence[Mapping[str, Any]],
    info: RegistryInfo | None,
) -> Iterator[OverviewPart]:
    yield "["
    for number, item in enumerate(items):
        yield "," if number else ""
        yield from _object(operation, type_name, nodes, item, info)
    yield "]"
