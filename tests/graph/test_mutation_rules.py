"""LaminDB's rules on the real instance: names that exist, versions, types, the trash, dtypes, uids."""

from pathlib import Path
from typing import Any

import pytest

from ..conftest import Dialect
from .conftest import Json, Serve, Server

ERRORS = "errors { message code path }"


@pytest.fixture
def instance(serve: Serve, real_folder: Path, dialect: Dialect) -> Server:
    """The real instance, on each database, open for writing."""
    return serve(real_folder, dialect, write=__name__)


def make(server: Server, registry: str, selected: str = "uid", **data: Any) -> Json:
    singular = "ulabel" if registry == "ULabel" else registry[0].lower() + registry[1:]
    payload = server.write(f"create{registry}", {"data": data}, f"{singular} {{ id {selected} }} {ERRORS}")
    assert payload["errors"] == []
    return payload[singular]


def refused(server: Server, field: str, **given: Any) -> Json:
    (error,) = server.write(field, given, ERRORS)["errors"]
    return error


def one(server: Server, plural: str, name: str, selected: str = "id", by: str = "name") -> Json:
    query = f'{{ {plural}(filter: {{{by}: {{eq: "{name}"}}}}) {{ nodes {{ {selected} }} }} }}'
    return server.ask(query)[plural]["nodes"][0]


# Names that exist ----------------------------------------------------------------------------------------------------


def test_a_name_that_exists_gives_its_row_with_the_new_description(instance: Server) -> None:
    known = one(instance, "ulabels", "benchmark", "uid")
    assert make(instance, "ULabel", "uid description", name="benchmark", description="new") | known | {
        "description": "new"
    } == make(instance, "ULabel", "uid description", name="benchmark")


def test_a_name_is_looked_up_within_its_type(instance: Server) -> None:
    assert make(instance, "ULabel", "type { name }", name="control")["type"] == {"name": "Study status"}
    assay = one(instance, "ulabels", "Assay")["id"]
    assert make(instance, "ULabel", "type { name }", name="control", type=assay)["type"] == {"name": "Assay"}
    assert make(instance, "ULabel", "typeId", name="raw", type=None)["typeId"] is None


TWICE: list[tuple[str, str, list[dict[str, Any]], int]] = [
    ("ULabel", "ulabels", [{"name": "twice"}, {"name": "twice", "description": "said later"}], 1),
    ("CellType", "cellTypes", [{"name": "x", "ontologyId": "CL:7"}, {"name": "y", "ontologyId": "CL:7"}], 1),
    ("Artifact", "artifacts", [{"key": "a.csv", "hash": "content"}, {"key": "b.csv", "hash": "content"}], 1),
    ("Feature", "features", [{"name": "n", "dtype": "int", "uid": f"own{one}"} for one in "ab"], 2),
    ("Project", "projects", [{"name": "in the trash", "branch": "Branch:-1"}, {"name": "in the trash"}], 2),
]
"""Rows that are made together, and how many there are then."""


@pytest.mark.parametrize(("registry", "plural", "data", "count"), TWICE, ids=[row[0] for row in TWICE])
def test_rows_of_one_list_are_made_as_one_after_the_other(
    instance: Server, registry: str, plural: str, data: list[dict[str, Any]], count: int
) -> None:
    payload = instance.write(f"create{registry}s", {"data": data}, f"{plural} {{ id description }} {ERRORS}")
    assert payload["errors"] == []
    assert len({row["id"] for row in payload[plural]}) == count
    assert payload[plural][0]["description"] == data[1].get("description")


def test_a_feature_of_one_list_has_one_dtype(instance: Server) -> None:
    data = [{"name": "of two dtypes", "dtype": dtype} for dtype in ("int", "str")]
    (error,) = instance.write("createFeatures", {"data": data}, ERRORS)["errors"]
    assert error["message"] == "The feature 'of two dtypes' exists with the dtype int, not str."
    assert error["path"] == ["input", "data", "1", "dtype"]


