"""What a database refuses to store, as an error that a user understands."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from lnql.errors import InvalidError, LnqlError, NotUniqueError

from .base import Registry, complete_tables, singular_words
from .refusals import is_about_rows, reason

SQLITE_COLUMNS = re.compile(r"UNIQUE constraint failed: (\w+)\.(.*)")
SQLITE_INDEX = re.compile(r"UNIQUE constraint failed: index '(\w+)'")
POSTGRESQL_CONSTRAINT = re.compile(r'duplicate key value violates unique constraint "(\w+)"')


@contextmanager
def violations_of(model: type[Registry]) -> Iterator[None]:
    """A context in which rows of a registry are written, with their links.

    Raises:
        NotUniqueError: for a row that is there already.
        InvalidError: for what else the database does not take.
    """
    try:
        yield
    except DBAPIError as error:
        if not is_about_rows(error):
            raise
        raise _explain(error, model) from error


def _explain(error: DBAPIError, model: type[Registry]) -> LnqlError:
    text = str(error.orig)
    if (columns := _repeated_columns(text)) is not None:
        same = " and ".join(columns) or "key"
        return NotUniqueError(
            f"There is another {singular_words(model)} with the same {same}.", path=tuple(columns[:1])
        )
    kind = "breaks a rule of the database" if isinstance(error, IntegrityError) else "is refused by the database"
    return InvalidError(f"The {singular_words(model)} {kind}: {reason(error)}.")


def _repeated_columns(text: str) -> list[str] | None:
    """The columns of the constraint on uniqueness that a message names; None if it is about something else."""
    if match := SQLITE_COLUMNS.search(text):
        return [match[2].split(", ")[0], *(part.split(".")[-1] for part in match[2].split(", ")[1:])]
    if match := SQLITE_INDEX.search(text) or POSTGRESQL_CONSTRAINT.search(text):
        return _columns_of(match[1])
    return None


def _columns_of(name: str) -> list[str]:
    """The columns of an index or constraint of that name."""
    for table in complete_tables():
        for known in (*table.indexes, *table.constraints):
            if getattr(known, "name", None) == name:
                return [column.name for column in _columns(known)]
    stem = re.match(r"[a-z]+_[a-z]+_(\w+?)(?:_[0-9a-f]{8}_uniq|_key)?$", name)
    return [stem[1]] if stem else []


def _columns(known: object) -> Iterable[sa.Column[object]]:
    if isinstance(known, sa.Index) and not known.columns:  # an expression, such as lower(name)
        return [column for column in (known.table.c if known.table is not None else ()) if _mentions(known, column)]
    return getattr(known, "columns", ())


def _mentions(index: sa.Index, column: sa.Column[object]) -> bool:
    return any(re.search(rf"\b{column.name}\b", str(expression)) for expression in index.expressions)
