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
        rows: QuerySet = self.artifacts.model.objects.in_sequence([link.target for link in links])
        return rows

    def append(self, artifact: Any, run: Any = None) -> "CollectionRecord":
        """The next version of the collection, to be saved: with another artifact at its end.

        >>> collection.append(artifact).save()  # doctest: +SKIP
        """
        said = {name: getattr(self, name) for name in ("key", "description")}
        return type(self)([*self.ordered_artifacts, artifact], revises=self, run=run, **said)

    @property
    def data_artifact(self) -> Any | None:
        """Its first artifact, for collections of a single one; None if there is none."""
        return self.artifacts.first()