def test_a_name_in_the_trash_is_free(instance: Server) -> None:
    made = make(instance, "ULabel", name="trashed label")
    assert made["uid"] not in [
        row["uid"]
        for row in instance.ask("{ ulabels(filter: {branchId: {eq: -1}}) { nodes { uid } } }")["ulabels"]["nodes"]
    ]


def test_a_term_is_told_by_its_ontology_id(instance: Server) -> None:
    made = make(instance, "CellType", "uid name", name="test cell", ontologyId="CL:9999999")
    again = make(instance, "CellType", "uid name synonyms", name="test cell", ontologyId="CL:9999999", synonyms="tc")
    assert again == {**made, "synonyms": "tc"}
    assert len(made["uid"]) == 14


def test_the_same_content_is_the_same_artifact(instance: Server) -> None:
    known = one(instance, "artifacts", "iris.parquet", "uid hash", by="key")
    made = make(instance, "Artifact", "uid key description", key="other.parquet", hash=known["hash"], description="d")
    assert made == {**made, "uid": known["uid"], "key": "iris.parquet", "description": "d"}


# Versions ------------------------------------------------------------------------------------------------------------


def family(server: Server, plural: str, key: str) -> list[tuple[str, bool, int]]:
    filter_ = f'{{key: {{eq: "{key}"}}, branchId: {{isNull: false}}}}'
    rows = server.ask(f"{{ {plural}(filter: {filter_}) {{ nodes {{ uid isLatest branchId }} }} }}")[plural]["nodes"]
    return [(row["uid"][-4:], row["isLatest"], row["branchId"]) for row in rows]


def test_a_row_with_the_same_key_is_the_next_version(instance: Server) -> None:
    first = make(instance, "Artifact", "uid isLatest suffix", key="new/data.csv", hash="a" * 22)
    assert (first["uid"][-4:], first["isLatest"], first["suffix"]) == ("0000", True, ".csv")
    second = make(instance, "Artifact", "uid", key="new/data.csv", hash="b" * 22)
    assert second["uid"] == f"{first['uid'][:-4]}0001"
    assert family(instance, "artifacts", "new/data.csv") == [("0000", False, 1), ("0001", True, 1)]


def test_a_row_that_revises_another_has_its_key_and_description(instance: Server) -> None:
    first = make(instance, "Collection", "uid", key="set one", description="what")
    second = make(instance, "Collection", "uid key description", revises=first["id"], hash="c" * 22)
    assert second == {**second, "uid": f"{first['uid'][:-4]}0001", "key": "set one", "description": "what"}


def test_versions_that_are_made_together(instance: Server) -> None:
    data = [{"key": "together.csv", "hash": letter * 22} for letter in "def"]
    payload = instance.write("createArtifacts", {"data": data}, f"artifacts {{ uid }} {ERRORS}")
    assert payload["errors"] == []
    assert family(instance, "artifacts", "together.csv") == [("0000", False, 1), ("0001", False, 1), ("0002", True, 1)]


def test_a_transform_without_source_code_is_no_version_yet(instance: Server) -> None:
    make(instance, "Transform", key="Cell Ranger", versionTag="8.0.0", kind="pipeline")
    assert family(instance, "transforms", "Cell Ranger") == [("0000", True, 1)]


def test_the_version_tag_of_the_predecessor_is_taken(instance: Server) -> None:
    before = one(instance, "transforms", "Cell Ranger", by="key")["id"]
    error = refused(instance, "createTransform", data={"key": "Cell Ranger", "versionTag": "7.2.0", "revises": before})
    assert error == {
        "message": "The version tag '7.2.0' is already taken. Change it or leave it out.",
        "code": "NOT_UNIQUE",
        "path": ["input", "data", "versionTag"],
    }


