"""Filters and orders by features, on the real instance: what LaminDB answers there, and what LNQL decides otherwise."""

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Server, Sql

Cases = dict[str, Any]


@pytest.fixture(scope="session")
def answers(shared: Path) -> Cases:
    """What LaminDB answers, by the name of the case; on PostgreSQL where that is said apart."""
    (file,) = (shared / "conformance").glob("*.jsonl")
    cases = map(json.loads, file.read_text().splitlines())
    return {case["id"]: case.get("expected_postgres", case["expected"]) for case in cases}


TEMPERATURE = '{name: "temperature", %s}'
METADATA = '{name: "study_metadata", %s}'

ARTIFACTS = {
    "cat_eq": '{name: "perturbation", eq: "DMSO"}',
    "cat_eq_second_value": '{name: "perturbation", eq: "IFNG"}',
    "cat_contains_duplicates": '{name: "experiment", contains: "Experi"}',
    "cat_startswith": '{name: "experiment", startsWith: "Experiment 2"}',
    "cat_isnull_false": '{name: "perturbation", isNull: false}',
    "cat_isnull_true": '{name: "perturbation", isNull: true}',
    "cat_ulabel_type": '{name: "assay", eq: "scRNA-seq"}',
    "cat_disease": '{name: "disease", eq: "COVID-19"}',
    "cat_non_name_field": '{name: "assay_oid", label: {name: {eq: "10x 3\' v2"}}}',
    "cat_user": '{name: "operator", eq: "falexwolf"}',
    "cat_artifact_key": '{name: "derived_from", eq: "project-beta/raw/file_04.fastq.gz"}',
    "cat_record_type": '{name: "compound", eq: "imatinib"}',
    "cat_list": '{name: "cell_types_present", eq: "T cell"}',
    "cat_list_isnull": '{name: "cell_types_present", isNull: false}',
    "float_eq": TEMPERATURE % "eq: 21.6",
    "float_eq_int": TEMPERATURE % "eq: 37",
    "float_gte": TEMPERATURE % "gte: 21.6",
    "float_lt_negative": TEMPERATURE % "lt: 0",
    "float_in": TEMPERATURE % "in: [21.6, 37.0]",
    "float_isnull": TEMPERATURE % "isNull: true",
    "int_eq": '{name: "donor_age", eq: 25}',
    "int_lexicographic_trap": '{name: "read_count", gt: 9000}',
    "bool_true": '{name: "is_control", eq: true}',
    "str_contains_becomes_icontains": '{name: "study_note", iContains: "GREAT"}',
    "str_gt": '{name: "study_note", gt: "n"}',
    "str_in": '{name: "batch", in: ["b0", "b1"]}',
    "str_regex": '{name: "batch", regex: "b[12]"}',
    "date_gt": '{name: "date_of_study", gt: "2025-02-13"}',
    "date_lt": '{name: "date_of_study", lt: "2025-01-01"}',
    "datetime_gt": '{name: "sequenced_at", gt: "2025-06-01T00:00:00"}',
    "datetime_eq_string": '{name: "sequenced_at", eq: "2025-02-02T01:30:00"}',
    "dict_key": METADATA % 'path: ["detail1"], eq: "123"',
    "dict_key_int": METADATA % 'path: ["detail2"], eq: 2',
    "dict_key_null": METADATA % 'path: ["nothing"], isJsonNull: true',
    "dict_key_list": METADATA % 'path: ["nested"], eq: {tags: ["x", "y"], level: 1}',
    "dict_eq": METADATA % 'eq: {detail2: 1, detail1: "123"}',
    "dict_isnull": METADATA % "isNull: false",
    "dict_icontains": METADATA % 'iContains: "456"',
    "list_str_contains": '{name: "tags", contains: "alpha"}',
    "list_int_index": '{name: "read_lengths", path: ["0"], eq: 53}',
    "url_contains": '{name: "report_url", contains: "reports.example.org"}',
    "path_eq": '{name: "image_path", eq: "/images/7.png"}',
    "three_features": '{name: "perturbation", eq: "DMSO"}, {name: "temperature", gt: 20}, '
    '{name: "experiment", eq: "Experiment 1"}',
    "feature_not_a_field_on_artifact": '{name: "reference", eq: "ref-6"}',
    "unused_feature": '{name: "unused_feature", eq: "x"}',
    "expr_gt": TEMPERATURE % "gt: 21.6",
    "expr_le": TEMPERATURE % "lte: 20",
    "expr_disambiguates": '{uid: "o6lb1wEOgLFk", eq: "T cell"}',
    "expr_disambiguates_other": '{uid: "t51AxXOQO3Ou", eq: "T cell"}',
}
"""Predicates on features of artifacts, by the name of the case that they ask the same as."""

