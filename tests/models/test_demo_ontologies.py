"""Whole ontologies, from a stand-in for the package that has them: it is no part of the tests' environment."""

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from lnql.errors import MissingExtraError
from lnql.models.demo import build_demo

from .queries import rows

CELLS = {
    "CL:0000000": {"label": "cell", "ancestors": {}},
    "CL:0000542": {"label": "lymphocyte", "ancestors": {"CL:0000000": 1}},
    "CL:0000084": {"label": "T cell", "ancestors": {"CL:0000542": 1, "CL:0000000": 2}, "synonyms": ["T lymphocyte"]},
    "CL:9999999": {
        "label": "demo cell",
        "ancestors": {"CL:0000084": 1, "CL:0000542": 2, "CL:0000000": 3},
        "description": "Known to this test only.",
        "synonyms": ["test cell", "trial cell"],
        "deprecated": False,
    },
    "CL:8888888": {"label": "obsolete cell", "ancestors": {}, "deprecated": True},
}


class Guide:
    """What the package offers: ontologies by name, of which only one has terms here."""

    supported_ontologies = {
        name: {"version": "v2031-01-01"}
        for name in ("CL", "UBERON", "MONDO", "EFO", "PATO", "HANCESTRO", "HsapDv", "MmusDv")
    }

    def ontology(self, name: str) -> dict[str, Any]:
        """The terms of an ontology."""
        return CELLS if name == "CL" else {}


@pytest.fixture
def guide(monkeypatch: pytest.MonkeyPatch) -> None:
    module: Any = ModuleType("cellxgene_ontology_guide.supported_versions")
    module.CXGSchema = Guide
    monkeypatch.setitem(sys.modules, "cellxgene_ontology_guide", ModuleType("cellxgene_ontology_guide"))
    monkeypatch.setitem(sys.modules, "cellxgene_ontology_guide.supported_versions", module)


@pytest.mark.usefixtures("guide")
def test_new_terms_come_with_synonyms_definition_source_and_parents(tmp_path: Path) -> None:
    build_demo(tmp_path, ontologies=True)
    new = rows(
        tmp_path,
        "SELECT c.name, c.synonyms, c.description, s.name, s.version, s.uid FROM bionty_celltype c"
        " JOIN bionty_source s ON s.id = c.source_id WHERE c.ontology_id = 'CL:9999999'",
    )
    assert [row[:5] for row in new] == [
        ("demo cell", "test cell|trial cell", "Known to this test only.", "cl", "2031-01-01")
    ]
    edges = rows(
        tmp_path,
        "SELECT c.name, p.name FROM bionty_celltype_parents l JOIN bionty_celltype c ON c.id = l.from_celltype_id"
        " JOIN bionty_celltype p ON p.id = l.to_celltype_id ORDER BY 1",
    )
    assert edges == [("T cell", "lymphocyte"), ("demo cell", "T cell"), ("lymphocyte", "cell")]


@pytest.mark.usefixtures("guide")
def test_known_terms_are_not_added_again_and_obsolete_ones_not_at_all(tmp_path: Path) -> None:
    build_demo(tmp_path, ontologies=True)
    assert rows(tmp_path, "SELECT count(*) FROM bionty_celltype WHERE name = 'T cell'") == [1]
    assert rows(tmp_path, "SELECT count(*) FROM bionty_celltype WHERE name = 'obsolete cell'") == [0]
    assert rows(tmp_path, "SELECT count(*) FROM pragma_foreign_key_check") == [0]


def test_without_the_package_the_extra_is_named_and_no_instance_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cellxgene_ontology_guide", None)
    monkeypatch.setitem(sys.modules, "cellxgene_ontology_guide.supported_versions", None)
    with pytest.raises(MissingExtraError, match=r"lnql\[ontologies\]"):
        build_demo(tmp_path, ontologies=True)
    assert list(tmp_path.iterdir()) == []
