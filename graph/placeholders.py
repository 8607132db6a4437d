"""Variables that a plan does not depend on: planned once, an operation is answered for whatever value they have.

It is planned with a placeholder for each variable of a scalar type. Where a value is only bound to the statement, as
`eq` does, it does not matter which one it is; what needs to know it, as a page needs its size, finds a placeholder that
refuses to be looked at, and the plan depends on that variable.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NoReturn

import orjson
from graphql import GraphQLScalarType, GraphQLSchema, OperationDefinitionNode, get_nullable_type
from graphql.utilities import type_from_ast

from .scalars import Kind

Variables = Mapping[str, Any]
Read = Callable[[Any], Any]
"""Reads the value of a variable by its type; raises what it likes for another one."""


class LookedAtError(Exception):
    """The value of a variable matters to the plan. Never leaves the server."""

    def __init__(self, variable: str) -> None:
        super().__init__(variable)
        self.variable = variable


class Placeholder:
    """Stands for the value of a variable. It is told from other things by its `type`; all else raises LookedAtError."""

    __slots__ = ("_variable",)

    def __init__(self, variable: str) -> None:
        self._variable = variable

    def _refuse(self, *_: object) -> NoReturn:
        raise LookedAtError(self._variable)

    __class__ = property(_refuse)  # isinstance asks for it
    __getattr__ = _refuse


OPERATORS: Final = """
    bool bytes call complex contains dir eq float format ge getitem gt hash index int iter le len lt ne next repr
    reversed round str add and divmod floordiv mod mul neg or pow radd rand rmod rmul ror rsub rxor sub truediv xor
"""
for _operator in OPERATORS.split():
    setattr(Placeholder, f"__{_operator}__", Placeholder._refuse)


def filled(values: Iterable[Any], given: Variables) -> list[Any]:
    """Values with what is given in place of placeholders."""
    return [given[value._variable] if type(value) is Placeholder else value for value in values]


def bound(values: Iterable[Any]) -> set[str]:
    """The variables that values have placeholders for; none at all if a placeholder may lie within another value."""
    values = list(values)
    try:
        orjson.dumps([value for value in values if type(value) is not Placeholder])
    except TypeError:
        return set()
    return {value._variable for value in values if type(value) is Placeholder}


class FreeVariables:
    """The variables of an operation that its plan is not known to depend on: at first, those of a scalar type."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        self._reads: dict[str, Read] = {}
        for definition in operation.variable_definitions or ():
            type_: Any = type_from_ast(schema, definition.type)
            type_ = get_nullable_type(type_)
            if isinstance(type_, GraphQLScalarType) and type_.name != Kind.JSON.title:
                self._reads[definition.variable.name.value] = type_.coerce_input_value

    def split(self, variables: Variables | None) -> tuple[Variables, Variables]:
        """The values of the free variables that have one, read; and what is given for the others."""
        if not variables or not self._reads:
            return {}, variables or {}
        try:
            free = {
                name: read(variables[name]) for name, read in self._reads.items() if variables.get(name) is not None
            }
        except Exception:  # what is wrong is told by who reads them all
            return {}, variables
        return free, {name: value for name, value in variables.items() if name not in free}

    def bind(self, variables: Iterable[str]) -> None:
        """Take note that the plan depends on these variables."""
        for name in variables:
            self._reads.pop(name, None)
