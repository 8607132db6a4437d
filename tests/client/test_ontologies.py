"""Public ontologies, from a stand-in for the package that has them."""

import sys

import pytest

from lnql.errors import MissingExtraError
from lnql.ontologies import Match, Ontology, Term, find_terms, ontologies_of


@pytest.fixture
def cells(guide: None) -> Ontology:
    return ontologies_of("CellType")[0]


def test_a_source_is_named_as_in_lamindb(cells: Ontology) -> None:
    assert (cells.entity, cells.name, cells.version, cells.organism) == ("bionty.CellType", "cl", "2031-01-01", "all")


def test_a_term_has_names_and_the_nearest_ancestors(cells: Ontology) -> None:
    assert cells.term("CL:2") == Term("CL:2", "T cell", ("T-cell", "t lymphocyte"), None, ("CL:1",))
    assert cells.term("CL:3") == Term("CL:3", "t CELL", ("T-CELL",), "Odd.", ("CL:0",))  # the nearest is obsolete


def test_parents_stand_before_their_children(cells: Ontology) -> None:
    assert [term.name for term in cells.with_ancestors(["CL:2", "CL:1"])] == ["cell", "lymphocyte", "T cell"]


@pytest.mark.parametrize(
    ("value", "exact", "synonyms", "any_case"),
    [
        ("T cell", "CL:2", "CL:2", "CL:2"),
        ("t CELL", "CL:3", "CL:3", "CL:3"),
        ("T Cell", None, None, "CL:2"),
        ("T-cell", None, "CL:2", "CL:2"),
        ("T-CELL", None, "CL:3", "CL:2"),
        ("T LYMPHOCYTE", None, None, "CL:2"),
        ("gone", None, None, None),
        ("CL:2", None, None, None),
        ("", None, None, None),
    ],
)
def test_terms_are_found_by_name(
    cells: Ontology, value: str, exact: str | None, synonyms: str | None, any_case: str | None
) -> None:
    assert [cells.find("name", value, match) for match in Match] == [exact, synonyms, any_case]


def test_terms_are_found_by_id(cells: Ontology) -> None:
    assert [cells.find("ontology_id", value) for value in ("CL:2", "CL:9", "T cell")] == ["CL:2", None, None]


@pytest.mark.usefixtures("guide")
def test_the_ontologies_of_a_registry_are_asked_in_turn() -> None:
    assert [found.code for found in ontologies_of("DevelopmentalStage")] == ["HsapDv", "MmusDv"]
    assert [found.code for found in ontologies_of("DevelopmentalStage", "mouse")] == ["MmusDv"]
    assert [found.code for found in ontologies_of("CellType", "mouse")] == ["CL"]
    assert {value: key for value, (_, key) in find_terms("CellType", "name", ["T cell", "x"]).items()} == {
        "T cell": "CL:2"
    }
    assert find_terms("ULabel", "name", ["T cell"]) == {}


@pytest.mark.usefixtures("guide")
def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cellxgene_ontology_guide.supported_versions", None)
    with pytest.raises(MissingExtraError, match=r'The Cell Ontology needs .* pip install "lnql\[ontologies\]"'):
        find_terms("CellType", "name", ["T cell"])
