"""Searching a list by a text: the argument, and what is asked for.

A search is ranked in Python before the statement of the operation runs (`search_texts.py`); the statement takes the
rows that were found, with their scores, as a parameter (`findings.py`, `search_sql.py`).
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from lnql.errors import InvalidError, TooComplexError
from lnql.suggestions import did_you_mean

from .registry import Field, RegistryInfo
from .scalars import Kind
from .settings import Limits
from .type_factory import field, fill, input_field, input_type, many

HINT = "Name fields that hold text, or leave them out to search them all."


class Search(Struct, frozen=True):
    """A text to find in fields of a registry."""

    info: RegistryInfo
    fields: tuple[Field, ...]
    text: str
    case_sensitive: bool
    fuzzy: bool

    @property
    def mark(self) -> tuple[Any, ...]:
        """What tells its ranks from those of another search."""
        return tuple(field.name for field in self.fields), self.text, self.case_sensitive, self.fuzzy


@cache
def search_input() -> type:
    """Make the argument, `Search`."""
    made = input_type(
        "Search",
        "Ranked text search; `totalCount` and pages include fuzzy hits unless `fuzzy` is false.",
    )
    resembling = "Whether rows follow whose names resemble the text or are spelled otherwise."
    return fill(
        made,
        [
            field("text", str, "What to find; blanks around it do not count."),
            input_field("fields", many(str), "Names of text fields to search; all of them if not given."),
            input_field("caseSensitive", bool, "Whether case counts in exact hits."),
            input_field("fuzzy", bool, resembling),
        ],
    )


def text_fields(info: RegistryInfo) -> dict[str, Field]:
    """Give the fields of a registry that are searched: those that LaminDB searches, all columns of text."""
    return {name: field for name, field in info.fields.items() if field.kind is Kind.STRING and not field.words}


def parse_search(info: RegistryInfo, argument: Mapping[str, Any], limits: Limits) -> Search:
    """Read a search argument.

    Raises:
        InvalidError: for a field that holds no text.
        TooComplexError: for a text that is too long.
    """
    given = {name: value for name, value in argument.items() if value is not None}
    text, known = given["text"], text_fields(info)
    if len(text) > limits.search_text:
        raise TooComplexError(f"search.text has {len(text)} characters; at most {limits.search_text} are allowed.")
    names = given.get("fields", known)
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or HINT
            raise InvalidError(f"search.fields: {info.name} has no text field {name!r}.", hint=hint)
    fields = tuple(known[name] for name in dict.fromkeys(names))
    return Search(info, fields, text, given.get("caseSensitive", False), given.get("fuzzy", True))
