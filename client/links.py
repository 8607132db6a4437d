"""The links between a record and what it is related to: their slots and features, in the order they were made."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .documents import KEY, Source

if TYPE_CHECKING:
    from .record import BaseRecord

PAGE = 1000
"""How many related rows one request reads."""
SELECTED = f"pageInfo {{ hasNextPage endCursor }} edges {{ node {{ {KEY} }} links {{ {KEY} slot featureId }} }}"


@dataclass(frozen=True, order=True)
class Link:
    """A link to the row with the id `target`; `slot` and `feature` are None where the link has none."""

    id: int
    target: int
    slot: str | None
    feature: int | None


async def links_of(record: "BaseRecord", relation: str) -> list[Link]:
    """Read the links of a to-many relation of a record, oldest first."""
    connection, info = record.__connection__, record.__registry_info__
    target = connection.catalog[info.relations[relation].target]
    source = Source(target, info, record.id, relation)
    arguments: dict[str, object] = {"first": PAGE}
    links: list[Link] = []
    more = True
    while more:
        document = source.document(arguments, SELECTED)
        found = source.connection(await connection.execute(document, source.variables(arguments)))
        links += [
            Link(link[KEY], edge["node"][KEY], link["slot"], link["featureId"])
            for edge in found.get("edges", ())
            for link in edge["links"]
        ]
        more = found["pageInfo"]["hasNextPage"]
        arguments["after"] = found["pageInfo"]["endCursor"]
    return sorted(links)
