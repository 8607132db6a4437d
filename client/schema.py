"""Schemas: what they are made of, and which of it may be missing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from . import background
from .errors import InvalidArgument, InvalidTypeError, InvalidValueError, NotSupportedError, ValidationError
from .field_names import FieldAttribute
from .inference import dtype_of_column
from .links import links_of
from .record import BaseRecord
from .schema_config import INDEX, OPTIONAL, ORDER, SchemaOptionals, config, configure, listed, listed_uids

if TYPE_CHECKING:
    import pandas as pd

    from .queryset import QuerySet

EXTERNAL = "__external__"
"""The slot of the features that an artifact is annotated with, which has nothing to do with the kind of its data."""


class SchemaRecord(BaseRecord):
    """A schema: a set of features, or of terms of a biological registry such as genes."""

    def __init__(
        self,
        features: Any = None,
        *,
        index: Any = None,
        slots: "Mapping[str, SchemaRecord] | None" = None,
        **fields: Any,
    ) -> None:
        """Make a schema of features or terms, each alone or with its configuration, or one of other schemas.

        >>> ln.Schema([donor, compound.with_config(optional=True)], name="samples")  # doctest: +SKIP
        >>> ln.Schema(slots={"obs": cells, "var.T": genes}, otype="AnnData")  # doctest: +SKIP

        Args:
            features: features, or terms of one biological registry.
            index: the feature that the index of a frame is.
            slots: the schemas of the parts of a dataset, which are saved.
            fields: `name`, `otype`, `flexible` and so on.

        Raises:
            InvalidArgument: if nothing is said of what it is made of, or a part is not saved.
        """
        known = (relation.name for relation in self.__registry_info__.relations.values() if relation.many)
        if not (features or index or slots or any(fields.get(name) for name in ("itype", "is_type", *known))):
            raise InvalidArgument("Please pass features or slots or itype or set is_type=True.")
        said = _members_said(features or [], index) if features or index else {}
        super().__init__(**said, **_slots_said(slots, fields) if slots else {}, **fields)

    @classmethod
    def from_values(
        cls,
        values: Any,
        field: Any = None,
        dtype: Any = None,
        name: str | None = None,
        *,
        mute: bool = False,
        organism: Any = None,
        source: Any = None,
        raise_validation_error: bool = True,
    ) -> "Self | None":
        """A schema of the features or terms that values name, to be saved.

        >>> ln.Schema.from_values(adata.var_names, bt.Gene.ensembl_gene_id, organism="human")  # doctest: +SKIP

        Args:
            values: names of features, or what else the field holds.
            field: the field; by default the name of features.
            dtype: the dtype of all members, where these are no features; by default "num".
            name: the name of the schema.
            mute: whether to keep silent.
            organism: of which organism terms are, a name or a record.
            source: a `bt.Source`.
            raise_validation_error: whether to refuse values that are not known, and not to leave them out.

        Raises:
            ValidationError: for values that are not known.
            ValueError: for no values.
        """
        given = list(values)
        if not given:
            raise InvalidValueError("Provide a list of at least one value.")
        registry = _registry_of(cls, field)
        known = registry.validate(given, field=field, mute=mute, organism=organism)
        unknown = [value for value, valid in zip(given, known, strict=True) if not valid]
        if unknown and raise_validation_error:
            hint = f"If there are no typos, add them to their registry: {registry.__name__}"
            raise ValidationError(f"These values could not be validated: {unknown}", hint=hint)
        found = [value for value, valid in zip(given, known, strict=True) if valid]
        members = registry.from_values(found, field=field, organism=organism, source=source, mute=mute)
        told: dict[str, Any] = {} if registry.__name__ == "Feature" else {"dtype": dtype or "num"}
        return cls(list(members), name=name, **told) if found else None

    @classmethod
    def from_dataframe(
        cls,
        df: "pd.DataFrame",
        field: Any = None,
        name: str | None = None,
        mute: bool = False,
        organism: Any = None,
        source: Any = None,
    ) -> "Self | None":
        """A schema of the features or terms that the columns of a frame name, to be saved; None if none is known.

        Raises:
            ValueError: if the columns of terms have several dtypes.
        """
        registry = _registry_of(cls, field)
        known = registry.validate(df.columns, field=field, mute=mute, organism=organism)
        if not known.any():
            return None
        if registry.__name__ == "Feature":
            return cls(list(registry.from_values(df.columns, field=field, mute=True)), name=name, otype="DataFrame")
        dtype, *others = {dtype_of_column(df[column]) for column in df.columns[known]}
        if others:
            raise InvalidValueError(f"data types are heterogeneous: {[dtype, *others]}")
        return cls.from_values(df.columns[known], field, dtype, name, mute=mute, organism=organism, source=source)

    from_df = from_dataframe

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
        preferred = listed_uids(self._aux, ORDER) if registry.__name__ == "Feature" else []
        ids = dict(registry.objects.filter(uid__in=preferred).values_list("uid", "id")) if preferred else {}
        first = [ids[uid] for uid in preferred if ids.get(uid) in linked]
        return registry.objects.in_sequence(dict.fromkeys([*first, *linked]))

    @property
    def dtype(self) -> str | None:
        """The type of the values, where all members have the same; None otherwise."""
        text: str | None = self._dtype_str
        return text

    @property
    def slots(self) -> "dict[str, SchemaRecord]":
        """The schemas that a schema of schemas is made of, by slot, such as `obs` and `var.T`."""
        given = self.__dict__.get("_given", {}).get("components")
        return dict(zip(given["slots"], given["add"], strict=True)) if given else schemas_by_slot(self, "components")

    @property
    def index(self) -> Any:
        """The feature that the index of a frame is; None if there is none. It is written when the schema is saved."""
        uid = config(self._aux).get(INDEX)
        return uid and self.__connection__.registry("Feature").objects.get(uid=uid)

    @index.setter
    def index(self, feature: Any) -> None:
        if self._values["id"] is None:
            raise InvalidArgument("Cannot set the index of an unsaved schema: pass index to Schema(…) instead.")
        configure(self, {INDEX: feature and feature.uid})

    def add(self, features: "BaseRecord | list[BaseRecord]", optional: bool = True) -> None:
        """Add one or several features, which datasets may lack, and save the schema.

        Raises:
            NotImplementedError: for features that datasets must not lack.
        """
        if not optional:
            raise NotSupportedError("add() takes optional features: others could make valid datasets invalid.")
        added = listed(features)
        self.features.add(*added)
        self.refresh_from_db()
        self.optionals.add(added)
        self.save()

    def remove(self, features: "BaseRecord | list[BaseRecord]") -> None:
        """Remove one or several features, and save the schema.

        Raises:
            NotImplementedError: from a schema that says all features that datasets may have.
        """
        if self.maximal_set:
            raise NotSupportedError(
                "Removing features from a schema with maximal_set=True could make datasets invalid."
            )
        self.features.remove(*listed(features))
        self.refresh_from_db()

    @property
    def _member_registry(self) -> str:
        """`bionty.Gene.ensembl_gene_id` are genes."""
        names = [name for name in (self.itype or "Feature").split(".") if name in self.__connection__.catalog]
        return names[0] if names else "Feature"

    @property
    def optionals(self) -> "SchemaOptionals":
        """The features that a dataset may lack."""
        return SchemaOptionals(self)


def _registry_of(schema: type[SchemaRecord], field: Any) -> Any:
    """The registry that a field is one of; features by default.

    Raises:
        TypeError: for anything else.
    """
    if field is not None and not isinstance(field, FieldAttribute):
        raise InvalidTypeError("Argument `field` must be a SQLRecord field, e.g., `Feature.name`.")
    return schema.__connection__.registry("Feature" if field is None else field.registry)


def _slots_said(slots: "Mapping[str, SchemaRecord]", fields: Mapping[str, Any]) -> dict[str, Any]:
    """The schemas of parts as values of a relation.

    Raises:
        InvalidArgument: if one is not saved, or the kind of the data is not said.
    """
    if fields.get("otype") is None and set(slots) != {EXTERNAL}:
        raise InvalidArgument("Please pass otype != None for composite schemas.")
    for slot, schema in slots.items():
        if schema.id is None:
            raise InvalidArgument(f"The schema for {slot}, {schema!r}, must be saved before use.")
    return {"components": {"add": list(slots.values()), "slots": list(slots)}}


def _members_said(features: Any, index: Any) -> dict[str, Any]:
    """The members of a schema as values of its relations, which of them are optional, and which is the index."""
    if hasattr(type(features), "__registry_info__"):
        raise InvalidValueError("Please pass a list of features, not a single one.")
    if index is not None and type(index).__name__ != "Feature":
        raise InvalidTypeError("index must be a Feature.")
    given = features if index is None else [index, *features]
    pairs = [item if isinstance(item, tuple) else (item, {}) for item in given]
    members = [member for member, _ in pairs]
    info = getattr(type(members[0]), "__registry_info__", None)
    optional = [member.uid for member, config in pairs if config.get("optional")]
    said = ({OPTIONAL: optional} if optional else {}) | ({INDEX: index.uid} if index else {})
    aux = {"_aux": {"af": said}} if said else {}
    return {"features" if info is None else info.plural_name: members, **aux}


def schemas_by_slot(record: BaseRecord, relation: str) -> dict[str, SchemaRecord]:
    """The schemas that a relation leads to, by the slots of its links."""
    links = background.run(links_of(record, relation))
    schemas = record.__connection__.registry("Schema").objects.in_bulk([link.target for link in links])
    return {str(link.slot): schemas[link.target] for link in links}