RECORDS = {
    "record_str": '{name: "donor", eq: "D0002"}',
    "record_int_gt": '{name: "donor_age", gt: 55}',
    "record_bool": '{name: "is_control", eq: true}',
    "record_cat_record": '{name: "compound", eq: "imatinib"}',
    "record_cat_user": '{name: "operator", eq: "falexwolf"}',
    "record_two": '{name: "donor", eq: "D0002"}, {name: "is_control", eq: false}',
    "record_date": '{name: "received_on", eq: "2025-03-04"}',
    "record_isnull": '{name: "compound", isNull: false}',
    "record_dict_key": '{name: "nested_config", path: ["seed"], eq: 42}',
    "record_list": '{name: "tags", contains: "beta"}',
}


def matching(server: Server, predicates: str, plural: str = "artifacts") -> list[str]:
    return server.uids(plural, f"filter: {{features: [{predicates}]}}")


@pytest.mark.parametrize("case", ARTIFACTS)
def test_artifacts_match_as_in_lamindb(real: Server, answers: Cases, case: str) -> None:
    expected = answers[f"features/{case}"]
    found = matching(real, ARTIFACTS[case])
    if expected["type"] == "value":
        assert len(found) == expected["value"]
    elif case == "cat_non_name_field":  # the case asks for another of the labels, in a way that only Python can
        assert len(found) == 1
    else:
        assert sorted(found) == sorted(expected["uids"])


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        (METADATA % 'contains: {detail1: "123"}', METADATA % 'path: ["detail1"], eq: "123"'),
        (METADATA % 'contains: {nested: {tags: ["y"]}}', METADATA % 'path: ["nested", "tags"], contains: "y"'),
        (
            METADATA % 'path: ["nested", "tags"], contains: ["y", "x"]',
            METADATA % 'path: ["nested", "tags", "0"], eq: "x"',
        ),
        (METADATA % 'path: ["detail2"], iEq: "2"', METADATA % 'path: ["detail2"], eq: 2'),
        (METADATA % 'path: ["detail2"], between: [2, 2]', METADATA % 'path: ["detail2"], eq: 2'),
        ('{name: "tags", iContains: "ALPHA"}', '{name: "tags", contains: "alpha"}'),
    ],
)
def test_json_is_asked_for_its_text_and_its_entries(real: Server, asked: str, same: str) -> None:
    assert matching(real, asked) == matching(real, same) != []


@pytest.mark.parametrize("case", RECORDS)
def test_records_match_as_in_lamindb(real: Server, answers: Cases, case: str) -> None:
    found = real.ask(f"{{ records(filter: {{features: [{RECORDS[case]}]}}, first: 100) {{ nodes {{ name }} }} }}")
    names = [row["name"] for row in found["records"]["nodes"]]
    expected = answers[f"features/{case}"]["value"]
    assert names == expected if isinstance(expected, list) else len(names) == expected


def test_runs_match_as_in_lamindb(real: Server, answers: Cases) -> None:
    assert matching(real, '{name: "experiment", eq: "Experiment 1"}', "runs") == answers["features/run_cat"]["uids"]
    assert len(matching(real, '{name: "learning_rate", gt: 0.001}', "runs")) == 2


