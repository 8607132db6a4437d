"""What is asked of all rows of a list, as data: aggregates, and groups with theirs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .comparators import Comparator
from .conditions import Slot
from .measures import AggregateFunction, Dimension, kind_of_dimension
from .order_keys import FeatureColumn, OrderKey
from .scalars import Kind
from .selection import Constant

if TYPE_CHECKING:
    from .plan import Node


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
    node: "Node"


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
