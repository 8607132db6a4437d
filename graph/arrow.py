"""Tables as Arrow IPC streams (https://arrow.apache.org/docs/format/Columnar.html, "Serialization and IPC").

The metadata of a stream's schema have two entries, both JSON: `graphql` is the answer without the rows, and `path` says
where in its data they belong. Those of each column have one, `scalar`: the GraphQL scalar of its values.
"""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

import orjson

from lnql.errors import InvalidError
from lnql.extras import require

from .columns import Column, Table, refusal
from .scalars import Kind


def is_installed() -> bool:
    """Whether tables can be made."""
    return find_spec("pyarrow") is not None


def stream(data: Mapping[str, Any]) -> bytes:
    """Write the data of an operation that has one table.

    Raises:
        InvalidError: if it has none, or a value that Arrow cannot hold.
    """
    arrow = require("pyarrow", extra="arrow", task="Answering with Arrow")
    tables = [(key, value) for key, value in data.items() if isinstance(value, Table)]
    if not tables:
        raise refusal("an operation has one root field, a list")
    ((key, table),) = tables
    answer = {"data": {**data, key: table.rest}}
    metadata = {"graphql": orjson.dumps(answer), "path": orjson.dumps([key, table.key])}
    arrays = [_array(arrow, column) for column in table.columns]
    fields = [
        arrow.field(column.name, array.type, metadata={"scalar": column.kind.title})
        for column, array in zip(table.columns, arrays, strict=True)
    ]
    schema = arrow.schema(fields, metadata)
    sink = arrow.BufferOutputStream()
    with arrow.ipc.new_stream(sink, schema) as writer:
        writer.write_batch(arrow.record_batch(arrays, schema=schema))
    written: bytes = sink.getvalue().to_pybytes()
    return written


def _array(arrow: Any, column: Column) -> Any:
    first, *others = _types(arrow)[column.kind]
    try:
        array = arrow.array(column.values, first)
        for type_ in others:
            array = array.cast(type_)
    except arrow.ArrowException:
        raise InvalidError(
            f"{column.name} has a value that is no {column.kind.title}, which Arrow cannot hold.", hint="Ask for JSON."
        ) from None
    return array


def _types(arrow: Any) -> dict[Kind, list[Any]]:
    """What values become, step by step; None is what they are, 0 or false, texts or numbers of microseconds.

    Instants have no zone before they are said to be in UTC.
    """
    return {
        Kind.STRING: [arrow.string()],
        Kind.INT: [arrow.int64()],
        Kind.BIGINT: [arrow.int64()],
        Kind.FLOAT: [arrow.float64()],
        Kind.BOOLEAN: [None, arrow.bool_()],
        Kind.DATETIME: [None, arrow.timestamp("us"), arrow.timestamp("us", "UTC")],
        Kind.DATE: [None, arrow.date32()],
        Kind.JSON: [arrow.string()],
    }
