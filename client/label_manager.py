"""The labels of a record, by the feature they are values of: `artifact.labels`."""

from typing import TYPE_CHECKING, Any

from . import background
from .errors import InvalidValueError
from .feature_manager import label_registry, label_relations
from .links import links_of
from .record import BaseRecord

if TYPE_CHECKING:
    from .feature import ComparableFeature


class HasLabels(BaseRecord):
    """A record that other records label: an artifact or a collection."""

    @property
    def labels(self) -> "LabelManager":
        """Its labels.

        >>> artifact.labels.get(ln.Feature.get(name="perturbation"))  # doctest: +SKIP
        """
        return LabelManager(self)


class LabelManager:
    """The labels of a record."""

    def __init__(self, record: BaseRecord) -> None:
        self._record = record

    def get(self, feature: "ComparableFeature", flat_names: bool = False) -> Any:
        """The labels that are values of a feature, as a query set, or their names with `flat_names`.

        Raises:
            ValueError: if values of the feature are no labels.
        """
        dtype = str(feature.dtype_as_str)
        if "cat" not in dtype:
            raise InvalidValueError(f"The values of '{feature.name}' are of dtype '{dtype}', they are no labels.")
        registry = self._record.__connection__.registry(label_registry(dtype))
        ids = background.run(self._linked(registry.__registry_info__.name, feature.id))
        labels = registry.objects.filter(id__in=ids)
        return labels.to_list(registry.__registry_info__.name_field or "uid") if flat_names else labels

    async def _linked(self, registry: str, feature: int) -> list[int]:
        relations = label_relations(self._record, registry)
        found = [link for relation in relations for link in await links_of(self._record, relation)]
        return [link.target for link in found if link.feature == feature]
