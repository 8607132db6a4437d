"""What records of some registries can do besides: one row in this table for each trait."""

from collections.abc import Callable

from .catalog import RegistryInfo
from .collection import CollectionRecord
from .describing import Described
from .feature import ComparableFeature
from .feature_manager import HasFeatures
from .files import HasFile
from .graphs import HasGraph, HasLineage
from .hierarchy import HasParents, Typed
from .label_manager import HasLabels
from .organisms import OfOrganism
from .provenance import HasRuns, HasTransform, OfTransform
from .public_records import FromSource
from .record import BaseRecord
from .schema import SchemaRecord
from .sheets import HasSheet
from .synonyms import HasSynonyms
from .versions import Versioned

TRAITS: tuple[tuple[Callable[[RegistryInfo], bool], type[BaseRecord]], ...] = (
    (lambda info: info.name == "Feature", ComparableFeature),
    (lambda info: info.name == "Schema", SchemaRecord),
    (lambda info: info.name == "Collection", CollectionRecord),
    (lambda info: info.has_features, HasFeatures),
    (lambda info: info.name in ("Artifact", "Collection"), HasLabels),
    (lambda info: info.name in ("Artifact", "Collection"), HasTransform),
    (lambda info: info.name == "Transform", HasRuns),
    (lambda info: info.name == "Run", OfTransform),
    (lambda info: info.name == "Record", HasSheet),
    (lambda info: info.is_versioned, Versioned),
    (lambda info: "organism_id" in info.fields and not info.fields["organism_id"].nullable, OfOrganism),
    (lambda info: info.module == "bionty" and "source" in info.relations, FromSource),
    (lambda info: {"parents", "children"} <= info.relations.keys(), HasParents),
    (lambda info: {"parents", "children"} <= info.relations.keys(), HasGraph),
    (lambda info: info.name == "Artifact", HasLineage),
    (lambda info: info.name == "Artifact", HasFile),
    (lambda info: "is_type" in info.fields, Typed),
    (lambda info: "synonyms" in info.fields, HasSynonyms),
    (lambda info: True, Described),
)
"""Which registries have which trait."""


def traits(info: RegistryInfo) -> tuple[type[BaseRecord], ...]:
    """The classes that a registry's records derive from."""
    return (*(trait for applies, trait in TRAITS if applies(info)), BaseRecord)
