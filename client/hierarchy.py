"""Records above and below others: parents and children in an ontology, types and what is of them."""

from typing import TYPE_CHECKING

from .record import BaseRecord
from .record_list import SQLRecordList

if TYPE_CHECKING:
    from .queryset import QuerySet


class HasParents(BaseRecord):
    """A record in a hierarchy."""

    def query_parents(self) -> "QuerySet":
        """All records above this one, at any distance."""
        return self._reaching("descendants")

    def query_children(self) -> "QuerySet":
        """All records below this one, at any distance."""
        return self._reaching("ancestors")

    def _reaching(self, closure: str) -> "QuerySet":
        """The records that reach this one."""
        rows = type(self).filter()
        return rows._with(filter={closure: {"some": {"databaseId": {"eq": self.id}}}})


class Typed(BaseRecord):
    """A record that may have a type, or be one: then `query_records()`, `query_ulabels()`, … give what is of it."""

    def __init_subclass__(cls) -> None:
        """Name the method after the registry's records."""
        super().__init_subclass__()
        setattr(cls, f"query_{cls.__registry_info__.plural_name}", cls._query_members)

    def query_types(self) -> SQLRecordList:
        """The types of this record, the nearest first, as far as they are on a branch that is shown."""
        found: SQLRecordList = SQLRecordList()
        type_ = self.type
        while type_ is not None and type_.branch_id in self.__connection__.branches and type_ not in found:
            found.append(type_)
            type_ = type_.type
        return found

    def _query_members(self) -> "QuerySet":
        """All records of this type, and of types below it, at any distance."""
        registry, seen, found = type(self), {self.id}, set[int]()
        frontier = {self.id}
        while frontier:
            frontier = set(registry.filter(type__in=frontier).values_list("id", flat=True)) - seen
            seen |= frontier
            found |= frontier
        return registry.filter(id__in=found)
