"""Which rows a connection has, and which of them are on its page: filter, order, limit.

A page has only the columns that are needed; `connection_sql.py` joins and writes the rest.
"""

from functools import cached_property
from typing import Any

import sqlalchemy as sa

from .closures import DISTANCE, rows_below
from .conditions import EVERYTHING, conjuncts
from .feature_pages import FeaturePages
from .keyset import Keys
from .plan import Columns, Connection, Edges, Many, NodeItem, Nodes, One, Scalar
from .predicates import feature_conjuncts, first_feature, having_feature, predicate
from .registry import Closure, Field, ToMany
from .scalars import Kind
from .search_sql import SCORE, found_rows, hits
from .statements import Draft, Known
from .visibility import on_main
from .ways_sql import NONE, Number


class PageSql:
    """Makes the rows of one connection: at the root, or below each of the given parents."""

    def __init__(self, draft: Draft, plan: Connection, parents: sa.FromClause | None) -> None:
        self._draft = draft
        self._plan = plan
        self._parents = parents

    @cached_property
    def _hits(self) -> sa.CTE:
        assert self._plan.search is not None  # noqa: S101  asked where something is searched
        return hits(self._draft, self._plan.search)

    def correlated(self, select: sa.Select[Any]) -> sa.Select[Any]:
        """Have a query refer to the parents, if there are any."""
        return select if self._parents is None else select.correlate(self._parents)

    # All rows

    def matches(self) -> tuple[sa.FromClause, list[sa.ColumnElement[bool]]]:
        """All rows of the list, whatever the page: where they come from, and which they are."""
        plan = self._plan
        if isinstance(plan.relation, Closure):
            assert self._parents is not None  # noqa: S101  there is none at the root
            rows = rows_below(self._draft, plan.relation, self._parents, plan.depth)
        else:
            rows = self._draft.rows(plan.registry)
        if plan.search is not None:
            rows = found_rows(self._draft, plan.registry, rows, self._hits)
        conditions = [self._below_parent(rows, plan.relation)] if isinstance(plan.relation, ToMany) else []
        if plan.main_only:
            conditions.append(on_main(plan.registry, rows))
        if plan.condition != EVERYTHING:
            conditions.append(self._met(rows))
        return rows, conditions

    def _met(self, rows: sa.FromClause) -> sa.ColumnElement[bool]:
        """Whether rows meet the filter.

        Where nothing but features is asked for, a database that plans is told to list the rows with the first: by
        itself it joins the values to all rows, 79 ms instead of 22 ms to count 33,000 of 100,000.
        """
        draft, condition = self._draft, self._plan.condition
        features = feature_conjuncts(condition)
        is_told = draft.dialect.lists or draft.listed is not None
        if is_told or self._plan.relation is not None or not features or features != list(conjuncts(condition)):
            return predicate(draft, condition, rows)
        with draft.finding({features[0]: Known(having_feature(draft, features[0]).select)}):
            return predicate(draft, condition, rows)

    def _below_parent(self, rows: sa.FromClause, relation: ToMany) -> sa.ColumnElement[bool]:
        assert self._parents is not None  # noqa: S101  there is a relation below a row only
        parent, remote = self._parents.c[relation.local.key], rows.c[relation.remote.key]
        if relation.link is None:
            return remote == parent
        link = self._draft.table(relation.link.table)
        linked = sa.select(link.c[relation.link.target.key]).where(link.c[relation.link.source.key] == parent)
        return self._draft.dialect.listed(remote, linked.correlate(self._parents))  # a row may be linked more than once

    # The page

    def page(self, size: Number) -> sa.Subquery:
        """The rows of a page of a size."""
        page: sa.Select[Any] | sa.CompoundSelect[Any]
        if self._has_features() and self._is_in_order():
            columns, skipped = sorted(_columns(self._plan)), self._skipped()
            page = FeaturePages(self._draft, self._plan, columns, size, skipped, self._rows).select()
        else:
            page = self._rows(size)
        return page.subquery(self._draft.alias("page"))

    def limited(
        self, select: sa.Select[Any], matching: list[sa.ColumnElement[bool]], keys: Keys, limit: Number
    ) -> sa.Select[Any]:
        """Only the part of the list that the page is."""
        ordered = select.where(*matching, *keys.bounds()).order_by(*keys.order(backward=self._plan.page.backward))
        return self.correlated(ordered.limit(limit).offset(self._skipped()))

    def _skipped(self) -> Number:
        offset = self._plan.page.offset
        return NONE if offset is None else self._draft.operand(Kind.BIGINT, offset)()

    def _rows(self, limit: Number) -> sa.Select[Any]:
        """The rows of the page."""
        rows, matching = self.matches()
        keys = Keys.of_rows(self._draft, self._plan, rows)
        needed = (rows.c[name] for name in sorted(_columns(self._plan)))
        return self.limited(sa.select(*needed, *keys.labelled()).select_from(keys.joined), matching, keys, limit)

    def _has_features(self) -> bool:
        return first_feature(self._plan.condition) is not None

    def _is_in_order(self) -> bool:
        """Whether it is a list at the root whose rows can be read in its order."""
        columns = all(isinstance(key.by, Field) and not key.path for key in self._plan.order)
        return self._parents is None and self._plan.search is None and columns


def _columns(plan: Connection) -> set[str]:
    """The columns that the rows of a page need, for what is selected of them and for what is joined to them."""
    nodes = [item.node for item in plan.items if isinstance(item, Nodes | Columns)]
    nodes += [
        part.node for item in plan.items if isinstance(item, Edges) for part in item.items if hasattr(part, "node")
    ]
    key = plan.registry.key.column.key
    distance = {DISTANCE} if isinstance(plan.relation, Closure) else set()
    score = set() if plan.search is None else {SCORE}
    return {key} | distance | score | {_column(item, key) for node in nodes for item in node.items}


def _column(item: NodeItem, key: str) -> str:
    match item:
        case Scalar(_, field):
            return field.column.key
        case One(_, relation):
            return relation.local.key
        case Many(_, Connection(relation=ToMany() as relation)):
            return relation.local.key
        case _:
            return key
