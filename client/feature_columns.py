"""Columns of features in a frame: one for each feature, typed by its dtype."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import background
from .errors import InvalidValueError

if TYPE_CHECKING:
    import pandas as pd

    from .registry import Registry

FEATURES = "features"
"""What to include to see the values of features."""

log = logging.getLogger("lnql")


def known_features(registry: "Registry", names: list[str]) -> list[str]:
    """Those of some names that are features; a missing one is said, as LaminDB says it.

    Raises:
        InvalidValueError: if two features share one of the names.
    """
    features: Any = registry.__connection__.registry("Feature").filter(name__in=names)
    found = background.run(features._reader().values(("name", "id")))
    ids = {name: [number for other, number in found if other == name] for name in names}
    shared = {name: numbers for name, numbers in ids.items() if len(numbers) > 1}
    if shared:
        raise InvalidValueError(f"Ambiguous feature names: {shared}, by the ids of the features that share them.")
    missing = [name for name, numbers in ids.items() if not numbers]
    if missing:
        log.warning("there are no features with the names %s", missing)
    return [name for name in names if name not in missing]


def feature_columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, "pd.Series[Any]"]:
    """The columns of the features that the rows have, by name, in the order in which the features were made."""
    values: dict[tuple[int, str, str], list[Any]] = {}
    for place, row in enumerate(rows):
        for value in row["features"]:
            key = value["feature"]["databaseId"], value["name"], value["dtype"]
            values.setdefault(key, [None] * len(rows))[place] = value["value"]
    return {key[1]: _series(key[2], values[key]) for key in _one_each(sorted(values))}


def _one_each(keys: list[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """One feature for each name: of several the first with labels, else the first."""
    named: dict[str, list[tuple[int, str, str]]] = {}
    for key in keys:
        named.setdefault(key[1], []).append(key)
    for name, same in named.items():
        if len(same) > 1:
            log.warning("%s features are named '%s': the frame shows one of them", len(same), name)
            same.sort(key=lambda key: (not _is_categorical(key[2]), key))
    return [same[0] for same in named.values()]


def _is_categorical(dtype: str) -> bool:
    return dtype.startswith(("cat", "list[cat"))


def _series(dtype: str, values: list[Any]) -> "pd.Series[Any]":
    """A column; where a row has several values, they are a set and no value of the column has its dtype."""
    import pandas as pd

    if dtype.startswith(("list", "dict")):
        return pd.Series(values, dtype=object)
    if any(isinstance(value, list) for value in values):
        return pd.Series([set(value) if isinstance(value, list) else value for value in values], dtype=object)
    typed = next((typed for start, typed in TYPED.items() if dtype.startswith(start)), None)
    return typed(values) if typed else pd.Series(values, dtype=object)


def _numbers(values: list[Any]) -> "pd.Series[Any]":
    import pandas as pd

    return pd.Series(values)


def _integers(values: list[Any]) -> "pd.Series[Any]":
    import pandas as pd

    series = pd.Series(values)
    return series if pd.api.types.is_integer_dtype(series) else series.astype("Int64")


def _instants(values: list[Any]) -> "pd.Series[Any]":
    import pandas as pd

    return pd.to_datetime(pd.Series(values), format="ISO8601", utc=True).astype("datetime64[ns, UTC]")


def _as(dtype: Any) -> Callable[[list[Any]], "pd.Series[Any]"]:
    def series(values: list[Any]) -> "pd.Series[Any]":
        import pandas as pd

        return pd.Series(values, dtype=object).astype(dtype)

    return series


TYPED: Mapping[str, Callable[[list[Any]], "pd.Series[Any]"]] = {
    "cat": _as("category"),
    "int": _integers,
    "float": _as("float64"),
    "num": _numbers,
    "bool": _as("boolean"),
    "datetime64": _instants,
    "datetime": lambda values: _instants(values).dt.tz_localize(None),
    "date": lambda values: _instants(values).dt.tz_localize(None).dt.date,
}
"""How values become a column, by the beginning of the dtype; other values stay as they are."""
