"""Reading JSON strictly: what a database would store differently, or not at all, is refused at the edge.

Strict means: no key twice in one object, no NUL, no lone surrogate, no NaN, no integer beyond 64 bits (orjson alone
would make a float of it), no number of more digits and no nesting of more levels than the limits allow. orjson reads
the text; only a text that could break a rule that orjson does not know is read again, slowly.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import orjson

from lnql.errors import InvalidError

from .settings import Limits

BITS_64 = range(-(2**63), 2**63)
ESCAPE_OR_LONG_NUMBER = re.compile(rb"\\u|\d{19}")
PARAMETERS = tuple(f'"{name}"'.encode() for name in ("query", "operationName", "variables", "extensions"))


def parse_json(text: bytes, limits: Limits) -> Any:
    """The value of a JSON text.

    Raises:
        InvalidError: where the text is not JSON in UTF-8, or breaks one of the rules above.
    """
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InvalidError(f"it is not valid JSON: {error}.") from None
    if _may_break_a_rule(text, limits):
        _check_depth_and_strings(value, limits)
        _check_numbers_and_keys(text, limits)
    return value


def _may_break_a_rule(text: bytes, limits: Limits) -> bool:
    return (
        text.count(b"{") + text.count(b"[") > limits.json_depth
        or ESCAPE_OR_LONG_NUMBER.search(text) is not None
        or any(text.count(name) > 1 for name in PARAMETERS)
    )


def _check_depth_and_strings(value: Any, limits: Limits) -> None:
    level = [value]
    for _ in range(limits.json_depth + 1):
        if any(isinstance(item, str) and "\0" in item for item in level):
            raise InvalidError("a string holds a NUL character, which cannot be stored.")
        level = [child for item in level for child in _children(item)]
    if level:
        raise InvalidError(f"it is nested deeper than {limits.json_depth} levels.")


def _children(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _check_numbers_and_keys(text: bytes, limits: Limits) -> None:
    """Read the text once more with the standard library, which shows each number as it is written."""

    def check_digits(number: str) -> str:
        if len(number) > limits.number_digits:
            raise InvalidError(f"a number has {len(number):,} digits; the limit is {limits.number_digits}.")
        return number

    def check_integer(number: str) -> None:
        if int(check_digits(number)) not in BITS_64:
            raise InvalidError(f"the integer {number} does not fit into 64 bits; send it as a string or a float.")

    json.loads(text, parse_int=check_integer, parse_float=check_digits, object_pairs_hook=_refuse_same_keys)


def _refuse_same_keys(pairs: list[tuple[str, Any]]) -> None:
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise InvalidError(f"the key {twice!r} is given twice in one object.")
