"""The README's examples are run, and answer what it says they answer; documents name only what is there."""

import doctest
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from .conftest import CHECKOUT, Copies, serving

README = (CHECKOUT / "README.md").read_text()
EXAMPLES = re.findall(r"```graphql\n(.*?)```\n\n```json\n(.*?)```", README, re.DOTALL)
MODULE = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
SESSION = "\n".join(re.findall(r"```pycon\n(.*?)```", README, re.DOTALL))
SERVED_AT = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def address(demo_folder: Path, copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the demo instance with the README's own registry, as the README starts it."""
    modules = tmp_path_factory.mktemp("modules")
    (modules / "registries.py").write_text(*MODULE)
    target = copies(demo_folder, "sqlite")
    with serving(target, "--modules", "registries", "--write", PYTHONPATH=str(modules)) as (url, _):
        yield url


def ask(url: str, query: str) -> Any:
    return httpx.post(url, json={"query": query}).json()


@pytest.mark.parametrize(("query", "answer"), EXAMPLES, ids=[f"example {number}" for number in range(len(EXAMPLES))])
def test_examples_answer_what_the_readme_says(address: str, query: str, answer: str) -> None:
    assert ask(address, query) == json.loads(answer)


@pytest.mark.parametrize("where", ["over a socket", "in this process"])
def test_the_session_answers_what_the_readme_says(
    where: str, address: str, demo_folder: Path, copies: Copies, tmp_path: Path
) -> None:
    there = repr(address.removesuffix("/graphql")) if where == "over a socket" else None
    there = there or f"{copies(demo_folder, 'sqlite')!r}, write=True"
    session = SESSION.replace(f'"{SERVED_AT}"', there)
    assert session.count(there) == 1
    test = doctest.DocTestParser().get_doctest(session + ">>> connection.close()\n", {}, where, None, None)
    report: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(test, out=report.append)
    assert result.failed == 0, "".join(report)
    assert result.attempted > 15


def test_every_query_has_its_answer() -> None:
    assert len(EXAMPLES) == README.count("```graphql") == README.count("```json") > 3


def test_links_lead_to_files_and_headings() -> None:
    headings = {
        re.sub(r"[^a-z -]", "", line.lower()).replace(" ", "-") for line in re.findall("^#+ (.*)", README, re.M)
    }
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    broken = [link for link in links if link.lstrip("#") not in headings and not (CHECKOUT / link).exists()]
    assert broken == []


def test_the_architecture_page_names_files_that_exist() -> None:
    page = (CHECKOUT / "docs" / "architecture.md").read_text()
    paths = re.findall(r"`((?:graph|models|client)/[^`]*)`", page)
    modules = set(re.findall(r"`([a-z_]+)`", page)) - {"lnql", "graph", "models", "client"}
    assert len(modules) > 30
    named = [*paths, *(f"graph/{name}.py" for name in sorted(modules))]
    assert [name for name in named if not (CHECKOUT / name).exists()] == []
