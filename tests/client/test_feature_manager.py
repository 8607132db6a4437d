"""Values of features and labels of records."""

from datetime import date, datetime

import pytest

import lnql as ln
from lnql.errors import InvalidTypeError, InvalidValueError, ValidationError
from lnql.feature_manager import label_registry

from .conftest import Requests

pytestmark = pytest.mark.usefixtures("connected")


def test_all_values_are_one_request(requests: Requests) -> None:
    values = ln.Artifact.get(key="project-beta/processed/file_01.tsv").features.get_values()
    assert values["received_on"] == date(2024, 2, 2)
    assert values["sequenced_at"] == datetime(2025, 2, 2, 1, 30)
    assert values["tags"] == ["alpha", "beta"]
    assert values["disease"] == "COVID-19"
    assert len(requests) == 2  # the record and its values


def test_several_values_are_a_set() -> None:
    values = ln.Artifact.get(key="project-alpha/raw/file_00.csv").features.get_values()
    assert values["temperature"] == {20.0, 25.0}
    assert values["perturbation"] == {"DMSO", "IFNG"}


def test_external_values_are_those_that_the_dataset_does_not_hold() -> None:
    features = ln.Artifact.get(key="examples/dataset1.h5ad").features
    inner = features.get_values().keys() - features.get_values(external_only=True).keys()
    assert inner == {"cell_type_by_expert", "cell_type_by_model", "perturbation"}


def test_one_value_by_the_name_of_its_feature() -> None:
    features = ln.Artifact.get(key="examples/dataset1.h5ad").features
    assert features["temperature"] == 21.6
    assert features["experiment"] == ln.Record.get(name="Experiment 1")
    assert features["perturbation"].to_list("name") == ["DMSO", "IFNG"]
    assert features["donor_age"] == {}


def test_an_unknown_feature_is_an_error() -> None:
    with pytest.raises(ValidationError, match="Feature with name nope not found"):
        ln.Artifact.get(key="examples/dataset1.h5ad").features["nope"]


def test_slots_are_schemas_by_what_they_describe() -> None:
    slots = ln.Artifact.get(key="examples/dataset1.h5ad").features.slots
    assert {slot: schema.itype for slot, schema in slots.items()} == {
        "obs": "Feature",
        "var.T": "bionty.Gene.ensembl_gene_id",
    }
    assert ln.Run.get(reference="JOB-1000").features.slots == {}


def test_labels_of_a_feature() -> None:
    labels = ln.Artifact.get(key="examples/dataset1.h5ad").labels
    expert = ln.Feature.get(name="cell_type_by_expert")
    assert labels.get(expert, flat_names=True) == ["B cell", "CD8-positive, alpha-beta T cell"]
    with pytest.raises(InvalidValueError, match="'float'"):
        labels.get(ln.Feature.get(name="temperature"))


def test_members_of_a_schema_keep_their_order() -> None:
    members = ln.Schema.get(name="sample sheet").members
    assert members.to_list("name") == ["donor", "donor_age", "is_control", "compound", "tissue", "qc_score"]
    assert members.order_by("name").first().name == "compound"


def test_the_records_of_a_type_are_a_sheet() -> None:
    samples = ln.Record.get(name="Samples", is_type=True)
    sheet = samples.to_dataframe()
    assert sheet.columns.tolist()[:6] == samples.schema.members.to_list("name")
    assert sheet.index.name == "__lamindb_record_id__"
    assert len(sheet) == samples.records.count()
    assert ln.Record.to_dataframe(limit=3).shape[0] == 3
    with pytest.raises(InvalidTypeError, match="is no type"):
        ln.Record.get(name="DMSO").to_dataframe()


@pytest.mark.parametrize(
    ("dtype", "registry"),
    [
        ("cat[Record[vODwTHGgv6q5Hydn]]", "Record"),
        ("list[cat[bionty.CellType.ontology_id]]", "CellType"),
        ("cat[bionty.Gene.ensembl_gene_id]", "Gene"),
        ("cat", "ULabel"),
    ],
)
def test_the_registry_of_labels(dtype: str, registry: str) -> None:
    assert label_registry(dtype) == registry
