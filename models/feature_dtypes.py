"""Whether a text is a dtype that a feature may have."""

from collections.abc import Mapping

import sqlalchemy as sa

from lnql.errors import InvalidError, LnqlError, NotFoundError
from lnql.suggestions import did_you_mean

from .base import Base
from .completion import Values
from .dtypes import SCALARS, LabelSource, parse_dtype

ACCEPTED = ", ".join((*SCALARS, "datetime64[ns, UTC]"))


def dtype_error(connection: sa.Connection, values: Values, present: Mapping[str, frozenset[str]]) -> LnqlError | None:
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
    if wrong:
        return InvalidError(f"{text!r}: {_name(wrong)} is no registry or field.", path=path)
    return next((error for source in dtype.labels if (error := _type_error(connection, source))), None)


def _type_error(connection: sa.Connection, source: LabelSource) -> LnqlError | None:
    """What is wrong with the type by whose uid labels are narrowed down, if anything."""
    table, uid, path = Base.metadata.tables[source.table], source.within, ("_dtype_str",)
    if uid is None or "=" in uid or "is_type" not in table.c:
        return None
    is_type = connection.scalar(sa.select(table.c.is_type).where(table.c.uid == uid))
    if is_type is None:
        return NotFoundError(f"There is no {source.registry} with the uid {uid!r}.", path=path)
    return None if is_type else InvalidError(f"The {source.registry} {uid!r} is no type: isType is false.", path=path)


def _exists(source: LabelSource, present: Mapping[str, frozenset[str]]) -> bool:
    if source.table not in Base.metadata.tables or source.table not in present:
        return False
    return source.field is None or source.field in present[source.table]


def _name(source: LabelSource) -> str:
    registry = source.registry if source.app == "lamindb" else f"{source.app}.{source.registry}"
    return registry if source.field is None else f"{registry}.{source.field}"
