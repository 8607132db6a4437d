"""Questions to a SQLite instance in plain SQL."""

from pathlib import Path
from typing import Any

from lnql.models.database import DATABASE
from lnql.models.sqlite import connect


def rows(folder: Path, query: str) -> list[Any]:
    """The rows of a query on the instance in `folder`; of a single column, its values."""
    connection = connect(folder / DATABASE, readonly=True)
    try:
        found = connection.execute(query).fetchall()
    finally:
        connection.close()
    return [row[0] if len(row) == 1 else row for row in found]


def value(folder: Path, query: str) -> Any:
    """The one value that a query gives."""
    (found,) = rows(folder, query)
    return found
