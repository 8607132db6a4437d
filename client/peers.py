"""Records that were read together: what one of them lacks is read for its neighbours too, in one request."""

from itertools import islice
from typing import TYPE_CHECKING, Any
from weakref import ref

from .documents import Selection, everything

if TYPE_CHECKING:
    from .catalog import Relation
    from .record import BaseRecord

NEIGHBOURS = 500
"""For how many records at most something is read at once."""


class Peers:
    """Records that were read together, in their order; weakly, so that one does not keep the others."""

    def __init__(self) -> None:
        self._records: list[ref[BaseRecord]] = []

    def join(self, record: "BaseRecord") -> int:
        """Take a record in; gives its place."""
        self._records.append(ref(record))
        return len(self._records) - 1

    def near(self, place: int) -> "list[BaseRecord]":
        """The record at this place and its neighbours, as far as they are still in use."""
        start = place - place % NEIGHBOURS
        found = (record() for record in islice(self._records, start, start + NEIGHBOURS))
        return [record for record in found if record is not None]


async def load_field(record: "BaseRecord", name: str) -> None:
    """Read a column that was left out."""
    waiting = [peer for peer in record._near() if name not in peer._values]
    objects = type(record).objects.filter(id__in=[peer.id for peer in waiting])
    found: dict[Any, Any] = dict(await objects._reader().values(("id", name)))
    for peer in waiting:
        peer._values[name] = found.get(peer.id)


async def load_one(record: "BaseRecord", relation: "Relation") -> None:
    """Read what a to-one relation leads to."""
    name, key = relation.name, f"{relation.name}_id"
    waiting = [peer for peer in record._near() if name not in peer._related and key in peer._values]
    ids = sorted({peer._values[key] for peer in waiting if peer._values[key] is not None})
    target = record.__connection__.registry(relation.target)
    found = {row.id: row for row in await target.__by_ids__(ids)} if ids else {}
    for peer in waiting:
        peer._related[name] = found.get(peer._values[key])


async def load_many(record: "BaseRecord", relation: "Relation") -> list[Any]:
    """Read what a to-many relation leads to.

    The neighbours' related rows are kept until they ask for them, once, unless something is written before.
    """
    connection, name = record.__connection__, relation.name
    writes, kept = record._read_ahead.pop(name, (None, []))
    if writes == connection.writes:
        return kept
    waiting = (peer for peer in record._near() if peer._read_ahead.get(name, (None,))[0] != connection.writes)
    peers = {peer.id: peer for peer in waiting}
    target = connection.registry(relation.target)
    inner = everything(target.__registry_info__)
    rows = type(record).objects.filter(id__in=list(peers))
    shared = Peers()
    async for page in rows._reader().pages(Selection(["id"], {name: inner})):
        for row in page:
            found = [target.__from_row__(data, inner, shared) for data in row[relation.graphql]["nodes"]]
            peers[row["databaseId"]]._read_ahead[name] = (connection.writes, found)
    return record._read_ahead.pop(name, (None, []))[1]
