"""The labels of a record, by the feature they are values of: `artifact.labels`."""

from typing import TYPE_CHECKING, Any

from . import background
from .errors import InvalidTypeError, InvalidValueError, ValidationError
from .feature_manager import label_registry, label_relations
from .links import links_of
from .mutations import mutate
from .patches import full_name_of, global_id, records_of, registry_name
from .predicates import label_parts
from .record import BaseRecord

if TYPE_CHECKING:
    from .feature import ComparableFeature


LABELS = frozenset(
    {
        *("ULabel", "Record", "Project", "Reference", "User", "Organism", "Gene", "Protein", "CellMarker", "Tissue"),
        *("CellType", "Disease", "CellLine", "Phenotype", "Pathway", "ExperimentalFactor", "DevelopmentalStage"),
        "Ethnicity",
    }
)
"""The registries whose records label others."""


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

    def describe(self, return_str: bool = False) -> str | None:
        """Show the labels by the registries that they are of as a tree, or give it as text."""
        from .describing import describe_labels

        return describe_labels(self._record, return_str)

    def __repr__(self) -> str:
        return str(self.describe(return_str=True))

    def get(self, feature: "ComparableFeature", mute: bool = False, flat_names: bool = False) -> Any:
        """The labels that are values of a feature, as a query set, or their names with `flat_names`.

        Args:
            feature: the feature.
            mute: taken as in LaminDB; nothing is printed anyway.
            flat_names: whether to give names instead of records.

        Raises:
            TypeError: for what is no feature.
            ValueError: if values of the feature are no labels.
        """
        if type(feature).__name__ != "Feature":
            raise InvalidTypeError(f"feature has to be of type Feature, not {feature!r}.")
        dtype = str(feature.dtype_as_str)
        if "cat" not in dtype:
            raise InvalidValueError(f"The values of '{feature.name}' are of dtype '{dtype}', they are no labels.")
        registry = self._record.__connection__.registry(label_registry(dtype))
        ids = background.run(self._linked(registry.__registry_info__.name, feature.id))
        labels = registry.objects.filter(id__in=ids)
        return labels.to_list(registry.__registry_info__.name_field or "uid") if flat_names else labels

    def add(self, records: Any, feature: "ComparableFeature | None" = None) -> None:
        """Label the record, with `feature` as values of it.

        Args:
            records: a record, a list of records or a query set.
            feature: what the labels are values of.

        Raises:
            ValidationError: for labels that values of the feature cannot be.
        """
        labels = [records] if hasattr(type(records), "__registry_info__") else list(records)
        _refuse_others(labels, feature)
        for registry in {type(label).__registry_info__.name: type(label) for label in labels}.values():
            ids = records_of([label for label in labels if isinstance(label, registry)], registry.__name__)
            self._link(registry.__name__, ids, None if feature is None else global_id(feature))

    def add_from(self, other: BaseRecord) -> None:
        """Label the record as another one is labelled, under the same features."""
        relations = [relation for relation in other.__registry_info__.relations.values() if relation.many]
        for registry in dict.fromkeys(relation.target for relation in relations if relation.target in LABELS):
            background.run(self._copy_links(other, registry))

    async def _copy_links(self, other: BaseRecord, registry: str) -> None:
        by_feature: dict[int | None, list[str]] = {}
        for relation in label_relations(other, registry):
            for link in await links_of(other, relation):
                by_feature.setdefault(link.feature, []).append(f"{registry}:{link.target}")
        for feature, ids in by_feature.items():
            await self._linking(registry, ids, None if feature is None else f"Feature:{feature}")

    def _link(self, registry: str, ids: list[str], feature: str | None) -> None:
        background.run(self._linking(registry, ids, feature))

    async def _linking(self, registry: str, ids: list[str], feature: str | None) -> None:
        relation = self._record.__registry_info__.relations[label_relations(self._record, registry)[0]]
        change = {"add": ids} | ({"feature": feature} if feature else {})
        given = {"id": global_id(self._record), "patch": {relation.graphql: change}}
        await mutate(type(self._record), "update", given)

    async def _linked(self, registry: str, feature: int) -> list[int]:
        relations = label_relations(self._record, registry)
        found = [link for relation in relations for link in await links_of(self._record, relation)]
        return [link.target for link in found if link.feature == feature]


def _refuse_others(labels: list[Any], feature: "ComparableFeature | None") -> None:
    """Refuse labels from other registries than the values of a feature are from."""
    if feature is None:
        return
    known = {name for name, _ in label_parts(feature.dtype_as_str)}
    for label in labels:
        if registry_name(label) not in known:
            kind = full_name_of(type(label))
            told = f"Feature(name={feature.name!r}, dtype={feature.dtype_as_str!r})"
            raise ValidationError(f"Label type {kind} is not valid for {told}.", hint=f"Take one with 'cat[{kind}]'.")
