"""Requests that carry a key of their own: what they did is kept with what they wrote, so that a retry writes nothing.

The note stands in a table of LNQL's, made by the first request with a key in an instance that is open for writing. It
is written in the same transaction as the rows, or a crash in between could lose one of the two. LaminDB does not look
at it.
"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from lnql.errors import InvalidError

from .types import UTCDateTime

KEPT = timedelta(days=1)
"""How long a note is kept."""
LONGEST_KEY = 255

NOTES = sa.Table(
    "lnql_request",
    sa.MetaData(),
    sa.Column("key", sa.String(LONGEST_KEY), primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("at", UTCDateTime, nullable=False, index=True),
)


def recall(connection: sa.Connection, key: str, digest: str) -> str | None:
    """What a request with this key did; None if there was none.

    `digest` tells requests apart. Raises InvalidError if the key is that of another request, or too long.
    """
    if not key or len(key) > LONGEST_KEY:
        raise InvalidError(f"An idempotency key has 1 to {LONGEST_KEY} characters; this one has {len(key)}.")
    NOTES.create(connection, checkfirst=True)
    connection.execute(sa.delete(NOTES).where(NOTES.c.at < datetime.now(UTC) - KEPT))
    note = connection.execute(sa.select(NOTES.c.digest, NOTES.c.outcome).where(NOTES.c.key == key)).one_or_none()
    if note is None:
        return None
    if note.digest != digest:
        raise InvalidError("This idempotency key was used for another request.", hint="Make a new one for each.")
    outcome: str = note.outcome
    return outcome


def remember(connection: sa.Connection, key: str, digest: str, outcome: str) -> None:
    """Note what a request did."""
    values = {"key": key, "digest": digest, "outcome": outcome, "at": datetime.now(UTC)}
    connection.execute(sa.insert(NOTES).values(values))
