"""Random rows for a few registries, as hypothesis draws them, and how they get into an instance."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from lnql.models.transactions import Transaction, literal

from .hard_values import INSTANTS
from .reference import Registry, Row, ToMany
from .reference_values import ABSENT
from .storing import FEWEST_DIGITS, instant

Tables = dict[str, list[Row]]

TEXTS = (
    "a",
    "A",
    "ab",
    "",
    "%",
    "_",
    "a%b",
    "\\",
    "'",
    '"',
    "ß",
    "SS",
    "İ",
    "i\u0307",
    "é",
    "e\u0301",
    "\uff5e",
    "🧬",
    "x\ny",
)
INTEGERS = (0, 1, -1, 5, 2**31, 2**53 + 1, -(2**62))
DOCUMENTS: tuple[Any, ...] = (
    {"a": 1}, {"a": 1.0, "b": [1, "x"]}, {"a": "1"}, {"a": None}, {"a": True}, {"b": {"a": "ß"}}, {}, [], [1, [2]],
    "a", 5, None, {"b": []}, {"b": ["a", None]},
)  # fmt: skip
VALUES: dict[str, tuple[Any, ...]] = {
    "STRING": TEXTS,
    "INT": (1, 2, 3),
    "BIGINT": INTEGERS,
    "BOOLEAN": (True, False),
    "DATETIME": INSTANTS[:8],
    "JSON": DOCUMENTS,
}
"""What the columns of each kind may have; few values, so that rows share them."""

MANDATORY = frozenset({"suffix", "isLatest", "isType", "createdAt", "startedAt", "kind"})
"""Columns without NULL, beside ids and foreign keys."""


@dataclass(frozen=True)
class Storage:
    """Where rows are stored: the table, its columns by field, values that are always the same."""

    table: str
    columns: Mapping[str, str]
    constants: Mapping[str, Any] = field(default_factory=dict)


def _registry(kinds: str, **relations: Any) -> Registry:
    """A registry with columns given as `name:KIND`, and the ids that every one has."""
    columns = dict(part.split(":") for part in f"databaseId:INT uid:STRING {kinds}".split())
    return Registry(columns, **relations)


BY = {"createdBy": ("createdById", "users")}

REGISTRIES: dict[str, Registry] = {
    "users": _registry(
        "handle:STRING name:STRING",
        to_many={
            "createdArtifacts": ToMany("artifacts", "artifacts", "createdById"),
            "createdRuns": ToMany("runs", "runs", "createdById"),
        },
    ),
    "transforms": _registry(
        "key:STRING kind:STRING description:STRING isLatest:BOOLEAN branchId:INT createdById:INT",
        to_one=BY,
        to_many={"runs": ToMany("runs", "runs", "transformId")},
    ),
    "runs": _registry(
        "name:STRING startedAt:DATETIME finishedAt:DATETIME params:JSON _isConsecutive:BOOLEAN branchId:INT"
        " transformId:INT createdById:INT initiatedByRunId:BIGINT",
        to_one={
            **BY,
            "transform": ("transformId", "transforms"),
            "initiatedByRun": ("initiatedByRunId", "runs"),
        },
        to_many={
            "outputArtifacts": ToMany("artifacts", "artifacts", "runId"),
            "initiatedRuns": ToMany("runs", "runs", "initiatedByRunId"),
        },
    ),
    "artifacts": _registry(
        "key:STRING suffix:STRING hash:STRING size:BIGINT isLatest:BOOLEAN createdAt:DATETIME extraData:JSON"
        " branchId:INT runId:BIGINT createdById:INT",
        to_one={**BY, "run": ("runId", "runs")},
        to_many={
            "records": ToMany("records", "artifactRecords", "artifact", "record"),
            "ulabels": ToMany("ulabels", "artifactUlabels", "artifact", "ulabel"),
            "cellTypes": ToMany("cellTypes", "artifactCellTypes", "artifact", "cellType"),
        },
    ),
    "records": _registry(
        "name:STRING isType:BOOLEAN branchId:INT typeId:INT runId:BIGINT createdById:INT",
        to_one={**BY, "type": ("typeId", "records"), "run": ("runId", "runs")},
        to_many={
            "artifacts": ToMany("artifacts", "artifactRecords", "record", "artifact"),
            "records": ToMany("records", "records", "typeId"),
        },
    ),
    "ulabels": _registry(
        "name:STRING isType:BOOLEAN branchId:INT createdById:INT",
        to_one=BY,
        to_many={
            "artifacts": ToMany("artifacts", "artifactUlabels", "ulabel", "artifact"),
            "parents": ToMany("ulabels", "ulabelParents", "child", "parent"),
            "children": ToMany("ulabels", "ulabelParents", "parent", "child"),
        },
        closures={"ancestors": "parents", "descendants": "children"},
    ),
    "cellTypes": _registry(
        "name:STRING ontologyId:STRING synonyms:STRING branchId:INT createdById:INT",
        to_one=BY,
        to_many={
            "artifacts": ToMany("artifacts", "artifactCellTypes", "cellType", "artifact"),
            "parents": ToMany("cellTypes", "cellTypeParents", "child", "parent"),
            "children": ToMany("cellTypes", "cellTypeParents", "parent", "child"),
        },
        closures={"ancestors": "parents", "descendants": "children"},
    ),
}

LINKS = {
    "artifactRecords": {"artifact": "artifacts", "record": "records", "feature": "features"},
    "artifactUlabels": {"artifact": "artifacts", "ulabel": "ulabels", "feature": "features"},
    "artifactCellTypes": {"artifact": "artifacts", "cellType": "cellTypes", "feature": "features"},
    "ulabelParents": {"child": "ulabels", "parent": "ulabels"},
    "cellTypeParents": {"child": "cellTypes", "parent": "cellTypes"},
}
"""What each end of a link points to; the same two rows may be linked under several features."""

USERS: list[Row] = [
    {"databaseId": 1, "uid": "user0001", "handle": "ada", "name": "Ada"},
    {"databaseId": 2, "uid": "user0002", "handle": "grace", "name": None},
    {"databaseId": 3, "uid": "user0003", "handle": "zoë", "name": "ß"},
]
"""Users are always the same: everything points to them."""
FEATURES = (1, 2)


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def _storage(table: str, name: str, **constants: Any) -> Storage:
    columns = {field: "id" if field == "databaseId" else _snake(field) for field in REGISTRIES[name].columns}
    return Storage(table, columns, constants)


STORAGES = {
    "users": _storage("lamindb_user", "users"),
    "transforms": _storage("lamindb_transform", "transforms"),
    "runs": _storage("lamindb_run", "runs"),
    "artifacts": _storage(
        "lamindb_artifact", "artifacts", storage_id=1, _key_is_virtual=True, _overwrite_versions=False
    ),
    "records": _storage("lamindb_record", "records"),
    "ulabels": _storage("lamindb_ulabel", "ulabels"),
    "cellTypes": _storage("bionty_celltype", "cellTypes"),
    "artifactRecords": Storage(
        "lamindb_artifactrecord",
        {"artifact": "artifact_id", "record": "record_id", "feature": "feature_id"},
        {"created_by_id": 1},
    ),
    "artifactUlabels": Storage(
        "lamindb_artifactulabel",
        {"artifact": "artifact_id", "ulabel": "ulabel_id", "feature": "feature_id"},
        {"created_by_id": 1},
    ),
    "artifactCellTypes": Storage(
        "bionty_artifactcelltype",
        {"artifact": "artifact_id", "cellType": "celltype_id", "feature": "feature_id"},
        {"created_by_id": 1},
    ),
    "ulabelParents": Storage("lamindb_ulabel_parents", {"child": "from_ulabel_id", "parent": "to_ulabel_id"}),
    "cellTypeParents": Storage("bionty_celltype_parents", {"child": "from_celltype_id", "parent": "to_celltype_id"}),
}
"""In an order in which rows can be added."""

# Drawing -------------------------------------------------------------------------------------------------------------

MOST_ROWS = 6
MOST_LINKS = 8


@st.composite
def instances(draw: st.DrawFn) -> Tables:
    """Rows of every registry and of every table of links."""
    tables: Tables = {"users": USERS}
    for name in list(REGISTRIES)[1:]:
        for number in range(1, draw(st.integers(1, MOST_ROWS)) + 1):
            row = {column: draw(_value(tables, name, column, number)) for column in REGISTRIES[name].columns}
            tables.setdefault(name, []).append(row)
    for name, ends in LINKS.items():
        tables[name] = draw(_links(tables, ends))
    return tables


def _value(tables: Tables, name: str, column: str, number: int) -> st.SearchStrategy[Any]:
    """What a column of the row with a number may have; a foreign key points to a row that is there already."""
    registry = REGISTRIES[name]
    match column:
        case "databaseId":
            return st.just(number)
        case "uid":
            return st.just(f"{name}{number}")
        case "ontologyId" | "hash":  # unique together with the name, with the storage
            return st.sampled_from([None, f"{column}{number}"])
        case "branchId":
            return st.sampled_from((1, 1, 1, 1, -1, 0))
    for key, target in registry.to_one.values():
        if key == column:
            there = tables.get(target, [])
            keys = [row["databaseId"] for row in there if column != "typeId" or row["isType"]]
            return st.sampled_from(keys if column in ("createdById", "transformId") else [None, *keys])
    values = st.sampled_from(VALUES[registry.columns[column]])
    absent = st.just(ABSENT if registry.columns[column] == "JSON" else None)
    needed = column in MANDATORY or (column == "key" and name == "transforms") or (name, column) in NAMED
    return values if needed else absent | values


NAMED = {("ulabels", "name"), ("cellTypes", "name")}


def _links(tables: Tables, ends: Mapping[str, str]) -> st.SearchStrategy[list[Row]]:
    """Links between rows that are there, under a feature or none, no two the same."""
    choices = {
        end: [None, *FEATURES] if target == "features" else [row["databaseId"] for row in tables[target]]
        for end, target in ends.items()
    }
    link = st.fixed_dictionaries({end: st.sampled_from(keys) for end, keys in choices.items()})
    return st.lists(link, max_size=MOST_LINKS, unique_by=lambda row: tuple(row[end] for end in ends))


# Storing -------------------------------------------------------------------------------------------------------------


UNCHECKED = {"sqlite": (), "postgresql": ("SET LOCAL session_replication_role = replica;",)}
"""What keeps PostgreSQL from looking for rows that point to a deleted one in each of fifty tables."""


def replace_rows(transaction: Transaction, tables: Mapping[str, Sequence[Row]]) -> None:
    """Put rows in the place of those that are there, by one script; users stay."""
    names = [name for name in STORAGES if name != "users"]
    deletions = [f"DELETE FROM {STORAGES[name].table};" for name in reversed(names)]
    additions = [insertion(name, row) for name in names for row in tables[name]]
    transaction.execute("\n".join([*UNCHECKED[transaction.dialect], *deletions, *additions]))


def insertion(name: str, row: Row) -> str:
    """The statement that adds a row of a registry, or a link."""
    storage = STORAGES[name]
    kinds = REGISTRIES[name].columns if name in REGISTRIES else {}
    columns = ", ".join([*storage.columns.values(), *storage.constants])
    values = [sql_literal(kinds.get(column, "INT"), row[column]) for column in storage.columns]
    values += [sql_literal("", value) for value in storage.constants.values()]
    return f"INSERT INTO {storage.table} ({columns}) VALUES ({', '.join(values)});"


def sql_literal(kind: str, value: Any) -> str:
    """A value as SQL writes it; PostgreSQL's session is in UTC, so that instants need no zone.

    Instants differ in how many digits of a second they have, but equal ones have the same: SQLite orders texts.
    """
    if (value is None and kind != "JSON") or value is ABSENT:
        return "NULL"
    if kind == "JSON":
        return literal(json.dumps(value))
    if isinstance(value, datetime):
        return literal(instant(value, FEWEST_DIGITS[value.day % len(FEWEST_DIGITS)]))
    return literal(value) if isinstance(value, str) else str(value)
