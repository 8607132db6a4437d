"""Rows are the database's: Python does as much for a page of one row as for one of a thousand."""

import gc
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest
import sqlalchemy as sa

from lnql.models import registries

from .conftest import Server

QUERIES = {
    "columns": "artifacts(first: $n) { totalCount pageInfo { endCursor } nodes { id uid size createdAt extraData } }",
    "relations": "artifacts(first: $n) { nodes { createdBy { handle } run { transform { key } } } }",
    "lists": "ulabels(first: $n) { nodes { name artifacts(first: $n) { edges { cursor node { key } } } } }",
    "features": "artifacts(first: $n) { nodes { features { name value } } }",
    "a name of the root": "artifacts(first: $n) { nodes { uid } } __typename",
    "groups": "artifacts { groups(by: [{suffix: true}, {createdBy: true}], first: $n) { aggregates { count } } }",
}
PAGES = (1, 20)
LARGE = ("lnql.graph.compression", "lnql.graph.media")
"""What only large answers need, once."""
RUNNING = ("lnql.graph.sqlite_reader", "lnql.graph.postgresql_reader", "lnql.graph.quick_reads", "lnql.graph.cache")
"""What runs a statement: here or there, by the time it took before."""
WATCHING = ("lnql.graph.deadlines",)
"""What looks, now and then, whether the time of something is up."""
LEFT_OUT = (*LARGE, *RUNNING, *WATCHING)
PLANNING = tuple(f"lnql.graph.{module}." for module in ("planner", "filters", "selection", "plan", "sql"))


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Count the Python functions of LNQL that are called meanwhile, in this thread."""
    calls: Counter[str] = Counter()
    entered: set[FrameType] = set()  # a coroutine is called once, however often it waits

    def note(frame: FrameType, event: str, _: Any) -> None:
        module = str(frame.f_globals.get("__name__"))
        if event == "call" and frame not in entered and module.startswith("lnql") and module not in LEFT_OUT:
            entered.add(frame)
            calls[f"{module}.{frame.f_code.co_qualname}"] += 1

    gc.disable()  # generators that others left behind are entered once more when they are collected
    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(None)
        gc.enable()


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_calls_do_not_depend_on_the_number_of_rows(lab: Server, query: str) -> None:
    document = f"query ($n: Int!) {{ {query} }}"
    counts, answers = [], []
    for size in PAGES:
        lab.ask(document, {"n": size})  # what is made once for a document is made
        with counted() as calls:
            answers.append(lab.post(document, {"n": size}).text)
        assert len(lab.statements) == 1
        counts.append(calls)
    assert len(answers[0]) < len(answers[1])
    assert counts[0] == counts[1]
    assert counts[0].total() > 0


def test_no_object_is_made_of_a_row(lab: Server) -> None:
    made: list[str] = []

    def note(target: Any, *_: Any) -> None:
        made.append(type(target).__name__)

    models = registries()
    for model in models:
        sa.event.listen(model, "load", note)
    try:
        for query in QUERIES.values():
            lab.ask(f"query ($n: Int!) {{ {query} }}", {"n": 20})
    finally:
        for model in models:
            sa.event.remove(model, "load", note)
    assert made == []


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_an_operation_that_comes_again_is_not_planned_again(lab: Server, query: str) -> None:
    document = f"query ($n: Int!) {{ {query} }}"
    first = lab.post(document, {"n": 7}).json()
    with counted() as calls:
        again = lab.post(document, {"n": 7}).json()
    assert again == first
    assert [name for name in calls if name.startswith(PLANNING)] == []
    assert lab.ask(document, {"n": 1}) != first["data"]
