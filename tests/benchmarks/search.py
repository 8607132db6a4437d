"""Measure how well and how fast cell types are searched, over HTTP; print tables.

    python -m tests.benchmarks.search TARGET [--sample N] [--write] [--rows N]

TARGET is an instance with an ontology: `lnql demo FOLDER --ontologies`, a copy of it on PostgreSQL, or any other. With
`--write` it is also measured how long the first search takes after another process has written; with `--rows` a SQLite
instance first gets so many cell types, whose names are put together from those it has and the names of tissues.

The quality is the mean reciprocal rank: 1 where the record that is meant comes first, 1/2 where it comes second, 0
beyond the twentieth place. Some texts cannot lead to the record that is meant: what is left of "mature T cell" is the
name of another record, which rightly comes first. All of them count; beside the figure stand the best that any ranking
could do, the figure if any record counts that the text fits as well, and the one without the texts that are another
record's name or synonym.
"""

import argparse
import asyncio
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain, product
from pathlib import Path
from typing import Any

import orjson

from lnql.graph.settings import Limits
from lnql.models.database import DATABASE

from .load import Endpoint, ServerProcess, serving
from .search_queries import KINDS, PLACES, Owners, Query, Term, best_possible, fitting, queries
from .search_typed import TRIED, TYPED

AT_ONCE = 20
SEARCHES = 30
AHEAD_SECONDS = 15
"""When a server has read what searches need."""
TERMS = """query ($after: String) { page: cellTypes(first: 5000, after: $after) {
  nodes { uid name synonyms } pageInfo { hasNextPage endCursor } } }"""
TIMED = {
    "a name": "regulatory T cell",
    "mistyped": "neuorn",
    "mistyped words": "cd8 positve memory T cell",
    "a short form": "CD8 T",
    "a start": "epithelial cell of th",
    "what most have": "cell",
    "one letter": "a",
    "another": "T",
    "what none has": "xyzzy",
    "a long one": "a cell of the lung that is epithelial and has many hairs on its surface, two nuclei, few vacuoles",
}
"""Texts whose searches are timed."""
SEARCH = (
    "query ($text: String!) { found: cellTypes(search: {text: $text}, first: 20) { edges { score node { name } } } }"
)


def ask(endpoint: Endpoint, query: str, variables: dict[str, Any]) -> Any:
    """Give the data that answers an operation."""
    answer = orjson.loads(endpoint.post("/graphql", orjson.dumps({"query": query, "variables": variables})))
    if "errors" in answer:
        raise RuntimeError(answer["errors"])
    return answer["data"]


def read_terms(endpoint: Endpoint) -> list[Term]:
    """Read all cell types."""
    terms: list[Term] = []
    page: Any = {"pageInfo": {"hasNextPage": True, "endCursor": None}}
    while page["pageInfo"]["hasNextPage"]:
        page = ask(endpoint, TERMS, {"after": page["pageInfo"]["endCursor"]})["page"]
        terms += (
            Term(row["uid"], row["name"], tuple(filter(None, (row["synonyms"] or "").split("|"))))
            for row in page["nodes"]
        )
    return terms


def found_for(endpoint: Endpoint, asked: Sequence[Query]) -> Iterator[list[str]]:
    """Ask the queries, several in a request: the uids that are found for each, best first."""
    for some in (asked[start : start + AT_ONCE] for start in range(0, len(asked), AT_ONCE)):
        names = [f"q{number}" for number in range(len(some))]
        fields = (
            f"{name}: cellTypes(search: {{text: ${name}}}, first: {PLACES}) {{ nodes {{ uid }} }}" for name in names
        )
        document = f"query ({', '.join(f'${name}: String!' for name in names)}) {{ {' '.join(fields)} }}"
        data = ask(endpoint, document, dict(zip(names, (query.text for query in some), strict=True)))
        for name in names:
            yield [row["uid"] for row in data[name]["nodes"]]


def reciprocal_rank(found: Sequence[str], meant: Collection[str]) -> float:
    """One over the place of the first record that is meant; 0 where none is found."""
    return next((1 / place for place, uid in enumerate(found, 1) if uid in meant), 0)


def quality(endpoint: Endpoint, sample: int | None) -> Iterator[str]:
    """Write a table of mean reciprocal ranks."""
    terms = read_terms(endpoint)
    owners = Owners(terms)
    yield f"{len(terms):,} cell types, {sum(len(term.synonyms) for term in terms):,} synonyms."
    yield "| what is typed | queries | MRR | best | any that fits | not others' names | best | queries |"
    yield "|---|---|---|---|---|---|---|---|"
    for kind in KINDS:
        asked = queries(terms, kind, sample)
        found = list(found_for(endpoint, asked))
        fits = map(reciprocal_rank, found, fitting(terms, owners, kind, asked))
        ranks = {query: reciprocal_rank(uids, {query.uid}) for query, uids in zip(asked, found, strict=True)}
        rest = [query for query in asked if not owners.mislead(query)]
        figures = [
            f"{statistics.mean(ranks[query] for query in some):.4f} | {_best(terms, owners, kind, some)}"
            for some in (asked, rest)
        ]
        yield f"| {kind} | {len(asked)} | {figures[0]} | {statistics.mean(fits):.4f} | {figures[1]} | {len(rest)} |"


