"""Rows of Python values, as each database stores them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from lnql.models.transactions import Transaction

from .reference_values import ABSENT

FEWEST_DIGITS = (0, 3, 6)
"""How many digits of a second an instant may have on SQLite; some have more than they need."""


def instant(value: datetime, digits: int) -> str:
    """An instant as SQLite has it, with at least so many digits of a second, and as many as it needs."""
    text = f"{value.replace(tzinfo=None).isoformat(sep=' ', timespec='seconds')}.{value.microsecond:06}"
    needed = len(text.rstrip("0").rstrip(".")) - 20
    return text[: 20 + next(most for most in FEWEST_DIGITS if most >= max(digits, needed))].rstrip(".")


def stored(dialect: str, value: Any, digits: int) -> Any:
    """A value as the driver of a database takes it; lists and objects are JSON, and so is text in a JSON column."""
    if isinstance(value, list | dict):
        return json.dumps(value)
    if dialect == "postgresql":
        return value
    if isinstance(value, datetime):
        return instant(value, digits)
    return value.isoformat() if isinstance(value, date) else value


def write_rows(transaction: Transaction, table: str, rows: Sequence[Mapping[str, Any]], jsons: Iterable[str]) -> None:
    """Add rows to a table; every row has the same columns. ABSENT in one of the columns `jsons` is SQL's NULL."""
    documents = set(jsons)
    columns = list(rows[0]) if rows else []

    def value_of(column: str, value: Any, number: int) -> Any:
        if column in documents:
            return None if value is ABSENT else json.dumps(value)
        return stored(transaction.dialect, value, FEWEST_DIGITS[number % 3])

    written = [tuple(value_of(name, row[name], number) for name in columns) for number, row in enumerate(rows)]
    if written:
        transaction.write(table, columns, written)
