"""Persisted documents: a request may name its document instead of sending it.

Trusted documents are given to the server when it starts, and known by their ids; any document is known by its SHA-256
once a client has sent it along with it, which is how Apollo's automatic persisted queries work (so do urql's).

Sources: https://www.apollographql.com/docs/apollo-server/performance/apq, and appendix A, "Persisted Documents", of
https://graphql.github.io/graphql-over-http/.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from lnql.errors import ForbiddenError, NotFoundError

from .cache import Cache
from .requests import GraphQLRequest, RequestError


class UnknownHashError(NotFoundError):
    """A hash whose document was not sent yet, or was forgotten.

    Clients know the message and the status, and send the document along with the hash then.
    """

    status: Final = 200
    headers: Final = {"cache-control": "no-store"}

    def __init__(self) -> None:
        super().__init__("PersistedQueryNotFound")


class PersistedDocuments:
    """The texts of documents by their ids and hashes.

    Args:
        trusted: texts by id, never forgotten.
        only_trusted: whether all others are refused.
        size: how many of the others are kept, those that were used last.
    """

    def __init__(self, trusted: Mapping[str, str], *, only_trusted: bool, size: int) -> None:
        self._trusted = {**{digest(text): text for text in trusted.values()}, **trusted}
        self._only_trusted = only_trusted
        self._sent: Cache[str, str] = Cache(size)

    def text(self, request: GraphQLRequest) -> str:
        """The text of the document that a request sends or names.

        Raises:
            UnknownHashError: for a hash that is not known.
            NotFoundError: for another id that is not known.
            RequestError: for a document with the hash of another.
            ForbiddenError: for a document that is not trusted, where only those are.
        """
        query, name = request.query, request.document_id
        if name is None:
            return self._allowed(query or "")
        known = self._trusted.get(name) or self._sent.get(name)
        if known is None:
            return self._unknown(name, query)
        if query not in (known, None):
            raise RequestError(f"The document {name} is another one than the query that is sent along with it.", 400)
        return known

    def keep(self, request: GraphQLRequest) -> None:
        """Know from now on a valid document that was sent with its hash."""
        if request.document_id and request.query and request.document_id not in self._trusted:
            self._sent.put(request.document_id, request.query)

    def _allowed(self, query: str) -> str:
        if self._only_trusted and digest(query) not in self._trusted:
            raise ForbiddenError("Only documents that this server was given are answered here; this is none of them.")
        return query

    def _unknown(self, name: str, query: str | None) -> str:
        if query is not None and digest(query) != name:
            raise RequestError("The hash that is sent along with the query is not its SHA-256.", 400)
        if query is not None or self._only_trusted:
            return self._allowed(query or "")
        if _is_hash(name):
            raise UnknownHashError
        raise NotFoundError(f"There is no document {name!r} here.")


def digest(text: str) -> str:
    """The SHA-256 of a document, by which clients name it."""
    return sha256(text.encode()).hexdigest()


def _is_hash(name: str) -> bool:
    return len(name) == 64 and set(name) <= set("0123456789abcdef")
