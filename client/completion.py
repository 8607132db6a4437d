"""Records behind attributes: `lookup().t_cell`, which editors and notebooks complete."""

import keyword
import re
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from .errors import InvalidValueError

Keep = Literal["first", "last", False]
CHOICES: Mapping[Any, Callable[[list[Any]], Any]] = {
    "first": lambda found: found[0],
    "last": lambda found: found[-1],
    False: lambda found: found if len(found) > 1 else found[0],
}
"""What is given of several by `keep`."""


def choose(keep: Keep) -> Callable[[list[Any]], Any]:
    """Give the function that picks from a list by `keep`.

    Raises:
        InvalidValueError: for another word.
    """
    if keep not in CHOICES:
        raise InvalidValueError(f"keep={keep!r} is unknown; it takes 'first', 'last' or False.")
    return CHOICES[keep]


def attribute_name(value: str) -> str:
    """Turn a value into the name of an attribute, as LaminDB does.

    >>> attribute_name("T cell"), attribute_name("50% confluent"), attribute_name("class")
    ('t_cell', 'ln_50_confluent', 'class_')
    """
    name = re.sub("[^0-9a-zA-Z_]+", "_", value).lower()
    if not name[0].isalpha():
        name = f"ln_{name}"
    return f"{name}_" if keyword.iskeyword(name) or name == "dict" else name


class Completions:
    """Records by the values of one of their fields; what is no text, or empty, is left out."""

    def __init__(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        self._records: dict[str, list[Any]] = {}
        for value, record in pairs:
            if isinstance(value, str) and value:
                self._records.setdefault(value, []).append(record)

    def dict(self) -> dict[str, Any]:
        """The records by their values; a list where several have the same."""
        return {value: records if len(records) > 1 else records[0] for value, records in self._records.items()}

    def named_tuple(self, return_field: str | None, keep: Keep) -> Any:
        """The records, or one of their fields, as a named tuple that has `dict` besides.

        Values that make the same name share it: `keep` says which record is given.
        """
        named: dict[str, list[Any]] = {}
        for value, records in self._records.items():
            named.setdefault(attribute_name(value), []).extend(records)
        if return_field is not None:
            named = {name: [getattr(record, return_field) for record in records] for name, records in named.items()}
        pick = choose(keep)
        make: Any = namedtuple  # its fields are data, which no type checker knows
        return make("Lookup", [*named, "dict"])(*map(pick, named.values()), self.dict)
