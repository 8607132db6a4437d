"""What SQLite and PostgreSQL say differently: comparing, folding case, JSON, parts of dates, lists as one parameter.

`sqlite.py` and `postgresql.py` say it; everything else that builds SQL is the same for both.

JSON is composed as text (`'{"uid":' || json_quote(uid) || …`): it needs no cast where it nests, knows no limit of
arguments or of the length of a key, and is as fast as the databases' own constructors or faster.
"""

import json
import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.sql.elements import Grouping

from .scalars import Kind, parse_datetime

Text = ColumnElement[str]
Predicate = ColumnElement[bool]
"""What is true, false or unknown of a row."""
Convert = Callable[[Any], Any]


class Operand:
    """The value that a condition compares with: a parameter of the statement, known by its kind.

    `bind(convert, type)` makes the bound parameter; `convert` turns the value into what the driver takes.
    """

    def __init__(self, kind: Kind, bind: Callable[[Convert | None, Any], ColumnElement[Any]]) -> None:
        self.kind = kind
        self._bind = bind

    def __call__(self, convert: Convert | None = None, type_: Any = None) -> ColumnElement[Any]:
        """Give the parameter, converted by `convert` and bound as `type_` (default: as its kind is)."""
        return self._bind(convert, self.kind.sql_type if type_ is None else type_)


def listed_json(value: Any) -> str:
    """A list with one element, as JSON."""
    return json.dumps([value])


Part = str | Text
"""A piece of a text that is composed: fixed text, or an expression."""


def constant(text: str) -> Text:
    """Put fixed text into the statement: punctuation of JSON, names from the schema, response keys of the document.

    GraphQL's grammar keeps response keys to letters, digits and underscores, so nothing here needs more than the quote.
    """
    return sa.literal_column("'" + text.replace("'", "''") + "'", sa.Text())


def concat(parts: Iterable[Part]) -> Text:
    """Join pieces with `||`, in groups: SQLite refuses more than 1,000 levels."""
    return _grouped(texts_of(parts))


def texts_of(parts: Iterable[Part]) -> list[Text]:
    """Pieces as expressions; fixed text that meets is one."""
    return [part if isinstance(part, ColumnElement) else constant(part) for part in _merged(parts)]


def _merged(parts: Iterable[Part]) -> Iterator[Part]:
    for fixed, run in groupby(parts, lambda part: isinstance(part, str)):
        pieces = list(run)
        yield from ["".join(map(str, pieces))] if fixed else pieces


def _grouped(texts: Sequence[Text]) -> Text:
    if len(texts) <= 50:
        return reduce(operator.add, texts)
    return _grouped([Grouping(_grouped(texts[start : start + 50])) for start in range(0, len(texts), 50)])


def joined(rows: sa.Function[str], where: ColumnElement[bool] | None) -> Text:
    """Only some of the joined rows; an empty text if there are none."""
    return sa.func.coalesce(among(rows, where), constant(""), type_=sa.Text())


def among(values: sa.Function[Any], where: ColumnElement[bool] | None) -> ColumnElement[Any]:
    """An aggregate of only some rows."""
    return values if where is None else values.filter(where)


