"""The benchmark queries: GraphQL documents, and beside each the SQL that a person would write to get the same JSON.

The SQL is what the bare endpoint runs, with the variables of the document as its parameters. Where values would differ
from one request to the next in real use they do so here, and nothing is gained by remembering them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("queries")
PARAMETER = re.compile(r"(?<!:):([a-z]\w*)")
VARIANTS = 5000

Values = dict[str, Any]


@dataclass(frozen=True)
class Query:
    """One query: its files are those in `queries/` that start with `word`.

    `values` gives the variables of each request, by its number and a uid that others do not have.
    """

    name: str
    word: str
    values: Callable[[int, str], Values] = lambda number, uid: {}
    more: str = ""

    @property
    def path(self) -> str:
        """Where the bare endpoint answers it."""
        return f"/{self.name}"

    @property
    def document(self) -> str:
        """The GraphQL document."""
        return (FOLDER / f"{self.word}.graphql").read_text()

    @property
    def title(self) -> str:
        """What is asked: the first line of the document."""
        return self.document.partition("\n")[0].strip("# .") + self.more

    def variables(self, uids: Sequence[str]) -> list[Values]:
        """The variables of one request after the other."""
        return [self.values(number, uid) for number, uid in enumerate(uids)]

    def sqlite(self) -> str:
        """The hand-written SQL, with its parameters by name."""
        return (FOLDER / f"{self.word}.sqlite.sql").read_text()

    def postgresql(self) -> str:
        """The hand-written SQL, with its parameters by place, in the order of the variables."""
        text = (FOLDER / f"{self.word}.postgresql.sql").read_text()
        places = {name: place for place, name in enumerate(self.values(0, ""), start=1)}
        return PARAMETER.sub(lambda match: f"${places[match[1]]}", text)


QUERIES = (
    Query("Q1", "one", lambda _, uid: {"uid": uid}),
    Query("Q2", "scalars", lambda *_: {"n": 100}),
    Query("Q3", "relations", lambda *_: {"n": 100}, ", 100 rows"),
    Query("Q4", "relations", lambda *_: {"n": 1000}, ", 1,000 rows"),
    Query(
        "Q5",
        "filtered",
        lambda number, _: {"size": 1_000_000 + number, "suffix": ".parquet", "handle": "maria"},
    ),
    Query("Q6", "labelled", lambda *_: {"label": "imaging"}),
    Query("Q7", "nested"),
    Query("Q8", "count"),
    Query("Q9", "features", lambda number, _: {"assay": "snRNA-seq", "temperature": 36 + number / 1000}),
    Query("Q10", "aggregates"),
    Query("Q11", "search", lambda *_: {"text": "T cell"}),
    Query("Q12", "descendants", lambda *_: {"name": "lymphocyte"}),
)
