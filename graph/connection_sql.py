"""Connections and rows in SQL.

A connection is three layers: the *page* picks its rows (filter, order, limit) with only the columns that are needed;
the *rows* join what is to-one and write each row as JSON; the *envelope* joins the rows' texts. What is below a row is
a correlated sub-select of the same form, so it is worked out for the rows of the page and no others.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from .aggregate_plan import Aggregates, GroupItem, GroupKey, Groups
from .aggregates_sql import aggregates_text
from .closures import DISTANCE
from .columns_sql import listed_columns, row_columns
from .conditions import EVERYTHING
from .dialects import Part, Text, concat, constant
from .feature_values import values_by_feature
from .findings import knows_total
from .groups_sql import aggregates_column, first_groups, group_order, grouped
from .inspections import Inspection
from .inspections_sql import InspectionSql
from .json_text import json_list, json_object
from .keyset import Joins, Keys
from .links_sql import links_text
from .page_info_sql import needs_rows, page_info
from .page_sql import PageSql
from .plan import (
    Columns,
    Connection,
    ConnectionItem,
    Cursor,
    Distance,
    EdgeItem,
    EdgeNode,
    Edges,
    FeatureNode,
    FeatureValueItem,
    FeatureValues,
    GlobalId,
    GroupedFeatures,
    Links,
    Many,
    Node,
    NodeItem,
    Nodes,
    One,
    PageInfo,
    Scalar,
    Score,
    TotalCount,
    ValueText,
)
from .registry import Closure, RegistryInfo, ToMany
from .scalars import Kind
from .search_sql import hits_total, score_text
from .selection import Constant
from .statements import Draft


class RowWriter:
    """Writes rows as JSON and collects the joins that this takes in `joined`."""

    def __init__(self, draft: Draft, rows: sa.FromClause) -> None:
        self._draft = draft
        self.joined = rows

    def node(self, node: Node, rows: sa.FromClause) -> list[Part]:
        """Write what is selected of each row."""
        return json_object((item.key, self._item(item, node.registry, rows)) for item in node.items)

    def optional(self, node: Node, rows: sa.FromClause, on: sa.ColumnElement[bool]) -> Text:
        """Join rows that may be missing, and write them or null."""
        self.joined = self.joined.outerjoin(rows, on)
        missing = rows.c[node.registry.key.column.key].is_(None)
        return sa.case((missing, constant("null")), else_=self._draft.dialect.compose(self.node(node, rows)))

    def _item(self, item: NodeItem, info: RegistryInfo, rows: sa.FromClause) -> list[Part]:
        match item:
            case Constant():
                return [item.json]
            case Scalar(_, field):
                # A row that is joined and missing is written as null before its columns are looked at.
                return [self._draft.dialect.json(field.kind, self._draft.value(field, rows), field.nullable)]
            case GlobalId():
                key = self._draft.dialect.json(info.key.kind, rows.c[info.key.column.key], nullable=False)
                return [f'"{info.name}:', key, '"']
            case One(_, relation, node):
                target = self._draft.rows(relation.target)
                return [self.optional(node, target, target.c[relation.remote.key] == rows.c[relation.local.key])]
            case Many(_, connection):
                return [ConnectionSql(self._draft, connection, rows).select().correlate(rows).scalar_subquery()]
            case FeatureValues():
                return self._feature_values(item, rows)
            case GroupedFeatures():
                return self._grouped_features(item, rows)

    def _feature_values(self, item: FeatureValues, rows: sa.FromClause) -> list[Part]:
        if not item.arms:
            return ["[]"]
        values, features = values_by_feature(self._draft, item.arms, rows), self._draft.rows(item.feature)
        key = features.c[item.feature.key.column.key]
        writer = RowWriter(self._draft, values.join(features, key == values.c.feature_id))
        parts = writer._feature_value(item.items, item.feature, features, values.c.text)
        written = sa.select(self._draft.dialect.compose(parts).label("row")).select_from(writer.joined).order_by(key)
        listed = written.correlate(rows).subquery(self._draft.alias("features"))
        return [sa.select(self._draft.dialect.compose(json_list(self._draft.dialect, listed.c.row))).scalar_subquery()]

    def _grouped_features(self, item: GroupedFeatures, rows: sa.FromClause) -> list[Part]:
        parts: list[Part] = []
        for column in item.columns:
            features = self._draft.rows(item.feature)
            own = features.c[item.feature.key.column.key] == self._draft.operand(Kind.BIGINT, column.feature)()
            self.joined = self.joined.outerjoin(features, own)
            text = self._draft.dialect.json(column.kind, rows.c[column.label], nullable=True)
            parts += [",", *self._feature_value(item.items, item.feature, features, text)]
        return ["[", *parts[1:], "]"]

    def _feature_value(
        self, items: Sequence[FeatureValueItem], info: RegistryInfo, features: sa.FromClause, value: Text
    ) -> list[Part]:
        return json_object((item.key, self._feature_part(item, info, features, value)) for item in items)

    def _feature_part(
        self, item: FeatureValueItem, info: RegistryInfo, features: sa.FromClause, value: Text
    ) -> list[Part]:
        match item:
            case FeatureNode():
                return self.node(item.node, features)
            case ValueText():
                return [value]
            case _:
                return self._item(item, info, features)


class ConnectionSql:
    """Makes the SQL of one connection: at the root, or below each of the given parents."""

    def __init__(self, draft: Draft, plan: Connection, parents: sa.FromClause | None) -> None:
        self._draft = draft
        self._plan = plan
        self._parents = parents
        self._compose = draft.dialect.compose
        self._pages = PageSql(draft, plan, parents)
        self._size: sa.ColumnElement[int] = sa.literal_column(str(plan.page.size), sa.BigInteger())

    def select(self) -> sa.Select[Any]:
        """Select the connection's JSON text, and after it its rows in columns where they are wanted so."""
        if self._has_page_info() or any(isinstance(item, Nodes | Columns | Edges) for item in self._plan.items):
            return self._with_page()
        return sa.select(self._object((item.key, self._envelope(item, None)) for item in self._plan.items))

    def _object(self, members: Iterable[tuple[str, Iterable[Part]]]) -> Text:
        return self._compose(json_object(members))

    def _has_page_info(self) -> bool:
        """Whether the page is asked for more than what is known without its rows."""
        return any(isinstance(item, PageInfo) and needs_rows(item, self._plan.page) for item in self._plan.items)

    # Layers

    def _with_page(self) -> sa.Select[Any]:
        counted = self._has_page_info()
        select = self._rows_of_page(counted) if counted or not self._comes_in_order() else self._rows_as_they_come()
        rows = select.subquery(self._draft.alias("rows"))
        numbered = [(number, item) for number, item in enumerate(self._plan.items) if not isinstance(item, Columns)]
        envelope = ((item.key, self._envelope(item, rows, number)) for number, item in numbered)
        return sa.select(self._object(envelope), *self._lists(rows)).select_from(rows)

    def _lists(self, rows: sa.FromClause) -> list[sa.ColumnElement[Any]]:
        """The values of each column, one list for each, where the rows are wanted in columns."""
        wanted = (item for item in self._plan.items if isinstance(item, Columns))
        return [listed for item in wanted for listed in listed_columns(self._draft, item, rows)]

    def _kept(self, rows: sa.FromClause) -> sa.ColumnElement[bool] | None:
        """Only the rows of the page, without the one that tells that there are more."""
        return rows.c.number <= self._size if "number" in rows.c else None

    def _comes_in_order(self) -> bool:
        """Whether the first rows that are found are the page: nothing is sought or sorted but the primary key."""
        plan = self._plan
        by_key = all(key.by is plan.registry.key and not key.path for key in plan.order)
        everything = plan.condition == EVERYTHING and plan.search is None and not isinstance(plan.relation, Closure)
        return by_key and everything and not plan.page.backward

    def _rows_as_they_come(self) -> sa.Select[Any]:
        """Page and rows in one layer: each row is written where it is found."""
        rows, matching = self._pages.matches()
        keys = Keys.of_rows(self._draft, self._plan, rows)
        writer = RowWriter(self._draft, rows)
        texts = self._row_texts(writer, rows, keys)
        return self._pages.limited(sa.select(*texts).select_from(writer.joined), matching, keys, self._size)

    def _rows_of_page(self, counted: bool) -> sa.Select[Any]:
        # One row more than the page has, where somebody asks whether there are more.
        page = self._pages.page(self._size + sa.literal_column("1", sa.BigInteger()) if counted else self._size)
        keys = Keys.of_page(self._draft, self._plan, page)
        writer = RowWriter(self._draft, page)
        columns = self._row_texts(writer, page, keys)
        if counted:
            columns.append(concat(keys.cursor()).label("cursor"))
        if counted and not any(isinstance(item, Columns) for item in self._plan.items):
            numbered = sa.func.row_number().over(order_by=keys.order(backward=self._plan.page.backward))
            columns.append(numbered.label("number"))
        return sa.select(*columns).select_from(writer.joined).order_by(*keys.order(backward=False))

    def _row_texts(self, writer: RowWriter, page: sa.FromClause, keys: Keys) -> list[sa.ColumnElement[Any]]:
        """What is written of each row: a text for each list of rows that is selected, or the values of columns."""
        texts: list[sa.ColumnElement[Any]] = []
        for number, item in enumerate(self._plan.items):
            if isinstance(item, Nodes | Edges):
                texts.append(self._compose(self._row_text(item, writer, page, keys)).label(f"row_{number}"))
            elif isinstance(item, Columns):
                texts += row_columns(self._draft, item, page)
        return texts

    # Texts

    def _row_text(self, item: Nodes | Edges, writer: RowWriter, page: sa.FromClause, keys: Keys) -> list[Part]:
        if isinstance(item, Nodes):
            return writer.node(item.node, page)
        return json_object((part.key, self._edge_part(part, writer, page, keys)) for part in item.items)

    def _edge_part(self, part: EdgeItem, writer: RowWriter, page: sa.FromClause, keys: Keys) -> list[Part]:
        match part:
            case Constant():
                return [part.json]
            case Cursor():
                return ['"', *keys.cursor(), '"']
            case Distance():
                return [self._distance(page)]
            case Links():
                return self._links(part, page)
            case Score():
                return ["null" if self._plan.search is None else score_text(self._draft, page)]
            case EdgeNode():
                return writer.node(part.node, page)

    def _links(self, item: Links, page: sa.FromClause) -> list[Part]:
        relation = self._plan.relation
        if not isinstance(relation, ToMany) or relation.link is None:
            return ["[]"]
        assert self._parents is not None  # noqa: S101  there is a relation below a row only
        return links_text(self._draft, item, relation, self._parents, page)

    def _distance(self, page: sa.FromClause) -> Part:
        return sa.cast(page.c[DISTANCE], sa.Text()) if isinstance(self._plan.relation, Closure) else "null"

    def _envelope(self, item: ConnectionItem, rows: sa.FromClause | None, number: int = 0) -> list[Part]:
        match item:
            case Constant():
                return [item.json]
            case TotalCount() if self._plan.search is not None and knows_total(self._plan):
                return [hits_total(self._draft, self._plan.search)]
            case TotalCount():
                return self._over_matches(lambda _: [sa.cast(sa.func.count(), sa.Text())])
            case Aggregates():
                return self._over_matches(lambda matches: aggregates_text(self._draft, item, matches))
            case Groups():
                return [self._groups(item)]
            case Inspection():
                return self._inspection(item)
            case PageInfo():
                return page_info(self._draft.dialect, item, self._plan.page, rows, self._size)
            case _:
                assert rows is not None  # noqa: S101  `_with_page` gives them
                return json_list(self._draft.dialect, rows.c[f"row_{number}"], self._kept(rows))

    def _over_matches(self, text: Callable[[Joins], list[Part]]) -> list[Part]:
        """Write what is worked out over all matches."""
        rows, matching = self._pages.matches()
        joins = Joins(self._draft, rows)
        parts = text(joins)
        if all(isinstance(part, str) for part in parts):  # nothing was asked for but __typename
            return parts
        select = sa.select(self._compose(parts)).select_from(joins.joined).where(*matching)
        return [self._pages.correlated(select).scalar_subquery()]

    def _inspection(self, item: Inspection) -> list[Part]:
        return InspectionSql(self._draft, self._plan.registry, item, self._pages.matches, self._pages.correlated).text()

    def _groups(self, item: Groups) -> Text:
        """Group all matches, take the first groups, and write them: the same layers as those of a page."""
        rows, matching = self._pages.matches()
        groups = self._pages.correlated(grouped(self._draft, item, rows).where(*matching))
        page = first_groups(self._draft, item, groups.subquery(self._draft.alias("groups")))
        writer = RowWriter(self._draft, page)
        text = self._object(
            (part.key, _group_part(part, number, writer, page)) for number, part in enumerate(item.items)
        )
        select = sa.select(text.label("row")).select_from(writer.joined).order_by(*group_order(item, page))
        written = select.subquery(self._draft.alias("rows"))
        return sa.select(self._compose(json_list(self._draft.dialect, written.c.row))).scalar_subquery()


def _group_part(part: GroupItem, number: int, writer: RowWriter, page: sa.FromClause) -> list[Part]:
    match part:
        case Constant():
            return [part.json]
        case GroupKey():
            return writer.node(part.node, page)
        case Aggregates():
            return [page.c[aggregates_column(number)]]
