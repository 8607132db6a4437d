"""Aggregates: compared with Python over the same rows, for every registry and every column, and what is refused."""

from pathlib import Path

import pytest

from lnql.graph.measures import BY_NAME, FUNCTIONS

from ..conftest import Dialect
from .conftest import Serve, Server, Sql
from .summaries import CATALOG, ODD, PYTHON, aggregated, selection, stored_rows

# Every registry, every column ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(CATALOG))
def test_aggregates_of_the_real_instance(real: Server, real_sql: Sql, name: str) -> None:
    info = CATALOG[name]
    answer = real.ask(f"{{ all: {info.plural}(first: 0) {{ aggregates {{ {selection(info)} }} }} }}")
    assert answer["all"]["aggregates"] == aggregated(info, stored_rows(info, real_sql))


@pytest.mark.parametrize("name", ["Artifact", "Record", "Run", "Project", "ULabel", "User"])
def test_aggregates_with_missing_values(lab: Server, lab_sql: Sql, name: str) -> None:
    info = CATALOG[name]
    answer = lab.ask(f"{{ all: {info.plural} {{ aggregates {{ {selection(info)} }} }} }}")
    assert answer["all"]["aggregates"] == aggregated(info, stored_rows(info, lab_sql))


def test_every_function_was_compared() -> None:
    assert PYTHON.keys() == BY_NAME.keys()
    assert all(any(function.of(info) for info in CATALOG.values()) for function in FUNCTIONS)


# What is aggregated --------------------------------------------------------------------------------------------------


def test_of_nothing(lab: Server) -> None:
    answer = lab.ask(
        """{ artifacts(filter: {uid: {eq: "nowhere"}}) { aggregates {
            count countDistinct { key } sum { size } avg { size } min { key createdAt } max { size } } } }"""
    )
    assert answer["artifacts"]["aggregates"] == {
        "count": 0,
        "countDistinct": {"key": 0},
        "sum": {"size": None},
        "avg": {"size": None},
        "min": {"key": None, "createdAt": None},
        "max": {"size": None},
    }


def test_all_matches_whatever_the_page(lab: Server) -> None:
    arguments = 'filter: {kind: {eq: "dataset"}}'
    answer = lab.ask(
        f"""{{ all: artifacts({arguments}) {{ totalCount aggregates {{ count sum {{ size }} }} }}
            page: artifacts({arguments}, first: 2, offset: 3) {{
                nodes {{ uid }} aggregates {{ count sum {{ size }} }} }} }}"""
    )
    assert len(answer["page"]["nodes"]) == 2
    assert answer["page"]["aggregates"] == answer["all"]["aggregates"]
    assert answer["all"]["aggregates"]["count"] == answer["all"]["totalCount"]


@pytest.mark.parametrize(
    ("filter_", "where"),
    [
        ('kind: {eq: "model"}', "kind = 'model' AND branch_id = 1"),
        ('records: {some: {name: {eq: "liver"}}}', None),
        ("branchId: {in: [-1, 0, 1, 2]}", "1"),
        ("branchId: {eq: -1}", "branch_id = -1"),
        ('uid: {in: ["artifact0020", "artifact0001"]}', "uid IN ('artifact0020', 'artifact0001')"),
    ],
)
def test_filters_and_branches(lab: Server, lab_sql: Sql, filter_: str, where: str | None) -> None:
    where = where or (
        "branch_id = 1 AND id IN (SELECT artifact_id FROM lamindb_artifactrecord JOIN lamindb_record r"
        " ON r.id = record_id WHERE r.name = 'liver')"
    )
    ((count, suffixes, smallest),) = lab_sql(
        f"SELECT count(*), count(DISTINCT suffix), min(uid) FROM lamindb_artifact WHERE {where}"
    )
    answer = lab.ask(
        f"{{ artifacts(filter: {{{filter_}}}) {{ aggregates {{ count countDistinct {{ suffix }} min {{ uid }} }} }} }}"
    )
    assert answer["artifacts"]["aggregates"] == {
        "count": count,
        "countDistinct": {"suffix": suffixes},
        "min": {"uid": smallest},
    }


def test_below_rows_each_related_row_counts_once(lab: Server, lab_sql: Sql) -> None:
    linked = lab_sql(
        "SELECT DISTINCT a.uid, r.id, r.name FROM lamindb_artifact a"
        " JOIN lamindb_artifactrecord ON artifact_id = a.id JOIN lamindb_record r ON r.id = record_id"
    )
    answer = lab.ask(
        """{ artifacts(first: 100) { nodes { uid records(first: 1) { aggregates {
            count countDistinct { name } min { name } } } } } }"""
    )
    for row in answer["artifacts"]["nodes"]:
        names = [name for uid, _, name in linked if uid == row["uid"]]
        texts = [name for name in names if name is not None]
        assert row["records"]["aggregates"] == {
            "count": len(names),
            "countDistinct": {"name": len(set(texts))},
            "min": {"name": min(texts, default=None)},
        }


