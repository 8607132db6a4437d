"""The demo's two AnnData datasets: the same facts make the files, the annotations and the schemas."""

from random import Random
from typing import Any, NamedTuple

from .demo_annotations import Annotator
from .demo_files import h5ad
from .demo_rows import read_table
from .demo_schemas import add_schema
from .demo_terms import HUMAN_GENES

CELLS = 24
MOST_COUNTS = 9


class Dataset(NamedTuple):
    """An AnnData file: which genes it counts, the labels its cells have, the features of the whole."""

    genes: tuple[str, ...]
    labels: dict[str, list[str]]
    features: dict[str, Any]


DATASETS = {
    "examples/dataset1.h5ad": Dataset(
        genes=("CD8A", "CD4", "CD14"),
        labels={
            "perturbation": ["DMSO", "IFNG"],
            "cell_type_by_expert": ["B cell", "CD8-positive, alpha-beta T cell"],
            "cell_type_by_model": ["B cell", "T cell"],
        },
        features={
            "experiment": "Experiment 1",
            "temperature": 21.6,
            "date_of_study": "2022-12-01",
            "study_note": "Went well; the cells looked healthy on day 3.",
            "study_metadata": {"detail1": "123", "detail2": 1},
        },
    ),
    "examples/dataset2.h5ad": Dataset(
        genes=("CD8A", "CD4", "CD38"),
        labels={"perturbation": ["DMSO", "IFNG"], "cell_type_by_model": ["T cell", "monocyte"]},
        features={
            "experiment": "Experiment 2",
            "temperature": 22.6,
            "date_of_study": "2023-02-13",
            "study_metadata": {"detail1": "456", "detail2": 2},
        },
    ),
}

ENSEMBL_IDS = {gene["symbol"]: gene["ensembl_gene_id"] for gene in read_table(HUMAN_GENES)}


def dataset_file(dataset: Dataset, random: Random) -> bytes:
    """The AnnData file of a dataset: random counts, the labels in turn, the features as unstructured data."""
    counts = [[random.randint(0, MOST_COUNTS) for _ in dataset.genes] for _ in range(CELLS)]
    obs = {name: [labels[cell % len(labels)] for cell in range(CELLS)] for name, labels in dataset.labels.items()}
    return h5ad(counts, obs, [ENSEMBL_IDS[symbol] for symbol in dataset.genes], dataset.features)


def annotate_dataset(annotator: Annotator, key: str) -> None:
    """Annotate the artifact `key` with what its dataset holds, and say which features and genes those are."""
    rows = annotator.rows
    artifact, dataset = rows.row("lamindb_artifact", key), DATASETS[key]
    annotator.annotate("artifact", artifact["id"], {**dataset.labels, **dataset.features})
    slots = {
        "obs": add_schema(rows, itype="Feature", members=list(dataset.labels)),
        "var.T": add_schema(rows, itype="bionty.Gene.ensembl_gene_id", dtype="num", members=dataset.genes),
    }
    for slot, schema in slots.items():
        rows.add("lamindb_artifactschema", artifact_id=artifact["id"], schema_id=schema, slot=slot)
    artifact["schema_id"] = rows.id("lamindb_schema", "AnnData with Ensembl gene ids")
    artifact["n_observations"] = CELLS
