"""Schemas: what they are made of, and which of it may be missing."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from . import background
from .errors import InvalidTypeError, InvalidValueError
from .links import links_of
from .record import BaseRecord

if TYPE_CHECKING:
    from .queryset import QuerySet


class SchemaRecord(BaseRecord):
    """A schema: a set of features, or of terms of a biological registry such as genes."""

    @property
    def members(self) -> "QuerySet":
        """The features or terms that it is made of, in the order they were added; none for a schema of schemas.

        >>> ln.Schema.get(name="sample sheet").members.to_list("name")  # doctest: +SKIP
        """
        registry = self.__connection__.registry(self._member_registry)
        relation = registry.__registry_info__.plural_name
        if self.itype in (None, "Composite") or self.is_type or relation not in self.__registry_info__.relations:
            return registry.objects.none()
        links = background.run(links_of(self, relation))
        return registry.objects.in_sequence(dict.fromkeys(link.target for link in links))

    @property
    def _member_registry(self) -> str:
        """`bionty.Gene.ensembl_gene_id` are genes."""
        names = [name for name in (self.itype or "Feature").split(".") if name in self.__connection__.catalog]
        return names[0] if names else "Feature"

    @property
    def optionals(self) -> "SchemaOptionals":
        """The features that a dataset may lack."""
        return SchemaOptionals(self)


class SchemaOptionals:
    """The optional features of a schema. What is changed is written when the schema is saved.

    >>> schema.optionals.add(ln.Feature.get(name="donor"))  # doctest: +SKIP
    >>> schema.save()  # doctest: +SKIP
    """

    def __init__(self, schema: SchemaRecord) -> None:
        self.schema = schema

    def get_uids(self) -> list[str]:
        """Their uids."""
        kept: Any = self.schema._aux or {}
        return list(kept.get("af", {}).get("1", ()))

    def get(self) -> "QuerySet":
        """The features themselves."""
        uids = self.get_uids()
        features = self.schema.__connection__.registry("Feature").objects
        return features.filter(uid__in=uids) if uids else features.none()

    def set(self, features: "list[BaseRecord]") -> None:
        """Let these features be optional and no others.

        Raises:
            TypeError: for anything but a list of features.
            ValueError: for a feature that the schema does not have.
        """
        if not isinstance(features, list):
            raise InvalidTypeError("features must be a list of Feature records!")
        self._keep(self._uids_of(features))

    def add(self, features: "BaseRecord | list[BaseRecord]") -> None:
        """Let one or several features be optional too. Where none is required anyway, this changes nothing.

        Raises:
            TypeError: for anything but features.
            ValueError: for a feature that the schema does not have.
        """
        if self.schema.minimal_set is not False:
            self._keep([*self.get_uids(), *self._uids_of(_listed(features))])

    def remove(self, features: "BaseRecord | list[BaseRecord]") -> None:
        """Let one or several features be required.

        Raises:
            TypeError: for anything but features.
            ValueError: for a feature that the schema does not have.
        """
        required = self._uids_of(_listed(features))
        self._keep([uid for uid in self.get_uids() if uid not in required])

    def _uids_of(self, features: "list[BaseRecord]") -> list[str]:
        if not all(type(feature).__name__ == "Feature" for feature in features):
            raise InvalidTypeError("features must be a list of Feature records!")
        uids = [str(feature.uid) for feature in features]
        members = set(self.schema.members.to_list("uid"))
        absent = [feature for feature in features if feature.uid not in members]
        if absent:
            raise InvalidValueError(f"{absent[0]!r} is no feature of the schema.", hint="Add it to schema.features.")
        return uids

    def _keep(self, uids: Iterable[str]) -> None:
        schema: Any = self.schema
        kept = schema._aux or {}
        schema._aux = kept | {"af": kept.get("af", {}) | {"1": list(dict.fromkeys(uids))}}


def _listed(features: Any) -> "list[BaseRecord]":
    return features if isinstance(features, list) else [features]