def test_without_the_latest_the_one_before_is_it(instance: Server) -> None:
    key = "versioned/experiment.csv"
    filter_ = f'{{key: {{eq: "{key}"}}, isLatest: {{eq: true}}}}'
    (head,) = instance.ask(f"{{ artifacts(filter: {filter_}) {{ nodes {{ id }} }} }}")["artifacts"]["nodes"]
    instance.write("deleteArtifact", {"id": head["id"]}, ERRORS)
    expected = [("0000", False, 1), ("0001", False, 1), ("0002", True, 1), ("0003", False, -1), ("0004", True, 2)]
    assert family(instance, "artifacts", key) == expected
    instance.write("restoreArtifact", {"id": head["id"]}, ERRORS)
    assert family(instance, "artifacts", key)[2:4] == [("0002", True, 1), ("0003", False, 1)]


def test_each_branch_has_one_latest_version(instance: Server) -> None:
    """LaminDB leaves it at several or none until branches are merged."""
    made = [make(instance, "Artifact", key="moved.csv", hash=f"moved {number}")["id"] for number in range(3)]
    branch = make(instance, "Branch", name="moved to")["id"]
    number = int(branch.removeprefix("Branch:"))

    def moved(artifact: str, to: str) -> list[tuple[bool, int]]:
        instance.write("updateArtifact", {"id": artifact, "patch": {"branch": to}}, ERRORS)
        return [(latest, at) for _, latest, at in family(instance, "artifacts", "moved.csv")]

    assert moved(made[2], branch) == [(False, 1), (True, 1), (True, number)]
    assert moved(made[1], branch) == [(True, 1), (False, number), (True, number)]
    assert moved(made[2], "Branch:-1") == [(True, 1), (True, number), (False, -1)]
    assert moved(made[1], "Branch:1") == [(False, 1), (True, 1), (False, -1)]


# Types ---------------------------------------------------------------------------------------------------------------


def test_a_type_has_to_be_one(instance: Server) -> None:
    label = one(instance, "ulabels", "benchmark")["id"]
    error = refused(instance, "createULabel", data={"name": "of no type", "type": label})
    assert error["message"] == "The ulabel is no type. Give one whose isType is true."
    assert error["path"] == ["input", "data", "type"]


def test_a_type_is_no_type_of_itself(instance: Server) -> None:
    outer = make(instance, "ULabel", name="outer", isType=True)["id"]
    inner = make(instance, "ULabel", name="inner", isType=True, type=outer)["id"]
    error = refused(instance, "updateULabel", id=outer, patch={"type": inner})
    assert error["message"] == "A ulabel cannot be a type of itself, be it through other types."


def test_a_type_takes_its_rows_to_the_trash(instance: Server) -> None:
    kind = make(instance, "ULabel", name="doomed type", isType=True)["id"]
    made = make(instance, "ULabel", name="doomed label", type=kind)
    instance.write("deleteULabel", {"id": kind}, ERRORS)
    assert instance.ask("query ($id: ID!) { node(id: $id) { ... on ULabel { branchId } } }", {"id": made["id"]}) == {
        "node": {"branchId": -1}
    }


def test_a_record_of_a_sheet_has_its_features(instance: Server) -> None:
    sheet = one(instance, "records", "Samples")["id"]
    error = refused(instance, "createRecord", data={"name": "S999", "type": sheet})
    assert error["message"] == (
        "Cannot set type to 'Samples' on Record 'S999': missing required features "
        "'donor', 'donor_age', 'is_control', 'tissue', 'qc_score'."
    )
    values = {"donor": "D777", "donor_age": "old", "is_control": True, "tissue": "lung", "qc_score": 0.1}
    add = [{"name": name, "value": value} for name, value in values.items()]
    error = refused(instance, "createRecord", data={"name": "S999", "type": sheet, "features": {"add": add}})
    assert error["message"] == "The feature \"donor_age\": 'old' is no integer; the dtype is int."
    add[1]["value"] = 50
    assert make(instance, "Record", "name", name="S999", type=sheet, features={"add": add})["name"] == "S999"


