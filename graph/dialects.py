"""What SQLite and PostgreSQL say differently: comparing, folding case, JSON text, lists as one parameter, cursors.

Everything else that builds SQL is the same for both. JSON is composed as text (`'{"uid":' || json_quote(uid) || …`): it
needs no cast where it nests, knows no limit of arguments or of the length of a key, and is as fast as the databases'
own constructors or faster.
"""

import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import reduce
from itertools import groupby
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.sql.elements import Grouping
from typing_extensions import override

from .scalars import Kind

Text = ColumnElement[str]
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


Part = str | Text
"""A piece of a text that is composed: fixed text, or an expression."""


def constant(text: str) -> Text:
    """Put fixed text into the statement: punctuation of JSON, names from the schema, response keys of the document.

    GraphQL's grammar keeps response keys to letters, digits and underscores, so nothing here needs more than the quote.
    """
    return sa.literal_column("'" + text.replace("'", "''") + "'", sa.Text())


def concat(parts: Iterable[Part]) -> Text:
    """Join pieces with `||`, fixed text that meets into one, in groups: SQLite refuses more than 1,000 levels."""
    return _grouped([part if isinstance(part, ColumnElement) else constant(part) for part in _merged(parts)])


def _merged(parts: Iterable[Part]) -> Iterator[Part]:
    for fixed, run in groupby(parts, lambda part: isinstance(part, str)):
        pieces = list(run)
        yield from ["".join(map(str, pieces))] if fixed else pieces


def _grouped(texts: Sequence[Text]) -> Text:
    if len(texts) <= 50:
        return reduce(operator.add, texts)
    return _grouped([Grouping(_grouped(texts[start : start + 50])) for start in range(0, len(texts), 50)])


def _joined(rows: sa.Function[str], where: ColumnElement[bool] | None) -> Text:
    """Only some of the joined rows; an empty text if there are none."""
    return sa.func.coalesce(rows if where is None else rows.filter(where), constant(""), type_=sa.Text())


class Dialect(ABC):
    """The SQL of one database."""

    name: str
    sqlalchemy: sa.Dialect
    converters: Mapping[Kind, Convert] = {}
    """How values are turned into what the driver takes, for the kinds that need it."""

    # Comparing -----------------------------------------------------------------------------------------------------

    def compare(self, compare: Callable[[Any, Any], Any], value: ColumnElement[Any], operand: Operand) -> Any:
        """Apply `operator.eq`, `ne`, `lt`, `le`, `gt` or `ge`; text compares by code point."""
        if operand.kind is Kind.STRING and compare not in (operator.eq, operator.ne):  # equal is equal in any collation
            value = self.collate(value)
        return compare(value, operand())

    @abstractmethod
    def any_of(self, value: ColumnElement[Any], operand: Operand) -> ColumnElement[bool]:
        """Tell whether a value is in a list, which is one parameter however long it is."""

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

    @abstractmethod
    def join_rows(self, row: ColumnElement[Any], where: ColumnElement[bool] | None) -> Text:
        """Join the JSON texts of many rows with commas, in the order of the sub-query they come from."""

    @abstractmethod
    def hex(self, text: Text) -> Text:
        """Write text as hexadecimal digits."""

    @abstractmethod
    def pairs(self, operand: Operand) -> sa.FromClause:
        """Turn a list of (number of an arm, key) into rows of `position`, `arm` and `key`."""


# SQLite --------------------------------------------------------------------------------------------------------------


def _stored(value: datetime) -> str:
    """An instant as LaminDB stores it, with six digits of a second."""
    return value.strftime("%Y-%m-%d %H:%M:%S.%f").rjust(26, "0")


def _shortest(value: datetime) -> str:
    """The shortest text of an instant; any other text of the same instant only adds zeros."""
    return _stored(value).rstrip("0").rstrip(".") if value.microsecond else _stored(value)[:19]


