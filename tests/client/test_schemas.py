"""Schemas and features that are made from parts, values, frames and dictionaries; hashes are LaminDB's own."""

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest

import lnql as ln
import lnql.bionty as bt

pytestmark = pytest.mark.usefixtures("writing")


def feature(name: str) -> Any:
    return ln.Feature.get(name=name)


def test_a_schema_of_parts() -> None:
    cells = ln.Schema([feature("temperature")], name="cells").save()
    genes = ln.Schema(itype=bt.Gene.ensembl_gene_id).save()
    given = ln.Schema(slots={"obs": cells, "var.T": genes}, otype="AnnData", name="of parts")
    assert given.slots == {"obs": cells, "var.T": genes}
    given.save()
    schema = ln.Schema.get(name="of parts")
    assert schema.slots == {"obs": cells, "var.T": genes}
    assert (schema.itype, schema.n_members, schema.flexible, schema.dtype) == (None, None, True, "num")
    assert schema.hash == "yXbPv_puXpvG4N7SyxEDWA"
    assert cells.composites.to_list("name") == ["of parts"]
    same = ln.Schema(slots={"obs": cells, "var.T": genes}, otype="AnnData", name="the same parts")
    assert same == schema


def test_one_schema_may_be_of_several_parts() -> None:
    part = ln.Schema([feature("batch")]).save()
    whole = ln.Schema(slots={"raw": part, "obs": part}, otype="AnnData", name="twice").save()
    assert whole.slots == {"raw": part, "obs": part}
    external = ln.Schema(slots={"__external__": part}, name="of annotations").save()
    assert (external.otype, external.slots) == (None, {"__external__": part})


def test_the_index_of_a_schema() -> None:
    schema = ln.Schema([feature("temperature")], index=feature("batch"), name="indexed").save()
    assert (schema.index, schema.members.to_list("name")) == (feature("batch"), ["batch", "temperature"])
    assert (schema.hash, schema.n_members) == ("Xndox5TlTATMgSmXLcGJ6g", 2)
    schema.index = None
    schema.save()
    assert ln.Schema.get(name="indexed").index is None


def test_the_order_of_members_counts_where_a_schema_says_so() -> None:
    members = [feature("temperature"), feature("batch")]
    ordered = [ln.Schema(listed, ordered_set=True).save().hash for listed in (members, members[::-1])]
    assert len(set(ordered)) == 2
    assert ln.Schema(members).save().hash == ln.Schema(members[::-1]).save().hash


def test_features_come_and_go_and_the_hash_follows() -> None:
    sheet = ln.Schema.get(name="sample sheet")
    before = sheet.hash
    sheet.add(feature("temperature"))
    assert (sheet.n_members, sheet.hash) == (7, "nuaizy_Wmx2uOdci3Ob3ww")
    assert "temperature" in sheet.optionals.get().to_list("name")
    sheet.optionals.remove(feature("temperature"))
    sheet.save()
    sheet.remove(feature("temperature"))
    assert (sheet.n_members, sheet.hash) == (6, before)
    sheet.description = "says nothing of members"
    sheet.save()
    assert sheet.hash == before


def test_schemas_of_values_and_of_frames() -> None:
    named = ln.Schema.from_values(["temperature", "batch"], name="named")
    assert named is not None
    assert named.save().hash == "36kxXBVMphURi_ammnpIcw"
    frame = pd.DataFrame({"temperature": [1.0], "batch": ["a"], "unknown": [1]})
    of_frame = ln.Schema.from_dataframe(frame)
    assert of_frame == named
    assert ln.Schema.from_dataframe(pd.DataFrame({"unknown": [1]})) is None
    genes = ln.Schema.from_values(["ENSG00000153563"], bt.Gene.ensembl_gene_id, organism="human")
    assert genes is not None
    assert (genes.save().hash, genes.dtype) == ("iQiAKmtqQjQwWjY-1AiQQg", "num")


def test_what_makes_no_schema_is_said() -> None:
    with pytest.raises(ln.errors.ValidationError, match=r"could not be validated: \['unknown'\]"):
        ln.Schema.from_values(["temperature", "unknown"])
    with pytest.raises(ValueError, match="at least one value"):
        ln.Schema.from_values([])
    with pytest.raises(TypeError, match="must be a SQLRecord field"):
        ln.Schema.from_values(["temperature"], "name")
    unsaved = ln.Schema([feature("qc_score")], otype="DataFrame")
    with pytest.raises(ln.errors.InvalidArgument, match="must be saved before use"):
        ln.Schema(slots={"obs": unsaved}, otype="AnnData")
    with pytest.raises(ln.errors.InvalidArgument, match="otype != None"):
        ln.Schema(slots={"obs": unsaved.save()})
    with pytest.raises(TypeError, match="index must be a Feature"):
        ln.Schema([feature("qc_score")], index="batch")
    with pytest.raises(NotImplementedError, match="optional features"):
        unsaved.add(feature("batch"), optional=False)


