"""What an operation asks for, as data: the shape of each root field apart from its values.

A shape is hashable and holds no value that a caller passed: those stand in a list beside it, and the shape refers to
them by their place in it, a *slot*. So operations that differ in values only share one SQL text.
"""

from dataclasses import dataclass
from typing import Any

from .comparators import Comparator, Part
from .json_values import JsonType
from .measures import AggregateFunction, Dimension, kind_of_dimension
from .registry import Field, RegistryInfo, ToMany, ToOne
from .scalars import Kind

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


Condition = Compare | JsonCompare | AllOf | AnyOf | Negation | Absent | Related | Some | Counted
EVERYTHING = AllOf(())
NOTHING = AnyOf(())

# Order and pages -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OrderKey:
    """One key of an order: a column or the number of related rows, reached through to-one relations."""

    path: tuple[ToOne, ...]
    by: Field | ToMany
    descending: bool
    nulls_first: bool

    @property
    def nullable(self) -> bool:
        """Whether the key can be NULL; a missing row on the way makes it so."""
        return isinstance(self.by, Field) and (bool(self.path) or self.by.nullable)


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


NodeItem = Constant | Scalar | GlobalId | One | Many


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
class EdgeNode:
    """The node of an edge."""

    key: str
    node: Node


EdgeItem = Constant | Cursor | EdgeNode


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
class Aggregates:
    """The `aggregates` of a connection or of a group."""

    key: str
    items: tuple[Constant | AggregateValue | Family, ...]


@dataclass(frozen=True)
class GroupBy:
    """What rows are grouped by; with a unit, a date is truncated to it."""

    by: Dimension
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

    `main_only` is LaminDB's branch rule; `signature` marks the cursors made for this list in this order.
    """

    registry: RegistryInfo
    relation: ToMany | None
    condition: Condition
    main_only: bool
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


Shape = Connection | Lookup | ByIds


@dataclass(frozen=True, eq=False)
class Plan:
    """One root field: its shape, the values its slots refer to, and how many rows it may return."""

    shape: Shape
    values: tuple[Any, ...]
    rows: int
