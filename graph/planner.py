"""From the selection of a root field to its plan."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from graphql import FieldNode

from lnql.errors import InvalidError, TooComplexError

from .aggregate_plan import AggregatedFeature, Aggregates, Groups
from .aggregates import plan_aggregates
from .conditions import EVERYTHING, Condition, Slot
from .feature_catalog import Features
from .feature_guard import AskedFeatures
from .feature_places import FeaturePlaces
from .feature_values import value_arms
from .features import GROUPED_AS, ORDERED_AS, feature_column, number_column
from .filters import FilterParser
from .findings import finding
from .global_ids import parse_global_id
from .groups import GroupSelection, parse_by, parse_group_order, parse_having
from .inspections import Inspection, inspection_items, parse_fields, parse_values
from .operands import Operands
from .order_keys import FeatureColumn, FeatureKey
from .orders import parse_order
from .overview import plan_about, plan_overview
from .pages import PageParser, signature
from .plan import (
    ByIds,
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
    Links,
    Lookup,
    Many,
    Node,
    NodeItem,
    Nodes,
    One,
    PageInfo,
    Plan,
    Scalar,
    Score,
    Shape,
    TotalCount,
    ValueText,
)
from .registry import Catalog, Closure, RegistryInfo, ToMany
from .search import parse_search
from .selection import Operation, Selection
from .settings import Limits
from .visibility import keeps_branch_rule

OF_PAGES = (Nodes, Edges, PageInfo)
"""What of a connection is read page by page; the rest is one row, however many there are."""


class _Level(NamedTuple):
    """How many parents a connection has, how large its pages are, and how large they may be."""

    parents: int
    size: int
    largest: int

    @property
    def rows(self) -> int:
        """How many rows all pages have together."""
        return self.parents * self.size


class Planner:
    """Plans one root field. A planner is used once.

    Raises:
        InvalidError: for an argument that cannot be understood.
        TooComplexError: for one that asks for too much.
    """

    def __init__(self, catalog: Catalog, limits: Limits, features: Features, operation: Operation) -> None:
        self._catalog = catalog
        self._limits = limits
        self._operation = operation
        self._features = AskedFeatures(features)
        self._values: list[Any] = []
        self._rows = 0

    def connection(self, info: RegistryInfo, arguments: Mapping[str, Any], nodes: Sequence[FieldNode]) -> Plan:
        """Plan the list of a registry."""
        return self._plan(self._connection(info, None, "Query", arguments, nodes, 1))

    def lookup(self, info: RegistryInfo, by: Mapping[str, Any], nodes: Sequence[FieldNode]) -> Plan | None:
        """Plan a row by one unique key; None if the key is the id of another registry."""
        ((name, value),) = by.items()  # oneOf
        if name == "id":
            owner, value = parse_global_id(value, self._catalog)
            if owner is not info:
                return None
            name = info.key.name
        self._rows += 1
        return self._plan(Lookup(info.fields[name], self._bind(value), self._node(info, nodes, 1)))

    def by_ids(self, ids: Sequence[str], nodes: Sequence[FieldNode]) -> Plan:
        """Plan rows by their global ids, in that order."""
        if len(ids) > self._limits.nested_page:
            raise TooComplexError(f"ids has {len(ids)} items; at most {self._limits.nested_page} are allowed.")
        found = [parse_global_id(id_, self._catalog) for id_ in ids]
        owners = list(dict.fromkeys(owner for owner, _ in found))
        arms = tuple(self._node(owner, nodes, len(ids)) for owner in owners)
        self._rows += len(ids)
        return self._plan(ByIds(arms, self._bind([(owners.index(owner), key) for owner, key in found])))

    def by_keys(self, info: RegistryInfo, keys: Sequence[int | None], nodes: Sequence[FieldNode]) -> Plan:
        """Plan rows of one registry by their keys, in that order; null for None."""
        self._rows += len(keys)
        arm = self._node(info, nodes, len(keys))
        return self._plan(ByIds((arm,), self._bind([(0, key) for key in keys])))

    def overview(self, nodes: Sequence[FieldNode]) -> Plan:
        """Plan the overview of the registries."""
        self._rows += len(self._catalog)
        return self._plan(plan_overview(self._catalog, self._operation, nodes))

    def about(self, data: Mapping[str, Any], nodes: Sequence[FieldNode]) -> Plan:
        """Plan what is said of the instance."""
        return self._plan(plan_about(data, self._operation, nodes))

    def _plan(self, shape: Shape) -> Plan:
        return Plan(shape, tuple(self._values), self._rows, self._features)

    # Features

    def _feature_values(
        self, places: FeaturePlaces, key: str, names: Sequence[str] | None, nodes: list[FieldNode], rows: int
    ) -> FeatureValues:
        arms = value_arms(places, self._features, names, self._bind, key)
        items = self._feature_value_items(places, nodes, rows * len(self._features.all if names is None else names))
        return FeatureValues(key, places.feature, arms, items)

    def _feature_value_items(
        self, places: FeaturePlaces, nodes: Sequence[FieldNode], rows: int
    ) -> tuple[FeatureValueItem, ...]:
        selection = self._operation.select("FeatureValue", nodes)
        return tuple(self._feature_value_item(places.feature, selection, *item, rows) for item in selection.items())

    def _feature_value_item(
        self, info: RegistryInfo, selection: Selection, key: str, name: str, nodes: list[FieldNode], rows: int
    ) -> FeatureValueItem:
        match name:
            case "feature":
                return FeatureNode(key, self._node(info, nodes, rows))
            case "value":
                return ValueText(key)
            case "__typename":
                return selection.typename(key)
            case _:
                return Scalar(key, info.fields[name])

    def _filter(self, info: RegistryInfo, filter_: Mapping[str, Any]) -> Condition:
        return FilterParser(self._limits, self._bind, self._features).parse(info, filter_)

    def _feature_key(self, places: FeaturePlaces, entry: Mapping[str, Any], place: str) -> FeatureKey:
        feature = self._features.one(entry.get("name"), entry.get("uid"), place)
        values = feature_column(places, feature, self._bind, place, ORDERED_AS)
        return FeatureKey(values, largest=entry["direction"].direction[0])

    def _feature_group(self, places: FeaturePlaces, name: str, place: str) -> FeatureColumn:
        feature = self._features.named_or_uid(name, place)
        return feature_column(places, feature, self._bind, place, GROUPED_AS)

    def _feature_aggregate(self, places: FeaturePlaces, name: str, place: str) -> AggregatedFeature:
        feature = self._features.named_or_uid(name, place)
        values = number_column(places, feature, self._bind, place)
        return AggregatedFeature(values, self._bind(feature.name), self._bind(feature.dtype.text))

    def _bind(self, value: Any) -> Slot:
        self._values.append(value)
        return len(self._values) - 1

    # Connections

    def _connection(
        self,
        info: RegistryInfo,
        relation: ToMany | Closure | None,
        owner: str,
        arguments: Mapping[str, Any],
        nodes: Sequence[FieldNode],
        parents: int,
    ) -> Connection:
        filter_, argument = arguments.get("filter") or {}, arguments.get("search")
        search = None if argument is None else parse_search(info, argument, self._limits)
        order = parse_order(info, arguments.get("orderBy") or (), self._feature_key, searched=search is not None)
        mark = signature(f"{owner}.{relation.name if relation else info.plural}", order, search)
        largest = self._limits.nested_page if relation else self._limits.root_page
        page = PageParser(largest, self._limits.page, self._bind).parse(arguments, order, mark)
        level = _Level(parents, page.size, largest)
        planned = Connection(
            registry=info,
            relation=relation,
            depth=self._depth(relation, arguments),
            condition=self._filter(info, filter_) if filter_ else EVERYTHING,
            main_only=relation is None and keeps_branch_rule(info, filter_),
            search=None if search is None else self._bind(search),
            order=order,
            page=page,
            signature=self._bind(mark),
            items=self._connection_items(info, nodes, level),
        )
        if planned.search is not None and search is not None:
            self._values[planned.search] = finding(planned, search, self._values)
        self._rows += level.rows if any(isinstance(item, OF_PAGES) for item in planned.items) else parents
        return planned

    def _depth(self, relation: ToMany | Closure | None, arguments: Mapping[str, Any]) -> Slot | None:
        name = relation.depth_argument if isinstance(relation, Closure) else ""
        depth = arguments.get(name)
        if depth is not None and depth < 1:
            raise InvalidError(f"{name} is {depth}; it takes 1 or more.")
        return None if depth is None else self._bind(depth)

    def _connection_items(
        self, info: RegistryInfo, nodes: Sequence[FieldNode], level: _Level
    ) -> tuple[ConnectionItem, ...]:
        selection = self._operation.select(f"{info.name}Connection", nodes)
        return tuple(self._connection_item(info, selection, *item, level) for item in selection.items())

    def _connection_item(
        self, info: RegistryInfo, selection: Selection, key: str, name: str, nodes: list[FieldNode], level: _Level
    ) -> ConnectionItem:
        match name:
            case "nodes":
                return Nodes(key, self._node(info, nodes, level.rows))
            case "edges":
                return Edges(key, self._edge(info, nodes, level.rows))
            case "pageInfo":
                return PageInfo(key, self._operation.select("PageInfo", nodes).facts())
            case "totalCount":
                return TotalCount(key)
            case "aggregates":
                return self._aggregates(info, key, nodes)
            case "groups":
                return self._groups(info, key, selection.arguments(nodes), nodes, level)
            case "inspection":
                return self._inspection(info, key, selection.arguments(nodes), nodes, level)
            case _:
                return selection.typename(key)

    def _inspection(
        self, info: RegistryInfo, key: str, arguments: Mapping[str, Any], nodes: list[FieldNode], level: _Level
    ) -> Inspection:
        values = parse_values(arguments, self._limits.list_items)
        self._rows += level.parents * len(values)
        return Inspection(
            key,
            self._bind(values),
            *parse_fields(info, arguments),
            case_sensitive=bool(arguments.get("caseSensitive")),
            items=inspection_items(self._operation, nodes),
        )

    def _groups(
        self, info: RegistryInfo, key: str, arguments: Mapping[str, Any], nodes: list[FieldNode], level: _Level
    ) -> Groups:
        given = {name: value for name, value in arguments.items() if value is not None}
        by = parse_by(info, given["by"], self._feature_group)
        size = PageParser(level.largest, self._limits.nested_page, self._bind).size(given)
        rows = level.parents * size
        self._rows += rows
        select = GroupSelection(
            self._operation,
            info,
            by,
            node=lambda target, inner: self._node(target, inner, rows),
            features=lambda places, inner: self._feature_value_items(places, inner, rows * len(by)),
            aggregates=self._aggregates,
        )
        return Groups(
            key=key,
            by=by,
            having=parse_having(info, given.get("having", {}), Operands(self._limits, self._bind)),
            order=parse_group_order(info, by, given.get("orderBy", ()), self._feature_key),
            size=self._bind(size),
            items=select.items(nodes),
        )

    def _aggregates(self, info: RegistryInfo, key: str, nodes: Sequence[FieldNode]) -> Aggregates:
        return plan_aggregates(self._operation, info, key, nodes, self._feature_aggregate)

    def _edge(self, info: RegistryInfo, nodes: list[FieldNode], rows: int) -> tuple[EdgeItem, ...]:
        selection = self._operation.select(f"{info.name}Edge", nodes)
        items: list[EdgeItem] = []
        for key, name, inner in selection.items():
            match name:
                case "node":
                    items.append(EdgeNode(key, self._node(info, inner, rows)))
                case "cursor":
                    items.append(Cursor(key))
                case "distance":
                    items.append(Distance(key))
                case "score":
                    items.append(Score(key))
                case "links":
                    items.append(Links(key, self._operation.select("Link", inner).facts()))
                case _:
                    items.append(selection.typename(key))
        return tuple(items)

    # Rows

    def _node(self, info: RegistryInfo, nodes: Sequence[FieldNode], rows: int) -> Node:
        planned = self._operation.planned
        key = (info.name, *map(id, nodes))
        if key not in planned:
            before = self._state
            selection = self._operation.select(info.name, nodes)
            node = Node(info, tuple(self._node_item(info, selection, *item, rows) for item in selection.items()))
            if self._state != before:
                return node
            planned[key] = node  # nothing in it has arguments: it is the same for other variables
        known: Node = planned[key]
        return known

    @property
    def _state(self) -> tuple[int, ...]:
        """What planning a part changes unless it is always the same."""
        return len(self._values), self._rows, len(self._features.asked)

    def _node_item(
        self, info: RegistryInfo, selection: Selection, key: str, name: str, nodes: list[FieldNode], rows: int
    ) -> NodeItem:
        if name in info.fields:
            return Scalar(key, info.fields[name])
        if name in info.to_one:
            relation = info.to_one[name]
            return One(key, relation, self._node(relation.target, nodes, rows))
        if name in info.to_many:
            many = info.to_many[name]
            arguments = selection.arguments(nodes)
            return Many(key, self._connection(many.target, many, info.name, arguments, nodes, rows))
        if name == "features" and info.features:
            return self._feature_values(info.features, key, selection.arguments(nodes).get("names"), nodes, rows)
        if name in info.closures:
            closure = info.closures[name]
            return Many(key, self._connection(info, closure, info.name, selection.arguments(nodes), nodes, rows))
        return GlobalId(key) if name == "id" else selection.typename(key)