def test_a_schema_is_told_by_its_members(instance: Server) -> None:
    features = instance.ask('{ features(filter: {name: {in: ["donor", "donor_age"]}}) { nodes { id } } }')
    ids = [row["id"] for row in features["features"]["nodes"]]
    made = make(instance, "Schema", "uid hash nMembers itype", name="two", features={"add": ids})
    assert (made["nMembers"], made["itype"], len(made["hash"])) == (2, "Feature", 22)
    assert make(instance, "Schema", "uid hash nMembers itype", features={"add": ids[::-1]}) == made


def test_a_collection_is_told_by_its_artifacts(instance: Server) -> None:
    ids = [one(instance, "artifacts", key, by="key")["id"] for key in ("iris.parquet", "examples/dataset1.h5ad")]
    made = make(instance, "Collection", "uid hash", key="of two", artifacts={"add": ids})
    assert make(instance, "Collection", "uid hash", key="of the same two", artifacts={"add": ids[::-1]}) == made


# Features, and what is there once -------------------------------------------------------------------------------------

DTYPES = ["float", "list[cat[bionty.CellType]]", "cat[ULabel|bionty.CellType]", "cat[bionty.Gene.symbol]", "list[int]"]


@pytest.mark.parametrize("dtype", DTYPES)
def test_dtypes_that_features_have(instance: Server, dtype: str) -> None:
    assert make(instance, "Feature", "dtype", name=f"feature of {dtype}", dtype=dtype)["dtype"] == dtype


NO_DTYPES = [
    ("nodtype", "'nodtype' is no dtype. There are int, float"),
    ("integer", "'integer' is no dtype. Did you mean \"int\"?"),
    ("cat[Nothing]", "'cat[Nothing]': Nothing is no registry or field."),
    (
        "cat[bionty.CellType.nofield]",
        "'cat[bionty.CellType.nofield]': bionty.CellType.nofield is no registry or field.",
    ),
    (None, "dtype is required."),
]


@pytest.mark.parametrize(("dtype", "message"), NO_DTYPES)
def test_dtypes_that_there_are_not(instance: Server, dtype: str | None, message: str) -> None:
    error = refused(instance, "createFeature", data={"name": "new feature", "dtype": dtype})
    assert error["message"].startswith(message)
    assert error["path"] == ["input", "data", "dtype"]


def test_a_feature_keeps_its_dtype(instance: Server) -> None:
    error = refused(instance, "createFeature", data={"name": "temperature", "dtype": "int"})
    assert error["message"] == "The feature 'temperature' exists with the dtype float, not int."


def test_a_branch_has_a_name_of_its_own_whatever_the_case(instance: Server) -> None:
    error = refused(instance, "createBranch", data={"name": "MY_BRANCH"})
    assert error == {
        "message": "There is another branch with the same name.",
        "code": "NOT_UNIQUE",
        "path": ["input", "data", "name"],
    }


LENGTHS = {"ULabel": 8, "Record": 16, "Feature": 12, "Project": 12, "Reference": 12, "Space": 12, "Schema": 16}


@pytest.mark.parametrize(("registry", "length"), LENGTHS.items())
def test_uids_are_as_long_as_lamindb_s(instance: Server, registry: str, length: int) -> None:
    needed = {"Feature": {"dtype": "int"}, "Schema": {"itype": "Feature"}}.get(registry, {})
    assert len(make(instance, registry, name=f"a {registry} with a uid", **needed)["uid"]) == length


def test_a_schema_is_made_of_something(instance: Server) -> None:
    (error,) = instance.write("createSchema", {"data": {"name": "of nothing"}}, ERRORS)["errors"]
    assert error["message"] == "A schema takes features, components or an itype. Or is it a type? Say isType."
    assert make(instance, "Schema", "hash", name="a type", isType=True)["hash"] is None
