"""Pages of rows that have values of features: several ways, of which one gives rows.

Which way is fast depends on how many rows have the value, which nobody knows beforehand. So each way finds out in few
steps whether it leads to the page, and leaves it to the next if it does not.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from msgspec import Struct, field

from .conditions import Condition, HasLabel, HasValue, conjuncts
from .keyset import Keys
from .plan import Connection
from .predicates import (
    feature_conjuncts,
    feature_holders,
    feature_values,
    first_feature,
    having_feature,
    is_one_value,
    is_selective,
    predicate,
)
from .statements import Draft, Known
from .visibility import on_main
from .ways_sql import NONE, Number, bound, count, first_of, materialized, number, once, unless

FEW = (200, 10)
"""How many rows are listed before another way to the page is tried: so many, and so many for each of its rows."""
LISTS = 2
"""Of how many of the values that rows have to have it is found out whether few rows have them."""
WINDOWS = ((40, 1), (1200, 10))
"""How many rows are asked one by one at first, and how many after them if so many may fill the page."""


class Worth(Struct, frozen=True):
    """What is worth doing in an order: how many rows to ask rather than list others, and how many to list at most."""

    asked: tuple[int, int]
    listed: tuple[int, int]


BY_KEY = Worth((450, 5), (3000, 17))
"""In the order of keys, only the page's rows are read of those that are listed."""
BY_OTHERS = Worth((800, 8), (1800, 13))
"""In other orders, all of them are read and sorted."""


class InOrder(Struct, frozen=True, eq=False):
    """Rows to read in the list's order: from where, by which keys, and what is known of their values.

    `holders` are all rows if they are not those of the list, `wrong` tells that they are not such rows at all.
    """

    rows: sa.FromClause
    joined: sa.FromClause
    keys: Keys
    known: Mapping[Condition, Known]
    holders: sa.FromClause | None = None
    wrong: Sequence[sa.ColumnElement[bool]] = ()


