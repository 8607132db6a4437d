"""Order and page of a list, as data."""

from msgspec import Struct

from .conditions import Slot
from .feature_places import Place
from .registry import Field, ToMany, ToOne
from .scalars import Kind


class FeatureColumn(Struct, frozen=True):
    """The values of a feature as values of a kind: JSON, or labels by a field of theirs."""

    name: str
    feature: Slot
    kind: Kind
    places: tuple[tuple[Place, Field | None], ...]

    @property
    def label(self) -> str:
        """The column of groups that holds them."""
        return f"feature_{self.feature}"


class FeatureKey(Struct, frozen=True):
    """The values of a feature as an order key: the smallest of several, or the largest."""

    values: FeatureColumn
    largest: bool

    @property
    def name(self) -> str:
        """What tells it from other keys."""
        return self.values.name


class Relevance(Struct, frozen=True):
    """The score of a row that a search has found, as an order key."""

    name: str = "relevance"


class OrderKey(Struct, frozen=True):
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


class Page(Struct, frozen=True):
    """Which part of an ordered list is wanted. Cursors are the slots of their key values, None for a NULL.

    The size is part of the statement's text: PostgreSQL takes a page of unknown size for a tenth of the table, and
    would either read it so or make a new plan each time.
    """

    size: int
    backward: bool = False
    offset: Slot | None = None
    after: tuple[Slot | None, ...] | None = None
    before: tuple[Slot | None, ...] | None = None
