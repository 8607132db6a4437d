"""Hashes, compared with those that LaminDB gave in the real instance."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import md5, sha1
from pathlib import Path
from typing import Any

import pytest

from lnql.models.hashes import (
    LARGE_FILE,
    SCHEMA_CODES,
    collection_hash,
    file_hash,
    folder_hash,
    json_value_hash,
    schema_hash,
    text_hash,
)
from lnql.models.sqlite import connect, sqlite3


@pytest.fixture(scope="module")
def real(real_folder: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(real_folder / ".lamindb" / "lamin.db", readonly=True)
    yield connection
    connection.close()


def test_artifacts_have_the_hash_of_their_file(real: sqlite3.Connection, real_folder: Path) -> None:
    artifacts = real.execute("SELECT uid, suffix, hash, _hash_type FROM lamindb_artifact").fetchall()
    assert len(artifacts) > 60
    for uid, suffix, stored, kind in artifacts:
        assert file_hash(real_folder / ".lamindb" / f"{uid}{suffix}") == (stored, kind), uid


def test_of_a_large_file_the_first_and_the_last_part_count(tmp_path: Path) -> None:
    file = tmp_path / "large"
    with file.open("wb") as sparse:
        sparse.write(b"first")
        sparse.truncate(2 * LARGE_FILE + 7)
        sparse.seek(-4, 2)
        sparse.write(b"last")
    first = sha1(b"first".ljust(LARGE_FILE, b"\0")).digest()
    last = sha1(b"last".rjust(LARGE_FILE, b"\0")).digest()
    assert file_hash(file) == (urlsafe_b64encode(sha1(first + last).digest()).decode()[:22], "sha1-fl")


def test_a_file_of_exactly_the_limit_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "limit"
    with file.open("wb") as sparse:
        sparse.truncate(LARGE_FILE)
    assert file_hash(file) == (urlsafe_b64encode(md5(bytes(LARGE_FILE)).digest()).decode()[:22], "md5")


def test_a_folder_has_one_hash_whatever_its_files_are_called(tmp_path: Path) -> None:
    for folder, names in (("a", ("x", "y/z")), ("b", ("y/z", "x"))):
        for name, content in zip(names, ("one", "two"), strict=True):
            file = tmp_path / folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content)
    digests = b"".join(md5(one.encode()).digest() for one in sorted((text_hash("one"), text_hash("two"))))
    expected = urlsafe_b64encode(md5(digests).digest()).decode()[:22]
    assert folder_hash(tmp_path / "a") == folder_hash(tmp_path / "b") == (expected, "md5-d")
    (tmp_path / "a" / "x").write_text("changed")
    assert folder_hash(tmp_path / "a") != folder_hash(tmp_path / "b")


def test_values_of_features_have_their_hash(real: sqlite3.Connection) -> None:
    values = real.execute("SELECT value, hash FROM lamindb_jsonvalue").fetchall()
    kinds = {type(json.loads(value)) for value, _ in values}
    assert kinds >= {bool, int, float, str, list, dict}
    assert [stored for _, stored in values] == [json_value_hash(json.loads(value)) for value, _ in values]


def test_collections_have_the_hash_of_their_artifacts(real: sqlite3.Connection) -> None:
    rows = real.execute(
        "SELECT c.hash, group_concat(a.hash) FROM lamindb_collection c JOIN lamindb_collectionartifact l "
        "ON l.collection_id = c.id JOIN lamindb_artifact a ON a.id = l.artifact_id GROUP BY c.id"
    ).fetchall()
    assert rows
    assert [stored for stored, _ in rows] == [collection_hash(hashes.split(",")) for _, hashes in rows]


def test_transforms_have_the_hash_of_their_source_code(real: sqlite3.Connection) -> None:
    rows = real.execute("SELECT hash, source_code FROM lamindb_transform WHERE source_code IS NOT NULL").fetchall()
    assert rows
    assert [stored for stored, _ in rows] == [text_hash(code) for _, code in rows]


FEATURES = """
SELECT f.uid FROM lamindb_schemafeature l JOIN lamindb_feature f ON f.id = l.feature_id WHERE l.schema_id = :id
UNION ALL SELECT g.uid FROM bionty_schemagene l JOIN bionty_gene g ON g.id = l.gene_id WHERE l.schema_id = :id
"""
SLOTS = """
SELECT l.slot, s.hash FROM lamindb_schemacomponent l JOIN lamindb_schema s ON s.id = l.component_id
WHERE l.composite_id = :id
"""
PROPERTIES = """
SELECT id, hash, _aux, _dtype_str AS dtype, itype, minimal_set, ordered_set, maximal_set, flexible, coerce, n_members,
NULL AS index_uid, suffix FROM lamindb_schema
"""


def test_schemas_have_the_hash_of_their_properties_and_members(real: sqlite3.Connection) -> None:
    cursor = real.execute(PROPERTIES)
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    assert len(rows) >= 10
    for row in rows:
        optional = (json.loads(row["_aux"] or "null") or {}).get("af", {}).get("1", [])
        members = [uid for (uid,) in real.execute(FEATURES, {"id": row["id"]})]
        found = schema_hash(
            {name: _as_python(name, row[name]) for name in SCHEMA_CODES},
            features={uid: uid in optional for uid in members},
            slots=dict(real.execute(SLOTS, {"id": row["id"]}).fetchall()),
        )
        assert found == row["hash"], row


def _as_python(name: str, value: Any) -> Any:
    flags = ("minimal_set", "ordered_set", "maximal_set", "flexible", "coerce")
    return bool(value) if name in flags and value is not None else value


def test_coercion_and_flexibility_count_only_where_they_are_not_the_default() -> None:
    plain = {"itype": "Feature", "n_members": 2, "flexible": False}
    assert schema_hash({**plain, "coerce": False}) == schema_hash({**plain, "coerce": None}) == schema_hash(plain)
    assert (
        len({schema_hash(plain), schema_hash({**plain, "coerce": True}), schema_hash({**plain, "flexible": True})}) == 3
    )
