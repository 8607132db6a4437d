"""Data frames of query sets."""

import logging
from typing import Any

import pandas as pd
import pytest

import lnql as ln
from lnql.errors import FieldError, InvalidTypeError, InvalidValueError, NotApplicableError

from .conftest import Requests

pytestmark = pytest.mark.usefixtures("connected")


def test_a_frame_is_one_request(requests: Requests) -> None:
    frame = ln.Artifact.filter(suffix=".h5ad").to_dataframe(include=["features", "created_by__handle", "ulabels__name"])
    assert frame["created_by__handle"].tolist() == ["testuser1", "testuser1"]
    assert frame["temperature"].tolist() == [22.6, 21.6]
    assert len(requests) == 1


def test_columns_have_the_same_dtypes_whatever_the_version_of_pandas() -> None:
    frame = ln.Artifact.to_dataframe(limit=4)
    dtypes = {name: str(dtype) for name, dtype in frame.dtypes.items()}
    assert frame.index.name == "id"
    assert dtypes["key"] == "object"
    assert dtypes["size"] == "int64"
    assert dtypes["is_latest"] == "bool"
    assert dtypes["created_at"] == "datetime64[ns, UTC]"


def test_features_are_typed_by_their_dtype() -> None:
    frame = ln.Artifact.filter(key__startswith="project-").to_dataframe(include="features", limit=None)
    dtypes = {name: str(frame[name].dtype) for name in ("donor_age", "disease", "sequenced_at", "read_lengths")}
    assert dtypes == {
        "donor_age": "Int64",
        "disease": "category",
        "sequenced_at": "datetime64[ns]",
        "read_lengths": "object",
    }


def test_several_values_are_sets() -> None:
    frame = ln.Artifact.filter(key="project-alpha/raw/file_00.csv").to_dataframe(features=["batch"])
    assert frame["batch"].tolist() == [{"b1", "b9"}]


def test_related_rows_beyond_one_page_are_all_there(requests: Requests) -> None:
    handles = ["testuser1", "testuser2", "falexwolf"]
    frame = ln.User.filter(handle__in=handles).to_dataframe(include="created_transforms__uid")
    counted = dict(ln.User.filter(handle__in=handles).annotate(n=ln.Count("created_transforms")).values_list("id", "n"))
    assert {key: len(found - {None}) for key, found in frame["created_transforms__uid"].items()} == counted
    assert max(counted.values()) > 100
    assert len(requests) > 1


def test_a_cut_is_said(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "lnql"):
        assert len(ln.Transform.to_dataframe()) == 20
        assert len(ln.Transform.to_dataframe(limit=21)) == 21
    assert caplog.messages == ["truncated query result to limit=20 Transform objects"]


def test_a_missing_feature_is_said(caplog: pytest.LogCaptureFixture) -> None:
    frame = ln.Artifact.filter(suffix=".h5ad").to_dataframe(features=["temperature", "temprature"])
    assert frame.columns.tolist() == ["uid", "key", "temperature"]
    assert caplog.messages == ["there are no features with the names ['temprature']"]


def test_internal_artifacts_are_hidden_until_their_kind_is_asked_for() -> None:
    assert len(ln.Artifact.filter().to_dataframe(limit=None)) < ln.Artifact.filter().count()
    assert len(ln.Artifact.filter(kind="__lamindb_run__").to_dataframe()) == 2


def test_an_empty_frame_keeps_its_columns() -> None:
    frame = ln.ULabel.filter(name="nothing").to_dataframe()
    assert frame.columns.tolist()[:3] == ["uid", "id", "name"]
    assert frame.empty


REFUSED: dict[str, tuple[dict[str, Any], type[Exception], str]] = {
    "relation": ({"include": "created_by"}, InvalidValueError, "for example 'created_by__handle'"),
    "unknown": ({"include": "created_by__handel"}, FieldError, "handel"),
    "type": ({"include": 5}, InvalidTypeError, "include=5 is no name"),
    "ambiguous": ({"features": ["cell_type"]}, InvalidValueError, "Ambiguous feature names: {'cell_type': "),
    "order": ({"order_by": "nofield"}, FieldError, "nofield"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_said(name: str) -> None:
    options, error, words = REFUSED[name]
    with pytest.raises(error, match=words.replace("[", r"\[")):
        ln.Artifact.filter().to_dataframe(**options)


def test_a_registry_without_features_says_so() -> None:
    with pytest.raises(NotApplicableError, match="not ULabel"):
        ln.ULabel.to_dataframe(include="features")


def test_a_view_shows_the_newest_of_each_registry(capsys: pytest.CaptureFixture[str]) -> None:
    ln.view(limit=1, registries=["ULabel", "Record"])
    shown = capsys.readouterr().out
    assert shown.index("Record") < shown.index("ULabel")
    assert "* module: bionty *" in shown


def test_a_view_of_a_frame_shows_dtypes_of_features(capsys: pytest.CaptureFixture[str]) -> None:
    ln.view(df=pd.DataFrame({"temperature": [1.5], "other": ["x"]}))
    assert "float" in capsys.readouterr().out


def test_a_view_of_an_unknown_module_names_those_there_are() -> None:
    with pytest.raises(InvalidValueError, match="there are: core, bionty"):
        ln.view(modules="wetlab")


def test_only_several_values_are_a_set() -> None:
    frame = ln.Artifact.filter(id__in=[9, 18]).order_by("id").to_dataframe(include="features")
    assert frame["perturbation"].tolist() == ["DMSO", {"DMSO", "IFNG"}]


def test_features_come_before_further_fields() -> None:
    rows = ln.Artifact.filter(id__in=[17, 19])
    frame = rows.to_dataframe(features=["study_status"], include=["suffix", "created_by__handle"])
    assert frame.columns.tolist() == ["uid", "key", "created_by__handle", "study_status", "suffix"]


def test_instants_of_related_records_are_instants() -> None:
    rows = ln.Artifact.filter(id__in=[3, 6])
    assert str(rows.to_dataframe(include="run__started_at")["run__started_at"].dtype) == "datetime64[ns, UTC]"
