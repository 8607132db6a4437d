"""Query sets: lazy, immutable, one request for each evaluation, nothing read twice."""

from collections.abc import Callable

import pytest

import lnql as ln
from lnql import reading
from lnql.connection import Connection
from lnql.queryset import QuerySet


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """One request reads at most ten rows."""
    monkeypatch.setattr(reading, "CHUNK", 10)


def test_nothing_is_asked_before_it_is_needed(connected: Connection, requests: list[str]) -> None:
    rows = ln.Artifact.filter(suffix=".csv").exclude(size__gt=10).order_by("-size").select_related("run")[:5]
    assert requests == []
    assert len(rows) == len(list(rows)) == rows.count() <= 5
    assert len(requests) == 1


def test_each_step_gives_a_new_query_set(connected: Connection) -> None:
    rows = ln.ULabel.filter(name__startswith="Label").order_by("name")
    names = rows.to_list("name")
    rows.filter(name="Label1"), rows.exclude(name="Label1"), rows.reverse(), rows[:1], rows.only("name")
    rows.select_related("created_by"), rows.annotate(n=ln.Count("artifacts")), rows.distinct()
    assert rows.to_list("name") == names


EVALUATIONS: dict[str, Callable[[QuerySet], object]] = {
    "list": list,
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "first": lambda rows: rows.first(),
    "last": lambda rows: rows.last(),
    "index": lambda rows: rows[1],
    "get": lambda rows: rows.get(name="Label1"),
    "values": lambda rows: list(rows.values("name", "created_by__handle", "artifacts__key")),
    "to_list": lambda rows: rows.to_list("name"),
    "related": lambda rows: [
        (row.created_by.handle, row.artifacts.to_list()) for row in rows.select_related("created_by", "artifacts")
    ],
    "aggregate": lambda rows: rows.aggregate(n=ln.Count("id"), names=ln.Count("name", distinct=True)),
    "annotate": lambda rows: [row.n for row in rows.annotate(n=ln.Count("artifacts"))],
    "dates": lambda rows: rows.dates("created_at", "day"),
    "union": lambda rows: list(rows.union(rows.filter(name="test"))),
}


@pytest.mark.parametrize("evaluate", EVALUATIONS.values(), ids=EVALUATIONS)
def test_an_evaluation_is_one_request(
    connected: Connection, requests: list[str], evaluate: Callable[[QuerySet], object]
) -> None:
    evaluate(ln.ULabel.filter(name__startswith="Label").order_by("name"))
    assert len(requests) == 1


def test_the_document_depends_on_the_shape_only(connected: Connection, requests: list[str]) -> None:
    for name in ("Label1", "Label2"):
        ln.ULabel.filter(name=name).first()
    assert len(set(requests)) == 1
    assert "Label1" not in requests[0]


@pytest.mark.usefixtures("small_chunks")
def test_large_results_are_read_in_chunks(connected: Connection, requests: list[str]) -> None:
    ids = ln.Artifact.filter().to_list("id")
    assert ids == sorted(set(ids))
    assert len(ids) == 58
    assert len(requests) == 6


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("part", [slice(0, 25), slice(5, 25), slice(50, None), slice(57, 70), slice(3, 3)], ids=str)
def test_a_slice_of_chunks_is_the_slice_of_the_list(connected: Connection, part: slice) -> None:
    rows = ln.Artifact.filter().order_by("-created_at")
    assert rows[part].to_list("id") == rows.to_list("id")[part]
    assert rows[part].count() == len(rows.to_list("id")[part])
    assert rows[5:][part][:4].to_list("id") == rows.to_list("id")[5:][part][:4]


def test_a_random_order_is_another_one_each_time(connected: Connection) -> None:
    rows = ln.Artifact.filter().order_by("?")
    first, second = rows.to_list("id"), rows.to_list("id")
    assert first != second  # one of 58!
    assert sorted(first) == sorted(second) == ln.Artifact.filter().order_by("id").to_list("id")
    assert len(set(rows[3:10].to_list("id"))) == rows[3:10].count() == 7
    assert rows.order_by("-id").first().id == max(first)


def test_a_reversed_order_leaves_ties_by_primary_key(connected: Connection) -> None:
    """As in LaminDB: a database turns round what it was asked for, and no more."""
    rows = ln.Artifact.filter(key="versioned/experiment.csv").order_by("key")
    assert rows.reverse().to_list("id") == rows.to_list("id")
    assert rows.last() == rows.first()