def test_features_of_a_frame() -> None:
    frame = pd.DataFrame({"whole": [1], "part": [1.5], "word": ["x"], "flag": [True]})
    frame["kind"] = pd.Categorical(["x"])
    frame["day"] = pd.to_datetime(["2024-01-01"])
    frame["instant"] = pd.to_datetime(["2024-01-01"], utc=True)
    frame["perhaps"] = pd.array([None], dtype="Int64")
    features = ln.Feature.from_dataframe(frame)
    assert [one.dtype_as_str for one in features] == [
        *("int", "float", "str", "bool", "cat[ULabel]", "datetime", "datetime64[ns, UTC]", "int")
    ]
    features.save()
    assert feature("word").dtype_as_object is str
    with pytest.raises(ln.errors.ValidationError, match="exists with the dtype float, not int"):
        ln.Feature.from_dataframe(pd.DataFrame({"temperature": [1]}))
    with pytest.raises(TypeError, match="no dtype"):
        ln.Feature.from_dataframe(pd.DataFrame({"span": pd.to_timedelta([1])}))


def test_features_of_a_dictionary() -> None:
    values = {"n": 1, "x": 1.5, "b": True, "t": "x", "d": "2024-01-01", "i": "2024-01-01T10:00:00", "ns": [1, 2]}
    values |= {"ts": ["x"], "o": {"k": 1}, "when": date(2024, 1, 1), "at": datetime(2024, 1, 1, tzinfo=UTC)}
    values |= {"r": ln.Record.get(name="DMSO"), "cs": [bt.CellType.get(name="T cell")]}
    expected = ["int", "float", "bool", "str", "date", "datetime", "list[int]", "list[str]", "dict", "date"]
    expected += ["datetime64[ns, UTC]", "cat[Record]", "list[cat[bionty.CellType]]"]
    assert [one.dtype_as_str for one in ln.Feature.from_dict(values)] == expected
    kind = ln.Feature.get(name="Model predictions")
    assert ln.Feature.from_dict({"typed": 1}, type=kind).save()[0].type == kind
    for undecided in (None, [], [1, "x"]):
        with pytest.raises(ValueError, match="suggests no dtype"):
            ln.Feature.from_dict({"undecided": undecided})


def test_labels_of_a_feature_may_be_narrowed_down() -> None:
    narrowed = ln.Feature(name="narrowed", dtype=bt.Disease, cat_filters={"source__uid": "4a3ejKuf"}).save()
    assert narrowed.dtype_as_str == "cat[bionty.Disease[source__uid=4a3ejKuf]]"
    compounds = ln.Record.get(name="Compounds", is_type=True)
    typed = ln.Feature(name="one compound", dtype=ln.Record, cat_filters={"type": compounds}).save()
    assert typed.dtype_as_object == compounds
    with pytest.raises(ln.errors.ValidationError, match="incompatible"):
        ln.Feature(name="no labels", dtype=float, cat_filters={"type": compounds})
    with pytest.raises(ln.errors.ValidationError, match="Empty value"):
        ln.Feature(name="no filter", dtype=bt.Disease, cat_filters={"source__uid": ""})


def test_a_sheet_takes_the_features_of_its_schema_only() -> None:
    sample = ln.Record.get(name="S001")
    for write in (sample.features.set_values, sample.features.update_values):
        with pytest.raises(ln.errors.ValidationError, match=r"not in the provided schema: \['batch'\]"):
            write({"batch": "b1"})
    with pytest.raises(ln.errors.ValidationError, match="missing required features 'donor_age'"):
        sample.features.set_values({"donor": "D9"})
    sample.features.update_values({"donor": "D9"})
    assert sample.features["donor"] == "D9"
    samples = ln.Record.get(name="Samples", is_type=True)
    assert ln.Record(name="S001", type=samples) == sample
    given = {"donor": "D1", "donor_age": 1, "is_control": False, "tissue": "lung", "qc_score": 1.0}
    with pytest.raises(ln.errors.ValidationError, match="not in the provided schema"):
        ln.Record(name="new", type=samples, features=given | {"batch": "b1"})


def test_a_feature_takes_one_value_unless_it_is_a_list_or_has_labels() -> None:
    artifact = ln.Artifact.get(key="iris.parquet")
    with pytest.raises(ln.errors.ValidationError, match=r"'temperature' \(float\) .* one value at a time"):
        artifact.features.add_values({"temperature": [5.5, 6.5]})
    artifact.features.add_values({"read_lengths": [50, 100], "perturbation": ["DMSO", "IFNG"]})
    assert artifact.features.get_values() == {"read_lengths": [50, 100], "perturbation": {"DMSO", "IFNG"}}


def test_labels_are_of_the_registry_that_the_feature_says() -> None:
    artifact = ln.Artifact.get(key="iris.parquet")
    with pytest.raises(ln.errors.ValidationError, match=r"Label type bionty\.CellType is not valid for Feature"):
        artifact.labels.add(bt.CellType.get(name="T cell"), feature=feature("perturbation"))
    with pytest.raises(ValueError, match="expected a number but got 'benchmark'"):
        artifact.ulabels.add("benchmark")
    with pytest.raises(TypeError, match="'Gene' is no registry"):
        ln.import_table("Gene", pd.DataFrame())


def test_a_collection_of_the_same_artifacts_is_the_same_by_another_key() -> None:
    artifacts = ln.Artifact.filter(suffix=".h5ad")
    first = ln.Collection(artifacts, key="first key").save()
    again = ln.Collection(artifacts, key="second key").save()
    assert (again.uid, again.key) == (first.uid, "second key")
