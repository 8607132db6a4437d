"""Values of features are written where LaminDB keeps them, and read back; what does not fit is refused."""

from pathlib import Path
from typing import Any

import pytest

from ..conftest import Dialect
from .conftest import Json, Serve, Server

READ = "features { name value } "
ERRORS = " errors { message code path }"


@pytest.fixture
def instance(serve: Serve, real_folder: Path, dialect: Dialect) -> Server:
    """The real instance, on each database, open for writing."""
    return serve(real_folder, dialect, write=__name__)


def artifact(server: Server, key: str = "iris.parquet") -> str:
    filter_ = {"key": {"eq": key}, "isLatest": {"eq": True}}
    query = "query ($filter: ArtifactFilter) { artifacts(filter: $filter) { nodes { id } } }"
    ((row),) = server.ask(query, {"filter": filter_})["artifacts"]["nodes"]
    return str(row["id"])


def write(server: Server, id_: str, **patch: Any) -> Json:
    """What the artifact has of each feature afterwards, or the errors."""
    payload = server.write(
        "updateArtifact", {"id": id_, "patch": {"features": patch}}, f"artifact {{ {READ} }} {ERRORS}"
    )
    if payload["errors"]:
        return payload["errors"]
    return {value["name"]: value["value"] for value in payload["artifact"]["features"]}


def values(**by_name: Any) -> list[dict[str, Any]]:
    return [{"name": name, "value": value} for name, value in by_name.items()]


EVERY_DTYPE: dict[str, Any] = {
    "temperature": 12.5,
    "donor_age": 3,
    "is_control": True,
    "study_note": "hello, world",
    "tags": ["x", "y"],
    "study_metadata": {"b": 1, "a": 2},
    "date_of_study": "2026-01-02",
    "sequenced_at": "2026-01-02T03:04:00",
    "perturbation": "DMSO",
    "experiment": "Experiment 2",
}


def test_values_of_every_dtype(instance: Server) -> None:
    id_ = artifact(instance)
    assert write(instance, id_, clear=True, add=values(**EVERY_DTYPE)) == EVERY_DTYPE
    assert write(instance, id_, clear=True) == {}


def test_values_add_up(instance: Server) -> None:
    id_ = artifact(instance)
    write(instance, id_, clear=True, add=values(temperature=1.5, perturbation="DMSO"))
    found = write(instance, id_, add=values(temperature=2.5, perturbation=["DMSO", "IFNG"]))
    assert found == {"temperature": [1.5, 2.5], "perturbation": ["DMSO", "IFNG"]}
    assert write(instance, id_, set=values(temperature=3.5))["temperature"] == 3.5
    assert write(instance, id_, remove=values(perturbation="IFNG"))["perturbation"] == "DMSO"
    assert write(instance, id_, remove=[{"name": "perturbation"}]) == {"temperature": 3.5}
    assert write(instance, id_, remove=values(temperature=3.5)) == {}


def test_a_value_is_shared_by_those_who_have_it(instance: Server) -> None:
    id_ = artifact(instance)
    query = '{ jsonValues(filter: {feature: {name: {eq: "temperature"}}}) { totalCount nodes { value hash } } }'
    before = instance.ask(query)["jsonValues"]["totalCount"]
    write(instance, id_, clear=True, add=values(temperature=21.6))
    found = instance.ask(query)["jsonValues"]
    assert found["totalCount"] == before
    assert {"value": 21.6, "hash": "XftFE5byhwPHY-11WjfNAw"} in found["nodes"]


REFUSED = [
    (values(nofeature=1), "There is no feature 'nofeature'."),
    (values(perturbation="nope"), "The feature \"perturbation\" (cat[Record]): there is no record 'nope'."),
    (values(temperature="warm"), "The feature \"temperature\": 'warm' is no number; the dtype is float."),
    (values(donor_age=1.5), 'The feature "donor_age": 1.5 is no integer; the dtype is int.'),
    (
        values(date_of_study="soon"),
        "The feature \"date_of_study\": 'soon' is no date like 2026-01-31",
    ),
    ([{"value": 1}], "Say the name of a feature, or its uid."),
]


@pytest.mark.parametrize(("added", "message"), REFUSED)
def test_what_is_refused(instance: Server, added: Any, message: str) -> None:
    (error,) = write(instance, artifact(instance), add=added)
    assert error["message"].startswith(message)
    assert error["code"] == "INVALID"
    assert error["path"] == ["input", "patch", "features", "add", "0"]


def test_what_a_dataset_says_is_not_removed(instance: Server) -> None:
    (error,) = write(instance, artifact(instance, "examples/dataset1.h5ad"), remove=[{"name": "perturbation"}])
    assert error["message"] == "Values of features of the dataset itself cannot be removed."


def test_nothing_is_said_by_null(instance: Server) -> None:
    assert write(instance, artifact(instance), clear=True, add=values(temperature=None)) == {}


def test_an_integer_is_a_float(instance: Server) -> None:
    assert write(instance, artifact(instance), clear=True, add=values(temperature=12)) == {"temperature": 12.0}


