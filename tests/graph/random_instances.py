"""Random rows for a few registries, and how they get into an instance."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lnql.models.transactions import Transaction, literal

from .choices import Choices
from .hard_values import INSTANTS
from .random_features import DOCUMENTS, ids, links, used_features, value_tables
from .reference import Registry, Row, ToMany
from .reference_features import Feature
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
VALUES: dict[str, tuple[Any, ...]] = {
    "STRING": TEXTS,
    "INT": (1, 2, 3),
    "BIGINT": INTEGERS,
    "BOOLEAN": (True, False),
    "DATETIME": INSTANTS[:8],
    "JSON": DOCUMENTS,
}
"""What the columns of each kind may have; an instance has few of them, so that rows share them."""

MANDATORY = frozenset({"suffix", "isLatest", "isType", "createdAt", "startedAt", "kind"})
"""Columns without NULL, beside ids and foreign keys."""


@dataclass(frozen=True)
class Storage:
    """Where rows are stored: the table, its columns by field, values that are always the same."""

    table: str
    columns: Mapping[str, str]
    constants: Mapping[str, Any] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)


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
        json=ToMany("values", "runValues", "run", "value"),
        labels={"records": ToMany("records", "runRecords", "run", "record")},
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
        json=ToMany("values", "artifactValues", "artifact", "value"),
        labels={
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
        json=ToMany("recordValues", "recordValues", "record"),
        labels={
            "records": ToMany("records", "recordRecords", "record", "value"),
            "ulabels": ToMany("ulabels", "recordUlabels", "record", "value"),
            "cellTypes": ToMany("cellTypes", "recordCellTypes", "record", "value"),
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
    "runRecords": {"run": "runs", "record": "records", "feature": "features"},
    "recordRecords": {"record": "records", "value": "records", "feature": "features"},
    "recordUlabels": {"record": "records", "value": "ulabels", "feature": "features"},
    "recordCellTypes": {"record": "records", "value": "cellTypes", "feature": "features"},
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


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def _storage(table: str, name: str, **constants: Any) -> Storage:
    columns = {field: "id" if field == "databaseId" else _snake(field) for field in REGISTRIES[name].columns}
    return Storage(table, columns, constants, REGISTRIES[name].columns)


def _links(table: str, columns: str, constants: str = "created_by_id") -> Storage:
    """A table of links, with columns given as `end:column`."""
    return Storage(table, dict(part.split(":") for part in columns.split()), dict.fromkeys(constants.split(), 1))


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
    "values": Storage(
        "lamindb_jsonvalue",
        {"databaseId": "id", "feature": "feature_id", "value": "value", "hash": "hash"},
        {"created_by_id": 1},
        {"value": "JSON"},
    ),
    "artifactValues": _links("lamindb_artifactjsonvalue", "artifact:artifact_id value:jsonvalue_id"),
    "runValues": _links("lamindb_runjsonvalue", "run:run_id value:jsonvalue_id"),
    "recordValues": Storage(
        "lamindb_recordjson", {"record": "record_id", "feature": "feature_id", "value": "value"}, {}, {"value": "JSON"}
    ),
    "artifactRecords": _links("lamindb_artifactrecord", "artifact:artifact_id record:record_id feature:feature_id"),
    "artifactUlabels": _links("lamindb_artifactulabel", "artifact:artifact_id ulabel:ulabel_id feature:feature_id"),
    "artifactCellTypes": _links(
        "bionty_artifactcelltype", "artifact:artifact_id cellType:celltype_id feature:feature_id"
    ),
    "runRecords": _links("lamindb_runrecord", "run:run_id record:record_id feature:feature_id"),
    "recordRecords": _links("lamindb_recordrecord", "record:record_id value:value_id feature:feature_id", ""),
    "recordUlabels": _links("lamindb_recordulabel", "record:record_id value:value_id feature:feature_id", ""),
    "recordCellTypes": _links("bionty_recordcelltype", "record:record_id value:value_id feature:feature_id"),
    "ulabelParents": _links("lamindb_ulabel_parents", "child:from_ulabel_id parent:to_ulabel_id", ""),
    "cellTypeParents": _links("bionty_celltype_parents", "child:from_celltype_id parent:to_celltype_id", ""),
}
"""In an order in which rows can be added."""

# Drawing -------------------------------------------------------------------------------------------------------------

ROWS = (3, 8)
Pool = Mapping[str, Sequence[Any]]
"""The values of each kind that an instance has."""


@dataclass(frozen=True)
class RandomInstance:
    """The rows of every registry and of every table of links, and the features that rows have values of."""

    tables: Tables
    features: Sequence[Feature]
    pool: Pool


def random_instance(choices: Choices) -> RandomInstance:
    """Make an instance."""
    tables: Tables = {"users": USERS}
    pool = {kind: choices.some(values, 3, 5) for kind, values in VALUES.items()}
    for name in list(REGISTRIES)[1:]:
        for number in range(1, choices.number(*ROWS) + 1):
            row = {column: _value(choices, tables, pool, name, column, number) for column in REGISTRIES[name].columns}
            tables.setdefault(name, []).append(row)
    features = used_features(choices)
    for name, ends in LINKS.items():
        tables[name] = links(choices, {end: _end(tables, features, ends, end) for end in ends})
    return RandomInstance(tables | value_tables(choices, features, tables), features, pool)


def _end(tables: Tables, features: Sequence[Feature], ends: Mapping[str, str], end: str) -> Sequence[int | None]:
    """What one end of a link may be: a row that is there; a feature that has labels of the other end, or none."""
    if end != "feature":
        return ids(tables[ends[end]])
    _, labels, _ = ends.values()
    fitting = [one.id for one in features if labels in dict(one.labels)]
    return fitting if "value" in ends else [None, *fitting]


def _value(choices: Choices, tables: Tables, pool: Pool, name: str, column: str, number: int) -> Any:
    """What a column of the row with a number has; a foreign key points to a row that is there already."""
    registry = REGISTRIES[name]
    match column:
        case "databaseId":
            return number
        case "uid":
            return f"{name}{number}"
        case "ontologyId" | "hash":  # unique together with the name, with the storage
            return choices.one((None, f"{column}{number}"))
        case "branchId":
            return choices.one((1, 1, 1, 1, -1, 0))
    for key, target in registry.to_one.values():
        if key == column:
            keys = [row["databaseId"] for row in tables.get(target, []) if column != "typeId" or row["isType"]]
            return choices.one(keys if column in ("createdById", "transformId") else [None, *keys])
    needed = column in MANDATORY or (name, column) in NAMED
    if not needed and choices.yes(4):
        return ABSENT if registry.columns[column] == "JSON" else None
    return choices.one(pool[registry.columns[column]])


NAMED = {("ulabels", "name"), ("cellTypes", "name"), ("transforms", "key")}


# Storing -------------------------------------------------------------------------------------------------------------


UNCHECKED = {"sqlite": (), "postgresql": ("SET LOCAL session_replication_role = replica;",)}
"""What keeps PostgreSQL from looking for rows that point to a deleted one in each of fifty tables."""


def replace_rows(transaction: Transaction, tables: Mapping[str, Sequence[Row]]) -> None:
    """Put rows in the place of those that are there, by one script; users stay."""
    names = [name for name in STORAGES if name != "users"]
    deletions = [f"DELETE FROM {STORAGES[name].table};" for name in reversed(names)]
    additions = [insertion(name, tables[name]) for name in names if tables[name]]
    transaction.execute("\n".join([*UNCHECKED[transaction.dialect], *deletions, *additions]))


def insertion(name: str, rows: Sequence[Row]) -> str:
    """The statement that adds the rows of a registry, or links."""
    storage = STORAGES[name]
    columns = ", ".join([*storage.columns.values(), *storage.constants])
    constants = [sql_literal("", value) for value in storage.constants.values()]
    written = [
        [*(sql_literal(storage.kinds.get(column, "INT"), row[column]) for column in storage.columns), *constants]
        for row in rows
    ]
    values = ", ".join(f"({', '.join(row)})" for row in written)
    return f"INSERT INTO {storage.table} ({columns}) VALUES {values};"


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
