"""Dtypes of features as data suggests them: of the columns of a frame, and of Python values."""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from .errors import InvalidTypeError, InvalidValueError
from .patches import dtype_text

if TYPE_CHECKING:
    import pandas as pd

log = logging.getLogger("lnql")

PRECISION = str.maketrans("", "", "0123456789")
COLUMNS: Mapping[str, str] = {"uint": "int", "Int": "int", "UInt": "int", "Float": "float", "boolean": "bool"}
"""Dtypes of pandas that are named otherwise, without their precision."""
KNOWN = frozenset({"int", "float", "bool", "object"})


def dtype_of_column(column: "pd.Series[Any]") -> str:
    """The dtype that a column of a frame suggests: a category is a ULabel.

    Raises:
        InvalidTypeError: for a column of anything else than numbers, texts, booleans, dates and objects.
    """
    import pandas as pd

    kind = column.dtype
    if isinstance(kind, pd.CategoricalDtype):
        return "cat[ULabel]"
    if pd.api.types.is_string_dtype(column):
        return "str"
    if pd.api.types.is_datetime64_any_dtype(kind):
        return "datetime64[ns, UTC]" if getattr(kind, "tz", None) is not None else "datetime"
    name = kind.name.translate(PRECISION)
    name = COLUMNS.get(name, name)
    if name not in KNOWN:
        raise InvalidTypeError(f"The column {column.name!r} is of {kind}, for which features have no dtype.")
    return name


def dtype_of_value(value: Any, *, mute: bool = False) -> str:
    """The dtype that a value suggests: `list[int]` of `[1, 2]`, `date` of `"2025-01-31"`.

    Raises:
        InvalidValueError: for a value that suggests none.
    """
    found = next((dtype(value) for kind, dtype in SUGGESTED if isinstance(value, kind)), None)
    if found is None and hasattr(type(value), "__registry_info__"):
        found = dtype_text(type(value))
    if found is None and isinstance(value, Iterable):
        found = _of_items(list(value))
    if found is None:
        if not mute:
            log.warning("cannot infer feature type of: %s", value)
        raise InvalidValueError(
            f"{value!r} suggests no dtype.", hint="Make the feature with ln.Feature(name=…, dtype=…)."
        )
    return found


def _of_items(items: list[Any]) -> str | None:
    """The dtype of a list whose items are all of one kind."""
    kinds = {type(item) for item in items}
    if len(kinds) != 1:
        return None
    (kind,) = kinds
    if kind in (bool, int, float, str):
        return f"list[{kind.__name__}]"
    return f"list[{dtype_text(kind)}]" if hasattr(kind, "__registry_info__") else None


def _of_text(text: str) -> str:
    """A text that spells a date or an instant suggests it, as in LaminDB."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return "str"
    return "date" if len(text) == len("2025-01-31") else "datetime"


SUGGESTED: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda _: "bool"),
    (int, lambda _: "int"),
    (float, lambda _: "float"),
    (datetime, lambda value: "datetime" if value.tzinfo is None else "datetime64[ns, UTC]"),
    (date, lambda _: "date"),
    (str, _of_text),
    (PurePath, lambda _: "path"),
    (dict, lambda _: "dict"),
)
"""What values of Python's own types suggest; the first that fits counts."""


def dtype_object(dtype: str | None, registry: Callable[[str], Any]) -> Any:
    """A dtype as an object: `float`, `bt.CellType.name`, a type of records, or None for a type of features."""
    from .predicates import kind_of, label_parts

    parts = label_parts(dtype)
    if dtype is None or not parts:
        return OBJECTS.get(kind_of(dtype))
    name, field = parts[0]
    labels, within = registry(name), dtype.partition(f"{name}[")[2].partition("]")[0]
    if within and "=" not in within:
        return labels.objects.get(uid=within)
    return getattr(labels, field or labels.__registry_info__.name_field)


OBJECTS: Mapping[str, type] = {
    "str": str,
    "url": str,
    "int": int,
    "float": float,
    "num": float,
    "bool": bool,
    "date": date,
    "datetime": datetime,
    "dict": dict,
}
"""The types of Python for dtypes."""
