"""The README's examples are run, and answer what it says they answer; documents name only what is there."""

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
    named = re.findall(r"`((?:graph|models|client)/[^`]*)`", page)
    assert [name for name in named if not (CHECKOUT / name).exists()] == []