def typed(endpoint: Endpoint) -> Iterator[str]:
    """Write at which place the cell types come that biologists mean."""
    uids = {term.name: term.uid for term in read_terms(endpoint)}
    for texts in (TYPED, TRIED):
        asked = [Query(text, uids[name]) for text, name in texts.items() if name in uids]
        places = {
            query.text: found.index(query.uid) + 1 if query.uid in found else None
            for query, found in zip(asked, found_for(endpoint, asked), strict=True)
        }
        firsts, fives = (sum(place is not None and place <= most for place in places.values()) for most in (1, 5))
        yield f"{firsts} of {len(places)} texts of biologists find first what is meant, {fives} in the first five."
        yield "Others: " + ", ".join(
            f"{text} {place or '-'}" for text, place in places.items() if place is None or place > 1
        )


def _best(terms: Sequence[Term], owners: Owners, kind: str, asked: Sequence[Query]) -> str:
    value = best_possible(terms, owners, kind, asked)
    return "" if value is None else f"{value:.4f}"


def speed(server: ServerProcess, write: Callable[[], None] | None) -> Iterator[str]:
    """Write a table of times: the first search of the server, further ones, and the first after a write."""
    endpoint = Endpoint(server.port)
    yield f"First search {_first(endpoint):.0f} ms."
    yield "| text | ms | processor, ms | again, ms | after a write, ms |"
    yield "|---|---|---|---|---|"
    for title, text in TIMED.items():
        new = [text + " " * count for count in range(SEARCHES)]  # blanks at its end make another text of the same rank
        began = server.cpu_seconds()
        times = [_milliseconds(endpoint, one) for one in new]
        processor = (server.cpu_seconds() - began) * 1000 / SEARCHES
        again = statistics.median(_milliseconds(endpoint, text) for _ in range(SEARCHES))
        after = _after(endpoint, text, write)
        yield f"| {title}: {text} | {statistics.median(times):.1f} | {processor:.1f} | {again:.1f} | {after} |"


def _first(endpoint: Endpoint) -> float:
    ask(endpoint, "{ cellTypes(first: 1) { nodes { name } } }", {})
    return _milliseconds(endpoint, "T cell")


def _after(endpoint: Endpoint, text: str, write: Callable[[], None] | None) -> str:
    if write is None:
        return ""
    times = []
    for _ in range(5):
        write()
        times.append(_milliseconds(endpoint, text))
    return f"{statistics.median(times):.1f}"


def _milliseconds(endpoint: Endpoint, text: str) -> float:
    start = time.perf_counter()
    ask(endpoint, SEARCH, {"text": text})
    return (time.perf_counter() - start) * 1000


def writer(target: str) -> Callable[[], None]:
    """Give a function that changes the name of one cell type from outside."""
    statement = "UPDATE bionty_celltype SET name = name || '.' WHERE id = (SELECT min(id) FROM bionty_celltype)"

    def write_sqlite() -> None:
        connection = sqlite3.connect(Path(target, DATABASE), isolation_level=None)
        connection.execute(statement)
        connection.close()

    async def write_postgresql() -> None:
        import asyncpg

        connection = await asyncpg.connect(target)
        await connection.execute(statement)
        await connection.close()

    return (lambda: asyncio.run(write_postgresql())) if "://" in target else write_sqlite


def enlarge(folder: str, rows: int) -> None:
    """Add cell types to an instance until it has so many."""
    copied = "description, created_by_id, branch_id, created_on_id, space_id"
    connection = sqlite3.connect(Path(folder, DATABASE))
    cells = connection.execute(f"SELECT name, synonyms, {copied} FROM bionty_celltype ORDER BY id").fetchall()
    tissues = [name for (name,) in connection.execute("SELECT name FROM bionty_tissue ORDER BY id")]
    more = [
        (
            f"{number:014d}",
            f"{name} of {tissue}",
            synonyms and f"{synonyms.replace('|', f' of {tissue}|')} of {tissue}",
            *rest,
        )
        for number, (tissue, (name, synonyms, *rest)) in zip(
            range(rows - len(cells)), product(tissues, cells), strict=False
        )
    ]
    marks = ", ".join("?" * (3 + copied.count(",") + 1))
    connection.executemany(f"INSERT INTO bionty_celltype (uid, name, synonyms, {copied}) VALUES ({marks})", more)
    connection.commit()
    connection.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target")
    parser.add_argument("--sample", type=int, help="how many queries of a kind; all if not given, 0 for times alone")
    parser.add_argument("--write", action="store_true", help="change names, to time searches after that")
    parser.add_argument("--rows", type=int, help="add cell types until there are so many")
    options = parser.parse_args()
    if options.rows:
        enlarge(options.target, options.rows)
    command = [str(Path(sys.executable).with_name("lnql")), "serve", options.target, "--port"]
    with serving(command, SEARCH_AHEAD=str(Limits().search_ahead)) as server:
        time.sleep(AHEAD_SECONDS)
        print(f"First search {_first(Endpoint(server.port)):.0f} ms, {AHEAD_SECONDS} s after the start.", flush=True)
    with serving(command) as server:
        endpoint = Endpoint(server.port)
        for line in speed(server, writer(options.target) if options.write else None):
            print(line, flush=True)
        for line in chain(typed(endpoint), quality(endpoint, options.sample)) if options.sample != 0 else ():
            print(line, flush=True)


if __name__ == "__main__":
    main()
