"""Connecting: by address, by path, by environment, by name; what is asked for it, and what can go wrong."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lnql as ln
from lnql import background, schema_cache
from lnql.connection import ABOUT, Connection

from ..conftest import Copies, serving
from .stub import Stub, answering


@pytest.fixture(scope="module")
def address(copies: Copies, real_folder: Path) -> Iterator[str]:
    """A server of the real instance, reached over a socket."""
    with serving(copies(real_folder, "sqlite")) as (url, _):
        yield url


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nothing is connected, named or known of any schema; what a test connects to is closed."""
    opened: list[Connection] = []
    open_ = Connection._open

    def noted(connection: Connection) -> Any:
        opened.append(connection)
        return open_(connection)

    monkeypatch.setattr(Connection, "_open", noted)
    monkeypatch.setattr("lnql.connection._current", None)
    monkeypatch.setattr("lnql.connection._named", {})
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / name)
    monkeypatch.delenv("LNQL_URL", raising=False)
    monkeypatch.delenv("LNQL_TOKEN", raising=False)
    yield
    for connection in opened:
        connection.close()


def test_importing_is_light_and_connects_to_nothing() -> None:
    heavy = ("pandas", "numpy", "httpx", "gql", "graphql", "orjson", "sqlalchemy", "rich", "tqdm", "asyncio")
    program = f"import sys, lnql, lnql.errors; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout.strip() == b"[]"


@pytest.mark.parametrize("written", ["{url}", "{host}", "{host}/"])
def test_a_server_is_reached_by_its_address(address: str, written: str) -> None:
    host = address.removesuffix("/graphql")
    ln.connect(written.format(url=address, host=host))
    assert ln.Artifact.filter().count() == 58
    assert ln.Artifact.get(key="iris.parquet").created_by.handle == "testuser1"
    assert {"Artifact", "Record", "connect"} <= set(dir(ln))


def test_connecting_again_costs_one_small_request(address: str) -> None:
    with answering({"instance": None}) as stub:
        first = ln.connect(address)
        described = schema_cache.read(first.instance.schema_hash) or []
        assert [registry["name"] for registry in described] == [*first.catalog]
        stub.answer = first.ask(ABOUT)
        again = ln.connect(stub.url)
        assert len(stub.bodies) == 1
        assert [*again.catalog] == [*first.catalog]


def test_a_cache_that_cannot_be_read_or_written_is_not_needed(
    address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = schema_cache._place(ln.connect(address).instance.schema_hash)
    place.write_text("{")
    assert ln.connect(address).catalog["Artifact"].plural == "artifacts"
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / "file" / name)
    assert ln.connect(address).catalog["Artifact"].plural == "artifacts"


