"""Lookups: each one against the values that it compares, and what it leaves to `exclude`."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

import lnql as ln
from lnql.connection import Connection
from lnql.lookups import LOOKUPS, PARTS

MAY = datetime(2024, 5, 1, tzinfo=UTC)

QUESTIONS: list[tuple[str, str, Any, Callable[[Any], bool]]] = [
    ("key", "exact", "iris.parquet", lambda value: value == "iris.parquet"),
    ("key", "iexact", "IRIS.parquet", lambda value: value.lower() == "iris.parquet"),
    ("key", "in", ["iris.parquet", "nope"], lambda value: value == "iris.parquet"),
    ("key", "contains", "processed", lambda value: "processed" in value),
    ("key", "icontains", "Processed", lambda value: "processed" in value.lower()),
    ("key", "startswith", "project-", lambda value: value.startswith("project-")),
    ("key", "istartswith", "PROJECT-", lambda value: value.startswith("project-")),
    ("key", "endswith", ".csv", lambda value: value.endswith(".csv")),
    ("key", "iendswith", ".CSV", lambda value: value.endswith(".csv")),
    ("key", "regex", r"file_\d1", lambda value: bool(re.search(r"file_\d1", value))),
    ("key", "iregex", r"FILE_\d1", lambda value: bool(re.search(r"file_\d1", value))),
    ("key", "gt", "project", lambda value: value > "project"),
    ("key", "isnull", False, lambda value: True),
    ("size", "gt", 29.5, lambda value: value > 29.5),
    ("size", "gte", 3014, lambda value: value >= 3014),
    ("size", "lt", 29.5, lambda value: value < 29.5),
    ("size", "lte", 29, lambda value: value <= 29),
    ("size", "range", (29, 3014.5), lambda value: 29 <= value <= 3014.5),
    ("n_observations", "gt", 3, lambda value: value > 3),
    ("n_observations", "in", [150, 3], lambda value: value in (150, 3)),
    ("created_at", "gt", MAY, lambda value: value > MAY),
    ("created_at", "range", ("2024-05-01", "2024-08-01"), lambda value: MAY <= value <= MAY.replace(month=8)),
    ("created_at", "year", 2024, lambda value: value.year == 2024),
    ("created_at", "month__in", [3, 4], lambda value: value.month in (3, 4)),
    ("created_at", "day__gte", 20, lambda value: value.day >= 20),
    ("created_at", "hour", 11, lambda value: value.hour == 11),
    ("created_at", "minute__lt", 10, lambda value: value.minute < 10),
    ("created_at", "second", 0, lambda value: value.second == 0),
    ("created_at", "week", 9, lambda value: value.isocalendar().week == 9),
    ("created_at", "week_day", 1, lambda value: value.isoweekday() == 7),
    ("created_at", "quarter", 4, lambda value: (value.month - 1) // 3 == 3),
    ("created_at", "date", date(2024, 2, 10), lambda value: value.date() == date(2024, 2, 10)),
    ("created_at", "time__lt", "11:00:00", lambda value: value.hour < 11),
    ("size", "contains", 5, lambda value: "5" in str(value)),
    ("size", "startswith", "30", lambda value: str(value).startswith("30")),
    ("created_at", "startswith", "2024-03", lambda value: (value.year, value.month) == (2024, 3)),
    ("created_at", "regex", r" 1\d:", lambda value: 10 <= value.hour <= 19),
    ("created_at", "iso_year", 2024, lambda value: value.isocalendar().year == 2024),
    ("created_at", "iso_week_day", 7, lambda value: value.isoweekday() == 7),
    ("is_latest", "exact", False, lambda value: value is False),
]


IDS = [f"{field}__{lookup}={value}" for field, lookup, value, _ in QUESTIONS]


@pytest.mark.parametrize(("field", "lookup", "value", "holds"), QUESTIONS, ids=IDS)
@pytest.mark.usefixtures("connected")
def test_a_lookup_finds_what_its_definition_says(
    field: str, lookup: str, value: Any, holds: Callable[[Any], bool]
) -> None:
    rows = ln.Artifact.filter().values_list("id", field)
    expected = {id_ for id_, found in rows if found is not None and holds(found)}
    assert set(ln.Artifact.filter(**{f"{field}__{lookup}": value}).to_list("id")) == expected


@pytest.mark.parametrize(("field", "lookup", "value", "holds"), QUESTIONS, ids=IDS)
@pytest.mark.usefixtures("connected")
def test_exclude_gives_the_rest_and_rows_without_a_value(
    field: str, lookup: str, value: Any, holds: Callable[[Any], bool]
) -> None:
    condition = {f"{field}__{lookup}": value}
    kept, dropped = ln.Artifact.filter(**condition), ln.Artifact.filter().exclude(**condition)
    assert sorted(kept.to_list("id") + dropped.to_list("id")) == ln.Artifact.filter().order_by("id").to_list("id")


def test_every_lookup_and_every_part_is_asked_above() -> None:
    asked = {name for _, lookup, *_ in QUESTIONS for name in lookup.split("__")}
    assert {*LOOKUPS, *PARTS} <= asked


@pytest.mark.parametrize(
    ("condition", "error", "message"),
    [
        ({"nofield": 1}, ln.errors.FieldError, "Unknown field 'nofield'. Available fields: ablocks, artifacts,"),
        ({"nam": "x"}, ln.errors.FieldError, 'Did you mean "name"?'),
        ({"name__foo": "x"}, ln.errors.FieldError, "Unsupported lookup 'foo' for name, which is of type String."),
        ({"name__startwith": "x"}, ln.errors.FieldError, 'Did you mean "startswith" or "istartswith"?'),
        ({"created_by__nofield": "x"}, ln.errors.FieldError, "Unsupported lookup 'nofield' for created_by"),
        ({"created_by": "falexwolf"}, ln.errors.FieldError, "Did you mean created_by__handle?"),
        ({"id": "abc"}, ValueError, "Field 'id' expected a number but got 'abc'."),
        ({"name__isnull": 1}, ValueError, "The QuerySet value for an isnull lookup must be True or False."),
        ({"name__in": 5}, TypeError, "'name__in' expected a list but got 5."),
        ({"name__gt": None}, ValueError, "Cannot use None as a query value of 'name': use name__isnull=True."),
        ({"created_at__gt": "not a date"}, ln.errors.ValidationError, "“not a date” value of 'created_at'"),
        ({"is_type": "perhaps"}, ln.errors.ValidationError, "“perhaps” value of 'is_type' must be either True or"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_sent(
    connected: Connection, requests: list[str], condition: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=re.escape(message)):
        ln.ULabel.filter(**condition)
    assert requests == []


@pytest.mark.usefixtures("connected")
def test_negating_a_key_keeps_rows_without_the_json_value_not_those_without_the_key() -> None:
    """Django's documented meaning, which LaminDB has: 5 of 30 runs have no params, the other 25 have no optimizer."""
    without = ln.Run.filter(params__isnull=True).to_list("uid")
    negated = ln.Run.filter(~ln.Q(params__optimizer="adam"))
    assert negated.to_list("uid") == ln.Run.filter().exclude(params__optimizer="adam").to_list("uid") == without
    assert len(without) == 5


