"""Rows of values instead of records."""

import builtins
import operator
from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from . import background
from .errors import FieldError, InvalidTypeError
from .expressions import Measure, measures
from .lazy import Lazy

if TYPE_CHECKING:
    from .queryset import QuerySet

Values = tuple[Any, ...]
ORDERED = {"gt": operator.gt, "gte": operator.ge, "lt": operator.lt, "lte": operator.le}


def _known(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """A comparison that is false where there is no value."""
    return lambda found, value: found is not None and compare(found, value)


def _named(names: Sequence[str], rows: Iterable[Values]) -> list[Any]:
    make: Any = namedtuple  # its fields are data, which no type checker knows
    row = make("Row", names)
    return [row(*values) for values in rows]


FORMS: dict[str, Callable[[Sequence[str], Iterable[Values]], list[Any]]] = {
    "tuples": lambda _, rows: list(rows),
    "flat": lambda _, rows: [values[0] for values in rows],
    "dicts": lambda names, rows: [dict(zip(names, values, strict=True)) for values in rows],
    "named": _named,
}
"""What can be made of rows of values."""


COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    **{name: _known(compare) for name, compare in ORDERED.items()},
    "in": lambda found, values: found in values,
    "range": lambda found, pair: found is not None and pair[0] <= found <= pair[1],
    "isnull": lambda found, missing: (found is None) == missing,
}
"""How groups are compared by a measure."""


def compared(keyword: str, value: Any) -> tuple[str, str, Any]:
    """A condition on a measure of groups, `n__gt=3`.

    Raises:
        FieldError: if measures are not compared so.
    """
    name, _, lookup = keyword.partition("__")
    if (lookup or "exact") not in COMPARED:
        raise FieldError(f"{keyword}: groups are compared by {', '.join(COMPARED)}.")
    return name, lookup or "exact", value


@dataclass(frozen=True)
class Shape:
    """Which values are read, and what is made of them; with measures, one row for each combination of values."""

    paths: tuple[str, ...]
    form: str
    distinct: bool = False
    measures: tuple[Measure, ...] = ()
    order: tuple[str, ...] = ()
    """The names of columns by which groups are ordered, `-` before one turns it round."""
    columns: tuple[str, ...] = ()
    """Which columns of groups are given; none are all."""
    having: tuple[tuple[str, str, Any], ...] = ()
    """Conditions on measures: the name of one, a lookup, a value."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return (*self.paths, *(measure.alias for measure in self.measures))

    def made(self, rows: Iterable[Values]) -> list[Any]:
        """Make of rows of values what was asked for."""
        return FORMS[self.form](self.names, _unique(rows) if self.distinct else rows)

    def grouped(self, expressions: Iterable[Any], named: dict[str, Any]) -> "Shape":
        """Make one row for each combination of values, with these measures."""
        return replace(self, measures=(*self.measures, *measures(expressions, named)))

    def has(self, fields: Iterable[Any]) -> bool:
        """Whether these name columns, to be ordered by."""
        return {str(field).removeprefix("-") for field in fields} <= set(self.names)

    def in_order(self, rows: list[Values], *, nulls_first: bool) -> list[Values]:
        """The rows in the order of some columns, with missing values first or last in an ascending one."""
        for name in reversed(self.order):
            place = self.names.index(name.removeprefix("-"))
            keys = [_sortable(row[place], nulls_first) for row in rows]
            places = sorted(range(len(rows)), key=keys.__getitem__, reverse=name.startswith("-"))
            rows = [rows[place] for place in places]
        return rows

    def keeps(self, row: Values) -> bool:
        """Whether the measures of a group meet the conditions on them."""
        return all(COMPARED[lookup](row[self.names.index(name)], value) for name, lookup, value in self.having)


def _sortable(value: Any, nulls_first: bool) -> tuple[bool, Any]:
    if value is None:
        return (not nulls_first, 0)
    return (nulls_first, repr(value) if isinstance(value, dict | list) else value)


def _unique(rows: Iterable[Values]) -> Iterable[Values]:
    """Each row once, where it came first; values may be lists and dicts, which have no hash."""
    first: dict[str, Values] = {}
    for row in rows:
        first.setdefault(repr(row), row)
    return first.values()


class ValueRows(Lazy):
    """The part of a query set that gives values."""

    def values(self, *fields: str) -> "QuerySet":
        """Dictionaries of values: of these fields and paths, or of all columns.

        >>> ln.Artifact.filter().values("key", "created_by__handle")  # doctest: +SKIP
        """
        return self._shaped(fields, "dicts")

    def values_list(self, *fields: str, flat: bool = False, named: bool = False) -> "QuerySet":
        """Tuples of values, the values themselves of one field (`flat`), or named tuples.

        >>> ln.Artifact.filter().values_list("suffix", flat=True).distinct()  # doctest: +SKIP
        """
        if flat and (named or len(fields) != 1):
            raise InvalidTypeError("'flat' takes exactly one field, and not 'named'.")
        return self._shaped(fields, "flat" if flat else "named" if named else "tuples")

    def _shaped(self, fields: tuple[str, ...], form: str) -> "QuerySet":
        if self._query.shape and self._query.shape.measures:
            return self._regrouped(self._query.shape, fields, form)
        columns = fields or (*self._info.fields, *self._query.annotations)
        part = self._with(shape=Shape(columns, form, self._query.distinct and self._orders_only(columns)))
        part._reader().check()
        return cast("QuerySet", part)

    def _orders_only(self, columns: tuple[str, ...]) -> bool:
        """Whether the order is one of these columns: another one would tell rows apart that have the same values."""
        names = {field.graphql for name, field in self._info.fields.items() if name in columns}
        return all(part.keys() <= names for part in self._query.order)

    def _regrouped(self, shape: Shape, fields: tuple[str, ...], form: str) -> "QuerySet":
        """The same groups in another form, of some columns only."""
        for name in fields:
            if name not in shape.names:
                raise FieldError(f"The groups have no column '{name}': they have {', '.join(shape.names)}.")
        return cast("QuerySet", self._with(shape=replace(shape, form=form, columns=fields)))

    def one_column(self) -> builtins.list[Any]:
        """The results, or the values of the only column, to be compared with.

        Raises:
            InvalidTypeError: if there are several columns.
        """
        shape = self._query.shape
        if shape and len(shape.columns or shape.names) != 1:
            raise InvalidTypeError(f"One column can be compared with, not {', '.join(shape.columns or shape.names)}.")
        return self._with(shape=replace(shape, form="flat"))._fetch() if shape else self._fetch()

    def to_list(self, field: str | None = None) -> builtins.list[Any]:
        """The records as a list, or the values of one field or path."""
        if field is None:
            return self._fetch()[:]
        if self._neighbours and self._neighbours.worth(field):
            return [getattr(record, field) for record in self._fetch()]
        return self.values_list(field, flat=True)._fetch()

    def list(self, field: str | None = None) -> builtins.list[Any]:
        """As `to_list`, by its old name."""
        return self.to_list(field)

    async def ato_list(self, field: str | None = None) -> builtins.list[Any]:
        """As `to_list`, to be awaited."""
        rows = self if field is None else self.values_list(field, flat=True)
        return await background.bridge(rows._reader().results())
