"""What is asked of all rows of a list, as data: aggregates, and groups with theirs."""

from typing import TYPE_CHECKING

from msgspec import Struct

from .comparators import Comparator, ValuePart
from .conditions import Slot
from .measures import AggregateFunction, Dimension, kind_of_dimension
from .order_keys import FeatureColumn, OrderKey
from .scalars import Kind
from .selection import Constant, Facts

if TYPE_CHECKING:
    from .plan import Node


class Count(Struct, frozen=True):
    """The number of rows."""

    kind = Kind.BIGINT
    nullable = False


class Measure(Struct, frozen=True):
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


class AggregateValue(Struct, frozen=True):
    """The value of an aggregate."""

    key: str
    aggregate: Aggregate


class Family(Struct, frozen=True):
    """The values of one aggregate function."""

    key: str
    items: tuple[Constant | AggregateValue, ...]


class AggregatedFeature(Struct, frozen=True):
    """A feature whose values are numbers; its name and dtype stand in slots."""

    values: FeatureColumn
    name: Slot
    dtype: Slot


class FeatureAggregates(Struct, frozen=True):
    """The `features` of aggregates."""

    key: str
    features: tuple[AggregatedFeature, ...]
    items: Facts


class Aggregates(Struct, frozen=True):
    """The `aggregates` of a connection or of a group."""

    key: str
    items: tuple[Constant | AggregateValue | Family | FeatureAggregates, ...]


class GroupBy(Struct, frozen=True):
    """What rows are grouped by; with a unit, a date is truncated to it."""

    by: Dimension | FeatureColumn
    unit: str | None = None


class Having(Struct, frozen=True):
    """Only the groups of which an aggregate compares so."""

    aggregate: Aggregate
    comparator: Comparator
    operands: tuple[Slot, ...]
    flag: bool | None
    parts: tuple[ValuePart, ...] = ()


class AggregateOrder(Struct, frozen=True):
    """One key of an order of groups: an aggregate."""

    aggregate: Aggregate
    descending: bool
    nulls_first: bool

    @property
    def nullable(self) -> bool:
        """Whether the key can be NULL."""
        return self.aggregate.nullable


class GroupKey(Struct, frozen=True):
    """The `key` of a group: a row that has the columns which the groups are by, and no others."""

    key: str
    node: "Node"


GroupItem = Constant | GroupKey | Aggregates


class Groups(Struct, frozen=True):
    """The `groups` of a connection."""

    key: str
    by: tuple[GroupBy, ...]
    having: tuple[Having, ...]
    order: tuple[OrderKey | AggregateOrder, ...]
    size: Slot
    items: tuple[GroupItem, ...]
