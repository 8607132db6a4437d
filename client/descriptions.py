"""The trees that `describe()` shows: the parts of a record, each from what was read of it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from rich.console import Group
from rich.text import Text
from rich.tree import Tree

from .describing import facts_of, labels_of, members_of
from .documents import KEY
from .feature_manager import read_value
from .record import BaseRecord
from .schema_config import optional_uids
from .trees import columns, facts, grid, heading, tree

SHOWN = 20
"""How many features of a slot are shown, besides those that have values."""
LABELS_SHOWN = 10
LINES = 30
"""How many lines of source code are shown."""

UNDESCRIBED = frozenset({"Run", "Record", "Branch"})
"""Registries whose records have their description further down, or not at all, as in LaminDB."""
GAP = object()
KEPT: Mapping[str, Mapping[str, object]] = {
    "Artifact": {"kind": "None", "otype": "None", "hash": "None"},
    "Transform": {"reference": GAP, "hash": "None"},
    "Run": {"started_at": "", "finished_at": "", "reference": GAP},
    "Record": {"type": "", "schema": "", "reference": ""},
}
"""Facts that keep their place where they are missing, and what stands there."""
KINDS = ("kind", "otype")
"""Facts of which none is said where all are missing."""
USUAL: Mapping[str, Mapping[str, str]] = {
    "Schema": {
        **{"itype": "Feature", "ordered_set": "False", "maximal_set": "False", "minimal_set": "True"},
        **{"branch": "main", "space": "all"},
    }
}
"""Facts that are not worth saying."""
NAMES: Mapping[tuple[str, str], str] = {("Transform", "kind"): "type"}

Row = Mapping[str, Any]


def draw(record: BaseRecord, row: Row) -> Tree:
    """The tree of a record, from its columns and the answer that they are from."""
    info = record.__registry_info__
    drawn = tree(info.name, title(record), None if info.name in UNDESCRIBED else record._values.get("description"))
    drawn.add(facts(_facts(record)))
    if info.name == "Artifact":
        drawn.add(Text.assemble(("storage/path: ", "dim"), *_path(record)))
    for part in PARTS:
        for branch in part(record, row):
            drawn.add(branch)
    return drawn


def draw_features(record: BaseRecord, row: Row) -> Tree:
    """The tree of the features of a record."""
    drawn = tree(record.__registry_info__.name, title(record))
    for branch in _features(record, row):
        drawn.add(branch)
    return drawn


def draw_labels(record: BaseRecord, row: Row) -> Tree:
    """The tree of the labels of a record; it may have none."""
    return next(_labels(record, row), Tree(heading("no labels")))


def title(record: Any) -> str:
    """What a record is called: by its name or key and version, a run also by its transform."""
    info, values = record.__registry_info__, record._values
    names = (values.get(name) for name in (info.name_field, "name", "key", "handle", "root") if name)
    name = next((name for name in names if name and isinstance(name, str)), values.get("uid", "")[:7])
    if info.name == "Run" and record.transform:
        return f"{name} ({record.transform.key})"
    return f"{name} ({record.version})" if info.is_versioned else name


def _facts(record: BaseRecord) -> Iterator[tuple[str, str]]:
    """What there is to say; the storage location has a line of its own."""
    registry = record.__registry_info__.name
    usual, kept = USUAL.get(registry, {}), _kept(record)
    for name in facts_of(record.__registry_info__):
        value = getattr(record, name)
        text = "" if value in (None, "") else _said(name, value)
        if name == "storage" or (text and text == usual.get(name)) or not (text or name in kept):
            continue
        shown = NAMES.get((registry, name), name.removeprefix("_").removesuffix("_str"))
        missing = kept.get(name, "")
        yield ("" if missing is GAP and not text else shown, text or str(missing or ""))


def _kept(record: BaseRecord) -> Mapping[str, object]:
    """What stands in place of facts that are missing."""
    kept = KEPT.get(record.__registry_info__.name, {})
    kinds = any(record._values.get(kind) for kind in KINDS)
    return kept if kinds else {name: text for name, text in kept.items() if name not in KINDS}


def _said(name: str, value: Any) -> str:
    if isinstance(value, BaseRecord):
        return title(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S %Z")
    return size(value) if name == "size" else str(value)


def size(count: float) -> str:
    """Bytes for people.

    >>> size(20), size(31672)
    ('20 B', '30.9 KB')
    """
    for unit in ("B", "KB", "MB", "GB"):
        if count < 1024:
            return f"{count} B" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1024
    return f"{count:.1f} TB"


def _path(record: Any) -> Iterator[Any]:
    """Where the file lies: the storage location and the key in it."""
    yield from ((f"{record.storage.root}", "cyan3"), ("/", "dim"), record.storage_key)


# Features


def _features(record: BaseRecord, row: Row) -> Iterator[Tree]:
    """The features of the dataset by slot, and those that it does not hold."""
    if not record.__registry_info__.has_features:
        return
    values = {item["feature"][KEY]: item for item in row["features"]}
    slots = list(_linked(row.get("schemas")))
    if slots:
        yield _dataset_features(record, slots, values)
    inner = {node[KEY] for _, schema in slots for _, node in _linked(schema["features"])}
    outer = [item for key, item in values.items() if key not in inner]
    if outer:
        part = Tree(heading("External features" if slots else "Features", style="bold dark_orange"))
        part.add(columns(_value_row(item) for item in sorted(outer, key=_labels_first)))
        yield part


def _dataset_features(record: BaseRecord, slots: list[tuple[str, Row]], values: Mapping[int, Row]) -> Tree:
    drawn = Tree(heading("Dataset features"))
    for slot, schema in slots:
        itype = "" if schema["itype"] == "Feature" else f" {schema['itype']}"
        head = heading(slot, f"({schema['nMembers']}{itype})", "violet")
        drawn.add(Group(head, columns(_shown_members(record, schema, values))))
    return drawn


def _shown_members(record: BaseRecord, schema: Row, values: Mapping[int, Row]) -> Iterator[tuple[str, str, str]]:
    """The members with values, and some of the others, sorted by name."""
    members = _members(record, schema)
    valued = [member for member in members if member.get(KEY) in values]
    others = [member for member in members if member.get(KEY) not in values]
    for member in sorted(valued + others[:SHOWN], key=lambda member: str(member["name"])):
        item = values.get(member.get(KEY, 0))
        dtype = _plain(member.get("dtype") or schema["_dtypeStr"])
        yield (str(member["name"]), dtype, _shown_value(item) if item else "")
    if left := (schema["nMembers"] or 0) - len(valued) - len(others[:SHOWN]):
        yield (f"… {left} more", "", "")


def _members(record: BaseRecord, schema: Row) -> list[Row]:
    """What a schema is made of, in the order of its links."""
    relations = members_of(record.__connection__.catalog)
    return [node for relation in relations for _, node in _linked(schema[relation.graphql])]


def _linked(connection: Row | None) -> Iterator[tuple[str, Row]]:
    """The slots and rows of a connection, in the order they were linked."""
    edges = (connection or {"edges": ()})["edges"]
    for edge in sorted(edges, key=lambda edge: min((link[KEY] for link in edge["links"]), default=0)):
        slot = next((link.get("slot") for link in edge["links"]), None)
        yield slot or "", edge["node"]


def _value_row(item: Row) -> tuple[str, str, str]:
    return (item["name"], _plain(item["dtype"]), _shown_value(item))


def _labels_first(item: Row) -> tuple[bool, str]:
    return "cat" not in item["dtype"], item["name"]


def _plain(dtype: str | None) -> str:
    """A dtype as people read it: `bionty.CellType` of `cat[bionty.CellType]`."""
    return re.sub(r"^(list\[)?cat\[(.*?)\](\])?$", r"\1\2\3", dtype or "")


def _shown_value(item: Row) -> str:
    """The value of a feature; several values one after the other, in their order, a list as it is."""
    value = read_value(item["dtype"], item["value"])
    return ", ".join(map(str, sorted(value))) if isinstance(value, set) else str(value)


# What else some registries have


def _labels(record: BaseRecord, row: Row) -> Iterator[Tree]:
    """The labels, by the relation to them."""
    catalog = record.__connection__.catalog
    found = [
        (f".{relation.name}", _qualified(catalog[relation.target]), _names(row[relation.graphql]["nodes"]))
        for relation in labels_of(record.__registry_info__)
        if row[relation.graphql]["nodes"]
    ]
    if found:
        part = Tree(heading("Entities", style="bold green_yellow"))
        part.add(columns(found))
        yield part


def _qualified(info: Any) -> str:
    return str(info.name) if info.module == "lamindb" else f"{info.module}.{info.name}"


def _names(nodes: Iterable[Row]) -> str:
    names = list(dict.fromkeys(str(node["name"]) for node in nodes))
    return ", ".join(names[:LABELS_SHOWN]) + (", …" if len(names) > LABELS_SHOWN else "")


def _params(record: Any, row: Row) -> Iterator[Tree]:
    if record.__registry_info__.name == "Run" and record.params:
        part = Tree(heading("Params", style="bold dark_orange"))
        for name, value in record.params.items():
            part.add(Text(f"{name}: {value}"))
        yield part


def _source_code(record: Any, row: Row) -> Iterator[Text]:
    if record.__registry_info__.name == "Transform" and record.source_code:
        lines = record.source_code.strip().split("\n")
        shown = lines[:LINES] + (["…"] if len(lines) > LINES else [])
        yield Text.assemble(("source_code:", "purple"), *(f"\n│ {line}" for line in shown))


def _schema(record: Any, row: Row) -> Iterator[Tree]:
    """The members of a schema, and of the schemas of its slots."""
    if record.__registry_info__.name != "Schema":
        return
    yield from _member_table(record, row)
    for slot, component in _linked(row["components"]):
        part = tree(slot, component["name"] or component["uid"])
        for branch in _member_table(record, component):
            part.add(branch)
        yield part


def _member_table(record: BaseRecord, schema: Row) -> Iterator[Tree]:
    members = _members(record, schema)
    itype = schema["itype"] or "Feature"
    if itype == "Composite" or not (members or (schema["itype"] and schema["_dtypeStr"])):
        return
    count = f"({schema['nMembers']})" if members else ""
    part = Tree(heading("Features" if itype == "Feature" else itype, count))
    optional = optional_uids(schema["_aux"])
    if members and itype == "Feature":
        head = ("name", "dtype", "optional", "nullable", "coerce", "default_value")
        part.add(grid((_member(schema, member, optional) for member in members), head))
    elif members:
        part.add(columns(_shown_members(record, schema, {})))
    else:
        part.add(Text.assemble(("dtype: ", "dim"), schema["_dtypeStr"]))
    yield part


def _member(schema: Row, member: Row, optional: Iterable[str]) -> tuple[str, ...]:
    flags = (member["uid"] in optional, member["nullable"], schema.get("coerce") or member["coerce"])
    default = "unset" if member["defaultValue"] is None else str(member["defaultValue"])
    return (member["name"], _plain(member["dtype"]), *("✓" if flag else "✗" for flag in flags), default)


PARTS: tuple[Callable[[Any, Row], Iterator[Any]], ...] = (_params, _features, _schema, _source_code, _labels)
"""The parts of a tree below the facts, each for the registries that have it."""
