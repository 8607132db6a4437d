"""Rows written in bulk, by the mutations of their registry."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from . import background
from .errors import error_from_answer

if TYPE_CHECKING:
    from .registry import Registry

Row = Mapping[str, Any]
"""The values of a row by their GraphQL names; related rows are global ids."""


def write_rows(
    registry: "Registry", verb: Literal["create", "upsert"], rows: Sequence[Row], fields: str, **more: Any
) -> list[dict[str, Any]]:
    """Write rows, all or none, and give `fields` of each; `more` goes into the input beside the rows.

    Raises:
        ReadOnlyError: if the instance may not be changed.
        LnqlError: for the first row that is refused; its `path` has the row's number after "data".
    """
    info = registry.__registry_info__
    name = info.plural_type
    text = (
        f"mutation($input: {verb.capitalize()}{name}Input!) {{ written: {verb}{name}(input: $input)"
        f" {{ rows: {info.plural} {{ {fields} }} errors {{ message code path }} }} }}"
    )
    connection = registry.__connection__
    answer = background.run(connection.execute(text, {"input": {"data": rows, **more}}, read=False))["written"]
    for refused in answer["errors"]:
        error = error_from_answer({"message": refused["message"], "extensions": {"code": refused["code"]}})
        error.path = tuple(refused["path"] or ())
        raise error
    return answer["rows"]  # type: ignore[no-any-return]