def _spellings(values: list[datetime]) -> str:
    """Every text under which these instants may be stored, as a JSON list: seconds, milliseconds, microseconds."""
    return orjson.dumps(
        [text for value in values for text in {_stored(value), *_shorter(value)}],
    ).decode()


def _shorter(value: datetime) -> list[str]:
    if value.microsecond % 1000:
        return []
    return [_stored(value)[:23]] if value.microsecond else [_stored(value)[:23], _stored(value)[:19]]


def _json_list(values: list[Any]) -> str:
    return orjson.dumps(values).decode()


def _rfc3339(value: ColumnElement[Any]) -> Text:
    """A stored instant without the zeros that end its fraction, date and time joined by a T."""
    raw = sa.type_coerce(value, sa.Text())
    trimmed = sa.func.rtrim(sa.func.rtrim(raw, constant("0")), constant("."))
    short = sa.func.iif(sa.func.length(raw) > sa.literal_column("19"), trimmed, raw)
    return sa.func.replace(short, constant(" "), constant("T"), type_=sa.Text())


class SQLite(Dialect):
    """SQLite keeps instants as text in UTC, JSON as text, booleans as 0 and 1."""

    name = "sqlite"
    sqlalchemy = sqlite.dialect(paramstyle="qmark")
    converters = {Kind.DATE: date.isoformat}

    # The same instant may be stored with 0, 3 or 6 digits of a second; as text, the shorter sorts first.
    _BOUND = {operator.lt: _shortest, operator.ge: _shortest, operator.gt: _stored, operator.le: _stored}

    @override
    def compare(self, compare: Callable[[Any, Any], Any], value: ColumnElement[Any], operand: Operand) -> Any:
        if operand.kind is not Kind.DATETIME:
            return super().compare(compare, value, operand)
        if compare in self._BOUND:
            return compare(value, operand(self._BOUND[compare], sa.Text()))
        same = value.between(operand(_shortest, sa.Text()), operand(_stored, sa.Text()))
        return same if compare is operator.eq else sa.not_(same)

    @override
    def any_of(self, value: ColumnElement[Any], operand: Operand) -> ColumnElement[bool]:
        convert = {Kind.DATETIME: _spellings, Kind.DATE: lambda days: _json_list([str(day) for day in days])}
        items = sa.func.json_each(operand(convert.get(operand.kind, _json_list), sa.Text())).table_valued("value")
        return value.in_(sa.select(items.c.value))

    @override
    def collate(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        return value  # SQLite's BINARY compares UTF-8 byte by byte, which is by code point

    @override
    def fold(self, text: ColumnElement[Any]) -> ColumnElement[Any]:
        return sa.func.lnql_lower(text, type_=sa.Text())

    @override
    def contains(self, text: ColumnElement[Any], part: ColumnElement[Any]) -> ColumnElement[bool]:
        return sa.func.instr(text, part) > sa.literal_column("0")

    @override
    def starts_with(self, text: ColumnElement[Any], part: ColumnElement[Any]) -> ColumnElement[bool]:
        # The second condition says nothing new; it lets an index narrow the search.
        start = sa.func.substr(text, sa.literal_column("1"), sa.func.length(part))
        return sa.and_(start == part, text >= part)

    @override
    def ends_with(self, text: ColumnElement[Any], part: ColumnElement[Any]) -> ColumnElement[bool]:
        start = sa.func.length(text) - sa.func.length(part) + sa.literal_column("1")
        return sa.func.substr(text, start) == part

    @override
    def json(self, kind: Kind, value: ColumnElement[Any], nullable: bool) -> Text:
        text: Text
        match kind:
            case Kind.STRING | Kind.FLOAT:
                return sa.func.json_quote(value, type_=sa.Text())
            case Kind.BOOLEAN:
                text = sa.case((value, constant("true")), (sa.not_(value), constant("false")))
            case Kind.DATETIME:
                text = concat(['"', _rfc3339(value), '+00:00"'])
            case Kind.DATE:
                text = concat(['"', sa.cast(value, sa.Text()), '"'])
            case _:
                text = sa.type_coerce(value, sa.Text())
        return sa.func.coalesce(text, constant("null"), type_=sa.Text()) if nullable else text

    @override
    def join_rows(self, row: ColumnElement[Any], where: ColumnElement[bool] | None) -> Text:
        return _joined(sa.func.group_concat(row, constant(","), type_=sa.Text()), where)

    @override
    def hex(self, text: Text) -> Text:
        return sa.func.lower(sa.func.hex(text), type_=sa.Text())

    @override
    def pairs(self, operand: Operand) -> sa.FromClause:
        items = sa.func.json_each(operand(_json_list, sa.Text())).table_valued("key", "value")
        arm, key = (sa.func.json_extract(items.c.value, constant(f"$[{place}]")) for place in (0, 1))
        return sa.select(items.c.key.label("position"), arm.label("arm"), key.label("key")).subquery()


# PostgreSQL ----------------------------------------------------------------------------------------------------------


def _firsts(pairs: list[tuple[int, int]]) -> list[int]:
    return [first for first, _ in pairs]


def _seconds(pairs: list[tuple[int, int]]) -> list[int]:
    return [second for _, second in pairs]


class PostgreSQL(Dialect):
    """PostgreSQL's session time zone is UTC.

    Args:
        folding: the collation under which `lower` follows Unicode; None where the server has none but its own.
    """

    name = "postgresql"
    sqlalchemy: sa.Dialect = PGDialect_asyncpg()  # type: ignore[no-untyped-call]

    # The best first: full Unicode case mapping, then simple mapping, then ICU's.
    FOLDING_COLLATIONS = ("pg_unicode_fast", "pg_c_utf8", "und-x-icu")

    def __init__(self, folding: str | None = None) -> None:
        self._folding = folding

    @override
    def any_of(self, value: ColumnElement[Any], operand: Operand) -> ColumnElement[bool]:
        return value == sa.any_(operand(None, postgresql.ARRAY(operand.kind.sql_type)))

    @override
    def collate(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        return value.collate("C")

    @override
    def fold(self, text: ColumnElement[Any]) -> ColumnElement[Any]:
        return sa.func.lower(text.collate(self._folding) if self._folding else text, type_=sa.Text())

    @override
    def contains(self, text: ColumnElement[Any], part: ColumnElement[Any]) -> ColumnElement[bool]:
        return sa.func.strpos(text, part) > sa.literal_column("0")

    @override
    def starts_with(self, text: ColumnElement[Any], part: ColumnElement[Any]) -> ColumnElement[bool]:
        return sa.func.starts_with(text, part, type_=sa.Boolean())

    @override
    def ends_with(self, text: ColumnElement[Any], part: ColumnElement[Any]) -> ColumnElement[bool]:
        return sa.func.right(text, sa.func.length(part)) == part

    @override
    def json(self, kind: Kind, value: ColumnElement[Any], nullable: bool) -> Text:
        quoted = kind in (Kind.STRING, Kind.DATETIME, Kind.DATE)
        text = sa.cast(sa.func.to_json(value) if quoted else value, sa.Text())
        return sa.func.coalesce(text, constant("null"), type_=sa.Text()) if nullable else text

    @override
    def join_rows(self, row: ColumnElement[Any], where: ColumnElement[bool] | None) -> Text:
        return _joined(sa.func.string_agg(row, constant(","), type_=sa.Text()), where)

    @override
    def hex(self, text: Text) -> Text:
        return sa.func.encode(sa.func.convert_to(text, constant("UTF8")), constant("hex"), type_=sa.Text())

    @override
    def pairs(self, operand: Operand) -> sa.FromClause:
        type_ = postgresql.ARRAY(sa.BigInteger())
        arms, keys = operand(_firsts, type_), operand(_seconds, type_)
        return sa.func.unnest(arms, keys).table_valued("arm", "key", with_ordinality="position").render_derived()
