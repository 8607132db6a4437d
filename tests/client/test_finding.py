"""Finding records through the client, on both databases: search, lookup, and what values are."""

import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest

import lnql as ln
import lnql.bionty as bt
from lnql.curation import CHUNK_BYTES
from lnql.errors import (
    FieldError,
    InvalidTypeError,
    InvalidValueError,
    MultipleObjectsReturned,
    ObjectDoesNotExist,
    OrganismNotSet,
    QueryStateError,
)
from lnql.record_list import SQLRecordList

from .conftest import Requests
from .guide import MODULE

pytestmark = pytest.mark.usefixtures("connected", "guide")


# Search --------------------------------------------------------------------------------------------------------------


def test_a_search_is_lazy_and_takes_one_request(requests: Requests) -> None:
    found = bt.CellType.search("T cell", limit=3)
    assert requests == []
    assert [record.name for record in found] == found.to_list("name")[:3]
    assert found[0].name == "T cell"
    assert len(requests) == 2  # of records, of names


def test_a_search_that_forgives_finds_more() -> None:
    assert bt.CellType.search("T-lymphocite").to_list("name") == []
    assert bt.CellType.search("T-lymphocite", fuzzy=True).first().name == "T cell"


def test_a_search_stays_in_the_query_set() -> None:
    cd4 = bt.CellType.filter(name__startswith="CD4")
    assert all(name.startswith("CD4") for name in cd4.search("regulatory", limit=None).to_list("name"))
    assert cd4.order_by("-name").search("regulatory").to_list("name") == cd4.search("regulatory").to_list("name")
    records = ln.Artifact.get(key="examples/dataset1.h5ad").records
    assert records.search("ifn").to_list("name") == ["IFNG"]


def test_an_empty_text_finds_everything() -> None:
    assert bt.Organism.search("").count() == bt.Organism.objects.count() == 2


def test_fields_are_named_or_attributes() -> None:
    by_name = bt.CellType.search("NK cell", field="synonyms").to_list("id")
    assert bt.CellType.search("NK cell", field=bt.CellType.synonyms).to_list("id") == by_name
    assert bt.CellType.search("NK cell", field=["synonyms", bt.CellType.name], limit=None).count() > len(by_name)


def test_what_a_search_refuses() -> None:
    with pytest.raises(ValueError, match="Cannot search for None"):
        bt.CellType.search(None)
    with pytest.raises(TypeError, match="Cannot search for 5: pass a string"):
        bt.CellType.search(5)
    with pytest.raises(FieldError, match='Did you mean "synonyms"'):
        bt.CellType.search("x", field="synonym")
    with pytest.raises(QueryStateError):
        bt.CellType.filter()[:5].search("x")
    with pytest.raises(QueryStateError):
        bt.CellType.search("x").filter(name="x")


# Lookup --------------------------------------------------------------------------------------------------------------


def test_a_lookup_reads_once(requests: Requests) -> None:
    found = bt.Gene.lookup(return_field="ensembl_gene_id")
    assert found.cd8b == "ENSG00000172116"
    assert found.dict()["CD8B"].symbol == "CD8B"
    assert len(requests) == 1


def test_a_lookup_of_few() -> None:
    labels = ln.ULabel.filter(name__icontains="cell")
    assert labels.lookup(keep=False).t_cell == list(ln.ULabel.filter(name__in=["T-cell", "T cell", "t_cell"]))
    assert bt.Protein.lookup()._fields == ("dict",)


def test_what_a_lookup_refuses() -> None:
    with pytest.raises(FieldError, match="Unknown field 'nofield'"):
        ln.ULabel.lookup("nofield")
    with pytest.raises(FieldError, match='Did you mean "name"'):
        ln.ULabel.lookup(return_field="nam")
    with pytest.raises(InvalidValueError, match="'first', 'last' or False"):
        ln.ULabel.lookup(keep="any")


# Values --------------------------------------------------------------------------------------------------------------

MIXED = ["T cell", None, "", float("nan"), "T-cell", "T cell"]


@pytest.mark.parametrize(
    "values", [MIXED, tuple(MIXED), pd.Series(MIXED), pd.Index(MIXED), np.array(MIXED, dtype=object)]
)
def test_values_come_in_any_form(values: Any) -> None:
    flags = bt.CellType.validate(values, mute=True)
    assert isinstance(flags, np.ndarray)
    assert bt.CellType.validate(iter(values), mute=True).tolist() == flags.tolist()
    assert (flags.dtype, flags.tolist()) == (np.dtype(bool), [True, False, False, False, False, True])


