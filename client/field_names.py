"""Fields as arguments: `"name"` and `bt.CellType.name` are the same."""

from dataclasses import dataclass
from typing import Any

from .catalog import Field, RegistryInfo, Relation
from .errors import FieldError, InvalidTypeError
from .paths import expand_alias, unknown_field
from .suggestions import did_you_mean


class NoAttributeError(FieldError, AttributeError):
    """A field as an argument that its registry does not have; LaminDB looks it up as an attribute."""


@dataclass(frozen=True)
class FieldAttribute:
    """A field as an attribute of its registry, `bt.CellType.name`."""

    registry: str
    field: Field

    def __repr__(self) -> str:
        return f"FieldAttr({self.registry}.{self.field.name})"


@dataclass(frozen=True)
class RelationAttribute:
    """A relation as an attribute of its registry, `ln.Artifact.ulabels`."""

    registry: str
    relation: Relation

    def __repr__(self) -> str:
        several = "any number of" if self.relation.many else "one"
        return f"Relation({self.registry}.{self.relation.name}: {several} {self.relation.target})"


def field_of(info: RegistryInfo, field: Any) -> Field:
    """Find a field by its name or as an attribute of its registry; None is the field by which people know a record.

    Raises:
        FieldError: if there is none of that name.
        InvalidTypeError: for anything else.
    """
    if field is None:
        return info.fields[info.name_field or "uid"]
    name = field.field.name if isinstance(field, FieldAttribute) else field
    if not isinstance(name, str):
        raise InvalidTypeError(f"{field!r} is no field: pass a name or, for example, {info.name}.{info.name_field}.")
    name = expand_alias(info, name)
    if name not in info.fields:
        unknown = unknown_field(info, name)
        raise NoAttributeError(unknown.message, hint=unknown.hint)
    return info.fields[name]


def text_field_of(info: RegistryInfo, field: Any) -> Field:
    """As `field_of`, of fields that hold text.

    Raises:
        FieldError: if there is none of that name, or it holds no text.
    """
    found = field_of(info, field)
    if found.kind != "String":
        texts = [name for name, other in info.fields.items() if other.kind == "String"]
        hint = did_you_mean(found.name, texts) or f"Fields with text are {', '.join(texts)}."
        raise FieldError(f"{info.name}.{found.name} holds no text, but {found.kind}.", hint=hint)
    return found
