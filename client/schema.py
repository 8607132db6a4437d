"""Schemas: what they are made of, and which of it may be missing."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from . import background
from .errors import InvalidArgument, InvalidTypeError, InvalidValueError
from .links import links_of
from .record import BaseRecord

if TYPE_CHECKING:
    from .queryset import QuerySet


OPTIONAL, ORDER = "1", "2"
"""Under which keys of `_aux["af"]` LaminDB keeps lists of features: those that are optional, and how they are shown."""


class SchemaRecord(BaseRecord):
    """A schema: a set of features, or of terms of a biological registry such as genes."""

    def __init__(self, features: Any = None, **fields: Any) -> None:
        """Make a schema of features or terms, each alone or with its configuration.

        >>> ln.Schema([donor, compound.with_config(optional=True)], name="samples")  # doctest: +SKIP

        Raises:
            InvalidArgument: if nothing is said of what it is made of.
        """
        known = (relation.name for relation in self.__registry_info__.relations.values() if relation.many)
        if not (features or any(fields.get(name) for name in ("itype", "is_type", *known))):
            raise InvalidArgument("Please pass features or itype, or set is_type=True.")
        super().__init__(**_members_said(features) if features else {}, **fields)

    @property
    def members(self) -> "QuerySet":
        """The features or terms that it is made of, in the order that it says or they were added; else none.

        >>> ln.Schema.get(name="sample sheet").members.to_list("name")  # doctest: +SKIP
        """
        registry = self.__connection__.registry(self._member_registry)
        relation = registry.__registry_info__.plural_name
        if self.itype in (None, "Composite") or self.is_type or relation not in self.__registry_info__.relations:
            return registry.objects.none()
        linked = [link.target for link in background.run(links_of(self, relation))]
        preferred = _uids(self._aux, ORDER) if registry.__name__ == "Feature" else []
        ids = dict(registry.objects.filter(uid__in=preferred).values_list("uid", "id")) if preferred else {}
        first = [ids[uid] for uid in preferred if ids.get(uid) in linked]
        return registry.objects.in_sequence(dict.fromkeys([*first, *linked]))

    @property
    def dtype(self) -> str | None:
        """The type of the values, where all members have the same; None otherwise."""
        return self._dtype_str  # type: ignore[no-any-return]

    @property
    def slots(self) -> "dict[str, SchemaRecord]":
        """The schemas that a schema of schemas is made of, by slot, such as `obs` and `var.T`."""
        return schemas_by_slot(self, "components")

    @property
    def _member_registry(self) -> str:
        """`bionty.Gene.ensembl_gene_id` are genes."""
        names = [name for name in (self.itype or "Feature").split(".") if name in self.__connection__.catalog]
        return names[0] if names else "Feature"

    @property
    def optionals(self) -> "SchemaOptionals":
        """The features that a dataset may lack."""
        return SchemaOptionals(self)


def _members_said(features: Any) -> dict[str, Any]:
    """The members of a schema as values of its relations, and which of them are optional."""
    if hasattr(type(features), "__registry_info__"):
        raise InvalidValueError("Please pass a list of features, not a single one.")
    pairs = [item if isinstance(item, tuple) else (item, {}) for item in features]
    members = [member for member, _ in pairs]
    info = getattr(type(members[0]), "__registry_info__", None)
    optional = [member.uid for member, config in pairs if config.get("optional")]
    aux = {"_aux": {"af": {OPTIONAL: optional}}} if optional else {}
    return {"features" if info is None else info.plural_name: members, **aux}


def schemas_by_slot(record: BaseRecord, relation: str) -> dict[str, SchemaRecord]:
    """The schemas that a relation leads to, by the slots of its links."""
    links = background.run(links_of(record, relation))
    schemas = record.__connection__.registry("Schema").objects.in_bulk([link.target for link in links])
    return {str(link.slot): schemas[link.target] for link in links}


class SchemaOptionals:
    """The optional features of a schema. What is changed is written when the schema is saved.

    >>> schema.optionals.add(ln.Feature.get(name="donor"))  # doctest: +SKIP
    >>> schema.save()  # doctest: +SKIP
    """

    def __init__(self, schema: SchemaRecord) -> None:
        self.schema = schema

    def get_uids(self) -> list[str]:
        """Their uids."""
        return optional_uids(self.schema._aux)

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
        kept = _mapping(schema._aux)
        schema._aux = kept | {"af": _mapping(kept.get("af")) | {OPTIONAL: list(dict.fromkeys(uids))}}


def _listed(features: Any) -> "list[BaseRecord]":
    return features if isinstance(features, list) else [features]


def optional_uids(aux: Any) -> list[str]:
    """The uids of optional features in the column `_aux` of a schema, which may hold any JSON."""
    return _uids(aux, OPTIONAL)


def _uids(aux: Any, key: str) -> list[str]:
    found = _mapping(_mapping(aux).get("af")).get(key)
    return [uid for uid in found if isinstance(uid, str)] if isinstance(found, list) else []


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
