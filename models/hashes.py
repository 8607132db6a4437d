"""Hashes of content as LaminDB stores them: md5 or sha1, URL-safe base64, the first 22 characters."""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

HASH_LENGTH = 22
LARGE_FILE = 50 * 2**20
"""Bytes up to which a file is read whole; of a larger one only the first and the last so many bytes count."""

SCHEMA_CODES = {
    "dtype": "a",
    "itype": "b",
    "minimal_set": "c",
    "ordered_set": "d",
    "maximal_set": "e",
    "flexible": "f",
    "coerce": "g",
    "n_members": "h",
    "index_uid": "k",
    "suffix": "m",
}
"""The letter under which each property of a schema enters its hash."""


def text_hash(text: str) -> str:
    """The hash of a transform's source code or a block's content."""
    return _encoded(_md5(text.encode()))


def file_hash(path: Path) -> tuple[str, str]:
    """The hash of a file and its kind: `md5` of all bytes, or `sha1-fl` of the first and last 50 MiB of a larger file.

    Raises OSError when the file cannot be read.
    """
    with path.open("rb") as file:
        if path.stat().st_size <= LARGE_FILE:
            return _encoded(hashlib.file_digest(file, _new_md5).digest()), "md5"
        first = _sha1(file.read(LARGE_FILE))
        file.seek(-LARGE_FILE, 2)
        return _encoded(_sha1(first + _sha1(file.read(LARGE_FILE)))), "sha1-fl"


def folder_hash(path: Path) -> tuple[str, str]:
    """The hash of all files below a folder, whatever their names, and its kind, `md5-d`."""
    hashes = sorted(file_hash(file)[0] for file in path.rglob("*") if file.is_file())
    return _encoded(_md5(b"".join(_md5(file.encode()) for file in hashes))), "md5-d"


def json_value_hash(value: Any) -> str:
    """The hash of a feature's value: a dict as JSON with sorted keys, anything else as Python writes it (`True`)."""
    return text_hash(json.dumps(value, sort_keys=True) if isinstance(value, dict) else str(value))


def collection_hash(artifact_hashes: Iterable[str]) -> str:
    """The hash of a collection: that of its artifacts' hashes, in whatever order."""
    return _joined_hash(artifact_hashes)


def schema_hash(
    properties: Mapping[str, Any],
    *,
    features: Mapping[str, bool] | None = None,
    slots: Mapping[str, str] | None = None,
) -> str:
    """The hash of a schema that is no type.

    `properties` holds values for the keys of `SCHEMA_CODES`; those at their default (None, no coercion, `flexible`
    exactly when the schema has no members) do not count. `features` maps the uid of each member to whether it is
    optional, in the order that counts with `ordered_set`, `slots` each slot of a composite schema to the hash of its
    component.
    """
    values = {SCHEMA_CODES[name]: value for name, value in properties.items() if not _is_default(name, properties)}
    if features:
        members = [uid + "(i)" * optional for uid, optional in features.items()]
        values["j"] = text_hash(":".join(members if properties.get("ordered_set") else sorted(members)))
    if slots:
        values["l"] = _joined_hash(f"{slot}={component}" for slot, component in slots.items())
    return _joined_hash(f"{code}={value}" for code, value in values.items())


def _is_default(name: str, properties: Mapping[str, Any]) -> bool:
    if name == "flexible":
        return bool(properties[name]) == (properties.get("n_members") is None)
    return properties[name] is None or (name == "coerce" and not properties[name])


def _joined_hash(parts: Iterable[str]) -> str:
    return text_hash(":".join(sorted(parts)))


def _new_md5() -> "hashlib._Hash":
    return hashlib.md5(usedforsecurity=False)


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()


def _encoded(digest: bytes) -> str:
    return urlsafe_b64encode(digest).decode()[:HASH_LENGTH]
