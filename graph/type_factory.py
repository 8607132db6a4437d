"""GraphQL types made from data, with graphql-core.

Every type is made empty first and filled second, so types may refer to each other in any direction. A type may not be
null unless it is wrapped by `optional`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLDefaultInput,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLFloat,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
    Undefined,
    get_named_type,
)

from lnql.errors import InstanceError

AnyType = Any
"""`str`, `int`, `float`, `bool`, a type of GraphQL, or either wrapped by `optional` or `many`."""
Argument = tuple[str, GraphQLArgument]
"""An argument and its name."""

BUILT_IN = {str: GraphQLString, int: GraphQLInt, float: GraphQLFloat, bool: GraphQLBoolean}


@dataclass(frozen=True, slots=True)
class Optional:
    """A type that may be null."""

    type: AnyType


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """A field of an object or input type."""

    name: str
    type: AnyType
    description: str
    arguments: Sequence[Argument] = ()
    default: GraphQLDefaultInput | None = None


Fillable = TypeVar("Fillable", GraphQLObjectType, GraphQLInterfaceType, GraphQLInputObjectType)


def optional(type_: AnyType) -> Optional:
    """Allow null."""
    return Optional(type_)


def many(type_: AnyType) -> GraphQLList[Any]:
    """Make a list, its items not null."""
    return GraphQLList(_written(type_))


def object_type(name: str, description: str, interfaces: Sequence[GraphQLInterfaceType] = ()) -> GraphQLObjectType:
    """Make an object type without fields."""
    return GraphQLObjectType(name, {}, interfaces, description=description)


def interface_type(name: str, description: str) -> GraphQLInterfaceType:
    """Make an interface without fields."""
    return GraphQLInterfaceType(name, {}, description=description)


def input_type(name: str, description: str, *, one_of: bool = False) -> GraphQLInputObjectType:
    """Make an input type without fields; its values are plain dicts. With `one_of` they have exactly one key."""
    return GraphQLInputObjectType(name, {}, description=description, is_one_of=one_of)


def enum_type(name: str, members: type[Enum], description: str, /, **descriptions: str) -> GraphQLEnumType:
    """Make an enum, given what each member means; its values are the members."""
    values = {member: GraphQLEnumValue(members[member], doc) for member, doc in descriptions.items()}
    return GraphQLEnumType(name, values, description=description)


def fill(type_: Fillable, fields: Sequence[Declared]) -> Fillable:
    """Give a type its fields.

    Raises:
        InstanceError: if two of them have the same name, or one has a name that GraphQL has no letters for.
    """
    refuse_shared(f"{type_.name}.{field.name}" for field in fields)
    for field in fields:
        _refuse_letters(type_.name, field.name)
    make = _input_field if isinstance(type_, GraphQLInputObjectType) else _output_field
    type_.fields = {field.name: make(field) for field in fields}
    return type_


def field(name: str, type_: AnyType, description: str, arguments: Sequence[Argument] = ()) -> Declared:
    """Declare a field: of an object, whose value arrives with its parent's, or of an input that must have it."""
    return Declared(name, type_, description, arguments)


def input_field(name: str, type_: AnyType, description: str, default: object = Undefined) -> Declared:
    """Declare a field of an input type that may be left out."""
    given = None if default is Undefined else GraphQLDefaultInput(default)
    return Declared(name, optional(type_), description, default=given)


def argument(name: str, type_: AnyType, description: str) -> Argument:
    """Make an argument; wrap the type by `optional` where it may be left out."""
    return name, GraphQLArgument(_written(type_), description=description)


def refuse_shared(names: Iterable[str]) -> None:
    """Refuse names that are given twice.

    Raises:
        InstanceError: if there are some.
    """
    if shared := [name for name, count in Counter(names).items() if count > 1]:
        raise InstanceError(
            f"Registries and LNQL would share names: {', '.join(shared)}.",
            hint='Rename the registry, or the attribute of its column: total: Mapped[int] = mapped_column("count").',
        )


def _refuse_letters(owner: str, name: str) -> None:
    if not (name.isascii() and name.isidentifier()):
        raise InstanceError(
            f"{owner}.{name} cannot be a name in GraphQL, which takes letters from a to z, digits and underscores.",
            hint="Give the attribute another name; its column may keep its own.",
        )


def reached_types(types: Iterable[GraphQLNamedType]) -> list[GraphQLNamedType]:
    """All types that the fields of the given ones and their arguments lead to, these included."""
    reached: dict[GraphQLNamedType, None] = {}
    waiting = list(types)
    while waiting:
        type_ = waiting.pop()
        if type_ not in reached:
            reached[type_] = None
            waiting += _led_to(type_)
    return list(reached)


def _led_to(type_: GraphQLNamedType) -> Iterator[GraphQLNamedType]:
    for field in getattr(type_, "fields", {}).values():  # a scalar or an enum has none
        yield get_named_type(field.type)
        yield from (get_named_type(argument.type) for argument in getattr(field, "args", {}).values())


def _written(type_: AnyType) -> Any:
    """A type as graphql-core has it, where all may be null that does not say otherwise."""
    if isinstance(type_, Optional):
        return BUILT_IN.get(type_.type, type_.type)
    return GraphQLNonNull(BUILT_IN.get(type_, type_))


def _output_field(declared: Declared) -> GraphQLField:
    return GraphQLField(_written(declared.type), dict(declared.arguments), description=declared.description)


def _input_field(declared: Declared) -> GraphQLInputField:
    return GraphQLInputField(_written(declared.type), description=declared.description, default=declared.default)