def test_categories_and_lists_of_lists() -> None:
    column = pd.Series(["B cell", "x", "B cell", None], dtype="category")
    assert bt.CellType.validate(column, mute=True).tolist() == [True, False, True, False]
    nested = [["T cell", "x"], ["B cell"]]
    assert bt.CellType.validate(nested, mute=True).tolist() == [True, False, True]
    assert bt.CellType.standardize([["T-cell"], ["x"]]) == ["T cell", "x"]


def test_a_text_alone() -> None:
    assert bt.CellType.validate("T cell", mute=True) is True
    assert bt.CellType.standardize("t-CELL") == "T cell"
    assert bt.CellType.inspect("T cell", mute=True).validated == ["T cell"]


def test_ten_thousand_values_take_one_request(requests: Requests) -> None:
    values = [f"cell {number}" for number in range(9_999)] + ["T cell"]
    assert bt.CellType.validate(values, mute=True).sum() == 1
    assert len(requests) == 1
    assert bt.CellType.validate([*values, "B cell"], mute=True).tolist()[-2:] == [True, True]
    assert len(requests) == 3


def test_long_values_are_sent_in_parts(requests: Requests) -> None:
    values = ["é" * (CHUNK_BYTES // 5) + str(number) for number in range(4)] + ["T cell"]
    assert bt.CellType.validate(values, mute=True).tolist() == [False] * 4 + [True]
    assert len(requests) == 2


def test_no_values_take_no_request(requests: Requests) -> None:
    assert bt.CellType.validate([None, ""], mute=True).tolist() == [False, False]
    assert bt.CellType.standardize([]) == []
    assert bt.CellType.from_values([]) == []
    assert requests == []


def test_values_of_another_kind_are_refused() -> None:
    for values in ([1, 2], pd.Series([1.5]), [True], [{"a": 1}]):
        with pytest.raises(InvalidTypeError, match=r"CellType.name holds text, but the first value is"):
            bt.CellType.validate(values)
    with pytest.raises(FieldError, match=r"CellType.created_at holds no text, but DateTime"):
        bt.CellType.validate(["x"], field="created_at")
    with pytest.raises(FieldError, match="Unknown field 'nam'"):
        bt.CellType.inspect(["x"], field="nam")
    assert bt.CellType.validate(["T cell", 5], mute=True).tolist() == [True, False]


def test_what_was_found_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    bt.CellType.inspect(["T cell", "T-cell"])
    assert capsys.readouterr().err.splitlines() == [
        "1 unique term (50.00%) is validated for name",
        "1 unique term (50.00%) is not validated for name: 'T-cell'",
        "1 unique term in other case or synonyms: 'T-cell'; use .standardize()",
    ]
    bt.CellType.validate(["T cell"])
    assert capsys.readouterr().err == "1 unique term (100.00%) is validated for name\n"
    bt.CellType.inspect(["T cell"], mute=True)
    assert capsys.readouterr().err == ""


def test_validation_keeps_to_the_query_set(requests: Requests) -> None:
    some = bt.CellType.filter(name__in=["T cell", "B cell"])
    assert some.validate(["T cell", "neuron"], mute=True).tolist() == [True, False]
    assert some.order_by("name")[:1].validate(["T cell", "B cell"], mute=True).tolist() == [False, True]
    assert some.none().validate(["T cell"], mute=True).tolist() == [False]
    records = ln.Artifact.get(key="examples/dataset1.h5ad").records
    assert records.validate(["IFNG", "benchmark"], mute=True).tolist() == [True, False]
    assert bt.CellType.search("T cell", limit=1).validate(["T cell", "B cell"], mute=True).tolist() == [True, False]


# Organisms and sources -----------------------------------------------------------------------------------------------


def test_an_organism_narrows() -> None:
    values = ["CD8A", "Cd8a"]
    assert bt.Gene.validate(values, organism="human", mute=True).tolist() == [True, False]
    mouse = bt.Organism.get(name="mouse")
    assert bt.Gene.validate(values, organism=mouse, mute=True).tolist() == [False, True]
    assert bt.Gene.validate(values, mute=True).tolist() == [True, True]
    assert bt.Gene.standardize(["cD8A"], organism="mouse") == ["Cd8a"]
    assert [gene.symbol for gene in bt.Gene.from_values(["cd8a"], organism="mouse")] == ["Cd8a"]
    assert ln.ULabel.validate(["test"], organism="human", mute=True).tolist() == [True]  # as LaminDB: it has none
    with pytest.raises(FieldError, match="CellType has no organism to compare with 'human'"):
        bt.CellType.validate(["T cell"], organism="human")


def test_an_organism_holds_for_all_that_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bt.settings, "organism", "mouse")
    assert bt.Gene.validate(["CD8A", "Cd8a"], mute=True).tolist() == [False, True]
    assert bt.Gene.validate(["CD8A", "Cd8a"], organism="human", mute=True).tolist() == [True, False]


def test_ensembl_ids_tell_their_organism() -> None:
    human, mouse = (
        bt.Gene.filter(organism__name=name, ensembl_gene_id__startswith="ENS").first().ensembl_gene_id
        for name in ("human", "mouse")
    )
    check = {"field": "ensembl_gene_id", "mute": True}
    assert bt.Gene.validate([human, mouse], **check).tolist() == [True, False]
    assert bt.Gene.validate(["x", mouse, human], **check).tolist() == [False, True, False]
    assert bt.Gene.validate(["ENSXYZG0001", "x"], **check).tolist() == [False, False]


def test_an_unknown_organism_is_an_error() -> None:
    with pytest.raises(OrganismNotSet, match=r"No organism is named 'humn' here. Did you mean .human"):
        bt.Gene.validate(["CD8A"], organism="humn")
    with pytest.raises(InvalidValueError, match=r"organism=.* is no record of"):
        bt.Gene.validate(["CD8A"], organism=5)


def test_a_source_narrows_on_request() -> None:
    source = bt.CellType.get(name="T cell").source
    other = bt.Source.filter(entity="bionty.Tissue").first()
    assert bt.CellType.validate(["T cell"], source=source, strict_source=True, mute=True).tolist() == [True]
    assert bt.CellType.validate(["T cell"], source=other, strict_source=True, mute=True).tolist() == [False]
    assert bt.CellType.validate(["T cell"], source=other, mute=True).tolist() == [True]


# Standardizing -------------------------------------------------------------------------------------------------------


def test_missing_values_stay_as_they_are() -> None:
    found = bt.CellType.standardize(pd.Series(["T-cell", None, np.nan, "", "T-cell"], dtype=object))
    assert (found[0], found[1], found[3:]) == ("T cell", None, ["", "T cell"])
    assert np.isnan(found[2])


def test_case_counts_on_request() -> None:
    assert bt.CellType.standardize(["t-cell", "T-cell", "t cell"], case_sensitive=True) == [
        "t-cell",
        "T cell",
        "t cell",
    ]


def test_several_meanings() -> None:
    assert bt.Gene.standardize(["cd45", "CD20"]) == ["PTPRC", "MS4A1"]
    assert bt.Gene.standardize(["cd45", "CD20"], keep="last") == ["Ptprc", "MS4A1"]
    assert bt.Gene.standardize(["cd45", "CD20"], keep=False) == [["PTPRC", "Ptprc"], "MS4A1"]
    assert bt.Gene.standardize(["cd45"], keep=False, return_mapper=True) == {"cd45": ["PTPRC", "Ptprc"]}
    ids = bt.Gene.standardize(["cd45", "CD8A"], keep=False, return_field="ensembl_gene_id")
    assert ids == [["ENSG00000081237", "ENSMUSG00000026395"], "ENSG00000153563"]


def test_another_field_is_returned() -> None:
    returned = {"return_field": bt.Gene.ensembl_gene_id, "organism": "human"}
    assert bt.Gene.standardize(["CD8A", "cd8a", "nope", None], **returned) == [
        "ENSG00000153563",
        "ENSG00000153563",
        "nope",
        None,
    ]
    assert bt.Gene.standardize(["CD8A", "cd8a"], return_mapper=True, **returned) == {
        "CD8A": "ENSG00000153563",
        "cd8a": "ENSG00000153563",
    }


def test_labels_of_the_same_name_return_what_keep_says() -> None:
    first, last = bt.Gene.filter(symbol="CD8A").to_list("uid")[0], bt.Gene.filter(symbol="CD8A").to_list("uid")[-1]
    assert bt.Gene.standardize("CD8A", return_field="uid") == first
    assert bt.Gene.standardize("CD8A", return_field="uid", keep="last") == last


def test_only_names_are_standardized(requests: Requests) -> None:
    values = ["cl:0000084", "T-cell"]
    assert bt.CellType.standardize(values, field="ontology_id", return_field="name") == values
    assert bt.CellType.standardize(values, field="ontology_id", return_mapper=True) == {}
    assert ln.ULabel.standardize(["BENCHMARK"]) == ["BENCHMARK"]  # labels have no synonyms
    assert requests == []


def test_what_standardizing_refuses() -> None:
    with pytest.raises(InvalidValueError, match="'first', 'last' or False"):
        bt.CellType.standardize(["x"], keep="all")
    with pytest.raises(FieldError, match="Unknown field 'synonym'"):
        bt.CellType.standardize(["x"], synonyms_field="synonym")


# Public ontologies ---------------------------------------------------------------------------------------------------

UNKNOWN = ["luna cell", "MOON CELL", "moon cell", "nobody"]


def test_what_is_unknown_is_looked_up_in_public_ontologies(capsys: pytest.CaptureFixture[str]) -> None:
    assert bt.CellType.standardize(["T-cell", *UNKNOWN]) == ["T cell", "moon cell", "moon cell", "moon cell", "nobody"]
    names = "['luna cell', 'MOON CELL', 'moon cell']"
    told = f"3 of the others are in public ontologies: {names}; add them with .from_values()\n"
    assert capsys.readouterr().err == told
    assert bt.CellType.standardize(UNKNOWN, case_sensitive=True, mute=True)[:2] == ["moon cell", "MOON CELL"]
    assert bt.CellType.standardize(UNKNOWN, from_source=False) == UNKNOWN
    assert bt.CellType.standardize("luna cell", return_field="ontology_id", mute=True) == "CL:4"
    assert bt.CellType.standardize(UNKNOWN, return_mapper=True, mute=True) == dict.fromkeys(UNKNOWN[:2], "moon cell")
    assert capsys.readouterr().err == ""


def test_inspecting_tells_of_public_terms(capsys: pytest.CaptureFixture[str]) -> None:
    found = bt.CellType.inspect(["luna cell", "T cell"])
    assert found.synonyms_mapper == {}
    assert capsys.readouterr().err.splitlines()[-1].startswith("1 of the others are in public")


def test_without_the_package_it_is_told_how_to_get_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, MODULE, None)
    assert bt.CellType.standardize(["luna cell"]) == ["luna cell"]
    assert capsys.readouterr().err.endswith('Install it: pip install "lnql[ontologies]"\n')
    assert bt.CellType.standardize(["luna cell"], mute=True) == ["luna cell"]
    assert capsys.readouterr().err == ""


