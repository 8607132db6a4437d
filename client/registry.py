"""Registries: classes made from what the server tells, with the query methods of LaminDB."""

from typing import TYPE_CHECKING, Any, TypeVar

from .documents import Source
from .errors import MultipleObjectsReturned, ObjectDoesNotExist
from .field_names import FieldAttribute, RelationAttribute
from .finding import FindingRegistry
from .suggestions import did_you_mean

if TYPE_CHECKING:
    import pandas as pd

    from .catalog import Catalog, RegistryInfo
    from .connection import Connection
    from .documents import Selection
    from .peers import Peers
    from .queryset import QuerySet

R = TypeVar("R")


class Registry(FindingRegistry, type):
    """The class of registries: what can be asked of `ln.Artifact` itself."""

    __registry_info__: "RegistryInfo"
    __connection__: "Connection"
    __query_set__: type["QuerySet"]
    __basic_query_set__: type["QuerySet"]
    DoesNotExist: type[ObjectDoesNotExist]
    MultipleObjectsReturned: type[MultipleObjectsReturned]

    @property
    def objects(cls) -> "QuerySet":
        """All records, on whatever branch."""
        from .lazy import Query

        return cls.__basic_query_set__(cls, Query(Source(cls.__registry_info__), ruled=False))

    @property
    def __rows__(cls) -> "QuerySet":
        """All records, of which filtering shows those on the main branch."""
        from .lazy import Query

        return cls.__query_set__(cls, Query(Source(cls.__registry_info__)))

    def filter(cls: type[R], *conditions: Any, **fields: Any) -> "QuerySet[R]":
        """The records that meet all conditions, on the main branch unless another is asked for.

        >>> ln.Artifact.filter(suffix=".csv", created_by__handle="testuser1")  # doctest: +SKIP
        """
        return cls.__rows__.filter(*conditions, **fields)  # type: ignore[attr-defined, no-any-return]  # type[R] hides it

    def get(cls: type[R], id_or_uid: Any = None, *conditions: Any, **fields: Any) -> R:
        """The one record with this integer id, this uid or its beginning, or that meets the conditions.

        >>> ln.Artifact.get(key="my_image.jpg")  # doctest: +SKIP

        Raises:
            DoesNotExist: if there is none.
            MultipleObjectsReturned: if there are several.
        """
        return cls.__rows__.get(id_or_uid, *conditions, **fields)  # type: ignore[attr-defined, no-any-return]  # type[R] hides it

    def to_dataframe(cls, **options: Any) -> "pd.DataFrame":
        """The newest records on the main branch as a pandas DataFrame; options as of `QuerySet.to_dataframe`."""
        return cls.filter().to_dataframe(**options)

    df = to_dataframe

    def connect(cls, instance: str, token: str | None = None) -> "QuerySet":
        """The records of this registry in another instance, by its name, address or path.

        >>> ln.Record.connect("http://…").filter(name="DMSO")  # doctest: +SKIP
        """
        from .connection import find, registry_of

        return registry_of(find(instance, token), cls.__registry_info__.name).filter()

    def __from_row__(cls, row: dict[str, Any], selection: "Selection", peers: "Peers") -> Any:
        """Make a record from a row of an answer."""
        record: Any = object.__new__(cls)  # type: ignore[arg-type]  # it is a class
        record._fill(row, selection, peers)
        return record

    async def __by_ids__(cls, ids: list[int]) -> list[Any]:
        """The records with these integer ids, in any order."""
        return await cls.objects.filter(id__in=ids)._reader().results()

    def __getattr__(cls, name: str) -> Any:
        """Give a field, to be named as an argument: `bt.CellType.search("t cell", field=bt.CellType.name)`."""
        info = None if name.startswith("__") else getattr(cls, "__registry_info__", None)
        if info is not None and name in info.relations:
            return RelationAttribute(info.name, info.relations[name])
        if info is None or name not in info.fields:
            hint = did_you_mean(name, [*info.fields, *dir(type(cls))]) if info else ""
            raise AttributeError(f"{cls.__name__} has no attribute '{name}'. {hint}".rstrip())
        return FieldAttribute(info.name, info.fields[name])

    def __dir__(cls) -> list[str]:
        info = cls.__registry_info__
        methods = (name for name in dir(type(cls)) if not name.startswith("_") and not hasattr(type, name))
        return sorted({*super().__dir__(), *methods, *info.available_fields})

    def __repr__(cls) -> str:
        info = cls.__dict__.get("__registry_info__")
        return super().__repr__() if info is None else overview(cls.__connection__.catalog, info)


def overview(catalog: "Catalog", info: "RegistryInfo") -> str:
    """Tell what a registry has, as LaminDB prints it: columns, relations, and relations to other modules."""
    sections: dict[str, list[str]] = {"Simple fields": [], "Relational fields": []}
    keys = {f"{name}_id" for name in info.relations}
    for field in info.fields.values():
        if not field.private and field.name not in keys:
            sections["Simple fields"].append(f".{field.name}: {DJANGO_FIELDS.get(field.kind, field.kind)}")
    for relation in info.relations.values():
        module, target = catalog[relation.target].module, relation.target
        apart = module not in (info.module, "lamindb")
        heading = f"{module.capitalize()} fields" if apart else "Relational fields"
        if not relation.name.startswith("_"):
            sections.setdefault(heading, []).append(f".{relation.name}: {f'{module}.{target}' if apart else target}")
    lines = [line for heading, found in sections.items() for line in (f"  {heading}", *(f"    {one}" for one in found))]
    return "\n".join([info.name, *lines])


DJANGO_FIELDS = {
    "String": "CharField",
    "Int": "IntegerField",
    "BigInt": "BigIntegerField",
    "Float": "FloatField",
    "Boolean": "BooleanField",
    "DateTime": "DateTimeField",
    "Date": "DateField",
    "JSON": "JSONField",
}
"""What LaminDB calls the kinds of columns."""


NAMED_AFTER = ("Artifact", "Record")
"""The registries whose query sets LaminDB calls after them, `ArtifactQuerySet`."""


def make_registry(connection: "Connection", info: "RegistryInfo") -> Registry:
    """Make the class of a registry, with its query set and its exceptions."""
    from .queryset import QuerySet
    from .traits import traits

    prefix = info.name if info.name in NAMED_AFTER else ""
    missing = type("DoesNotExist", (ObjectDoesNotExist,), {"__module__": "lnql.errors"})
    several = type("MultipleObjectsReturned", (MultipleObjectsReturned,), {"__module__": "lnql.errors"})
    namespace = {
        "__doc__": info.description,
        "__module__": "lnql",
        "__registry_info__": info,
        "__connection__": connection,
        "__query_set__": type(f"{prefix}QuerySet", (QuerySet,), {"__module__": "lnql"}),
        "__basic_query_set__": type(f"{prefix}BasicQuerySet", (QuerySet,), {"__module__": "lnql"}),
        "DoesNotExist": missing,
        "MultipleObjectsReturned": several,
    }
    return Registry(info.name, traits(info), namespace)
