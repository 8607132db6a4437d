"""Values of features that are written: of which feature they are, and in which form the dtype takes them."""

from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest

import lnql as ln
from lnql.errors import ValidationError

pytestmark = pytest.mark.usefixtures("writing")

NOON = datetime(2025, 1, 2, 12)


def test_values_are_formed_by_the_dtype() -> None:
    features = ln.Artifact.get(key="iris.parquet").features
    given: dict[str, Any] = {
        "date_of_study": NOON,
        "sequenced_at": pd.Timestamp(NOON),
        "read_lengths": pd.Series([50, 100]),
        "perturbation": np.array(["DMSO", "IFNG"]),
        "temperature": np.nan,
        "study_note": pd.NA,
        "received_on": pd.NaT,
    }
    features.set_values(given)
    written = {"date_of_study": NOON.date(), "sequenced_at": NOON, "read_lengths": [50, 100]}
    assert features.get_values() == written | {"perturbation": {"DMSO", "IFNG"}}
    features.update_values({"date_of_study": "2025-03-04T05:06:07", "perturbation": []})
    assert features.get_values() == written | {"date_of_study": date(2025, 3, 4)}
    features.remove_values({"sequenced_at": NOON, "read_lengths": None})
    assert features.get_values() == {"date_of_study": date(2025, 3, 4)}


@pytest.mark.parametrize(
    ("feature", "value", "hint"),
    [
        ("sequenced_at", "2025-01-02", r"datetime\.datetime without a time zone"),
        ("sequenced_at", date(2025, 1, 2), r"datetime\.datetime without a time zone"),
        ("sequenced_at", NOON.replace(tzinfo=UTC), r"datetime\.datetime without a time zone"),
        ("cell_types_present", "T cell", r"Pass a list, such as \['T cell'\]"),
        ("read_lengths", {50}, "Pass a list"),
        ("temperature", [20.5], "one value at a time"),
    ],
)
def test_what_a_dtype_does_not_take_is_refused(feature: str, value: Any, hint: str) -> None:
    features = ln.Artifact.get(key="iris.parquet").features
    for write in (features.add_values, features.set_values, features.update_values):
        with pytest.raises(ValidationError, match=f"The feature '{feature}' .* does not take .*{hint}"):
            write({feature: value})


def test_labels_are_a_list_not_a_query_set() -> None:
    features = ln.Artifact.get(key="iris.parquet").features
    with pytest.raises(ValidationError, match=r"to_list\(\)"):
        features.add_values({"perturbation": ln.Record.filter(name="DMSO")})
    features.add_values({"perturbation": ln.Record.filter(name="DMSO").to_list()})
    assert features["perturbation"].name == "DMSO"


def test_a_feature_that_coerces_takes_days_and_texts_as_instants() -> None:
    ln.Feature(name="thawed_at", dtype="datetime", coerce=True).save()
    features = ln.Artifact.get(key="iris.parquet").features
    features.set_values({"thawed_at": "2025-01-02"})
    assert features["thawed_at"] == datetime(2025, 1, 2)


def test_of_features_of_one_name_that_under_the_fewest_types_is_meant() -> None:
    features = ln.Artifact.get(key="iris.parquet").features
    features.set_values({"cell_type": "T cell"})
    assert features.get_values() == {"cell_type": "T cell"}
    above = ln.Feature.get(name="Human annotations")
    for name in ("same level 1", "same level 2"):
        type_ = ln.Feature(name=name, is_type=True, type=above).save()
        ln.Feature(name="twice", dtype="float", type=type_).save()
    with pytest.raises(ValidationError, match="2 features are named 'twice'"):
        features.set_values({"twice": 1.0})


def test_a_record_is_made_with_values_in_the_form_of_their_dtypes() -> None:
    record = ln.Record(name="made with values", features={"date_of_study": NOON, "temperature": None}).save()
    assert record.features.get_values() == {"date_of_study": NOON.date()}
