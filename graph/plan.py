"""What an operation asks for, as data: the shape of each root field apart from its values.

A shape is hashable and holds no value that a caller passed: those stand in a list beside it, and the shape refers to
them by their place in it, a *slot*. So operations that differ in values only share one SQL text.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .comparators import Comparator
from .feature_places import Place
from .inspections import Inspection
from .measures import AggregateFunction, Dimension, kind_of_dimension
from .registry import Closure, Field, RegistryInfo, ToMany, ToOne
from .scalars import Kind

if TYPE_CHECKING:
    from .feature_catalog import Features
from .conditions import Condition, Slot
from .order_keys import FeatureColumn, OrderKey, Page


@dataclass(frozen=True)
class Constant:
    """A finished JSON value: `__typename`."""

    key: str
    json: str


@dataclass(frozen=True)
class Scalar:
    """A column of the row."""

    key: str
    field: Field


@dataclass(frozen=True)
class GlobalId:
    """The row's opaque global id."""

    key: str


@dataclass(frozen=True)
class One:
    """A to-one relation."""

    key: str
    relation: ToOne
    node: "Node"


@dataclass(frozen=True)
class Many:
    """A to-many relation: a connection below the row."""

    key: str
    connection: "Connection"


@dataclass(frozen=True)
class ValueArm:
    """Values of features from one place: labels by a field, or JSON; with `listed`, even a single one is in a list.

    `features` are the keys of the features whose values are meant, None for all that have values there.
    """

    place: Place
    field: Field | None
    listed: bool
    features: Slot | None


@dataclass(frozen=True)
class FeatureNode:
    """The feature that a value is of."""

    key: str
    node: "Node"


@dataclass(frozen=True)
class ValueText:
    """The value of a feature, or its values."""

    key: str


FeatureValueItem = Constant | Scalar | FeatureNode | ValueText


@dataclass(frozen=True)
class FeatureValues:
    """The values of features that a row has; their names and dtypes are columns of the features."""

    key: str
    feature: RegistryInfo
    arms: tuple[ValueArm, ...]
    items: tuple[FeatureValueItem, ...]


@dataclass(frozen=True)
class GroupedFeatures:
    """The features that groups are by, and the value of each that the rows of a group have in common."""

    key: str
    feature: RegistryInfo
    columns: tuple[FeatureColumn, ...]
    items: tuple[FeatureValueItem, ...]


NodeItem = Constant | Scalar | GlobalId | One | Many | FeatureValues | GroupedFeatures


@dataclass(frozen=True)
class Node:
    """What is selected of a row, in response order."""

    registry: RegistryInfo
    items: tuple[NodeItem, ...]


@dataclass(frozen=True)
class Nodes:
    """The `nodes` of a connection."""

    key: str
    node: Node


@dataclass(frozen=True)
class Cursor:
    """The cursor of an edge."""

    key: str


@dataclass(frozen=True)
class Distance:
    """How far the node of an edge is from the row it was reached from; null outside a closure."""

    key: str


@dataclass(frozen=True)
class Score:
    """How relevant the node of an edge is; null where nothing was searched for."""

    key: str


@dataclass(frozen=True)
class LinkFact:
    """One field of a link row, by its name in the schema."""

    key: str
    name: str


@dataclass(frozen=True)
class Links:
    """The link rows between the node of an edge and the row it is listed below; none elsewhere."""

    key: str
    items: tuple[Constant | LinkFact, ...]


@dataclass(frozen=True)
class EdgeNode:
    """The node of an edge."""

    key: str
    node: Node


EdgeItem = Constant | Cursor | Distance | Score | Links | EdgeNode


@dataclass(frozen=True)
class Edges:
    """The `edges` of a connection."""

    key: str
    items: tuple[EdgeItem, ...]


@dataclass(frozen=True)
class PageFact:
    """One field of `pageInfo`, by its name in the schema."""

    key: str
    name: str


@dataclass(frozen=True)
class PageInfo:
    """The `pageInfo` of a connection."""

    key: str
    items: tuple[Constant | PageFact, ...]


@dataclass(frozen=True)
class TotalCount:
    """The number of all matches."""

    key: str


# Aggregates and groups -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Count:
    """The number of rows."""

    kind = Kind.BIGINT
    nullable = False