def test_a_column_of_a_query_set_is_a_list_of_values(connected: Connection) -> None:
    csv = ln.Artifact.filter(suffix=".csv")
    for ids in (csv.values("id"), csv.values_list("id"), csv.values_list("id", flat=True)):
        assert ln.Artifact.filter(id__in=ids).to_list("id") == csv.to_list("id")
    with pytest.raises(TypeError, match="One column can be compared with, not id, key"):
        ln.Artifact.filter(id__in=csv.values("id", "key"))


def test_values_by_way_of_many_rows_are_ordered_by_them(connected: Connection) -> None:
    rows = ln.Artifact.filter(id=4).values_list("records__name", flat=True)
    assert list(rows.order_by("-records__name")) == sorted(rows, reverse=True)


def test_a_slice_is_neither_changed_nor_made_distinct(connected: Connection) -> None:
    part = ln.ULabel.filter()[:2]
    steps: list[Callable[[], object]] = [part.distinct, part.delete, lambda: part.update(description="x")]
    for step in steps:
        with pytest.raises(TypeError, match="once a slice has been taken"):
            step()


def test_a_field_is_compared_with_another_one(connected: Connection) -> None:
    rows = ln.Artifact.filter()
    sizes = rows.values_list("id", "size", "n_observations")
    larger = {key for key, size, number in sizes if number is not None and size > number}
    assert set(rows.filter(size__gt=ln.F("n_observations")).to_list("id")) == larger
    assert set(rows.exclude(size__gt=ln.F("n_observations")).to_list("id")) == {key for key, *_ in sizes} - larger
    runs = ln.Artifact.filter(run__isnull=False)
    after = [key for key, made, began in runs.values_list("id", "created_at", "run__started_at") if made > began]
    assert runs.filter(created_at__gt=ln.F("run__started_at")).order_by("id").to_list("id") == sorted(after)
    assert ln.Artifact.filter(ln.Q(suffix=".csv") | ln.Q(id=ln.F("run_id"))).count() > 0


def test_what_is_not_compared_with_a_field(connected: Connection) -> None:
    with pytest.raises(ValueError, match="of types BigInt and String, are not compared so"):
        ln.Artifact.filter(size__gt=ln.F("key")).count()
    for refused in ({"size__range": ln.F("id")}, {"ulabels__name": ln.F("key")}, {"key": ln.F("ulabels__name")}):
        with pytest.raises(ln.errors.NotSupportedError, match="compared with a field of the same record"):
            ln.Artifact.filter(**refused)


@pytest.mark.usefixtures("small_chunks")
def test_iterator_reads_no_more_than_is_taken(connected: Connection, requests: list[str]) -> None:
    iterator = ln.Artifact.filter().order_by("id").iterator(chunk_size=4)
    assert [next(iterator).id for _ in range(4)] == [1, 2, 3, 4]
    assert len(requests) == 1
    assert len([*iterator]) == 54


def test_related_records_are_read_once_for_all_that_were_read_together(
    connected: Connection, requests: list[str]
) -> None:
    artifacts = list(ln.Artifact.filter(run__isnull=False).order_by("id"))
    handles = [artifact.created_by.handle for artifact in artifacts]
    keys = [artifact.run.transform.key for artifact in artifacts]
    assert len(artifacts) > 10
    assert len(requests) == 4  # the artifacts, their users, their runs, the transforms of these
    assert handles == ln.Artifact.filter(run__isnull=False).order_by("id").to_list("created_by__handle")
    assert keys == ln.Artifact.filter(run__isnull=False).order_by("id").to_list("run__transform__key")


def test_related_rows_are_read_once_for_neighbours_and_anew_for_each(
    connected: Connection, requests: list[str]
) -> None:
    artifacts = list(ln.Artifact.filter(key__startswith="project-gamma").order_by("id"))
    names = [artifact.ulabels.to_list("name") for artifact in artifacts]
    assert len(requests) == 2
    assert names == [ln.Artifact.get(artifact.id).ulabels.to_list("name") for artifact in artifacts]
    requests.clear()
    assert artifacts[-1].ulabels.to_list("name") == names[-1]
    assert [label.name for label in artifacts[-1].ulabels] == names[-1]
    assert len(requests) == 2


def test_what_was_selected_is_not_read_again(connected: Connection, requests: list[str]) -> None:
    rows = ln.Artifact.filter(key="examples/dataset1.h5ad").select_related("created_by", "run__transform", "records")
    artifact = rows.one()
    assert artifact.created_by.handle == "testuser1"
    assert sorted(str(record.name) for record in artifact.records.all()) == ["DMSO", "Experiment 1", "IFNG"]
    assert artifact.records.count() == len(artifact.records) == 3
    assert len(requests) == 1


