"""Regular expressions: the same answers on both databases, and refusals that say why."""

import re

import pytest

from lnql.errors import InvalidError
from lnql.graph.regular_expressions import to_postgresql

from .conftest import Server, Sql

PATTERNS = [
    r"^(CD\d+|B cell)",
    r"T cell$",
    r"[A-Z]{2}\d",
    r"^\w+ \w+$",
    r"alpha[-, ]beta",
    r"[^a-z0-9 ,-]",
    r"(?:naive|memory) .*T",
    r"(?P<kind>T|B) cell",
    r"\ACD8.*cell\z",
    r"cell|tissue",
    r"a{2}|{",
    r"[\d\s]{3,}",
    r"\(",
    r"i+?l",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_finds_what_python_finds(real: Server, real_sql: Sql, pattern: str) -> None:
    names = real_sql("SELECT uid, name FROM bionty_celltype WHERE branch_id = 1 ORDER BY id")
    python = re.compile(pattern.replace(r"\z", r"\Z").replace("|{", r"|\{"), re.DOTALL | re.ASCII)
    wanted = [uid for uid, name in names if python.search(name)]
    declared = "($p: String!)"
    assert real.uids("cellTypes", "filter: {name: {regex: $p}}", {"p": pattern}, declared) == wanted
    folded = re.compile(python.pattern, re.DOTALL | re.ASCII | re.IGNORECASE)
    wanted = [uid for uid, name in names if folded.search(name)]
    assert real.uids("cellTypes", "filter: {name: {iRegex: $p}}", {"p": pattern}, declared) == wanted


def test_a_missing_value_is_unknown(lab: Server, lab_sql: Sql) -> None:
    (missing,) = lab_sql("SELECT count(*) FROM lamindb_artifact WHERE key IS NULL AND branch_id = 1")[0]
    (rows,) = lab_sql("SELECT count(*) FROM lamindb_artifact WHERE branch_id = 1")[0]
    assert missing > 0
    assert len(lab.uids("artifacts", 'filter: {key: {regex: ""}}')) == rows - missing
    assert lab.uids("artifacts", 'filter: {not: {key: {regex: ""}}}') == []


def test_a_pattern_that_is_none_is_refused_with_the_reason(lab: Server) -> None:
    code, message = lab.refuse('{ artifacts(filter: {key: {regex: "("}}) { totalCount } }')
    assert code == "INVALID"
    assert message == "filter.key.regex: '(' is no regular expression of RE2: missing ): (."


def test_backreferences_could_run_for_long_and_are_refused(lab: Server) -> None:
    code, message = lab.refuse(r'{ artifacts(filter: {key: {regex: "(a)\\1"}}) { totalCount } }')
    assert code == "INVALID"
    assert "invalid escape sequence" in message


def test_a_long_pattern_is_refused_with_its_length(lab: Server) -> None:
    code, message = lab.refuse(f'{{ artifacts(filter: {{key: {{regex: "{"a" * 201}"}}}}) {{ totalCount }} }}')
    assert (code, message) == (
        "TOO_COMPLEX",
        "filter.key.regex has 201 characters; a regular expression may have 200.",
    )


@pytest.mark.parametrize("pattern", [r"\bcell", r"(?i)cell", r"\pL", r"[[:alpha:]]", r"a{256}", r"[\D]", r"\x41"])
def test_what_postgresql_reads_otherwise_is_refused_there(pattern: str) -> None:
    with pytest.raises(InvalidError, match="which PostgreSQL does not have or reads otherwise"):
        to_postgresql(pattern)


def test_what_only_postgresql_refuses_is_an_error_of_the_caller(lab: Server, dialect: str) -> None:
    answer = lab.post('{ artifacts(filter: {key: {regex: "^*raw"}}) { totalCount } }').json()
    if dialect == "sqlite":
        assert answer["data"]["artifacts"]["totalCount"] > 0
    else:
        (error,) = answer["errors"]
        assert error["extensions"]["code"] == "INVALID"
        assert error["message"].startswith("PostgreSQL refuses a regular expression: ")
