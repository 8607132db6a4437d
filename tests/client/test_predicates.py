"""Features in queries: by keyword, by comparison, in orders."""

from datetime import datetime
from typing import Any

import pytest

import lnql as ln
from lnql import Q
from lnql.connection import Connection
from lnql.predicates import label_fields

pytestmark = pytest.mark.usefixtures("connected")


def feature(name: str, **more: Any) -> Any:
    return ln.Feature.get(name=name, **more)


def ids(*conditions: Any, **fields: Any) -> list[int]:
    return sorted(ln.Artifact.filter(*conditions, **fields).to_list("id"))


def test_keywords_and_comparisons_say_the_same() -> None:
    temperature, perturbation = feature("temperature"), feature("perturbation")
    assert ids(temperature__gt=21) == ids(temperature > 21) != []
    assert ids(temperature__lte=20) == ids(temperature <= 20) != []
    assert ids(temperature=21.6) == ids(temperature == 21.6) != []
    assert ids(perturbation="DMSO") == ids(perturbation == "DMSO") != []
    assert ids(perturbation=ln.Record.get(name="DMSO")) == ids(perturbation="DMSO")
    assert ids(perturbation__isnull=True) == ids(perturbation.is_null())
    assert ids(perturbation__in=["DMSO", "IFNG"]) == ids((perturbation == "DMSO") | (perturbation == "IFNG"))


def test_unequal_and_not_give_the_rest_with_records_that_have_no_value() -> None:
    perturbation, every = feature("perturbation"), ids()
    assert sorted(ids(perturbation == "DMSO") + ids(perturbation != "DMSO")) == every
    assert ids(~(perturbation == "DMSO")) == ids(perturbation != "DMSO")
    assert ids(~Q(suffix=".h5ad") & (perturbation == "DMSO")) == sorted(
        set(ids(perturbation="DMSO")) - set(ids(suffix=".h5ad"))
    )


def test_fields_and_features_mix() -> None:
    assert ids(perturbation="DMSO", suffix=".h5ad") == ids(suffix=".h5ad", perturbation="DMSO")
    assert ids(perturbation="DMSO", suffix=".h5ad") == ids(suffix=".h5ad", key__startswith="examples/dataset")


def test_dicts_are_asked_by_keys_at_any_depth() -> None:
    assert ids(study_metadata__detail1="123") != []
    assert ids(study_metadata__nested__level=1) != []
    assert ids(study_metadata__detail2__gt=5) != []
    assert ids(study_metadata__contains="Detail1") == ids(study_metadata__icontains="detail1") != []
    assert ids(study_metadata__nothing=None) != ids(study_metadata__isnull=True)


def test_a_value_that_no_value_can_equal_is_told_and_finds_nothing() -> None:
    with pytest.warns(UserWarning, match="temperature is of dtype float, so no value equals '21.6'"):
        assert ids(temperature="21.6") == []
    with pytest.warns(UserWarning, match=r"tags is of dtype list\[str\]"):
        assert ids(tags="alpha") == []
    with pytest.warns(UserWarning, match="is_control is of dtype bool, so no value equals 1") as told:
        assert ids(is_control=1) == []
    assert told[0].filename == __file__


