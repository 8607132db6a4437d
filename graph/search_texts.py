"""The texts that are searched: kept in memory, because ranking reads all of them, and never stale.

A search takes two statements. The first asks what state the database is in, and gives the texts anew if that is not the
state in which they were read; what is ranked by them is then a value of the operation's own statement. PostgreSQL names
its state by the snapshot of transactions, SQLite by a number that changes for a connection when any other has written:
therefore SQLite is always asked through the same connection.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import orjson
import sqlalchemy as sa

from lnql.errors import TooComplexError
from lnql.models.search import NAMES, TextColumn, best_first, fuzzy_scores, lamindb_scores

from .cache import Cache
from .dialects import Dialect, Part, Text, concat, constant
from .registry import Field, RegistryInfo
from .scalars import Kind
from .search import Search
from .search_sql import UNITS
from .statements import Draft, Statement
from .visibility import Scope

Fetch = Callable[[str, Sequence[Any]], Awaitable[Sequence[str | None]]]
Wanted = tuple[tuple[RegistryInfo, tuple[Field, ...]], ...]
"""Registries, and the fields whose texts are wanted, without repetition."""
Hits = list[tuple[int, int]]
"""Rows that were found, best first: their scores in `search_sql.UNITS` and their keys."""

LIMIT = 1
"""The slot of the limit of characters, after that of the states that are known."""


@dataclass
class Texts:
    """The texts of a registry in one state of the database: the keys of its rows, and columns by their fields."""

    state: str
    keys: list[int]
    columns: dict[Field, TextColumn]

    @property
    def characters(self) -> int:
        """How many characters all columns have."""
        return sum(column.characters for column in self.columns.values())

    def hits(self, search: Search) -> Hits:
        """Rank the rows."""
        rank = fuzzy_scores if search.fuzzy else lamindb_scores
        columns = [self.columns[field] for field in search.fields]
        scores = rank(columns, search.text, case_sensitive=search.case_sensitive)
        return [(round(scores[row] * UNITS), self.keys[row]) for row in best_first(scores)]


class SearchTexts:
    """The texts that requests of a scope may see.

    Args:
        fetch: runs a statement, on SQLite always on the same connection.
        most_characters: how many characters are kept; those of the registry unused longest go first.
    """

    def __init__(self, dialect: Dialect, scope: Scope, fetch: Fetch, most_characters: int) -> None:
        self._dialect = dialect
        self._scope = scope
        self._fetch = fetch
        self._most_characters = most_characters
        self._texts: dict[RegistryInfo, Texts] = {}
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
            texts = await self._current(_wanted(searches))
        return await asyncio.to_thread(
            lambda: [texts[value.info].hits(value) if isinstance(value, Search) else value for value in values]
        )

    async def _current(self, wanted: Wanted) -> dict[RegistryInfo, Texts]:
        """Give texts as the database has them now."""
        statement = self._statements.get(wanted) or self._statements.put(wanted, self._statement(wanted))
        known = [self._known(info, fields) for info, fields in wanted]
        state, *read = await self._fetch(statement.text, statement.arguments([self._most_characters, *known]))
        for (info, fields), text in zip(wanted, read, strict=True):
            if text is not None:
                self._keep(info, await asyncio.to_thread(_texts, info, fields, str(state), text))
        current = {info: self._texts[info] for info, _ in wanted}
        self._forget(current)
        return current

    def _known(self, info: RegistryInfo, fields: Iterable[Field]) -> str:
        """Name the state in which the texts of all these fields were read, if they were."""
        texts = self._texts.get(info)
        return texts.state if texts and texts.columns.keys() >= set(fields) else ""

    def _keep(self, info: RegistryInfo, read: Texts) -> None:
        old = self._texts.pop(info, None)
        if old and old.state == read.state:
            read.columns = old.columns | read.columns
        self._texts[info] = read

    def _forget(self, used: dict[RegistryInfo, Texts]) -> None:
        """Put what was used last, and let go from the front what is too much."""
        self._texts = {**{info: texts for info, texts in self._texts.items() if info not in used}, **used}
        characters = sum(texts.characters for texts in self._texts.values())
        for info in list(self._texts):
            if characters > self._most_characters:
                characters -= self._texts.pop(info).characters

    def _statement(self, wanted: Wanted) -> Statement:
        draft = Draft(self._dialect, self._scope)
        state = draft.dialect.state()
        limit = draft.operand(Kind.BIGINT, 0)()
        columns = []
        for slot, (info, fields) in enumerate(wanted, start=1):
            known = draft.operand(Kind.STRING, slot)()
            size, texts = _listed(draft, info, fields)
            columns.append(sa.case((state == known, sa.null()), (size > limit, sa.cast(size, sa.Text())), else_=texts))
        return draft.finish(sa.select(state, *columns))


def _wanted(searches: Iterable[Search]) -> Wanted:
    wanted: dict[RegistryInfo, dict[Field, None]] = {}
    for search in searches:
        wanted.setdefault(search.info, {}).update(dict.fromkeys(search.fields))
    return tuple((info, tuple(fields)) for info, fields in wanted.items())


def _listed(draft: Draft, info: RegistryInfo, fields: Sequence[Field]) -> tuple[sa.ColumnElement[int], Text]:
    """The number of characters of a registry, and its keys and the texts of its fields as JSON lists."""
    rows = draft.rows(info)
    key = info.key
    texts = [sa.func.coalesce(sa.type_coerce(rows.c[field.column.key], sa.Text()), constant("")) for field in fields]
    lengths = [sa.func.coalesce(sa.func.sum(sa.func.length(text)), sa.literal_column("0")) for text in texts]
    size = sa.select(sum(lengths, sa.literal_column("0", sa.BigInteger()))).select_from(rows).scalar_subquery()
    written = [draft.dialect.json(key.kind, rows.c[key.column.key], nullable=False)]
    written += [draft.dialect.json(Kind.STRING, text, nullable=False) for text in texts]
    ordered = (
        sa.select(*(column.label(f"column_{number}") for number, column in enumerate(written)))
        .order_by(rows.c[key.column.key])
        .subquery()
    )
    lists: Iterable[list[Part]] = (["[", draft.dialect.join_rows(column, None), "],"] for column in ordered.c)
    parts: list[Part] = ["[", *chain.from_iterable(lists)]
    parts[-1] = "]]"
    return size, sa.select(concat(parts)).scalar_subquery()


def _texts(info: RegistryInfo, fields: Sequence[Field], state: str, text: str) -> Texts:
    """Read the answer: lists, or the number of characters where they are too many."""
    read = orjson.loads(text)
    if isinstance(read, int):
        raise TooComplexError(
            f"The searched fields of {info.plural_words} have {read} characters, which is too many.",
            hint="Search fewer fields, or ask the operator to raise the limit search_characters.",
        )
    keys, *columns = read
    names = NAMES | {info.model.__name_field__}
    return Texts(
        state,
        keys,
        {
            field: TextColumn(texts, is_name=field.column.name in names)
            for field, texts in zip(fields, columns, strict=True)
        },
    )
