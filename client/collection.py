"""Collections: the order of their artifacts."""

from typing import TYPE_CHECKING, Any

from . import background
from .documents import KEY
from .reading import RELATED_CHUNK
from .record import BaseRecord

if TYPE_CHECKING:
    from .queryset import QuerySet

EDGES = f"pageInfo {{ hasNextPage endCursor }} edges {{ links {{ {KEY} }} node {{ {KEY} }} }}"


class CollectionRecord(BaseRecord):
    """A collection of artifacts."""

    @property
    def ordered_artifacts(self) -> "QuerySet":
        """The artifacts, in the order in which they were put into the collection."""
        linked = background.run(self._linked())
        return self.artifacts.model.objects.in_sequence([key for _, key in sorted(linked)])  # type: ignore[no-any-return]

    async def _linked(self) -> list[tuple[int, int]]:
        """The ids of links, with those of their artifacts."""
        source, arguments = self.artifacts.query.source, dict[str, Any](first=RELATED_CHUNK)
        found: list[tuple[int, int]] = []
        while True:
            data = await self.__connection__.execute(source.document(arguments, EDGES), source.variables(arguments))
            page = source.connection(data)
            found += ((link[KEY], edge["node"][KEY]) for edge in page["edges"] for link in edge["links"])
            if not page["pageInfo"]["hasNextPage"]:
                return found
            arguments["after"] = page["pageInfo"]["endCursor"]
