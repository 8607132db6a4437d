"""Copying all rows of an instance into an empty one, from SQLite to PostgreSQL or back, in bulk.

Ids stay the same. All happens in one transaction on the target, so that a failure leaves it as it was; the source is
read as it is at one moment. Indexes and foreign keys are made once the rows are in, which is several times faster.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from lnql.errors import InstanceError

from .base import Base
from .database import open_instance, shown
from .ddl import creation_script, user_tables
from .idempotency import NOTES
from .initialize import FIRST_ROWS, has_instance, make_schema, new_file, target_url
from .progress import Progress, tell_nobody
from .transactions import Column, Row, Transaction, begin, literal, quote
from .tuning import analyze

Converter = Callable[[Any], Any]
Pairs = list[tuple[Column, Column]]

OF_SCHEMA = ("alembic_version", "django_migrations", NOTES.name)
"""Tables that describe the schema of the instance they are in, or what it was asked, not its contents."""


def copy_instance(
    source: str | Path, target: str | Path, progress: Progress | None = None, *, modules: Sequence[str] = ()
) -> dict[str, int]:
    """Copy all rows of one instance into another, which is made if need be, and give the number of rows per table.

    `progress` is called with a table, how many of its rows are copied, and how many there are. `modules` are import
    names of modules with further registries.
    Raises InstanceError when one of the two cannot be opened, when the target has rows of its own, lacks a table or a
    column that the source fills, or refuses a value.
    """
    from_url, to_url = open_instance(source, modules=modules).url, target_url(target)
    if from_url == to_url:
        raise InstanceError(f"{source} is both source and target; a copy needs another target.")
    with new_file(to_url), begin(from_url, "read") as reader, begin(to_url, "exclusive") as writer:
        _prepare(writer, to_url)
        return _copy_all(reader, writer, progress or tell_nobody)


def _prepare(writer: Transaction, url: URL) -> None:
    """Make the tables that the target lacks; refuse an instance in use. Tables of other software do not matter."""
    if not has_instance(writer):
        make_schema(writer)
    columns = writer.columns()
    writer.execute(creation_script(writer.dialect, [table for table in user_tables() if table.name not in columns]))
    for table, count in count_rows(writer, writer.columns().keys() & Base.metadata.tables.keys()).items():
        if count > FIRST_ROWS.get(table, 0):
            raise InstanceError(f"{shown(url)} has {count} rows in {table}; a copy needs a new or an empty target.")


def _copy_all(reader: Transaction, writer: Transaction, progress: Progress) -> dict[str, int]:
    tables = reader.columns().keys() - set(OF_SCHEMA)
    counts = {table: count for table, count in count_rows(reader, tables).items() if count}
    pairs = _matching_columns(reader, writer, counts)
    obstacles = writer.obstacles({*counts, *FIRST_ROWS})
    writer.execute("".join(f"{obstacle.drop}\n" for obstacle in obstacles))
    writer.clear(FIRST_ROWS)
    for table, count in counts.items():
        rows = _converted_rows(reader, writer, table, pairs[table])
        writer.write(
            table, [column.name for column, _ in pairs[table]], _counted(rows, partial(progress, table), count)
        )
    writer.execute("".join(f"{obstacle.create}\n" for obstacle in obstacles))
    _set_counters(reader, writer, counts)
    _check(writer, counts)
    analyze(writer)
    return counts


def count_rows(transaction: Transaction, tables: Iterable[str]) -> dict[str, int]:
    """The number of rows of each table, by name."""
    counts = (f"SELECT {literal(table)}, count(*) FROM {quote(table)}" for table in sorted(tables))  # noqa: S608  quoted
    return dict(transaction.fetch(" UNION ALL ".join(counts)))


def _matching_columns(reader: Transaction, writer: Transaction, tables: Iterable[str]) -> dict[str, Pairs]:
    """The columns of each table, in the source and in the target.

    Raises InstanceError for a table or a column that the target lacks.
    """
    there = {table: {column.name: column for column in columns} for table, columns in writer.columns().items()}
    here = reader.columns()
    lacking = [f"table {table}" for table in tables if table not in there]
    lacking += [
        f"column {table}.{column.name}"
        for table in tables
        for column in here[table]
        if table in there and column.name not in there[table]
    ]
    if lacking:
        raise InstanceError(
            f"The target has no {' and no '.join(lacking)}, which the source fills.",
            hint="Tables of further registries are made if --modules names the module that declares them.",
        )
    return {table: [(column, there[table][column.name]) for column in here[table]] for table in tables}


def _converted_rows(reader: Transaction, writer: Transaction, table: str, pairs: Pairs) -> Iterator[list[Row]]:
    """The rows of a table in chunks, as the target takes them."""
    converters = {
        place: converter
        for place, (here, there) in enumerate(pairs)
        if (converter := _converter(reader.dialect, writer.dialect, here, there))
    }
    for chunk in reader.read(table, [column.name for column, _ in pairs]):
        values: list[Sequence[Any]] = list(zip(*chunk, strict=True))
        for place, converter in converters.items():
            values[place] = _converted(values[place], converter, f"{table}.{pairs[place][0].name}")
        yield list(zip(*values, strict=True))


def _converted(values: Sequence[Any], converter: Converter, column: str) -> list[Any]:
    try:
        return [None if value is None else converter(value) for value in values]
    except (TypeError, ValueError) as error:
        raise InstanceError(f"{column} holds a value that PostgreSQL has no room for: {error}.") from error


def _converter(source: str, target: str, here: Column, there: Column) -> Converter | None:
    """What turns a column's values into the target's, or None if they are the same.

    JSON is text in both; on SQLite booleans are 0 and 1, times are UTC text without a zone, dates are text.
    """
    if source == target:
        return None
    if target == "postgresql":
        return TO_POSTGRESQL.get(there.type)
    if here.type == "timestamptz":
        return time_by_database if there.default else time_by_django
    return str if here.type == "date" else None


def time_from_text(text: str) -> datetime:
    """An instant from UTC text with or without a fraction of a second."""
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def time_by_database(instant: datetime) -> str:
    """Text as the default of a column writes it: with milliseconds. Microseconds are kept if there are any."""
    fraction = "microseconds" if instant.microsecond % 1000 else "milliseconds"
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(" ", fraction)


def time_by_django(instant: datetime) -> str:
    """Text as LaminDB writes it where the column has no default: with microseconds, if there are any."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def whole_number(value: Any) -> int:
    """The value itself, because SQLite also keeps text in a column of numbers."""
    if isinstance(value, int):
        return value
    raise TypeError(f"{value!r} is no whole number")


