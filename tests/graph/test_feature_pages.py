"""Pages of rows with features are the same, whichever of the ways to them a statement takes while it runs."""

import pytest

from lnql.graph import feature_pages, features_sql
from lnql.graph.feature_pages import Worth
from lnql.graph.settings import Limits
from lnql.graph.visibility import EVERYTHING_VISIBLE

from .conftest import Server, recorded

EXPERIMENT = '{name: "experiment", eq: "Experiment 1"}'
WARM = '{name: "temperature", gt: 20}'
FILTERS = {
    "one label": f"features: [{EXPERIMENT}]",
    "numbers": f"features: [{WARM}]",
    "one value": 'features: [{name: "is_control", eq: true}]',
    "several labels": 'features: [{name: "experiment", startsWith: "Experiment"}]',
    "a label and numbers": f"features: [{EXPERIMENT}, {WARM}]",
    "numbers twice": f'features: [{WARM}, {{name: "donor_age", gt: 0}}]',
    "either": f"or: [{{features: [{EXPERIMENT}]}}, {{features: [{WARM}]}}]",
    "not": f"not: {{features: [{WARM}]}}",
    "numbers of any branch": f'features: [{WARM}], branch: {{name: {{neq: ""}}}}',
    "a label, newest": f"features: [{EXPERIMENT}]",
}
MANY = (1000, 1000)
NONE = (0, 0)
ASKED, LISTED, NEITHER = Worth(MANY, NONE), Worth(NONE, MANY), Worth(NONE, NONE)
BOUNDS = {
    "few": {"FEW": MANY, "RAREST": 2000},
    "near": {"WINDOWS": (MANY, MANY), "RAREST": 2000},
    "far": {"WINDOWS": ((3, 0), MANY), "BY_KEY": ASKED, "BY_OTHERS": ASKED, "RAREST": 5},
    "short": {"WINDOWS": ((1, 0), (1, 0)), "BY_KEY": LISTED, "BY_OTHERS": LISTED},
    "listed": {"WINDOWS": ((1, 0), (1, 0)), "BY_KEY": NEITHER, "BY_OTHERS": NEITHER, "RAREST": 0},
}
"""Bounds of the ways, with which the named way is taken where it can be."""


@pytest.mark.parametrize("bounds", BOUNDS)
def test_every_way_gives_the_same_pages(real_target: str, monkeypatch: pytest.MonkeyPatch, bounds: str) -> None:
    for name, value in ({"FEW": (0, 0)} | BOUNDS[bounds]).items():
        monkeypatch.setattr(features_sql if name == "RAREST" else feature_pages, name, value)
    with recorded() as ran:
        server = Server(real_target, EVERYTHING_VISIBLE, Limits(), ran)
        for number, filter_ in enumerate(FILTERS.values()):
            order = "createdAt: DESC" if number % 2 else "databaseId: ASC"
            assert_pages(server, f"filter: {{{filter_}}}, orderBy: [{{{order}}}]")
        server.close()


def assert_pages(server: Server, list_: str) -> None:
    """Assert that pages from either end and in the middle are parts of the whole list."""
    answer = server.ask(
        f"{{ all: artifacts({list_}, first: 500) {{ totalCount nodes {{ uid }} }}"
        f" a: artifacts({list_}, first: 3) {{ nodes {{ uid }} pageInfo {{ hasNextPage endCursor }} }}"
        f" b: artifacts({list_}, first: 2, offset: 1) {{ nodes {{ uid }} }}"
        f" c: artifacts({list_}, last: 3) {{ nodes {{ uid }} }} }}"
    )
    expected, *found = ([node["uid"] for node in page["nodes"]] for page in answer.values())
    assert found == [expected[:3], expected[1:3], expected[-3:]]
    assert len(expected) == answer["all"]["totalCount"] > 1
    info = answer["a"]["pageInfo"]
    assert info["hasNextPage"] == (len(expected) > 3)
    after = server.ask(f'{{ d: artifacts({list_}, first: 3, after: "{info["endCursor"]}") {{ nodes {{ uid }} }} }}')
    assert [node["uid"] for node in after["d"]["nodes"]] == expected[3:6]
