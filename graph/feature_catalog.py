"""The features of an instance: kept in memory, because predicates are compiled by dtype, and never stale.

Every statement that was made with their help carries a column that says what these features are now. If that is not
what they were, or if a feature is not found, all are read anew and the operation is planned and run again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable
from functools import cached_property
from typing import Any, TypeVar

import orjson
import sqlalchemy as sa
from msgspec import Struct

from lnql.errors import InvalidError, UnavailableError
from lnql.models.branches import MAIN
from lnql.models.dtypes import Dtype, parse_dtype
from lnql.suggestions import did_you_mean

from .dialects import Dialect, Part, Text, concat
from .feature_guard import Asked, Guard, OutdatedError, feature_text, listed_features
from .feature_places import NEEDED, feature_registry
from .readers import Fetch
from .registry import Catalog, RegistryInfo
from .scalars import Kind
from .statements import Draft
from .visibility import Scope

T = TypeVar("T")

ATTEMPTS = 5
"""How often an operation is planned while the features keep changing."""


class FeatureError(InvalidError):
    """A feature that is not known, or a value that it does not take; both may be so no more when they are read anew."""


class Feature(Struct, frozen=True):
    """What is known of a feature. Names are looked up on the branch main, as LaminDB does; uids on every branch.

    `text` is all of it as the database says it, None if something is missing.
    """

    id: int
    uid: str
    name: str
    dtype: Dtype
    on_main: bool
    text: str | None

    def __str__(self) -> str:
        return f'The feature "{self.name}" ({self.dtype.text})'


class Features(Struct, frozen=True, eq=False, dict=True):
    """The features as one statement found them; `version` tells them from the features of another time."""

    info: RegistryInfo | None
    version: str
    all: tuple[Feature, ...] = ()

    @cached_property
    def _by_name(self) -> dict[str, list[Feature]]:
        found: dict[str, list[Feature]] = {}
        for feature in self.all:
            if feature.on_main:
                found.setdefault(feature.name, []).append(feature)
        return found

    @cached_property
    def _by_uid(self) -> dict[str, Feature]:
        return {feature.uid: feature for feature in self.all}

    def said_of(self, asked: Collection[Asked]) -> str:
        """What the database is to say of those that were asked for."""
        found = (one for one in self.all if ("name", one.name) in asked or ("uid", one.uid) in asked)
        return ",".join(one.text for one in found if one.text)

    def named(self, name: str, place: object) -> list[Feature]:
        """Give the features of a name, which are several where names collide.

        Raises:
            FeatureError: if there is none.
        """
        if name not in self._by_name:
            hint = did_you_mean(name, self._by_name) or "The root field features lists them."
            raise FeatureError(f"{place}: there is no feature {name!r}.", hint=hint)
        return self._by_name[name]

    def named_or_uid(self, text: str, place: object) -> Feature:
        """Give the feature that has a text as its name, or else as its uid.

        Raises:
            FeatureError: if there is none, or if several have the name.
        """
        return self._by_uid[text] if text in self._by_uid else self.one(text, None, place)

    def one(self, name: str | None, uid: str | None, place: object) -> Feature:
        """Give the feature of a name or a uid.

        Raises:
            FeatureError: if there is none, or if several have the name.
        """
        if (name is None) == (uid is None):
            raise InvalidError(f"{place} takes the name of a feature, or its uid.")
        if uid is not None:
            if uid not in self._by_uid:
                raise FeatureError(f"{place}: there is no feature with the uid {uid!r}.")
            return self._by_uid[uid]
        found = self.named(name or "", place)
        if len(found) > 1:
            which = ", ".join(f"{feature.uid} ({feature.dtype.text})" for feature in found)
            raise FeatureError(f"{place}: {len(found)} features are named {name!r}.", hint=f"Say its uid: {which}.")
        return found[0]


class FeatureSource:
    """The features that requests of a scope see."""

    def __init__(self, catalog: Catalog, dialect: Dialect, scope: Scope, fetch: Fetch) -> None:
        self._info = feature_registry(catalog)
        self._dialect = dialect
        self._scope = scope
        self._fetch = fetch
        self._current = Features(self._info, "")
        self._loading: asyncio.Task[None] | None = None

    async def load(self) -> None:
        """Read the features."""
        if self._info is None:
            return
        draft = Draft(self._dialect, self._scope)
        columns: list[sa.ColumnElement[Any]] = [_listed(draft, self._info), Guard(self._info, (), 0).column(draft)]
        statement = draft.finish(sa.select(*columns))
        listed, found = await self._fetch(statement.text, [])
        self._current = Features(self._info, found or "", tuple(map(_feature, orjson.loads(listed or "[]"))))

    async def answer(self, attempt: Callable[[Features], Awaitable[T]]) -> T:
        """Give what `attempt` makes of the features, tried again if they have changed meanwhile.

        Raises:
            UnavailableError: if they keep changing.
        """
        for _ in range(ATTEMPTS):
            features = self._current
            try:
                return await attempt(features)
            except OutdatedError:
                await self._renew(features)
            except FeatureError:
                await self._renew(features)
                if self._current.version == features.version:
                    raise
        raise UnavailableError("The features of the instance keep changing.", hint="Try again.")

    async def _renew(self, old: Features) -> None:
        """Read the features unless somebody else has done so; all who wait go on together, in one statement again."""
        if self._current is old:
            if self._loading is None or self._loading.done():
                self._loading = asyncio.create_task(self.load())
            await asyncio.shield(self._loading)


def _listed(draft: Draft, info: RegistryInfo) -> Text:
    rows = draft.rows(info)
    written: list[Part] = ["["]
    for field in (info.fields[name] for name in NEEDED):
        written += [draft.dialect.json(field.kind, rows.c[field.column.key], field.nullable), ","]
    written += [draft.dialect.json(Kind.STRING, feature_text(info, rows), nullable=True), "]"]
    features = listed_features(info, rows, concat(written)).subquery()
    return sa.select(concat(["[", draft.dialect.join_rows(features.c.row, None), "]"])).scalar_subquery()


def _feature(row: Iterable[Any]) -> Feature:
    id_, uid, name, dtype, branch, text = row
    return Feature(id_, uid, name, parse_dtype(dtype), branch == MAIN, text)
