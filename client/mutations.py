"""Mutations: what is written, sent to the server, and the rows it answers with."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .documents import everything
from .errors import FieldValidationError, InvalidError, LnqlError, error_from_answer
from .names import python_name

if TYPE_CHECKING:
    from .registry import Registry

Json = dict[str, Any]
CHUNK = 500
"""How many rows one request writes."""


async def mutate(
    registry: "Registry", action: str, given: Mapping[str, Any], *, many: bool = False, fields: str = ""
) -> Any:
    """Write to a registry; gives the row as it is then, with `many` the rows, of a deletion their number.

    Args:
        registry: where to write.
        action: what the mutation's name begins with: create, update, upsert, delete or restore.
        given: its input.
        many: whether it is the mutation of several rows.
        fields: what is read of each row, in GraphQL; by default all columns.

    Raises:
        FieldValidationError: if a value is refused.
        LnqlError: if the server refuses for another reason; nothing was written then. Its `path` leads to what is
            wrong: the number of a row comes after "data".
    """
    info = registry.__registry_info__
    name = f"{action}{info.plural_type if many else info.name}"
    written = f"{info.plural if many else info.singular} {{ {fields or _columns(registry)} }}"
    payload = await _send(registry, name, given, f"rows: {'count' if action == 'delete' else written}")
    return payload["rows"]


async def rehearse(registry: "Registry", data: Json) -> tuple[Json | None, Json]:
    """What making a row would do: the row, if there is one already, and the columns of a new one.

    Raises:
        LnqlError: if the server would refuse, as for `mutate`.
    """
    info = registry.__registry_info__
    wanted = f"rows: {info.singular} {{ {_columns(registry)} }} newRow"
    payload = await _send(registry, f"create{info.name}", {"data": data, "dryRun": True}, wanted)
    return payload["rows"], payload["newRow"] or {}


async def _send(registry: "Registry", name: str, given: Mapping[str, Any], wanted: str) -> Json:
    """The payload of a mutation."""
    text = (
        f"mutation($input: {name[0].upper()}{name[1:]}Input!)"
        f" {{ written: {name}(input: $input) {{ {wanted} errors {{ message code path }} }} }}"
    )
    try:
        data = await registry.__connection__.execute(text, {"input": given}, read=False)
    except InvalidError as invalid:
        raise _unwritable(registry, invalid) or invalid from invalid
    for error in data["written"]["errors"]:
        raise refusal(error)
    payload: Json = data["written"]
    return payload


def _unwritable(registry: "Registry", error: InvalidError) -> FieldValidationError | None:
    """What to say where a field was to be written that the server fills in."""
    found = re.search(r"not to include unknown field '(\w+)'", error.message)
    name = registry.__name__
    return found and FieldValidationError(
        f"{python_name(found[1])} of {name} cannot be written: it is filled in by the server."
    )


def _columns(registry: "Registry") -> str:
    info = registry.__registry_info__
    return everything(info).text(registry.__connection__.catalog, info)


def refusal(error: Mapping[str, Any]) -> LnqlError:
    """The exception for an error of a payload."""
    if error["code"] == "INVALID":
        made: LnqlError = FieldValidationError(error["message"])
    else:
        made = error_from_answer({"message": error["message"], "extensions": {"code": error["code"]}})
    made.path = tuple(error["path"] or ())
    return made


async def create_many(registry: "Registry", data: Sequence[Json]) -> list[Json]:
    """Make rows, a chunk in a request; each chunk is written whole or not at all."""
    rows: list[Json] = []
    for start in range(0, len(data), CHUNK):
        rows += await mutate(registry, "create", {"data": data[start : start + CHUNK]}, many=True)
    return rows