def test_fields_and_features_mix(real: Server, answers: Cases) -> None:
    dmso = 'features: [{name: "perturbation", eq: "DMSO"}]'
    found = real.uids("artifacts", f'filter: {{suffix: {{eq: ".h5ad"}}, {dmso}}}')
    assert sorted(found) == sorted(answers["features/feature_and_q"]["uids"])
    others = real.uids("artifacts", f'filter: {{not: {{suffix: {{eq: ".h5ad"}}}}, {dmso}}}')
    assert len(others) == answers["features/expr_with_q"]["value"]


def test_features_of_related_rows(real: Server) -> None:
    by_artifact = real.uids("runs", 'filter: {outputArtifacts: {some: {features: [{name: "temperature", gt: 0}]}}}')
    by_run = real.ask(
        '{ artifacts(filter: {features: [{name: "temperature", gt: 0}]}, first: 100) { nodes { run { uid } } } }'
    )["artifacts"]["nodes"]
    assert sorted(by_artifact) == sorted({row["run"]["uid"] for row in by_run if row["run"]})


@pytest.mark.parametrize(
    ("asked", "positive"),
    [
        ('{name: "perturbation", neq: "DMSO"}', '{name: "perturbation", eq: "DMSO"}'),
        ('{name: "perturbation", notIn: ["DMSO", "IFNG"]}', '{name: "perturbation", in: ["DMSO", "IFNG"]}'),
        (TEMPERATURE % "neq: 21.6", TEMPERATURE % "eq: 21.6"),
        (TEMPERATURE % "notIn: [21.6, 37]", TEMPERATURE % "in: [21.6, 37]"),
        (METADATA % 'path: ["detail1"], neq: "123"', METADATA % 'path: ["detail1"], eq: "123"'),
        (METADATA % 'path: ["flag"], isNull: true', METADATA % 'path: ["flag"], isNull: false'),
        ('{name: "tags", neq: ["beta"]}', '{name: "tags", eq: ["beta"]}'),
    ],
)
def test_neq_and_not_in_are_the_complement(real: Server, asked: str, positive: str) -> None:
    everything = real.uids("artifacts", "filter: {}")
    assert set(matching(real, positive))
    assert set(matching(real, asked)) == set(everything) - set(matching(real, positive))


@pytest.mark.parametrize("asked", ['neq: "no such batch"', "isNull: true", "isNull: false", 'notIn: ["b1"]'])
def test_without_a_related_row_every_predicate_is_false(real: Server, asked: str) -> None:
    batch = f'features: [{{name: "batch", {asked}}}]'
    having = set(real.uids("artifacts", "filter: {run: {}}"))
    without = set(real.uids("artifacts", "filter: {run: {isNull: true}}"))
    found = set(real.uids("artifacts", f"filter: {{run: {{{batch}}}}}"))
    assert found <= having
    assert set(real.uids("artifacts", f"filter: {{run: {{not: {{{batch}}}}}}}")) == (having - found) | without


def test_one_predicate_speaks_of_one_value(real: Server, real_sql: Sql) -> None:
    ((uid, values),) = real_sql(
        "select a.uid, group_concat(v.value) from lamindb_artifact a join lamindb_artifactjsonvalue l on l.artifact_id"
        " = a.id join lamindb_jsonvalue v on v.id = l.jsonvalue_id where v.feature_id = 5"
        " group by 1 having count(*) > 1"
    )
    assert sorted(values.split(",")) == ["20.0", "25.0"]
    assert uid not in matching(real, TEMPERATURE % "gt: 20, lt: 25")
    assert uid in matching(real, f"{TEMPERATURE % 'gt: 20'}, {TEMPERATURE % 'lt: 25'}")
    assert uid in matching(real, TEMPERATURE % "gt: 20, lte: 25")
    assert uid not in matching(real, TEMPERATURE % "gte: 20, neq: 25")


@pytest.mark.parametrize(
    "asked",
    [
        TEMPERATURE % "eq: 37.0",
        TEMPERATURE % "in: [37]",
        TEMPERATURE % "between: [37, 37]",
        TEMPERATURE % "gte: 37",
    ],
)
def test_numbers_are_compared_as_numbers(real: Server, asked: str) -> None:
    assert matching(real, asked) == matching(real, TEMPERATURE % "eq: 37") != []