def test_below_rows_with_a_filter(lab: Server, lab_sql: Sql) -> None:
    expected = lab_sql(
        "SELECT u.handle, count(a.id), sum(a.size) FROM lamindb_user u LEFT JOIN lamindb_artifact a"
        " ON a.created_by_id = u.id AND a.suffix = '.csv' GROUP BY u.id ORDER BY u.id"
    )
    answer = lab.ask(
        """query ($suffix: String!) { users { nodes { handle
            createdArtifacts(filter: {suffix: {eq: $suffix}}) { aggregates { count sum { size } } } } } }""",
        {"suffix": ".csv"},
    )
    found = [(u["handle"], u["createdArtifacts"]["aggregates"]) for u in answer["users"]["nodes"]]
    assert found == [(handle, {"count": count, "sum": {"size": size}}) for handle, count, size in expected]


def test_sums_that_leave_64_bits_on_the_way(lab: Server) -> None:
    two = "4611686018427387904"
    answer = lab.ask(
        f"""{{ large: artifacts(filter: {{size: {{eq: {two}}}}}) {{ aggregates {{ sum {{ size }} avg {{ size }} }} }}
            all: artifacts(filter: {{size: {{in: [{two}, -{two}, 7]}}}}, orderBy: [{{size: DESC}}]) {{
                aggregates {{ sum {{ size }} }} }} }}"""
    )
    assert answer["large"]["aggregates"] == {"sum": {"size": 2**63}, "avg": {"size": 2**62}}
    assert answer["all"]["aggregates"]["sum"]["size"] % 7 == 0


def test_equal_instants_count_once_however_many_digits_they_have(lab: Server, lab_sql: Sql) -> None:
    ((expected, spelled),) = lab_sql(
        "SELECT count(DISTINCT instant(created_at)), count(DISTINCT created_at)"
        " FROM lamindb_artifact WHERE branch_id = 1"
    )
    answer = lab.ask("{ artifacts { aggregates { countDistinct { createdAt } } } }")
    assert answer["artifacts"]["aggregates"]["countDistinct"]["createdAt"] == expected
    assert expected < spelled


def test_aliases_fragments_and_typenames(lab: Server) -> None:
    answer = lab.ask(
        """query ($yes: Boolean!) { artifacts {
            small: aggregates { n: count ...Sizes }
            large: aggregates { max { size @skip(if: $yes) __typename } t: __typename } } }
        fragment Sizes on ArtifactAggregates { min { least: size } least: min { size } }""",
        {"yes": True},
    )["artifacts"]
    least = -(2**62)
    assert answer == {
        "small": {"n": 21, "min": {"least": least}, "least": {"size": least}},
        "large": {"max": {"__typename": "ArtifactExtremes"}, "t": "ArtifactAggregates"},
    }


def test_nothing_is_counted_that_is_not_asked_for(lab: Server) -> None:
    lab.ask("{ artifacts { nodes { uid } } }")
    (statement,) = lab.statements
    assert "count(" not in statement.text


def test_only_visible_rows(serve: Serve, laboratory: Path, lab_sql: Sql, dialect: Dialect) -> None:
    server = serve(laboratory, dialect, scope=ODD)
    ((count, creators, largest),) = lab_sql(
        "SELECT count(*), count(DISTINCT CASE WHEN created_by_id % 2 = 1 THEN created_by_id END), max(size)"
        " FROM lamindb_artifact WHERE branch_id = 1 AND id % 2 = 1"
    )
    answer = server.ask("{ artifacts { aggregates { count countDistinct { createdBy } max { size } } } }")
    assert answer["artifacts"]["aggregates"] == {
        "count": count,
        "countDistinct": {"createdBy": creators},
        "max": {"size": largest},
    }


# What there is not ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selected", "message"),
    [
        ("sum { key }", "Cannot query field 'key' on type 'ArtifactSums'"),
        ("sum { createdById }", "Cannot query field 'createdById' on type 'ArtifactSums'"),
        ("avg { databaseId }", "Cannot query field 'databaseId' on type 'ArtifactAverages'"),
        ("min { isLatest }", "Cannot query field 'isLatest' on type 'ArtifactExtremes'"),
        ("max { createdById }", "Cannot query field 'createdById' on type 'ArtifactExtremes'"),
        ("countDistinct { _aux }", "Cannot query field '_aux' on type 'ArtifactCounts'"),
    ],
)
def test_refused(lab: Server, selected: str, message: str) -> None:
    code, text = lab.refuse(f"{{ artifacts {{ aggregates {{ {selected} }} }} }}")
    assert code == "INVALID"
    assert message in text


def test_a_registry_without_numbers_has_no_sums(lab: Server) -> None:
    code, text = lab.refuse("{ users { aggregates { sum { databaseId } } } }")
    assert code == "INVALID"
    assert "Cannot query field 'sum' on type 'UserAggregates'" in text
