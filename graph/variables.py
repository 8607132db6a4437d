"""How much the variables of a request hold, seen before they are compared with their types, which takes much longer."""

from typing import Any

from .documents import Document
from .limits import require
from .settings import Limits

Variables = dict[str, Any]


def check_variables(variables: Variables, document: Document, limits: Limits) -> None:
    """Refuse variables that hold a longer list, or more objects, than any argument takes.

    What a mutation writes are objects, of which there may be many: these are counted as rows.

    Raises:
        TooComplexError: with the number found.
    """
    objects = 0
    stack: list[Any] = [variables]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            objects += 1
            stack += value.values()
        elif isinstance(value, list):
            most = max(limits.list_items, limits.bulk_rows)
            require(len(value), most, "A list in the variables has {found} items", "Ask in several requests.")
            stack += value
    if document.is_query:
        hint = "Join conditions: one `in` takes the place of many `eq`."
        require(objects, limits.query_objects, "The variables hold {found} objects", hint)
