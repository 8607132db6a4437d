"""The query files: each with its answer, and with all statements it takes on each database, beside it.

They are asked of the laboratory. `LNQL_UPDATE=1 pytest tests/graph/test_sql.py` writes answers and statements anew; the
diff is the review.
"""

import os
import re
from pathlib import Path
from typing import Any

import orjson

from .conftest import Statement

QUERIES = Path(__file__).parents[1] / "queries"
NAMES = sorted(file.stem for file in QUERIES.glob("*.graphql"))
NEWLINE = "\n"
UPDATE = bool(os.environ.get("LNQL_UPDATE"))

CLAUSES = re.compile(r"\s+(?=FROM |WHERE |LEFT OUTER JOIN |ORDER BY |GROUP BY |LIMIT )|(?<=\()(?=SELECT )")


def query(name: str) -> str:
    """The text of a query file."""
    return (QUERIES / f"{name}.graphql").read_text()


def assert_recorded(file: str, text: str) -> None:
    """Assert that a text is what a file holds, or write the file."""
    path = QUERIES / file
    if UPDATE:
        path.write_text(text)
    assert text == path.read_text()


def assert_recorded_answer(file: str, answer: Any) -> None:
    """Assert that an answer is what a file holds, or write the file; PostgreSQL orders the keys of JSON columns."""
    path = QUERIES / file
    if UPDATE:
        path.write_bytes(orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    assert answer == orjson.loads(path.read_bytes())


def script(statements: list[Statement]) -> str:
    """Statements in lines that can be read, each with its arguments."""
    lines = (f"{CLAUSES.sub(NEWLINE, text)};\n-- {arguments}\n" for text, arguments, _ in statements)
    return "\n".join(lines)
