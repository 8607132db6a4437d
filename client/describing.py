"""`describe()`: what there is to know about a record, as a tree; of a registry, what it has."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from .documents import KEY, Selection, everything
from .feature_manager import VALUES
from .label_manager import LABELS
from .peers import Peers
from .record import BaseRecord
from .registry import overview

if TYPE_CHECKING:
    from .catalog import Catalog, RegistryInfo, Relation
    from .connection import Connection

LAST = ("branch", "space", "created_at", "created_by")
FACTS: Mapping[str, tuple[str, ...]] = {
    "Artifact": (
        "uid",
        "run",
        "kind",
        "otype",
        "hash",
        "size",
        *LAST,
        "n_observations",
        "n_files",
        "schema",
        "storage",
    ),
    "Run": ("uid", "transform", "started_at", "finished_at", "status", "reference", *LAST, "report", "environment"),
    "Transform": ("uid", "reference", "hash", "kind", *LAST),
    "Collection": ("uid", "run", *LAST),
    "Branch": ("status", "space", "created_at", "created_by"),
    "Schema": ("uid", "run", "itype", "otype", "suffix", "ordered_set", "maximal_set", "minimal_set", *LAST),
    "Record": ("uid", "run", "type", "is_type", "schema", "reference", *LAST),
}
"""What is said of a record, by its registry, in LaminDB's order."""
COMMON = (
    *("uid", "run", "type", "_dtype_str", "unit", "ontology_id", "abbr", "synonyms", "source", "is_type", "reference"),
    *LAST,
)
"""The same of all other registries, as far as they have it; LaminDB says no more than what they are called."""

LABELS_READ = 11
"""One label more than are shown."""
SLOTS = 100
MEMBERS = 1000
FEATURE = f"{KEY} uid name dtype nullable coerce defaultValue"


class _OfClassOrRecord:
    """`ln.Artifact.describe()` is an overview of the registry, `artifact.describe()` describes the record."""

    def __get__(self, record: Any, registry: Any) -> Callable[..., str | None]:
        describe: Callable[..., str | None] = registry.filter().describe if record is None else record._describe
        return describe


class Described(BaseRecord):
    """A record that can be described."""

    describe = _OfClassOrRecord()

    def _describe(self, return_str: bool = False) -> str | None:
        """Show what there is to know about the record as a tree; one request.

        Args:
            return_str: whether to give the tree as plain text instead.

        Raises:
            DoesNotExist: if the record is gone.
        """
        from .descriptions import draw

        return _show(draw, self, return_str)


def describe_features(record: BaseRecord, return_str: bool) -> str | None:
    """Show the features of a record, or give the tree as text."""
    from .descriptions import draw_features

    return _show(draw_features, record, return_str)


def describe_labels(record: BaseRecord, return_str: bool) -> str | None:
    """Show the labels of a record, or give the tree as text."""
    from .descriptions import draw_labels

    return _show(draw_labels, record, return_str)


def _show(draw: Callable[[BaseRecord, Any], Any], record: BaseRecord, return_str: bool) -> str | None:
    from .trees import show

    connection, info = record.__connection__, record.__registry_info__
    row = connection.ask(_document(connection.catalog, record), {"id": record.id})["row"]
    if row is None:
        raise type(record).DoesNotExist(f"{record!r} does not exist any more.")
    row = _with_names_of_types(connection, row)
    known = type(record).__from_row__(row, _columns(connection.catalog, info), Peers())
    return show(draw(known, row), return_str)


TYPED = re.compile(r"(Record|ULabel)\[(\w{8,16})\]")
"""A part of a dtype that names a type of labels by its uid."""


def _with_names_of_types(connection: "Connection", row: Any) -> Any:
    """A row whose dtypes name types of labels as people do: `cat[Record[Compounds]]`; what is new costs a request."""
    text = json.dumps(row)
    for registry in ("Record", "ULabel"):
        uids = {uid for name, uid in TYPED.findall(text) if name == registry}
        types = connection.registry(registry).objects.filter(uid__in=uids) if uids else None
        for uid, name in () if types is None else types.values_list("uid", "name"):
            text = text.replace(f"{registry}[{uid}]", f"{registry}[{json.dumps(name)[1:-1]}]")
    return json.loads(text)


