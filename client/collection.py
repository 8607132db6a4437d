"""Collections: the order of their artifacts."""

from typing import TYPE_CHECKING, Any

from . import background
from .links import links_of
from .record import BaseRecord

if TYPE_CHECKING:
    from .queryset import QuerySet


class CollectionRecord(BaseRecord):
    """A collection of artifacts."""

    @property
    def ordered_artifacts(self) -> "QuerySet":
        """The artifacts, in the order in which they were put into the collection."""
        links = background.run(links_of(self, "artifacts"))
        return self.artifacts.model.objects.in_sequence([link.target for link in links])  # type: ignore[no-any-return]

    @property
    def data_artifact(self) -> Any | None:
        """Its first artifact, for collections of a single one; None if there is none."""
        return self.artifacts.first()
