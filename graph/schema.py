"""The GraphQL schema of a catalog: the root fields, over the types of every registry."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import strawberry
from graphql import FieldNode, GraphQLInputObjectType
from msgspec import Struct
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from lnql.errors import InstanceError
from lnql.models import registries

from .global_ids import parse_global_id
from .lazy_schema import LazySchema, takes_one_key
from .mutation_fields import Write, mutation_fields
from .overview import INSTANCE, REGISTRY
from .plan import Plan
from .planner import Planner
from .registry import Catalog, RegistryInfo
from .type_factory import argument, field, fill, many, object_type, optional, shared_names
from .types import NODE, RegistryTypes

PlanField = Callable[[Planner, Mapping[str, Any], Sequence[FieldNode]], Plan | None]
"""Plans a root field from its arguments and nodes; None is the answer null."""


DESCRIPTION = """\
The registries of a LaminDB instance.

Each has two root fields: its plural lists rows (`artifacts`), with a filter, a search, an order and pages; its singular
looks one up (`artifact`). `registries` tells what there is; `node` finds any row by its `id`."""


class RootField(Struct, frozen=True):
    """A root field: its declaration, and how it is planned."""

    declaration: StrawberryField
    plan: PlanField


class Api(Struct, frozen=True):
    """The schema, how the root fields of queries are planned, and what those of mutations do, by their names."""

    schema: LazySchema
    plans: Mapping[str, PlanField]
    writes: Mapping[str, Write]


def build_api(catalog: Catalog, instance: Mapping[str, Any] | None = None) -> Api:
    """Make the schema of a catalog; `instance` is what the root field of that name answers.

    Raises:
        InstanceError: if a further registry or column wants a name that another one or LNQL itself has.
    """
    types = RegistryTypes(catalog)
    about = _root(
        "instance",
        INSTANCE,
        "What is served, and how much of it one request may ask for.",
        [],
        lambda planner, _, nodes: planner.about(instance or {}, nodes),
    )
    roots = [
        *_node_fields(catalog),
        about,
        *(root for info in catalog.values() for root in _registry_fields(info, types)),
    ]
    lives = [_live_field(info, types) for info in catalog.values()]
    writes = mutation_fields(catalog, types)
    declared, written = [root.declaration for root in roots], [write.declaration for write in writes]
    query = fill(object_type("Query", "What can be read."), declared)
    mutation = fill(object_type("Mutation", "What can be written, where the server lets anything be written."), written)
    watched = [live.declaration for live in lives]
    subscription = fill(
        object_type("Subscription", "What can be watched, over WebSocket or server-sent events."), watched
    )
    if any(not info.model.__module__.startswith("lnql.models.") for info in catalog.values()):
        _refuse_collisions([query, mutation, subscription, *types.rows.values()])  # takes making all types
    schema = LazySchema(query, mutation, subscription, list(types.rows.values()), DESCRIPTION)
    return Api(
        schema,
        {root.declaration.python_name: root.plan for root in (*roots, *lives)},
        {write.name: write.write for write in writes},
    )


def print_schema() -> str:
    """Write down the schema of all declared registries, as `schema.graphql` holds it."""
    from graphql import print_schema as write

    schema = build_api(Catalog(registries())).schema.whole()
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLInputObjectType):
            type_.is_one_of = bool(takes_one_key(type_))
    return write(schema) + "\n"


def _root(
    name: str, type_: Any, description: str, arguments: Sequence[StrawberryArgument], plan: PlanField
) -> RootField:
    return RootField(field(name, type_, description, arguments), plan)


def _registry_fields(info: RegistryInfo, types: RegistryTypes) -> list[RootField]:
    by = argument("by", types.by_input(info), "Exactly one unique key.")
    return [
        _root(
            info.singular,
            optional(types.rows[info.name]),
            f"The {info.singular_words} with this key, on whatever branch; null if there is none.",
            [by],
            lambda planner, arguments, nodes: planner.lookup(info, arguments["by"], nodes),
        ),
        _root(
            info.plural,
            types.connections[info.name],
            f"The {info.plural_words}. {info.description}",
            types.list_arguments(info),
            lambda planner, arguments, nodes: planner.connection(info, arguments, nodes),
        ),
    ]


def _live_field(info: RegistryInfo, types: RegistryTypes) -> RootField:
    return _root(
        f"{info.plural}Changed",
        types.connections[info.name],
        f"The {info.plural_words} as `{info.plural}` lists them: now, and whenever a change makes it another list.",
        types.list_arguments(info),
        lambda planner, arguments, nodes: planner.connection(info, arguments, nodes),
    )


def _node_fields(catalog: Catalog) -> list[RootField]:
    def node(planner: Planner, arguments: Mapping[str, Any], nodes: Sequence[FieldNode]) -> Plan | None:
        info, _ = parse_global_id(arguments["id"], catalog)
        return planner.lookup(info, {"id": arguments["id"]}, nodes)

    return [
        _root(
            "node",
            optional(NODE),
            "The row with this global id; null if there is none.",
            [argument("id", strawberry.ID, "Opaque global id.")],
            node,
        ),
        _root(
            "nodes",
            many(optional(NODE)),
            "The rows with these global ids, in this order; null where there is none.",
            [argument("ids", many(strawberry.ID), "Opaque global ids.")],
            lambda planner, arguments, nodes: planner.by_ids(arguments["ids"], nodes),
        ),
        _root(
            "registries",
            many(REGISTRY),
            "The registries of this instance: their fields, their relations, how many rows they have.",
            [],
            lambda planner, _, nodes: planner.overview(nodes),
        ),
    ]


def _refuse_collisions(types: Sequence[type]) -> None:
    if shared := shared_names(types):
        raise InstanceError(
            f"Registries and LNQL would share names: {', '.join(shared)}.",
            hint='Rename the registry, or the attribute of its column: total: Mapped[int] = mapped_column("count").',
        )
