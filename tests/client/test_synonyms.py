"""Synonyms and abbreviations of terms, written."""

import pytest

import lnql as ln
import lnql.bionty as bt

pytestmark = pytest.mark.usefixtures("writing")


def synonyms(name: str) -> list[str]:
    return (bt.CellType.get(name=name).synonyms or "").split("|")


def test_synonyms_are_added_once_and_removed() -> None:
    cell = bt.CellType.get(name="T cell")
    before = synonyms("T cell")
    cell.add_synonym(["one name", "other name", before[0]])
    assert synonyms("T cell") == [*before, "one name", "other name"]
    assert bt.CellType.standardize(["other name"]) == ["T cell"]
    cell.remove_synonym(["one name", "other name"])
    assert synonyms("T cell") == before


def test_a_synonym_of_another_record_is_added_only_by_force() -> None:
    cell, taken = bt.CellType.get(name="B cell"), synonyms("T cell")[0]
    with pytest.raises(ln.errors.ValidationError, match="are synonyms of other records"):
        cell.add_synonym(["new", taken])
    assert not {"new", taken} & {*synonyms("B cell")}
    cell.add_synonym("neuron")
    assert "neuron" in synonyms("B cell")
    cell.remove_synonym("neuron")
    cell.add_synonym(taken, force=True)
    assert taken in synonyms("B cell")
    cell.remove_synonym(taken)


def test_an_abbreviation_is_a_synonym_too() -> None:
    cell = bt.CellType.get(name="B cell")
    cell.set_abbr("Bc")
    assert bt.CellType.get(abbr="Bc") == cell
    assert "Bc" in synonyms("B cell")


def test_a_synonym_has_no_bar() -> None:
    before = synonyms("B cell")
    with pytest.raises(ln.errors.ValidationError, match=r"a synonym can't contain '\|'!"):
        bt.CellType.get(name="B cell").add_synonym("a|b")
    assert synonyms("B cell") == before