@pytest.mark.usefixtures("connected")
def test_iexact_none_is_a_missing_value() -> None:
    found = ln.ULabel.filter(description__iexact=None)
    assert found.count() == ln.ULabel.filter(description__isnull=True).count() > 0


@pytest.mark.usefixtures("connected")
def test_numbers_may_be_written_as_text_and_as_floats() -> None:
    assert ln.Artifact.get(id="2") == ln.Artifact.get(id=2.0) == ln.Artifact.get(2)
    assert ln.Artifact.filter(size=20.5).count() == 0
    assert ln.Artifact.filter(created_by="2").count() == ln.Artifact.filter(created_by_id=2).count() > 0


@pytest.mark.usefixtures("connected")
def test_json_is_asked_by_keys_at_any_depth() -> None:
    runs = ln.Run.filter()
    params = dict(runs.values_list("id", "params"))
    seeded = {id_ for id_, found in params.items() if isinstance(found, dict) and "seed" in found}
    assert seeded
    assert set(ln.Run.filter(params__has_key="seed").to_list("id")) == seeded
    assert set(ln.Run.filter(params__seed__isnull=False).to_list("id")) == seeded
    assert set(ln.Run.filter(params__seed__gte=2).to_list("id")) == {id_ for id_ in seeded if params[id_]["seed"] >= 2}
    assert (
        ln.Artifact.filter(extra_data__instrument__name="NovaSeq").one().extra_data["instrument"]["name"] == "NovaSeq"
    )


@pytest.mark.parametrize(("lookup", "value"), [("contains", "RAW"), ("startswith", "PROJECT"), ("endswith", ".CSV")])
def test_case_matters_where_it_matters_to_the_database(connected: Connection, lookup: str, value: str) -> None:
    """LIKE of SQLite knows no case, so in LaminDB these lookups do not either; on PostgreSQL they do."""
    found = ln.Artifact.filter(**{f"key__{lookup}": value}).exists()
    assert found == (connected.instance.dialect == "sqlite")


def test_missing_values_are_where_the_database_puts_them(connected: Connection) -> None:
    """First in ascending order on SQLite and last on PostgreSQL, as LaminDB has it."""
    keys = list(ln.Artifact.filter().order_by("key").values_list("key", flat=True))
    place = 0 if connected.instance.dialect == "sqlite" else -1
    assert keys[place] is None
    assert list(ln.Artifact.filter().order_by("-key").values_list("key", flat=True))[-1 - place] is None


@pytest.mark.usefixtures("connected")
def test_numbers_that_no_column_holds_are_compared_as_numbers() -> None:
    every, measured = ln.Artifact.filter().count(), ln.Artifact.filter(n_observations__isnull=False).count()
    assert ln.Artifact.filter(id=2**40).count() == ln.Artifact.filter(id__gt=2**40).count() == 0
    assert ln.Artifact.filter(id__in=[2**40, 1]).count() == 1
    assert ln.Artifact.filter(id__lt=2**40).count() == ln.Artifact.filter(id__range=(-(2**40), 2**40)).count() == every
    assert ln.Artifact.filter(n_observations__lt=2**70).count() == measured
    assert ln.Artifact.filter().exclude(n_observations__lt=2**70).count() == every - measured


def test_a_status_is_said_by_its_word_or_by_its_code(connected: Connection) -> None:
    runs = ln.Run.filter()
    assert runs.filter(status=0).to_list("id") == runs.filter(status="completed").to_list("id") != []
    some = runs.filter(status__in=["completed", 1])
    assert set(some.values_list("status", flat=True)) == {"completed", "errored"}
    assert ln.Artifact.filter(run__status=0).count() == ln.Artifact.filter(run__status="completed").count() > 0
    with pytest.raises(ln.errors.InvalidValueError, match="'7' is no status"):
        runs.filter(status=7).count()