def describe_registry(catalog: "Catalog", info: "RegistryInfo", return_str: bool) -> str | None:
    """Show what a registry has, or give it as text."""
    from .trees import show_text

    text = overview(catalog, info)
    if return_str:
        return text
    show_text(text)
    return None


def facts_of(info: "RegistryInfo") -> list[str]:
    """The fields and relations that tell what a record is, as far as its registry has them."""
    names = FACTS.get(info.name, COMMON)
    return [name for name in names if name in info.fields or name in info.relations]


def labels_of(info: "RegistryInfo") -> "list[Relation]":
    """The relations from an artifact or a collection to its labels."""
    if info.name not in ("Artifact", "Collection"):
        return []
    apart = ("linked_in_", "linked_by_", "_")
    return [
        relation
        for relation in info.relations.values()
        if relation.many and relation.target in LABELS and not relation.name.startswith(apart)
    ]


def members_of(catalog: "Catalog") -> "list[Relation]":
    """The relations from a schema to what it may be made of: features, genes and so on."""
    return [
        relation
        for relation in catalog["Schema"].relations.values()
        if relation.many and relation.name == catalog[relation.target].plural_name and _measured(catalog, relation)
    ]


def _measured(catalog: "Catalog", relation: "Relation") -> bool:
    return relation.target == "Feature" or catalog[relation.target].module != "lamindb"


def _document(catalog: "Catalog", record: BaseRecord) -> str:
    """The one request that reads all that is shown."""
    info = record.__registry_info__
    selected = " ".join([_columns(catalog, info).text(catalog, info), *_more(catalog, info)])
    return f"query($id: {info.fields['id'].kind}!) {{ row: {info.singular}(by: {{databaseId: $id}}) {{ {selected} }} }}"


def _columns(catalog: "Catalog", info: "RegistryInfo") -> Selection:
    """All columns, and what to-one relations among the facts are called."""
    named = [info.relations[name] for name in facts_of(info) if name in info.relations]
    titles = {relation.name: _title(catalog, catalog[relation.target]) for relation in named}
    return Selection(everything(info).fields, titles)


def _title(catalog: "Catalog", info: "RegistryInfo") -> Selection:
    """What the title of a record is made from."""
    names = ("uid", "name", "key", "root", "handle", "version_tag", info.name_field)
    run = {"transform": _title(catalog, catalog["Transform"])} if info.name == "Run" else {}
    return Selection([name for name in info.fields if name in names], run)


def _more(catalog: "Catalog", info: "RegistryInfo") -> Iterator[str]:
    """What is read besides columns."""
    if info.has_features:
        yield VALUES
    if info.name == "Artifact":
        yield _slots("schemas", catalog)
    if info.name == "Schema":
        yield _slots("components", catalog)
        yield _members(catalog)
    for relation in labels_of(info):
        field = _name_of(catalog[relation.target])
        yield f"{relation.graphql}(first: {LABELS_READ}) {{ nodes {{ name: {field} }} }}"


def _slots(relation: str, catalog: "Catalog") -> str:
    inner = f"uid name itype nMembers _dtypeStr _aux {_members(catalog)}"
    return f"{relation}(first: {SLOTS}) {{ edges {{ links {{ {KEY} slot }} node {{ {inner} }} }} }}"


def _members(catalog: "Catalog") -> str:
    return " ".join(_member(catalog, relation) for relation in members_of(catalog))


def _member(catalog: "Catalog", relation: "Relation") -> str:
    feature = relation.target == "Feature"
    node = FEATURE if feature else f"name: {_name_of(catalog[relation.target])}"
    first = MEMBERS if feature else SLOTS
    return f"{relation.graphql}(first: {first}) {{ edges {{ links {{ {KEY} }} node {{ {node} }} }} }}"


def _name_of(info: "RegistryInfo") -> str:
    return info.fields[info.name_field or "uid"].graphql
