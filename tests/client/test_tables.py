"""Large frames are read as tables, and are the same as from JSON."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import lnql as ln
from lnql import dataframe, reading, tables
from lnql.connection import Connection
from lnql.errors import LnqlError

pytestmark = pytest.mark.usefixtures("connected")

Accepted = list[str | None]
JSON_ONLY = "application/json"


@pytest.fixture
def accepted(connected: Connection, monkeypatch: pytest.MonkeyPatch) -> Accepted:
    """What the requests from now on accept, None where they do not say."""
    asked: Accepted = []
    execute: Callable[..., Any] = connected._transport.execute

    async def noted(*arguments: Any, accept: str | None = None, **options: Any) -> Any:
        asked.append(accept)
        return await execute(*arguments, accept=accept, **options)

    monkeypatch.setattr(connected._transport, "execute", noted)
    return asked


def test_every_registry_gives_the_same_frame(
    connected: Connection, accepted: Accepted, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in connected.catalog:
        rows: Any = connected.registry(name).filter()
        private = [*connected.catalog[name].fields, "privates"]
        as_table = rows.to_dataframe(limit=None, include=private)
        with monkeypatch.context() as patch:
            patch.setattr(dataframe, "is_installed", lambda: False)
            as_json = rows.to_dataframe(limit=None, include=private)
        pd.testing.assert_frame_equal(as_table, as_json)
        pd.testing.assert_frame_equal(as_table.map(type), as_json.map(type))
    assert accepted == [tables.ARROW_OR_JSON, None] * len(connected.catalog)


def test_pages_are_put_together(accepted: Accepted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "CHUNK", 20)
    frame = ln.ULabel.filter().order_by("name").to_dataframe(limit=None)
    assert frame["name"].tolist() == ln.ULabel.filter().order_by("name").to_list("name")
    assert accepted[:3] == [tables.ARROW_OR_JSON, tables.ARROW, tables.ARROW]


def test_a_limit_cuts_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataframe, "MANY", 1)
    assert ln.Transform.to_dataframe(limit=20).index.tolist() == ln.Transform.filter().order_by("-id")[:20].to_list(
        "id"
    )


SMALL: dict[str, Callable[[], Any]] = {
    "few": lambda: ln.ULabel.to_dataframe(limit=100),
    "related": lambda: ln.ULabel.to_dataframe(limit=None, include="created_by__handle"),
    "features": lambda: ln.Artifact.to_dataframe(limit=None, include="features"),
    "manager": lambda: ln.User.get(handle="testuser1").created_transforms.to_dataframe(limit=None),
}


@pytest.mark.parametrize("name", SMALL)
def test_what_is_small_or_nested_is_read_as_json(accepted: Accepted, name: str) -> None:
    assert len(SMALL[name]())
    assert set(accepted) == {None}


def test_a_server_without_pyarrow_answers_in_json(accepted: Accepted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ARROW_OR_JSON", JSON_ONLY)  # as if it could do no other
    monkeypatch.setattr(reading, "CHUNK", 20)
    assert len(ln.ULabel.to_dataframe(limit=None)) == ln.ULabel.filter().count()
    assert accepted[:3] == [JSON_ONLY, None, None]


def test_a_server_that_cannot_go_on_with_tables_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ARROW", "application/unknown")
    monkeypatch.setattr(reading, "CHUNK", 20)
    with pytest.raises(LnqlError, match="None of the types in the Accept header is spoken here"):
        ln.ULabel.to_dataframe(limit=None)
