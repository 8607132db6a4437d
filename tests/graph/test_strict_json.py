"""JSON at the edge."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lnql.errors import InvalidError
from lnql.graph.settings import Limits
from lnql.graph.strict_json import parse_json

LIMITS = Limits()
SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
)
STRINGS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS | STRINGS, lambda inner: st.lists(inner) | st.dictionaries(STRINGS, inner), max_leaves=20
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure
@given(VALUES, st.booleans())
def test_every_value_that_can_be_stored_is_read_as_the_standard_library_reads_it(value: Any, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert parse_json(text.encode(), LIMITS) == json.loads(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "it is not valid JSON"),
        (b"{", "it is not valid JSON"),
        (b'"\xff"', "not valid UTF-8"),
        (b"\xef\xbb\xbf1", "byte order mark"),
        ('{"a": 1}'.encode("utf-16"), "it is not valid JSON"),
        (b"NaN", "it is not valid JSON"),
        (b"[-Infinity]", "it is not valid JSON"),
        (b"1e400", "number is infinity"),
        (b"9" * 5000, "number is infinity"),
        (b"9" * 308, "does not fit into 64 bits"),
        (b"0." + b"1" * 400, "a number has 402 digits; the limit is 308"),
        (b"[9223372036854775808]", "the integer 9223372036854775808 does not fit into 64 bits"),
        (b"-9223372036854775809", "the integer -9223372036854775809 does not fit into 64 bits"),
        (rb'{"a": "x\u0000y"}', "a string holds a NUL character"),
        (rb'{"x\u0000y": 1}', "a string holds a NUL character"),
        (rb'"\ud800"', "no low surrogate"),
        (b"[" + b"[]," * 100_000 + b"1]", "it has 100,001 objects and lists; the limit is 100,000"),
        (b"[" * 100_000, "depth limit exceeded"),
        (b"[" * 33 + b"1" + b"]" * 33, "it is nested deeper than 32 levels"),
        (b'{"query": 1, "query": 2}', "the key 'query' is given twice"),
        (b'{"variables": {}, "x": {"y": 1}, "variables": {}}', "the key 'variables' is given twice"),
        (b'"' + b"9" * 30 + b'": ' + b"9" * 30 + b"}", "it is not valid JSON"),
        (b'{"' + b"9" * 30 + b'": ' + b"9" * 20 + b"}", "the integer 99999999999999999999 does not fit into 64 bits"),
    ],
)
def test_what_could_not_be_stored_as_it_is_is_refused(text: bytes, reason: str) -> None:
    with pytest.raises(InvalidError, match=reason):
        parse_json(text, LIMITS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b"9223372036854775807", 2**63 - 1),
        (b"-9223372036854775808", -(2**63)),
        (b"1234567890123456789.5", 1234567890123456789.5),
        (rb'"\\u0000"', r"\u0000"),
        (rb'"\u00e4\ud83d\ude00"', "ä😀"),
        (b'"99999999999999999999"', "99999999999999999999"),
        (b"[0.1234567890123456789, -1.234567890123456789e-5]", [0.1234567890123456789, -1.234567890123456789e-5]),
        (b'["[[[[", "\\\\", "{\\"["]' + b" " * 40, ["[[[[", "\\", '{"[']),
        (b'{"a": {"query": 1}, "query": 2}', {"a": {"query": 1}, "query": 2}),
        (b"[" + b"[]," * 100 + b"1]", [[]] * 100 + [1]),
    ],
)
def test_what_only_looks_suspicious_is_read(text: bytes, value: Any) -> None:
    assert parse_json(text, LIMITS) == value


def test_the_deepest_nesting_allowed_is_read() -> None:
    assert parse_json(b"[" * 32 + b"1" + b"]" * 32, LIMITS)
