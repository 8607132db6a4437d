"""Descriptions of records and registries, through the client, on both databases."""

from typing import Any

import pytest

import lnql as ln
import lnql.bionty as bt
from lnql.descriptions import size
from lnql.errors import DoesNotExist

from .conftest import Requests

pytestmark = pytest.mark.usefixtures("connected")


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that are not broken."""
    monkeypatch.setenv("COLUMNS", "200")


def described(record: Any) -> str:
    """The text, with one space where there are several."""
    return "\n".join(" ".join(line.split()) for line in record.describe(return_str=True).splitlines())


def test_a_dataset_is_one_request(requests: Requests) -> None:
    artifact = ln.Artifact.get(key="examples/dataset1.h5ad")
    requests.clear()
    text = described(artifact)
    assert len(requests) == 1
    assert text.startswith("Artifact: examples/dataset1.h5ad (0000)\n")
    assert "uid: mq8Jlw7kijohY9eB0000 kind: dataset" in text
    assert "otype: AnnData hash: FB3CeMjmg1ivN6HDy6w" in text
    assert "size: 30.9 KB branch: main" in text
    assert "space: all created_at: 2024-03-08" in text
    assert "created_by: testuser1 n_observations: 3" in text
    assert "/.lamindb/mq8Jlw7kijohY9eB0000.h5ad" in text


def test_features_by_slot_and_labels_by_relation() -> None:
    text = described(ln.Artifact.get(key="examples/dataset1.h5ad"))
    parts = ["Dataset features", "obs (4)", "var.T (3 bionty.Gene", "External features", "Entities"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert "cell_type_by_expert bionty.CellType B cell, CD8-positive" in text
    assert "sample_note str" in text
    assert "CD14 num" in text
    assert "experiment Record Experiment 1" in text
    assert "temperature float 21.6" in text
    assert ".records Record DMSO, IFNG, Experiment 1" in text
    assert ".cell_types bionty.CellType B cell, T cell" in text


def test_a_dataset_without_schemas_has_features_of_its_own() -> None:
    text = described(ln.Artifact.get(key="project-beta/processed/file_01.tsv"))
    assert "description: Extra file 1 of project BETA" in text
    assert "Dataset features" not in text
    assert text.index("disease bionty.Disease COVID-19") < text.index("qc_score float 0.1")
    assert "otype: None" in text  # as LaminDB says it beside a kind
    assert "run: " not in text


def test_types_of_labels_are_called_by_their_names(requests: Requests) -> None:
    artifact = ln.Artifact.get(key="project-alpha/raw/file_06.pdf")
    requests.clear()
    assert "compound Record[Compounds] imatinib" in described(artifact)
    assert len(requests) == 2
    assert "compound Record[Compounds] ✓ ✓" in described(ln.Schema.get(name="sample sheet"))


def test_a_run_has_params_and_a_transform() -> None:
    text = described(ln.Run.get(reference="JOB-1000"))
    assert text.startswith("Run: 2nf1iZo (scripts/train.py)")
    assert "transform: scripts/train.py (0001)" in text
    assert "Params" in text
    assert "learning_rate: 0.01" in text
    assert "batch str b1" in text


def test_a_schema_has_members_and_slots(requests: Requests) -> None:
    text = described(ln.Schema.get(name="sample sheet"))
    assert "name dtype optional nullable coerce default_value" in text
    assert text.index("donor_age int") < text.index("qc_score float")
    composite = ln.Schema.get(name="anndata_ensembl_gene_ids_and_valid_features_in_obs")
    requests.clear()
    text = described(composite)
    assert "obs: valid_features" in text
    assert "var.T: valid_ensembl_gene_ids" in text
    assert text.count("dtype: num") == 1  # of the genes
    assert len(requests) == 1


@pytest.mark.parametrize(
    "registry", ["Collection", "Transform", "Record", "ULabel", "Feature", "User", "Storage", "Project"]
)
def test_records_of_all_registries_have_facts(registry: str) -> None:
    record = getattr(ln, registry).objects.first()
    text = described(record)
    assert text.startswith(f"{registry}: ")
    assert f"uid: {record.uid}" in text


def test_a_feature_has_its_dtype() -> None:
    assert "dtype: cat[Record]" in described(ln.Feature.get(name="perturbation"))


def test_a_term_has_the_id_of_its_ontology() -> None:
    assert "ontology_id: CL:0000084" in described(bt.CellType.get(name="T cell"))


def test_without_return_str_it_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert ln.ULabel.get(name="benchmark").describe() is None
    assert "ULabel: benchmark" in capsys.readouterr().out


def test_a_registry_is_described_by_what_it_has(capsys: pytest.CaptureFixture[str], requests: Requests) -> None:
    assert ln.Artifact.describe(return_str=True) == repr(ln.Artifact)
    assert ln.Artifact.filter(suffix=".csv").describe(return_str=True) == repr(ln.Artifact)
    ln.Artifact.describe()
    assert capsys.readouterr().out.rstrip() == repr(ln.Artifact)
    assert requests == []


def test_a_record_that_is_gone_is_an_error() -> None:
    record = ln.ULabel.get(name="benchmark")
    record._values["id"] = 987654
    with pytest.raises(DoesNotExist, match="does not exist any more"):
        record.describe()


def test_sizes_are_for_people() -> None:
    assert [size(20), size(31672), size(5 * 1024**3)] == ["20 B", "30.9 KB", "5.0 GB"]


def test_lines_are_broken_and_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = " ".join(described(ln.Artifact.get(id=4)).replace("│", " ").split())
    assert "B cell, T cell, CD8-positive, alpha-beta T cell" in text
    assert "We had a great time performing this study and the results look compelling." in text


DESCRIBED = {
    "record": """\
