"""Reading what a query set asks for: pages of rows, as records or as values."""

from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any

from .documents import Selection, everything
from .value_paths import ValuePath

if TYPE_CHECKING:
    from .queryset import Query
    from .registry import Registry

CHUNK = 10_000
"""How many rows one request reads at most."""
NESTED_ROWS = 200_000
"""How many rows one request reads at most where each has related rows."""

Rows = list[dict[str, Any]]


class Reader:
    """Reads for one query set."""

    def __init__(self, registry: "Registry", query: "Query") -> None:
        self._registry = registry
        self._query = query

    async def records(self) -> list[Any]:
        """The records; they know each other, so that what one of them lacks is read for all."""
        selection = self._query.selection or everything(self._query.source.info)
        rows = await self.rows(selection)
        peers: list[Any] = []
        peers += [self._registry.__from_row__(row, selection, peers) for row in rows]
        return peers

    async def values(self, paths: tuple[str, ...]) -> list[tuple[Any, ...]]:
        """The values at the end of some paths; a to-many relation gives a row for each related row."""
        catalog, info = self._registry.__connection__.catalog, self._query.source.info
        made = [ValuePath(catalog, info, path) for path in paths]
        selection = Selection([])
        for path in made:
            path.select(selection)
        rows = await self.rows(selection)
        return [values for row in rows for values in _combined(made, row)]

    async def count(self) -> int:
        """How many there are."""
        query = self._query
        if query.empty:
            return 0
        total: int = (await self._ask(query.arguments(), "totalCount"))["totalCount"]
        left = max(total - query.offset, 0)
        return left if query.limit is None else min(left, query.limit)

    async def ask(self, selection: str, types: Mapping[str, str], **variables: Any) -> Any:
        """Ask for something else of the connection; `types` are those of the variables that are in it."""
        query, source = self._query, self._query.source
        arguments = query.arguments()
        text = source.document(arguments, selection, types)
        data = await self._registry.__connection__.execute(text, {**source.variables(arguments), **variables})
        return source.connection(data)

    async def rows(self, selection: Selection) -> Rows:
        """All rows, as the server gives them."""
        return [row async for page in self.pages(selection) for row in page]

    async def pages(self, selection: Selection) -> AsyncIterator[Rows]:
        """The rows page by page."""
        query = self._query
        arguments = query.arguments()
        text = f"pageInfo {{ hasNextPage endCursor }} nodes {{ {self._text(selection)} }}"
        left, size = query.limit, page_size(query, selection)
        if query.offset:
            arguments["offset"] = query.offset
        while not query.empty and left != 0:
            arguments["first"] = size if left is None else min(size, left)
            connection = await self._ask(arguments, text)
            yield connection["nodes"]
            left = None if left is None else left - len(connection["nodes"])
            if not connection["pageInfo"]["hasNextPage"]:
                return
            arguments.pop("offset", None)
            arguments["after"] = connection["pageInfo"]["endCursor"]

    def _text(self, selection: Selection) -> str:
        return selection.text(self._registry.__connection__.catalog, self._query.source.info) or "databaseId"

    async def _ask(self, arguments: dict[str, Any], selection: str) -> Any:
        source = self._query.source
        text = source.document(arguments, selection)
        data = await self._registry.__connection__.execute(text, source.variables(arguments))
        return source.connection(data)


def page_size(query: "Query", selection: Selection) -> int:
    """How many rows to read at once: fewer where each brings related rows, and of a relation."""
    chunk = 1000 if query.source.owner else CHUNK
    many = _widest(query.source.info, selection)
    return max(1, min(chunk, NESTED_ROWS // many))


def _widest(info: Any, selection: Selection) -> int:
    """How many rows a row brings at most."""
    return 1000 if any(info.relations[name].many for name in selection.relations) else 1


def _combined(paths: list[ValuePath], row: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The values of a row; each combination where paths lead to several values."""
    combined: list[tuple[Any, ...]] = [()]
    for path in paths:
        combined = [(*values, value) for values in combined for value in path.read(row)]
    return combined
