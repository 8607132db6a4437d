"""What an operation asks for, as data: the shape of each root field apart from its values.

A shape is hashable and holds no value that a caller passed: those stand in a list beside it, and the shape refers to
them by their place in it, a *slot*. So operations that differ in values only share one SQL text.
"""

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from .aggregate_plan import Aggregates, Groups
from .conditions import Condition, Slot
from .feature_places import Place
from .inspections import Inspection
from .order_keys import FeatureColumn, OrderKey, Page
from .registry import Closure, Field, RegistryInfo, ToMany, ToOne
from .selection import Constant, Facts

if TYPE_CHECKING:
    from .feature_guard import AskedFeatures


class Scalar(Struct, frozen=True):
    """A column of the row."""

    key: str
    field: Field


class GlobalId(Struct, frozen=True):
    """The row's opaque global id."""

    key: str


class One(Struct, frozen=True):
    """A to-one relation."""

    key: str
    relation: ToOne
    node: "Node"


class Many(Struct, frozen=True):
    """A to-many relation: a connection below the row."""

    key: str
    connection: "Connection"


class ValueArm(Struct, frozen=True):
    """Values of features from one place: labels by a field, or JSON; with `listed`, even a single one is in a list.

    `features` are the keys of the features whose values are meant, None for all that have values there.
    """

    place: Place
    field: Field | None
    listed: bool
    features: Slot | None


class FeatureNode(Struct, frozen=True):
    """The feature that a value is of."""

    key: str
    node: "Node"


class ValueText(Struct, frozen=True):
    """The value of a feature, or its values."""

    key: str


FeatureValueItem = Constant | Scalar | FeatureNode | ValueText


class FeatureValues(Struct, frozen=True):
    """The values of features that a row has; their names and dtypes are columns of the features."""

    key: str
    feature: RegistryInfo
    arms: tuple[ValueArm, ...]
    items: tuple[FeatureValueItem, ...]


class GroupedFeatures(Struct, frozen=True):
    """The features that groups are by, and the value of each that the rows of a group have in common."""

    key: str
    feature: RegistryInfo
    columns: tuple[FeatureColumn, ...]
    items: tuple[FeatureValueItem, ...]


NodeItem = Constant | Scalar | GlobalId | One | Many | FeatureValues | GroupedFeatures


class Node(Struct, frozen=True, cache_hash=True):
    """What is selected of a row, in response order."""

    registry: RegistryInfo
    items: tuple[NodeItem, ...]


class Nodes(Struct, frozen=True):
    """The `nodes` of a connection."""

    key: str
    node: Node


class Columns(Struct, frozen=True):
    """The `nodes` of a connection in columns: the values of each selected field together, not each row as JSON."""

    key: str
    node: Node


class Cursor(Struct, frozen=True):
    """The cursor of an edge."""

    key: str


class Distance(Struct, frozen=True):
    """How far the node of an edge is from the row it was reached from; null outside a closure."""

    key: str


class Score(Struct, frozen=True):
    """How relevant the node of an edge is; null where nothing was searched for."""

    key: str


class Links(Struct, frozen=True):
    """The link rows between the node of an edge and the row it is listed below; none elsewhere."""

    key: str
    items: Facts


class EdgeNode(Struct, frozen=True):
    """The node of an edge."""

    key: str
    node: Node


EdgeItem = Constant | Cursor | Distance | Score | Links | EdgeNode


class Edges(Struct, frozen=True):
    """The `edges` of a connection."""

    key: str
    items: tuple[EdgeItem, ...]


class PageInfo(Struct, frozen=True):
    """The `pageInfo` of a connection."""

    key: str
    items: Facts


class TotalCount(Struct, frozen=True):
    """The number of all matches."""

    key: str


# Connections ---------------------------------------------------------------------------------------------------------

ConnectionItem = Constant | Nodes | Columns | Edges | PageInfo | TotalCount | Aggregates | Groups | Inspection


class Connection(Struct, frozen=True):
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


class Lookup(Struct, frozen=True):
    """One row by a unique key, or null."""

    field: Field
    operand: Slot
    node: Node


class ByIds(Struct, frozen=True):
    """Rows of several registries in the order of a list of (number of the arm, key); null where there is none."""

    arms: tuple[Node, ...]
    operand: Slot


OverviewPart = str | RegistryInfo
"""Finished text, or the registry whose rows are counted there."""


class Overview(Struct, frozen=True):
    """What is selected of the registries of the instance."""

    parts: tuple[OverviewPart, ...]


Shape = Connection | Lookup | ByIds | Overview


class Plan(Struct, frozen=True, eq=False):
    """One root field: its shape, the values its slots refer to, and how many rows it may return.

    `features` are those that it was planned with, and tell which it relies on.
    """

    shape: Shape
    values: tuple[Any, ...]
    rows: int
    features: "AskedFeatures | None" = None
