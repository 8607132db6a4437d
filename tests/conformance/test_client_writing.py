"""LaminDB's recorded answers to what writes, asked of the client: each case on the instance as it was recorded."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import lnql as ln

from ..conftest import Copies
from .restoring import restore
from .test_client import NAME, Case, answer, cases, checker

__all__ = ["checker"]


@pytest.fixture(scope="module")
def writable(copies: Copies, real_folder: Path) -> Iterator[str]:
    """The folder of a copy of the real instance that the client, connected to it in this process, may write to."""
    folder = copies(real_folder, "sqlite")
    connection = ln.connect(folder, name=NAME, write=True)
    yield folder
    connection.close()


@pytest.mark.parametrize("case", cases(mutating=True))
def test_the_client_writes_as_lamindb(case: Case, writable: str, checker: ModuleType) -> None:
    try:
        found = answer(case)
    finally:
        restore(writable)
    same, why = checker.compare(case["expected"], found, "class", False)
    assert same, (case["setup"], case["expr"], why)
