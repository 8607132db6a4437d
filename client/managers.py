"""Managers: the rows that a record is related to, `artifact.records`."""

from typing import TYPE_CHECKING

from .documents import Source
from .lazy import Query
from .queryset import QuerySet

if TYPE_CHECKING:
    from .catalog import Relation
    from .record import BaseRecord


class RelatedManager(QuerySet):
    """The records that a record is related to; on whatever branch, until they are filtered."""

    owner: "BaseRecord"
    relation: "Relation"


def related(owner: "BaseRecord", relation: "Relation") -> RelatedManager:
    """Make the manager of a record's to-many relation."""
    target = owner.__connection__.registry(relation.target)
    info = owner.__registry_info__
    manager = RelatedManager(target, Query(Source(target.__registry_info__, info, owner.id, relation.name)))
    manager.owner, manager.relation = owner, relation
    manager._results = owner._related.get(relation.name)
    return manager
