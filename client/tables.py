"""Rows in columns: Arrow streams in place of JSON, where pyarrow is installed here and at the server."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import orjson

from .extras import require

ARROW = "application/vnd.apache.arrow.stream"
"""Accept only a table."""
ARROW_OR_JSON = f"{ARROW}, application/json;q=0.9"
"""Accept a table, or JSON from a server that has no pyarrow."""
START = b"\xff\xff\xff\xff"
"""What each message of an Arrow stream begins with, and no JSON."""

Rows = Sequence[Any]
"""Rows as a server gives them: a list of dictionaries, or a `pyarrow.Table`."""


def is_installed() -> bool:
    """Whether tables can be read."""
    return find_spec("pyarrow") is not None


def is_table(rows: Rows) -> bool:
    """Whether rows came as a table."""
    return not isinstance(rows, list)


def read_answer(content: bytes) -> Any:
    """Read an answer; where it is a stream, its rows stand as a table where they belong in the answer."""
    if not content.startswith(START):
        return orjson.loads(content)
    table = _pyarrow().ipc.open_stream(content).read_all()
    answer = orjson.loads(table.schema.metadata[b"graphql"])
    *path, name = orjson.loads(table.schema.metadata[b"path"])
    place = answer["data"]
    for key in path:
        place = place[key]
    place[name] = table
    return answer


def joined(pages: Sequence[Rows]) -> Rows:
    """The rows of all pages, which are of one kind."""
    if not pages or not is_table(pages[0]):
        return [row for page in pages for row in page]
    table: Rows = _pyarrow().concat_tables(pages)
    return table


def _pyarrow() -> Any:
    return require("pyarrow", extra="arrow", task="Reading tables")