def test_columns_that_were_left_out_are_read_when_they_are_needed(connected: Connection, requests: list[str]) -> None:
    for rows in (ln.ULabel.filter().only("name"), ln.ULabel.filter().defer("description", "uid")):
        requests.clear()
        labels = list(rows)
        assert "description" not in requests[0]
        assert [label.description for label in labels] == [label.description for label in ln.ULabel.filter()]
        assert len(requests) == 3  # twice the labels, once the column for all


def test_combinations_are_those_of_sets(connected: Connection) -> None:
    csv, small = ln.Artifact.filter(suffix=".csv"), ln.Artifact.filter(size__lt=30, branch=None)
    one, other = set(csv.to_list("id")), set(small.to_list("id"))
    assert set(csv.union(small).to_list("id")) == set((csv | small).to_list("id")) == one | other
    assert set(csv.intersection(small).to_list("id")) == set((csv & small).to_list("id")) == one & other
    assert set(small.difference(csv).to_list("id")) == other - one
    assert sorted(csv.union(small, all=True).to_list("id")) == sorted([*one, *other])
    assert set(csv[:2].union(small[:3]).to_list("id")) <= one | other
    with pytest.raises(ln.errors.NotSupportedError, match=r"Calling QuerySet.filter\(\) after union\(\)"):
        csv.union(small).filter(id=1)


@pytest.mark.usefixtures("connected")
def test_the_symmetric_difference_keeps_rows_without_values() -> None:
    some = ln.ULabel.filter(id__lt=20)
    described = ln.ULabel.filter(description__isnull=False)
    expected = set(some.to_list("id")) ^ set(described.to_list("id"))
    assert set((some ^ described).to_list("id")) == expected


@pytest.mark.usefixtures("connected")
def test_a_query_set_shows_itself_as_in_lamindb() -> None:
    assert repr(ln.ULabel.filter(name="nope")) == "<QuerySet []>"
    assert repr(ln.Artifact.filter(key="nope")) == "<ArtifactQuerySet []>"
    assert ln.ULabel.filter().model is ln.ULabel
    assert type(ln.ULabel.filter().query).__name__ == "Query"


@pytest.mark.parametrize(("method", "instead"), [("raw", "ask"), ("extra", "annotate"), ("select_for_update", "save")])
def test_what_needs_sql_says_what_to_do_instead(connected: Connection, method: str, instead: str) -> None:
    with pytest.raises(ln.errors.NotSupportedError, match=instead):
        getattr(ln.Artifact.filter(), method)("SELECT 1")


@pytest.mark.usefixtures("connected")
def test_explain_gives_what_is_sent() -> None:
    text = ln.Artifact.filter(suffix=".csv").order_by("-size")[:3].explain()
    document, _, variables = text.partition("\n")
    assert document.startswith("query($filter: ArtifactFilter")
    assert '"eq": ".csv"' in variables


@pytest.mark.usefixtures("connected")
def test_none_asks_nothing_and_a_slice_cannot_be_narrowed() -> None:
    assert list(ln.Artifact.filter().none()) == []
    assert ln.Artifact.filter().none().count() == 0
    with pytest.raises(TypeError, match="once a slice has been taken"):
        ln.Artifact.filter()[:5].filter(id=1)
    with pytest.raises(ValueError, match="Negative indexing"):
        ln.Artifact.filter()[-1]


@pytest.mark.usefixtures("connected")
def test_managers_show_every_branch_also_when_filtered() -> None:
    assert ln.ULabel.filter(name="trashed label").count() == 0
    assert ln.ULabel.objects.filter(name="trashed label").count() == 1
    assert ln.ULabel.objects.filter().count() == ln.ULabel.objects.count()
    labels = ln.Artifact.get(key="project-beta/processed/file_01.tsv").ulabels
    assert labels.filter(name="trashed label").count() == 1
    assert labels.filter().count() == labels.count() == 3


def test_an_order_that_was_given_by_ids_holds_for_slices_and_until_another(connected: Connection) -> None:
    members = ln.Schema.get(name="sample sheet").members
    names = members.to_list("name")
    assert members.ordered
    assert (members.first().name, members.last().name, members[1].name) == (names[0], names[-1], names[1])
    assert members[1:3].to_list("name") == names[1:3]
    assert members.reverse().to_list("name") == names[::-1]
    assert members.order_by("name").to_list("name") == sorted(map(str, names))


def test_query_sets_are_called_as_in_lamindb(connected: Connection) -> None:
    artifact = ln.Artifact.get(id=13)
    rows = [ln.ULabel.filter(), artifact.ulabels.all(), ln.Record.objects.all(), artifact.records.filter()]
    names = ["QuerySet", "BasicQuerySet", "RecordBasicQuerySet", "RecordBasicQuerySet"]
    assert [type(some).__name__ for some in rows] == names


