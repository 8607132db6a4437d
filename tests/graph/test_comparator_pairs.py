"""Every comparator on every kind of column, on both databases, compared with a predicate in plain Python.

One registry of a user has a column of each kind; a few hundred rows have what makes each kind hard. For every question
its negation is asked too, which tells false from unknown.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from lnql.graph.comparators import ORDERING, Comparator, Takes, comparators_of, parts_of
from lnql.graph.scalars import Kind
from lnql.models.database import locate
from lnql.models.initialize import init_instance
from lnql.models.transactions import begin

from ..conftest import Dialect, PostgresServer, serving
from .hard_values import JSON_OPERANDS, JSON_PATTERNS, JSON_TEXTS, NOON, PATHS, PATTERNS, TEXTS, VALUES
from .reference_values import ABSENT, PARTS, Truth, meets, meets_json, negation
from .storing import write_rows

Filter = dict[str, Any]
Row = dict[str, Any]
Pair = tuple[str, str]
"""A part of the value, or an empty text for the value itself, and a comparator."""

Post = Callable[..., httpx.Response]

MODULE = """
from datetime import date, datetime
from typing import Any
from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column
from lnql.models import SQLRecord
from lnql.models.types import JSONColumn

class Sample(SQLRecord):
    string: Mapped[str | None]
    int: Mapped[int | None]
    bigint: Mapped[int | None] = mapped_column(BigInteger)
    float: Mapped[float | None]
    boolean: Mapped[bool | None]
    datetime: Mapped[datetime | None]
    date: Mapped[date | None]
    json: Mapped[Any] = mapped_column(JSONColumn(), nullable=True)