def test_a_day_is_its_first_instant() -> None:
    sequenced = feature("sequenced_at")
    midnight = datetime(2025, 3, 1)
    assert ids(sequenced_at__gte="2025-03-01") == ids(sequenced >= "2025-03-01") == ids(sequenced >= midnight) != []
    with pytest.raises(ValueError, match="must be in YYYY-MM-DD"):
        ids(sequenced_at__gte="March")


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda: ids(temprature=1), ln.errors.InvalidArgument, 'Did you mean "temperature"'),
        (lambda: ids(nofeature=1), ln.errors.InvalidArgument, "Or fix invalid feature names: nofeature"),
        (lambda: ids(suffix=".csv", nofeature=1), ln.errors.FieldError, "Or fix invalid feature names: nofeature"),
        (lambda: ids(perturbation__name="DMSO"), ln.errors.FieldError, "'name' for perturbation, whose values are"),
        (lambda: ids(study_metadata__startswith="x"), ln.errors.FieldError, "the key, study_metadata__key__startswith"),
        (lambda: ids(feature("temperature")), TypeError, "is no condition"),
        (lambda: ids(cell_type="T cell"), "MultipleObjectsReturned", "Several features are called 'cell_type'"),
        (lambda: ids(feature("perturbation") == "nope"), ln.errors.DoesNotExist, "Did not find a Record matching"),
        (lambda: ids(perturbation="nope"), ln.errors.DoesNotExist, "Did not find a Record matching `name=nope`"),
        (lambda: ln.ULabel.filter(temperature=1), ln.errors.FieldError, "Unknown field 'temperature'"),
        (
            lambda: ln.ULabel.filter(feature("temperature") > 1),
            ln.errors.FieldError,
            "only supported for Artifact, Run",
        ),
        (lambda: bool(feature("temperature") > 1), TypeError, "cannot be used as booleans"),
        (
            lambda: ln.Artifact.filter().order_by(feature("perturbation")),
            ln.errors.FieldError,
            "Cannot order by feature",
        ),
        (lambda: ln.ULabel.filter().order_by(feature("temperature")), ln.errors.FieldError, "not ULabel"),
    ],
)
def test_what_is_no_feature_is_refused(ask: Any, error: Any, message: str) -> None:
    with pytest.raises(getattr(ln.Feature, error) if isinstance(error, str) else error, match=message):
        ask()


def test_features_order_by_their_values() -> None:
    temperature = feature("temperature")
    up, down = (ln.Artifact.filter().order_by(order, "id") for order in (temperature, -temperature))
    measured = ids(temperature__isnull=False)
    assert sorted(up.to_list("id")) == sorted(down.to_list("id")) == measured
    coldest = min(value for value in temperature.values.to_list("value"))
    assert up.first() in ln.Artifact.filter(temperature=coldest)


def test_a_feature_is_equal_to_itself_and_has_a_hash() -> None:
    assert feature("temperature") == feature("temperature") != feature("perturbation")
    assert len({feature("temperature"), feature("temperature")}) == 1


def test_dtypes_name_the_registries_of_their_labels(connected: Connection) -> None:
    found = label_fields(connected, "list[cat[ULabel[tF7q6uV1]|bionty.Gene.ensembl_gene_id]]")
    assert [(registry.__name__, field) for registry, field in found] == [
        ("ULabel", "name"),
        ("Gene", "ensembl_gene_id"),
    ]


def test_a_list_of_labels_is_searched_by_their_names() -> None:
    assert ids(cell_types_present__contains="killer") == ids(cell_types_present="natural killer cell") != []


def test_a_key_of_a_dictionary_is_asked_for() -> None:
    assert ids(study_metadata__has_key="flag") == ids(study_metadata__flag__isnull=False) != []
    assert ids(study_metadata__nested__has_key="level") == ids(study_metadata__has_key="nested")


def test_booleans_are_among_some() -> None:
    assert ids(is_control__in=[True]) == ids(is_control=True) != []
    assert ids(is_control__in=[True, False]) == ids(is_control__isnull=False)
    assert ids(is_control__in=[]) == []


def test_a_text_that_spells_a_number_is_one_in_an_order() -> None:
    assert ids(temperature__gt="21") == ids(temperature__gt=21) != []
    assert ids(temperature__range=("4", 21.6)) == ids(temperature__range=(4, 21.6)) != []
    with pytest.raises(ValueError, match="takes a number"):
        ids(temperature__gt="warm")


def test_a_label_is_of_the_registry_that_the_dtype_names() -> None:
    with pytest.raises(ValueError, match='Must be "Record" instance'):
        ids(perturbation=ln.ULabel.get(name="benchmark"))
    with pytest.raises(ValueError, match='Must be "Record" instance'):
        ids(perturbation__in=[ln.ULabel.get(name="benchmark")])


def test_what_is_no_condition_and_no_value_is_refused() -> None:
    with pytest.raises(ln.errors.FieldError, match="'Human annotations' is a type of features"):
        feature("Human annotations") == "x"  # noqa: B015  it raises
    with pytest.raises(TypeError, match="cannot be used as booleans"):
        bool(-feature("temperature"))
