"""Declarations of registries for editors and type checkers: `declared.pyi`, written from what a server tells.

At run time registries are made from the instance that is connected to; `declared.pyi` declares those of LaminDB and
bionty.
"""

from collections.abc import Iterable, Iterator, Mapping

from .catalog import Catalog, Field, RegistryInfo, Relation
from .managers import RelatedManager
from .traits import traits

KINDS: Mapping[str, str] = {
    "Int": "int",
    "BigInt": "int",
    "Float": "float",
    "Boolean": "bool",
    "DateTime": "datetime",
    "Date": "date",
    "JSON": "Any",
}
"""What the scalars are in Python; all others are text."""

HEAD = '''"""The registries of LaminDB and bionty, for editors and type checkers; written by `lnql.stubs`, see there."""

from datetime import date, datetime
from typing import Any

'''


def declare(catalog: Catalog) -> str:
    """Write the declarations of all registries."""
    bases = {trait for info in catalog.values() for trait in traits(info)}
    classes = ["\n".join(_class(catalog[name])) for name in sorted(catalog)]
    return HEAD + "\n".join(_imports({RelatedManager, *bases})) + "\n\n" + "\n\n".join(classes) + "\n"


def _imports(classes: Iterable[type]) -> Iterator[str]:
    """One line for each file of the client that classes come from."""
    files: dict[str, list[str]] = {}
    for cls in sorted(classes, key=lambda cls: cls.__name__):
        files.setdefault(cls.__module__.rpartition(".")[2], []).append(cls.__name__)
    for file, names in sorted(files.items()):
        yield f"from .{file} import {', '.join(names)}"


def _class(info: RegistryInfo) -> Iterator[str]:
    bases = traits(info)
    yield f"class {info.name}({', '.join(base.__name__ for base in bases)}):"
    yield f'    """{info.description}"""'
    yield ""
    taken = {name for base in bases for cls in base.__mro__ for name in vars(cls)}
    for field in info.fields.values():
        if field.name not in taken:
            yield f"    {field.name}: {_field_type(field)}"
    for relation in info.relations.values():
        if relation.name not in taken:
            yield f"    {relation.name}: {_relation_type(info, relation)}"


def _field_type(field: Field) -> str:
    kind = KINDS.get(field.kind, "str")
    return f"{kind} | None" if field.nullable and kind != "Any" else kind


def _relation_type(info: RegistryInfo, relation: Relation) -> str:
    if relation.many:
        return f"RelatedManager[{relation.target}]"
    key = info.foreign_key(relation)
    return relation.target if key and not key.nullable else f"{relation.target} | None"
