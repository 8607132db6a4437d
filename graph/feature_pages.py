"""Pages of rows that have values of features: several ways, of which one gives rows.

Which way is fast depends on how many rows have the value, which nobody knows beforehand. So each way finds out in few
steps whether it leads to the page, and leaves it to the next if it does not.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from msgspec import Struct, field

from .conditions import Condition, HasLabel, HasValue
from .keyset import Keys
from .plan import Connection
from .predicates import (
    feature_conjuncts,
    feature_holders,
    first_feature,
    having_feature,
    is_one_value,
    is_selective,
    predicate,
)
from .statements import Draft
from .visibility import on_main
from .ways_sql import NONE, Number, bound, count, first_of, materialized, number, once, unless

FEW = (200, 10)
"""How many rows are listed before another way to the page is tried: so many, and so many for each of its rows."""
HELD = (500, 25)
"""How many of the rows that have a value are looked at in the list's order."""
WINDOWS = ((100, 5), (1000, 20))
"""How many rows are asked one by one at first, and how many after them if so many are likely to fill the page."""


class FeaturePages(Struct):
    """Makes a page of a list at the root, in an order in which its rows can be read.

    `columns` are those that the page needs; `rows` selects a page of a size in one way.
    """

    draft: Draft
    plan: Connection
    columns: Sequence[str]
    size: Number
    skipped: Number
    rows: Callable[[Number], sa.Select[Any]]
    ways: list[sa.Select[Any]] = field(default_factory=list)
    done: list[sa.ColumnElement[bool]] = field(default_factory=list)
    """Of each way that has been made, whether it gave the page."""

    def select(self) -> sa.CompoundSelect[Any]:
        """Select the page, in all ways."""
        first, features = first_feature(self.plan.condition), feature_conjuncts(self.plan.condition)
        assert first is not None  # noqa: S101  else there is nothing to try
        one = next(filter(is_one_value, features), None) if self._by_key() else None
        if one is not None:
            self._try_holders(one)
        elif self._obeys() or not is_selective(first):
            if is_selective(first):
                self._try_few(first)
            self._try_windows()
        self._list_all(first, as_planned=len(features) > 1 or not (self._obeys() or first in features))
        return sa.union_all(*(sa.select(way.subquery(self.draft.alias("way"))) for way in self.ways))

    @property
    def _wanted(self) -> Number:
        """How many rows make the page, with those that are skipped before it."""
        return self.size + self.skipped

    def _obeys(self) -> bool:
        """Whether the database does as it is told. One that plans lists few rows by itself, and asks in any order."""
        return self.draft.dialect.lists

    def _by_key(self) -> bool:
        return all(key.by is self.plan.registry.key and not key.path for key in self.plan.order)

    def _try_holders(self, one: HasValue | HasLabel) -> None:
        """Ask the first rows that have the one value which is asked for."""
        found, most = feature_holders(self.draft, one), bound(HELD, self.size)
        held = found.rows.subquery(self.draft.alias("holders"))
        keys = Keys.of_rows(self.draft, self.plan, held)
        is_one = count(found.values) < number(2)
        rows = self.draft.rows(self.plan.registry)
        joined = held.join(rows, rows.c[self.plan.registry.key.column.key] == keys.values[0])
        window = self._window(rows, joined, keys, unless([sa.not_(is_one)], most), NONE)
        asked = self._asked(window, self._wanted, {one: None})
        every = first_of(sa.select(held).where(*keys.bounds()), most).subquery(self.draft.alias("holders"))
        full = sa.or_(count(asked) >= self._wanted, sa.and_(is_one, count(every) < most))
        self._take(sa.select(asked), once(full, self.draft.alias("full")))

    def _try_few(self, first: HasValue | HasLabel) -> None:
        """List the rows that have the first value, up to some number: if these are all, they make the page."""
        most = bound(FEW, self.size)
        some = materialized(first_of(having_feature(self.draft, first).select, most), self.draft.alias("some"))
        few = once(count(some) < most, self.draft.alias("few"))
        with self.draft.finding({first: sa.select(*some.c)}):
            self.ways.append(self.rows(sa.case((few, self.size), else_=NONE)))
        self.done.append(few)

    def _try_windows(self) -> None:
        """Ask the first rows in the list's order one by one, and the next where so many would fill the page."""
        rows = self.draft.rows(self.plan.registry)
        keys = Keys.of_rows(self.draft, self.plan, rows)
        near, far = (bound(numbers, self.size) for numbers in WINDOWS)
        window = self._window(rows, keys.joined, keys, near, NONE)
        asked = self._asked(window, unless(self.done, self._wanted), {})
        self._take(sa.select(asked), count(asked) >= self._wanted)
        hopeless = count(asked) * far < self._wanted * near
        limit = unless([*self.done, hopeless], self._wanted - count(asked))
        further = self._asked(self._window(rows, keys.joined, keys, far, near), limit, {})
        full = count(asked) + count(further) >= self._wanted
        self._take(sa.union_all(sa.select(asked), sa.select(further)), full)

    def _window(
        self, rows: sa.FromClause, joined: sa.FromClause, keys: Keys, most: Number, skipped: Number
    ) -> sa.Subquery:
        """The first rows in the list's order, whether they meet the filter or not."""
        draft, plan = self.draft, self.plan
        main = [draft.dialect.unindexed(on_main(plan.registry, rows))] if plan.main_only else []
        listed = sa.select(rows).select_from(joined).where(*main, *keys.bounds())
        in_order = listed.order_by(*keys.order(backward=plan.page.backward))
        return in_order.limit(most).offset(skipped).subquery(draft.alias("window"))

    def _asked(self, window: sa.Subquery, limit: Number, known: Mapping[Condition, None]) -> sa.CTE:
        """Those of a window that meet the filter, as far as they are wanted; they come in the window's order."""
        with self.draft.finding(known):
            met = predicate(self.draft, self.plan.condition, window)
        columns = (window.c[name] for name in self.columns)
        keys = Keys.of_rows(self.draft, self.plan, window)
        found = sa.select(*columns, *keys.labelled()).where(met)
        if not self._obeys():
            found = found.order_by(*keys.order(backward=self.plan.page.backward))
        return materialized(first_of(found, limit), self.draft.alias("asked"))

    def _take(self, found: sa.Select[Any] | sa.CompoundSelect[Any], full: sa.ColumnElement[bool]) -> None:
        """Make the page of these rows if they are all of it."""
        rows = sa.select(found.subquery(self.draft.alias("found")))
        limit = unless(self.done, sa.case((full, self.size), else_=NONE))
        self.ways.append(rows.limit(limit).offset(self.skipped))
        self.done.append(full)

    def _list_all(self, first: HasValue | HasLabel, *, as_planned: bool) -> None:
        """List all rows that have the value, or the rarest of several, and ask them for what else is asked for.

        A database that plans would compare each row with each of a list that rows are not to be in.
        """
        if as_planned:
            self.ways.append(self.rows(unless(self.done, self.size)))
            return
        with self.draft.finding({first: having_feature(self.draft, first).select}):
            self.ways.append(self.rows(unless(self.done, self.size)))
