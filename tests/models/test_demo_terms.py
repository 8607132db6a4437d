"""The demo's terms agree with the real ontologies in the real instance."""

from pathlib import Path

import pytest

from lnql.models.demo_rows import read_table
from lnql.models.demo_terms import CELL_TYPES, DISEASES, EXPERIMENTAL_FACTORS, HUMAN_GENES, SOURCES, TERMS, TISSUES

from .queries import rows

ONTOLOGIES = {
    "bionty_celltype": CELL_TYPES,
    "bionty_tissue": TISSUES,
    "bionty_disease": DISEASES,
    "bionty_experimentalfactor": EXPERIMENTAL_FACTORS,
}


@pytest.mark.parametrize("table", ONTOLOGIES)
def test_ids_and_names_are_real(real_folder: Path, table: str) -> None:
    real = dict(rows(real_folder, f"SELECT ontology_id, name FROM {table}"))
    ours = {cells["ontology_id"]: cells["name"] for cells in read_table(ONTOLOGIES[table])}
    assert ours == {key: real.get(key) for key in ours}


def ancestors(term: str, parents: dict[str, set[str]]) -> set[str]:
    found = set(parents.get(term, ()))
    return found.union(*(ancestors(parent, parents) for parent in found))


@pytest.mark.parametrize("table", ONTOLOGIES)
def test_parents_are_real_ancestors_and_listed(real_folder: Path, table: str) -> None:
    singular = table.removeprefix("bionty_")
    query = (
        f"SELECT c.ontology_id, p.ontology_id FROM {table}_parents l JOIN {table} c ON c.id = l.from_{singular}_id"
        f" JOIN {table} p ON p.id = l.to_{singular}_id"
    )
    real: dict[str, set[str]] = {}
    for child, parent in rows(real_folder, query):
        real.setdefault(child, set()).add(parent)
    listed = {cells["ontology_id"]: cells for cells in read_table(ONTOLOGIES[table])}
    for key, cells in listed.items():
        ours = set(cells["parents"].split(";")) if "parents" in cells else set()
        assert ours <= ancestors(key, real) & set(listed)


def test_gene_ids_are_real(real_folder: Path) -> None:
    real = dict(rows(real_folder, "SELECT symbol, ensembl_gene_id FROM bionty_gene"))
    ours = {cells["symbol"]: cells["ensembl_gene_id"] for cells in read_table(HUMAN_GENES)}
    assert ours == {symbol: real.get(symbol) for symbol in ours}


def test_every_source_has_terms() -> None:
    assert [(cells["entity"], cells["organism"]) for cells in read_table(SOURCES)] == list(TERMS)
