"""The texts that are searched: kept in memory, because ranking reads all of them, and never stale.

A search takes two statements. The first asks what state the database is in and, if that is not the state in which the
texts were read, for those that have changed (`search_reading.py`); what is ranked by them is then a value of the
operation's own statement. PostgreSQL names its state by the snapshot of transactions, SQLite by a number that changes
for a connection when any other has written: therefore SQLite is always asked through the same connection.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lnql.models.search_columns import Naming, TextColumn, TextPart, naming

from .cache import Cache
from .dialects import Dialect
from .registry import Field, RegistryInfo
from .search import Search
from .search_reading import ReadPart, Wanted, read_columns, reading_statement
from .search_sql import UNITS
from .statements import Statement
from .visibility import Scope

Fetch = Callable[[str, Sequence[Any]], Awaitable[Sequence[str | None]]]
Hits = list[tuple[int, int]]
"""Rows that were found, best first: their scores in `search_sql.UNITS` and their keys."""


@dataclass(frozen=True)
class Kept:
    """A column as it is in a state of the database."""

    state: str
    parts: tuple[ReadPart, ...]
    column: TextColumn

    @property
    def characters(self) -> int:
        """How many characters it has."""
        return sum(part.texts.characters for part in self.parts)


Columns = dict[tuple[RegistryInfo, Field], Kept]


class SearchTexts:
    """The texts that requests of a scope may see.

    Args:
        fetch: runs a statement, on SQLite always on the same connection.
        most_characters: how many characters are kept; those of the columns unused longest go first.
    """

    def __init__(self, dialect: Dialect, scope: Scope, fetch: Fetch, most_characters: int) -> None:
        self._dialect = dialect
        self._scope = scope
        self._fetch = fetch
        self._most_characters = most_characters
        self._kept: Columns = {}
        self._statements: Cache[Wanted, Statement] = Cache(100)
        self._reading = asyncio.Lock()

    async def ranked(self, values: Sequence[Any]) -> list[Any]:
        """Put the hits of searches in their place among the values of an operation.

        Raises:
            TooComplexError: for a registry with more text than can be kept.
        """
        searches = [value for value in values if isinstance(value, Search)]
        if not searches:
            return list(values)
        async with self._reading:  # who comes meanwhile finds the texts already read
            columns = await self._current(_wanted(searches))
        return await asyncio.to_thread(
            lambda: [_hits(value, columns) if isinstance(value, Search) else value for value in values]
        )

    async def _current(self, wanted: Wanted) -> Columns:
        """Give columns as the database has them now."""
        statement = self._statements.get(wanted) or self._statements.put(
            wanted, reading_statement(self._dialect, self._scope, wanted)
        )
        known = [value for info, fields in wanted for value in (self._state(info, fields), list(self._parts(info)))]
        state, *answers = await self._fetch(statement.text, statement.arguments([self._most_characters, *known]))
        for (info, fields), answer in zip(wanted, answers, strict=True):
            if answer is not None:
                await asyncio.to_thread(self._keep, info, fields, str(state), answer)
        columns = {(info, field): self._kept[info, field] for info, fields in wanted for field in fields}
        self._forget(columns)
        return columns

    def _state(self, info: RegistryInfo, fields: Iterable[Field]) -> str:
        """Name the state in which all these columns were read, if there is one."""
        states = {kept.state if (kept := self._kept.get((info, field))) else "" for field in fields}
        return states.pop() if len(states) == 1 else ""

    def _parts(self, info: RegistryInfo) -> dict[str, TextPart]:
        """What is known of a registry, by digest."""
        kept = (kept for (owner, _), kept in self._kept.items() if owner is info)
        return {part.digest: part.texts for column in kept for part in column.parts}

    def _keep(self, info: RegistryInfo, fields: Sequence[Field], state: str, answer: str) -> None:
        for field, parts in zip(fields, read_columns(info, len(fields), answer, self._parts(info)), strict=True):
            old = self._kept.get((info, field))
            if old and [part.digest for part in old.parts] == [part.digest for part in parts]:
                self._kept[info, field] = Kept(state, old.parts, old.column)
            else:
                self._kept[info, field] = Kept(state, tuple(parts), _column(info, field, parts))

    def _forget(self, used: Columns) -> None:
        """Put what was used last, and let go from the front what is too much."""
        self._kept = {**{key: kept for key, kept in self._kept.items() if key not in used}, **used}
        characters = sum(kept.characters for kept in self._kept.values())
        for key in list(self._kept):
            if characters > self._most_characters:
                characters -= self._kept.pop(key).characters


def _wanted(searches: Iterable[Search]) -> Wanted:
    wanted: dict[RegistryInfo, dict[Field, None]] = {}
    for search in searches:
        wanted.setdefault(search.info, {search.info.key: None}).update(dict.fromkeys(search.fields))
    return tuple((info, tuple(fields)) for info, fields in wanted.items())


def _column(info: RegistryInfo, field: Field, parts: Iterable[ReadPart]) -> TextColumn:
    is_key = field is info.key
    return TextColumn(
        [part.texts for part in parts],
        Naming.NONE if is_key else naming(field.column.name, info.model.__name_field__),
    )


def _hits(search: Search, columns: Columns) -> Hits:
    """Rank the rows."""
    from lnql.models.search import fuzzy_scores, hits, lamindb_scores  # with NumPy, which the server starts without

    rank = fuzzy_scores if search.fuzzy else lamindb_scores
    searched = [columns[search.info, field].column for field in search.fields]
    scores = rank(searched, search.text, case_sensitive=search.case_sensitive)
    return hits(scores, columns[search.info, search.info.key].column.numbers, UNITS)
