"""Rows of link tables by LaminDB's names, through the client, on both databases."""

import pytest

import lnql as ln
import lnql.bionty as bt

from .conftest import Requests

pytestmark = pytest.mark.usefixtures("connected")


def test_links_of_labels_have_their_feature(requests: Requests) -> None:
    artifact = ln.Artifact.get(key="examples/dataset1.h5ad")
    requests.clear()
    links = artifact.links_record
    pairs = [("DMSO", "perturbation"), ("Experiment 1", "experiment"), ("IFNG", "perturbation")]
    assert sorted(links.values_list("record__name", "feature__name")) == pairs
    assert len(requests) == 3  # the links, their records, their features
    assert links.filter(feature__name="perturbation", record__name__in=["DMSO", "nope"]).count() == 1
    assert links.get(record=ln.Record.get(name="IFNG")).artifact == artifact
    first, last = links.first(), links.last()
    assert first.id < last.id
    assert (first.artifact_id, links.exists(), len(links[:2])) == (artifact.id, True, 2)
    assert not links.filter(record__name__startswith="nope", id__gt=0).exists()


def test_links_are_there_from_both_ends() -> None:
    label = ln.ULabel.get(name="benchmark")
    assert label.links_artifact.count() == label.artifacts.count()
    assert {link.ulabel for link in label.links_artifact} == {label}
    assert bt.CellType.get(name="T cell").links_artifact.filter(feature__isnull=False).exists()
    assert ln.Schema.get(name="sample sheet").links_feature.to_list("feature__name")[0] == "donor"


def test_values_of_records_are_links_too() -> None:
    sample = ln.Record.get(name="S001")
    assert sample.values_json.get(feature__name="donor_age").value == 23
    compound = sample.values_record.get(feature__name="compound")
    assert (compound.record, compound.value.name) == (sample, "trametinib")
    assert compound.value.links_record.get(record=sample).feature.name == "compound"


def test_what_links_do_not_have_is_an_error() -> None:
    artifact = ln.Artifact.get(key="examples/dataset1.h5ad")
    with pytest.raises(AttributeError, match="no attribute 'links_nothing'"):
        _ = artifact.links_nothing
    with pytest.raises(AttributeError, match="no attribute 'links_run'"):  # runs have a foreign key instead
        _ = ln.Transform.get(key="my_module.preprocess").links_run
    with pytest.raises(ln.errors.FieldError, match="The link has no attribute 'ulabel'"):
        artifact.links_record.filter(ulabel__name="x")
    with pytest.raises(ln.errors.ObjectDoesNotExist):
        artifact.links_record.get(id=0)
    with pytest.raises(ln.errors.MultipleObjectsReturned, match="3 links"):
        artifact.links_record.get(artifact=artifact)