def test_a_union_of_related_records_is_not_only_of_them(connected: Connection) -> None:
    labels = ln.Artifact.get(id=13).ulabels
    assert sorted(labels.union(ln.ULabel.filter(id=1)).to_list("id")) == sorted([1, *labels.to_list("id")])


@pytest.mark.parametrize("step", ["distinct", "delete", "update"])
def test_what_was_put_together_is_neither_narrowed_nor_written(connected: Connection, step: str) -> None:
    rows = ln.ULabel.filter(name="test").union(ln.ULabel.filter(name="benchmark"))
    with pytest.raises(ln.errors.NotSupportedError, match=rf"Calling QuerySet.{step}\(\) after union\(\)"):
        getattr(rows, step)()


def test_an_order_says_where_missing_values_come(connected: Connection) -> None:
    rows = ln.Artifact.filter()
    last = rows.order_by(ln.F("n_observations").desc(nulls_last=True), "id").to_list("n_observations")
    first = rows.order_by(ln.F("n_observations").asc(nulls_first=True), "id").to_list("n_observations")
    assert last == first[::-1]
    assert last[0] is not None is not first[-1]
    assert rows.order_by(ln.F("size")).first() == rows.order_by("size").first()
    for wrong in (5, ["name"]):
        with pytest.raises(ln.errors.FieldError, match="Invalid order_by arguments"):
            rows.order_by(wrong)
    with pytest.raises(ln.errors.FieldError, match=r"Unknown field '\+id'"):
        rows.order_by("+id")


def test_wrong_arguments_are_type_errors(connected: Connection) -> None:
    rows = ln.ULabel.filter()
    steps: dict[str, Callable[[], object]] = {
        "must be a model instance": lambda: rows.contains("test"),
        "is none of Count": lambda: rows.aggregate("id"),
        "needs a name": lambda: rows.aggregate(ln.Count("*")),
        "limit=1.5 is no whole number": lambda: rows.to_dataframe(limit=1.5),
        "expected a number": lambda: rows.filter(type=[1]),
    }
    for message, step in steps.items():
        with pytest.raises(TypeError, match=message):
            step()
    with pytest.raises(ValueError, match="The annotation 'name' conflicts with a field of ULabel"):
        rows.annotate(name=ln.Count("artifacts"))


def test_what_is_read_with_records_can_be_taken_back(connected: Connection, requests: list[str]) -> None:
    assert len(ln.ULabel.filter(name="test").select_related("created_by").select_related(None)) == 1
    assert "createdBy {" not in requests[-1]


def test_related_records_are_compared_by_their_ids(connected: Connection) -> None:
    assert set(ln.Artifact.filter(ulabels__gt=5)) == set(ln.Artifact.filter(ulabels__id__gt=5))
    benchmark = ln.ULabel.filter(name="benchmark")
    assert set(ln.Artifact.filter(ulabels=benchmark[:1])) == set(ln.Artifact.filter(ulabels__name="benchmark"))
    with pytest.raises(ValueError, match="must be limited to one result using slicing"):
        ln.Artifact.filter(ulabels=benchmark)
    ids = benchmark.values_list("id", flat=True)
    assert set(ln.Artifact.filter(ulabels__in=ids)) == set(ln.Artifact.filter(ulabels__in=benchmark)) != set()


def test_an_id_of_another_registry_is_not_taken_for_one(connected: Connection) -> None:
    record = ln.Record.get(name="DMSO")
    for fields in ({"created_by": record}, {"created_by__in": [record]}, {"ulabels": record}):
        with pytest.raises(ValueError, match="Cannot query a Record: Must be"):
            ln.Artifact.filter(**fields)
    with pytest.raises(ValueError, match='Cannot use QuerySet for "Record": Use a QuerySet for "User"'):
        ln.Artifact.filter(created_by__in=ln.Record.filter(name="DMSO"))


def test_values_may_be_said_in_more_ways(connected: Connection) -> None:
    assert ln.Artifact.filter(is_latest__in=[True]).count() == ln.Artifact.filter(is_latest=True).count() != 0
    assert ln.Artifact.filter(is_latest__in=[True, False]).count() == ln.Artifact.filter().count()
    assert ln.Artifact.filter(is_latest__in=[]).count() == 0
    rates = ln.Run.filter(params__learning_rate__range=(0.01, 0.06))
    assert set(rates) == set(ln.Run.filter(params__learning_rate__gte=0.01, params__learning_rate__lte=0.06)) != set()
    assert ln.Project.filter(start_date="2025-1-1").to_list("name") == ["Project A"]
    assert ln.Q(a=1) == ln.Q(a=1) != ln.Q(a=2)
    assert not ln.Q()