class Listing(Struct, frozen=True, eq=False):
    """All rows that have a value, as a list that is read as far as it is needed."""

    feature: HasValue | HasLabel
    every: sa.CTE


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
    few: list[sa.ColumnElement[bool]] = field(default_factory=list)
    """Of each list, whether it is short."""

    def select(self) -> sa.CompoundSelect[Any]:
        """Select the page, in all ways."""
        first, features = first_feature(self.plan.condition), feature_conjuncts(self.plan.condition)
        assert first is not None  # noqa: S101  else there is nothing to try
        one = next(filter(is_one_value, features), None) if self._by_key() else None
        lists = self._lists([feature for feature in features if feature is not one])
        if self._obeys() and one is None and is_selective(first):
            self._try_few(first)
        if one is not None and not lists:
            self._try_holders(self._holders(one))
        elif self._obeys() or lists or not is_selective(first):
            self._try_windows(self._all_rows() if one is None else self._holders(one), lists)
        if lists:
            self._list_few(lists)
        else:
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

    @property
    def _worth(self) -> Worth:
        return BY_KEY if self._by_key() else BY_OTHERS

    def _lists(self, features: Sequence[HasValue | HasLabel]) -> list[Listing]:
        """The lists of rows that a page may be made of: a database that obeys would read them to the end.

        There are none where another condition leaves few rows, or where an index finds the few that have a value.
        """
        others = (part for part in conjuncts(self.plan.condition) if not isinstance(part, HasValue | HasLabel))
        found = all(isinstance(feature, HasValue) and is_selective(feature) for feature in features)
        if self._obeys() or found or any(map(is_selective, others)):
            return []
        lists = []
        for feature in features[:LISTS]:
            every = materialized(having_feature(self.draft, feature).select, self.draft.alias("every"))
            lists.append(Listing(feature, every))
        return lists

    def _is_few(self, listing: Listing, better: Sequence[sa.ColumnElement[bool]]) -> sa.ColumnElement[bool]:
        """Whether a list is short, and not long to make, unless there is something better."""
        most = bound(self._worth.listed, self.size)
        values = feature_values(self.draft, listing.feature)
        counted = [sa.select(listing.every), *([] if values is None else [values])]
        short = [count(first_of(rows, most).subquery(self.draft.alias("some"))) < most for rows in reversed(counted)]
        return sa.and_(*map(sa.not_, better), *short)

    def _all_rows(self) -> InOrder:
        rows = self.draft.rows(self.plan.registry)
        keys = Keys.of_rows(self.draft, self.plan, rows)
        return InOrder(rows, keys.joined, keys, {})

    def _holders(self, one: HasValue | HasLabel) -> InOrder:
        """Only the rows that have the one value which is asked for."""
        found = feature_holders(self.draft, one)
        held = found.rows.subquery(self.draft.alias("holders"))
        keys = Keys.of_rows(self.draft, self.plan, held)
        rows = self.draft.rows(self.plan.registry)
        joined = held.join(rows, rows.c[self.plan.registry.key.column.key] == keys.values[0])
        return InOrder(rows, joined, keys, {one: Known()}, held, [count(found.values) > number(1)])

    def _try_holders(self, source: InOrder) -> None:
        """Ask the first rows that have the one value."""
        most = bound(WINDOWS[1], self.size)
        asked = self._asked(source, most, NONE, self._wanted)
        self._take(sa.select(asked), self._is_all(source, count(asked), most, []))

    def _try_few(self, first: HasValue | HasLabel) -> None:
        """List the rows that have the first value, up to some number: if these are all, they make the page."""
        most = bound(FEW, self.size)
        some = materialized(first_of(having_feature(self.draft, first).select, most), self.draft.alias("some"))
        few = once(count(some) < most, self.draft.alias("few"))
        with self.draft.finding({first: Known(sa.select(*some.c))}):
            self.ways.append(self.rows(sa.case((few, self.size), else_=NONE)))
        self.done.append(few)

    def _try_windows(self, source: InOrder, lists: Sequence[Listing]) -> None:
        """Ask the first rows in the list's order one by one, and the next where so many may fill the page.

        Where a list is short they are not asked: that is found out before if its value is usually rare, else in between
        if it looks so.
        """
        near, far = (bound(numbers, self.size) for numbers in WINDOWS)
        if len(lists) == 1 and is_selective(lists[0].feature):
            self.few.append(self._is_few(lists[0], []))
        asked = self._asked(source, near, NONE, unless(self.few, self._wanted))
        self._take(sa.select(asked), self._is_all(source, count(asked), near, self.few))
        worth = count(asked) * bound(self._worth.asked, self.size) >= self._wanted * near
        for listing in lists[len(self.few) :]:
            few = self._is_few(listing, [worth, *self.few])
            self.few.append(few if len(lists) == 1 else once(few, self.draft.alias("few")))
        skipped = [*self.few, count(asked) * far < self._wanted * near]
        further = self._asked(source, far, near, unless(skipped, self._wanted - count(asked)))
        full = self._is_all(source, count(asked) + count(further), near + far, skipped)
        self._take(sa.union_all(sa.select(asked), sa.select(further)), full)

    def _is_all(
        self, source: InOrder, found: Number, most: Number, unread: Sequence[sa.ColumnElement[bool]]
    ) -> sa.ColumnElement[bool]:
        """Whether rows that were found make the page: they fill it, or all rows were read and there are no more."""
        full = found >= self._wanted
        if source.holders is None:
            return full
        every = first_of(sa.select(source.holders).where(*source.keys.bounds()), most)
        ended = count(every.subquery(self.draft.alias("holders"))) < most
        read = map(sa.not_, [*source.wrong, *unread])
        return once(sa.or_(full, sa.and_(*read, ended)), self.draft.alias("full"))

    def _window(self, source: InOrder, most: Number, skipped: Number) -> sa.Subquery:
        """The first rows in the list's order, whether they meet the filter or not."""
        draft, plan = self.draft, self.plan
        main = [draft.dialect.unindexed(on_main(plan.registry, source.rows))] if plan.main_only else []
        listed = sa.select(source.rows).select_from(source.joined).where(*main, *source.keys.bounds())
        in_order = listed.order_by(*source.keys.order(backward=plan.page.backward))
        return in_order.limit(unless(source.wrong, most)).offset(skipped).subquery(draft.alias("window"))

    def _asked(self, source: InOrder, most: Number, skipped: Number, limit: Number) -> sa.CTE:
        """Those of a window that meet the filter, as far as they are wanted; they come in the window's order."""
        window = self._window(source, most, skipped)
        with self.draft.finding(source.known):
            met = predicate(self.draft, self.plan.condition, window)
        columns = (window.c[name] for name in self.columns)
        keys = Keys.of_rows(self.draft, self.plan, window)
        found = sa.select(*columns, *keys.labelled()).where(met)
        if not self._obeys():
            found = found.order_by(*keys.order(backward=self.plan.page.backward))
        return materialized(first_of(found, unless(self.done, limit)), self.draft.alias("asked"))

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
        with self.draft.finding({first: Known(having_feature(self.draft, first).select)}):
            self.ways.append(self.rows(unless(self.done, self.size)))

    def _list_few(self, lists: Sequence[Listing]) -> None:
        """List all rows that have the value, or that of two of which there are few, and ask them for the other."""
        first, *others = lists
        known: dict[Condition, Known] = {first.feature: Known(sa.select(*first.every.c))}
        for second in others:
            way = once(sa.and_(sa.not_(self.few[0]), self.few[1]), self.draft.alias("way"))
            rows = sa.union_all(sa.select(first.every).where(sa.not_(way)), sa.select(second.every).where(way))
            listed = sa.select(*rows.subquery(self.draft.alias("listed")).c)
            known = {first.feature: Known(listed, sa.not_(way)), second.feature: Known(sure=way)}
        with self.draft.finding(known):
            self.ways.append(self.rows(unless(self.done, self.size)))
