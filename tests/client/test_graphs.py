"""Ontologies and lineage as graphs and as trees, through the client, on both databases."""

import re
from typing import Any

import pytest

import lnql as ln
import lnql.bionty as bt
from lnql.errors import FieldError, InvalidValueError
from lnql.graphs import Graph, digraph, text_tree
from lnql.trees import show

from .conftest import Requests

pytestmark = pytest.mark.usefixtures("connected")


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that are not broken."""
    monkeypatch.setenv("COLUMNS", "200")


def named(graph: Any) -> set[str]:
    """The labels of a Digraph's nodes."""
    return {quoted or plain for quoted, plain in re.findall(r'^\t\w+ \[label=(?:"([^"]*)"|(\w+))', graph.source, re.M)}


def test_what_is_above_is_one_request(requests: Requests) -> None:
    cell = bt.CellType.get(name="T cell")
    requests.clear()
    graph = cell.view_parents(return_graph=True)
    assert len(requests) == 1
    assert named(graph) == {"T cell", *cell.query_parents().to_list("name")}
    lymphocyte = bt.CellType.get(name="lymphocyte")
    assert f"CellType_{lymphocyte.id} -> CellType_{cell.id}" in graph.source


def test_the_distance_is_how_far_it_goes() -> None:
    cell = bt.CellType.get(name="T cell")
    assert named(cell.view_parents(distance=1, return_graph=True)) == {"T cell", *cell.parents.to_list("name")}
    with pytest.raises(InvalidValueError, match="at least 1"):
        cell.view_parents(distance=0)


def test_any_field_names_the_records() -> None:
    cell = bt.CellType.get(name="T cell")
    for field in ("ontology_id", bt.CellType.ontology_id):
        graph = cell.view_parents(field=field, distance=1, return_graph=True)
        assert named(graph) == {"CL:0000084", *cell.parents.to_list("ontology_id")}
    with pytest.raises(FieldError, match="ontology_id"):
        cell.view_parents(field="ontologyid")


def test_above_and_below() -> None:
    cell = bt.CellType.get(name="lymphocyte")
    above, below = cell.query_parents().to_list("name"), cell.query_children().to_list("name")
    assert named(cell.view_children(distance=20, return_graph=True)) == {"lymphocyte", *below}
    assert named(cell.view_parents(with_children=True, distance=20, return_graph=True)) == {
        "lymphocyte",
        *above,
        *below,
    }


def test_without_a_notebook_it_is_a_tree(capsys: pytest.CaptureFixture[str]) -> None:
    bt.CellType.get(name="T cell").view_parents()
    shown = capsys.readouterr().out
    assert shown.startswith("CellType: T cell\n└── parents\n")
    assert "── lymphocyte\n" in shown


def test_the_lineage_is_one_request(requests: Requests, capsys: pytest.CaptureFixture[str]) -> None:
    run = ln.Run.filter(input_artifacts__isnull=False, output_artifacts__isnull=False).first()
    made, given = run.output_artifacts.first(), run.input_artifacts.first()
    requests.clear()
    source = made.view_lineage(return_graph=True).source
    assert len(requests) == 1
    assert f"Artifact_{given.id} -> Run_{run.id}" in source
    assert f"Run_{run.id} -> Artifact_{made.id}" in source
    made.view_lineage(with_children=False)
    shown = capsys.readouterr().out
    assert shown.startswith(f"Artifact: {made.key}\n└── upstream\n")
    assert f"({run.transform.key})" in shown
    assert str(given.key) in shown
    assert "downstream" not in shown


def test_a_notebook_draws_the_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Any] = []
    monkeypatch.setattr("builtins.display", drawn.append, raising=False)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    bt.CellType.get(name="T cell").view_parents(distance=1)
    assert [type(graph).__name__ for graph in drawn] == ["Digraph"]


def test_cycles_and_labels_with_signs_of_their_own() -> None:
    graph = Graph("g", "Term:1", ("parents", "children"), {"Term:1": r"a\nb", "Term:2": "b"}, cut=True)
    graph.edges = dict.fromkeys([("Term:1", "Term:2"), ("Term:2", "Term:1"), ("Term:2", "Term:3")])
    graph.keep_known()
    assert r'label="a\\nb"' in digraph(graph).source
    lines = (show(text_tree(graph), return_str=True) or "").splitlines()
    assert lines[:4] == [r"Term: a\nb", "├── parents", "│   └── b", r"│       └── a\nb (see elsewhere)"]
    assert lines[-1].startswith("└── … There are more than these")
