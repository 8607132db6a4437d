"""Reading trusted documents: a folder of `.graphql` files, or a manifest as a client's build tool writes it.

Manifests are JSON: an object of texts by their ids (Relay's compiler, GraphQL Code Generator), or Apollo's list of
operations (https://www.apollographql.com/docs/graphos/platform/security/persisted-queries).
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from lnql.errors import InvalidError, LnqlError

from .persisted import PersistedDocuments
from .settings import Settings

SUFFIXES = (".graphql", ".gql")
ACCEPTED = "Give a folder of .graphql files, or a manifest in JSON: an object of documents by their ids."


def persisted_documents(settings: Settings, check: Callable[[str], object]) -> PersistedDocuments:
    """What requests may name: the trusted documents, each of which passes `check`, and those that clients send.

    Raises:
        InvalidError: for a trusted document that could never be answered, or if none are given and no others allowed.
    """
    if settings.only_trusted and not settings.documents:
        raise InvalidError("No documents are trusted, so none could be answered.", hint="Add --documents PATH.")
    trusted = read_documents(settings.documents) if settings.documents else {}
    for name, text in trusted.items():
        try:
            check(text)
        except LnqlError as error:
            raise InvalidError(f"The trusted document {name} cannot be answered: {error}") from None
    return PersistedDocuments(trusted, only_trusted=settings.only_trusted, size=settings.limits.persisted_documents)


def read_documents(path: Path) -> Mapping[str, str]:
    """The documents by their ids: in a folder, the names of their files without the suffix.

    Raises:
        InvalidError: for what is none of that, or has an id twice.
    """
    if path.is_dir():
        return _unique((file.stem, file.read_text()) for file in sorted(path.rglob("*")) if file.suffix in SUFFIXES)
    if not path.is_file():
        raise InvalidError(f"There is no file or folder {path} with trusted documents.", hint=ACCEPTED)
    try:
        return _unique(_listed(orjson.loads(path.read_bytes())))
    except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError):
        raise InvalidError(f"{path} is no manifest of documents.", hint=ACCEPTED) from None


def _listed(manifest: Any) -> Iterator[tuple[str, str]]:
    if manifest.get("format") == "apollo-persisted-query-manifest":
        return ((operation["id"], operation["body"]) for operation in manifest["operations"])
    return iter(manifest.items())


def _unique(documents: Iterator[tuple[str, Any]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, text in documents:
        if not isinstance(text, str):
            raise InvalidError(f"The trusted document {name} is no text.", hint=ACCEPTED)
        if found.setdefault(name, text) != text:
            raise InvalidError(f"Two trusted documents have the id {name}.", hint="Rename one of them.")
    if not found:
        raise InvalidError("There are no trusted documents where they should be.", hint=ACCEPTED)
    return found