@pytest.mark.parametrize(
    "asked",
    ["2025-02-02T01:30:00", "2025-02-02T01:30:00Z", "2025-02-02T02:30:00+01:00", "2025-02-01T20:30:00.000-05:00"],
)
def test_instants_are_compared_in_utc(real: Server, asked: str) -> None:
    assert matching(real, f'{{name: "sequenced_at", eq: "{asked}"}}') == ["7xrD4aT8gUcVwb3G0000"]
    assert matching(real, f'{{name: "sequenced_at", in: ["{asked}"]}}') == ["7xrD4aT8gUcVwb3G0000"]
    assert "7xrD4aT8gUcVwb3G0000" not in matching(real, f'{{name: "sequenced_at", gt: "{asked}"}}')


@pytest.mark.parametrize(
    ("label", "same"),
    [
        ('name: {eq: "T cell"}', 'eq: "T cell"'),
        ('ontologyId: {eq: "CL:0000084"}', 'eq: "T cell"'),
        ('synonyms: {contains: "T-lymphocyte"}', 'eq: "T cell"'),
        ('name: {startsWith: "T"}, ontologyId: {endsWith: "84"}', 'eq: "T cell"'),
    ],
)
def test_labels_are_filtered_by_their_registry(real: Server, label: str, same: str) -> None:
    expected = matching(real, f'{{name: "cell_type_by_model", {same}}}')
    assert matching(real, f'{{name: "cell_type_by_model", label: {{{label}}}}}') == expected != []
    assert matching(real, f'{{name: "cell_type_by_model", contains: "T", label: {{{label}}}}}') == expected


def test_a_row_with_two_matching_values_counts_once(real: Server, answers: Cases) -> None:
    found = matching(real, TEMPERATURE % "between: [20, 30]")
    assert len(found) == len(set(found)) == answers["features/float_range"]["value"] - 1


def test_an_unknown_label_matches_nothing(real: Server) -> None:
    assert matching(real, '{name: "perturbation", eq: "no such label"}') == []
    assert matching(real, '{name: "perturbation", in: []}') == []


def test_what_a_registry_cannot_store_is_absent(real: Server) -> None:
    assert matching(real, '{name: "tissue", isNull: false}', "runs") == []
    assert matching(real, '{name: "tissue", eq: "liver"}', "runs") == []


@pytest.mark.parametrize(
    ("predicate", "message"),
    [
        ('{name: "temprature", gt: 1}', "there is no feature 'temprature'. Did you mean \"temperature\"?"),
        ('{uid: "nope", gt: 1}', "there is no feature with the uid 'nope'."),
        ('{name: "cell_type", eq: "T cell"}', "2 features are named 'cell_type'. Say its uid: t51AxXOQO3Ou"),
        (
            '{name: "temperature", eq: "warm"}',
            "'warm' does not fit. The feature \"temperature\" (float) takes a number.",
        ),
        ('{name: "temperature", eq: true}', "'True' does not fit."),
        ('{name: "temperature", in: [1, null]}', "Expected value of non-null type"),
        ('{name: "temperature", startsWith: "2"}', 'The feature "temperature" (float) has no startsWith. It has eq, '),
        ('{name: "temperature", label: {name: {eq: "x"}}}', "has no label"),
        ('{name: "temperature", path: ["x"], eq: 1}', "has values without keys"),
        ('{name: "donor_age", between: [1]}', "has 1 values; it takes two"),
        ('{name: "is_control", eq: "yes"}', "takes true or false"),
        ('{name: "date_of_study", eq: "2025-02-30"}', "takes a date such as 2026-01-31"),
        ('{name: "sequenced_at", gt: "yesterday"}', "takes a time such as"),
        ('{name: "tags", eq: "alpha"}', 'The feature "tags" (list[str]) takes a list.'),
        ('{name: "tags", contains: 1}', "takes a text"),
        ('{name: "study_metadata", gt: 1}', "has no gt. It has eq, neq, iEq, in, notIn, contains, iContains"),
        ('{name: "perturbation", eq: 1}', 'The feature "perturbation" (cat[Record]) takes the name of a label.'),
        ('{name: "perturbation", path: ["x"], eq: "x"}', "has labels as values, which have no keys"),
        ('{name: "perturbation", label: {ontologyId: {eq: "x"}}}', "have no ontologyId"),
        ('{name: "temperature"}', "says nothing about the feature"),
        ("{eq: 1}", "takes the name of a feature, or its uid"),
        ('{name: "temperature", eq: null}', "eq is null"),
        ('{name: "perturbation", label: {name: null}}', "features.0.label.name is null"),
    ],
)
def test_mistakes_are_told(real: Server, predicate: str, message: str) -> None:
    answer = real.post(f"{{ artifacts(filter: {{features: [{predicate}]}}) {{ totalCount }} }}").json()
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "INVALID"
    assert message in error["message"]