# Records -------------------------------------------------------------------------------------------------------------


def test_records_of_values() -> None:
    found = bt.CellType.from_values(["T-cell", "neuron", "T cell", None, "nope", "B cell"])
    assert isinstance(found, SQLRecordList)
    assert found.to_list("name") == ["B cell", "T cell", "neuron"]
    assert found.to_list() == list(bt.CellType.filter(name__in=["T cell", "B cell", "neuron"]))
    assert bt.CellType.from_values(["T-cell"], standardize=False) == []
    assert bt.CellType.from_values(["CL:0000084"], field="ontology_id").to_list("name") == ["T cell"]
    assert ln.ULabel.from_values(["trashed label"], mute=True) == []
    assert ln.ULabel.from_values(["test", "nobody"], mute=True).to_list("name") == ["test"]


def test_records_of_values_take_two_requests(requests: Requests) -> None:
    assert len(bt.CellType.from_values([f"x{number}" for number in range(9_000)] + ["T cell", "b-cell"])) == 2
    assert len(requests) == 2


def test_the_registries_of_an_instance_by_name_keep_to_the_main_branch() -> None:
    db = ln.DB("testuser1/test-registries")
    assert db.Artifact.search("deleted").to_list("key") == []
    assert db.bionty.CellType.standardize(["T-cell"]) == ["T cell"]
    assert "trashed_label" not in db.ULabel.lookup()._fields
    assert "trashed_label" in ln.ULabel.lookup()._fields


def test_a_list_of_records_has_what_query_sets_have() -> None:
    found = ln.ULabel.from_values(["test", "benchmark"])
    frame = found.to_dataframe()
    assert frame["name"].tolist() == ["benchmark", "test"]
    assert frame.columns[:2].tolist() == list(found[0].__registry_info__.fields)[:2]
    assert ln.ULabel.from_values([]).to_dataframe().empty
    assert ln.ULabel.from_values(["test"]).one().name == "test"
    with pytest.raises(MultipleObjectsReturned, match="2 records"):
        found.one()
    with pytest.raises(ObjectDoesNotExist):
        ln.ULabel.from_values([]).one()


def test_unions_are_compared_with_as_one() -> None:
    both = bt.CellType.filter(name="T cell").union(bt.CellType.filter(name="B cell"))
    assert both.validate(["T cell", "B cell", "neuron"], mute=True).tolist() == [True, True, False]
