"""Django's paths: `run__transform__key__startswith` leads over relations to a field, checked against the catalog."""

from collections.abc import Mapping
from dataclasses import dataclass

from .catalog import Catalog, Field, RegistryInfo, Relation
from .errors import FieldError
from .lookups import LOOKUPS
from .suggestions import did_you_mean


class UnknownFieldError(FieldError):
    """A path that begins with no field of its registry; it may be the name of a feature."""


def unknown_field(info: RegistryInfo, name: str) -> UnknownFieldError:
    """Say that a registry has no such field."""
    hint = did_you_mean(name, info.available_fields)
    available = f"Available fields: {', '.join(info.available_fields)}"
    return UnknownFieldError(f"Unknown field '{name}'. {available}.", hint=hint or None)


@dataclass(frozen=True)
class Path:
    """A resolved path: relations, a field or a last relation, and what of it is compared how."""

    steps: tuple[Relation, ...]
    field: Field | None
    rest: tuple[str, ...]


def resolve(catalog: Catalog, info: RegistryInfo, keyword: str) -> Path:
    """Follow a path as far as it names fields and relations; what is left are parts, keys and the lookup."""
    steps: list[Relation] = []
    names = expand_alias(info, keyword).split("__")
    for place, name in enumerate(names):
        if field := info.fields.get("id" if name == "pk" else name):
            return Path(tuple(steps), field, tuple(names[place + 1 :]))
        relation = info.relations.get(name)
        if relation is None:
            if not steps:
                raise unknown_field(info, name)
            if name in LOOKUPS:
                return Path(tuple(steps), None, tuple(names[place:]))
            raise FieldError(
                f"Unsupported lookup '{name}' for {steps[-1].name}: {info.name} has no such field.",
                hint=did_you_mean(name, info.available_fields) or None,
            )
        steps.append(relation)
        info = catalog[relation.target]
    return Path(tuple(steps), None, ())


ALIASES: Mapping[str, Mapping[str, str]] = {
    "Artifact": {"transform": "run__transform", "feature_sets": "schemas"},
    "Feature": {"dtype_as_str": "_dtype_str", "dtype": "_dtype_str"},
}
"""Other names of fields that LaminDB takes."""


def expand_alias(info: RegistryInfo, keyword: str) -> str:
    """Replace another name at the beginning of a path by the field's."""
    head, separator, rest = keyword.partition("__")
    aliases = dict(ALIASES.get(info.name, {}))
    if info.is_versioned:
        aliases["version"] = "version_tag"
    return aliases.get(head, head) + separator + rest
