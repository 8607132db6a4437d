"""Column types and the server default "now", stored as LaminDB stores them on SQLite and on PostgreSQL."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, SmallInteger
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import DDLCompiler, SQLCompiler, TypeCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

BigKey = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows only in a column of type INTEGER
SmallKey = SmallInteger().with_variant(Integer, "sqlite")


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: `timestamptz`, on SQLite the text `YYYY-MM-DD HH:MM:SS.ffffff` in UTC without a zone.

    Raises ValueError for a datetime without a time zone, because its instant would be a guess.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant in UTC, without the zone where the database has none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"The datetime {value.isoformat()} has no time zone; add one, such as +00:00.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant with the zone UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class TextJSON(sqlite.JSON[Any]):
    """SQLite's JSON in a column of type TEXT: a column of type JSON would turn the text `1.0` into the number 1."""


@compiles(TextJSON, "sqlite")
def _text_json(_type: TextJSON, _compiler: TypeCompiler, **_: Any) -> str:
    return "TEXT"


class JSONColumn(TypeDecorator[Any]):
    """Any JSON value: `jsonb`, or text with a check that it is JSON. None is SQL's NULL; `JSON.NULL` is JSON's null."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The JSON type of the database in use."""
        if dialect.name == "sqlite":
            return TextJSON(none_as_null=True)
        from sqlalchemy.dialects.postgresql import JSONB  # half a dozen drivers come with it

        return JSONB(none_as_null=True)


class StatusCode(TypeDecorator[str]):
    """A word of a closed list that the database stores as a small integer.

    `words` maps each word to its code. Raises ValueError for a word that is not in the list. A code that is not in it,
    written by a newer LaminDB, reads as its digits.
    """

    impl = SmallInteger
    cache_ok = True

    def __init__(self, words: Mapping[str, int]) -> None:
        super().__init__()
        self.words = tuple(words.items())  # a tuple, for statements are cached by the attributes of their types
        self._codes = dict(words)
        self._words = {code: word for word, code in words.items()}

    def process_bind_param(self, value: str | None, dialect: Dialect) -> int | None:
        """The code of a word."""
        if value is None:
            return None
        if value not in self._codes:
            raise ValueError(f"{value!r} is no status; use one of {', '.join(self._codes)}.")
        return self._codes[value]

    def process_result_value(self, value: int | None, dialect: Dialect) -> str | None:
        """The word of a code."""
        return None if value is None else self._words.get(value, str(value))


class now(FunctionElement[datetime]):  # noqa: N801  written like the SQL function it is
    """The time at which a statement starts, as LaminDB's tables have it for their default."""

    type = UTCDateTime()
    inherit_cache = True


@compiles(now)
def _now(_element: now, _compiler: SQLCompiler, **_: Any) -> str:
    return "STATEMENT_TIMESTAMP()"


@compiles(now, "sqlite")
def _sqlite_now(_element: now, _compiler: DDLCompiler, **_: Any) -> str:
    return "STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')"
