"""What is to be written of a record, as the input of a mutation."""

import types
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .catalog import RegistryInfo, Relation
from .errors import (
    FieldError,
    FieldValidationError,
    IntegrityError,
    InvalidArgument,
    InvalidTypeError,
    InvalidValueError,
    ValidationError,
)
from .field_names import FieldAttribute
from .suggestions import did_you_mean
from .values import encode, to_json


class NoRecordError(FieldError, InvalidTypeError, InvalidValueError):
    """What is no record of the registry that a relation leads to.

    A ValueError for Django, a TypeError for LaminDB, and a FieldError where LaminDB looks for a record of that name.
    """


KEYWORDS: Mapping[str, str] = {"version": "version_tag", "dtype": "_dtype_str", "dtype_as_str": "_dtype_str"}
"""Keywords that LaminDB takes for fields of another name."""


def by_field(info: RegistryInfo, values: Mapping[str, Any]) -> dict[str, Any]:
    """What is said by other names, by the names of the fields; dtypes as they are written."""
    named = {KEYWORDS.get(name, name) if name not in info.fields else name: value for name, value in values.items()}
    return {name: WRITTEN_AS[name](value) if name in WRITTEN_AS else value for name, value in named.items()}


def patch_of(info: RegistryInfo, values: Mapping[str, Any]) -> dict[str, Any]:
    """The patch that says some values of fields and relations, by their Python names.

    Raises:
        FieldValidationError: for a name that is no field or relation.
        InvalidValueError: for a value of another type, or a record that is not saved.
    """
    return dict(_entry(info, name, value) for name, value in by_field(info, values).items())


def refuse_nulls(info: RegistryInfo, values: Mapping[str, Any]) -> None:
    """Refuse to take a value away that is needed; LaminDB's database does.

    Raises:
        IntegrityError: for the first such field.
    """
    needed = [name for name, value in values.items() if value is None and name in info.fields]
    if name := next((name for name in needed if not info.fields[name].nullable), None):
        raise IntegrityError(f"{info.name}.{name} needs a value; it cannot be None.")


def _entry(info: RegistryInfo, name: str, value: Any) -> tuple[str, Any]:
    if name == "features" and info.has_features:
        return "features", {"set": feature_entries(value)}
    if name == "revises":
        return "revises", None if value is None else global_id(value)
    if relation := info.relations.get(name):
        return relation.graphql, _related(relation, value)
    field = info.fields.get(name)
    if field is None:
        hint = did_you_mean(name, [*info.fields, *info.relations])
        raise FieldValidationError(f"{info.name} has no field '{name}'.", hint=hint or None)
    if relation := info.relations.get(name.removesuffix("_id")):
        return relation.graphql, None if value is None else f"{relation.target}:{encode(field.kind, value, name)}"
    return field.graphql, None if value is None else _encoded(field.kind, value, name)


def _encoded(kind: str, value: Any, name: str) -> Any:
    try:
        return encode(kind, value, name)
    except ValidationError as error:
        raise FieldValidationError(error.message) from error


def _related(relation: Relation, value: Any) -> Any:
    if isinstance(value, Mapping):
        return {how: _linked(relation, how, records) for how, records in value.items()}
    if relation.many:
        records = [value] if hasattr(type(value), "__registry_info__") else value
        return {"set": [global_id(record, relation.target) for record in records]}
    if value is not None and registry_name(value) != relation.target:
        message = f"Cannot assign {value!r}: {relation.name} must be a '{relation.target}' instance."
        raise NoRecordError(
            message, hint=f"Get it first: {relation.target}.get(…)." if isinstance(value, str) else None
        )
    return None if value is None else global_id(value)


def _linked(relation: Relation, how: str, records: Iterable[Any]) -> list[str]:
    """What is said of the links of a relation: records by their global ids, or the slots of the links."""
    return [record if how == "slots" else global_id(record, relation.target) for record in records]


def registry_name(record: Any) -> str:
    """The name of a record's registry; empty for anything else."""
    return getattr(getattr(type(record), "__registry_info__", None), "name", "")


