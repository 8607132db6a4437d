"""What an operation asks for, as data: the shape of each root field apart from its values.

A shape is hashable and holds no value that a caller passed: those stand in a list beside it, and the shape refers to
them by their place in it, a *slot*. So operations that differ in values only share one SQL text.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .aggregate_plan import Aggregates, Groups
from .conditions import Condition, Slot
from .feature_places import Place
from .inspections import Inspection
from .order_keys import FeatureColumn, OrderKey, Page
from .registry import Closure, Field, RegistryInfo, ToMany, ToOne
from .selection import Constant

if TYPE_CHECKING:
    from .feature_catalog import Features


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

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.registry, self.items))


@dataclass(frozen=True)
class Nodes:
    """The `nodes` of a connection."""

    key: str
    node: Node


@dataclass(frozen=True)
class Columns:
    """The `nodes` of a connection in columns: the values of each selected field together, not each row as JSON."""

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


# Connections ---------------------------------------------------------------------------------------------------------

ConnectionItem = Constant | Nodes | Columns | Edges | PageInfo | TotalCount | Aggregates | Groups | Inspection


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
