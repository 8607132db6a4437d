"""Writing reaches only rows that the request's scope shows: the others do not exist, whatever names them."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from lnql.graph.visibility import Scope
from lnql.graph.writers import Writer
from lnql.models import ULabel
from lnql.models.trash import move_to_trash

from ..conftest import Dialect
from .conftest import Json, Serve, Server
from .test_writers import run

ERRORS = "errors { message code path }"


def shared_space(table: sa.Table) -> sa.ColumnElement[bool]:
    one = sa.literal_column("1", sa.Integer())
    return table.c.space_id == one if "space_id" in table.c else sa.true()


SCOPE = Scope("space 1", shared_space)


@pytest.fixture
def scoped(serve: Serve, laboratory: Path, dialect: Dialect) -> Server:
    """The laboratory as somebody sees it who is in one space only: artifacts of even numbers are in that space."""
    return serve(laboratory, dialect, SCOPE, write=__name__)


@pytest.fixture
def everything(serve: Serve, laboratory: Path, dialect: Dialect) -> Server:
    """Another copy, without a scope."""
    return serve(laboratory, dialect, write=f"{__name__} everything")


def refused(server: Server, field: str, given: dict[str, Any]) -> Json:
    (error,) = server.write(field, given, ERRORS)["errors"]
    return error


HIDDEN = "Artifact:1"
NAMED: list[tuple[str, dict[str, Any]]] = [
    ("updateArtifact", {"id": HIDDEN, "patch": {"description": "x"}}),
    ("deleteArtifact", {"id": HIDDEN}),
    ("deleteArtifact", {"id": HIDDEN, "permanent": True}),
    ("restoreArtifact", {"id": HIDDEN}),
    ("updateRecord", {"id": "Record:1", "patch": {"artifacts": {"add": [HIDDEN]}}}),
    ("createRun", {"data": {"transform": "Transform:1", "report": HIDDEN}}),
    ("createArtifact", {"data": {"key": "x", "revises": HIDDEN}}),
]


@pytest.mark.parametrize(("field", "given"), NAMED)
def test_a_hidden_row_does_not_exist(scoped: Server, field: str, given: dict[str, Any]) -> None:
    error = refused(scoped, field, given)
    assert (error["code"], error["message"]) == ("NOT_FOUND", "There is no artifact Artifact:1.")


def test_a_row_that_is_seen_is_changed(scoped: Server) -> None:
    payload = scoped.write("updateArtifact", {"id": "Artifact:2", "patch": {"description": "y"}}, "artifact { id }")
    assert payload == {"artifact": {"id": "Artifact:2"}}


def test_a_filter_finds_what_is_seen(scoped: Server, everything: Server) -> None:
    given = {"filter": {"uid": {"startsWith": "artifact00"}}, "atMost": 100, "patch": {"description": "z"}}
    selected = "artifacts { uid }"
    seen, all_ = (server.write("updateArtifacts", given, selected)["artifacts"] for server in (scoped, everything))
    assert 0 < len(seen) < len(all_)


def test_content_that_is_hidden_is_not_given_away(scoped: Server, everything: Server) -> None:
    data = {"data": {"key": "copy.csv", "hash": "hash1"}}
    assert everything.write("createArtifact", data, "artifact { id }")["artifact"] == {"id": HIDDEN}
    payload = scoped.write("createArtifact", data, f"artifact {{ id }} {ERRORS}")
    assert payload["artifact"] is not None
    assert payload["artifact"]["id"] != HIDDEN


def test_what_is_hidden_is_not_deleted_with_what_it_needs(scoped: Server) -> None:
    transform = scoped.write("createTransform", {"data": {"key": "seen.py"}}, "transform { id }")["transform"]["id"]
    given = {"data": {"transform": transform, "space": "Space:2"}}
    assert scoped.write("createRun", given, ERRORS) == {"errors": []}
    error = refused(scoped, "deleteTransform", {"id": transform, "permanent": True})
    assert (error["code"], error["message"]) == (
        "INVALID",
        "Rows of lamindb_run need what is to be deleted, by transform_id."
        " Delete or change those first, or move it to the trash.",
    )
    assert scoped.write("deleteTransform", {"id": transform}, "count") == {"count": 1}


def test_what_is_hidden_stays_when_its_type_goes_to_the_trash(empty_target: str) -> None:
    rows = "(1, 'a', 'type', true, NULL, 1), (2, 'b', 'seen', false, 1, 1), (3, 'c', 'hidden', false, 1, 1)"
    insert = f"INSERT INTO lamindb_ulabel (id, uid, name, is_type, type_id, created_by_id) VALUES {rows}"

    def work(connection: sa.Connection) -> list[int]:
        connection.exec_driver_sql(insert)
        move_to_trash(connection, ULabel, [1], lambda _, ids: {id_ for id_ in ids if id_ != 3})
        branches = "SELECT branch_id FROM lamindb_ulabel ORDER BY id"
        return [branch for (branch,) in connection.exec_driver_sql(branches)]

    async def test(writer: Writer) -> list[int]:
        return await writer.run(work)

    assert run(empty_target, test) == [-1, -1, 1]
