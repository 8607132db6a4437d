"""Pages: the paging arguments of a connection, and its cursors.

A cursor is the signature of its list and order, eight hexadecimal digits, and after it the key values of its row as
hexadecimal JSON. The database writes it (`sql.py`); here it is read.
"""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import orjson

from lnql.errors import InvalidError, TooComplexError

from .conditions import Slot
from .order_keys import FeatureKey, OrderKey, Page, Relevance
from .registry import Field
from .scalars import Kind, parse_bigint, parse_date, parse_datetime
from .search import Search

SIGNATURE_LENGTH = 8


def _exactly(type_: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) is not type_:
            raise InvalidError(f"{value!r} is no {type_.__name__}.")
        return value

    return read


def _text(value: Any) -> str:
    if type(value) is not str or "\0" in value:  # PostgreSQL takes no NUL
        raise InvalidError(f"{value!r} is no text.")
    return value


def _instant(value: Any) -> str:
    parse_datetime(value)
    return str(value)


def _float(value: Any) -> float:
    if type(value) not in (int, float):
        raise InvalidError(f"{value!r} is no number.")
    return float(value)


READERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.STRING: _text,
    Kind.BOOLEAN: _exactly(bool),
    Kind.FLOAT: _float,
    Kind.INT: parse_bigint,
    Kind.BIGINT: parse_bigint,
    Kind.DATETIME: _instant,
    Kind.DATE: parse_date,
}
"""How a key value is read from a cursor, whoever wrote it."""


def signature(owner: str, order: Sequence[OrderKey], search: Search | None) -> str:
    """Mark the cursors of one list (`Artifact.records`) in one order, which may be the rank of one search."""
    keys = [
        (*(step.name for step in key.path), key.by.name, "desc" if key.descending else "asc", key.nulls_first)
        for key in order
    ]
    ranks = search.mark if search and any(isinstance(key.by, Relevance) for key in order) else None
    return sha256(orjson.dumps([owner, keys, ranks])).hexdigest()[:SIGNATURE_LENGTH]


def kind_of_key(key: OrderKey) -> Kind:
    """The kind of value an order key has; a status is ordered by its code, rows are counted."""
    if isinstance(key.by, FeatureKey):
        return key.by.values.kind
    if isinstance(key.by, Field):
        return Kind.INT if key.by.words else key.by.kind
    return Kind.BIGINT


class PageParser:
    """Reads the paging arguments of one connection; values go to `bind`, which gives their slots.

    Args:
        largest: how many rows a page may have here.
        default: how many it has when neither `first` nor `last` is given.
    """

    def __init__(self, largest: int, default: int, bind: Callable[[Any], Slot]) -> None:
        self._largest = largest
        self._default = default
        self._bind = bind

    def parse(self, arguments: Mapping[str, Any], order: Sequence[OrderKey], mark: str) -> Page:
        """Give the page.

        Raises:
            InvalidError: for `first` with `last`, a negative number, a cursor of another list or order.
            TooComplexError: for a page that is too large.
        """
        given = {name: value for name, value in arguments.items() if value is not None}
        if "first" in given and "last" in given:
            raise InvalidError("first and last were both given.", hint="Ask for the start or for the end of the list.")
        return Page(
            size=self.size(given),
            backward="last" in given,
            offset=self._offset(given),
            after=self._cursor("after", given, order, mark),
            before=self._cursor("before", given, order, mark),
        )

    def size(self, given: Mapping[str, Any]) -> int:
        """Give the size of a page; see `parse`."""
        name = "last" if "last" in given else "first"
        size = int(given.get(name, self._default))
        if size < 0:
            raise InvalidError(f"{name} is {size}; it takes 0 or more rows.")
        if size > self._largest:
            raise TooComplexError(f"{name} is {size}; here a page has at most {self._largest} rows.")
        return size

    def _offset(self, given: Mapping[str, Any]) -> Slot | None:
        offset = given.get("offset", 0)
        if offset < 0:
            raise InvalidError(f"offset is {offset}; it takes 0 or more rows.")
        return self._bind(offset) if offset else None

    def _cursor(
        self, name: str, given: Mapping[str, Any], order: Sequence[OrderKey], mark: str
    ) -> tuple[Slot | None, ...] | None:
        if name not in given:
            return None
        values = _read(name, given[name], order, mark)
        return tuple(None if value is None else self._bind(value) for value in values)


def _read(name: str, cursor: str, order: Sequence[OrderKey], mark: str) -> list[Any]:
    """Read the key values of a cursor."""
    hint = "Pass one that a page of this list, in this order, gave."
    try:
        values = orjson.loads(bytes.fromhex(cursor[SIGNATURE_LENGTH:]))
    except ValueError:
        values = None
    if not isinstance(values, list):
        raise InvalidError(f"{name}: {cursor[:40]!r} is no cursor.", hint=hint)
    if cursor[:SIGNATURE_LENGTH] != mark or len(values) != len(order):
        raise InvalidError(
            f"{name}: the cursor {cursor[:40]!r} is of another list, another order or search.", hint=hint
        )
    try:
        return [_key_value(key, value) for key, value in zip(order, values, strict=True)]
    except InvalidError:
        raise InvalidError(f"{name}: {cursor[:40]!r} is no cursor.", hint=hint) from None


def _key_value(key: OrderKey, value: Any) -> Any:
    if value is None and key.nullable:
        return None
    return READERS[kind_of_key(key)](value)
