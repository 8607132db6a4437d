"""A stand-in for the package that has public ontologies: it is no part of the tests' environment."""

from types import ModuleType
from typing import Any

from lnql.ontologies import ONTOLOGIES

MODULE = "cellxgene_ontology_guide.supported_versions"

ENTRIES: dict[str, dict[str, Any]] = {
    "CL:0": {"label": "cell", "ancestors": {}},
    "CL:1": {"label": "lymphocyte", "ancestors": {"CL:0": 1}},
    "CL:2": {"label": "T cell", "ancestors": {"CL:1": 1, "CL:0": 2}, "synonyms": ["T-cell", "T cell", "t lymphocyte"]},
    "CL:3": {"label": "t CELL", "ancestors": {"CL:9": 1, "CL:0": 2}, "synonyms": ["T-CELL"], "description": "Odd."},
    "CL:4": {"label": "moon cell", "ancestors": {"CL:0": 1}, "synonyms": ["luna cell"]},
    "CL:5": {"label": "sun cell", "ancestors": {"CL:0": 1}},
    "CL:6": {"label": "star cell", "ancestors": {"CL:0": 1}},
    "CL:9": {"label": "gone", "ancestors": {}, "deprecated": True},
}


class Guide:
    """What the package offers; cell types are all it has."""

    supported_ontologies = {ontology.code: {"version": "v2031-01-01"} for ontology in ONTOLOGIES}

    def ontology(self, name: str) -> dict[str, Any]:
        """The terms of an ontology."""
        return ENTRIES if name == "CL" else {}


def modules() -> dict[str, ModuleType]:
    """The package, to be put among the modules that are imported."""
    module: Any = ModuleType(MODULE)
    module.CXGSchema = Guide
    return {"cellxgene_ontology_guide": ModuleType("cellxgene_ontology_guide"), MODULE: module}
