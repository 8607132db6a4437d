"""Reading what a query set asks for: pages of rows, as records or as values."""

import json
import random
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from . import tables
from .conditions import both
from .documents import KEY, Selection, Source
from .groups import read_groups
from .peers import Peers
from .value_paths import AnnotationPath, ValuePath, value_path

if TYPE_CHECKING:
    from .catalog import RegistryInfo
    from .lazy import Query
    from .registry import Registry

CHUNK = 10_000
"""How many rows one request reads at most."""
RELATED_CHUNK = 1000
"""How many rows one request reads at most of those related to one row."""
NESTED_ROWS = 190_000
"""How many rows one request reads at most where each brings related rows."""

Rows = list[dict[str, Any]]
Values = tuple[Any, ...]
Paths = list[ValuePath | AnnotationPath]


class Reader:
    """Reads for one query."""

    def __init__(self, registry: "Registry", query: "Query") -> None:
        self._registry = registry
        self._query = query
        self._catalog = registry.__connection__.catalog

    async def results(self) -> list[Any]:
        """All that is asked for: records, or what is made of values."""
        found = await self._own_results()
        for other in self._query.also:
            appended = replace(other, shape=self._query.shape, selection=self._query.selection)
            found += await Reader(self._registry, appended).results()
        return found

    async def _own_results(self) -> list[Any]:
        query = self._query
        if query.shape and query.shape.measures:
            every = query.unsliced()
            rows = self._registry.__query_set__(self._registry, replace(every, shape=None))
            return await read_groups(Reader(self._registry, every), rows, query)
        if query.shape:
            return query.shape.made(await self.values(query.shape.paths))
        return [record async for page in self.result_pages(None) for record in page]

    async def result_pages(self, size: int | None) -> AsyncIterator[list[Any]]:
        """The results page by page; records of a page know each other, so that what one lacks is read for all."""
        shape = self._query.shape
        selection = self._query.selected() if shape is None else Selection([])
        paths = self._select(shape.paths, selection) if shape else []
        async for page in self.pages(selection, size):
            if shape:
                yield shape.made(_expanded(paths, page))
                continue
            peers = Peers()
            yield [self._registry.__from_row__(row, selection, peers) for row in page]

    async def values(self, paths: tuple[str, ...]) -> list[Values]:
        """The values at the end of some paths; a to-many relation gives a row for each related row."""
        selection = Selection([])
        made = self._select(paths, selection)
        if any(path.many for path in made):
            return await self._fanned_out(made, selection)
        return [values async for page in self.pages(selection) for values in _expanded(made, page)]

    async def _fanned_out(self, paths: Paths, selection: Selection) -> list[Values]:
        """Rows where a record may give several: a slice is one of these rows, not of the records."""
        every = Reader(self._registry, self._query.unsliced())
        rows = [values async for page in every.pages(selection) for values in _expanded(paths, page)]
        if self._query.shape:
            rows = self._query.shape.in_order(rows, nulls_first=self._catalog.dialect == "sqlite")
        stop = None if self._query.limit is None else self._query.offset + self._query.limit
        return list(islice(rows, self._query.offset, stop))

    def check(self) -> None:
        """Refuse paths that do not exist, before anything is read."""
        if self._query.shape:
            self._select(self._query.shape.paths, Selection([]))

    def _select(self, paths: Iterable[str], selection: Selection) -> Paths:
        made = [value_path(self._catalog, self._query, path) for path in paths]
        for path in made:
            path.select(selection)
        return made

    async def count(self) -> int:
        """How many there are."""
        query = self._query
        if query.empty:
            return 0
        if query.shape and (query.shape.distinct or query.shape.measures or self.fans_out()):
            return len(await self.results())
        total: int = (await self.ask("totalCount"))["totalCount"]
        left = max(total - query.offset, 0)
        found = left if query.limit is None else min(left, query.limit)
        return found + sum([await Reader(self._registry, other).count() for other in query.also])

    def fans_out(self) -> bool:
        """Whether a record may give several rows of values."""
        shape = self._query.shape
        return shape is not None and any(path.many for path in self._select(shape.paths, Selection([])))

    async def ask(self, selection: str, types: Mapping[str, str] | None = None, **variables: Any) -> Any:
        """What is selected of the connection, without its rows; `types` are those of the variables that are in it."""
        source, arguments = self._query.source, self._query.arguments()
        text = source.document(arguments, selection, types)
        data = await self._registry.__connection__.execute(text, {**source.variables(arguments), **variables})
        return source.connection(data)

    async def pages(self, selection: Selection, size: int | None = None, *, table: bool = False) -> AsyncIterator[Rows]:
        """The rows page by page, as the server gives them; with `table` as tables, if it can."""
        if self._query.shuffled:
            async for page in self._shuffled_pages(selection):
                yield page
            return
        if self._query.sequence:
            yield await self._in_sequence(selection)
            return
        query = self._query
        table = table and not query.source.owner
        accept = tables.ARROW_OR_JSON if table else None
        arguments, text = query.arguments(), self._text(selection)
        types, narrowed = selection.declared()
        left, size = query.limit, min(size or CHUNK, self._page_size(selection))
        if query.offset:
            arguments["offset"] = query.offset
        while not query.empty and left != 0:
            arguments["first"] = size if left is None else min(size, left)
            document = query.source.document(arguments, text, types)
            variables = {**query.source.variables(arguments), **narrowed}
            data = await self._registry.__connection__.execute(document, variables, accept=accept)
            connection = query.source.connection(data)
            rows = connection["nodes"]
            accept = tables.ARROW if tables.is_table(rows) else None  # the next ones are of the same kind
            await self._complete(query.info, rows, selection, self._depth)
            yield rows
            left = None if left is None else left - len(rows)
            if not connection["pageInfo"]["hasNextPage"]:
                return
            arguments.pop("offset", None)
            arguments["after"] = connection["pageInfo"]["endCursor"]

    async def _shuffled_pages(self, selection: Selection) -> AsyncIterator[Rows]:
        """The rows in random order: their keys are drawn first."""
        query = self._query
        ordered = replace(query.unsliced(), shuffled=False, shape=None)
        keys = [key for (key,) in await Reader(self._registry, ordered).values(("id",))]
        stop = None if query.limit is None else query.offset + query.limit
        drawn = random.sample(keys, len(keys))[query.offset : stop]
        for start in range(0, len(drawn), CHUNK):
            some = tuple(drawn[start : start + CHUNK])
            among = both(ordered.filter, {"databaseId": {"in": list(some)}})
            async for page in Reader(self._registry, replace(ordered, filter=among, sequence=some)).pages(selection):
                yield page

    async def _in_sequence(self, selection: Selection) -> Rows:
        """All rows in the order of their keys, and of these the slice: the server does not know this order."""
        query = self._query
        keyed = replace(selection, fields=list(dict.fromkeys(("id", *selection.fields))))
        every = Reader(self._registry, replace(query.unsliced(), sequence=()))
        rows = [row async for page in every.pages(keyed) for row in page]
        places = {key: place for place, key in enumerate(query.sequence)}
        rows.sort(key=lambda row: places.get(row[KEY], len(places)))
        return rows[query.offset : None if query.limit is None else query.offset + query.limit]

    async def _complete(self, info: "RegistryInfo", rows: Rows, selection: Selection, depth: int) -> None:
        """Read the rest of relations that have more rows than came with their owner."""
        for name, inner in selection.relations.items():
            relation, related = info.relations[name], Rows()
            below = depth + relation.many
            for row in rows:
                found = row[relation.graphql]
                if relation.many:
                    owner = Source(self._catalog[relation.target], info, row[KEY], name)
                    await self._rest(owner, found, inner, below)
                    related += found["nodes"]
                elif found:
                    related.append(found)
            await self._complete(self._catalog[relation.target], related, inner, below)

    async def _rest(self, owner: Source, found: Any, inner: Selection, depth: int) -> None:
        """Add to the related rows that were found those that are still missing."""
        text = _connection(inner.text(self._catalog, owner.info, depth))
        while found["pageInfo"]["hasNextPage"]:
            arguments = {"first": RELATED_CHUNK, "after": found["pageInfo"]["endCursor"]}
            document = owner.document(arguments, text)
            data = await self._registry.__connection__.execute(document, owner.variables(arguments))
            found["nodes"] += owner.connection(data)["nodes"]
            found["pageInfo"] = owner.connection(data)["pageInfo"]

    def _text(self, selection: Selection) -> str:
        return _connection(selection.text(self._catalog, self._query.info, self._depth))

    @property
    def _depth(self) -> int:
        """How many to-many relations lie around the rows."""
        return 1 if self._query.source.owner else 0

    def _page_size(self, selection: Selection) -> int:
        """How many rows to read at once: fewer where each brings related rows, and of a relation."""
        allowed = self._registry.__connection__.instance
        page = min(RELATED_CHUNK, allowed.nested_page) if self._query.source.owner else allowed.root_page
        rows = min(NESTED_ROWS, allowed.rows) // selection.rows(self._catalog, self._query.info, self._depth)
        return max(1, min(CHUNK, page, rows))

    def explain(self) -> str:
        """The document of the first page and its variables."""
        shape = self._query.shape
        selection = self._query.selected() if shape is None else Selection([])
        self._select(shape.paths if shape else (), selection)
        arguments = {**self._query.arguments(), "first": self._query.limit or CHUNK}
        types, narrowed = selection.declared()
        variables = {**self._query.source.variables(arguments), **narrowed}
        return (
            f"{self._query.source.document(arguments, self._text(selection), types)}\n{json.dumps(variables, indent=2)}"
        )


def _expanded(paths: Paths, page: Rows) -> Iterator[Values]:
    """The values of rows; each combination where paths lead to several values."""
    for row in page:
        combined: list[Values] = [()]
        for path in paths:
            combined = [(*values, value) for values in combined for value in path.read(row)]
        yield from combined


def _connection(columns: str) -> str:
    return f"pageInfo {{ hasNextPage endCursor }} nodes {{ {columns or KEY} }}"
