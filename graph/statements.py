"""Finished statements, and what is needed while one is made: the dialect, the scope, the parameters."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

import sqlalchemy as sa
from msgspec import Struct

from .conditions import Condition, Slot
from .dialects import Convert, Dialect, Operand
from .registry import Field, RegistryInfo, ToOne
from .scalars import Kind
from .visibility import Scope, source


class Parameter(Struct, frozen=True):
    """One parameter of a statement: the value of a slot, converted for the driver where it needs that."""

    slot: Slot
    convert: Convert | None

    def argument(self, values: Sequence[Any]) -> Any:
        """Give the driver's argument."""
        value = values[self.slot]
        return value if self.convert is None else self.convert(value)


class Statement(Struct, frozen=True):
    """SQL text, and its parameters in the order in which the driver takes them."""

    text: str
    parameters: tuple[Parameter, ...]

    def arguments(self, values: Sequence[Any]) -> list[Any]:
        """Give the driver's arguments for the values of an operation."""
        return [parameter.argument(values) for parameter in self.parameters]


class Known(Struct, frozen=True, eq=False):
    """What is known of the rows that have a value: they are in a list if there is one, and all have it if `sure`."""

    listed: sa.Select[Any] | None = None
    sure: sa.ColumnElement[bool] | None = None
    """Whether nothing is left to ask; None if so without a doubt."""


class Draft:
    """A statement in the making.

    `base` is added to the slots of the root field that is being compiled, since the values of all root fields of an
    operation stand in one list. `listed` is what `finding` says, None where nothing is said.
    """

    def __init__(self, dialect: Dialect, scope: Scope) -> None:
        self.dialect = dialect
        self.scope = scope
        self.base = 0
        self.listed: Mapping[Condition, Known] | None = None
        self._parameters: dict[str, Parameter] = {}
        self._names: dict[tuple[Slot, Convert | None, str], str] = {}
        self._aliases: Counter[str] = Counter()
        self._tables: Counter[sa.Table] = Counter()

    def alias(self, word: str) -> str:
        """Give a name that no other sub-select of the statement has: a sub-select may refer to those around it."""
        self._aliases[word] += 1
        return f"{word}_{self._aliases[word]}"

    @property
    def lists(self) -> bool:
        """Whether the rows with values of features are listed first."""
        return self.dialect.lists and self.listed is None

    @contextmanager
    def finding(self, listed: Mapping[Condition, Known]) -> Iterator[None]:
        """Have the rows with values of features found so by what is compiled meanwhile, or asked one by one."""
        self.listed = listed
        yield
        self.listed = None

    def rows(self, info: RegistryInfo) -> sa.FromClause:
        """Give the visible rows of a registry under an alias of their own."""
        return source(info, self.scope, self.table)

    def table(self, table: sa.Table) -> sa.FromClause:
        """Give a table under an alias of its own."""
        self._tables[table] += 1
        return _alias(table, self._tables[table])

    def value(self, field: Field, rows: sa.FromClause) -> sa.ColumnElement[Any]:
        """The value of a field, as it is shown and compared: a status is its word."""
        column = rows.c[field.column.key]
        if not field.words:
            return column
        code = sa.type_coerce(column, sa.Integer())
        words: dict[Any, sa.ColumnElement[str]] = {
            sa.literal_column(str(number)): _word(word) for word, number in field.words.items()
        }
        return sa.case(words, value=code, else_=sa.cast(code, sa.Text()))

    def related_key(self, relation: ToOne, rows: sa.FromClause) -> sa.ColumnElement[Any]:
        """The key of a related row; NULL where there is none that can be seen.

        What a foreign key holds is there. On the other side of a one-to-one relation every row has the key.
        """
        own = rows.c[relation.local.key]
        if self.scope.predicate is None and relation.local.foreign_keys:
            return own
        target = self.rows(relation.target)
        key = target.c[relation.remote.key]
        return sa.select(key).where(key == own).correlate(rows).scalar_subquery()

    def operand(self, kind: Kind, slot: Slot) -> Operand:
        """Give the operand that a slot stands for."""
        return Operand(kind, partial(self._bind, kind, slot))

    def finish(self, select: sa.Select[Any]) -> Statement:
        """Write the statement down."""
        compiled = select.compile(dialect=self.dialect.sqlalchemy, compile_kwargs={"render_postcompile": True})
        names: list[str] = compiled.positiontup or []
        return Statement(str(compiled), tuple(self._parameters[name] for name in names))

    def _bind(self, kind: Kind, slot: Slot, convert: Convert | None, type_: Any) -> sa.BindParameter[Any]:
        key = (self.base + slot, convert, str(type_))
        if key not in self._names:
            name = self._names[key] = f"p{len(self._names)}"
            self._parameters[name] = Parameter(self.base + slot, convert or self.dialect.converters.get(kind))
        return sa.bindparam(self._names[key], type_=type_)


@cache
def _alias(table: sa.Table, number: int) -> sa.FromClause:
    """The alias of a table where it occurs in a statement for the first time, the second time and so on.

    Statements share aliases: a new one copies all columns of the table, which took half the time of making a statement.
    """
    return table.alias()


def _word(word: str) -> sa.ColumnElement[str]:
    return sa.literal_column(f"'{word}'", sa.Text())
