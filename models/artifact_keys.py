"""Keys of artifacts: what they may be changed to."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from lnql.errors import InvalidError

from .artifact import Artifact
from .base import table_of


def refuse_other_suffix(connection: sa.Connection, ids: Sequence[int], key: Any) -> None:
    """Raise InvalidError if artifacts would have no key any more, or one that ends otherwise than their files."""
    path = ("key",)
    if key is None:
        raise InvalidError("The key of an artifact cannot be taken away.", path=path)
    columns = table_of(Artifact).c
    for suffix in connection.scalars(sa.select(columns.suffix).where(columns.id.in_(ids)).distinct()):
        if suffix and not key.endswith(suffix):
            raise InvalidError(f"The suffix of the key {key!r} is incorrect, it should be {suffix!r}.", path=path)