Record: S001
├── uid: WPh2WQSH9t5oYYKx  type: Samples
│   is_type: False         schema:
│   reference:             branch: main
│   space: all             created_at: 2026-05-26 09:53:22 UTC
│   created_by: testuser1
└── Features
    └── compound            Record[Compounds]        trametinib
        tissue              bionty.Tissue            liver
        donor               str                      D0002
        donor_age           int                      23
        is_control          bool                     False
        qc_score            float                    0.52""",
    "transform": """\
Transform: scripts/train.py (0001)
|   description: Train a model
├── uid: X6F1MBNmZrrZ0001
│   hash: pQ8H-Y-SSrbBaOrxzf7KOg         type: script
│   branch: main                         space: all
│   created_at: 2024-05-22 07:48:00 UTC  created_by: testuser1
└── source_code:
    │ print('train v2')""",
    "branch": """\
Branch: my_branch
└── status: standalone                   space: all
    created_at: 2026-05-26 09:53:15 UTC  created_by: testuser1""",
    "schema": """\
Schema: sample sheet
├── uid: eEusjin2a8gFwcmf  created_at: 2026-05-26 09:53:17 UTC
│   created_by: testuser1
└── Features (6)
    └── name        dtype              optional  nullable  coerce  default_value
        donor       str                ✗         ✓         ✗       unset
        donor_age   int                ✗         ✓         ✗       unset
        is_control  bool               ✗         ✓         ✗       unset
        compound    Record[Compounds]  ✓         ✓         ✗       unset
        tissue      bionty.Tissue      ✗         ✓         ✗       unset
        qc_score    float              ✗         ✓         ✗       unset""",
    "features": """\
Artifact: project-gamma/processed/file_11.tsv (0000)
└── Features
    └── cell_types_present  list[bionty.CellType]    ['B cell', 'neuron']
        study_status        ULabel                   published""",
}
"""What LaminDB prints on 80 columns."""


def test_lamindb_describes_them_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    named: dict[str, Any] = {
        "record": ln.Record.get(name="S001"),
        "transform": ln.Transform.get(key="scripts/train.py"),
        "branch": ln.Branch.get(name="my_branch"),
        "schema": ln.Schema.get(name="sample sheet"),
        "features": ln.Artifact.get(id=17).features,
    }
    assert {name: record.describe(return_str=True) for name, record in named.items()} == DESCRIBED


def test_features_and_labels_are_described_by_themselves() -> None:
    artifact = ln.Artifact.get(id=4)
    features, labels = repr(artifact.features), repr(artifact.labels)
    assert features.startswith("Artifact: examples/dataset1.h5ad (0000)\n├── Dataset features")
    assert "temperature" in features
    assert "Entities" not in features
    assert labels.startswith("Entities\n└── .records")
    assert repr(ln.Artifact.get(key="iris.parquet").labels) == "no labels"
    assert str(ln.Record.get(name="S001").features).startswith("Record: S001\n└── Features")


def test_several_values_are_in_their_order_and_lists_as_they_are() -> None:
    text = described(ln.Artifact.get(id=6))
    assert "cell_type_by_expert bionty.CellType B cell, T cell" in text
    assert "temperature float 20.0, 25.0" in text
    assert "read_lengths list[int] [53, 100]" in described(ln.Artifact.get(id=9))
    run = described(ln.Run.get(id=1))
    assert run.index("Params") < run.index("Features")
