"""Records that are made, changed and deleted many at a time, by query sets and by managers."""

from collections.abc import Callable

import pytest

import lnql as ln
import lnql.bionty as bt

pytestmark = pytest.mark.usefixtures("writing")


def made(*names: str) -> list[str]:
    ln.save([ln.ULabel(name=name) for name in names])
    return list(names)


def test_update_writes_to_the_rows_of_the_query_set_only() -> None:
    names = made("update 1", "update 2", "update 3")
    rows = ln.ULabel.filter(name__in=names)
    assert rows.exclude(name="update 3").update(description="written", type=None) == 2
    assert rows.order_by("name").to_list("description") == ["written", "written", None]
    with pytest.raises(ln.errors.FieldDoesNotExist, match="ULabel has no field named 'nofield'"):
        rows.update(description="half", nofield=1)
    assert rows.filter(description="half").count() == 0


def test_delete_moves_to_the_trash_and_for_good() -> None:
    names = made("delete 1", "delete 2")
    rows = ln.ULabel.filter(name__in=names)
    rows.delete()
    assert rows.count() == 0
    trashed = ln.ULabel.filter(name__in=names, branch_id=-1)
    assert trashed.count() == 2
    trashed.delete(permanent=True)
    assert ln.ULabel.filter(name__in=names, branch=None).count() == 0


def test_what_is_there_is_got_and_what_is_not_is_made() -> None:
    first, new = ln.ULabel.filter().get_or_create(name="got", defaults={"description": "first"})
    assert (new, first.description) == (True, "first")
    assert ln.ULabel.filter().get_or_create(name="got", defaults={"description": "second"}) == (first, False)
    again, new = ln.ULabel.filter().update_or_create(name="got", defaults={"description": "third"})
    assert (again, new, ln.ULabel.get(name="got").description) == (first, False, "third")
    assert ln.ULabel.filter().create(name="created").id


def test_records_are_made_and_changed_in_bulk() -> None:
    labels = ln.ULabel.filter().bulk_create(ln.ULabel(name=f"bulk {number}") for number in range(3))
    for label in labels:
        label.description = f"of {label.name}"
    assert ln.ULabel.filter().bulk_update(labels, ["description"]) == 3
    assert ln.ULabel.get(name="bulk 2").description == "of bulk 2"


def test_a_manager_adds_removes_sets_clears_and_creates() -> None:
    made("related 1", "related 2")
    one, two = ln.ULabel.filter(name__startswith="related ").order_by("name")
    labels = ln.Artifact.get(key="iris.parquet").ulabels
    labels.set([])
    labels.add(one, two)
    assert labels.to_list("name") == ["related 1", "related 2"]
    labels.add(one)
    assert labels.count() == 2
    labels.remove(one)
    assert labels.to_list("name") == ["related 2"]
    labels.set([one])
    assert ln.Artifact.filter(ulabels=one).to_list("key") == ["iris.parquet"]
    assert labels.create(name="related 3") in labels.all()
    labels.clear()
    assert (labels.count(), ln.ULabel.filter(name__startswith="related ").count()) == (0, 3)


@pytest.mark.parametrize(
    ("others", "error", "message"),
    [
        (lambda: bt.CellType.filter().first(), TypeError, "'ULabel' instance expected, got CellType"),
        (lambda: ln.ULabel(name="never saved"), ValueError, "is not saved"),
    ],
)
def test_a_manager_refuses_what_is_no_saved_record_of_its_registry(
    others: Callable[[], object], error: type[Exception], message: str
) -> None:
    labels = ln.Artifact.get(2).ulabels
    before = labels.to_list("uid")
    with pytest.raises(error, match=message):
        labels.add(ln.ULabel.get(name="benchmark"), others())
    assert ln.Artifact.get(2).ulabels.to_list("uid") == before


def test_labels_are_added_with_their_feature_and_copied_to_others() -> None:
    one, other = ln.Artifact.get(key="iris.parquet"), ln.Artifact.get(3)
    perturbation = ln.Feature.get(name="perturbation")
    one.labels.add(ln.Record.get(name="DMSO"), feature=perturbation)
    assert one.labels.get(perturbation).to_list("name") == ["DMSO"]
    other.labels.add_from(one)
    assert "DMSO" in other.labels.get(perturbation).to_list("name")


def test_values_of_features_are_added_replaced_and_removed() -> None:
    artifact = ln.Artifact.get(key="iris.parquet")
    artifact.features.set_values({"temperature": 3.5, "perturbation": "DMSO"})
    assert artifact.features.get_values() == {"temperature": 3.5, "perturbation": "DMSO"}
    artifact.features.update_values({"perturbation": "IFNG"})
    assert artifact.features.get_values() == {"temperature": 3.5, "perturbation": "IFNG"}
    artifact.features.update_values({"perturbation": None})
    assert artifact.features.get_values() == {"temperature": 3.5}
    artifact.features.add_values({"temperature": 21.0})
    assert artifact.features["temperature"] == [3.5, 21.0]
    artifact.features.remove_values("temperature", value=3.5)
    assert artifact.features["temperature"] == 21.0
    artifact.features.remove_values()
    assert artifact.features.get_values() == {}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"study_note": "fine", "temperature": "hot"}, "'hot' is no number; the dtype is float"),
        ({"temperature": 1.0, "nofeature": 1}, "There is no feature 'nofeature'"),
        ({"temperature": 1.0, "perturbation": "nolabel"}, "there is no record 'nolabel'"),
    ],
)
def test_values_that_are_refused_leave_the_others_unwritten(values: dict[str, object], message: str) -> None:
    artifact = ln.Artifact.get(key="iris.parquet")
    before = artifact.features.get_values()
    with pytest.raises(ln.errors.ValidationError, match=message):
        artifact.features.add_values(values)
    with pytest.raises(ln.errors.ValidationError, match=message):
        artifact.features.set_values(values)
    assert artifact.features.get_values() == before


def test_a_record_has_one_value_of_a_feature_that_is_no_list() -> None:
    with pytest.raises(ln.errors.ValidationError, match=r"Cannot use add_values\(\) for to-one features on a Record"):
        ln.Record.get(name="DMSO").features.add_values({"temperature": 1.0})