ORDERED = "{ artifacts(%s, orderBy: [{feature: {%s}}, {uid: ASC}]) { nodes { uid } edges { cursor } } }"


@pytest.mark.parametrize("feature", ['name: "temperature"', 'name: "perturbation"', 'name: "sequenced_at"'])
@pytest.mark.parametrize("direction", ["ASC", "DESC", "ASC_NULLS_FIRST", "DESC_NULLS_LAST"])
def test_pages_of_an_order_by_a_feature_join_to_the_whole_list(real: Server, feature: str, direction: str) -> None:
    key = f"{feature}, direction: {direction}"
    whole = real.ask(ORDERED % ("first: 1000", key))["artifacts"]
    uids = [row["uid"] for row in whole["nodes"]]
    joined: list[str] = []
    after = "null"
    while len(joined) < len(uids):
        page = real.ask(ORDERED % (f"first: 7, after: {after}", key))["artifacts"]
        joined += [row["uid"] for row in page["nodes"]]
        after = json.dumps(page["edges"][-1]["cursor"])
    assert joined == uids
    last = real.ask(ORDERED % (f"last: 5, before: {json.dumps(whole['edges'][20]['cursor'])}", key))["artifacts"]
    assert [row["uid"] for row in last["nodes"]] == uids[15:20]


@pytest.mark.parametrize(("direction", "pick"), [("ASC", min), ("DESC", max)])
def test_the_smallest_or_the_largest_value_orders(real: Server, real_sql: Sql, direction: str, pick: Any) -> None:
    values: dict[str, list[float]] = {}
    for uid, value in real_sql(
        "select a.uid, v.value from lamindb_artifact a left join (lamindb_artifactjsonvalue l join lamindb_jsonvalue v"
        " on v.id = l.jsonvalue_id and v.feature_id = 5) on l.artifact_id = a.id where a.branch_id = 1"
    ):
        values.setdefault(uid, []).extend([] if value is None else [float(value)])
    having = {uid: pick(several) for uid, several in values.items() if several}
    expected = sorted(having, key=lambda uid: (having[uid] if pick is min else -having[uid], uid))
    found = real.ask(ORDERED % ("first: 1000", f'name: "temperature", direction: {direction}_NULLS_LAST'))
    uids = [row["uid"] for row in found["artifacts"]["nodes"]]
    assert uids == [*expected, *sorted(values.keys() - having.keys())]


@pytest.mark.parametrize("feature", ['name: "study_metadata"', 'name: "tags"'])
def test_what_has_no_order_is_told(real: Server, feature: str) -> None:
    answer = real.post(ORDERED % ("first: 1", f"{feature}, direction: ASC")).json()
    assert "no values here that have an order" in answer["errors"][0]["message"]


def test_a_cursor_of_another_feature_is_refused(real: Server) -> None:
    page = real.ask(ORDERED % ("first: 1", 'name: "temperature", direction: ASC'))["artifacts"]
    other = ORDERED % (f"first: 1, after: {json.dumps(page['edges'][0]['cursor'])}", 'name: "qc_score", direction: ASC')
    code, message = real.refuse(other)
    assert code == "INVALID"
    assert "another order" in message
