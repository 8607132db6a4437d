"""What a statement has seen of the database, as it says itself, so that texts kept in memory are never stale.

It names the state of the whole database, as it was for this statement. Where that is not the known one, it also names
the version of the rows of each registry that is searched, if the dialect can tell one.
"""

from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa

from .dialects import Part, Text, concat, constant
from .registry import RegistryInfo
from .scalars import Kind
from .statements import Draft

KNOWN = -1
"""The slot of the known state: it is the last of all values."""
BETWEEN = " "


class Seen(NamedTuple):
    """A state of the database, and the versions of registries in it: none where the state is the known one."""

    state: str
    versions: tuple[str, ...]


def seen_text(draft: Draft, infos: Iterable[RegistryInfo]) -> Text:
    """Write down what a statement sees; `read_seen` reads it."""
    state = draft.dialect.state()
    versions: list[Part] = []
    for info in infos:
        told = version(draft, info)
        if told is None:
            return state
        versions += [BETWEEN, told]
    same = state == draft.operand(Kind.STRING, KNOWN)()
    return concat([state, sa.case((same, constant("")), else_=concat(versions))])


def version(draft: Draft, info: RegistryInfo) -> Text | None:
    """Name what a statement sees of the rows of a registry, if that can be told."""
    if draft.scope.predicate is not None:  # who may see what might depend on other tables
        return None
    return draft.dialect.version(info.table, draft.rows(info))


def read_seen(text: str) -> Seen:
    """Read what a statement has seen."""
    state, *versions = text.split(BETWEEN)
    return Seen(state, tuple(versions))
