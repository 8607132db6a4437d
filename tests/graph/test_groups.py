"""Groups: compared with Python over the same rows, by every column and relation, and what is refused."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from lnql.graph.measures import Dimension, dimensions
from lnql.graph.registry import Field, RegistryInfo
from lnql.graph.scalars import Kind
from lnql.graph.settings import Limits

from ..conftest import Dialect
from .conftest import Json, Serve, Server, Sql
from .summaries import CATALOG, ODD, Row, aggregated, selection, stored_rows, value

# By every column -----------------------------------------------------------------------------------------------------

FIRST_DAY: dict[str, Callable[[date], date]] = {
    "DAY": lambda day: day,
    "WEEK": lambda day: day - timedelta(days=day.weekday()),
    "MONTH": lambda day: day.replace(day=1),
    "QUARTER": lambda day: day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
    "YEAR": lambda day: day.replace(month=1, day=1),
}


def truncated(unit: str, stored: str | None, *, instant: bool) -> str | None:
    """A stored date as the key of its group."""
    if stored is None:
        return None
    first = FIRST_DAY[unit](date.fromisoformat(stored[:10])).isoformat()
    return f"{first}T00:00:00+00:00" if instant else first


Key = tuple[str, str, Dimension, Callable[[Row], Any]]


def keys_of(info: RegistryInfo) -> Iterable[Key]:
    """What a registry can be grouped by: alias, entry of `by`, dimension, and the key of a row."""
    for name, by in dimensions(info).items():
        if isinstance(by, Field) and by.kind in (Kind.DATE, Kind.DATETIME):
            for unit in FIRST_DAY:
                yield f"{name}_{unit}", f"{name}: {unit}", by, _truncating(name, unit, by)
        else:
            yield name, f"{name}: true", by, _shown(name, by)


def _truncating(name: str, unit: str, by: Field) -> Callable[[Row], Any]:
    return lambda row: truncated(unit, row[name], instant=by.kind is Kind.DATETIME)


def _shown(name: str, by: Dimension) -> Callable[[Row], Any]:
    if isinstance(by, Field):
        boolean = by.kind is Kind.BOOLEAN
        return lambda row: bool(row[name]) if boolean and row[name] is not None else value(by, row[name])
    return lambda row: None if row[name] is None else {"databaseId": row[name]}


def rank(by: Dimension) -> Callable[[Any], Any]:
    """The order of keys: ascending, none last, a status by its code, a row by its key."""
    words = by.words if isinstance(by, Field) else {}

    def ranked(key: Any) -> Any:
        plain = key["databaseId"] if isinstance(key, dict) else key
        return (plain is None, int(words.get(plain, plain)) if words and plain is not None else plain)

    return ranked


def grouped(info: RegistryInfo, rows: list[Row], name: str, by: Dimension, key: Callable[[Row], Any]) -> Json:
    """Group rows by one key; the largest group first."""
    groups: dict[Hashable, list[Row]] = {}
    shown: dict[Hashable, Any] = {}
    for row in rows:
        shown[repr(key(row))] = key(row)
        groups.setdefault(repr(key(row)), []).append(row)
    ordered = sorted(groups, key=lambda mark: (-len(groups[mark]), rank(by)(shown[mark])))
    return [{"key": {name: shown[mark]}, "aggregates": aggregated(info, groups[mark])} for mark in ordered]


def everything(info: RegistryInfo, keys: Iterable[Key]) -> str:
    """Groups by each key, all aggregates of each group."""
    groups = []
    for alias, entry, by, _ in keys:
        key = by.name if isinstance(by, Field) else f"{by.name} {{ databaseId }}"
        groups.append(f"{alias}: groups(by: [{{{entry}}}]) {{ key {{ {key} }} aggregates {{ ...All }} }}")
    return f"""{{ all: {info.plural}(first: 0) {{ {" ".join(groups)} }} }}
        fragment All on {info.name}Aggregates {{ {selection(info)} }}"""


@pytest.mark.parametrize("name", ["Project", "Record", "Run", "ULabel", "User"])
def test_groups_with_missing_keys(lab: Server, lab_sql: Sql, name: str) -> None:
    assert_groups(lab, lab_sql, CATALOG[name])


@pytest.mark.parametrize("name", ["Branch", "Feature", "Run", "Schema", "Transform"])
def test_groups_of_the_real_instance(real: Server, real_sql: Sql, name: str) -> None:
    assert_groups(real, real_sql, CATALOG[name])


def assert_groups(server: Server, sql: Sql, info: RegistryInfo) -> None:
    rows, keys = stored_rows(info, sql), list(keys_of(info))
    answer: dict[str, Json] = {}
    for start in range(0, len(keys), 15):  # more would be too many fields for one operation
        answer |= server.ask(everything(info, keys[start : start + 15]))["all"]
    for alias, _, by, key in keys:
        expected = grouped(info, rows, by.name, by, key)
        assert len(answer[alias]) == len(expected), alias
        for group, other in zip(answer[alias], expected, strict=True):
            assert group == other, alias


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("DAY", ["0999-12-31", "2025-12-31", "2026-01-31", None]),
        ("WEEK", ["0999-12-30", "2025-12-29", "2026-01-26", None]),
        ("MONTH", ["0999-12-01", "2025-12-01", "2026-01-01", None]),
        ("QUARTER", ["0999-10-01", "2025-10-01", "2026-01-01", None]),
        ("YEAR", ["0999-01-01", "2025-01-01", "2026-01-01", None]),
    ],
)
def test_truncated_dates(lab: Server, unit: str, expected: list[str | None]) -> None:
    answer = lab.ask(
        f"""{{ projects {{ groups(by: [{{startDate: {unit}}}], orderBy: [{{startDate: ASC}}]) {{
            key {{ startDate }} }} }} }}"""
    )
    assert names(answer, "startDate", "projects") == expected


# Several keys --------------------------------------------------------------------------------------------------------


def test_several_keys_in_the_order_asked_for(lab: Server, lab_sql: Sql) -> None:
    expected = lab_sql(
        "SELECT kind, u.handle, is_latest, count(*), sum(size) FROM lamindb_artifact a"
        " JOIN lamindb_user u ON u.id = created_by_id WHERE branch_id = 1 GROUP BY 1, 2, 3"
        " ORDER BY kind IS NULL, kind, u.id, is_latest"
    )
    answer = lab.ask(
        """{ artifacts { groups(by: [{kind: true}, {createdBy: true}, {isLatest: true}], orderBy: [{kind: ASC}]) {
            key { kind createdBy { handle } isLatest suffix } aggregates { count sum { size } } } } }"""
    )
    assert answer["artifacts"]["groups"] == [
        {
            "key": {"kind": kind, "createdBy": {"handle": handle}, "isLatest": bool(latest), "suffix": None},
            "aggregates": {"count": count, "sum": {"size": size}},
        }
        for kind, handle, latest, count, size in expected
    ]


def test_the_related_row_of_a_key_is_selected_like_any_row(lab: Server, lab_sql: Sql) -> None:
    creators = lab_sql(
        "SELECT handle, (SELECT count(*) FROM lamindb_artifact a WHERE a.created_by_id = u.id) FROM lamindb_user u"
    )
    answer = lab.ask(
        """{ artifacts { groups(by: [{run: true}, {createdBy: true}]) { key {
            run { uid transform { key } } createdBy { databaseId }
            by: createdBy { id handle createdArtifacts(first: 1) { totalCount } __typename } } } } }"""
    )
    keys = [group["key"] for group in answer["artifacts"]["groups"]]
    assert {(key["by"]["handle"], key["by"]["createdArtifacts"]["totalCount"]) for key in keys} == set(creators)
    assert {key["by"]["__typename"] for key in keys} == {"User"}
    assert all(key["by"]["id"] == f"User:{key['createdBy']['databaseId']}" for key in keys)
    assert any(key["run"] is None for key in keys)
    assert {key["run"]["transform"]["key"] for key in keys if key["run"]} <= {"align.py", "count.py", "cluster.py"}


def test_aliases_fragments_and_typenames(lab: Server) -> None:
    answer = lab.ask(
        """{ artifacts { few: groups(by: [{kind: true}], first: 1) { k: key { ...Key } a: aggregates { count }
                b: aggregates { n: count __typename } __typename }
            t: groups(by: [{suffix: true}]) { __typename } } }
        fragment Key on ArtifactGroupKey { what: kind suffix createdBy { handle } __typename }"""
    )["artifacts"]
    (group,) = answer["few"]
    assert group == {
        "k": {"what": "dataset", "suffix": None, "createdBy": None, "__typename": "ArtifactGroupKey"},
        "a": {"count": 7},
        "b": {"n": 7, "__typename": "ArtifactAggregates"},
        "__typename": "ArtifactGroup",
    }
    assert answer["t"] == [{"__typename": "ArtifactGroup"}] * 3


# Order and size ------------------------------------------------------------------------------------------------------


def names(answer: Json, key: str, plural: str = "artifacts") -> list[Any]:
    return [group["key"][key] for group in answer[plural]["groups"]]


@pytest.mark.parametrize(
    ("order", "sql"),
    [
        ("[]", "count(*) DESC, key IS NULL, key"),
        ("[{key: ASC}]", "key IS NULL, key"),
        ("[{key: DESC}]", "key IS NOT NULL, key DESC"),
        ("[{key: ASC_NULLS_FIRST}]", "key IS NOT NULL, key"),
        ("[{key: DESC_NULLS_LAST}]", "key IS NULL, key DESC"),
        ("[{count: ASC}, {key: DESC}]", "count(*), key IS NOT NULL, key DESC"),
        ("[{sum: {size: DESC}}]", "sum(size) IS NOT NULL, sum(size) DESC, key IS NULL, key"),
        ("[{avg: {size: ASC}}]", "avg(size) IS NULL, avg(size), key IS NULL, key"),
        ("[{max: {createdAt: DESC}}]", "max(instant(created_at)) DESC, key IS NULL, key"),
        ("[{min: {uid: ASC_NULLS_FIRST}}]", "min(uid)"),
        ("[{countDistinct: {createdBy: DESC}}]", "count(DISTINCT created_by_id) DESC, key IS NULL, key"),
    ],
)
def test_orders(lab: Server, lab_sql: Sql, order: str, sql: str) -> None:
    expected = lab_sql(f"SELECT key FROM lamindb_artifact WHERE branch_id = 1 GROUP BY key ORDER BY {sql}")
    answer = lab.ask(f"{{ artifacts {{ groups(by: [{{key: true}}], orderBy: {order}) {{ key {{ key }} }} }} }}")
    assert names(answer, "key") == [key for (key,) in expected]


def test_order_by_the_related_row(lab: Server, lab_sql: Sql) -> None:
    expected = lab_sql(
        "SELECT r.uid FROM (SELECT DISTINCT run_id FROM lamindb_artifact WHERE branch_id = 1)"
        " LEFT JOIN lamindb_run r ON r.id = run_id ORDER BY r.name IS NULL, r.name DESC, r.id IS NULL, r.id"
    )
    answer = lab.ask(
        """{ artifacts { groups(by: [{run: true}], orderBy: [{run: {name: DESC_NULLS_LAST}}]) {
            key { run { uid } } } } }"""
    )
    assert names(answer, "run") == [uid and {"uid": uid} for (uid,) in expected]


def test_a_status_is_ordered_by_its_code(lab: Server) -> None:
    answer = lab.ask("{ runs { groups(by: [{status: true}], orderBy: [{status: ASC}]) { key { status } } } }")
    assert names(answer, "status", "runs") == [
        *("scheduled", "restarted", "started", "completed", "errored", "aborted", "99"),
    ]


def test_the_first_groups(lab: Server) -> None:
    def ask(first: str) -> list[Any]:
        return names(
            lab.ask(f"{{ artifacts {{ groups(by: [{{key: true}}], first: {first}) {{ key {{ key }} }} }} }}"), "key"
        )

    whole = ask("null")
    assert len(whole) > 3
    assert ask("3") == whole[:3]
    assert ask("0") == []


def test_the_default_and_the_limit_of_first(serve: Serve, laboratory: Path, dialect: Dialect) -> None:
    server = serve(laboratory, dialect, limits=Limits(nested_page=3, root_page=5))
    answer = server.ask(
        """{ artifacts(first: 2) { groups(by: [{key: true}]) { key { key } }
            more: groups(by: [{key: true}], first: 5) { key { key } }
            nodes { records(first: 1) { groups(by: [{name: true}]) { key { name } } } } } }"""
    )["artifacts"]
    assert (len(answer["groups"]), len(answer["more"])) == (3, 5)
    assert all(len(row["records"]["groups"]) <= 3 for row in answer["nodes"])
    code, message = server.refuse("{ artifacts(first: 1) { groups(by: [{key: true}], first: 6) { __typename } } }")
    assert (code, message) == ("TOO_COMPLEX", "first is 6; here a page has at most 5 rows.")
    code, _ = server.refuse(
        """{ artifacts(first: 1) { nodes { records(first: 1) {
            groups(by: [{name: true}], first: 4) { __typename } } } } }"""
    )
    assert code == "TOO_COMPLEX"


def test_groups_count_as_rows(serve: Serve, laboratory: Path, dialect: Dialect) -> None:
    server = serve(laboratory, dialect, limits=Limits(rows=100))
    server.ask("{ artifacts(first: 10) { nodes { uid } groups(by: [{key: true}], first: 90) { key { key } } } }")
    code, message = server.refuse(
        "{ artifacts(first: 10) { nodes { uid } groups(by: [{key: true}], first: 91) { key { key } } } }"
    )
    assert code == "TOO_COMPLEX"
    assert "101 rows" in message


# Which rows, which groups --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("having", "sql"),
    [
        ("null", "1"),
        ("{}", "1"),
        ("{count: {gte: 2}}", "count(*) >= 2"),
        ("{count: {gt: 1, lt: 3}}", "count(*) = 2"),
        ("{count: {in: [1, 3]}}", "count(*) IN (1, 3)"),
        ('{count: {text: {startsWith: "2"}}}', "count(*) = 2"),
        ('{sum: {size: {text: {startsWith: "4"}}}}', "CAST(sum(size) AS text) LIKE '4%'"),
        ("{count: {notIn: []}}", "1"),
        ("{count: {between: [2, 2]}, sum: {size: {gt: 5}}}", "count(*) = 2 AND sum(size) > 5"),
        ("{sum: {size: {isNull: true}}}", "sum(size) IS NULL"),
        ("{sum: {size: {neq: 5}}}", "sum(size) <> 5"),
        ("{sum: {size: {in: [5, 7, 4611686018427387904]}}}", "sum(size) IN (5, 7, 4611686018427387904)"),
    ],
)
def test_having(lab: Server, lab_sql: Sql, having: str, sql: str) -> None:
    expected = lab_sql(
        f"SELECT key FROM lamindb_artifact WHERE branch_id = 1 GROUP BY key HAVING {sql} ORDER BY key IS NULL, key"
    )
    answer = lab.ask(
        f"""{{ artifacts {{ groups(by: [{{key: true}}], having: {having}, orderBy: [{{key: ASC}}]) {{
            key {{ key }} }} }} }}"""
    )
    assert names(answer, "key") == [key for (key,) in expected]


def test_having_with_variables(lab: Server, lab_sql: Sql) -> None:
    query = """query ($least: Int!, $key: String!, $first: Int) { artifacts(filter: {key: {gte: $key}}) {
        groups(by: [{key: true}], having: {count: {gte: $least}}, first: $first) { key { key } } } }"""
    expected = lab_sql(
        "SELECT key FROM lamindb_artifact WHERE branch_id = 1 AND key >= 'raw/' GROUP BY key HAVING count(*) >= 2"
        " ORDER BY count(*) DESC, key LIMIT 2"
    )
    assert names(lab.ask(query, {"least": 2, "key": "raw/", "first": 2}), "key") == [key for (key,) in expected]


@pytest.mark.parametrize(
    ("filter_", "where"),
    [
        ('{kind: {eq: "model"}}', "kind = 'model' AND branch_id = 1"),
        ("{branchId: {in: [-1, 0, 1, 2]}}", "1"),
        ("{branchId: {eq: 2}}", "branch_id = 2"),
        ('{uid: {eq: "nowhere"}}', "0"),
    ],
)
def test_filters_and_branches(lab: Server, lab_sql: Sql, filter_: str, where: str) -> None:
    expected = lab_sql(
        f"SELECT suffix, count(*) FROM lamindb_artifact WHERE {where} GROUP BY suffix ORDER BY 2 DESC, suffix"
    )
    answer = lab.ask(
        f"""{{ artifacts(filter: {filter_}, first: 1) {{
            groups(by: [{{suffix: true}}]) {{ key {{ suffix }} aggregates {{ count }} }} }} }}"""
    )
    found = [(group["key"]["suffix"], group["aggregates"]["count"]) for group in answer["artifacts"]["groups"]]
    assert found == expected


def test_groups_below_rows(lab: Server, lab_sql: Sql) -> None:
    expected = lab_sql(
        "SELECT uid, name, count(*) FROM (SELECT DISTINCT a.uid, r.id, r.name FROM lamindb_artifact a"
        " JOIN lamindb_artifactrecord ON artifact_id = a.id JOIN lamindb_record r ON r.id = record_id"
        " WHERE a.branch_id = 1) GROUP BY uid, name ORDER BY uid, count(*) DESC, name IS NULL, name"
    )
    answer = lab.ask(
        """{ artifacts { nodes { uid records(first: 1) {
            groups(by: [{name: true}]) { key { name } aggregates { count } } } } } }"""
    )
    found = [
        (row["uid"], group["key"]["name"], group["aggregates"]["count"])
        for row in answer["artifacts"]["nodes"]
        for group in row["records"]["groups"]
    ]
    shown = {row["uid"] for row in answer["artifacts"]["nodes"]}
    assert found == [row for row in expected if row[0] in shown]


def test_only_visible_rows(serve: Serve, laboratory: Path, lab_sql: Sql, dialect: Dialect) -> None:
    server = serve(laboratory, dialect, scope=ODD)
    expected = lab_sql(
        "SELECT u.handle, count(*) FROM lamindb_artifact a LEFT JOIN lamindb_user u"
        " ON u.id = a.created_by_id AND u.id % 2 = 1 WHERE a.branch_id = 1 AND a.id % 2 = 1"
        " GROUP BY u.id ORDER BY count(*) DESC, u.id IS NULL, u.id"
    )
    answer = server.ask(
        """{ artifacts { groups(by: [{createdBy: true}]) { key { createdBy { handle } } aggregates { count } } } }"""
    )
    groups = answer["artifacts"]["groups"]
    found = [((g["key"]["createdBy"] or {}).get("handle"), g["aggregates"]["count"]) for g in groups]
    assert found == expected
    assert None in [handle for handle, _ in found]


def test_nothing_is_grouped_that_is_not_asked_for(lab: Server) -> None:
    lab.ask("{ artifacts { totalCount nodes { uid } } }")
    (statement,) = lab.statements
    assert "GROUP BY" not in statement.text


def test_values_are_parameters(lab: Server) -> None:
    texts = set()
    for least in (1, 2):
        lab.ask(
            """query ($n: Int) { artifacts {
                groups(by: [{key: true}], having: {count: {gte: $n}}, first: $n) { __typename } } }""",
            {"n": least},
        )
        (statement,) = lab.statements
        texts.add(statement.text)
    assert len(texts) == 1


# What is refused -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("by: []", "by is empty."),
        ("by: [{suffix: false}]", "by.0.suffix is false."),
        ("by: [{kind: true}, {kind: true}]", "by has a key twice."),
        ("by: [{createdAt: DAY}, {createdAt: YEAR}]", "by has a key twice."),
        ("by: [{createdAt: true}]", "Enum 'DateTrunc' cannot represent non-enum value: true."),
        ("by: [{suffix: DAY}]", "Boolean cannot represent a non boolean value: DAY"),
        ("by: [{createdById: true}]", "'ArtifactGroupBy' not to include unknown field 'createdById'"),
        ("by: [{kind: true}], first: -1", "first is -1; it takes 0 or more rows."),
        ("by: [{kind: true}], orderBy: [{suffix: ASC}]", "orderBy.0: the groups are not by suffix."),
        ("by: [{kind: true}], orderBy: [{createdBy: {handle: ASC}}]", "orderBy.0: the groups are not by createdBy."),
        ("by: [{kind: true}], having: {count: {}}", "having.count has no comparator; it would match everything."),
        ("by: [{kind: true}], having: {count: null}", "having.count is null."),
        ("by: [{kind: true}], having: {count: {eq: null}}", "having.count.eq is null."),
        ("by: [{kind: true}], having: {sum: null}", "having.sum says nothing."),
        ("by: [{kind: true}], having: {sum: {}}", "having.sum says nothing."),
        ("by: [{kind: true}], having: {sum: {size: null}}", "having.sum.size is null."),
        ("by: [{kind: true}], having: {sum: {size: {}}}", "having.sum.size has no comparator"),
    ],
)
def test_refused(lab: Server, arguments: str, message: str) -> None:
    code, text = lab.refuse(f"{{ artifacts {{ groups({arguments}) {{ key {{ kind }} }} }} }}")
    assert code == "INVALID"
    assert message in text


def test_nulls_in_variables_are_refused(lab: Server) -> None:
    query = """query ($by: [ArtifactGroupBy!]!, $order: [ArtifactGroupOrder!]) {
        artifacts { groups(by: $by, orderBy: $order) { __typename } } }"""
    for by, order in (
        ([{"kind": None}], []),
        ([{"kind": True}], [{"count": None}]),
        ([{"kind": True}], [{"max": None}]),
    ):
        code, _ = lab.refuse(query, {"by": by, "order": order})
        assert code == "INVALID"
