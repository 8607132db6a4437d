"""The SQL of SQLite."""

import operator
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, partial
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.elements import Grouping
from sqlalchemy.sql.operators import custom_op
from typing_extensions import override

from lnql.models.hits import Hits
from lnql.models.jsonb import canonical_json
from lnql.models.sqlite import sqlite3

from .dialects import Convert, Dialect, Operand, Part, Text, concat, constant, joined, listed_json, texts_of
from .scalars import Kind
from .sqlite_instants import PARTS, STARTS, from_iso8601, rfc3339, shortest, spellings, stored, trimmed, without_zone


def _json_list(values: list[Any]) -> str:
    return orjson.dumps(values).decode()


def _scores_by_key(hits: Hits) -> str:
    """Hits as a JSON object, which SQLite reads three times as fast as a list of pairs."""
    scores = dict(zip(hits.keys.tolist(), hits.scores.tolist(), strict=True))
    return orjson.dumps(scores, option=orjson.OPT_NON_STR_KEYS).decode()


def _step(place: int, as_index: bool, path: list[str]) -> str:
    """One step of a path in SQLite's notation."""
    return f"$[{int(path[place])}]" if as_index else f"$.{orjson.dumps(path[place]).decode()}"


@cache
def _step_converter(place: int, as_index: bool) -> Convert:
    """The same function for the same step, so that it is one parameter."""
    return partial(_step, place, as_index)


HAS_CONCAT = sqlite3.sqlite_version_info >= (3, 44)
MOST_ARGUMENTS = 100
"""A function takes at most 127 arguments in older builds."""