def test_the_environment_says_where_and_who(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with answering({"instance": None}) as stub:
        stub.answer = ln.connect(address).ask(ABOUT)
        monkeypatch.setattr("lnql.connection._current", None)
        monkeypatch.setenv("LNQL_URL", stub.url)
        monkeypatch.setenv("LNQL_TOKEN", "secret")
        assert ln.Artifact.__name__ == "Artifact"
        assert stub.headers[-1]["authorization"] == "Bearer secret"


def test_other_instances_are_beside_the_one_in_use(address: str) -> None:
    ln.connect(address, name="lab/main")
    assert ln.DB("lab/main").Artifact.get(key="iris.parquet") == ln.Artifact.get(key="iris.parquet")
    assert ln.Record.connect(address).filter(name="DMSO").one().name == "DMSO"
    assert ln.DB(address).bionty.CellType.get(name="T cell").ontology_id == "CL:0000084"
    with pytest.raises(AttributeError, match=r"Registry 'Artefact' not found .* Did you mean \"Artifact\" or"):
        ln.DB("lab/main").Artefact  # noqa: B018  it raises


def test_nothing_is_connected_by_itself() -> None:
    with pytest.raises(ln.errors.NotConnectedError, match=r"Call ln.connect\("):
        ln.Artifact  # noqa: B018  it raises
    with pytest.raises(AttributeError, match="has no attribute 'artifact'"):
        ln.artifact  # noqa: B018  it raises


def test_a_server_that_does_not_answer(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lnql.transport.BACK_OFF", (0.0, 0.0))
    with pytest.raises(ln.errors.UnreachableError, match=r"No server answers at http://127\.0\.0\.1:9/graphql"):
        ln.connect("http://127.0.0.1:9")


FAULTS: list[tuple[Stub, type[Exception], str]] = [
    (Stub(status=401), ln.errors.UnauthenticatedError, "does not accept the token, or it has expired"),
    (Stub(text="<html>It works!</html>"), ln.errors.AnswerError, "did not answer with GraphQL"),
    (Stub(status=500), ln.errors.AnswerError, r"did not answer with GraphQL \(HTTP status 500\)"),
    (Stub(status=403, text="no"), ln.errors.ForbiddenError, "does not let you in"),
    (Stub(status=429), ln.errors.UnavailableError, "was asked too often"),
    (Stub(status=502), ln.errors.UnavailableError, "cannot be reached through its proxy now"),
    (Stub(error=("INVALID", "Cannot query field 'instance'.")), ln.errors.AnswerError, "another GraphQL than LNQL"),
    (Stub(error=("UNAVAILABLE", "Full.")), ln.errors.UnavailableError, "Full."),
    (Stub(error=("UNAUTHENTICATED", "Who?")), ln.errors.UnauthenticatedError, "Who?"),
    (Stub(error=("TIMEOUT", "Too long.")), ln.errors.DeadlineError, "Too long."),
    (Stub(seconds=0.5), ln.errors.DeadlineError, "did not answer within 0.1 s"),
]


@pytest.mark.parametrize(("stub", "error", "message"), FAULTS, ids=lambda part: str(part)[:40])
def test_every_fault_has_an_exception_and_a_sentence(
    stub: Stub, error: type[Exception], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lnql.transport.SECONDS", 0.1 if stub.seconds else 60.0)
    with stub, pytest.raises(error, match=message):
        ln.connect(stub.url)


def test_a_read_is_sent_again_when_the_connection_breaks_and_a_write_is_not(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lnql.transport.BACK_OFF", (0.0, 0.0))
    with answering({"instance": None}) as stub:
        stub.answer = ln.connect(address).ask(ABOUT)
        connection = ln.connect(stub.url)
        stub.answer, stub.breaks = {"x": 1}, 2
        assert connection.ask("{ x }") == {"x": 1}
        stub.breaks, asked = 1, len(stub.bodies)
        with pytest.raises(ln.errors.UnreachableError):
            background.run(connection.execute("mutation { x }", read=False))
        assert len(stub.bodies) == asked


def test_a_schema_that_changed_meanwhile_is_told(address: str) -> None:
    with answering({"instance": None}) as stub:
        about = ln.connect(address).ask(ABOUT)
        stub.answer = about
        connection = ln.connect(stub.url)
        stub.answer = {"instance": about["instance"] | {"schemaHash": "other"}}
        stub.refuses = "nofield"
        with pytest.raises(ln.errors.SchemaChangedError, match="has another schema than when you connected"):
            connection.ask("{ nofield }")


def test_an_address_without_its_scheme_is_told() -> None:
    with pytest.raises(ValueError, match='Did you mean "http://localhost:8000"'):
        ln.connect("localhost:8000")


def test_a_path_without_an_instance_is_told(tmp_path: Path) -> None:
    with pytest.raises(ln.errors.InstanceError, match=str(tmp_path)):
        ln.connect(str(tmp_path))


def test_without_the_server_a_path_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in sys.modules if name.startswith("lnql.graph")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "typer", None)
    with pytest.raises(ln.errors.MissingExtraError, match=r'pip install "lnql\[server\]"'):
        ln.connect(str(tmp_path))
