"""Measure statements about features against the best SQL that a person would write for the same answer; print a table.

    python -m tests.benchmarks.features FOLDER [--url postgresql://…] [--rounds N] [--only WORD]

FOLDER is a demo instance (`lnql demo FOLDER --scale 100000`), the URL a copy of it (`lnql copy FOLDER URL`). Both
statements of a question run in turn on one connection, without HTTP; only the ratios of one run are comparable. For
each question the SQL is written in several ways (rows listed first, or asked one by one), of which the fastest counts.
"""

import argparse
import asyncio
import platform
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from lnql.graph.readers import reader_of
from lnql.graph.settings import Limits
from lnql.graph.visibility import EVERYTHING_VISIBLE
from lnql.models.database import open_instance

from ..graph.conftest import Server, recorded

LIMITS = Limits(statement_seconds=60)
PLANNED = 6
"""So often a statement runs before it is timed: PostgreSQL makes a new plan for the first five times."""
RESULTS = Path(__file__).with_name("FEATURES.md")
TITLES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
HEAD = """# Questions about features against hand-written SQL

`python -m tests.benchmarks.features FOLDER --url URL` on the demo with 100,017 artifacts, after `lnql tune`.
{day}, Python {python}, one connection, medians of {rounds} rounds in which both statements run in turn. *raw* is the
fastest of the ways in which a person would write it: rows listed first, or asked one by one. Below a millisecond,
ratios say little."""

JSON_ROWS = "lamindb_artifactjsonvalue l JOIN lamindb_jsonvalue v ON v.id = l.jsonvalue_id"


@dataclass(frozen=True)
class Predicate:
    """A predicate on a feature, and the rows of values that meet it, in SQL: from where, and under what condition."""

    title: str
    asked: str
    source: str
    sqlite: str
    postgresql: str

    def conditions(self, dialect: str) -> Iterator[str]:
        """The ways in which a person would put it."""
        where = self.sqlite if dialect == "sqlite" else self.postgresql
        yield f"a.id IN (SELECT l.artifact_id FROM {self.source} WHERE {where})"
        yield f"EXISTS (SELECT 1 FROM {self.source} WHERE l.artifact_id = a.id AND {where})"
        if dialect == "postgresql":  # which takes IN for a join, and may ask one by one all the same
            yield f"a.id = ANY (ARRAY (SELECT l.artifact_id FROM {self.source} WHERE {where}))"


def _json(feature: str, title: str, asked: str, sqlite: str, postgresql: str) -> Predicate:
    own = f"v.feature_id = (SELECT id FROM lamindb_feature WHERE name = '{feature}') AND "
    return Predicate(title, f'{{name: "{feature}", {asked}}}', JSON_ROWS, own + sqlite, own + postgresql)


def _label(feature: str, link: str, label: str, key: str, name: str) -> Predicate:
    own = f"l.feature_id = (SELECT id FROM lamindb_feature WHERE name = '{feature}') AND x.name = '{name}'"
    source = f"{link} l JOIN {label} x ON x.id = l.{key}"
    return Predicate(f"{feature} = {name}", f'{{name: "{feature}", eq: "{name}"}}', source, own, own)


def _number(feature: str, title: str, asked: str, test: str) -> Predicate:
    return _json(
        feature, f"{feature} {title}", asked, f"v.value ->> '$' {test}", f"(v.value #>> '{{}}')::float8 {test}"
    )


PREDICATES = (
    _number("temperature", "> 40 (1 %)", "gt: 40", "> 40"),
    _number("temperature", "> 20 (50 %)", "gt: 20", "> 20"),
    _number("temperature", "= 36.99", "eq: 36.99", "= 36.99"),
    _number("donor_age", "30 to 40", "between: [30, 40]", "BETWEEN 30 AND 40"),
    _number("read_count", "> 999,000,000", "gt: 999000000", "> 999000000"),
    _json("is_control", "is_control", "eq: true", "v.value = 'true'", "v.value = 'true'"),
    _json(
        "date_of_study",
        "date_of_study from 2026 on",
        'gte: "2026-01-01"',
        "v.value ->> '$' >= '2026-01-01'",
        "v.value #>> '{}' COLLATE \"C\" >= '2026-01-01'",
    ),
    _json(
        "study_metadata",
        "study_metadata.detail1 = 38",
        'path: ["detail1"], eq: "38"',
        "v.value ->> '$.detail1' = '38'",
        "v.value ->> 'detail1' = '38'",
    ),
    _label("assay", "lamindb_artifactulabel", "lamindb_ulabel", "ulabel_id", "snRNA-seq"),
    _label("cell_type_by_expert", "bionty_artifactcelltype", "bionty_celltype", "celltype_id", "muscle cell"),
    _label("perturbation", "lamindb_artifactrecord", "lamindb_record", "record_id", "compound 021"),
)


