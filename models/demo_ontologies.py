"""Whole public ontologies, from the files that come with the package `cellxgene-ontology-guide`."""

from dataclasses import replace

from lnql.ontologies import ONTOLOGIES, Ontology

from .demo_rows import Rows
from .progress import Progress
from .uids import source_uid

CODES = frozenset({"CL", "UBERON", "MONDO", "EFO", "PATO", "HANCESTRO", "HsapDv", "MmusDv"})
"""The ontologies that the demo has whole."""


def load_ontologies(rows: Rows, progress: Progress) -> None:
    """Add the terms of all ontologies with names, synonyms, definitions and parents; terms that are there stay.

    Raises MissingExtraError when the package is not installed.
    """
    listed = [replace(ontology) for ontology in ONTOLOGIES if ontology.code in CODES]  # copies, forgotten afterwards
    for table in sorted({_table(ontology) for ontology in listed}):
        rows.transaction.execute(f"DELETE FROM {table}_parents;")  # noqa: S608  the demo's own are thinned out
    for done, ontology in enumerate(listed, start=1):
        _add_terms(rows, ontology)
        rows.write()
        progress("Ontologies", done, len(listed))


def _table(ontology: Ontology) -> str:
    return ontology.entity.lower().replace(".", "_")


def _source(rows: Rows, ontology: Ontology) -> int:
    """The id of the source of an ontology, which is added unless the demo has this version already."""
    identity = {"entity": ontology.entity, "name": ontology.name, "organism": ontology.organism}
    uid = source_uid(**identity, version=ontology.version)
    known = rows.find("bionty_source", ontology.name)
    if known and known["uid"] == uid:
        return int(known["id"])
    facts = {"version": ontology.version, "description": ontology.description, "in_db": True}
    return rows.add("bionty_source", uid=uid, currently_used=not known, **identity, **facts)


def _add_terms(rows: Rows, ontology: Ontology) -> None:
    table, source = _table(ontology), _source(rows, ontology)
    singular = table.partition("_")[2]
    for term in ontology.with_ancestors(ontology.entries):
        if not rows.find(table, term.ontology_id):
            facts = {"ontology_id": term.ontology_id, "name": term.name, "description": term.description}
            rows.add(table, synonyms="|".join(term.synonyms) or None, source_id=source, **facts)
        for parent in term.parents:
            ends = {
                f"from_{singular}_id": rows.id(table, term.ontology_id),
                f"to_{singular}_id": rows.id(table, parent),
            }
            rows.add(f"{table}_parents", **ends)
