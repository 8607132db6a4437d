"""Groups by features, and aggregates of features that are numbers, compared with SQL on the real instance."""

from typing import Any

import pytest

from .conftest import Server, Sql

NUMBERS = "{ name dtype count sum avg min max }"
VALUES = (
    "select a.suffix, cast(v.value as real) from lamindb_artifact a join lamindb_artifactjsonvalue l on l.artifact_id"
    " = a.id join lamindb_jsonvalue v on v.id = l.jsonvalue_id where a.branch_id = 1 and v.feature_id = ?"
)


def numbers(name: str, dtype: str, values: list[float]) -> dict[str, Any]:
    total = pytest.approx(sum(values))
    average = pytest.approx(sum(values) / len(values))
    facts = {"count": len(values), "sum": total, "avg": average, "min": min(values), "max": max(values)}
    return {"name": name, "dtype": dtype, **facts}


def test_aggregates(real: Server, real_sql: Sql) -> None:
    found = real.ask(
        f'{{ artifacts {{ aggregates {{ count features(names: ["temperature", "donor_age"]) {NUMBERS} }} }} }}'
    )["artifacts"]["aggregates"]
    temperatures, ages = ([value for _, value in real_sql(VALUES, feature)] for feature in (5, 23))
    assert found["features"] == [numbers("temperature", "float", temperatures), numbers("donor_age", "int", ages)]
    assert found["count"] == real.ask("{ artifacts { totalCount } }")["artifacts"]["totalCount"]


def test_aggregates_of_a_filtered_list(real: Server) -> None:
    filter_ = 'filter: {features: [{name: "temperature", gt: 21.6}]}'
    found = real.ask(f'{{ artifacts({filter_}) {{ aggregates {{ features(names: ["wteW7ENXXHDt"]) {NUMBERS} }} }} }}')
    (temperature,) = found["artifacts"]["aggregates"]["features"]
    assert (temperature["name"], temperature["count"]) == ("temperature", 5)  # 20 beside 25 on one artifact
    nothing = real.ask(
        f'{{ artifacts(filter: {{or: []}}) {{ aggregates {{ features(names: ["temperature"]) {NUMBERS} }} }} }}'
    )["artifacts"]["aggregates"]["features"]
    missing = {"count": 0, "sum": None, "avg": None, "min": None, "max": None}
    assert nothing == [{"name": "temperature", "dtype": "float", **missing}]


def test_aggregates_of_groups_and_of_related_rows(real: Server, real_sql: Sql) -> None:
    groups = real.ask(
        "{ artifacts { groups(by: [{suffix: true}]) { key { suffix } aggregates { count"
        ' features(names: ["temperature"]) { count max __typename } } } } }'
    )["artifacts"]["groups"]
    by_suffix: dict[str, list[float]] = {}
    for suffix, value in real_sql(VALUES, 5):
        by_suffix.setdefault(suffix, []).append(value)
    for group in groups:
        values = by_suffix.get(group["key"]["suffix"], [])
        most = max(values, default=None)
        expected: dict[str, Any] = {"count": len(values), "max": most, "__typename": "FeatureNumbers"}
        assert group["aggregates"]["features"] == [expected]
    runs = real.ask(
        '{ runs { nodes { outputArtifacts { aggregates { features(names: ["temperature"]) { count } } } } } }'
    )["runs"]["nodes"]
    assert sum(run["outputArtifacts"]["aggregates"]["features"][0]["count"] for run in runs) > 0


