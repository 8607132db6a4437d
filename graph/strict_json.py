"""Reading JSON strictly: what a database would store differently, or not at all, is refused at the edge.

Strict means: no parameter of a request twice, no NUL, no lone surrogate, no NaN, no integer beyond 64 bits (orjson
alone would make a float of it), no number of more digits and no nesting of more levels than the limits allow. orjson
reads the text; the rules it does not know are checked on the text, which is quicker than to walk the value.
"""

import json
import re
from typing import Any

import orjson

from lnql.errors import InvalidError

from .scalars import BITS_64
from .settings import Limits

BRACKETS_AT_MOST = 100_000
"""A body of a megabyte of empty lists would take half a second to read; one that means something has few of them."""
STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"')
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
LONG_NUMBER = re.compile(rb"-?\d[\d.eE+-]{18,}")
OF_NUMBERS = bytes(48 if byte in b"0123456789.eE+-" else 32 for byte in range(256))
"""Bytes that stand in numbers become zeros, others blanks: most texts have no long run of zeros then."""
LONG_RUN = b"0" * 19
NAMES = ("query", "documentId", "operationName", "variables", "extensions")
PARAMETERS = tuple(f'"{name}"'.encode() for name in NAMES)
BRACKETS = bytes.maketrans(b"{}", b"[]")
NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def parse_json(text: bytes, limits: Limits) -> Any:
    """The value of a JSON text.

    Raises:
        InvalidError: where the text is not JSON in UTF-8, or breaks one of the rules above.
    """
    brackets = text.count(b"{") + text.count(b"[")
    if brackets > BRACKETS_AT_MOST:
        raise InvalidError(f"it has {brackets:,} objects and lists; the limit is {BRACKETS_AT_MOST:,}.")
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InvalidError(f"it is not valid JSON: {error}.") from None
    if brackets > limits.json_depth:
        _check_depth(text, limits)
    if b"\\u0000" in text and NUL.search(text):
        raise InvalidError("a string holds a NUL character, which cannot be stored.")
    if LONG_RUN in text.translate(OF_NUMBERS):
        _check_numbers(text, limits)
    if max(map(text.count, PARAMETERS)) > 1:
        json.loads(text, object_pairs_hook=_refuse_same_keys)
    return value


def _check_depth(text: bytes, limits: Limits) -> None:
    """Take away what is innermost, level by level."""
    brackets = STRING.sub(b"", text).translate(BRACKETS, NO_BRACKETS)
    for _ in range(limits.json_depth):
        brackets = brackets.replace(b"[]", b"")
    if brackets:
        raise InvalidError(f"it is nested deeper than {limits.json_depth} levels.")


def _check_numbers(text: bytes, limits: Limits) -> None:
    for match in LONG_NUMBER.finditer(STRING.sub(b"", text)):
        number = match[0].decode()
        if len(number) > limits.number_digits:
            raise InvalidError(f"a number has {len(number):,} digits; the limit is {limits.number_digits}.")
        if number.lstrip("-").isdigit() and int(number) not in BITS_64:
            raise InvalidError(f"the integer {number} does not fit into 64 bits; send it as a string or a float.")


def _refuse_same_keys(pairs: list[tuple[str, Any]]) -> None:
    seen = set()
    for key, _ in pairs:
        if key in seen:
            raise InvalidError(f"the key {key!r} is given twice in one object.")
        seen.add(key)
