"""Groups: from the arguments and the selection of `groups` to the plan."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graphql import FieldNode

from lnql.errors import InvalidError, TooComplexError

from .aggregate_plan import Aggregate, AggregateOrder, Aggregates, Count, GroupBy, GroupItem, GroupKey, Having, Measure
from .feature_places import FeaturePlaces
from .group_types import DateTrunc
from .measures import BY_NAME, Dimension, dimensions
from .operands import Operands, refuse_null
from .order_keys import FeatureColumn, OrderKey
from .orders import MakeFeatureKey, order_key
from .plan import FeatureValueItem, GroupedFeatures, Node, NodeItem, One, Scalar
from .positions import Position
from .registry import Field, RegistryInfo, ToOne
from .selection import Constant, Operation, Selection

MOST_KEYS = 20
"""How many keys groups may have, each of which may be a join."""

MakeFeatureColumn = Callable[[FeaturePlaces, str, str], FeatureColumn]
"""Finds the feature of a name or uid, which groups can be by."""

# Arguments -----------------------------------------------------------------------------------------------------------


def parse_by(
    info: RegistryInfo, entries: Sequence[Mapping[str, Any]], feature: MakeFeatureColumn
) -> tuple[GroupBy, ...]:
    """Read the keys of groups.

    Raises:
        InvalidError: for no key, a null, a false, a key that is given twice.
        TooComplexError: for more keys than anybody needs and a statement can join.
    """
    if not entries:
        raise InvalidError("by is empty.", hint="Say what to group by, or ask for aggregates.")
    if len(entries) > MOST_KEYS:
        raise TooComplexError(f"by has {len(entries)} keys; at most {MOST_KEYS} are allowed.")
    keys = [_by(info, entry, f"by.{number}", feature) for number, entry in enumerate(entries)]
    if len({key.by.name for key in keys}) < len(keys):
        raise InvalidError("by has a key twice.", hint="Ask for groups again, under an alias.")
    return tuple(keys)


def _by(info: RegistryInfo, entry: Mapping[str, Any], place: str, feature: MakeFeatureColumn) -> GroupBy:
    ((name, value),) = entry.items()  # oneOf
    if not value and value != "":
        raise InvalidError(f"{place}.{name} is {'null' if value is None else 'false'}.", hint="Leave it out.")
    if name == "feature" and info.features:
        return GroupBy(feature(info.features, value, f"{place}.feature"))
    return GroupBy(dimensions(info)[name], str(value.value) if isinstance(value, DateTrunc) else None)


def parse_having(info: RegistryInfo, value: Mapping[str, Any], operands: Operands) -> tuple[Having, ...]:
    """Read the conditions on groups.

    Raises:
        InvalidError: for a null or an empty comparator.
    """
    conditions: list[Having] = []
    for name, entry in value.items():
        for path, aggregate, comparators in _having(info, name, entry):
            position = Position(("having", *path))
            refuse_null(comparators, position)
            conditions += [Having(aggregate, *one) for one in operands.read(aggregate.kind, comparators, position)]
    return tuple(conditions)


def _having(info: RegistryInfo, name: str, entry: Any) -> list[tuple[tuple[str, ...], Aggregate, Any]]:
    if name == "count":
        return [((name,), Count(), entry)]
    if not entry:
        raise InvalidError(f"having.{name} says nothing.", hint="Leave it out.")
    function = BY_NAME[name]
    columns = function.of(info)
    return [((name, column), Measure(function, columns[column]), value) for column, value in entry.items()]


def parse_group_order(
    info: RegistryInfo, by: Sequence[GroupBy], entries: Sequence[Mapping[str, Any]], feature_key: MakeFeatureKey
) -> tuple[OrderKey | AggregateOrder, ...]:
    """Read the order of groups and end it with their keys.

    Raises:
        InvalidError: for a null, a key that the groups are not by.
    """
    grouped = {key.by.name: key.by for key in by}
    order = [_order(info, grouped, entry, f"orderBy.{number}", feature_key) for number, entry in enumerate(entries)]
    order = order or [AggregateOrder(Count(), descending=True, nulls_first=False)]
    return tuple(dict.fromkeys([*order, *map(_tie_breaker, grouped.values())]))


def _tie_breaker(by: Dimension | FeatureColumn) -> OrderKey:
    if isinstance(by, ToOne):
        return OrderKey((by,), by.target.key, descending=False, nulls_first=False)
    return OrderKey((), by, descending=False, nulls_first=False)


def _order(
    info: RegistryInfo,
    grouped: Mapping[str, Dimension | FeatureColumn],
    entry: Mapping[str, Any],
    place: str,
    feature_key: MakeFeatureKey,
) -> OrderKey | AggregateOrder:
    ((name, value),) = entry.items()  # oneOf
    if name in grouped:
        return order_key(info, entry, (), place, feature_key)
    if name in dimensions(info):
        raise InvalidError(f"{place}: the groups are not by {name}.", hint=f"They are by {', '.join(grouped)}.")
    aggregate: Aggregate = Count()
    if name in BY_NAME and value is not None:
        ((column, value),) = value.items()  # oneOf
        aggregate, place = Measure(BY_NAME[name], BY_NAME[name].of(info)[column]), f"{place}.{name}"
        name = column
    if value is None:
        raise InvalidError(f"{place}.{name} is null.", hint="Leave the entry out.")
    descending, nulls_first = value.direction
    return AggregateOrder(aggregate, descending, nulls_first)


# Selection -----------------------------------------------------------------------------------------------------------

PlanNode = Callable[[RegistryInfo, Sequence[FieldNode]], Node]
PlanFeatures = Callable[[FeaturePlaces, Sequence[FieldNode]], tuple[FeatureValueItem, ...]]
PlanAggregates = Callable[[RegistryInfo, str, Sequence[FieldNode]], Aggregates]


class GroupSelection:
    """Plans what is selected of groups.

    Args:
        node: plans the related rows that are keys.
        features: plans what is selected of the features that are keys.
        aggregates: plans the aggregates of a group.
    """

    def __init__(
        self,
        operation: Operation,
        info: RegistryInfo,
        by: Sequence[GroupBy],
        *,
        node: PlanNode,
        features: PlanFeatures,
        aggregates: PlanAggregates,
    ) -> None:
        self._operation = operation
        self._info = info
        self._grouped = {key.by.name: key.by for key in by}
        self._node = node
        self._features = features
        self._aggregates = aggregates

    def items(self, nodes: Sequence[FieldNode]) -> tuple[GroupItem, ...]:
        """Plan the fields of a group."""
        selection = self._operation.select(f"{self._info.name}Group", nodes)
        return tuple(self._item(selection, *item) for item in selection.items())

    def _item(self, selection: Selection, key: str, name: str, nodes: list[FieldNode]) -> GroupItem:
        match name:
            case "key":
                inner = self._operation.select(f"{self._info.name}GroupKey", nodes)
                return GroupKey(key, Node(self._info, tuple(self._key(inner, *item) for item in inner.items())))
            case "aggregates":
                return self._aggregates(self._info, key, nodes)
            case _:
                return selection.typename(key)

    def _key(self, selection: Selection, key: str, name: str, nodes: list[FieldNode]) -> NodeItem:
        if name == "__typename":
            return selection.typename(key)
        if name == "features" and self._info.features:
            columns = tuple(by for by in self._grouped.values() if isinstance(by, FeatureColumn))
            places = self._info.features
            return GroupedFeatures(key, places.feature, columns, self._features(places, nodes))
        match self._grouped.get(name):
            case Field() as column:
                return Scalar(key, column)
            case ToOne() as relation:
                return One(key, relation, self._node(relation.target, nodes))
            case _:
                return Constant(key, "null")
