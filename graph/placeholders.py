"""Variables that a plan does not depend on: planned once, an operation is answered for whatever value they have.

It is planned with a placeholder for each scalar among the variables, or in an object among them, as in a filter. Where
a value is only bound to the statement, as `eq` does, it does not matter which one it is; what needs to know it, as a
page needs its size, finds a placeholder that refuses to be looked at, and the plan depends on that value.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import getitem
from typing import Any, Final, NoReturn, cast

import orjson
from graphql import (
    GraphQLInputObjectType,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
)
from graphql.utilities import type_from_ast

from .scalars import Kind

Variables = Mapping[str, Any]
Path = tuple[str | int, ...]
"""Where a scalar stands: the variable, then the fields of objects and the numbers of items that lead to it."""
Scalars = Mapping[Path, Any]

JSON: Final = Kind.JSON.title
MOST_BOUND: Final = 30
"""Places at which scalars are known to matter; each was planned for in vain. With more, all of them do."""


class LookedAtError(Exception):
    """The value of a scalar matters to the plan. Never leaves the server."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


class Placeholder:
    """Stands for a scalar. It is told from other things by its `type`; all else raises LookedAtError."""

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def _refuse(self, *_: object) -> NoReturn:
        raise LookedAtError(self._path)

    __class__ = property(_refuse)  # isinstance asks for it
    __getattr__ = _refuse


OPERATORS: Final = """
    bool bytes call complex contains dir eq float format ge getitem gt hash index int iter le len lt ne next repr
    reversed round str add and divmod floordiv mod mul neg or pow radd rand rmod rmul ror rsub rxor sub truediv xor
"""
for _operator in OPERATORS.split():
    setattr(Placeholder, f"__{_operator}__", Placeholder._refuse)


def put_placeholders(variables: dict[str, Any], paths: Iterable[Path]) -> None:
    """Put placeholders where these scalars stand."""
    for path in paths:
        *way, last = path
        reduce(getitem, way, cast(Any, variables))[last] = Placeholder(path)


def filled(values: Iterable[Any], given: Scalars) -> list[Any]:
    """Values with what is given in place of placeholders."""
    return [given[value._path] if type(value) is Placeholder else value for value in values]


def bound(values: Iterable[Any]) -> set[Path]:
    """Whose placeholders are among values; none at all if a placeholder may lie within another value."""
    values = list(values)
    try:
        orjson.dumps([value for value in values if type(value) is not Placeholder])
    except TypeError:
        return set()
    return {value._path for value in values if type(value) is Placeholder}


class FreeScalars:
    """The scalars in the variables of an operation that its plan is not known to depend on: at first, all of them.

    What is known of one item of a list holds for all of them.
    """

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        self._types: dict[str, Any] = {
            definition.variable.name.value: type_from_ast(schema, definition.type)
            for definition in operation.variable_definitions or ()
        }
        self._bound: set[Path] = set()

    def split(self, variables: Variables | None) -> tuple[Scalars, Variables]:
        """The free scalars among variables, read by their types; and the variables without them."""
        free: dict[Path, Any] = {}
        others: dict[str, Any] = {}
        try:
            for name, value in (variables or {}).items():
                rest = self._take(value, self._types.get(name), (name,), free)
                if (name,) not in free:
                    others[name] = rest
        except Exception:  # what is wrong is told by who reads them all
            return {}, variables or {}
        return free, others

    def _take(self, value: Any, type_: Any, path: Path, free: dict[Path, Any]) -> Any:
        """Take the free scalars out of a value: what is left has null in their places."""
        if isinstance(type_, GraphQLNonNull):
            type_ = type_.of_type
        if isinstance(value, dict) and isinstance(type_, GraphQLInputObjectType):
            return {key: self._take(one, type_.fields[key].type, (*path, key), free) for key, one in value.items()}
        if isinstance(value, list) and isinstance(get_named_type(type_), GraphQLInputObjectType):
            items = type_.of_type
            return [self._take(one, items, (*path, place), free) for place, one in enumerate(value)]
        if value is None or not _is_free(type_) or (self._bound and _in_any_item(path) in self._bound):
            return value
        free[path] = type_.coerce_input_value(value)
        return None

    def bind(self, paths: Iterable[Path]) -> None:
        """Take note that the plan depends on these scalars."""
        self._bound.update(map(_in_any_item, paths))
        if len(self._bound) > MOST_BOUND:
            self._types.clear()


def _is_free(type_: Any) -> bool:
    return isinstance(type_, GraphQLScalarType) and type_.name != JSON


def _in_any_item(path: Path) -> Path:
    return tuple(step for step in path if isinstance(step, str))
