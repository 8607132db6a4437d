"""What mutations answer: the records that were written, read by a plan like any others, and typed errors."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, Self

import orjson
import strawberry
from graphql import FieldNode, GraphQLNonNull
from msgspec import Struct, structs

from lnql.errors import LnqlError

from .plan import Plan
from .planner import Planner
from .registry import RegistryInfo
from .scalars import JSON
from .selection import Operation
from .type_factory import field, fill, many, object_type, optional


@strawberry.enum(name="ErrorCode", description="What is wrong with something that was to be written.")
class UserErrorCode(Enum):
    """The codes of errors in payloads: these are about what is to be written, all others about the request."""

    INVALID = strawberry.enum_value("INVALID", description="A value that is not accepted.")
    NOT_FOUND = strawberry.enum_value("NOT_FOUND", description="A row that does not exist.")
    NOT_UNIQUE = strawberry.enum_value("NOT_UNIQUE", description="There would be two of what may be there once.")
    LOCKED = strawberry.enum_value("LOCKED", description="A row that is closed to changes.")
    STALE = strawberry.enum_value("STALE", description="A row that has changed since it was read.")
    FORBIDDEN = strawberry.enum_value("FORBIDDEN", description="Something the caller may not do.")
    ROLLED_BACK = strawberry.enum_value(
        "ROLLED_BACK", description="No fault of its own; undone with what was refused elsewhere in the operation."
    )


USER_ERROR = fill(
    object_type("UserError", "Why something was not written."),
    [
        field("message", str, "A sentence that names the value and what would be accepted."),
        field("code", UserErrorCode, "What kind of mistake it is."),
        field("path", optional(many(str)), "Where in the input: names, and numbers of list items from 0."),
    ],
)

DELETED_ROWS = fill(
    object_type("DeletedRows", "How many rows of a table were deleted for good."),
    [field("table", str, "Name of the table in the database."), field("count", int, "How many rows.")],
)

DELETE_PAYLOAD = fill(
    object_type("DeletePayload", "What a deletion did."),
    [
        field("count", int, "How many records were deleted, not counting what went with them."),
        field("tables", many(DELETED_ROWS), "How many rows of each table were deleted for good; empty for the trash."),
        field("errors", many(USER_ERROR), "Why nothing was deleted; empty if it was."),
    ],
)


NEW_ROW = (
    "In a dry run, the columns of the record that would be made, by the names of their fields;"
    " without its databaseId and what is not known before. Else null."
)
NEW_UID = "In a dry run, the uid of the record that would be made: to make it with that one, give it. Else null."


def names_new_rows(info: RegistryInfo) -> bool:
    """Whether rows may be told their uid before they are made; versions get theirs from their family."""
    return "uid" in info.fields and "isLatest" not in info.fields


def payload_type(info: RegistryInfo, row: type) -> type:
    """`RecordPayload`."""
    return fill(
        object_type(f"{info.name}Payload", f"{info.with_article.capitalize()} that was written."),
        lambda: [
            field(info.singular, optional(row), "As it is now; null if it was not written."),
            field("newRow", optional(JSON), NEW_ROW),
            *([field("newUid", optional(str), NEW_UID)] if names_new_rows(info) else []),
            field("errors", many(USER_ERROR), "Why it was not written; empty if it was."),
        ],
    )


def list_payload_type(info: RegistryInfo, row: type) -> type:
    """`RecordsPayload`."""
    return fill(
        object_type(f"{info.plural_name}Payload", f"{info.plural_words.capitalize()} that were written."),
        lambda: [
            field(info.plural, many(optional(row)), "As they are now, in the order given; null for a refused one."),
            field("errors", many(USER_ERROR), "What was refused, and why; the number of the record is in `path`."),
        ],
    )


class UserError(Struct, frozen=True):
    """What is wrong with something that was to be written."""

    message: str
    code: str
    path: tuple[str, ...] = ()

    @classmethod
    def of(cls, error: LnqlError) -> Self:
        """What an exception says."""
        return cls(str(error), error.code.value, error.path)


class DeletedRows(Struct, frozen=True):
    """How many rows of a table were deleted for good."""

    table: str
    count: int


class Written(Struct, frozen=True):
    """What a mutation field did: the keys of rows, None for one that was refused; how many; what is wrong.

    `registry` is the name of the one that was written to, empty where nothing was written. It can be kept as JSON.
    """

    registry: str = ""
    keys: Sequence[int | None] = ()
    count: int = 0
    errors: Sequence[UserError] = ()
    tables: Sequence[DeletedRows] = ()
    new_row: dict[str, Any] | None = None
    new_uid: str | None = None


class Payload:
    """The answer of one mutation field in the making."""

    def __init__(
        self,
        operation: Operation,
        type_name: str,
        nodes: list[FieldNode],
        written: Written,
        info: RegistryInfo | None,
    ) -> None:
        self._operation = operation
        self._info = info
        self._selection = operation.select(type_name, nodes)
        self._written = written

    def plans(self, planner: Callable[[], Planner]) -> dict[str, Plan]:
        """The plans that read back what was written, by response key."""
        info, keys = self._info, self._written.keys
        plans: dict[str, Plan] = {}
        if info is None or all(one is None for one in keys):
            return plans
        for key, name, nodes in self._selection.items():
            if name == info.singular and (plan := planner().lookup(info, {info.key.name: keys[0]}, nodes)):
                plans[key] = plan
            elif name == info.plural:
                plans[key] = planner().by_keys(info, keys, nodes)
        return plans

    def data(self, loaded: dict[str, orjson.Fragment | None]) -> dict[str, Any]:
        """The answer, given what the plans loaded."""
        return {key: self._value(key, name, nodes, loaded) for key, name, nodes in self._selection.items()}

    def _value(self, key: str, name: str, nodes: list[FieldNode], loaded: dict[str, orjson.Fragment | None]) -> Any:
        match name:
            case "__typename":
                return self._selection.type.name
            case "newRow":
                return self._written.new_row
            case "newUid":
                return self._written.new_uid
            case "count":
                return self._written.count
            case "errors":
                return [self._object("UserError", error, nodes) for error in self._written.errors]
            case "tables":
                return [self._object("DeletedRows", rows, nodes) for rows in self._written.tables]
            case _ if isinstance(self._selection.type.fields[name].type, GraphQLNonNull):  # a list
                return loaded.get(key, [None] * len(self._written.keys))
            case _:
                return loaded.get(key)

    def _object(self, type_name: str, value: UserError | DeletedRows, nodes: list[FieldNode]) -> dict[str, Any]:
        values = {**structs.asdict(value), "__typename": type_name}
        selection = self._operation.select(type_name, nodes)
        return {key: values[name] for key, name, _ in selection.items()}