class Dialect(ABC):
    """The SQL of one database."""

    name: str
    sqlalchemy: sa.Dialect
    lists: bool
    """Whether `IN` lists the rows of a sub-select first and `EXISTS` asks row by row; else both are planned alike."""
    equals_by_type: bool = False
    """Whether JSON numbers and texts that `json_compare` finds equal are of the same type."""
    converters: Mapping[Kind, Convert] = {}
    """How values are turned into what the driver takes, for the kinds that need it."""

    # Comparing -----------------------------------------------------------------------------------------------------

    def compare(self, compare: Callable[[Any, Any], Any], value: ColumnElement[Any], operand: Operand) -> Any:
        """Apply `operator.eq`, `ne`, `lt`, `le`, `gt` or `ge`; text compares by code point."""
        if operand.kind is Kind.STRING and compare not in (operator.eq, operator.ne):  # equal is equal in any collation
            value = self.collate(value)
        return compare(value, operand())

    def compare_key(self, compare: Callable[[Any, Any], Any], value: ColumnElement[Any], operand: Operand) -> Any:
        """Compare an order key with that of a cursor, which holds an instant as `key_json` wrote it."""
        if operand.kind is Kind.DATETIME:
            return compare(value, operand(parse_datetime))
        return self.compare(compare, value, operand)

    @abstractmethod
    def any_of(self, value: ColumnElement[Any], operand: Operand) -> ColumnElement[bool]:
        """Tell whether a value is in a list, which is one parameter however long it is."""

    @abstractmethod
    def listed(self, value: ColumnElement[Any], select: sa.Select[Any]) -> ColumnElement[bool]:
        """Tell whether a value is among the few that a query lists; it runs first."""

    def unindexed(self, condition: ColumnElement[bool]) -> ColumnElement[bool]:
        """Have a condition that most rows meet not keep another index from being used."""
        return condition

    def once(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        """Have no plan depend on the value of a parameter."""
        return value

    @abstractmethod
    def collate(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        """Have text compared and ordered by code point."""

    @abstractmethod
    def fold(self, text: ColumnElement[Any]) -> ColumnElement[Any]:
        """Lower-case text by Unicode's rules."""

    def equal(self, text: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[bool]:
        """Tell whether two texts are equal."""
        return text == other

    @abstractmethod
    def contains(self, text: ColumnElement[Any], part: ColumnElement[Any]) -> ColumnElement[bool]:
        """Tell whether a text has another in it."""

    @abstractmethod
    def starts_with(self, text: ColumnElement[Any], part: ColumnElement[Any]) -> ColumnElement[bool]:
        """Tell whether a text starts with another."""

    @abstractmethod
    def ends_with(self, text: ColumnElement[Any], part: ColumnElement[Any]) -> ColumnElement[bool]:
        """Tell whether a text ends with another."""

    # JSON ----------------------------------------------------------------------------------------------------------

    @abstractmethod
    def json(self, kind: Kind, value: ColumnElement[Any], nullable: bool) -> Text:
        """Write a value as JSON text."""

    def key_json(self, kind: Kind, value: ColumnElement[Any], nullable: bool) -> Text:
        """Write an order key as JSON text, for a cursor."""
        return self.json(kind, value, nullable)

    @abstractmethod
    def join_rows(self, row: ColumnElement[Any], where: ColumnElement[bool] | None, separator: str = ",") -> Text:
        """Join the texts of many rows, in the order of the sub-query they come from."""

    @abstractmethod
    def list_of(self, kind: Kind, value: ColumnElement[Any]) -> ColumnElement[Any]:
        """List a value of many rows, in the order of the sub-query they come from; `read_list` reads it."""

    @abstractmethod
    def read_list(self, listed: Any) -> list[Any]:
        """Read the answer to `list_of`: numbers, texts (JSON too), booleans, or 0 and 1 for these.

        Dates are ISO 8601 texts; so are instants, without their zone, UTC, or they are microseconds since 1970.
        """

    @abstractmethod
    def item(self, text: ColumnElement[Any], place: ColumnElement[int]) -> Text:
        """Give the text of one of many rows, counted from 1 in the order of the sub-query they come from."""

    @abstractmethod
    def hex(self, text: Text) -> Text:
        """Write text as hexadecimal digits."""

    @abstractmethod
    def digest(self, text: Text) -> Text:
        """Give the MD5 digest of a text in UTF-8, as hexadecimal digits: short, and the same for the same text only."""

    @abstractmethod
    def matches(self, text: ColumnElement[Any], pattern: Operand, *, fold: bool) -> ColumnElement[bool]:
        """Tell whether a regular expression is found in a text; with `fold`, whatever the case."""

    def compose(self, parts: Iterable[Part]) -> Text:
        """Join pieces, none of which is NULL, into the text of an object or a list."""
        return concat(parts)

    # JSON documents ------------------------------------------------------------------------------------------------

    @abstractmethod
    def json_at(self, document: ColumnElement[Any], path: Operand, numeric: Sequence[bool]) -> ColumnElement[Any]:
        """Give the JSON value at a path of keys; a numeric key is the index of a list where there is a list."""

    @abstractmethod
    def json_type(self, value: ColumnElement[Any]) -> ColumnElement[str]:
        """Name the type of a JSON value."""

    @abstractmethod
    def json_scalar(self, value: ColumnElement[Any], *, number: bool) -> ColumnElement[Any]:
        """Give a JSON number or text as SQL's."""

    @abstractmethod
    def json_any_of(self, value: ColumnElement[Any], number: bool, operand: Operand) -> ColumnElement[bool]:
        """Tell whether a JSON number or text is in a list."""

    @abstractmethod
    def json_equal(self, value: ColumnElement[Any], operand: Operand) -> ColumnElement[bool]:
        """Tell whether two JSON values are equal, whatever the order of keys."""

    @abstractmethod
    def json_instant(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        """Give a JSON text that is an ISO 8601 time as an instant; without an offset it is in UTC."""

    @abstractmethod
    def json_contains(self, value: ColumnElement[Any], operand: Operand, *, in_list: bool) -> ColumnElement[bool]:
        """Tell whether a list or an object has another in it; with `in_list`, one with the operand as only element."""

    @abstractmethod
    def json_text(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        """Give the text of a JSON value, as PostgreSQL writes it; that of a text has no quotes, null has none."""

    @abstractmethod
    def json_compare(
        self, compare: Callable[[Any, Any], Any], value: ColumnElement[Any], number: bool, operand: Operand
    ) -> Any:
        """Compare a JSON value that is known to be a number or a text; text by code point."""

    # Dates ---------------------------------------------------------------------------------------------------------

    @abstractmethod
    def part(self, name: str, value: ColumnElement[Any]) -> ColumnElement[Any]:
        """Give a part of a value, by its name in `comparators.PARTS`."""

    @abstractmethod
    def truncate(self, kind: Kind, unit: str, value: ColumnElement[Any]) -> ColumnElement[Any]:
        """Give the first instant or date of the day, week (from Monday), month, quarter or year, in UTC."""

    # Aggregates ----------------------------------------------------------------------------------------------------

    def identity(self, kind: Kind, value: ColumnElement[Any]) -> ColumnElement[Any]:
        """Give what is the same for equal values."""
        return value

    @abstractmethod
    def sum(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        """Add whole numbers up; none on the way is too large."""

    # States --------------------------------------------------------------------------------------------------------

    @abstractmethod
    def state(self) -> Text:
        """Name what a statement sees of the database.

        It has another name once others have written, for ever; of two connections it may have two.
        """

    def version(self, table: sa.Table, rows: sa.FromClause) -> Text | None:
        """Name what a statement sees of the rows of a table, None where nothing tells that.

        It has another name once somebody has written to the table. It takes a look at each row, but at no column.
        """
        return None

    # Lists and texts as rows ---------------------------------------------------------------------------------------

    @abstractmethod
    def texts(self, operand: Operand) -> sa.FromClause:
        """Turn a list of texts into rows of `position` and `value`."""

    @abstractmethod
    def split(self, text: ColumnElement[Any]) -> tuple[Text, sa.FromClause]:
        """Split a text at its bars: one of the parts, and what to select it from; NULL has none."""

    @abstractmethod
    def scored(self, operand: Operand) -> sa.FromClause:
        """Turn `Hits` into rows of `key` and `score`."""

    @abstractmethod
    def pairs(self, operand: Operand) -> sa.FromClause:
        """Turn a list of (number of an arm, key) into rows of `position`, `arm` and `key`."""
