"""Every error LNQL raises on purpose, client and server alike.

    LnqlError                 INTERNAL         anything below; itself never raised
    ├── InvalidError          INVALID          a document, a value or a cursor that cannot be understood
    │   ├── FieldError                         a field, a relation or a lookup that a registry does not have
    │   │   ├── FieldDoesNotExist              a field to be written that a registry does not have
    │   │   └── InvalidArgument                a keyword that is neither a field nor a feature
    │   ├── ValidationError                    a value that does not have the form its field asks for (a ValueError)
    │   │   └── FieldValidationError           what a new or changed record cannot be saved with
    │   ├── InvalidValueError                  a value of the wrong type (a ValueError)
    │   │   └── TrackNotCalled                 the end of a run where none is tracked
    │   ├── OrganismNotSet                     an organism that is not known (a ValueError)
    │   ├── InvalidTypeError                   a value of a type that an argument does not take (a TypeError)
    │   ├── QueryStateError                    a step that this query set cannot take any more (a TypeError)
    │   ├── NotApplicableError                 what a registry has not, such as features (an AssertionError)
    │   ├── NotSupportedError                  what Django offers and GraphQL does not
    │   └── MultipleObjectsReturned            several records where one was asked for
    ├── NotFoundError         NOT_FOUND        what was asked for by key does not exist
    │   └── ObjectDoesNotExist                 no record matches; each registry has its own `DoesNotExist`
    ├── TooComplexError       TOO_COMPLEX      more than a limit allows
    ├── DeadlineError         TIMEOUT          a statement or an operation ran out of time and was interrupted
    ├── UnavailableError      UNAVAILABLE      the server cannot answer now
    │   ├── UnreachableError                   no server answers, or the connection broke
    │   ├── AnswerError                        what answers is no LNQL server, or one of another version
    │   ├── SchemaChangedError                 the server's schema is not that which was connected to
    │   ├── NotConnectedError                  no instance was connected to
    │   ├── InstanceError                      no instance can be opened here: wrong path, no database, locked, down, …
    │   └── MissingExtraError                  a package is not installed that the task needs
    ├── UnauthenticatedError  UNAUTHENTICATED  who is asking is not known
    ├── ForbiddenError        FORBIDDEN        who is asking may not do this
    ├── ReadOnlyError         READ_ONLY        a write on an instance that was opened for reading
    ├── IntegrityError        NOT_UNIQUE       a write that would leave the instance in a state it must not have
    │   ├── NotUniqueError                     two rows of what may be there once (a ValueError)
    │   └── ProtectedError                     a record that others need, deleted for good
    ├── LockedError           LOCKED           a write on a row that is closed to changes
    ├── StaleError            STALE            a write on a row that has changed since it was read
    ├── RolledBackError       ROLLED_BACK      a write without a fault of its own, undone with one that had
    └── InternalError         INTERNAL         a defect in LNQL, told to the user without its details

The server writes the code into `extensions.code`, or into the `errors` of a mutation's payload; the client reads it
there and raises the same class again.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar


class ErrorCode(StrEnum):
    """The closed list of codes a client may meet."""

    INVALID = "INVALID"
    NOT_FOUND = "NOT_FOUND"
    TOO_COMPLEX = "TOO_COMPLEX"
    TIMEOUT = "TIMEOUT"
    UNAVAILABLE = "UNAVAILABLE"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    READ_ONLY = "READ_ONLY"
    NOT_UNIQUE = "NOT_UNIQUE"
    LOCKED = "LOCKED"
    STALE = "STALE"
    ROLLED_BACK = "ROLLED_BACK"
    INTERNAL = "INTERNAL"


class LnqlError(Exception):
    """The root of the tree. `message` names the value and what would be accepted, `hint` what to do about it.

    `path` leads to the value in what was given to be written: names of fields, and numbers of list items as text.
    """

    code: ClassVar[ErrorCode] = ErrorCode.INTERNAL

    def __init__(self, message: str, *, hint: str | None = None, path: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message


class InvalidError(LnqlError):
    """A document, a value or a cursor that cannot be understood."""

    code = ErrorCode.INVALID


class FieldError(InvalidError):
    """A field, a relation or a lookup that a registry does not have."""


class FieldDoesNotExist(FieldError):  # noqa: N818  Django's name
    """A field that a record has no value of, where one was to be written."""


class InvalidArgument(FieldError):  # noqa: N818  LaminDB's name
    """A keyword that is neither a field of the registry nor a feature."""


class ValidationError(InvalidError, ValueError):
    """A value that does not have the form its field asks for."""


class FieldValidationError(ValidationError):
    """What a new or changed record cannot be saved with."""


class InvalidValueError(InvalidError, ValueError):
    """A value of another type than the field, the lookup or the argument takes."""


class TrackNotCalled(InvalidValueError):  # noqa: N818  LaminDB's name
    """The end of a run where none is tracked."""


class OrganismNotSet(InvalidError, ValueError):  # noqa: N818  LaminDB's name
    """An organism that is not known, or is needed and was not said."""


class InvalidTypeError(InvalidError, TypeError):
    """A value of a type that an argument does not take."""


class NotApplicableError(InvalidError, AssertionError):
    """What some registries offer and this one does not; LaminDB asserts it."""


class QueryStateError(InvalidError, TypeError):
    """A step that a query set cannot take any more, such as filtering a slice."""


class NotSupportedError(InvalidError, NotImplementedError):
    """What Django's query sets offer and GraphQL does not; the message says what to do instead."""


