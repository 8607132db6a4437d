"""Whether a text is a dtype that a feature may have."""

from collections.abc import Mapping

from lnql.errors import InvalidError, LnqlError
from lnql.suggestions import did_you_mean

from .base import Base
from .completion import Values
from .dtypes import SCALARS, LabelSource, parse_dtype

ACCEPTED = ", ".join((*SCALARS, "datetime64[ns, UTC]"))


def dtype_error(values: Values, present: Mapping[str, frozenset[str]]) -> LnqlError | None:
    """What is wrong with the dtype of a new feature, if anything. `present` are the tables and columns there are."""
    text, path = values.get("_dtype_str"), ("_dtype_str",)
    if text is None:
        return None if values.get("is_type") else InvalidError("dtype is required.", path=path)
    dtype = parse_dtype(text)
    bare = text.removeprefix("list[").removesuffix("]") if dtype.is_list else text
    if dtype.scalar and not (bare in SCALARS or bare.startswith("datetime64[")):
        hint = did_you_mean(text, SCALARS) or f"There are {ACCEPTED}, cat[…] and list[…]."
        return InvalidError(f"{text!r} is no dtype.", hint=hint, path=path)
    if not dtype.scalar and not dtype.labels:
        return InvalidError(f"{text!r} names no registry.", hint="Write it like cat[ULabel].", path=path)
    wrong = next((source for source in dtype.labels if not _exists(source, present)), None)
    return InvalidError(f"{text!r}: {_name(wrong)} is no registry or field.", path=path) if wrong else None


def _exists(source: LabelSource, present: Mapping[str, frozenset[str]]) -> bool:
    if source.table not in Base.metadata.tables or source.table not in present:
        return False
    return source.field is None or source.field in present[source.table]


def _name(source: LabelSource) -> str:
    registry = source.registry if source.app == "lamindb" else f"{source.app}.{source.registry}"
    return registry if source.field is None else f"{registry}.{source.field}"