TO_POSTGRESQL: dict[str, Converter] = {
    "bool": bool,
    "date": date.fromisoformat,
    "timestamptz": time_from_text,
    **dict.fromkeys(("int2", "int4", "int8"), whole_number),
}
"""What turns SQLite's values into PostgreSQL's, by PostgreSQL's name of the type."""


def _counted(chunks: Iterable[list[Row]], progress: Callable[[int, int], None], total: int) -> Iterator[Row]:
    done = 0
    for chunk in chunks:
        yield from chunk
        done += len(chunk)
        progress(done, total)


def _set_counters(reader: Transaction, writer: Transaction, tables: Iterable[str]) -> None:
    """Let the target go on counting ids where the source stands, so that no id is given out twice."""
    counters = reader.counters()
    for table in writer.counters():
        ids = reader.fetch(f"SELECT max(id) FROM {quote(table)}")[0][0] if table in tables else 0  # noqa: S608  quoted
        if largest := max(counters.get(table, 0), ids or 0, 0):
            writer.set_counter(table, largest)


def _check(writer: Transaction, counts: dict[str, int]) -> None:
    """Raise InstanceError unless every row has arrived and every foreign key has its row."""
    if broken := writer.broken_links():
        raise InstanceError(f"The source is damaged: {'; '.join(broken)}.")
    for table, arrived in count_rows(writer, counts).items():
        if arrived != counts[table]:
            raise InstanceError(f"{table} has {counts[table]} rows, but {arrived} arrived.")
