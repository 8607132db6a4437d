"""Columns of frames: values of each scalar with the dtype that LaminDB gives them, from rows or from a table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from .tables import Rows, is_table
from .value_paths import ValuePath
from .values import decoder

NUMERIC = frozenset({"Int", "BigInt", "Float", "Boolean"})
"""Scalars whose columns get a dtype of their own; others are objects, whatever the version of pandas."""


INSTANT = "datetime64[ns, UTC]"

Values = tuple[Any, Any]
"""The values of a column, and its dtype; None for that which pandas finds."""


@dataclass(frozen=True)
class Column:
    """A column of a frame: what it reads of each row."""

    name: str
    path: ValuePath

    def values(self, rows: Rows) -> Values:
        """The column's values; those of a to-many relation as sets."""
        key, kind = self.path.key, self.path.kind
        if key is None:
            return self._followed(rows)
        if not is_table(rows):
            return _of_json(kind, [row[key] for row in rows])
        return _of_array(kind, rows[key])  # type: ignore[call-overload]  # a table

    def _followed(self, rows: Rows) -> Values:
        """Values that stand deeper in the rows."""
        found = map(self.path.read, rows)
        if self.path.many:
            return [_set(values) for values in found], object
        ones = [values[0] for values in found]
        if self.path.kind == "DateTime" and self.path.whole and any(ones):
            return ones, INSTANT
        return ones, None if self.path.kind in NUMERIC else object


def _set(values: Iterable[Any]) -> Any:
    """The values of a to-many relation; a list where they have no hash."""
    values = list(values)
    try:
        return set(values)
    except TypeError:
        return values


def _of_json(kind: str, values: list[Any]) -> Values:
    """A column of JSON values."""
    import pandas as pd

    if kind == "DateTime" and any(values):
        return pd.to_datetime(values, utc=True, format="ISO8601"), INSTANT
    if kind in NUMERIC:
        return values, None
    read = decoder(kind)
    return [None if value is None else read(value) for value in values] if read else values, object


def _of_array(kind: str, array: Any) -> Values:
    """A column of a table; one without any value is the same for all kinds, as it is in JSON."""
    if array.null_count == len(array):
        return [None] * len(array), object
    return ARRAYS[kind](array)


def _instants(array: Any) -> Values:
    import pandas as pd

    return pd.DatetimeIndex(array.to_numpy()).tz_localize("UTC"), INSTANT


ARRAYS: Mapping[str, Callable[[Any], Values]] = {
    **dict.fromkeys(NUMERIC, lambda array: (array.to_numpy(), None)),
    "ID": lambda array: (array.to_numpy(), object),
    "String": lambda array: (array.to_numpy(), object),
    "DateTime": _instants,
    "Date": lambda array: (array.to_pylist(), object),
    "JSON": lambda array: ([None if text is None else orjson.loads(text) for text in array.to_pylist()], object),
}
"""How an Arrow array becomes a column."""
