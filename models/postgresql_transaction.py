"""A transaction on a PostgreSQL database."""

import asyncio
from collections.abc import Coroutine, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import URL

from lnql.errors import InstanceError

from . import postgresql
from .transactions import CHUNK, Column, Mode, Obstacle, Row, by_table, quote

Result = TypeVar("Result")

COLUMNS = """
SELECT c.relname, a.attname, t.typname, pg_get_expr(d.adbin, d.adrelid)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum
"""
INDEXES = """
SELECT t.relname, c.relname, pg_get_indexdef(c.oid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
WHERE c.relnamespace = current_schema()::regnamespace
AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
"""
CONSTRAINTS = """
SELECT t.relname, k.conname, pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
WHERE k.connamespace = current_schema()::regnamespace AND k.contype IN ('c', 'f')
"""
TRIGGERS = """
SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal AND t.tgenabled = 'O'
"""
COUNTERS = """
SELECT c.relname, pg_sequence_last_value(pg_get_serial_sequence(quote_ident(c.relname), a.attname)::regclass)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attname = 'id'
AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL
"""


class PostgreSQLTransaction:
    """The methods of `Transaction` on PostgreSQL.

    asyncpg works in a thread of its own, because the caller may be inside an event loop (a notebook is).
    """

    dialect = "postgresql"

    def __init__(self, url: URL, mode: Mode) -> None:
        postgresql.require_driver()
        self.url = url
        self._thread = ThreadPoolExecutor(1)
        self._loop = asyncio.Runner()
        try:
            self.connection = self._wait(postgresql.connect(url))
        except BaseException:
            self._stop()
            raise
        reading = mode == "read"
        self._transaction = self.connection.transaction(
            isolation="repeatable_read" if reading else "read_committed", readonly=reading
        )

    def __enter__(self) -> Self:
        self._wait(self._transaction.start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._wait(self._transaction.commit() if kind is None else self._transaction.rollback())
        finally:
            self._wait(self.connection.close())
            self._stop()

    def fetch(self, query: str) -> list[Row]:
        """All rows of a query."""
        return [tuple(row) for row in self._wait(self.connection.fetch(query))]

    def execute(self, script: str) -> None:
        """Run statements that are separated by semicolons."""
        if script:  # asyncpg cannot run an empty one
            self._wait(self.connection.execute(script))

    def columns(self) -> dict[str, list[Column]]:
        """The columns of every table, with PostgreSQL's internal names of their types, such as `int4`."""
        return by_table(self.fetch(COLUMNS))

    def read(self, table: str, columns: Sequence[str]) -> Iterator[list[Row]]:
        """The rows of a table, in chunks."""
        query = f"SELECT {', '.join(map(quote, columns))} FROM {quote(table)}"  # noqa: S608  quoted
        cursor = self._wait(self._cursor(query))
        while rows := self._wait(cursor.fetch(CHUNK)):
            yield [tuple(row) for row in rows]

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Add rows to a table, by COPY."""
        try:
            self._wait(self.connection.copy_records_to_table(table, records=rows, columns=columns))
        except (TypeError, OverflowError) as error:  # a value that asyncpg cannot encode
            raise InstanceError(f"PostgreSQL has no room in {table} for a value: {error}.") from error

    def clear(self, tables: Iterable[str]) -> None:
        """Delete all rows of tables, to which no other rows point."""
        deletions = [f"DELETE FROM {quote(table)};" for table in tables]  # noqa: S608  quoted
        self.execute(" ".join(["SET CONSTRAINTS ALL IMMEDIATE;", *deletions]))  # or no constraint could be added later

    def obstacles(self, tables: Iterable[str]) -> list[Obstacle]:
        """The indexes of tables that are no constraints, their foreign keys and checks, and their triggers."""
        wanted = set(tables)
        found = [
            *map(_index, self.fetch(INDEXES)),
            *map(_constraint, self.fetch(CONSTRAINTS)),
            *map(_triggers, self.fetch(TRIGGERS)),
        ]
        return [obstacle for table, obstacle in found if table in wanted]

    def broken_links(self) -> list[str]:
        """Nothing: PostgreSQL checks foreign keys itself."""
        return []

    def counters(self) -> dict[str, int]:
        """The largest id each table has given out, deleted rows included."""
        return {table: largest or 0 for table, largest in self.fetch(COUNTERS)}

    def set_counter(self, table: str, largest: int) -> None:
        """Let the next id of a table be larger than `largest`."""
        self._wait(
            self.connection.execute("SELECT setval(pg_get_serial_sequence($1, 'id'), $2)", quote(table), largest)
        )

    async def _cursor(self, query: str) -> Any:
        return await self.connection.cursor(query)

    def _wait(self, work: Coroutine[Any, Any, Result]) -> Result:
        return self._thread.submit(self._loop.run, postgresql.explained(work, self.url)).result()

    def _stop(self) -> None:
        self._thread.submit(self._loop.close).result()
        self._thread.shutdown()


def _index(row: Row) -> tuple[str, Obstacle]:
    table, name, create = row
    return table, Obstacle(f"DROP INDEX {quote(name)};", f"{create};")


def _constraint(row: Row) -> tuple[str, Obstacle]:
    table, name, definition = row
    alter = f"ALTER TABLE {quote(table)}"
    return table, Obstacle(
        f"{alter} DROP CONSTRAINT {quote(name)};", f"{alter} ADD CONSTRAINT {quote(name)} {definition};"
    )


def _triggers(row: Row) -> tuple[str, Obstacle]:
    alter = f"ALTER TABLE {quote(row[0])}"
    return row[0], Obstacle(f"{alter} DISABLE TRIGGER USER;", f"{alter} ENABLE TRIGGER USER;")
