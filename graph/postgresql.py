"""The SQL of PostgreSQL."""

import json
import operator
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.sql.elements import Grouping
from typing_extensions import override

from lnql.models.hits import Hits

from .dialects import Convert, Dialect, Operand, Text, concat, constant, joined, listed_json
from .regular_expressions import to_postgresql
from .scalars import Kind


def _firsts(pairs: list[tuple[int, int]]) -> list[int]:
    return [first for first, _ in pairs]


def _seconds(pairs: list[tuple[int, int]]) -> list[int]:
    return [second for _, second in pairs]


def _keys(hits: Hits) -> str:
    return _array(hits.keys.tolist())


def _scores(hits: Hits) -> str:
    return _array(hits.scores.tolist())


def _array(numbers: list[int]) -> str:
    """An array as PostgreSQL reads it from text: of a list, the driver would look at each number several times."""
    return f"{{{orjson.dumps(numbers)[1:-1].decode()}}}"


def _json_texts(values: list[Any]) -> list[str]:
    return [json.dumps(value) for value in values]


def _step(place: int, as_list: bool, path: list[str]) -> str | list[str]:
    """One step of a path; `#>` takes a list of steps."""
    return [path[place]] if as_list else path[place]


@cache
def _step_converter(place: int, as_list: bool) -> Convert:
    """The same function for the same step, so that it is one parameter."""
    return partial(_step, place, as_list)


def _field(name: str) -> Callable[[ColumnElement[Any]], ColumnElement[Any]]:
    """Read a number out of an instant by `extract`; the session's time zone is UTC. What is infinite has none."""
    return lambda value: sa.cast(sa.func.floor(sa.extract(name, _finite(value))), sa.Integer())


def _finite(value: ColumnElement[Any]) -> ColumnElement[Any]:
    return sa.case((sa.func.isfinite(value), value))


def _time(value: ColumnElement[Any], before: str = "") -> ColumnElement[Any]:
    text = sa.func.to_char(value, constant(f"{before}HH24:MI:SS.US"))
    return sa.func.rtrim(sa.func.rtrim(text, constant("0")), constant("."), type_=sa.Text())


def _text(value: ColumnElement[Any]) -> ColumnElement[Any]:
    whole = isinstance(value.type, sa.Integer | sa.Date)
    return sa.cast(value, sa.Text()) if whole else _time(value, "YYYY-MM-DD ")


ISO_8601 = r"^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$"
"""What can be cast to an instant without an error."""


POSTGRESQL_PARTS: dict[str, Callable[[ColumnElement[Any]], ColumnElement[Any]]] = {
    **{name: _field(name) for name in ("year", "month", "day", "hour", "minute", "second", "week", "quarter")},
    "weekDay": lambda value: _field("dow")(value) + sa.literal_column("1"),
    "date": lambda value: sa.cast(value, sa.Date()),
    "time": _time,
    "text": _text,
}


LISTED: dict[Kind, Callable[[ColumnElement[Any]], ColumnElement[Any]]] = {
    Kind.DATETIME: lambda value: sa.cast(
        sa.extract("epoch", _finite(value)) * sa.literal_column("1000000"), sa.BigInteger()
    ),
    Kind.DATE: lambda value: sa.cast(value, sa.Text()),
    Kind.JSON: lambda value: sa.cast(value, sa.Text()),
}
"""What is listed of values that drivers would make a Python object of, one by one."""


def _as_json(operand: Operand, convert: Convert) -> ColumnElement[Any]:
    """An operand as JSON, which is read once."""
    return _once(sa.cast(operand(convert, sa.Text()), postgresql.JSONB()))


