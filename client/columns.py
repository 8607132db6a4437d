"""Columns of frames: values of each scalar with the dtype that LaminDB gives them, from rows or from a table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from .tables import Rows, is_table
from .value_paths import ValuePath
from .values import decode

if TYPE_CHECKING:
    import pandas as pd

NUMERIC = frozenset({"Int", "BigInt", "Float", "Boolean"})
"""Scalars whose columns get a dtype of their own; others are objects, whatever the version of pandas."""


@dataclass(frozen=True)
class Column:
    """A column of a frame: what it reads of each row."""

    name: str
    path: ValuePath

    def series(self, rows: Rows) -> "pd.Series[Any]":
        """The column's values; those of a to-many relation as sets."""
        key, kind = self.path.key, self.path.kind
        if key is None:
            return self._followed(rows)
        if not is_table(rows):
            return _of_values(kind, [row[key] for row in rows])
        return _of_array(kind, rows[key])  # type: ignore[call-overload]  # a table

    def _followed(self, rows: Rows) -> "pd.Series[Any]":
        """Values that stand deeper in the rows."""
        import pandas as pd

        found = map(self.path.read, rows)
        if self.path.many:
            return pd.Series([_set(values) for values in found], dtype=object)
        return pd.Series([values[0] for values in found], dtype=None if self.path.kind in NUMERIC else object)


def _set(values: Iterable[Any]) -> Any:
    """The values of a to-many relation; a list where they have no hash."""
    values = list(values)
    try:
        return set(values)
    except TypeError:
        return values


def _of_values(kind: str, values: Sequence[Any]) -> "pd.Series[Any]":
    """A column of JSON values."""
    import pandas as pd

    if kind == "DateTime" and any(values):
        return pd.to_datetime(pd.Series(values), utc=True, format="ISO8601").astype("datetime64[ns, UTC]")
    if kind in NUMERIC:
        return pd.Series(values)
    return pd.Series([decode(kind, value) for value in values], dtype=object)


def _of_array(kind: str, array: Any) -> "pd.Series[Any]":
    """A column of a table; one without any value is the same for all kinds, as it is in JSON."""
    import pandas as pd

    if array.null_count == len(array):
        return pd.Series([None] * len(array), dtype=object)
    return ARRAYS[kind](array)


def _numbers(array: Any) -> "pd.Series[Any]":
    import pandas as pd

    return pd.Series(array.to_numpy())


def _objects(array: Any) -> "pd.Series[Any]":
    import pandas as pd

    return pd.Series(array.to_numpy(), dtype=object)


def _instants(array: Any) -> "pd.Series[Any]":
    import pandas as pd

    return pd.Series(array.to_numpy()).dt.tz_localize("UTC").astype("datetime64[ns, UTC]")


def _each(read: Callable[[Any], Any]) -> Callable[[Any], "pd.Series[Any]"]:
    def series(array: Any) -> "pd.Series[Any]":
        import pandas as pd

        values = array.to_pylist()
        return pd.Series([None if value is None else read(value) for value in values], dtype=object)

    return series


ARRAYS: Mapping[str, Callable[[Any], "pd.Series[Any]"]] = {
    **dict.fromkeys(NUMERIC, _numbers),
    "ID": _objects,
    "String": _objects,
    "DateTime": _instants,
    "Date": _each(lambda date: date),
    "JSON": _each(orjson.loads),
}
"""How an Arrow array becomes a column."""
