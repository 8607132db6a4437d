"""Values that are hard to compare: letters that look alike or fold in odd ways, wildcards, quotes, the ends of
numbers and dates, JSON documents with the same key in other types.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from lnql.graph.scalars import Kind

TEXTS = (
    "", " ", "a", "A", "abc", "ABC", "aBc", "a%c", "a_c", "a*c", "a?c", "[a]c", "a]c", "100%", "%", "_", "*", "?",
    "[", "]", "\\", "a\\b", "a\\%", "\\n", "a\nb", "line\n", "tab\t", "'", "it's", '"', 'say "hi"', "`", "$1", "{}",
    "--", ";", "a,b", "straße", "STRASSE", "strasse", "STRAẞE", "ß", "ſ", "s", "İ", "i", "I", "ı", "i\u0307", "K",
    "k", "\u212a", "Σ", "σ", "ς", "ΟΔΟΣ", "οδος", "οδοσ", "é", "e\u0301", "É", "E\u0301", "ﬀ", "ǅ", "Ä", "ä",
    "日本語", "\uff5e", "🧬", "🧬🧪", "🇩🇪", "👩\u200d🔬", "𝒳", "\U00010400", "\U00010428", "\ue000", "0", "1",
    "007", "null", "true", "NULL", "a.c", "^a", "c$", "(a|c)",
)  # fmt: skip
PATTERNS = (
    "a", "^a", "c$", "^$", "a.b", "a.c", r"a\.c", "[aA]b", "[^a]", r"\d+", r"^\w+$", r"\s", "a*c", "a?c", "(a|ß)",
    "(?:ab)+c", "ß", "^.$", "^..$", "🧬+", r"\\", r"\[", "[]]", "it's", '"', "a{1,2}b", "ä|é", "日.語", "%", r"\*",
    "^[^\\n]*$", "a\\nb",
)  # fmt: skip
DOCUMENTS: tuple[Any, ...] = (
    {"a": 1}, {"a": 1.0}, {"a": "1"}, {"a": True}, {"a": None}, {}, {"a": False}, {"a": 0}, {"a": ""},
    {"a": "null"}, {"a": [1, "x", None, True, 2.5]}, {"a": []}, {"a": {}}, {"a": {"b": 2}},
    {"a": {"b": [10, {"c": "deep"}]}}, {"a": {"b": None}}, {"b": 2, "a": {"y": 1, "x": 2}}, {"a": {"x": 2, "y": 1}},
    {"a": 2**53 + 1}, {"a": 2**53}, {"a": -1.5}, {"a": 1e300}, {"a": "straße"}, {"a": 'q"u\\o\'te'}, {"a": "🧬"},
    {"a.b": 1, "": 5}, {'k"ey': 3, "it's": 4}, {"0": "key"}, ["list", 1], [], [[1], [2]], [1, 2, 3], [1.0], "text",
    "ext", "", 5, 5.5, 0, -3, True, False, None, "null", {"a": "abc"}, {"a": "ABC"}, {"a": ["abc"]},
    {"a": [[1, 2]]}, {"a": [{"b": 2}]}, {"-1": "minus"}, {"a": [1, 2, 3]}, {"a": {"0": "zero"}},
    {"🧬": {"ß": "found"}}, {"a": 10}, {"a": 9}, {"a": 1e-7}, {"a": 1.5e-300}, {"bb": 1, "é": 2, "c": [{}, []]},
    {"a": "\x1f\t\x7f"}, {"a": {"b": [{"c": 1}, {}], "d": None}}, {"a": [{"b": 2, "c": 3}]}, {"a": -0.0},
)  # fmt: skip
PATHS: tuple[list[str], ...] = (
    [], ["a"], ["a", "b"], ["a", "0"], ["a", "b", "1", "c"], ["0"], ["1"], ["0", "0"], ["a.b"], [""], ['k"ey'],
    ["it's"], ["-1"], ["a", "-1"], ["a", "00"], ["🧬", "ß"], ["absent"], ["a", "b", "0"], ["a", "9"], ["$"],
    ["a", "#-1"],
)  # fmt: skip
JSON_OPERANDS: tuple[Any, ...] = (
    1, 1.0, "1", True, False, 0, "", "null", 2, 2.5, -1.5, 2**53, 2**53 + 1, 1e300, "abc", "straße", 'q"u\\o\'te',
    "🧬", 5, [], {}, [1, 2], [1, 2, 3], {"b": 2}, {"x": 2, "y": 1}, ["list", 1], {"a": 1}, "deep", 10, "text",
    "ext", [1.0], {}, {"a": {"b": [{}]}}, {"a": {}}, {"a": [1, 2]}, [[]], [{"b": 2}], [2, 1.0],
)  # fmt: skip
JSON_TEXTS = (
    "", "TEXT", "STRASSE", "straße", "[1", "1, 2", "]", '{"', ': 2}', '{"X": 2, "Y": 1}', "TRUE", "null", "-1.5", "1.0",
    "0.00000", "E-", "10000000000000000000", '"Ex', "\\u", "🧬",
)  # fmt: skip
"""What may be in, at the start or at the end of the text of a JSON value."""
JSON_PATTERNS = (r"^\[", r"^\{.*\}$", r"^-?[0-9]+\.[0-9]+$", ": null", "^(true|false)$", "É|ß")

NOON = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
INSTANTS = (
    NOON,
    NOON + timedelta(microseconds=1),
    NOON + timedelta(milliseconds=500),
    NOON + timedelta(milliseconds=250),
    NOON - timedelta(microseconds=1),
    *(datetime(year, month, day, tzinfo=UTC) for year, month, day in ((2024, 2, 29), (2024, 12, 30), (2026, 12, 31))),
    *(datetime(year, 1, day, 23, 59, 59, 999999, tzinfo=UTC) for year in (2021, 2023, 2027) for day in (1, 3, 4)),
    datetime(999, 1, 2, 3, 4, 5, 6000, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC),
    datetime.max.replace(tzinfo=UTC),
    datetime.min.replace(tzinfo=UTC),
)
INTS = (0, 1, -1, 5, 7, 10, 100, 2**31 - 1, -(2**31))
BIGS = (*INTS, 2**31, 2**53, 2**53 + 1, 2**62, 2**63 - 1, -(2**63))
FLOATS = (0.0, -0.0, 0.1, 0.1 + 0.2, 0.3, 1.0, -1.5, 1e-300, 1.7e308, -1.7e308, 2.0**53, 1 / 3)

VALUES: dict[Kind, tuple[Any, ...]] = {
    Kind.STRING: TEXTS,
    Kind.INT: INTS,
    Kind.BIGINT: BIGS,
    Kind.FLOAT: FLOATS,
    Kind.BOOLEAN: (True, False),
    Kind.DATETIME: INSTANTS,
    Kind.DATE: tuple(sorted({value.date() for value in INSTANTS})),
    Kind.JSON: DOCUMENTS,
}
