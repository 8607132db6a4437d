"""Whole public ontologies, from the files that come with the package `cellxgene-ontology-guide`."""

from collections.abc import Mapping
from typing import Any

from .copying import Progress
from .demo_rows import Rows, read_table
from .extras import require
from .uids import source_uid

TASK = "Loading whole ontologies"

ONTOLOGIES = """
code      | entity                    | organism | description
CL        | bionty.CellType           | all      | Cell Ontology
UBERON    | bionty.Tissue             | all      | Uberon multi-species anatomy ontology
MONDO     | bionty.Disease            | all      | Mondo Disease Ontology
EFO       | bionty.ExperimentalFactor | all      | Experimental Factor Ontology
PATO      | bionty.Phenotype          | all      | Phenotype And Trait Ontology
HANCESTRO | bionty.Ethnicity          | human    | Human Ancestry Ontology
HsapDv    | bionty.DevelopmentalStage | human    | Human Developmental Stages
MmusDv    | bionty.DevelopmentalStage | mouse    | Mouse Developmental Stages
"""

Term = Mapping[str, Any]
"""`label`, `ancestors` with their distances, and where there are any `description`, `synonyms`, `deprecated`."""


def load_ontologies(rows: Rows, progress: Progress) -> None:
    """Add the terms of all ontologies with names, synonyms, definitions and parents; terms that are there stay.

    Raises MissingExtraError when the package is not installed.
    """
    guide = require("cellxgene_ontology_guide.supported_versions", extra="ontologies", task=TASK).CXGSchema()
    listed = list(read_table(ONTOLOGIES))
    for table in sorted({_table(cells) for cells in listed}):
        rows.transaction.execute(f"DELETE FROM {table}_parents;")  # noqa: S608 - the demo's own are thinned out
    for done, cells in enumerate(listed, start=1):
        version = guide.supported_ontologies[cells["code"]]["version"].removeprefix("v")
        terms = {key: term for key, term in guide.ontology(cells["code"]).items() if not term.get("deprecated")}
        _add_terms(rows, _table(cells), _source(rows, cells, version), terms)
        rows.write()
        progress("Ontologies", done, len(listed))


def parents(term: Term, terms: Mapping[str, Term]) -> list[str]:
    """The ids of the nearest ancestors of a term, of those that are among `terms`."""
    distances = {key: distance for key, distance in term["ancestors"].items() if key in terms}
    return [key for key, distance in distances.items() if distance == min(distances.values())]


def _table(cells: Mapping[str, str]) -> str:
    return cells["entity"].lower().replace(".", "_")


def _source(rows: Rows, cells: Mapping[str, str], version: str) -> int:
    """The id of the source of an ontology, which is added unless the demo has this version already."""
    name = cells["code"].lower()
    uid = source_uid(cells["entity"], name, cells["organism"], version)
    known = rows.find("bionty_source", name)
    if known and known["uid"] == uid:
        return int(known["id"])
    facts = {column: cells[column] for column in ("entity", "organism", "description")}
    return rows.add("bionty_source", uid=uid, name=name, version=version, in_db=True, currently_used=not known, **facts)


def _add_terms(rows: Rows, table: str, source: int, terms: Mapping[str, Term]) -> None:
    for key, term in terms.items():
        if not rows.find(table, key):
            synonyms = "|".join(term.get("synonyms", [])) or None
            facts = {"ontology_id": key, "name": term["label"], "description": term.get("description")}
            rows.add(table, synonyms=synonyms, source_id=source, **facts)
    singular = table.partition("_")[2]
    for key, term in terms.items():
        for parent in parents(term, terms):
            ends = {f"from_{singular}_id": rows.id(table, key), f"to_{singular}_id": rows.id(table, parent)}
            rows.add(f"{table}_parents", **ends)
