"""Schemas: what they are made of, and which of it may be missing."""

from typing import TYPE_CHECKING, Any

from .record import BaseRecord

if TYPE_CHECKING:
    from .queryset import QuerySet


class SchemaRecord(BaseRecord):
    """A schema: a set of features, or of terms of a biological registry such as genes."""

    @property
    def members(self) -> "QuerySet":
        """The features or terms that it is made of; none for a schema of schemas.

        >>> ln.Schema.get(name="sample sheet").members.to_list("name")  # doctest: +SKIP
        """
        registry = self.__connection__.registry(self._member_registry)
        relation = registry.__registry_info__.plural_name
        if self.itype is None or relation not in self.__registry_info__.relations:
            return registry.objects.none()
        return getattr(self, relation)  # type: ignore[no-any-return]

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
