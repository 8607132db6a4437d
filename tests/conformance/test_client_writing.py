"""LaminDB's recorded answers to what writes, asked of the client: each case on the instance as it was recorded."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

import lnql as ln

from ..conftest import Copies, Dialect, PostgresServer
from .restoring import keep, restore
from .test_client import NAME, Case, answer, cases, checker

__all__ = ["checker"]

ON_POSTGRESQL: dict[str, object] = {
    "mutations/queryset_delete_soft": [0, 3],
    "mutations/queryset_update": 3,
    "mutations/relation_set": ["Label1", "Label2", "Label3"],
}
"""What was recorded on SQLite alone and is otherwise on PostgreSQL, where `startswith` minds upper and lower case."""


@pytest.fixture(scope="module")
def undo(copies: Copies, real_folder: Path, dialect: Dialect, postgres: PostgresServer) -> Iterator[Callable[[], None]]:
    """Undoes what was written to a copy of the real instance, to which the client is connected in this process."""
    target = copies(real_folder, dialect)
    connection = ln.connect(target, name=NAME, write=True)
    yield partial(restore, target) if dialect == "sqlite" else keep(postgres, target)
    connection.close()


@pytest.mark.parametrize("case", cases(mutating=True))
def test_the_client_writes_as_lamindb(
    case: Case, undo: Callable[[], None], checker: ModuleType, dialect: Dialect
) -> None:
    try:
        found = answer(case)
    finally:
        undo()
    recorded = [case["expected"]]
    if dialect == "postgresql" and case["id"] in ON_POSTGRESQL:
        recorded = [{"type": "value", "value": ON_POSTGRESQL[case["id"]]}]
    compared = [checker.compare(expected, found, "class", False) for expected in recorded]
    assert any(same for same, _ in compared), (case["setup"], case["expr"], [why for _, why in compared])
