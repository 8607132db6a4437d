"""Values inside JSON documents: compared by their own type, at a path, on both databases alike."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Server, Sql

MISSING = object()


def at(document: Any, path: list[str]) -> Any:
    """The value at a path, or MISSING."""
    for key in path:
        if isinstance(document, list) and key.isdigit() and int(key) < len(document):
            document = document[int(key)]
        elif isinstance(document, dict) and key in document:
            document = document[key]
        else:
            return MISSING
    return document


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


QUESTIONS: list[tuple[str, list[str], Callable[[Any], bool]]] = [
    ("eq: 0.01", ["learning_rate"], lambda v: is_number(v) and v == 0.01),
    ("eq: 1", ["seed"], lambda v: is_number(v) and v == 1),
    ("eq: 1.0", ["seed"], lambda v: is_number(v) and v == 1),
    ("neq: 1", ["seed"], lambda v: v != 1),
    ("gt: 0.01", ["learning_rate"], lambda v: is_number(v) and v > 0.01),
    ("lte: 0.01", ["learning_rate"], lambda v: is_number(v) and v <= 0.01),
    ("gt: 0", ["downsample"], lambda v: False),  # a boolean is no number
    ("eq: true", ["downsample"], lambda v: v is True),
    ("neq: true", ["downsample"], lambda v: v is not True),
    ('in: [1, 3, "x", false]', ["seed"], lambda v: v in (1, 3)),
    ("in: [true, [64, 32]]", ["downsample"], lambda v: v is True),
    ("notIn: [1, 2]", ["seed"], lambda v: v not in (1, 2)),
    ("in: []", ["seed"], lambda v: False),
    ("eq: [64, 32]", ["layers"], lambda v: v == [64, 32]),
    ("eq: [64, 32.0]", ["layers"], lambda v: v == [64, 32]),
    ("eq: 32", ["layers", "1"], lambda v: v == 32),
    ("contains: 64", ["layers"], lambda v: isinstance(v, list) and 64 in v),
    ('contains: "my-bucket"', ["input_dir"], lambda v: isinstance(v, str) and "my-bucket" in v),
    ('eq: "cool"', ["preprocess_params", "normalization_type"], lambda v: v == "cool"),
    ('gte: "c"', ["preprocess_params", "normalization_type"], lambda v: isinstance(v, str) and v >= "c"),
    (
        'eq: {subset_highlyvariable: true, normalization_type: "cool"}',
        ["preprocess_params"],
        lambda v: v == {"normalization_type": "cool", "subset_highlyvariable": True},
    ),
    ("isJsonNull: true", ["note"], lambda v: v is None),
    ("contains: [32, 64]", ["layers"], lambda v: isinstance(v, list) and {64, 32} <= {*v}),
    ('contains: {preprocess_params: {normalization_type: "cool"}}', [], lambda v: "preprocess_params" in v),
    ('iContains: "MY-BUCKET"', ["input_dir"], lambda v: "my-bucket" in v),
    ('regex: "^s3://.*/$|/file"', ["input_dir"], lambda v: v.endswith("/") or "/file" in v),
    ('startsWith: "0.0"', ["learning_rate"], lambda v: str(v).startswith("0.0")),  # digits of a number
    ('iEq: "TRUE"', ["downsample"], lambda v: v is True),
    ('endsWith: ", 32]"', ["layers"], lambda v: v[-1] == 32),
    ('contains: "64"', ["layers"], lambda v: False),  # a list has elements
    ("between: [0.01, 0.02]", ["learning_rate"], lambda v: is_number(v) and 0.01 <= v <= 0.02),
    ('between: [0, "z"]', ["learning_rate"], lambda v: False),  # no value is both a number and a text
]


@pytest.fixture(scope="module")
def params(real_sql: Sql) -> list[tuple[str, Any]]:
    rows = real_sql("SELECT uid, params FROM lamindb_run WHERE branch_id = 1 ORDER BY id")
    return [(uid, MISSING if text is None else json.loads(text)) for uid, text in rows]


@pytest.mark.parametrize(("question", "path", "holds"), QUESTIONS, ids=[f"{q} at {p}" for q, p, _ in QUESTIONS])
def test_a_value_is_compared_by_its_type(
    real: Server, params: list[tuple[str, Any]], question: str, path: list[str], holds: Callable[[Any], bool]
) -> None:
    wanted = [uid for uid, document in params if (value := at(document, path)) is not MISSING and holds(value)]
    filter_ = f"filter: {{params: [{{path: $path, {question}}}]}}"
    assert real.uids("runs", filter_, {"path": path}, "($path: [String!])") == wanted


def test_an_absent_key_is_null_and_json_null_is_not(real: Server, params: list[tuple[str, Any]]) -> None:
    present = [uid for uid, document in params if at(document, ["note"]) is not MISSING]
    absent = [uid for uid, document in params if at(document, ["note"]) is MISSING]
    assert present
    assert real.uids("runs", 'filter: {params: [{path: ["note"], isNull: false}]}') == present
    assert real.uids("runs", 'filter: {params: [{path: ["note"], isNull: true}]}') == absent


def test_keys_are_taken_as_they_are(real: Server) -> None:
    for key in ('a"b', "a.b", "$", "it's", "[0]", "", "ключ", "0"):
        assert real.uids("runs", "filter: {params: [{path: [$k], isNull: false}]}", {"k": key}, "($k: String!)") == []


@pytest.mark.parametrize(
    ("filter_", "message"),
    [
        ("{params: [{}]}", "filter.params.0 has no comparator; it would match everything."),
        ('{params: [{path: ["a"]}]}', "filter.params.0 has no comparator; it would match everything."),
        ("{params: [{eq: null}]}", "filter.params.0.eq is null. Ask for absent values with isNull"),
        ("{params: [{path: null, eq: 1}]}", "filter.params.0.path is null."),
        ("{params: [{between: [1]}]}", "filter.params.0.between has 1 values; it takes two"),
        ("{params: [{between: [1, true]}]}", "filter.params.0.between: True is neither more nor less."),
        ("{params: [{lt: 9223372036854775808}]}", "The integer 9223372036854775808 does not fit into 64 bits."),
        ("{params: [{in: [1, [-9223372036854775809]]}]}", "The integer -9223372036854775809 does not fit"),
        ("{params: [{eq: {a: 18446744073709551615}}]}", "The integer 18446744073709551615 does not fit"),
        ("{params: [{lt: 1e309}]}", "inf is no number that JSON has. A number is below 1.8e308."),
        ("{params: [{eq: {a: [-1e400]}}]}", "-inf is no number that JSON has."),
        ("{params: [{in: [" + "9" * 5000 + "]}]}", "nan is no number that JSON has."),
        ('{params: [{regex: "("}]}', "filter.params.0.regex: '(' is no regular expression of RE2"),
    ],
)
def test_what_says_nothing_is_refused(real: Server, filter_: str, message: str) -> None:
    code, told = real.refuse(f"{{ runs(filter: {filter_}) {{ totalCount }} }}")
    assert code == "INVALID"
    assert told.startswith(message)