class MultipleObjectsReturned(InvalidError):  # noqa: N818  Django's name
    """Several records where one was asked for."""


class NotFoundError(LnqlError):
    """What was asked for by key does not exist."""

    code = ErrorCode.NOT_FOUND


class ObjectDoesNotExist(NotFoundError):  # noqa: N818  Django's name
    """No record matches."""


DoesNotExist = ObjectDoesNotExist
MultipleResultsFound = MultipleObjectsReturned


class TooComplexError(LnqlError):
    """An operation that asks for more than a limit allows; the message holds the number found."""

    code = ErrorCode.TOO_COMPLEX


class DeadlineError(LnqlError):
    """A statement or an operation that ran out of time and was interrupted in the database."""

    code = ErrorCode.TIMEOUT


class UnavailableError(LnqlError):
    """The server cannot answer now: too many operations in flight, or the database is away."""

    code = ErrorCode.UNAVAILABLE


class UnreachableError(UnavailableError):
    """No server answers at this address, or the connection to it broke."""


class AnswerError(UnavailableError):
    """What answers is no LNQL server, or one whose schema this client does not know."""


class SchemaChangedError(UnavailableError):
    """The server's schema is not that which was connected to."""


class NotConnectedError(UnavailableError):
    """No instance was connected to."""


class InstanceError(UnavailableError):
    """No instance can be opened here: wrong path, no database, no LaminDB instance, locked, wrong password, down."""


class MissingExtraError(UnavailableError):
    """A package is not installed that the task needs; `hint` holds the command that installs it."""

    def __init__(self, package: str, extra: str, task: str) -> None:
        super().__init__(f"{task} needs the package {package}.", hint=f'Install it: pip install "lnql[{extra}]"')
        self.package = package
        self.extra = extra


class UnauthenticatedError(LnqlError):
    """Who is asking is not known."""

    code = ErrorCode.UNAUTHENTICATED


class ForbiddenError(LnqlError):
    """Who is asking may not do this."""

    code = ErrorCode.FORBIDDEN


class ReadOnlyError(LnqlError):
    """A write on an instance that was opened for reading."""

    code = ErrorCode.READ_ONLY


class IntegrityError(LnqlError):
    """A write that would leave the instance in a state it must not have."""

    code = ErrorCode.NOT_UNIQUE


class ProtectedError(IntegrityError):
    """A record that cannot be deleted for good, because others need it."""


class NotUniqueError(IntegrityError, ValueError):
    """A write that would make two rows of what may be there once."""

    code = ErrorCode.NOT_UNIQUE


class LockedError(LnqlError):
    """A write on a row that is closed to changes."""

    code = ErrorCode.LOCKED


class StaleError(LnqlError):
    """A write on a row that has changed since it was read."""

    code = ErrorCode.STALE


class RolledBackError(LnqlError):
    """A write without a fault of its own, undone because another one of the same request was refused."""

    code = ErrorCode.ROLLED_BACK


class InternalError(LnqlError):
    """A defect in LNQL; the user gets a request id, the log the details."""

    code = ErrorCode.INTERNAL


def error_from_answer(data: Mapping[str, Any]) -> LnqlError:
    """Make the exception for an error in an answer: the class by its code, the server's words as they are.

    >>> error_from_answer({"message": "No.", "extensions": {"code": "READ_ONLY"}})
    ReadOnlyError('No.')
    """
    code = (data.get("extensions") or {}).get("code", ErrorCode.INTERNAL)
    return _BY_CODE.get(code, InternalError)(data["message"])


_BY_CODE: dict[str, type[LnqlError]] = {cls.code: cls for cls in LnqlError.__subclasses__()}
_BY_CODE[ErrorCode.NOT_UNIQUE] = NotUniqueError
_BY_CODE[ErrorCode.NOT_FOUND] = ObjectDoesNotExist
_BY_CODE[ErrorCode.INVALID] = InvalidValueError  # names were checked before the server was asked
