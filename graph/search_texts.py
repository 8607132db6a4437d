"""The texts that are searched: kept in memory, because ranking reads all of them, and never stale.

Texts are as they were read as long as the database is in the same state. PostgreSQL names its state by the snapshot of
transactions, SQLite by a number that changes for a connection when any other has written: therefore texts are always
read through the same connection, and it is noted what the state of another is to that one.

A snapshot changes with every transaction that writes, anywhere on the server. PostgreSQL is therefore also asked for
the version of the rows of a registry, which is the same as long as nobody has written these (`Dialect.version`).
"""

import asyncio
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import count

from msgspec import Struct, structs

from lnql.models.search_columns import Naming, TextColumn, TextPart, naming

from .cache import Cache
from .dialects import Dialect
from .readers import Fetch
from .registry import Field, RegistryInfo
from .scalars import Kind
from .search_reading import ReadPart, Wanted, read_columns, reading_statement
from .search_state import Seen
from .statements import Statement
from .visibility import Scope


class Kept(Struct, frozen=True, dict=True):
    """A column as it is in a state of the database.

    `version` is that of the rows of its registry, if it can be told; `number` tells it from what it was before, and
    from other columns.
    """

    state: str
    version: str | None
    number: int
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
        watch: runs a statement, on SQLite always on the same connection.
        most_characters: how many characters are kept; those of the columns unused longest go first.
    """

    def __init__(self, dialect: Dialect, scope: Scope, watch: Fetch, most_characters: int) -> None:
        self._dialect = dialect
        self._scope = scope
        self._watch = watch
        self._most_characters = most_characters
        self._kept: Columns = {}
        self._numbers = count()
        self._statements: Cache[Wanted, Statement] = Cache(100)
        self._same_states: Cache[str, str] = Cache(100)

    def known(self, wanted: Wanted) -> Columns | None:
        """Give columns as they were last read, if all of them were."""
        keys = [(info, field) for info, fields in wanted for field in fields]
        if not all(key in self._kept for key in keys):
            return None
        for key in keys:  # the last are those used last
            self._kept[key] = self._kept.pop(key)
        return {key: self._kept[key] for key in keys}

    def state(self, columns: Columns) -> str:
        """Name the state in which all these columns were read, if there is one."""
        states = {kept.state for kept in columns.values()}
        return states.pop() if len(states) == 1 else ""

    def are_current(self, wanted: Wanted, columns: Columns, seen: Seen) -> bool:
        """Tell whether columns are what a statement has seen."""
        state = self._same_states.get(seen.state) or seen.state
        if all(kept.state == state for kept in columns.values()):
            return True
        versions = dict(zip((info for info, _ in wanted), seen.versions, strict=False))
        if not versions or any(kept.version != versions[info] for (info, _), kept in columns.items()):
            return False
        for key, kept in columns.items():
            if self._kept.get(key) is kept:
                self._kept[key] = structs.replace(kept, state=state)
        return True

    def are_same(self, state: str, watched: str) -> None:
        """Note what the state of another connection is called where texts are read."""
        self._same_states.put(state, watched)

    async def read(self, wanted: Wanted, most_characters: int | None = None) -> tuple[str, Columns]:
        """Give columns as the database has them now, and the state that it is in.

        Raises:
            TooComplexError: for more characters than these, or than can be kept.
        """
        statement = self._statements.get(wanted)
        if statement is None:  # in a thread: to write it takes longer than most requests, for whom others need not wait
            made = await asyncio.to_thread(reading_statement, self._dialect, self._scope, wanted)
            statement = self._statements.put(wanted, made)
        most = self._most_characters if most_characters is None else most_characters
        known = [value for info, fields in wanted for value in (self._known_state(info, fields), [*self._parts(info)])]
        state, *answers = await self._watch(statement.text, statement.arguments([most, *known]))
        for (info, fields), version, answer in zip(wanted, answers[::2], answers[1::2], strict=True):
            if answer is not None:
                await asyncio.to_thread(self._keep, info, fields, str(state), version, answer)
        columns = self.known(wanted) or {}
        self._forget()
        return str(state), columns

    def _known_state(self, info: RegistryInfo, fields: Iterable[Field]) -> str:
        """Name the state in which all these columns were read, if there is one."""
        columns = {(info, field): self._kept.get((info, field)) for field in fields}
        return self.state({key: kept for key, kept in columns.items() if kept}) if all(columns.values()) else ""

    def _parts(self, info: RegistryInfo) -> dict[str, TextPart]:
        """What is known of a registry, by digest."""
        kept = (kept for (owner, _), kept in self._kept.items() if owner is info)
        return {part.digest: part.texts for column in kept for part in column.parts}

    def _keep(self, info: RegistryInfo, fields: Sequence[Field], state: str, version: str | None, answer: str) -> None:
        for field, parts in zip(fields, read_columns(info, len(fields), answer, self._parts(info)), strict=True):
            old = self._kept.get((info, field))
            if old and [part.digest for part in old.parts] == [part.digest for part in parts]:
                self._kept[info, field] = structs.replace(old, state=state, version=version)
            else:
                column = _column(info, field, parts)
                self._kept[info, field] = Kept(state, version, next(self._numbers), tuple(parts), column)

    def _forget(self) -> None:
        """Let go from the front what is too much."""
        characters = sum(kept.characters for kept in self._kept.values())
        for key in list(self._kept):
            if characters > self._most_characters:
                characters -= self._kept.pop(key).characters


def _column(info: RegistryInfo, field: Field, parts: Iterable[ReadPart]) -> TextColumn:
    names = naming(field.column.name, info.model.__name_field__) if field.kind is Kind.STRING else Naming.NONE
    return TextColumn([part.texts for part in parts], names)
