"""Numbers over rows: the server's, and those that are worked out from values, are the same."""

import statistics
from typing import Any

import pytest

import lnql as ln
from lnql import Avg, Count, F, Max, Min, StdDev, Sum

pytestmark = pytest.mark.usefixtures("connected")


def rows() -> Any:
    return ln.Artifact.filter(key__startswith="project-")


def test_aggregates_are_those_of_the_values() -> None:
    sizes = rows().to_list("size")
    found = rows().aggregate(Sum("size"), Avg("size"), low=Min("size"), high=Max("size"), spread=StdDev("size"))
    assert found["size__sum"] == sum(sizes)
    assert found["size__avg"] == pytest.approx(statistics.fmean(sizes))
    assert (found["low"], found["high"]) == (min(sizes), max(sizes))
    assert found["spread"] == pytest.approx(statistics.pstdev(sizes))


def test_counts_leave_out_what_is_missing() -> None:
    counted = ln.Artifact.filter().aggregate(
        rows=Count("id"),
        stars=Count("*"),
        keys=Count("key"),
        users=Count("created_by", distinct=True),
        runs=Count("run"),
    )
    assert counted == {
        "rows": 58,
        "stars": 58,
        "keys": ln.Artifact.filter(key__isnull=False).count(),
        "users": 2,
        "runs": ln.Artifact.filter(run__isnull=False).count(),
    }


def test_aggregates_of_slices_and_of_nothing() -> None:
    assert rows().order_by("-size")[:3].aggregate(Max("size"), n=Count("id"))["n"] == 3
    assert ln.Artifact.filter(suffix=".nope").aggregate(Avg("size"), n=Count("id")) == {"size__avg": None, "n": 0}
    assert rows().aggregate(n=Count("id", filter=ln.Q(suffix=".csv")))["n"] == rows().filter(suffix=".csv").count()


def test_groups_are_those_of_the_rows() -> None:
    found = rows().values("suffix").annotate(n=Count("id"), total=Sum("size"))
    assert {row["suffix"]: row["n"] for row in found} == {
        suffix: rows().filter(suffix=suffix).count() for suffix in set(rows().to_list("suffix"))
    }
    assert sum(row["total"] for row in found) == sum(rows().to_list("size"))


def test_groups_are_ordered_sliced_and_shaped_by_their_measures() -> None:
    groups = ln.Artifact.filter().values("suffix").annotate(n=Count("id"))
    ordered = groups.order_by("-n", "suffix").values_list("suffix", "n")
    assert list(ordered) == sorted(((row["suffix"], row["n"]) for row in groups), key=lambda row: (-row[1], row[0]))
    assert list(ordered[1:3]) == list(ordered)[1:3]
    assert sum(groups.values_list("n", flat=True)) == ln.Artifact.filter().count()
    with pytest.raises(ln.errors.FieldError, match="The groups have no column 'size': they have suffix, n"):
        groups.values_list("size")


def test_annotations_are_filtered_ordered_and_read() -> None:
    labels = ln.ULabel.filter().annotate(n=Count("artifacts"), handle=F("created_by__handle"))
    for label in labels:
        assert label.n == label.artifacts.count()
        assert label.handle == label.created_by.handle
    used = labels.filter(n__gt=4).order_by("-n", "name")
    assert [label.name for label in used] == sorted(
        (label.name for label in labels if label.n > 4),
        key=lambda name: (-ln.ULabel.get(name=name).artifacts.count(), name),
    )
    assert list(used.values_list("name", "n")) == [(label.name, label.n) for label in used]
    assert labels.filter(handle="testuser2").count() == ln.ULabel.filter(created_by__handle="testuser2").count()


def test_measures_of_related_rows() -> None:
    for label in ln.ULabel.filter(artifacts__isnull=False).annotate(largest=Max("artifacts__size")):
        assert label.largest == max(label.artifacts.to_list("size"))


@pytest.mark.parametrize("kind", ["year", "month", "week", "day"])
def test_dates_are_those_of_the_values(kind: str) -> None:
    days = ln.Artifact.filter().dates("created_at", kind)
    assert days == sorted({value.date() for value in ln.Artifact.filter().datetimes("created_at", kind)})
    assert days == sorted(set(ln.Artifact.filter()[:100].dates("created_at", kind)))
    assert ln.Artifact.filter().dates("created_at", kind, order="DESC") == days[::-1]


def test_hours_are_worked_out_from_values() -> None:
    hours = ln.Artifact.filter().datetimes("created_at", "hour")
    assert {(hour.minute, hour.second) for hour in hours} == {(0, 0)}
    assert {hour.hour for hour in hours} == {value.hour for value in ln.Artifact.filter().to_list("created_at")}


def test_distinct_values_come_once_in_their_order() -> None:
    suffixes = ln.Artifact.filter().order_by("id").to_list("suffix")
    assert list(ln.Artifact.filter().order_by("id").values_list("suffix", flat=True).distinct()) == [
        *dict.fromkeys(suffixes)
    ]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda: ln.Artifact.filter().annotate(n=Count("ulabels__projects")),
            "measures the rows of one to-many relation",
        ),
        (lambda: ln.Artifact.filter().annotate(n=F("ulabels__name")), "has to lead to one value of each record"),
        (lambda: ln.Artifact.filter().annotate(n="size"), "'size' is none of Count, Sum"),
        (lambda: ln.Artifact.filter().dates("size", "day"), "'size' of Artifact holds no dates"),
        (lambda: ln.Artifact.filter().dates("created_at", "hour"), "'kind' must be one of"),
        (lambda: ln.Artifact.filter().dates("created_at", "day", "UP"), "'order' must be either"),
        (lambda: ln.ULabel.filter().values("nofield"), "Unknown field 'nofield'"),
        (lambda: ln.ULabel.filter().values_list("name", "uid", flat=True), "'flat' takes exactly one field"),
    ],
)
def test_what_cannot_be_measured_is_refused(ask: Any, message: str) -> None:
    with pytest.raises(ln.errors.InvalidError, match=message):
        ask()
