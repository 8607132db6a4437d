"""Records of public ontologies, made and saved through the client, on both databases."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lnql as ln
import lnql.bionty as bt
from lnql.connection import Connection
from lnql.errors import InvalidArgument, MissingExtraError, ObjectDoesNotExist, ReadOnlyError

from ..conftest import Copies, Dialect
from .guide import MODULE

pytestmark = pytest.mark.usefixtures("writable", "guide")


@pytest.fixture(scope="module")
def writable(copies: Copies, real_folder: Path, dialect: Dialect) -> Iterator[str]:
    """The client, connected to a copy of the real instance that may be changed."""
    target = copies(real_folder, dialect)
    connection = ln.connect(target, write=True)
    yield target
    connection.close()


def test_what_the_registry_has_is_given_as_it_is() -> None:
    cell = bt.CellType.from_source(name="T cell")
    assert cell == bt.CellType.get(name="T cell")
    assert cell == bt.CellType.from_source(ontology_id="CL:0000084") == cell.save()
    assert bt.Gene.from_source(symbol="CD8A", organism="human").ensembl_gene_id == "ENSG00000153563"
    assert bt.Gene.from_source(symbol="CD8A", organism="human") == bt.Gene.from_source(
        ensembl_gene_id="ENSG00000153563"
    )


def test_a_new_record_is_saved_with_its_source_and_all_above_it() -> None:
    before = bt.CellType.objects.count()
    cell = bt.CellType.from_source(ontology_id="CL:2")
    assert (cell.id, cell.name, cell.synonyms, cell.source) == (None, "T cell", "T-cell|t lymphocyte", None)
    assert bt.CellType.objects.count() == before
    assert cell.save() is cell
    assert cell.id > 0
    assert cell.query_parents().order_by("id").to_list("ontology_id") == ["CL:0", "CL:1"]
    assert bt.CellType.get(ontology_id="CL:1").parents.to_list("ontology_id") == ["CL:0"]
    assert bt.CellType.objects.count() == before + 3
    source = cell.source
    assert (source.entity, source.name, source.organism, source.version) == (
        "bionty.CellType",
        "cl",
        "all",
        "2031-01-01",
    )
    assert source.currently_used is False  # another version of the instance is
    assert bt.CellType.from_source(ontology_id="CL:2") == cell


def test_several_share_what_is_above_them() -> None:
    before = bt.Source.objects.count()
    found = bt.CellType.from_values(["moon cell", "LUNA CELL", "star cell", "B cell", "nobody"], mute=True)
    assert found.to_list("ontology_id") == ["CL:0000236", "CL:4", "CL:6"]
    assert [record.id is None for record in found] == [False, True, True]
    assert found.save() is found
    assert all(record.id for record in found)
    assert {record.parents.one().ontology_id for record in found[1:]} == {"CL:0"}
    assert bt.Source.objects.count() in (before, before + 1)  # once, whoever came first
    assert bt.CellType.from_values(["luna cell"]).one() == found[1]


def test_records_that_are_not_saved_are_told_apart() -> None:
    sun, again = (bt.CellType.from_source(name="sun cell") for _ in range(2))
    assert sun == again
    assert sun != bt.CellType.from_values(["gone", "sun cell", "T cell"], mute=True)[0]
    assert bt.CellType.from_values(["gone"], mute=True) == []


def test_a_source_that_the_package_does_not_have_has_no_terms() -> None:
    of_instance = bt.CellType.get(name="B cell").source
    assert bt.CellType.from_values(["t CELL"], source=of_instance, standardize=False, mute=True) == []
    assert bt.CellType.from_values(["nobody"], from_source=False, mute=True) == []


def test_what_is_not_found_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert bt.CellType.from_values(["nobody", "T cell"]).to_list("name")[:1] == ["T cell"]
    assert capsys.readouterr().err == "no CellType for 1 of the values: 'nobody'\n"
    with pytest.raises(ObjectDoesNotExist, match=r"ontology of CellType has name='LUNA cell'. Did you mean .moon cell"):
        bt.CellType.from_source(name="LUNA cell")
    with pytest.raises(ObjectDoesNotExist, match="ontology of Gene has symbol='nope'"):
        bt.Gene.from_source(symbol="nope")


@pytest.mark.parametrize("fields", [{}, {"name": "x", "ontology_id": "y"}])
def test_exactly_one_field_is_taken(fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument, match=r"CellType.from_source\(\) takes exactly one field"):
        bt.CellType.from_source(**fields)


def test_labels_have_no_source() -> None:
    with pytest.raises(AttributeError, match="from_source"):
        ln.ULabel.from_source(name="x")


def test_without_the_package_the_extra_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, MODULE, None)
    with pytest.raises(MissingExtraError, match=r"lnql\[ontologies\]"):
        bt.CellType.from_source(name="moon cells")
    assert bt.CellType.from_source(name="B cell").ontology_id == "CL:0000236"
    assert bt.CellType.from_values(["moon cells", "B cell"]).to_list("name") == ["B cell"]
    assert 'pip install "lnql[ontologies]"' in capsys.readouterr().err


def test_an_instance_opened_for_reading_stays_as_it_is(writable: str) -> None:
    reading = Connection(writable)
    with pytest.raises(ReadOnlyError):
        reading.registry("CellType").from_source(name="sun cell").save()
    reading.close()
    assert bt.CellType.from_source(name="sun cell").id is None
