"""A schema whose types are made when they are first named: a server is asked for few of them, and starts with none."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from operator import methodcaller
from typing import cast

from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    introspection_types,
)
from graphql.type.schema import InterfaceImplementations
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.schema_converter import GraphQLCoreConverter

from .scalars import SCALARS


def takes_one_key(type_: GraphQLNamedType, _: object = None) -> bool | None:
    """Tell of an input whether it takes exactly one key. Strawberry checks that, and graphql-core knows nothing of it.

    If it did, it would check too: one mistake would be two errors.
    """
    if isinstance(type_, GraphQLInputObjectType):
        return bool(type_.extensions[Converter.DEFINITION_BACKREF].is_one_of)
    return None


class Converter(GraphQLCoreConverter):
    """Strawberry's way from its types to those of graphql-core: a type's fields are made when they are asked for."""

    def __init__(self) -> None:
        config = StrawberryConfig(auto_camel_case=False)
        super().__init__(config, scalar_overrides={}, scalar_map=SCALARS, get_fields=methodcaller("made_fields"))

    def validate_one_of_fields(self, *_: object) -> None:
        """Leave the fields of inputs that take one key for later: `input_field` makes none that could not be absent."""

    def find(self, name: str) -> GraphQLNamedType | None:
        """The type of that name, if anything that was asked for leads to it."""
        known = self.type_map.get(name)
        return cast("GraphQLNamedType", known.implementation) if known else None


class LazySchema(GraphQLSchema):
    """The schema of root types that were made by Strawberry; `rows` are the types that are nodes.

    Making all types takes half a second. graphql-core's own class does so to list them; this one when they are listed,
    or when a document has a name that nothing asked for so far has led to.
    """

    def __init__(self, query: type, mutation: type, subscription: type, rows: Sequence[type], description: str) -> None:
        super().__init__(description=description, assume_valid=True)  # as yet of GraphQL's own types
        converter = Converter()
        self.query_type, self.mutation_type, self.subscription_type, *self._rows = (
            converter.from_object(type_.__strawberry_definition__)  # type: ignore[attr-defined]  # Strawberry's
            for type_ in (query, mutation, subscription, *rows)
        )
        self.type_map = cast("dict[str, GraphQLNamedType]", LazyTypes(self, converter))

    def get_implementations(self, interface_type: GraphQLInterfaceType) -> InterfaceImplementations:
        """The types that are nodes: there is no other interface."""
        return InterfaceImplementations(objects=self._rows, interfaces=[])

    def whole(self) -> GraphQLSchema:
        """Make all types."""
        roots = self.query_type, self.mutation_type, self.subscription_type
        return GraphQLSchema(*roots, types=self._rows, description=self.description)


class LazyTypes(Mapping[str, GraphQLNamedType]):
    """The types of a schema by name."""

    def __init__(self, schema: LazySchema, converter: Converter) -> None:
        self._schema = schema
        self._converter = converter

    @cached_property
    def _all(self) -> Mapping[str, GraphQLNamedType]:
        return self._schema.whole().type_map

    def __getitem__(self, name: str) -> GraphQLNamedType:
        return self._converter.find(name) or self._all[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


cast("GraphQLObjectType", introspection_types["__Type"]).fields["isOneOf"].resolve = takes_one_key
