"""Writing link rows: what a row is linked to is compared with what it is to be linked to."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from .changes import LinkChange, Linked, LinkTable

Present = dict[int, dict[Linked, list[int]]]
"""The links of each row: what it is linked to, and the ids of the link rows."""


def write_links(
    connection: sa.Connection,
    changes: Iterable[tuple[int, LinkChange]],
    provenance: Mapping[str, Any],
    *,
    new: bool = False,
) -> None:
    """Change the links of rows, each given once by its id; rows that are `new` have none so far.

    `provenance` are values for columns that say who linked, where a link table has them.
    """
    ordered = sorted(changes, key=lambda change: change[1].link.table.name)
    for _, group in groupby(ordered, key=lambda change: (change[1].link.table.name, change[1].link.source.key)):
        _write_table(connection, list(group), provenance, new)


def _write_table(
    connection: sa.Connection, changes: Sequence[tuple[int, LinkChange]], provenance: Mapping[str, Any], new: bool
) -> None:
    link = changes[0][1].link
    present = {} if new else _present(connection, link, [owner for owner, _ in changes])
    removed: list[int] = []
    added: list[dict[str, Any]] = []
    for owner, change in changes:
        now = present.get(owner, {})
        wanted = dict.fromkeys(change.applied(now))
        removed += [id_ for linked, ids in now.items() if linked not in wanted for id_ in ids]
        added += [_link_row(link, owner, linked, provenance) for linked in wanted if linked not in now]
    if removed:
        connection.execute(sa.delete(link.table).where(link.table.c.id.in_(removed)))
    if added:
        connection.execute(sa.insert(link.table), added)


def _present(connection: sa.Connection, link: LinkTable, owners: Sequence[int]) -> Present:
    more = [sa.null() if column is None else column for column in (link.feature, link.slot)]
    select = sa.select(link.table.c.id, link.source, link.target, *more).where(link.source.in_(owners))
    present: Present = {}
    for id_, owner, *linked in connection.execute(select.order_by(link.table.c.id)):
        present.setdefault(owner, {}).setdefault(Linked(*linked), []).append(id_)
    return present


def _link_row(link: LinkTable, owner: int, linked: Linked, provenance: Mapping[str, Any]) -> dict[str, Any]:
    ends = {link.source.key: owner, link.target.key: linked.target}
    said = {name: value for name, value in provenance.items() if name in link.table.c}
    of = {} if link.feature is None else {link.feature.key: linked.feature}
    part = {} if link.slot is None else {link.slot.key: linked.slot}
    return said | of | part | ends