@dataclass(frozen=True)
class Measure:
    """One aggregate function of one column."""

    function: AggregateFunction
    by: Dimension

    @property
    def kind(self) -> Kind:
        """The kind of value it has."""
        return self.function.gives(kind_of_dimension(self.by))

    @property
    def nullable(self) -> bool:
        """Whether it is NULL where there are no values."""
        return self.function.nullable


Aggregate = Count | Measure


@dataclass(frozen=True)
class AggregateValue:
    """The value of an aggregate."""

    key: str
    aggregate: Aggregate


@dataclass(frozen=True)
class Family:
    """The values of one aggregate function."""

    key: str
    items: tuple[Constant | AggregateValue, ...]


@dataclass(frozen=True)
class FeatureFact:
    """One field of the aggregates of a feature, by its name in the schema."""

    key: str
    name: str


@dataclass(frozen=True)
class AggregatedFeature:
    """A feature whose values are numbers; its name and dtype stand in slots."""

    values: FeatureColumn
    name: Slot
    dtype: Slot


@dataclass(frozen=True)
class FeatureAggregates:
    """The `features` of aggregates."""

    key: str
    features: tuple[AggregatedFeature, ...]
    items: tuple[Constant | FeatureFact, ...]


@dataclass(frozen=True)
class Aggregates:
    """The `aggregates` of a connection or of a group."""

    key: str
    items: tuple[Constant | AggregateValue | Family | FeatureAggregates, ...]


@dataclass(frozen=True)
class GroupBy:
    """What rows are grouped by; with a unit, a date is truncated to it."""

    by: Dimension | FeatureColumn
    unit: str | None = None


@dataclass(frozen=True)
class Having:
    """Only the groups of which an aggregate compares so."""

    aggregate: Aggregate
    comparator: Comparator
    operands: tuple[Slot, ...]
    flag: bool | None


@dataclass(frozen=True)
class AggregateOrder:
    """One key of an order of groups: an aggregate."""

    aggregate: Aggregate
    descending: bool
    nulls_first: bool

    @property
    def nullable(self) -> bool:
        """Whether the key can be NULL."""
        return self.aggregate.nullable


@dataclass(frozen=True)
class GroupKey:
    """The `key` of a group: a row that has the columns which the groups are by, and no others."""

    key: str
    node: Node


GroupItem = Constant | GroupKey | Aggregates


@dataclass(frozen=True)
class Groups:
    """The `groups` of a connection."""

    key: str
    by: tuple[GroupBy, ...]
    having: tuple[Having, ...]
    order: tuple[OrderKey | AggregateOrder, ...]
    size: Slot
    items: tuple[GroupItem, ...]


# Connections ---------------------------------------------------------------------------------------------------------

ConnectionItem = Constant | Nodes | Edges | PageInfo | TotalCount | Aggregates | Groups | Inspection


@dataclass(frozen=True)
class Connection:
    """A list of rows of a registry: at the root, or those that a row is related to.

    `main_only` is LaminDB's branch rule; `signature` is the slot of what marks the cursors of this list; `depth` bounds
    the distance in a closure; `search` is the slot of what is searched for.
    """

    registry: RegistryInfo
    relation: ToMany | Closure | None
    depth: Slot | None
    condition: Condition
    main_only: bool
    search: Slot | None
    order: tuple[OrderKey, ...]
    page: Page
    signature: Slot
    items: tuple[ConnectionItem, ...]


@dataclass(frozen=True)
class Lookup:
    """One row by a unique key, or null."""

    field: Field
    operand: Slot
    node: Node


@dataclass(frozen=True)
class ByIds:
    """Rows of several registries in the order of a list of (number of the arm, key); null where there is none."""

    arms: tuple[Node, ...]
    operand: Slot


OverviewPart = str | RegistryInfo
"""Finished text, or the registry whose rows are counted there."""


@dataclass(frozen=True)
class Overview:
    """What is selected of the registries of the instance."""

    parts: tuple[OverviewPart, ...]


Shape = Connection | Lookup | ByIds | Overview


@dataclass(frozen=True, eq=False)
class Plan:
    """One root field: its shape, the values its slots refer to, and how many rows it may return.

    `features` are those that it was planned with, if it speaks of any.
    """

    shape: Shape
    values: tuple[Any, ...]
    rows: int
    features: "Features | None" = None
