"""Trees of conditions: random ones against Django's meaning, worked out from the rows."""

import random
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest

import lnql as ln
from lnql import Q
from lnql.connection import Connection

Row = dict[str, Any]
LEAVES: list[tuple[str, Any]] = [
    ("suffix", ".csv"),
    ("kind", "dataset"),
    ("n_observations__gt", 3),
    ("key__isnull", True),
    ("created_by__handle", "testuser2"),
    ("run__transform__key", "scripts/train.py"),
    ("ulabels__name", "benchmark"),
    ("ulabels__name__startswith", "p"),
    ("ulabels__description", "model output"),
    ("ulabels__description__isnull", True),
    ("ulabels__isnull", True),
    ("records__name", "DMSO"),
    ("records__name__in", ["IFNG", "Experiment 1"]),
]
HOLDS: dict[str, Callable[[Row, Any], bool]] = {
    "name": lambda row, value: row["name"] == value,
    "name__startswith": lambda row, value: row["name"].startswith(value),
    "name__in": lambda row, value: row["name"] in value,
    "description": lambda row, value: row["description"] == value,
}


@pytest.fixture(scope="module")
def artifacts(connected: Connection) -> list[Row]:
    """Every artifact on main, with what the conditions speak of."""
    rows = ln.Artifact.filter().values(
        "id", "suffix", "kind", "n_observations", "key", "created_by__handle", "run__transform__key"
    )
    for row in rows:
        for relation in ("ulabels", "records"):
            row[relation] = list(getattr(ln.Artifact.get(row["id"]), relation).values("name", "description"))
    return list(rows)


def random_q(choice: random.Random, depth: int) -> Q:
    if depth == 0 or choice.random() < 0.3:
        keyword, value = choice.choice(LEAVES)
        q = Q(**{keyword: value})
    else:
        first, second = random_q(choice, depth - 1), random_q(choice, depth - 1)
        q = choice.choice(
            [first & second, first | second, first & second, first ^ second]
            if depth == 1
            else [first & second, first | second]
        )
    return ~q if choice.random() < 0.25 else q


def joined(row: Row) -> Iterator[Row]:
    """The row with one row of each relation, or none: the rows of Django's outer joins."""
    for ulabel, record in product(row["ulabels"] or [None], row["records"] or [None]):
        yield row | {"ulabels": ulabel, "records": record}


def holds(leaf: tuple[str, Any], row: Row) -> bool:
    keyword, value = leaf
    relation, _, rest = keyword.partition("__")
    if relation not in ("ulabels", "records"):
        name, _, lookup = keyword.rpartition("__")
        if lookup == "gt":
            return row[name] is not None and row[name] > value
        return row[name] is None if lookup == "isnull" else row[keyword] == value
    related = row[relation]
    if rest in ("isnull", "description__isnull"):
        return related is None or (rest != "isnull" and related["description"] is None)
    return related is not None and HOLDS[rest](related, value)


def meets(q: Q, row: Row, every: Row, *, negated: bool = False) -> bool:
    """Whether a row of the joins meets a condition; what is negated speaks of related rows of its own."""
    negated = negated or q.negated
    parts = []
    for part in q.parts:
        if isinstance(part, Q):
            parts.append(meets(part, row, every, negated=negated))
        else:
            parts.append(any(holds(part, other) for other in joined(every)) if negated else holds(part, row))
    if q.connector == "XOR":
        first, second = q.parts
        return meets((first & ~second) | (~first & second), row, every, negated=negated) != q.negated
    return (all(parts) if q.connector == "AND" else any(parts)) != q.negated


@pytest.mark.parametrize("seed", range(40))
def test_random_trees_mean_what_they_mean_in_django(connected: Connection, artifacts: list[Row], seed: int) -> None:
    q = random_q(random.Random(seed), 3)
    expected = {row["id"] for row in artifacts if any(meets(q, one, row) for one in joined(row))}
    assert set(ln.Artifact.filter(q).to_list("id")) == expected, q


@pytest.mark.usefixtures("connected")
def test_conditions_of_one_filter_speak_of_one_related_row_and_of_two_filters_of_two() -> None:
    one = ln.Artifact.filter(ulabels__name="benchmark", ulabels__description="model output")
    two = ln.Artifact.filter(ulabels__name="benchmark").filter(ulabels__description="model output")
    assert (one.count(), two.count()) == (0, 5)


@pytest.mark.usefixtures("connected")
def test_a_query_set_is_a_value() -> None:
    users = ln.User.filter(handle="testuser2")
    expected = ln.Artifact.filter(created_by__handle="testuser2").to_list("id")
    assert ln.Artifact.filter(created_by__in=users).to_list("id") == expected
    assert ln.Artifact.filter(created_by__in=list(users)).to_list("id") == expected
    assert ln.Artifact.filter(created_by__in=users[:1]).to_list("id") == expected
    assert ln.Artifact.filter(created_by_id__in=users.values_list("id", flat=True)).to_list("id") == expected


@pytest.mark.usefixtures("connected")
def test_empty_conditions_let_everything_through() -> None:
    every = ln.Artifact.filter().count()
    assert ln.Artifact.filter(Q()).count() == ln.Artifact.filter(~Q()).count() == every
    assert ln.Artifact.filter(Q() | Q(suffix=".jpg")).count() == 1
    assert ln.Artifact.filter(id__in=[]).count() == 0


def test_conditions_are_shown_as_django_shows_them() -> None:
    assert repr(Q(name="x") & Q(id__gt=3)) == "<Q: (AND: ('name', 'x'), ('id__gt', 3))>"
    assert repr(Q(a=1) | ~(Q(b=2) & Q(c=3))) == "<Q: (OR: ('a', 1), (NOT (AND: ('b', 2), ('c', 3))))>"