def test_groups_by_a_categorical_feature(real: Server, real_sql: Sql) -> None:
    groups = real.ask(
        '{ artifacts { totalCount groups(by: [{feature: "perturbation"}]) {'
        " key { suffix features { name dtype value feature { uid } } } aggregates { count } } } }"
    )["artifacts"]
    counts = {group["key"]["features"][0]["value"]: group["aggregates"]["count"] for group in groups["groups"]}
    expected: dict[str | None, int] = dict(
        real_sql(
            "select r.name, count(distinct a.id) from lamindb_artifact a join lamindb_artifactrecord l on l.artifact_id"
            " = a.id join lamindb_record r on r.id = l.record_id where a.branch_id = 1 and l.feature_id = 1 group by 1"
        )
    )
    ((having,),) = real_sql(
        "select count(*) from lamindb_artifact where branch_id = 1 and id in (select artifact_id from"
        " lamindb_artifactrecord where feature_id = 1)"
    )
    assert counts == {**expected, None: groups["totalCount"] - having}
    (key,) = groups["groups"][0]["key"]["features"]
    assert key == {"name": "perturbation", "dtype": "cat[Record]", "value": None, "feature": {"uid": "YTH0QkM2kXx8"}}
    assert groups["groups"][0]["key"]["suffix"] is None


def test_a_row_counts_in_the_group_of_each_of_its_values(real: Server, real_sql: Sql) -> None:
    groups = real.ask(
        '{ artifacts { groups(by: [{feature: "temperature"}]) { key { features { value } } aggregates { count } } } }'
    )["artifacts"]["groups"]
    counts = {group["key"]["features"][0]["value"]: group["aggregates"]["count"] for group in groups}
    del counts[None]
    values = [value for _, value in real_sql(VALUES, 5)]
    assert counts == {value: values.count(value) for value in values}


def test_groups_by_several_features_and_a_column(real: Server) -> None:
    groups = real.ask(
        '{ artifacts { totalCount groups(by: [{feature: "is_control"}, {suffix: true}, {feature: "date_of_study"}]) {'
        " key { suffix features { name value } } aggregates { count } } } }"
    )["artifacts"]
    keys = [
        (group["key"]["suffix"], *(feature["value"] for feature in group["key"]["features"]))
        for group in groups["groups"]
    ]
    assert len(set(keys)) == len(keys)
    assert {control for _, control, _ in keys} == {True, False, None}
    assert sum(group["aggregates"]["count"] for group in groups["groups"]) == groups["totalCount"]


def test_groups_of_a_feature_that_no_row_has(real: Server) -> None:
    groups = real.ask(
        '{ records { totalCount groups(by: [{feature: "unused_feature"}]) {'
        " key { features { value } } aggregates { count } } } }"
    )["records"]
    alone = [{"key": {"features": [{"value": None}]}, "aggregates": {"count": groups["totalCount"]}}]
    assert groups["groups"] == alone


@pytest.mark.parametrize(
    "asked",
    [
        f"aggregates {{ features(names: {['temperature'] * 21}) {{ sum }} }}".replace("'", '"'),
        f"groups(by: [{', '.join(['{suffix: true}'] * 21)}]) {{ key {{ suffix }} }}",
    ],
)
def test_too_many_keys_are_told(real: Server, asked: str) -> None:
    code, message = real.refuse(f"{{ artifacts {{ {asked} }} }}")
    assert code == "TOO_COMPLEX"
    assert "has 21" in message


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ('groups(by: [{feature: "tags"}]) { key { suffix } }', "no values here that have an order"),
        ('groups(by: [{feature: "temprature"}]) { key { suffix } }', 'Did you mean "temperature"?'),
        ('groups(by: [{feature: "cell_type"}]) { key { suffix } }', "2 features are named 'cell_type'"),
        ('groups(by: [{feature: "assay"}, {feature: "assay"}]) { key { suffix } }', "by has a key twice"),
        ('aggregates { features(names: ["perturbation"]) { sum } }', "has values that are no numbers"),
        ('aggregates { features(names: ["date_of_study"]) { sum } }', "has values that are no numbers"),
    ],
)
def test_mistakes_are_told(real: Server, asked: str, message: str) -> None:
    answer = real.post(f"{{ artifacts {{ {asked} }} }}").json()
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "INVALID"
    assert message in error["message"]
