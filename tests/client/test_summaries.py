"""Numbers over rows: the server's, and those that are worked out from values, are the same."""

import statistics
from collections import Counter
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


def test_the_server_makes_groups_in_one_request(requests: list[str]) -> None:
    groups = ln.Artifact.filter().values("suffix", "created_by__handle").annotate(n=Count("id"), most=Max("size"))
    found = list(groups.order_by("-n"))
    assert len(requests) == 1
    assert "groups(by: [{ suffix: true }, { createdBy: true }], first: 10000)" in requests[0]
    for row in found:
        same = ln.Artifact.filter(suffix=row["suffix"], created_by__handle=row["created_by__handle"])
        assert (row["n"], row["most"]) == (same.count(), max(same.to_list("size")))


def test_groups_by_what_several_related_rows_have_in_common_are_one() -> None:
    found = ln.Artifact.filter(run__isnull=False).values("run__transform__kind").annotate(n=Count("id"))
    kinds = ln.Artifact.filter(run__isnull=False).to_list("run__transform__kind")
    assert {row["run__transform__kind"]: row["n"] for row in found} == dict(Counter(kinds))


def test_groups_may_be_by_json() -> None:
    found = ln.Run.filter().values_list("params").annotate(n=Count("id"))
    assert {repr(params): n for params, n in found} == Counter(map(repr, ln.Run.filter().to_list("params")))


def test_groups_are_narrowed_by_their_measures() -> None:
    groups = ln.Artifact.filter().values("suffix").annotate(n=Count("id"))
    assert [row["n"] > 5 for row in groups.filter(n__gt=5)] == [True] * sum(row["n"] > 5 for row in groups)
    assert list(groups.filter(n__in=[1, 2])) == [row for row in groups if row["n"] in (1, 2)]
    with pytest.raises(ln.errors.FieldError, match="n__regex: groups are compared by exact, gt"):
        groups.filter(n__regex="1")


def test_groups_without_a_value_come_where_the_database_puts_them(dialect: str) -> None:
    kinds = [row["kind"] for row in ln.Artifact.filter().values("kind").annotate(n=Count("id")).order_by("kind")]
    assert kinds.index(None) == (0 if dialect == "sqlite" else len(kinds) - 1)


def test_values_may_be_parts_of_instants() -> None:
    years = Counter(made.year for made in ln.Artifact.filter().to_list("created_at"))
    found = ln.Artifact.filter().values_list("created_at__year").annotate(n=Count("id"))
    assert dict(found) == years
    made = ln.Artifact.get(1).created_at
    parts = ln.Artifact.filter(id=1).values_list("created_at__date", "created_at__quarter", "created_at__week_day")
    assert parts[0] == (made.date(), (made.month + 2) // 3, made.isoweekday() % 7 + 1)


def test_a_measure_of_some_related_rows_only() -> None:
    csv = Count("created_artifacts", filter=ln.Q(created_artifacts__suffix=".csv"))
    for user in ln.User.filter().annotate(n=csv):
        assert user.n == user.created_artifacts.filter(suffix=".csv").count()
    with pytest.raises(ln.errors.NotSupportedError, match="each condition has to begin with created_artifacts__"):
        ln.User.filter().annotate(n=Count("created_artifacts", filter=ln.Q(handle="x")))


def test_an_annotation_is_measured_over_all_rows() -> None:
    labels = ln.ULabel.filter().annotate(n=Count("artifacts"))
    assert labels.aggregate(most=Max("n"), all=Sum("n")) == {
        "most": max(label.n for label in labels),
        "all": sum(label.n for label in labels),
    }


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


def test_values_of_distinct_records_come_once_unless_another_field_tells_them_apart() -> None:
    rows = ln.Artifact.filter().distinct()
    assert sorted(rows.to_list("suffix")) == rows.order_by("suffix").to_list("suffix")
    assert len(rows.to_list("suffix")) == len(set(rows.to_list("suffix"))) == rows.values("suffix").count()
    assert len(rows.order_by("id").to_list("suffix")) == rows.count() == 58


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


@pytest.mark.usefixtures("connected")
def test_periods_are_counted_as_in_django() -> None:
    years = ln.Transform.filter().dates("created_at", "year")
    assert years.count() == len(years) == len(set(years))
    assert (years.first(), years.last(), years.exists()) == (years[0], years[-1], True)
    assert years.count(years[0]) == 1
    none = ln.Transform.filter(key="none").datetimes("created_at", "day")
    assert (none.count(), none.first(), none.last(), none.exists()) == (0, None, None, False)