@dataclass(frozen=True)
class Question:
    """A question about artifacts: what is asked of the root field, and the ways to write it in SQL."""

    title: str
    document: str
    sql: tuple[str, ...]


LISTS = (
    ("count", "{{ a: artifacts(filter: {filter}) {{ totalCount }} }}", "SELECT count(*) AS item FROM {rows}"),
    (
        "20 by id",
        "{{ a: artifacts(filter: {filter}, first: 20) {{ nodes {{ uid }} }} }}",
        "SELECT a.uid AS item FROM {rows} ORDER BY a.id LIMIT 20",
    ),
    (
        "20 newest",
        "{{ a: artifacts(filter: {filter}, first: 20, orderBy: [{{createdAt: DESC}}]) {{ nodes {{ uid }} }} }}",
        "SELECT a.uid AS item FROM {rows} ORDER BY a.created_at DESC, a.id LIMIT 20",
    ),
)


def questions(dialect: str) -> Iterator[Question]:
    """All questions."""
    for predicate in PREDICATES:
        for what, document, sql in LISTS:
            rows = (f"lamindb_artifact a WHERE a.branch_id = 1 AND {one}" for one in predicate.conditions(dialect))
            filter_ = f"{{features: [{predicate.asked}]}}"
            yield Question(
                f"{predicate.title}: {what}",
                document.format(filter=filter_),
                tuple(sql.format(rows=one) for one in rows),
            )
    yield from _combined(dialect)
    yield _ordered(dialect)
    yield from _with_features(dialect)


def _combined(dialect: str) -> Iterator[Question]:
    hot, imaged = PREDICATES[0], PREDICATES[-3]
    for what, document, sql in LISTS:
        yield Question(
            f"{hot.title} and {imaged.title}: {what}",
            document.format(filter=f"{{features: [{hot.asked}, {imaged.asked}]}}"),
            tuple(
                sql.format(rows=f"lamindb_artifact a WHERE a.branch_id = 1 AND {one} AND {other}")
                for one in hot.conditions(dialect)
                for other in imaged.conditions(dialect)
            ),
        )
        yield Question(
            f"not {hot.title}: {what}",
            document.format(filter=f"{{not: {{features: [{hot.asked}]}}}}"),
            tuple(
                sql.format(rows=f"lamindb_artifact a WHERE a.branch_id = 1 AND NOT {one}")
                for one in hot.conditions(dialect)
            ),
        )


def _ordered(dialect: str) -> Question:
    value = "v.value ->> '$'" if dialect == "sqlite" else "(v.value #>> '{}')::float8"
    own = "v.feature_id = (SELECT id FROM lamindb_feature WHERE name = 'temperature')"
    values = f"SELECT l.artifact_id, max({value}) AS most FROM {JSON_ROWS} WHERE {own} GROUP BY 1"
    return Question(
        "20 by temperature",
        '{ a: artifacts(first: 20, orderBy: [{feature: {name: "temperature", direction: DESC_NULLS_LAST}}])'
        " { nodes { uid } } }",
        (
            f"SELECT a.uid AS item FROM lamindb_artifact a LEFT JOIN ({values}) t ON t.artifact_id = a.id"
            " WHERE a.branch_id = 1 ORDER BY t.most DESC NULLS LAST, a.id LIMIT 20",
            f"SELECT a.uid AS item FROM lamindb_artifact a JOIN ({values}) t ON t.artifact_id = a.id"
            " WHERE a.branch_id = 1 ORDER BY t.most DESC, a.id LIMIT 20",
        ),
    )


