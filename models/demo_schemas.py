"""The demo's schemas: sets of features and of genes, and what an AnnData dataset is made of."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .demo_rows import Rows
from .hashes import SCHEMA_CODES, schema_hash


class Members(NamedTuple):
    """Where the members of a schema are and how they are linked."""

    table: str
    link: str
    column: str


MEMBERS = {
    "Feature": Members("lamindb_feature", "lamindb_schemafeature", "feature_id"),
    "bionty.Gene": Members("bionty_gene", "bionty_schemagene", "gene_id"),
    "bionty.Gene.ensembl_gene_id": Members("bionty_gene", "bionty_schemagene", "gene_id"),
}
"""By `itype`, the registry whose records a schema lists."""

DEFAULTS = {"minimal_set": True, "ordered_set": False, "maximal_set": False}

MARKERS = ("CD8A", "CD4", "CD14", "CD38", "CD3E", "CD19", "MS4A1", "FOXP3", "IL2RA", "NKG7")

SAMPLE_FEATURES = ("donor", "donor_age", "is_control", "compound", "tissue", "disease", "operator", "qc_score", "tags")


def add_schemas(rows: Rows) -> None:
    """Add the schemas that are there before any dataset: open ones, a gene panel and a sample sheet."""
    add_schema(rows, name="valid features", itype="Feature")
    add_schema(rows, name="valid Ensembl gene ids", itype="bionty.Gene.ensembl_gene_id", dtype="num")
    slots = {"obs": "valid features", "var.T": "valid Ensembl gene ids"}
    add_schema(rows, name="AnnData with Ensembl gene ids", otype="AnnData", dtype="num", slots=slots)
    add_schema(rows, name="immune markers", itype="bionty.Gene", dtype="float", members=MARKERS)
    add_schema(rows, name="sample sheet", itype="Feature", members=SAMPLE_FEATURES)


def add_schema(
    rows: Rows, *, members: Sequence[str] = (), slots: Mapping[str, str] | None = None, **values: Any
) -> int:
    """Add a schema of `members`, called by name, or of `slots` that name other schemas. Without members it is open.

    `values` may hold name, itype, otype and dtype. Gives the id.
    """
    where = MEMBERS[values.get("itype", "Feature")]
    found = [rows.row(where.table, member) for member in members]
    components = {slot: rows.row("lamindb_schema", name) for slot, name in (slots or {}).items()}
    properties = {**DEFAULTS, **values, "flexible": not found, "n_members": len(found) or None}
    hash_ = schema_hash(
        {name: value for name, value in properties.items() if name in SCHEMA_CODES},
        features={member["uid"]: False for member in found},
        slots={slot: component["hash"] for slot, component in components.items()},
    )
    dtype = properties.pop("dtype", None)
    id_ = rows.add("lamindb_schema", hash=hash_, _dtype_str=dtype, **properties)
    for member in found:
        rows.add(where.link, schema_id=id_, **{where.column: member["id"]})
    for slot, component in components.items():
        rows.add("lamindb_schemacomponent", slot=slot, composite_id=id_, component_id=component["id"])
    return id_
