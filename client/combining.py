"""Query sets of one registry put together: union, intersection, difference."""

from typing import TYPE_CHECKING, Any, Self, cast

from .documents import Source
from .errors import InvalidTypeError
from .lazy import Lazy
from .lookups import Filter

if TYPE_CHECKING:
    from .queryset import QuerySet


class Combining(Lazy):
    """The part of a query set that puts it together with others, as one condition where that is possible."""

    def union(self, *others: "QuerySet", all: bool = False) -> Self:  # noqa: A002  Django's name
        """The records of any of them, each once; with `all`, as often as they have it."""
        conditions = [self._condition_of(rows) for rows in (self, *others)]
        if all:
            return self._with(also=tuple(rows._query for rows in others), combined="union")
        return self._joined({"or": conditions}, "union")

    def intersection(self, *others: "QuerySet") -> Self:
        """The records that all of them have."""
        return self._joined({"and": [self._condition_of(rows) for rows in (self, *others)]}, "intersection")

    def difference(self, *others: "QuerySet") -> Self:
        """The records that the others do not have."""
        excluded = [{"databaseId": {"notIn": list(rows.values_list("id", flat=True))}} for rows in others]
        return self._joined({"and": [self._condition_of(self), *excluded]}, "difference")

    def __and__(self, other: "QuerySet") -> Self:
        return self._joined({"and": [self._condition_of(self), self._condition_of(other)]}, "")

    def __or__(self, other: "QuerySet") -> Self:
        return self._joined({"or": [self._condition_of(self), self._condition_of(other)]}, "")

    def __xor__(self, other: "QuerySet") -> Self:
        """The records that one of them has and the other one has not."""
        either = {"or": [self._condition_of(self), self._condition_of(other)]}
        both = list(cast("QuerySet", self & other).values_list("id", flat=True))
        return self._joined({"and": [either, {"databaseId": {"notIn": both}}]}, "")

    def _joined(self, condition: Filter, method: str) -> Self:
        """All of the registry under a condition, in which each part has its own branch rule."""
        changes: dict[str, Any] = {
            "offset": 0,
            "limit": None,
            "search": None,
            "empty": False,
            "branches": (),
            "sequence": (),
        }
        changes["source"] = Source(self._info)  # a part that is related to a record says so in its condition
        return self._with(filter=condition, combined=method, **changes)

    def _condition_of(self, rows: Any) -> Filter:
        if rows._registry is not self._registry:
            raise InvalidTypeError(f"Only query sets of one registry can be put together, not {rows._info.name}'s too.")
        condition: Filter = rows.as_condition()
        return condition
