"""What a database answers instead of doing what it is told, as an error that a user understands, without its SQL."""

from typing import NamedTuple

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from lnql.errors import DeadlineError, InvalidError, LnqlError, NotUniqueError, ReadOnlyError, UnavailableError

LATER, AGAIN = "Try again later.", "Send it again."


class Refusal(NamedTuple):
    """What errors mean whose SQLSTATE begins so."""

    state: str
    kind: type[LnqlError]
    sentence: str
    hint: str | None = None


ROWS = (
    Refusal("22", InvalidError, "The database does not take a value: {reason}."),
    Refusal("23505", NotUniqueError, "The database has such a row already: {reason}."),
    Refusal("23", InvalidError, "What was written breaks a rule of the database: {reason}."),
    Refusal("P0001", InvalidError, "What was written breaks a rule of the database: {reason}."),
)
"""What is about the rows that were written: SQLSTATEs are PostgreSQL's, https://www.postgresql.org/docs/current/errcodes-appendix.html."""
OTHERS = (
    Refusal("08", UnavailableError, "The database is away: {reason}.", LATER),
    Refusal("25006", ReadOnlyError, "The database takes no changes now: {reason}."),
    Refusal("40", UnavailableError, "Another transaction was in the way: {reason}.", AGAIN),
    Refusal("42501", UnavailableError, "The database user may not do this: {reason}."),
    Refusal("53100", UnavailableError, "The database cannot grow because its disk is full."),
    Refusal("53", UnavailableError, "The database lacks the means for this now: {reason}.", LATER),
    Refusal("55", UnavailableError, "Somebody else uses what was to be written: {reason}.", LATER),
    Refusal("57014", DeadlineError, "The transaction took too long and was interrupted in the database."),
    Refusal("57", UnavailableError, "The database is away: {reason}.", LATER),
    Refusal("58", UnavailableError, "The database has lost its files or its disk: {reason}.", LATER),
)
"""What is about the database."""


def explain_refusal(error: DBAPIError) -> LnqlError | None:
    """The error of what a database does not do; None for what it should never be told, such as wrong SQL."""
    state = _state(error)
    meant = next((refusal for refusal in (*ROWS, *OTHERS) if state.startswith(refusal.state)), None)
    return meant and meant.kind(meant.sentence.format(reason=reason(error)), hint=meant.hint)


def is_about_rows(error: DBAPIError) -> bool:
    """Whether a database refuses what is written, and would take other rows."""
    return _state(error).startswith(tuple(refusal.state for refusal in ROWS))


def reason(error: DBAPIError) -> str:
    """What the database says, in one line."""
    return str(error.orig).partition("\n")[0].rstrip(".")


def _state(error: DBAPIError) -> str:
    """The SQLSTATE of an error; drivers leave it out, and SQLite has none."""
    if state := getattr(error.orig, "sqlstate", None):
        return str(state)
    if isinstance(error, IntegrityError):
        return "23"
    if isinstance(error, DataError) or isinstance(error.orig and error.orig.__cause__, ValueError):
        return "22"  # asyncpg itself refuses a number that is too large
    return "08" if error.connection_invalidated else ""
