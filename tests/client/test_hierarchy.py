"""Above and below in ontologies, and types, through the client, on both databases."""

import pytest

import lnql as ln
import lnql.bionty as bt

from .conftest import Requests

pytestmark = pytest.mark.usefixtures("connected")


def test_what_is_above_is_a_query_set(requests: Requests) -> None:
    cell = bt.CellType.get(name="T cell")
    above = cell.query_parents()
    assert above.filter(name__endswith="leukocyte").order_by("name").to_list("name") == [
        "leukocyte",
        "mononuclear leukocyte",
    ]
    assert above.count() == 9
    assert cell not in above
    assert len(requests) == 4


def test_above_and_below_are_each_other_turned_round() -> None:
    lymphocyte, cell = bt.CellType.get(name="lymphocyte"), bt.CellType.get(name="T cell")
    assert lymphocyte in cell.query_parents()
    assert cell in lymphocyte.query_children()
    assert cell.query_parents().filter(parents__name="cell").exists()


def test_types_the_nearest_first() -> None:
    label = ln.ULabel.get(name="scRNA-seq")
    names = label.query_types().to_list("name")
    assert names[-1] == "Assay"
    assert names[0] == label.type.name


def test_what_is_of_a_type_at_any_distance(requests: Requests) -> None:
    assay = ln.ULabel.get(name="Assay")
    below = assay.query_ulabels()
    assert set(assay.ulabels.to_list("name")) < set(below.to_list("name"))
    assert assay not in below
    assert below.filter(is_type=True).order_by("name").to_list("name") == ["Sequencing assay", "Single-cell assay"]
    assert ln.ULabel.get(name="benchmark").query_ulabels().count() == 0


def test_each_registry_has_its_own_name() -> None:
    feature = ln.Feature.get(name="Model predictions")
    assert "cell_type" in feature.query_features().to_list("name")
    assert not hasattr(feature, "query_ulabels")
    assert hasattr(ln.Project.objects.first(), "query_projects")
