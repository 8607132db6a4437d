"""A small instance with what makes filters, orders and pages hard: missing values, ties, letters beyond ASCII, instants
with 0, 3 and 6 digits of a second, rows linked twice, rows on other branches.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from lnql.models.database import DATABASE
from lnql.models.initialize import init_instance

DAY = "2026-03-01"
INSTANTS = (
    f"{DAY} 12:00:00",
    f"{DAY} 12:00:00.000",
    f"{DAY} 12:00:00.000000",
    f"{DAY} 12:00:00.500",
    f"{DAY} 12:00:00.500000",
    f"{DAY} 12:00:00.500001",
    f"{DAY} 11:59:59.999999",
    "2025-12-31 23:59:59",
    "0999-01-02 03:04:05.006",
)
"""As SQLite holds them; the first three are equal, and so are the two after them."""

KEYS = (
    "raw/a.fastq",
    "raw/B.fastq",
    "raw/b.fastq",
    None,
    "ÄRGER/straße_100%.csv",
    "ärger/STRASSE_100%.csv",
    'tab\there "quoted" \\ it\'s\nnew',
    "raw/b.fastq",
    "",
    "🧪/emoji 🧬.h5ad",
    None,
    "\uff5e.txt",  # before 🧪 by code point, after it in UTF-16
)
SIZES = (0, 5, None, 5, 2**40, 2**62, -(2**62), None, 7, 5)
KINDS = ("dataset", None, "model")
STATUSES = (-3, -2, -1, 0, 1, 2, 99, 0)
NAMES = ("liver", None, "Liver", "kidney", "liver", None, "ILEUM", "ileum", "İleum", "", "liver", "heart")


def build_laboratory(folder: Path) -> None:
    """Make the instance in a new folder."""
    init_instance(folder, user="ada", storage=folder / "files")
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        for table, rows in _tables().items():
            for row in rows:
                names, marks = ", ".join(row), ", ".join("?" * len(row))
                connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
        connection.commit()


def _tables() -> dict[str, Iterable[dict[str, Any]]]:
    """The rows of each table, in an order in which they can be added."""
    by = {"created_by_id": 1}
    return {
        "lamindb_user": [
            {"id": 2, "uid": "user0002", "handle": "grace", "name": None},
            {"id": 3, "uid": "user0003", "handle": "zoe", "name": "Zoë Ærø"},
        ],
        "lamindb_space": [{"id": 2, "uid": "space2", "name": "lab", **by}],
        "lamindb_branch": [{"id": 2, "uid": "branch2", "name": "draft", **by}],
        "lamindb_transform": [
            {"id": n, "uid": f"transform{n}", "key": f"{word}.py", "kind": "script", "is_latest": True, **by}
            for n, word in enumerate(("align", "count", "cluster"), 1)
        ],
        "lamindb_run": [_run(n) for n in range(1, 9)],
        "lamindb_feature": [
            {"id": n, "uid": f"feature{n}", "name": name, "_dtype_str": "str", "array_rank": 0, "array_size": 0, **by}
            for n, name in enumerate(("tissue", "donor"), 1)
        ],
        "lamindb_record": [_record(n) for n in range(1, 13)],
        "lamindb_ulabel": [
            {"id": n, "uid": f"ulabel{n}", "name": f"label {n % 5}", "created_by_id": 1 + n % 3} for n in range(1, 11)
        ],
        "lamindb_ulabel_parents": [
            {"from_ulabel_id": child, "to_ulabel_id": parent}
            for child, parent in ((2, 1), (3, 1), (4, 1), (4, 2), (5, 4), (6, 4), (7, 4), (8, 7))
        ],
        "lamindb_artifact": [_artifact(n) for n in range(1, 25)],
        "lamindb_artifactrecord": [
            {"artifact_id": artifact, "record_id": record, "feature_id": feature, **by}
            for artifact in range(1, 25)
            for record in range(1, 13)
            for feature in _features_between(artifact, record)
        ],
        "lamindb_artifactulabel": [
            {"artifact_id": artifact, "ulabel_id": label, **by}
            for artifact in range(1, 25)
            for label in range(1, artifact % 6)
        ],
        "lamindb_project": [_project(n) for n in range(1, 9)],
    }


def _run(n: int) -> dict[str, Any]:
    return {
        "id": n,
        "uid": f"run{n}",
        "name": (None, "first", "second", "first")[n % 4],
        "transform_id": 1 + n % 3,
        "initiated_by_run_id": n - 1 if n % 3 == 0 else None,
        "started_at": INSTANTS[n],
        "finished_at": INSTANTS[n - 1] if n % 2 else None,
        "_status_code": STATUSES[n - 1],
        "_is_consecutive": (True, False, None)[n % 3],
        "params": ('{"b": [1, 2.50], "a": null}', "null", None)[n % 3],
        "created_by_id": 1 + n % 2,
    }


def _record(n: int) -> dict[str, Any]:
    return {
        "id": n,
        "uid": f"record{n}",
        "name": NAMES[n - 1],
        "is_type": n in (1, 2),
        "type_id": {3: 1, 4: 1, 5: 2}.get(n),
        "branch_id": {11: -1, 12: 2}.get(n, 1),
        "run_id": n if n < 5 else None,
        "created_by_id": 1 + n % 3,
    }


def _artifact(n: int) -> dict[str, Any]:
    return {
        "id": n,
        "uid": f"artifact{n:04}",
        "key": KEYS[n % len(KEYS)],
        "suffix": (".csv", ".h5ad", "")[n % 3],
        "kind": KINDS[n % 3],
        "size": SIZES[n % len(SIZES)],
        "hash": f"hash{n}",
        "storage_id": 1,
        "is_latest": n % 4 != 0,
        "branch_id": {20: -1, 21: 0, 22: 2}.get(n, 1),
        "space_id": 1 + n % 2,
        "run_id": (None, 1, 2, 3, 4, 5)[n % 6],
        "created_at": INSTANTS[n % len(INSTANTS)],
        "created_by_id": 1 + n % 3,
        "_key_is_virtual": True,
        "_overwrite_versions": False,
    }


def _features_between(artifact: int, record: int) -> list[int | None]:
    """Under which features (None: under none) an artifact has a record; some pairs are linked two or three times."""
    if artifact % 7 == 0 or (artifact + record) % 5:
        return []
    return [None, 1, 2][: 1 + artifact % 3]


def _project(n: int) -> dict[str, Any]:
    return {
        "id": n,
        "uid": f"project{n}",
        "name": f"Project {n}",
        "start_date": ("2026-01-31", None, "2025-12-31", "2026-01-31", "0999-12-31")[n % 5],
        "_status_code": (-3, -2, -1, 0, 1, 2, 3, 4)[n - 1],
        "created_by_id": 1,
    }
