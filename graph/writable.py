"""What mutations may set of a row, and what the server decides."""

from collections.abc import Mapping

from msgspec import Struct

from .registry import Field, RegistryInfo, ToMany, ToOne

DECIDED = frozenset({"databaseId", "createdAt", "updatedAt", "isLatest", "createdBy", "createdOn"})
"""Fields and relations that the server decides."""


class Writable(Struct, frozen=True, eq=False):
    """What a patch may set: columns, to-one relations, and to-many relations with a link table.

    A column that points to another row is set by its relation.
    """

    fields: Mapping[str, Field]
    one: Mapping[str, ToOne]
    many: Mapping[str, ToMany]


def writable(info: RegistryInfo) -> Writable:
    """What patches of a registry may set, by GraphQL names."""
    return Writable(
        {name: f for name, f in info.fields.items() if name not in DECIDED and not f.column.foreign_keys},
        {name: relation for name, relation in info.to_one.items() if name not in DECIDED},
        {name: relation for name, relation in info.to_many.items() if relation.link is not None},
    )
