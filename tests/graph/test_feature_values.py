"""The values of features on artifacts, runs and records of the real instance, as LaminDB gives them."""

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Json, Server

VALUES = "{ %s(filter: {%s}) { nodes { features%s { name dtype value feature { name } } } } }"

CASES = {
    "get_values": ("artifacts", 'key: {eq: "examples/dataset1.h5ad"}'),
    "get_values_none": ("artifacts", 'key: {eq: "iris.parquet"}'),
    "get_values_multi_valued_scalar": ("artifacts", 'key: {eq: "project-alpha/raw/file_00.csv"}'),
    "get_values_types": ("artifacts", 'key: {eq: "project-beta/processed/file_01.tsv"}'),
    "get_values_record": ("records", 'name: {eq: "S001"}'),
    "get_values_record_optional_absent": ("records", 'name: {eq: "S004"}'),
    "get_values_record_free": ("records", 'name: {eq: "free record"}'),
    "get_values_run": ("runs", 'features: [{name: "learning_rate", eq: 0.01}]'),
}


def plain(value: Json) -> Json:
    """A recorded value as JSON: a set is a list, a date is a text."""
    if isinstance(value, dict) and "__set__" in value:
        return value["__set__"]
    return value["__time__"] if isinstance(value, dict) and "__time__" in value else value


def in_order(value: Json) -> Json:
    return sorted(value) if isinstance(value, list) else value


def values(server: Server, plural: str, filter_: str, names: str = "") -> dict[str, Any]:
    (row,) = server.ask(VALUES % (plural, filter_, names))[plural]["nodes"]
    assert all(value["feature"]["name"] == value["name"] for value in row["features"])
    return {value["name"]: value["value"] for value in row["features"]}


@pytest.fixture(scope="session")
def answers(shared: Path) -> dict[str, Any]:
    """What LaminDB answers, by the name of the case."""
    (file,) = (shared / "conformance").glob("*.jsonl")
    return {case["id"]: case["expected"].get("value") for case in map(json.loads, file.read_text().splitlines())}


@pytest.mark.parametrize("case", CASES)
def test_values_are_those_of_lamindb(real: Server, answers: dict[str, Any], case: str) -> None:
    expected = {name: in_order(plain(value)) for name, value in answers[f"feature_manager/{case}"].items()}
    found = values(real, *CASES[case])
    assert {name: in_order(value) for name, value in found.items()} == expected


def test_features_by_name(real: Server) -> None:
    dataset = "artifacts", 'key: {eq: "project-alpha/raw/file_00.csv"}'
    found = values(real, *dataset, '(names: ["operator", "temperature", "tags"])')
    assert found == {"operator": "falexwolf", "temperature": [20.0, 25.0]}
    assert values(real, *dataset, "(names: [])") == {}
    assert values(real, *dataset, "(names: null)") == values(real, *dataset)


def test_values_have_the_types_of_their_dtypes(real: Server) -> None:
    rows = real.ask("{ artifacts(first: 100) { nodes { features { dtype value } } } }")["artifacts"]["nodes"]
    types = {(value["dtype"], type(value["value"])) for row in rows for value in row["features"]}
    assert ("bool", bool) in types
    assert ("list[int]", list) in types
    assert ("list[cat[bionty.CellType]]", list) in types
    assert ("list[cat[bionty.CellType]]", str) not in types
    assert ("dict", dict) in types
    assert {type_ for dtype, type_ in types if dtype == "int"} == {int}


def test_values_below_other_rows_and_twice(real: Server) -> None:
    data = real.ask(
        """{
          runs(filter: {features: [{name: "experiment", isNull: false}]}) { nodes { outputArtifacts(first: 2) { nodes {
            uid few: features(names: ["temperature"]) { name __typename } all: features { name }
          } } } }
          artifact(by: {uid: "mq8Jlw7kijohY9eB0000"}) { features(names: ["temperature"]) { value } }
        }"""
    )
    assert data["artifact"]["features"] == [{"value": 21.6}]
    for run in data["runs"]["nodes"]:
        for artifact in run["outputArtifacts"]["nodes"]:
            names = [value["name"] for value in artifact["all"]]
            assert [value["name"] for value in artifact["few"]] == [name for name in names if name == "temperature"]
            assert {value["__typename"] for value in artifact["few"]} <= {"FeatureValue"}


def test_an_unknown_name_is_told(real: Server) -> None:
    answer = real.post('{ artifacts { nodes { features(names: ["temprature"]) { value } } } }').json()
    message = "features: there is no feature 'temprature'. Did you mean \"temperature\"?"
    assert answer["errors"][0]["message"] == message
    assert answer["errors"][0]["extensions"]["code"] == "INVALID"
