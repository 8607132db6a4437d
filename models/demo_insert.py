"""Inserting rows whose values are Python's into the tables of an instance."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine

from .base import Base
from .transactions import Row, Transaction
from .types import UTCDateTime

Convert = Callable[[Any], Any]

DIALECT = sqlite.dialect()

TIMESTAMP = lru_cache(maxsize=10_000)(cast(Convert, UTCDateTime().dialect_impl(DIALECT).bind_processor(DIALECT)))
"""How SQLite has an instant: remembered, because formatting is slow and many rows have the same."""


def insert_rows(transaction: Transaction, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows into the table of that name, each value as the type of its column stores it."""
    types = [Base.metadata.tables[table].c[column].type for column in columns]
    places = [(place, convert) for place, type_ in enumerate(types) if (convert := _converter(type_))]
    transaction.write(table, columns, _converted(rows, places))


def largest_id(transaction: Transaction, table: str) -> int:
    """The largest id in a table, 0 if there is none above."""
    ((largest,),) = transaction.fetch(f"SELECT max(id) FROM {table}")  # noqa: S608  a name of ours
    return max(largest or 0, 0)


def _converter(type_: TypeEngine[Any]) -> Convert | None:
    """What makes a value of SQLite out of one of Python, if anything has to be done."""
    if isinstance(type_, UTCDateTime):
        return TIMESTAMP
    return type_.dialect_impl(DIALECT).bind_processor(DIALECT)


def _converted(rows: Iterable[Sequence[Any]], places: Sequence[tuple[int, Convert]]) -> Iterator[Row]:
    for row in rows:
        values = list(row)
        for place, convert in places:
            values[place] = convert(values[place])
        yield tuple(values)
