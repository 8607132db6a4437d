"""All that a SQLite database says about its tables, so that two databases can be compared."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from lnql.models.sqlite import connect, sqlite3

OURS = "alembic_version"
"""The one table more than LaminDB has: which of our revisions made the schema."""

SPELLINGS = {"boolean": "bool"}
"""Where SQLAlchemy names a type otherwise than Django does; SQLite stores 0 and 1 under either name."""


class Column(NamedTuple):
    """A column of SQLite: its type, whether it needs a value, its default, whether it is the key, and counts up."""

    type: str
    needed: bool
    default: str | None
    key: bool
    counts: bool


class Index(NamedTuple):
    """An index of SQLite: whether it is unique, table and columns or expression as written, condition, columns."""

    unique: bool
    expression: str
    condition: str
    columns: tuple[tuple[str | None, int, str], ...]


class Facts(NamedTuple):
    """All that a database says about its tables, so that two databases can be compared."""

    columns: dict[tuple[str, str], Column]
    indexes: dict[tuple[str, str], Index]
    uniques: set[tuple[str, tuple[str, ...]]]
    links: dict[tuple[str, str], tuple[object, ...]]
    checks: set[tuple[str, str]]


def sqlite_facts(path: Path) -> Facts:
    with closing(connect(path, readonly=True)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        texts = {name: text for name, text in found if name != OURS and not name.startswith("sqlite_")}
        tables = sorted(texts)
        return Facts(
            {
                (table, name): column
                for table in tables
                for name, column in sqlite_columns(connection, table, texts[table])
            },
            dict(sqlite_indexes(connection)),
            {row for table in tables for row in sqlite_uniques(connection, table)},
            {row[:2]: row[2:] for table in tables for row in sqlite_links(connection, table, texts[table])},
            {(table, check) for table in tables for check in checks_in(texts[table])},
        )


def sqlite_columns(connection: sqlite3.Connection, table: str, text: str) -> Iterator[tuple[str, Column]]:
    rows = connection.execute('SELECT name, lower(type), "notnull", dflt_value, pk FROM pragma_table_info(?)', (table,))
    for name, kind, needed, default, key in rows.fetchall():
        counts = bool(key) and "AUTOINCREMENT" in text
        yield name, Column(SPELLINGS.get(kind, kind), bool(needed), default, bool(key), counts)


def sqlite_indexes(connection: sqlite3.Connection) -> Iterator[tuple[tuple[str, str], Index]]:
    found = connection.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    for table, name, text in found.fetchall():
        columns = connection.execute("SELECT name, desc, coll FROM pragma_index_xinfo(?) WHERE key", (name,)).fetchall()
        whole = " ".join(text.replace('"', "").replace("((LOWER(name)))", "(lower(name))").split())
        expression, _, condition = whole.partition(" ON ")[2].partition(" WHERE ")
        unique = whole.startswith("CREATE UNIQUE")
        yield (table, name), Index(unique, expression.replace(" (", "("), condition, tuple(columns))


def sqlite_uniques(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Table; columns that are unique by the table's definition."""
    names = connection.execute("SELECT name FROM pragma_index_list(?) WHERE origin = 'u'", (table,)).fetchall()
    for (name,) in names:
        rows = connection.execute("SELECT name FROM pragma_index_info(?) ORDER BY seqno", (name,)).fetchall()
        yield table, tuple(column for (column,) in rows)


def sqlite_links(connection: sqlite3.Connection, table: str, text: str) -> Iterator[tuple[Any, ...]]:
    """Table, column; where its foreign key points, what follows a change there; all are checked at the end."""
    query = 'SELECT "from", "table", "to", on_update, on_delete FROM pragma_foreign_key_list(?)'
    rows = connection.execute(query, (table,)).fetchall()
    assert text.count("DEFERRABLE INITIALLY DEFERRED") == len(rows), table
    for row in rows:
        yield table, *row


def checks_in(text: str) -> Iterator[str]:
    """The conditions of the checks in a table's definition, without quotes and outer parentheses."""
    for start in re.finditer(r"CHECK\s*(?=\()", text):
        depth, end = 0, start.end()
        while end == start.end() or depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        condition = text[start.end() : end].replace('"', "")
        while condition.startswith("(") and condition.endswith(")"):
            condition = condition[1:-1]
        yield condition