def global_id(record: Any, registry: str = "") -> str:
    """The global id of a saved record.

    Raises:
        InvalidTypeError: for anything but a record of the registry.
        InvalidValueError: if it is not saved.
    """
    name = registry_name(record)
    if not name or (registry and name != registry):
        raise InvalidTypeError(f"'{registry or 'record'}' instance expected, got {record!r}.")
    if record.id is None:
        raise InvalidValueError(f"{record!r} is not saved.", hint="Call its save() first.")
    return f"{name}:{record.id}"


def records_of(records: Iterable[Any], registry: str) -> list[str]:
    """The global ids of records, integer ids, query sets and lists of records."""
    ids: list[str] = []
    for record in records:
        if isinstance(record, str):
            raise InvalidValueError(
                f"Field 'id' expected a number but got {record!r}.", hint=f"Get it: {registry}.get(…)."
            )
        if isinstance(record, int):
            ids.append(f"{registry}:{record}")
            continue
        several = not hasattr(type(record), "__registry_info__") and hasattr(record, "__iter__")
        ids += records_of(record, registry) if several else [global_id(record, registry)]
    return ids


def feature_entries(values: Mapping[Any, Any]) -> list[dict[str, Any]]:
    """The values of features as entries: by the feature's name, or by the feature itself.

    Raises:
        InvalidTypeError: for other keys.
    """
    return [_feature_entry(feature, value) for feature, value in values.items()]


def _feature_entry(feature: Any, value: Any) -> dict[str, Any]:
    if not isinstance(feature, str) and registry_name(feature) != "Feature":
        raise InvalidTypeError(f"A value is said by the name of a feature or by a feature, not by {feature!r}.")
    named = {"name": feature} if isinstance(feature, str) else {"uid": feature.uid}
    values = value if isinstance(value, list | tuple | set) else [value]
    if values and all(hasattr(type(one), "__registry_info__") for one in values):
        return named | {"labels": [global_id(one) for one in values]}
    return named | {"value": to_json(value, str(named.get("name") or feature.name))}


def dtype_text(dtype: Any) -> Any:
    """A dtype as LaminDB writes it, from Python types, registries, fields and types of records.

    >>> dtype_text(int), dtype_text(list[str])
    ('int', 'list[str]')
    """
    if isinstance(dtype, list):
        return f"cat[{'|'.join(dtype_text(one).removeprefix('cat[').removesuffix(']') for one in dtype)}]"
    if isinstance(dtype, types.GenericAlias):
        return f"list[{dtype_text(dtype.__args__[0])}]"
    if isinstance(dtype, FieldAttribute):
        return f"cat[{_full_name(dtype.registry)}.{dtype.field.name}]"
    if isinstance(dtype, type):
        return f"cat[{full_name_of(dtype)}]" if hasattr(dtype, "__registry_info__") else dtype.__name__
    if hasattr(type(dtype), "__registry_info__"):
        if not dtype.is_type:
            name = getattr(dtype, "name", dtype.uid)
            raise InvalidArgument(f"Cannot serialize non-type {registry_name(dtype)} {name!r}: only types are dtypes.")
        return f"cat[{full_name_of(type(dtype))}[{dtype.uid}]]"
    return dtype


def _itype(itype: Any) -> str | None:
    """What the members of a schema are, as LaminDB writes it: `bionty.Gene`, `bionty.Gene.ensembl_gene_id`."""
    return None if itype is None else str(dtype_text(itype)).removeprefix("cat[").removesuffix("]")


WRITTEN_AS: Mapping[str, Callable[[Any], Any]] = {"_dtype_str": dtype_text, "itype": _itype}
"""Fields that are said by Python types and registries, and how they are written."""


def full_name_of(registry: Any) -> str:
    """What LaminDB calls a registry: `ULabel`, `bionty.CellType`."""
    info: RegistryInfo = registry.__registry_info__
    return info.name if info.module == "lamindb" else f"{info.module}.{info.name}"


def _full_name(registry: str) -> str:
    from .connection import current

    return full_name_of(current().registry(registry))