"""


def column(kind: Kind) -> str:
    """The column of a kind, in the table and in GraphQL."""
    return kind.name.lower()


def missing(kind: Kind) -> Any:
    """What a row without a value has."""
    return ABSENT if kind is Kind.JSON else None


def make_rows() -> list[Row]:
    """Rows with each value of each kind, some without, some texts put together."""
    generator = random.Random(2026)
    choices = {kind: [*values, missing(kind)] for kind, values in VALUES.items()}
    choices[Kind.STRING] += ["".join(generator.choices(TEXTS, k=2)) for _ in range(100)]
    choices[Kind.DATETIME] += [
        NOON + timedelta(days=generator.randrange(-9999, 9999), microseconds=generator.randrange(10**11))
        for _ in range(100)
    ]
    most = max(map(len, choices.values())) + 60
    return [
        {
            column(kind): values[number] if number < len(values) else generator.choice(values)
            for kind, values in choices.items()
        }
        for number in range(most)
    ]


ROWS = make_rows()

# Questions -----------------------------------------------------------------------------------------------------------


MOST_OPERANDS = 24
"""About how many operands a comparator is asked with."""


def operand(value: Any) -> Any:
    """A value as a GraphQL variable; instants with an offset that is not UTC, where there is one."""
    if isinstance(value, datetime) and 1 < value.year < 9999:
        return (value + timedelta(hours=2)).isoformat().replace("+00:00", "+02:00")
    return value.isoformat() if isinstance(value, date) else value


def operands(kind: Kind, name: str) -> list[Any]:
    """What to ask a comparator of a kind of value with."""
    values = [operand(value) for value in VALUES[kind]]
    match name:
        case "isNull" | "isJsonNull":
            return [True, False]
        case "in" | "notIn":
            return [[], values[:1], values[:3], values[1::2]]
        case "between":
            return [
                [values[low], values[high]] for low in range(0, len(values), 4) for high in (low, -1, len(values) // 2)
            ]
        case "regex" | "iRegex":
            return list(PATTERNS)
        case _:
            return values


def part_questions(whole: Kind, part: str, compared: Kind) -> Iterator[tuple[Pair, Filter]]:
    """Questions about a part of a value, with those it has in the rows and one it has nowhere."""
    _, extract = PARTS[part]
    found = sorted({extract(value) for value in VALUES[whole]})
    values = [operand(value) for value in (found[0], found[len(found) // 2], found[-1])]
    nowhere = {Kind.INT: -5, Kind.STRING: "24", Kind.DATE: "1999-09-09"}[compared]
    for comparator in comparators_of(compared):
        name = comparator.name
        match name:
            case "isNull":
                asked: list[Any] = [True, False]
            case "in" | "notIn":
                asked = [[], values, [nowhere]]
            case "between":
                asked = [[values[0], values[1]], [values[1], values[0]], [values[1], values[2]]]
            case "regex" | "iRegex":
                asked = ["^12", ":59", r"\.", r"^\d\d:\d\d:\d\d$", "^-?1"]
            case "contains" | "iContains":
                asked = [":00", ".", "99", "1"]
            case "startsWith" | "iStartsWith" | "endsWith" | "iEndsWith":
                asked = [values[0][:2], values[-1][-2:], ""]
            case _:
                asked = [*values, nowhere]
        yield from (((part, name), {part: {name: one}}) for one in asked)
    if compared is Kind.DATE:
        yield from ((("date", "year"), {"date": {"year": {"eq": year}}}) for year in (2024, 1900))


def questions(kind: Kind) -> Iterator[tuple[Pair, Filter]]:
    """Questions about a column of a kind: which pair each is of, and the comparators."""
    if kind is Kind.JSON:
        yield from json_questions()
        return
    for number, comparator in enumerate(comparators_of(kind)):
        asked = operands(kind, comparator.name)
        step = 1 + len(asked) // MOST_OPERANDS  # each comparator begins elsewhere, so that every operand has its turn
        for one in asked[number % step :: step]:
            yield ("", comparator.name), {comparator.name: one}
    for part in parts_of(kind):
        yield from part_questions(kind, part.name, part.kind)


FIND = ("eq", "isNull", "isJsonNull")
"""Comparators that are asked at every path."""


def json_questions() -> Iterator[tuple[Pair, Filter]]:
    """Questions about values in JSON documents: each path with each comparator, each operand at a few paths."""
    for number, comparator in enumerate(comparators_of(Kind.JSON)):
        name = comparator.name
        few, many = json_operands(comparator)
        several = many if name in ("eq", "contains") else many[number % 3 :: 3]  # every operand has its turn
        for path in PATHS if name in FIND else PATHS[:4]:
            yield from ((("", name), {"path": path, name: one}) for one in few)
        yield from ((("", name), {"path": path, name: one}) for one in several for path in ([], ["a"]))


def json_operands(comparator: Comparator) -> tuple[Sequence[Any], Sequence[Any]]:
    """What to ask a comparator with at many paths, and at a few."""
    ordered = [one for one in JSON_OPERANDS if isinstance(one, str | float) or type(one) is int]
    match comparator.takes:
        case Takes.FLAG:
            return (True, False), ()
        case Takes.LIST:
            return ([1, "1"], list(JSON_OPERANDS)), ()
        case Takes.PAIR:
            return ([0, 10], ["a", "b"]), [[ordered[n], ordered[-n]] for n in range(1, len(ordered), 2)]
        case Takes.TEXT:
            return ("1", "a"), JSON_TEXTS
        case Takes.PATTERN:
            return ("1", "^.$"), (*JSON_PATTERNS, *PATTERNS[::5])
        case _:
            return JSON_OPERANDS[:2], ordered if comparator.name in ORDERING else JSON_OPERANDS


def required(kind: Kind) -> set[Pair]:
    """The pairs that the table of comparators has for a kind."""
    pairs = {("", comparator.name) for comparator in comparators_of(kind)}
    return pairs | {(part.name, comparator.name) for part in parts_of(kind) for comparator in comparators_of(part.kind)}


def truth(kind: Kind, asked: Filter, row: Row) -> Truth:
    """What the question is of a row, by the plain predicates."""
    value = row[column(kind)]
    return meets_json(value, asked) if kind is Kind.JSON else meets(kind.name, value, asked)


# The server ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def post(dialect: Dialect, postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    """A server of an instance with the registry and its rows; it makes the table itself."""
    folder = tmp_path_factory.mktemp("pairs")
    (folder / "lab.py").write_text(MODULE)
    target = str(folder / "instance") if dialect == "sqlite" else postgres.url(postgres.create())
    init_instance(target, storage=folder / "storage")
    with serving(target, "--modules", "lab", "--write", PYTHONPATH=str(folder)) as (url, _):
        add_rows(target)
        with httpx.Client(timeout=60) as client:
            yield partial(client.post, url)


def add_rows(target: str | Path) -> None:
    rows = [{"id": number, "uid": f"row{number}", "created_by_id": 1, **row} for number, row in enumerate(ROWS, 1)]
    with begin(locate(target), "write") as transaction:
        write_rows(transaction, "lab_sample", rows, ["json"])


MOST_FIELDS = 20


def ask(post: Post, filters: list[Filter]) -> list[list[str]]:
    """The uids that answer each filter, in as few requests as the limit of root fields allows."""
    answers: list[list[str]] = []
    for start in range(0, len(filters), MOST_FIELDS):
        some = {f"f{number}": filter_ for number, filter_ in enumerate(filters[start : start + MOST_FIELDS])}
        declared = ", ".join(f"${name}: SampleFilter" for name in some)
        fields = " ".join(f"{name}: samples(filter: ${name}, first: 1000) {{ nodes {{ uid }} }}" for name in some)
        body = {"query": f"query Q({declared}) {{ {fields} }}", "variables": some}
        answer = post(json=body).json()
        assert "errors" not in answer, (answer["errors"], some)
        answers += [[row["uid"] for row in answer["data"][name]["nodes"]] for name in some]
    return answers


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name)
def test_every_comparator_is_its_predicate(post: Post, kind: Kind) -> None:
    asked = list(questions(kind))
    filters = [{column(kind): [one] if kind is Kind.JSON else one} for _, one in asked]
    answers = ask(post, [filter_ for one in filters for filter_ in (one, {"not": one})])
    reached: set[Pair] = set()
    wrong = []
    for (pair, one), found, not_found in zip(asked, answers[::2], answers[1::2], strict=True):
        truths = {f"row{number}": truth(kind, one, row) for number, row in enumerate(ROWS, 1)}
        expected = [uid for uid, meant in truths.items() if meant]
        opposite = [uid for uid, meant in truths.items() if negation(meant)]
        if (found, not_found) != (expected, opposite):
            differing = {*set(found) ^ set(expected), *set(not_found) ^ set(opposite)}
            shown = sorted(differing, key=lambda uid: int(uid[3:]))[:5]
            wrong.append((one, {uid: (ROWS[int(uid[3:]) - 1][column(kind)], truths[uid]) for uid in shown}))
        if found and len(found) < len(ROWS):
            reached.add(pair)
    assert wrong == [], len(wrong)
    assert required(kind) <= reached
