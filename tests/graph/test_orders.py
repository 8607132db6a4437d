"""Orders: the same rows in the same order as SQL gives, on both databases."""

import pytest

from .conftest import Server, Sql

RUN = "LEFT JOIN lamindb_run r ON r.id = a.run_id LEFT JOIN lamindb_transform t ON t.id = r.transform_id"
RECORDS = "(SELECT count(DISTINCT record_id) FROM lamindb_artifactrecord l WHERE l.artifact_id = a.id)"

ORDERS = [
    ("", "a.id"),
    ("{databaseId: DESC}", "a.id DESC"),
    ("{uid: DESC}", "a.uid DESC"),
    # Missing values come last when ascending and first when descending, unless it is said otherwise.
    ("{key: ASC}", "a.key NULLS LAST, a.id"),
    ("{key: DESC}", "a.key DESC NULLS FIRST, a.id"),
    ("{key: ASC_NULLS_FIRST}", "a.key NULLS FIRST, a.id"),
    ("{key: ASC_NULLS_LAST}", "a.key NULLS LAST, a.id"),
    ("{key: DESC_NULLS_FIRST}", "a.key DESC NULLS FIRST, a.id"),
    ("{key: DESC_NULLS_LAST}", "a.key DESC NULLS LAST, a.id"),
    ("{size: DESC_NULLS_LAST}", "a.size DESC NULLS LAST, a.id"),
    ("{isLatest: ASC}", "a.is_latest, a.id"),
    ("{kind: ASC}, {size: DESC}, {key: ASC}", "a.kind NULLS LAST, a.size DESC NULLS FIRST, a.key NULLS LAST, a.id"),
    ("{suffix: DESC}, {databaseId: DESC}", "a.suffix DESC, a.id DESC"),
    ("{databaseId: ASC}, {key: ASC}", "a.id"),
    # Through to-one relations, where the row on the way may be missing.
    ("{createdBy: {handle: DESC}}", "(SELECT handle FROM lamindb_user u WHERE u.id = a.created_by_id) DESC, a.id"),
    ("{createdBy: {name: ASC}}", "(SELECT name FROM lamindb_user u WHERE u.id = a.created_by_id) NULLS LAST, a.id"),
    ("{run: {name: ASC}}", "r.name NULLS LAST, a.id"),
    ("{run: {name: DESC_NULLS_LAST}}, {size: ASC}", "r.name DESC NULLS LAST, a.size NULLS LAST, a.id"),
    ("{run: {transform: {key: ASC}}}, {run: {uid: DESC}}", "t.key NULLS LAST, r.uid DESC NULLS FIRST, a.id"),
    ("{run: {databaseId: ASC}}", "r.id NULLS LAST, a.id"),
    ("{run: {status: ASC}}", "r._status_code NULLS LAST, a.id"),  # by its code, which is the order of its words
    # By numbers of related rows; a row that is linked twice counts once.
    ("{recordsCount: DESC}", f"{RECORDS} DESC, a.id"),
    ("{recordsCount: ASC}, {ulabelsCount: DESC}", f"{RECORDS}, max(a.id % 6 - 1, 0) DESC, a.id"),
    (
        "{createdBy: {createdArtifactsCount: DESC}}",
        "(SELECT count(*) FROM lamindb_artifact o WHERE o.created_by_id = a.created_by_id) DESC, a.id",
    ),
]


@pytest.mark.parametrize(("order", "sql"), ORDERS)
def test_artifacts_are_ordered_as_by_sql(lab: Server, lab_sql: Sql, order: str, sql: str) -> None:
    expected = lab_sql(f"SELECT a.uid FROM lamindb_artifact a {RUN} WHERE a.branch_id = 1 ORDER BY {sql}")
    assert lab.uids("artifacts", f"orderBy: [{order}]") == [uid for (uid,) in expected]


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
def test_instants_are_ordered_by_time(lab: Server, lab_sql: Sql, direction: str) -> None:
    times: dict[str, str] = dict(lab_sql("SELECT uid, instant(created_at) FROM lamindb_artifact"))
    ordered = [times[uid] for uid in lab.uids("artifacts", f"orderBy: [{{createdAt: {direction}}}]")]
    assert ordered == sorted(ordered, reverse=direction == "DESC")


def test_dates_are_ordered_by_the_calendar(lab: Server, lab_sql: Sql) -> None:
    expected = lab_sql("SELECT uid FROM lamindb_project ORDER BY start_date NULLS FIRST, _status_code DESC, id")
    order = "orderBy: [{startDate: ASC_NULLS_FIRST}, {status: DESC}]"
    assert lab.uids("projects", order) == [uid for (uid,) in expected]


def test_the_order_may_be_one_variable(lab: Server) -> None:
    declared, variables = "($o: [ArtifactOrder!])", {"o": [{"run": {"name": "DESC"}}, {"key": "ASC"}]}
    written = lab.uids("artifacts", "orderBy: [{run: {name: DESC}}, {key: ASC}]")
    assert lab.uids("artifacts", "orderBy: $o", variables, declared) == written
    assert lab.uids("artifacts", "orderBy: $o", {"o": None}, declared) == lab.uids("artifacts", "orderBy: null")


REFUSED = [
    ("[{key: null}]", "'key' must be non-null"),
    ("[{}]", "exactly one key"),
    ("[{key: ASC, size: ASC}]", "exactly one key"),
    ("[{key: UP}]", "Value 'UP' does not exist in 'SortOrder' enum"),
    ("[{records: ASC}]", "unknown field 'records'"),
    ("[{extraData: ASC}]", "unknown field 'extraData'"),  # JSON has no order
]


@pytest.mark.parametrize(("order", "message"), REFUSED)
def test_what_is_no_order_is_refused(lab: Server, order: str, message: str) -> None:
    code, told = lab.refuse(f"{{ artifacts(orderBy: {order}) {{ totalCount }} }}")
    assert code == "INVALID"
    assert message.lower() in told.lower()