def _with_features(dialect: str) -> Iterator[Question]:
    """Rows with their features; the hand-written SQL reads the tables that have values, one row a value."""
    text, made = ("v.value", "json_object") if dialect == "sqlite" else ("v.value::text", "json_build_object")
    arms = [
        f"SELECT l.artifact_id, v.feature_id, {text} AS value FROM page, {JSON_ROWS} WHERE l.artifact_id = page.id",
        *(
            f"SELECT l.artifact_id, l.feature_id, x.{told} FROM page, {link} l JOIN {label} x ON x.id = l.{key}"
            " WHERE l.artifact_id = page.id AND l.feature_id IS NOT NULL"
            for link, label, key, told in (
                ("lamindb_artifactulabel", "lamindb_ulabel", "ulabel_id", "name"),
                ("lamindb_artifactrecord", "lamindb_record", "record_id", "name"),
                ("bionty_artifactcelltype", "bionty_celltype", "celltype_id", "name"),
                ("bionty_artifacttissue", "bionty_tissue", "tissue_id", "name"),
                ("bionty_artifactdisease", "bionty_disease", "disease_id", "name"),
                ("lamindb_artifactuser", "lamindb_user", "user_id", "handle"),
                ("lamindb_artifactartifact", "lamindb_artifact", "value_id", "key"),
            )
        ),
    ]
    page = "WITH page AS (SELECT id, uid FROM lamindb_artifact WHERE branch_id = 1 ORDER BY id LIMIT 20)"
    tail = " JOIN lamindb_feature f ON f.id = t.feature_id JOIN page ON page.id = t.artifact_id ORDER BY page.id, f.id"
    for what, names, chosen in (("all features", "", arms), ("temperature", '(names: ["temperature"])', arms[:1])):
        own = " AND v.feature_id = (SELECT id FROM lamindb_feature WHERE name = 'temperature')" if names else ""
        union = " UNION ALL ".join(f"{arm}{own}" for arm in chosen)
        yield Question(
            f"20 rows with {what}",
            f"{{ a: artifacts(first: 20) {{ nodes {{ uid features{names} {{ name value }} }} }} }}",
            (
                f"{page} SELECT {made}('uid', page.uid, 'name', f.name, 'value', t.value) AS item"
                f" FROM ({union}) t{tail}",
            ),
        )


# Measuring -----------------------------------------------------------------------------------------------------------

Run = Callable[[], Awaitable[Any]]


async def milliseconds(run: Run) -> float:
    """Run a statement."""
    start = time.perf_counter()
    await run()
    return (time.perf_counter() - start) * 1000


async def medians(runs: Sequence[Run], rounds: int) -> list[float]:
    """Run statements in turn; the median of the times of each."""
    times: list[list[float]] = [[] for _ in runs]
    for number in range(PLANNED + rounds):
        for run, found in zip(runs, times, strict=True):
            took = await milliseconds(run)
            if number >= PLANNED:
                found.append(took)
    return [statistics.median(found) for found in times]


async def promising(runs: Sequence[Run]) -> list[Run]:
    """Leave out those statements that take many times as long as the fastest."""
    times = [await milliseconds(run) for run in runs]
    return [run for run, took in zip(runs, times, strict=True) if took < 5 * min(times)]


def whole(dialect: str, sql: str) -> str:
    """A statement that gives one row with the texts of all rows, as ours does."""
    joined = "group_concat(item, ',')" if dialect == "sqlite" else "string_agg(item::text, ',')"
    return f"SELECT {joined} FROM ({sql}) t"


async def measure(target: str, asked: Sequence[tuple[str, list[str], list[Any]]], rounds: int) -> list[list[float]]:
    """Give the times of our statement and of each that is written by hand, for each question."""
    reader = reader_of(open_instance(target), LIMITS)
    await reader.open()
    try:
        times = []
        for ours, written, arguments in asked:
            raw = await promising([partial(reader.fetch, one, []) for one in written])
            times.append(await medians([partial(reader.fetch, ours, arguments), *raw], rounds))
        return times
    finally:
        await reader.close()


def statements(target: str, asked: Sequence[Question]) -> list[tuple[str, list[Any]]]:
    """Give the statement that answers each question, and its arguments."""
    found = []
    with recorded() as ran:
        server = Server(target, EVERYTHING_VISIBLE, LIMITS, ran)
        for question in asked:
            server.ask(question.document)
            found.append((ran[0].text, ran[0].arguments))
        server.close()
    return found


def table(dialect: str, target: str, only: str, rounds: int) -> Iterator[str]:
    """Measure on one database, and write a table."""
    yield f"\n## {TITLES[dialect]}\n\n| question | LNQL / raw | LNQL, ms | raw, ms |\n|---|---|---|---|"
    asked = [question for question in questions(dialect) if only in question.title]
    compared = [
        (text, [whole(dialect, sql) for sql in question.sql], arguments)
        for question, (text, arguments) in zip(asked, statements(target, asked), strict=True)
    ]
    times = asyncio.run(measure(target, compared, rounds))
    for question, (own, *raw) in zip(asked, times, strict=True):
        yield f"| {question.title} | {own / min(raw):.2f} | {own:.2f} | {min(raw):.2f} |"


def main() -> None:
    """Measure, print, and keep what was measured of all questions on both databases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--url")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    lines = [HEAD.format(day=date.today(), python=platform.python_version(), rounds=options.rounds)]
    for dialect, target in (("sqlite", options.folder), ("postgresql", options.url)):
        if target:
            lines += table(dialect, target, options.only, options.rounds)
    print("\n".join(lines))
    if options.url and not options.only:
        RESULTS.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
