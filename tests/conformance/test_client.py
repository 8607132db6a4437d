"""LaminDB's recorded answers, asked of the client: as `check.py` does, in process, on both databases."""

import importlib
import io
import json
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, datetime, timezone
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest

import lnql as ln
import lnql.bionty as bt

from ..conftest import CHECKOUT
from .client_pending import PENDING, UNDEFINED

NAME = "testuser1/test-registries"

FOLDER = Path(os.environ.get("LNQL_SHARED", CHECKOUT.parent / "shared")) / "conformance"
Case = dict[str, Any]


def cases(*, mutating: bool = False) -> list[Any]:
    """The cases that only read, or that write, and have one answer; those of `PENDING` are expected to fail."""
    lines = (FOLDER / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    read = [case for case in map(json.loads, lines) if case["mutates"] == mutating and "undefined" not in case["tags"]]
    return [pytest.param(case, id=case["id"], marks=pending(case["id"])) for case in read]


def pending(name: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=PENDING[name])] if name in PENDING else []


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    """The rules of comparison, from beside the recorded answers."""
    sys.path.insert(0, str(FOLDER))
    try:
        return importlib.import_module("check")
    finally:
        sys.path.remove(str(FOLDER))


@pytest.fixture(scope="module")
def connected(real_target: str, dialect: str) -> Iterator[None]:
    """The client, connected to a copy of the real instance in this process; once within the limits of a server."""
    with pytest.MonkeyPatch.context() as patch:
        if dialect == "postgresql":
            patch.setattr("lnql.in_process.LOCAL_LIMITS", {})
        connection = ln.connect(real_target, name=NAME)
    yield
    connection.close()


def answer(case: Case) -> dict[str, Any]:
    """What the client answers, in comparable form."""
    normalize = importlib.import_module("normalize")
    names = {"ln": ln, "bt": bt, "pd": pd, "np": np, "date": date, "datetime": datetime, "timezone": timezone}
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            for statement in case["setup"]:
                exec(statement, names)
            found: dict[str, Any] = normalize.normalize(eval(case["expr"], names), case["ordered"])
        except Exception as error:
            found = normalize.error(error)
    return found


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize("case", cases())
def test_the_client_answers_as_lamindb(case: Case, checker: ModuleType, dialect: str) -> None:
    found = answer(case)
    if case["id"] in UNDEFINED.get(dialect, ()):
        assert found["type"] == case["expected"]["type"]
        return
    recorded = [case["expected"], *([case["expected_postgres"]] if "expected_postgres" in case else [])]
    compared = [checker.compare(expected, found, "class", False) for expected in recorded]
    assert any(same for same, _ in compared), (case["setup"], case["expr"], [why for _, why in compared])


def test_what_is_pending_is_recorded() -> None:
    assert PENDING.keys() <= {case.id for case in (*cases(), *cases(mutating=True))}
