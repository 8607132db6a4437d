"""Strawberry types made from data, not from annotated classes.

Every type is made empty first and filled second, so types may refer to each other in any direction; a field's type is
the class itself, never a string that would have to be evaluated (which costs milliseconds a type). Fields may be made
when they are first asked for: no document names more than a few of a thousand types.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from strawberry.annotation import StrawberryAnnotation
from strawberry.schema_directives import OneOf
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import StrawberryContainer, StrawberryList, StrawberryObjectDefinition, StrawberryOptional
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UNSET

from lnql.errors import InstanceError

GraphQLType = Any
"""A scalar, a class made here, or either wrapped by `optional` or `many`."""


Fields = Iterable[StrawberryField] | Callable[[], Iterable[StrawberryField]]
"""The fields of a type, or what makes them."""


class LazyDefinition(StrawberryObjectDefinition):
    """What Strawberry knows of a type; `make` makes its fields."""

    make: Fields = ()

    def made_fields(self) -> list[StrawberryField]:
        """The fields, which are made the first time.

        Raises:
            InstanceError: if one has a name that GraphQL has no letters for.
        """
        if not self.fields:
            self.fields = list(self.make() if callable(self.make) else self.make)
            for field in self.fields:
                _refuse_letters(self.name, field.python_name)
        return self.fields


class TypedField(StrawberryField):
    """A field that has its type: Strawberry evaluates annotations several times a field, half of a schema's time."""

    def __init__(self, name: str, type_: GraphQLType, description: str, default: object = UNSET) -> None:
        super().__init__(name, name, StrawberryAnnotation(type_), description=description, default=default)
        self._type = type_

    def resolve_type(self, *, type_definition: StrawberryObjectDefinition | None = None) -> GraphQLType:
        """Give the type."""
        return self._type


class TypedArgument(StrawberryArgument):
    """An argument that has its type."""

    def __init__(self, name: str, type_: GraphQLType, description: str) -> None:
        super().__init__(name, name, StrawberryAnnotation(type_), description=description)
        self._type = type_

    @property
    def type(self) -> GraphQLType:
        """The type."""
        return self._type


def optional(type_: GraphQLType) -> GraphQLType:
    """Allow null."""
    return StrawberryOptional(type_)


def many(type_: GraphQLType) -> GraphQLType:
    """Make a list, its items not null."""
    return StrawberryList(type_)


def object_type(name: str, description: str, interfaces: Sequence[type] = ()) -> type:
    """Make an object type without fields."""
    return _define(name, description, interfaces=[_definition(interface) for interface in interfaces])


def interface_type(name: str, description: str) -> type:
    """Make an interface without fields."""
    return _define(name, description, is_interface=True)


def input_type(name: str, description: str, *, one_of: bool = False) -> type:
    """Make an input type without fields; its values reach resolvers as plain dicts."""
    return _define(name, description, is_input=True, directives=[OneOf()] if one_of else [])


def fill(type_: type, fields: Fields) -> type:
    """Give a type its fields, or what makes them when they are first asked for."""
    _definition(type_).make = fields
    return type_


def field(
    name: str, type_: GraphQLType, description: str, arguments: Sequence[StrawberryArgument] = ()
) -> StrawberryField:
    """Make a field without a resolver: its value arrives with its parent's."""
    made = TypedField(name, type_, description)
    made.arguments = list(arguments)
    return made


def input_field(name: str, type_: GraphQLType, description: str, default: object = UNSET) -> StrawberryField:
    """Make a field of an input type that may be left out."""
    return TypedField(name, optional(type_), description, default)


def argument(name: str, type_: GraphQLType, description: str) -> StrawberryArgument:
    """Make an argument; wrap the type by `optional` where it may be left out."""
    return TypedArgument(name, type_, description)


def _refuse_letters(owner: str, name: str) -> None:
    if not (name.isascii() and name.isidentifier()):
        raise InstanceError(
            f"{owner}.{name} cannot be a name in GraphQL, which takes letters from a to z, digits and underscores.",
            hint="Give the attribute another name; its column may keep its own.",
        )


def _define(
    name: str,
    description: str,
    *,
    is_input: bool = False,
    is_interface: bool = False,
    interfaces: Sequence[StrawberryObjectDefinition] = (),
    directives: Sequence[object] = (),
) -> type:
    cls = type(name, (), {})
    definition = LazyDefinition(
        name=name,
        is_input=is_input,
        is_interface=is_interface,
        origin=cls,
        description=description,
        interfaces=list(interfaces),
        extend=False,
        directives=list(directives),
        is_type_of=None,
        resolve_type=None,
        fields=[],
        from_input=_as_dict if is_input else None,
    )
    cls.__strawberry_definition__ = definition  # type: ignore[attr-defined]  # Strawberry's
    return cls


def shared_names(types: Iterable[type]) -> list[str]:
    """List the names that different types have, and those that fields of one type have (`Run.id`).

    All types are looked at that the fields of the given ones lead to.
    """
    reached: dict[type, LazyDefinition] = {}
    waiting = list(types)
    while waiting:
        type_ = waiting.pop()
        if type_ not in reached:
            reached[type_] = _definition(type_)
            waiting += _led_to(_definition(type_))
    names = _twice(definition.name for definition in reached.values())
    return names + [f"{made.name}.{name}" for made in reached.values() for name in _twice(_field_names(made))]


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _fields_of(definition: LazyDefinition) -> list[StrawberryField]:
    return definition.made_fields() if isinstance(definition, LazyDefinition) else []  # an enum has none


def _field_names(definition: LazyDefinition) -> list[str]:
    return [field.python_name for field in _fields_of(definition)]


def _led_to(definition: LazyDefinition) -> Iterator[type]:
    """The types that were made here, of a type's fields and their arguments."""
    for field in _fields_of(definition):
        for type_ in (field.type, *(argument.type for argument in field.arguments)):
            while isinstance(type_, StrawberryContainer):
                type_ = type_.of_type
            if isinstance(type_, type) and hasattr(type_, "__strawberry_definition__"):
                yield type_


def _as_dict(_: type, value: Mapping[str, Any], __: object) -> Mapping[str, Any]:
    return value


def _definition(type_: type) -> LazyDefinition:
    definition: LazyDefinition = type_.__strawberry_definition__  # type: ignore[attr-defined]  # Strawberry's
    return definition