def test_a_record_is_made_with_values(instance: Server) -> None:
    features = {"add": values(donor="D777", donor_age=40, is_control=True, tissue="lung", tags=["a"])}
    payload = instance.write(
        "createRecord", {"data": {"name": "S777", "features": features}}, f"record {{ id {READ} }} {ERRORS}"
    )
    assert payload["errors"] == []
    found = {value["name"]: value["value"] for value in payload["record"]["features"]}
    assert found == {"donor": "D777", "donor_age": 40, "is_control": True, "tissue": "lung", "tags": ["a"]}
    change = {"id": payload["record"]["id"], "patch": {"features": {"add": values(donor="D9")}}}
    (error,) = instance.write("updateRecord", change, "errors { message }")["errors"]
    assert error["message"] == "A record has one value of a feature that is no list. Set it instead."
    change["patch"] = {"features": {"set": values(donor="D9"), "add": values(tags=["b"])}}
    found = instance.write("updateRecord", change, f"record {{ {READ} }} {ERRORS}")["record"]["features"]
    assert {value["name"]: value["value"] for value in found} | {"donor": "D9", "tags": ["a", "b"]} == {
        value["name"]: value["value"] for value in found
    }


def test_a_run_has_values(instance: Server) -> None:
    run = instance.ask("{ runs(first: 1) { nodes { id } } }")["runs"]["nodes"][0]["id"]
    patch = {"features": {"clear": True, "add": values(learning_rate=0.5, batch="b1")}}
    payload = instance.write("updateRun", {"id": run, "patch": patch}, f"run {{ {READ} }} {ERRORS}")
    assert payload["errors"] == []
    assert {value["name"]: value["value"] for value in payload["run"]["features"]} == {
        "learning_rate": 0.5,
        "batch": "b1",
    }


def test_a_run_takes_no_labels_that_lamindb_keeps_no_feature_with(instance: Server) -> None:
    """LaminDB refuses them as well: its table of a run's ulabels has no column for the feature."""
    (run,) = instance.ask("{ runs(first: 1) { nodes { id } } }")["runs"]["nodes"]
    instance.write("createFeature", {"data": {"name": "mood", "dtype": "cat[ULabel]"}}, "feature { id }")
    instance.write("createULabel", {"data": {"name": "gloomy"}}, "ulabel { id }")
    for action in ("add", "set", "remove"):
        patch = {"features": {action: values(mood="gloomy")}}
        (error,) = instance.write("updateRun", {"id": run["id"], "patch": patch}, f"run {{ {READ} }} {ERRORS}")[
            "errors"
        ]
        assert error["message"] == "Run takes no ULabel as the value of a feature. It takes: Artifact, Record."
        assert error["code"] == "INVALID"


@pytest.mark.parametrize(
    ("name", "dtype", "labels"),
    [("made_by_run", "cat[Run]", "runs"), ("starts", "cat[Project.start_date]", "projects")],
)
def test_labels_told_by_a_time_are_grouped_and_ordered(instance: Server, name: str, dtype: str, labels: str) -> None:
    """The key of a group is the value that the row shows."""
    instance.write("createFeature", {"data": {"name": name, "dtype": dtype}}, "feature { id }")
    (label,) = instance.ask(f"{{ {labels}(first: 1) {{ nodes {{ id }} }} }}")[labels]["nodes"]
    if labels == "projects":
        instance.write("updateProject", {"id": label["id"], "patch": {"startDate": "2026-01-31"}}, "project { id }")
    data = {"name": name, "features": {"add": [{"name": name, "labels": [label["id"]]}]}}
    assert instance.write("createRecord", {"data": data}, f"record {{ id }} {ERRORS}")["errors"] == []
    query = f"""{{ records(orderBy: [{{feature: {{name: "{name}", direction: ASC}}}}], first: 1) {{
        nodes {{ name features {{ name value }} }}
        groups(by: [{{feature: "{name}"}}], orderBy: [{{count: ASC}}], first: 1) {{
            key {{ features {{ name value }} }} aggregates {{ count }} }} }} }}"""
    answer = instance.post(query).json()["data"]["records"]  # the new feature takes a statement more
    ((row),) = answer["nodes"]
    assert row["name"] == name
    assert answer["groups"] == [{"key": {"features": row["features"]}, "aggregates": {"count": 1}}]


HASHES = {
    "temperature": (21.6, "XftFE5byhwPHY-11WjfNAw"),
    "is_control": (True, "-CfPRi9ihI3zfF4elKTadA"),
    "date_of_study": ("2026-01-02", "zuzHloI6gtcG5M-VXNRytQ"),
    "study_note": ("hello, world", "5NfxtO0uQtFYmPSyewGdpA"),
    "study_metadata": ({"b": 1, "a": 2}, "Xk0U2CwyC6-y8Shv5IbR-A"),
    "donor_age": (3, "7MvIfktc4v4oMI_Z8qe68w"),
    "sequenced_at": ("2026-01-02T03:04:00", "yC-MuVmiXDLxZCdODMgRCg"),
    "tags": (["x", "y"], "Xv4qMdKckR9uJl7LPWHrCQ"),
}
"""Values and the hashes under which LaminDB stores them."""


def test_values_are_stored_under_lamindb_s_hashes(instance: Server) -> None:
    added = values(**{name: value for name, (value, _) in HASHES.items()})
    patch = {"features": {"clear": True, "add": added}}
    selected = "artifact { jsonValues { nodes { hash feature { name } } } } errors { message }"
    payload = instance.write("updateArtifact", {"id": artifact(instance), "patch": patch}, selected)
    assert payload["errors"] == []
    stored = {row["feature"]["name"]: row["hash"] for row in payload["artifact"]["jsonValues"]["nodes"]}
    assert stored == {name: hash_ for name, (_, hash_) in HASHES.items()}
