"""Answering an operation that searches, in one statement.

The statement also says what state of the database it has seen. If that is not the state in which the texts that were
ranked were read, those that have changed are read (`search_texts.py`), and it runs again with what is found by them.
What was found for recent texts is kept, for the next page or the next who asks.
"""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

from lnql.errors import LnqlError
from lnql.models.branches import MAIN
from lnql.models.hits import Hits

from .cache import Cache
from .findings import Finding
from .readers import Fetch, Row
from .registry import Field, RegistryInfo
from .search import Search, text_fields
from .search_reading import Wanted
from .search_state import read_seen
from .search_texts import Columns, SearchTexts
from .statements import Statement

FEW: Final = 100_000
"""So many characters are ranked at once, in a millisecond or two: longer than it may take a thread to begin."""
RANKINGS: Final = 1_000
"""How many rankings are kept, those used last; of each the `BEST` hits."""
BEST: Final = 1_000


class Searching:
    """Answers operations that search.

    Args:
        fetch: runs a statement.
        texts: those that requests of a scope may see.
    """

    def __init__(self, fetch: Fetch, texts: SearchTexts) -> None:
        self._fetch = fetch
        self._texts = texts
        self._rankings: Cache[tuple[Any, ...], Hits] = Cache(RANKINGS)
        self._reading = asyncio.Lock()

    async def answer(self, statement: Statement, values: Sequence[Any], state: int) -> Row:
        """Run a statement with the hits of searches in their place among its values; `state` is a column of its row.

        Raises:
            TooComplexError: for a registry with more text than can be kept.
        """
        wanted, seen = _wanted(_findings(values)), None
        if columns := self._texts.known(wanted):
            row = await self._run(statement, values, columns)
            seen = read_seen(row[state])
            if self._texts.are_current(wanted, columns, seen):
                return row
        async with self._reading:  # who comes meanwhile finds the texts already read
            read, columns = await self._texts.read(wanted)
        row = await self._run(statement, values, columns)
        if seen and read_seen(row[state]).state == seen.state:  # as before they were read: it is what was read
            self._texts.are_same(seen.state, read)
        return row

    async def read_ahead(self, infos: Iterable[RegistryInfo], most_characters: int) -> None:
        """Read the texts of registries, and make what ranking needs, except where there is more text than room."""
        for info in infos if most_characters else ():
            search = Search(info, tuple(text_fields(info).values()), "a", case_sensitive=False, fuzzy=True)
            with suppress(LnqlError):  # too much text, or too slow: the first search of this registry waits
                async with self._reading:
                    _, columns = await self._texts.read(_wanted([Finding(search)]), most_characters)
                await asyncio.to_thread(_rank, Finding(search), columns)
                most_characters -= _characters(columns)

    async def _run(self, statement: Statement, values: Sequence[Any], columns: Columns) -> Row:
        found = [await self._hits(value, columns) if type(value) is Finding else value for value in values]
        known = self._texts.state(columns)
        return await self._fetch(statement.text, statement.arguments([*found, known]))

    async def _hits(self, finding: Finding, columns: Columns) -> Hits:
        """Give the hits that are needed, of a ranking that is kept or of a new one."""
        search = finding.search
        numbers = (columns[search.info, field].number for field in _fields(search))
        key = search, finding.main_only, *numbers
        kept = self._rankings.get(key)
        if kept and (hits := kept.part(finding.after, finding.most)):
            return hits
        rank = partial(_rank, finding, columns)
        ranked = rank() if _characters(columns) <= FEW else await asyncio.to_thread(rank)
        self._rankings.put(key, ranked.first(BEST))
        hits = ranked.part(finding.after, finding.most)
        assert hits is not None  # noqa: S101  all are known
        return hits


def searched_by(values: Iterable[Any]) -> tuple[RegistryInfo, ...]:
    """Give the registries that are searched for what stands among the values of plans."""
    return tuple(info for info, _ in _wanted(_findings(values)))


def _findings(values: Iterable[Any]) -> list[Finding]:
    return [value for value in values if type(value) is Finding]  # isinstance would look at a placeholder


def _wanted(findings: Iterable[Finding]) -> Wanted:
    wanted: dict[RegistryInfo, dict[Field, None]] = {}
    for finding in findings:
        search = finding.search
        wanted.setdefault(search.info, {}).update(dict.fromkeys(_fields(search)))
    return tuple((info, tuple(fields)) for info, fields in wanted.items())


def _fields(search: Search) -> tuple[Field, ...]:
    """The fields that a search reads: the key, the branch if there is one, and those that are searched."""
    info = search.info
    return info.key, *([info.branch] if info.branch else []), *search.fields


def _characters(columns: Columns) -> int:
    return sum(kept.characters for kept in columns.values())


def _rank(finding: Finding, columns: Columns) -> Hits:
    """Rank the rows."""
    from lnql.models.search import fuzzy_scores, hits, lamindb_scores  # with NumPy, which the server starts without

    search, info = finding.search, finding.search.info
    rank = fuzzy_scores if search.fuzzy else lamindb_scores
    searched = [columns[info, field].column for field in search.fields]
    scores = rank(searched, search.text, case_sensitive=search.case_sensitive)
    if finding.main_only and info.branch:
        scores = scores * (columns[info, info.branch].column.numbers == MAIN)
    return hits(scores, columns[info, info.key].column.numbers)