def _once(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """A parameter on whose value no plan depends, so that PostgreSQL need not plan anew for each."""
    return sa.select(value).scalar_subquery()


class PostgreSQL(Dialect):
    """PostgreSQL's session time zone is UTC.

    Args:
        folding: the collation under which `lower` follows Unicode; None where the server has none but its own.
    """

    name = "postgresql"
    lists = False
    equals_by_type = True
    sqlalchemy: sa.Dialect = PGDialect_asyncpg()  # type: ignore[no-untyped-call]  # nor have dialects

    # The best first: full Unicode case mapping, then simple mapping, then ICU's.
    FOLDING_COLLATIONS = ("pg_unicode_fast", "pg_c_utf8", "und-x-icu")

    def __init__(self, folding: str | None = None) -> None:
        self._folding = folding

    @override
    def any_of(self, value: ColumnElement[Any], operand: Operand) -> ColumnElement[bool]:
        return value == sa.any_(operand(None, postgresql.ARRAY(operand.kind.sql_type)))

    @override
    def listed(self, value: ColumnElement[Any], select: sa.Select[Any]) -> ColumnElement[bool]:
        # An array has it read the index for each key; with IN it scans the table: the labels of 100 rows take
        # 1.8 ms instead of 4.3 ms.
        return value == sa.any_(sa.func.array(select.scalar_subquery()))

    @override
    def once(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        return _once(value)

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
    def matches(self, text: ColumnElement[Any], pattern: Operand, *, fold: bool) -> ColumnElement[bool]:
        collated = text.collate(self._folding) if fold and self._folding else text
        return collated.op("~*" if fold else "~", return_type=sa.Boolean())(pattern(to_postgresql))

    @override
    def json(self, kind: Kind, value: ColumnElement[Any], nullable: bool) -> Text:
        quoted = kind in (Kind.STRING, Kind.DATETIME, Kind.DATE)
        text = sa.cast(sa.func.to_json(value) if quoted else value, sa.Text())
        return sa.func.coalesce(text, constant("null"), type_=sa.Text()) if nullable else text

    @override
    def join_rows(self, row: ColumnElement[Any], where: ColumnElement[bool] | None, separator: str = ",") -> Text:
        return joined(sa.func.string_agg(row, constant(separator), type_=sa.Text()), where)

    @override
    def list_of(self, kind: Kind, value: ColumnElement[Any]) -> ColumnElement[Any]:
        read = LISTED.get(kind)
        return sa.func.array_agg(value if read is None else read(value))

    @override
    def read_list(self, listed: Any) -> list[Any]:
        return listed or []  # of no rows NULL

    @override
    def item(self, text: ColumnElement[Any], place: ColumnElement[int]) -> Text:
        item: Text = sa.type_coerce(sa.func.array_agg(text), postgresql.ARRAY(sa.Text()))[place]
        return item

    @override
    def hex(self, text: Text) -> Text:
        return sa.func.encode(sa.func.convert_to(text, constant("UTF8")), constant("hex"), type_=sa.Text())

    @override
    def digest(self, text: Text) -> Text:
        return sa.func.md5(text, type_=sa.Text())

    @override
    def json_at(self, document: ColumnElement[Any], path: Operand, numeric: Sequence[bool]) -> ColumnElement[Any]:
        # `#>` alone would take "-1", "+1" and " 1" for places in a list too.
        value, texts = document, postgresql.ARRAY(sa.Text())
        for place, may_be_index in enumerate(numeric):
            operator, type_ = ("#>", texts) if may_be_index else ("->", sa.Text())
            step = path(_step_converter(place, may_be_index), type_)
            value = Grouping(value.op(operator, return_type=postgresql.JSONB())(step))
        return value

    @override
    def json_type(self, value: ColumnElement[Any]) -> ColumnElement[str]:
        return sa.func.jsonb_typeof(value, type_=sa.Text())

    @override
    def json_scalar(self, value: ColumnElement[Any], *, number: bool) -> ColumnElement[Any]:
        text = value.op("#>>", return_type=sa.Text())(sa.literal_column("'{}'"))
        return sa.cast(text, sa.Numeric()) if number else Grouping(text)

    @override
    def json_compare(
        self, compare: Callable[[Any, Any], Any], value: ColumnElement[Any], number: bool, operand: Operand
    ) -> Any:
        # As JSON, which needs no cast that could fail and is in the statistics; but it orders text by locale.
        if number or compare is operator.eq:
            return compare(value, _as_json(operand, json.dumps))
        return compare(self.collate(self.json_scalar(value, number=False)), operand(None, sa.Text()))

    @override
    def json_any_of(self, value: ColumnElement[Any], number: bool, operand: Operand) -> ColumnElement[bool]:
        values = operand(_json_texts, postgresql.ARRAY(sa.Text()))
        return value == sa.any_(sa.cast(values, postgresql.ARRAY(postgresql.JSONB())))

    @override
    def json_equal(self, value: ColumnElement[Any], operand: Operand) -> ColumnElement[bool]:
        return value == _as_json(operand, json.dumps)

    @override
    def json_instant(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        text = self.json_scalar(value, number=False)
        return sa.case((text.op("~")(constant(ISO_8601)), sa.cast(text, sa.DateTime(timezone=True))))

    @override
    def json_contains(self, value: ColumnElement[Any], operand: Operand, *, in_list: bool) -> ColumnElement[bool]:
        part = _as_json(operand, listed_json if in_list else json.dumps)
        return value.op("@>", return_type=sa.Boolean())(part)

    @override
    def json_text(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        return self.json_scalar(value, number=False)

    @override
    def part(self, name: str, value: ColumnElement[Any]) -> ColumnElement[Any]:
        return POSTGRESQL_PARTS[name](value)

    @override
    def truncate(self, kind: Kind, unit: str, value: ColumnElement[Any]) -> ColumnElement[Any]:
        first = sa.func.date_trunc(constant(unit), value, type_=kind.sql_type)
        return sa.cast(first, sa.Date()) if kind is Kind.DATE else first

    @override
    def sum(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        return sa.func.sum(value)

    @override
    def state(self) -> Text:
        return sa.cast(sa.func.pg_current_snapshot(), sa.Text())

    @override
    def version(self, table: sa.Table, rows: sa.FromClause) -> Text | None:
        # What stands at `ctid` was written by the transaction `xmin`, once: a row that is written again stands
        # elsewhere or is another transaction's. So the same places and transactions are the same rows, in whichever
        # order others have committed, as long as the columns (`pg_class`) and the server stay. The largest `xmin` would
        # not do, for who began earlier may commit later; nor would statistics, which lag. A foreign table has no `xmin`
        # and one of partitions has places more than once: the version of these is the state of the database.
        places = sa.literal_column("ctid::text || xmin::text", sa.Text())
        hashed = sa.func.sum(sa.func.hashtextextended(places, sa.literal_column("0")))
        made = sa.select(sa.literal_column("xmin::text", sa.Text())).select_from(sa.table("pg_class"))
        plain = sa.literal_column("oid") == sa.func.to_regclass(constant(f'"{table.name}"')), sa.text("relkind = 'r'")
        started = sa.extract("epoch", sa.func.pg_postmaster_start_time())
        counted = sa.func.concat_ws(constant("/"), sa.func.count(), hashed, started, type_=sa.Text())
        version = concat([counted, "/", made.where(*plain).scalar_subquery()])
        return sa.func.coalesce(sa.select(version).select_from(rows).scalar_subquery(), self.state(), type_=sa.Text())

    @override
    def texts(self, operand: Operand) -> sa.FromClause:
        values = operand(None, postgresql.ARRAY(sa.Text()))
        return sa.func.unnest(values).table_valued("value", with_ordinality="position").render_derived()

    @override
    def split(self, text: ColumnElement[Any]) -> tuple[Text, sa.FromClause]:
        parts = sa.func.unnest(sa.func.string_to_array(text, constant("|"))).table_valued(sa.column("value", sa.Text()))
        named = parts.render_derived()
        return named.c.value, named

    @override
    def scored(self, operand: Operand) -> sa.FromClause:
        arrays = (sa.cast(operand(part, sa.Text()), postgresql.ARRAY(sa.BigInteger())) for part in (_keys, _scores))
        return sa.func.unnest(*arrays).table_valued("key", "score").render_derived()

    @override
    def pairs(self, operand: Operand) -> sa.FromClause:
        type_ = postgresql.ARRAY(sa.BigInteger())
        arms, keys = operand(_firsts, type_), operand(_seconds, type_)
        return sa.func.unnest(arms, keys).table_valued("arm", "key", with_ordinality="position").render_derived()
