"""The page on operations, and the files beside it, name only what is there."""

import re
from pathlib import Path

import pytest

from lnql.graph.settings import Limits, Settings

from .conftest import CHECKOUT

PAGE = CHECKOUT / "docs" / "operations.md"
DEPLOY = CHECKOUT / "docs" / "deploy"
SETTINGS = {f"LNQL_{name.upper()}" for name in Settings.__struct_fields__}
SETTINGS |= {f"LNQL_LIMITS__{name.upper()}" for name in Limits.__struct_fields__}


@pytest.mark.parametrize("file", [PAGE, *sorted(DEPLOY.iterdir())], ids=lambda file: file.name)
def test_every_variable_is_a_setting(file: Path) -> None:
    named = set(re.findall(r"LNQL_[A-Z_]+", file.read_text()))
    assert named - SETTINGS == set()


def test_links_lead_to_files() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", PAGE.read_text())
    assert [link for link in links if not (PAGE.parent / link).exists()] == []
    assert len(links) >= 4


def test_metrics_that_it_names_are_there() -> None:
    named = set(re.findall(r"lnql_[a-z_]+", PAGE.read_text()))
    code = (CHECKOUT / "graph" / "metrics.py").read_text()
    assert {name for name in named if name.removesuffix("_total") not in code} == set()
