"""The GraphQL schema of a catalog: the root fields, over the types of every registry."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import orjson
import strawberry
from graphql import FieldNode, GraphQLResolveInfo, GraphQLSchema
from strawberry.annotation import StrawberryAnnotation
from strawberry.schema.config import StrawberryConfig
from strawberry.types import Info
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from lnql.models import registries

from .context import RequestContext
from .feature_catalog import Features
from .global_ids import parse_global_id
from .plan import Plan
from .planner import Planner
from .registry import Catalog, RegistryInfo
from .scalars import SCALARS
from .selection import Operation
from .type_factory import argument, fill, many, object_type, optional
from .types import NODE, RegistryTypes

PlanField = Callable[[Planner, Mapping[str, Any], Sequence[FieldNode]], Plan | None]
"""Plans a root field from its arguments and nodes; None is the answer null."""


class RootField(StrawberryField):
    """A root field: it is planned, and the loader of the request answers it."""

    def __init__(
        self, name: str, type_: Any, description: str, arguments: Sequence[StrawberryArgument], plan: PlanField
    ) -> None:
        super().__init__(name, name, StrawberryAnnotation(type_), description=description)
        self.arguments = list(arguments)
        self._plan = plan

    @property
    def is_basic_field(self) -> bool:
        """Not a plain attribute: Strawberry passes `info`."""
        return False

    def get_result(self, source: Any, info: Info[Any, Any] | None, args: list[Any], kwargs: Any) -> Awaitable[Any]:
        """Give what the field resolves to."""
        assert info is not None  # noqa: S101  it is, for a field that is not basic
        return self._answer(info._raw_info)

    async def _answer(self, info: GraphQLResolveInfo[RequestContext]) -> orjson.Fragment | None:
        context, operation = info.context, Operation.of(info)
        arguments = operation.arguments(info.parent_type.fields[info.field_name], info.field_nodes[0])

        async def attempt(features: Features) -> orjson.Fragment | None:
            plan = self._plan(context.planner(features, operation), arguments, info.field_nodes)
            return None if plan is None else await context.loader.load(plan)

        return await context.features.answer(attempt)


def build_schema(catalog: Catalog) -> GraphQLSchema:
    """Make the schema.

    Raises:
        ValueError: if two registries, or a registry and LNQL itself, want the same name.
    """
    types = RegistryTypes(catalog)
    fields = [*_node_fields(catalog), *(field for info in catalog.values() for field in _registry_fields(info, types))]
    _refuse_collisions(fields)
    query = fill(object_type("Query", "What can be read."), fields)
    made = strawberry.Schema(
        query=query,
        types=list(types.rows.values()),
        config=StrawberryConfig(auto_camel_case=False, scalar_map=SCALARS),
    )
    return made._schema


def print_schema() -> str:
    """Write down the schema of all declared registries, as `schema.graphql` holds it."""
    from graphql import print_schema as write

    return write(build_schema(Catalog(registries()))) + "\n"


def _registry_fields(info: RegistryInfo, types: RegistryTypes) -> list[RootField]:
    by = argument("by", types.by_input(info), "Exactly one unique key.")
    return [
        RootField(
            info.singular,
            optional(types.rows[info.name]),
            f"The {info.singular_words} with this key, on whatever branch; null if there is none.",
            [by],
            lambda planner, arguments, nodes: planner.lookup(info, arguments["by"], nodes),
        ),
        RootField(
            info.plural,
            types.connections[info.name],
            f"The {info.plural_words}. {info.description}",
            types.list_arguments(info),
            lambda planner, arguments, nodes: planner.connection(info, arguments, nodes),
        ),
    ]


def _node_fields(catalog: Catalog) -> list[RootField]:
    def node(planner: Planner, arguments: Mapping[str, Any], nodes: Sequence[FieldNode]) -> Plan | None:
        info, _ = parse_global_id(arguments["id"], catalog)
        return planner.lookup(info, {"id": arguments["id"]}, nodes)

    return [
        RootField(
            "node",
            optional(NODE),
            "The row with this global id; null if there is none.",
            [argument("id", strawberry.ID, "Opaque global id.")],
            node,
        ),
        RootField(
            "nodes",
            many(optional(NODE)),
            "The rows with these global ids, in this order; null where there is none.",
            [argument("ids", many(strawberry.ID), "Opaque global ids.")],
            lambda planner, arguments, nodes: planner.by_ids(arguments["ids"], nodes),
        ),
    ]


def _refuse_collisions(fields: Sequence[StrawberryField]) -> None:
    counts = Counter(field.python_name for field in fields)
    twice = [name for name, count in counts.items() if count > 1]
    if twice:
        raise ValueError(f"Two registries would make the same root field: {', '.join(twice)}.")