class SQLite(Dialect):
    """SQLite keeps instants as text in UTC, JSON as text, booleans as 0 and 1."""

    name = "sqlite"
    lists = True
    sqlalchemy = sqlite.dialect(paramstyle="qmark")
    converters = {Kind.DATE: date.isoformat}

    # The same instant may be stored with 0, 3 or 6 digits of a second; as text, the shorter sorts first.
    _BOUND = {operator.lt: shortest, operator.ge: shortest, operator.gt: stored, operator.le: stored}

    @override
    def compare(self, compare: Callable[[Any, Any], Any], value: ColumnElement[Any], operand: Operand) -> Any:
        if operand.kind is not Kind.DATETIME:
            return super().compare(compare, value, operand)
        if compare in self._BOUND:
            return compare(value, operand(self._BOUND[compare], sa.Text()))
        same = value.between(operand(shortest, sa.Text()), operand(stored, sa.Text()))
        return same if compare is operator.eq else sa.not_(same)

    # Instants are ordered as text, so that an index serves; a cursor holds that text with all its zeros, because
    # another text of the same instant has another place in the order.

    @override
    def compare_key(self, compare: Callable[[Any, Any], Any], value: ColumnElement[Any], operand: Operand) -> Any:
        if operand.kind is Kind.DATETIME:
            return compare(value, operand(without_zone, sa.Text()))
        return super().compare_key(compare, value, operand)

    @override
    def key_json(self, kind: Kind, value: ColumnElement[Any], nullable: bool) -> Text:
        if kind is Kind.DATETIME:
            return self.json(Kind.STRING, concat([sa.type_coerce(value, sa.Text()), "+00:00"]), nullable)
        return super().key_json(kind, value, nullable)

    @override
    def any_of(self, value: ColumnElement[Any], operand: Operand) -> ColumnElement[bool]:
        convert = {Kind.DATETIME: spellings, Kind.DATE: lambda days: _json_list([str(day) for day in days])}
        items = sa.func.json_each(operand(convert.get(operand.kind, _json_list), sa.Text())).table_valued("value")
        return value.in_(sa.select(items.c.value))

    @override
    def listed(self, value: ColumnElement[Any], select: sa.Select[Any]) -> ColumnElement[bool]:
        return value.in_(select)

    @override
    def unindexed(self, condition: ColumnElement[bool]) -> ColumnElement[bool]:
        return sa.UnaryExpression(Grouping(condition), operator=custom_op("+"), type_=sa.Boolean())

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
        starts = sa.func.substr(text, sa.literal_column("1"), sa.func.length(part)) == part
        if isinstance(text, sa.Function):
            return starts
        # The second condition says nothing new; it lets an index narrow the search.
        return sa.and_(starts, text >= part)

    @override
    def ends_with(self, text: ColumnElement[Any], part: ColumnElement[Any]) -> ColumnElement[bool]:
        start = sa.func.length(text) - sa.func.length(part) + sa.literal_column("1")
        return sa.func.substr(text, start) == part

    @override
    def matches(self, text: ColumnElement[Any], pattern: Operand, *, fold: bool) -> ColumnElement[bool]:
        return sa.func.lnql_regex(pattern(), text, sa.literal_column(str(int(fold))), type_=sa.Boolean())

    @override
    def json(self, kind: Kind, value: ColumnElement[Any], nullable: bool) -> Text:
        text: Text
        match kind:
            case Kind.STRING | Kind.FLOAT:
                return sa.func.json_quote(value, type_=sa.Text())
            case Kind.BOOLEAN:
                text = sa.case((value, constant("true")), (sa.not_(value), constant("false")))
            case Kind.DATETIME:
                text = concat(['"', rfc3339(value), '+00:00"'])
            case Kind.DATE:
                text = concat(['"', sa.cast(value, sa.Text()), '"'])
            case _:
                text = sa.type_coerce(value, sa.Text())
        return sa.func.coalesce(text, constant("null"), type_=sa.Text()) if nullable else text

    @override
    def join_rows(self, row: ColumnElement[Any], where: ColumnElement[bool] | None, separator: str = ",") -> Text:
        return joined(sa.func.group_concat(row, constant(separator), type_=sa.Text()), where)

    @override
    def list_of(self, kind: Kind, value: ColumnElement[Any]) -> ColumnElement[Any]:
        return sa.func.json_group_array(sa.type_coerce(value, sa.Text()), type_=sa.Text())

    @override
    def read_list(self, listed: Any) -> list[Any]:
        values: list[Any] = orjson.loads(listed)
        return values

    @override
    def compose(self, parts: Iterable[Part]) -> Text:
        # Each || copies all that stands before it; the function writes once, and spares a quarter of a page's time.
        if not HAS_CONCAT:
            return concat(parts)
        texts = texts_of(parts)
        if len(texts) <= MOST_ARGUMENTS:
            return sa.func.concat(*texts, type_=sa.Text()) if len(texts) > 1 else texts[0]
        starts = range(0, len(texts), MOST_ARGUMENTS)
        return self.compose(self.compose(texts[start : start + MOST_ARGUMENTS]) for start in starts)

    @override
    def item(self, text: ColumnElement[Any], place: ColumnElement[int]) -> Text:
        path = concat(["$[", sa.cast(place - sa.literal_column("1"), sa.Text()), "]"])
        return sa.func.json_extract(sa.func.json_group_array(text), path, type_=sa.Text())

    @override
    def hex(self, text: Text) -> Text:
        return sa.func.lower(sa.func.hex(text), type_=sa.Text())

    @override
    def digest(self, text: Text) -> Text:
        return sa.func.lnql_md5(sa.cast(text, sa.BLOB()), type_=sa.Text())  # as bytes it need not be decoded

    @override
    def json_at(self, document: ColumnElement[Any], path: Operand, numeric: Sequence[bool]) -> ColumnElement[Any]:
        value: ColumnElement[Any] = sa.type_coerce(document, sa.Text())
        for place, may_be_index in enumerate(numeric):
            by_key = value.op("->")(path(_step_converter(place, False), sa.Text()))
            if may_be_index:
                by_index = value.op("->")(path(_step_converter(place, True), sa.Text()))
                value = sa.func.coalesce(by_index, by_key, type_=sa.Text())
            else:
                value = Grouping(by_key)
        return value

    @override
    def json_type(self, value: ColumnElement[Any]) -> ColumnElement[str]:
        return sa.func.json_type(value, type_=sa.Text())

    @override
    def json_scalar(self, value: ColumnElement[Any], *, number: bool) -> ColumnElement[Any]:
        return sa.func.json_extract(value, constant("$"), type_=sa.Double() if number else sa.Text())

    @override
    def json_compare(
        self, compare: Callable[[Any, Any], Any], value: ColumnElement[Any], number: bool, operand: Operand
    ) -> Any:
        return compare(self.json_scalar(value, number=number), operand(None, sa.Double() if number else sa.Text()))

    @override
    def json_any_of(self, value: ColumnElement[Any], number: bool, operand: Operand) -> ColumnElement[bool]:
        items = sa.func.json_each(operand(_json_list, sa.Text())).table_valued("value")
        return self.json_scalar(value, number=number).in_(sa.select(items.c.value))

    @override
    def json_equal(self, value: ColumnElement[Any], operand: Operand) -> ColumnElement[bool]:
        return sa.func.lnql_canonical(value, type_=sa.Text()) == operand(canonical_json, sa.Text())

    @override
    def json_instant(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        return from_iso8601(sa.func.json_extract(value, constant("$"), type_=sa.Text()))

    @override
    def json_contains(self, value: ColumnElement[Any], operand: Operand, *, in_list: bool) -> ColumnElement[bool]:
        part = operand(listed_json if in_list else canonical_json, sa.Text())
        return sa.func.lnql_contains(value, part, type_=sa.Boolean())

    @override
    def json_text(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        unquoted = sa.func.json_extract(value, constant("$"), type_=sa.Text())
        written = sa.func.lnql_json_text(value, type_=sa.Text())
        return sa.case((self.json_type(value) == constant("text"), unquoted), else_=written)

    @override
    def part(self, name: str, value: ColumnElement[Any]) -> ColumnElement[Any]:
        return PARTS[name](value)

    @override
    def truncate(self, kind: Kind, unit: str, value: ColumnElement[Any]) -> ColumnElement[Any]:
        first = sa.func.date(value, *STARTS[unit](value), type_=sa.Text())
        return first if kind is Kind.DATE else first + constant(" 00:00:00")

    @override
    def identity(self, kind: Kind, value: ColumnElement[Any]) -> ColumnElement[Any]:
        return trimmed(value) if kind is Kind.DATETIME else value

    @override
    def sum(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        # SQLite's own sum fails where it leaves 64 bits on the way, so the upper and the lower halves are added apart.
        upper = sa.func.sum(value.op(">>")(sa.literal_column("32")))
        lower = sa.func.sum(value.op("&")(sa.literal_column("4294967295")))
        return upper * sa.literal_column("4294967296") + lower

    @override
    def state(self) -> Text:
        version = sa.func.pragma_data_version().table_valued("data_version")
        number = sa.cast(version.c.data_version, sa.Text())
        return sa.select(concat([sa.func.lnql_connection(type_=sa.Text()), ":", number])).scalar_subquery()

    @override
    def texts(self, operand: Operand) -> sa.FromClause:
        items = sa.func.json_each(operand(_json_list, sa.Text())).table_valued("key", "value")
        return sa.select(items.c.key.label("position"), items.c.value).subquery()

    @override
    def split(self, text: ColumnElement[Any]) -> tuple[Text, sa.FromClause]:
        listed = sa.func.replace(sa.func.json_array(text), constant("|"), constant('","'))
        parts = sa.func.json_each(listed).table_valued(sa.column("value", sa.Text()))
        return parts.c.value, parts

    @override
    def scored(self, operand: Operand) -> sa.FromClause:
        items = sa.func.json_each(operand(_scores_by_key, sa.Text())).table_valued("key", "value")
        key = sa.cast(items.c.key, sa.BigInteger())
        return sa.select(key.label("key"), items.c.value.label("score")).subquery()

    @override
    def pairs(self, operand: Operand) -> sa.FromClause:
        items = sa.func.json_each(operand(_json_list, sa.Text())).table_valued("key", "value")
        arm, key = (sa.func.json_extract(items.c.value, constant(f"$[{place}]")) for place in (0, 1))
        return sa.select(items.c.key.label("position"), arm.label("arm"), key.label("key")).subquery()
