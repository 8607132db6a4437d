"""What an operation asks for, as data: the shape of each root field apart from its values.

A shape is hashable and holds no value that a caller passed: those stand in a list beside it, and the shape refers to
them by their place in it, a *slot*. So operations that differ in values only share one SQL text.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .comparators import Comparator, Part
from .feature_places import JsonPlace, LabelPlace, Place
from .json_values import JsonType
from .measures import AggregateFunction, Dimension, kind_of_dimension
from .registry import Closure, Field, RegistryInfo, ToMany, ToOne
from .scalars import Kind

if TYPE_CHECKING:
    from .feature_catalog import Features

Slot = int

# Conditions ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Compare:
    """A comparison of a column or a part of it; a flag is part of the shape, since it decides the SQL."""

    field: Field
    comparator: Comparator
    operands: tuple[Slot, ...]
    flag: bool | None = None
    part: Part | None = None


@dataclass(frozen=True)
class JsonOperand:
    """An operand of a JSON comparison: its type, whether it is a list of such values (of `in`), its slot."""

    type: JsonType
    is_list: bool
    slot: Slot


@dataclass(frozen=True)
class JsonPath:
    """A path of keys into a JSON document, and which of them may be indexes of a list."""

    slot: Slot
    numeric: tuple[bool, ...]


@dataclass(frozen=True)
class JsonCompare:
    """A comparison of the value at a path of a JSON column."""

    field: Field
    path: JsonPath
    comparator: Comparator
    operands: tuple[JsonOperand, ...]
    flag: bool | None = None


@dataclass(frozen=True)
class AllOf:
    """True where all of these are; true if there are none."""

    conditions: "tuple[Condition, ...]"


@dataclass(frozen=True)
class AnyOf:
    """True where one of these is; false if there are none."""

    conditions: "tuple[Condition, ...]"


@dataclass(frozen=True)
class Negation:
    """SQL's NOT: unknown stays unknown."""

    condition: "Condition"


@dataclass(frozen=True)
class Absent:
    """`isNull` of a to-one relation, said inside its filter: with a related row it is the opposite of the flag."""

    flag: bool


@dataclass(frozen=True)
class Related:
    """The related row of a to-one relation meets a condition; without a row, `Absent` alone can be true."""

    relation: ToOne
    condition: "Condition"


@dataclass(frozen=True)
class Some:
    """At least one related row meets a condition; with `fails`, at least one does not (false or unknown)."""

    relation: ToMany
    condition: "Condition"
    fails: bool = False


@dataclass(frozen=True)
class Counted:
    """The number of different related rows compares so."""

    relation: ToMany
    comparator: Comparator
    operands: tuple[Slot, ...]
    flag: bool | None = None


@dataclass(frozen=True)
class Reaches:
    """The row reaches one that meets a condition (with `fails`: does not), or with `or_self` meets it itself."""

    closure: Closure
    condition: "Condition"
    or_self: bool
    fails: bool = False


@dataclass(frozen=True)
class CountedReach:
    """The number of rows that the row reaches, itself included with `or_self`, compares so."""

    closure: Closure
    or_self: bool
    comparator: Comparator
    operands: tuple[Slot, ...]
    flag: bool | None = None


@dataclass(frozen=True)
class ValueTest:
    """A comparison of a feature's JSON value, or of what is at a path in it: as JSON, as text, or as an instant.

    `hashes` are those of all shared values that are equal to the operand.
    """

    path: JsonPath | None
    kind: Kind
    comparator: Comparator
    operands: tuple[JsonOperand, ...]
    flag: bool | None = None
    hashes: Slot | None = None


@dataclass(frozen=True)
class HasValue:
    """The row has a JSON value of a feature that passes all tests."""

    place: JsonPlace
    feature: Slot
    tests: tuple[ValueTest, ...]


@dataclass(frozen=True)
class HasLabel:
    """The row has a label as value of a feature, and the label meets a condition."""

    place: LabelPlace
    feature: Slot
    condition: "Condition"


Condition = (
    HasValue
    | HasLabel
    | Reaches
    | CountedReach
    | Compare
    | JsonCompare
    | AllOf
    | AnyOf
    | Negation
    | Absent
    | Related
    | Some
    | Counted
)
EVERYTHING = AllOf(())
NOTHING = AnyOf(())

# Order and pages -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FeatureColumn:
    """The values of a feature as values of a kind: JSON, or labels by a field of theirs."""

    name: str
    feature: Slot
    kind: Kind
    places: tuple[tuple[Place, Field | None], ...]

    @property
    def label(self) -> str:
        """The column of groups that holds them."""
        return f"feature_{self.feature}"


@dataclass(frozen=True)
class FeatureKey:
    """The values of a feature as an order key: the smallest of several, or the largest."""

    values: FeatureColumn
    largest: bool

    @property
    def name(self) -> str:
        """What tells it from other keys."""
        return self.values.name


@dataclass(frozen=True)
class Relevance:
    """The score of a row that a search has found, as an order key."""

    name: str = "relevance"


@dataclass(frozen=True)
class OrderKey:
    """One key of an order: a column, a feature or the number of related rows, reached through to-one relations.

    Or the relevance of the rows of the list.
    """

    path: tuple[ToOne, ...]
    by: Field | ToMany | FeatureKey | FeatureColumn | Relevance
    descending: bool
    nulls_first: bool

    @property
    def nullable(self) -> bool:
        """Whether the key can be NULL; a missing row on the way makes it so."""
        if isinstance(self.by, Field):
            return bool(self.path) or self.by.nullable
        return isinstance(self.by, FeatureKey | FeatureColumn)


@dataclass(frozen=True)
class Page:
    """Which part of an ordered list is wanted. Cursors are the slots of their key values, None for a NULL."""

    size: Slot
    backward: bool = False
    offset: Slot | None = None
    after: tuple[Slot | None, ...] | None = None
    before: tuple[Slot | None, ...] | None = None


# Selections ----------------------------------------------------------------------------------------------------------


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
class EdgeNode:
    """The node of an edge."""

    key: str
    node: Node


EdgeItem = Constant | Cursor | Distance | Score | EdgeNode


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

ConnectionItem = Constant | Nodes | Edges | PageInfo | TotalCount | Aggregates | Groups


@dataclass(frozen=True)
class Connection:
    """A list of rows of a registry: at the root, or those that a row is related to.

    `main_only` is LaminDB's branch rule; `signature` marks the cursors made for this list in this order; `depth` bounds
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
    signature: str
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
