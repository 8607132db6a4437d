"""Schemas: what they are made of, and which of it may be missing."""

from typing import TYPE_CHECKING, Any

from . import background
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
    """The optional features of a schema."""

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
