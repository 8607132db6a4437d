"""The texts that are searched: kept in memory, because ranking reads all of them, and never stale.

The statement of an operation that searches also says what state of the database it has seen. If that is not the state
in which the texts were read, those that have changed are read (`search_reading.py`), and it runs again with what is
found by them. PostgreSQL names its state by the snapshot of transactions, SQLite by a number that changes for a
connection when any other has written: therefore texts are always read through the same connection, and it is noted
what the state of another is to that one.
"""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property, partial
from typing import Any, Final

from msgspec import Struct

from lnql.errors import LnqlError
from lnql.models.search_columns import Naming, TextColumn, TextPart, naming

from .cache import Cache
from .dialects import Dialect
from .readers import Fetch, Row
from .registry import Field, RegistryInfo
from .search import Search, text_fields
from .search_reading import ReadPart, Wanted, read_columns, reading_statement
from .search_sql import UNITS
from .statements import Statement
from .visibility import Scope

Hits = list[tuple[int, int]]
"""Rows that were found, best first: their scores in `search_sql.UNITS` and their keys."""

FEW: Final = 100_000
"""So many characters are ranked at once, in a millisecond or two: longer than it may take a thread to begin."""


class Kept(Struct, frozen=True, dict=True):
    """A column as it is in a state of the database."""

    state: str
    parts: tuple[ReadPart, ...]
    column: TextColumn

    @cached_property
    def characters(self) -> int:
        """How many characters it has."""
        return sum(part.texts.characters for part in self.parts)


Columns = dict[tuple[RegistryInfo, Field], Kept]


class SearchTexts:
    """The texts that requests of a scope may see.

    Args:
        fetch: runs a statement.
        watch: runs a statement, on SQLite always on the same connection.
        most_characters: how many characters are kept; those of the columns unused longest go first.
    """

    def __init__(self, dialect: Dialect, scope: Scope, fetch: Fetch, watch: Fetch, most_characters: int) -> None:
        self._dialect = dialect
        self._scope = scope
        self._fetch = fetch
        self._watch = watch
        self._most_characters = most_characters
        self._kept: Columns = {}
        self._statements: Cache[Wanted, Statement] = Cache(100)
        self._same_states: Cache[str, str] = Cache(100)
        self._reading = asyncio.Lock()

    async def answer(self, statement: Statement, values: Sequence[Any], state: int) -> Row:
        """Run a statement with the hits of searches in their place among its values; `state` is a column of its row.

        Raises:
            TooComplexError: for a registry with more text than can be kept.
        """
        wanted, seen = _wanted(searches_of(values)), None
        if columns := self._known(wanted):
            hits = partial(_with_hits, values, columns)
            few = sum(kept.characters for kept in columns.values()) <= FEW
            row = await self._run(statement, hits() if few else await asyncio.to_thread(hits))
            seen = row[state]
            if all(kept.state == self._of_watched(seen) for kept in columns.values()):
                return row
        async with self._reading:  # who comes meanwhile finds the texts already read
            read, columns = await self._current(wanted, self._most_characters)
        row = await self._run(statement, await asyncio.to_thread(_with_hits, values, columns))
        if row[state] == seen:  # as before they were read: it is what was read
            self._same_states.put(seen, read)
        return row

    async def read_ahead(self, infos: Iterable[RegistryInfo], most_characters: int) -> None:
        """Read the texts of registries, and make what ranking needs, except where there is more text than room."""
        for info in infos:
            search = Search(info, tuple(text_fields(info).values()), "a", case_sensitive=False, fuzzy=True)
            with suppress(LnqlError):  # too much text, or too slow: the first search of this registry waits
                async with self._reading:
                    _, columns = await self._current(_wanted([search]), most_characters)
                await asyncio.to_thread(_hits, search, columns)
                most_characters -= sum(kept.characters for kept in columns.values())

    async def _run(self, statement: Statement, values: Sequence[Any]) -> Row:
        return await self._fetch(statement.text, statement.arguments(values))

    def _of_watched(self, state: str) -> str:
        """What the state of a connection is called where texts are read."""
        return self._same_states.get(state) or state

    def _known(self, wanted: Wanted) -> Columns | None:
        """Give columns as they were last read, if all of them were."""
        keys = [(info, field) for info, fields in wanted for field in fields]
        if not all(key in self._kept for key in keys):
            return None
        for key in keys:  # the last are those used last
            self._kept[key] = self._kept.pop(key)
        return {key: self._kept[key] for key in keys}

    async def _current(self, wanted: Wanted, most_characters: int) -> tuple[str, Columns]:
        """Give columns as the database has them now, and the state that it is in."""
        statement = self._statements.get(wanted) or self._statements.put(
            wanted, reading_statement(self._dialect, self._scope, wanted)
        )
        known = [value for info, fields in wanted for value in (self._state(info, fields), list(self._parts(info)))]
        state, *answers = await self._watch(statement.text, statement.arguments([most_characters, *known]))
        for (info, fields), answer in zip(wanted, answers, strict=True):
            if answer is not None:
                await asyncio.to_thread(self._keep, info, fields, str(state), answer)
        columns = self._known(wanted) or {}
        self._forget()
        return str(state), columns

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

    def _forget(self) -> None:
        """Let go from the front what is too much."""
        characters = sum(kept.characters for kept in self._kept.values())
        for key in list(self._kept):
            if characters > self._most_characters:
                characters -= self._kept.pop(key).characters


def searches_of(values: Iterable[Any]) -> list[Search]:
    """Give what is searched for among the values of plans."""
    return [value for value in values if type(value) is Search]  # isinstance would look at a placeholder


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


def _with_hits(values: Iterable[Any], columns: Columns) -> list[Any]:
    """Put the hits of searches in their place among the values of an operation."""
    return [_hits(value, columns) if isinstance(value, Search) else value for value in values]


def _hits(search: Search, columns: Columns) -> Hits:
    """Rank the rows."""
    from lnql.models.search import fuzzy_scores, hits, lamindb_scores  # with NumPy, which the server starts without

    rank = fuzzy_scores if search.fuzzy else lamindb_scores
    searched = [columns[search.info, field].column for field in search.fields]
    scores = rank(searched, search.text, case_sensitive=search.case_sensitive)
    return hits(scores, columns[search.info, search.info.key].column.numbers, UNITS)
