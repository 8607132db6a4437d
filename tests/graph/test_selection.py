"""What an operation selects: aliases, fragments, directives, variables and `__typename`, all in one statement."""

from typing import Any

import pytest

from .conftest import Server

SAME = [
    # A fragment, wherever it stands, is what it spreads.
    "{ artifacts(first: 2) { ...C } }"
    " fragment C on ArtifactConnection { nodes { ...A } } fragment A on Artifact { uid key }",
    "{ artifacts(first: 2) { nodes { ... { uid } ... on Artifact { key } } } }",
    "{ artifacts(first: 2) { nodes { ... on Node { ... on Artifact { uid } } ...A } } } fragment A on Artifact { key }",
    "{ ... on Query { artifacts(first: 2) { nodes { uid key } } } }",
    "{ ...Q } fragment Q on Query { artifacts(first: 2) { ... { nodes { uid key } } } }",
    # A field that is named twice is selected once; what is selected in it is merged.
    "{ artifacts(first: 2) { nodes { uid uid key } } }",
    "{ artifacts(first: 2) { nodes { uid } nodes { key } } }",
    "{ artifacts(first: 2) { nodes { uid } } artifacts(first: 2) { nodes { key } } }",
    "query Q($n: Int = 2) { artifacts(first: $n) { nodes { uid } ...C } }"
    " fragment C on ArtifactConnection { nodes { key } }",
    # What is skipped or not included is not there.
    "{ artifacts(first: 2) { nodes { uid key size @skip(if: true) } totalCount @include(if: false) } }",
    "{ artifacts(first: 2) { nodes { uid @skip(if: false) key @include(if: true) } } }",
    "{ artifacts(first: 2) { nodes { uid key ... @skip(if: true) { size } ...S @include(if: false) } } }"
    " fragment S on Artifact { suffix }",
    "{ artifacts(first: 2) { nodes { uid key } } runs @skip(if: true) { totalCount } }",
    "{ artifacts(first: 2) { nodes { uid key run @include(if: true) @skip(if: true) { uid } } } }",
]


@pytest.mark.parametrize("query", SAME)
def test_ways_to_write_the_same_selection(lab: Server, query: str) -> None:
    expected = [{"uid": "artifact0001", "key": "raw/B.fastq"}, {"uid": "artifact0002", "key": "raw/b.fastq"}]
    assert lab.ask(query) == {"artifacts": {"nodes": expected}}


def test_keys_come_in_the_order_in_which_they_are_selected(lab: Server) -> None:
    query = "{ b: artifacts(first: 1) { totalCount nodes { key b: uid a: uid __typename } } a: runs { totalCount } }"
    text = lab.post(query).text
    row = '{"key":"raw/B.fastq","b":"artifact0001","a":"artifact0001","__typename":"Artifact"}'
    assert text == f'{{"data":{{"b":{{"totalCount":21,"nodes":[{row}]}},"a":{{"totalCount":8}}}}}}'
    assert len(lab.statements) == 1


DIRECTIVES = """
query Q($skip: Boolean!, $include: Boolean!) {
  artifact(by: {databaseId: 2}) {
    uid @skip(if: $skip)
    key @include(if: $include)
    run @skip(if: $skip) @include(if: $include) { uid }
    records @include(if: $include) { totalCount @skip(if: $skip) nodes { uid } }
    ... @skip(if: $skip) { suffix }
    ...Kind @include(if: $include)
    __typename
  }
}
fragment Kind on Artifact { kind }
"""


@pytest.mark.parametrize(
    ("skip", "include", "keys"),
    [
        (False, True, ["uid", "key", "run", "records", "suffix", "kind", "__typename"]),
        (False, False, ["uid", "suffix", "__typename"]),
        (True, True, ["key", "records", "kind", "__typename"]),
        (True, False, ["__typename"]),
    ],
)
def test_directives_with_variables(lab: Server, skip: bool, include: bool, keys: list[str]) -> None:
    row = lab.ask(DIRECTIVES, {"skip": skip, "include": include})["artifact"]
    assert list(row) == keys
    if include:
        assert list(row["records"]) == (["nodes"] if skip else ["totalCount", "nodes"])


def test_two_aliases_of_one_relation_with_other_arguments(lab: Server) -> None:
    query = """{ artifact(by: {databaseId: 2}) {
      first: records(first: 1) { nodes { uid } }
      last: records(last: 1) { nodes { uid } totalCount }
      livers: records(filter: {name: {iEq: "liver"}}) { totalCount nodes { n: name } }
      none: records(filter: {or: []}) { totalCount nodes { uid } pageInfo { startCursor } }
      counted: records { totalCount }
      one: run { key: uid } two: run { transform { key } }
    } }"""
    assert lab.ask(query)["artifact"] == {
        "first": {"nodes": [{"uid": "record3"}]},
        "last": {"nodes": [{"uid": "record8"}], "totalCount": 2},
        "livers": {"totalCount": 1, "nodes": [{"n": "Liver"}]},
        "none": {"totalCount": 0, "nodes": [], "pageInfo": {"startCursor": None}},
        "counted": {"totalCount": 2},
        "one": {"key": "run2"},
        "two": {"transform": {"key": "cluster.py"}},
    }


def test_variables_in_nested_arguments(lab: Server) -> None:
    query = """
    query Q($name: String!, $first: Int, $order: SortOrder = DESC, $records: RecordFilter, $id: Int = 2) {
      artifacts(
        filter: {records: {some: {name: {eq: $name}}}, databaseId: {lte: $id}}
        orderBy: [{databaseId: $order}]
      ) {
        nodes { uid records(first: $first, filter: $records, orderBy: [{name: $order}]) { nodes { name } } }
      }
    }"""

    def names(**variables: Any) -> Any:
        nodes = lab.ask(query, {"name": "Liver", **variables})["artifacts"]["nodes"]
        return {row["uid"]: [record["name"] for record in row["records"]["nodes"]] for row in nodes}

    assert names() == {"artifact0002": ["ileum", "Liver"]}
    assert names(order="ASC") == {"artifact0002": ["Liver", "ileum"]}
    assert names(first=1) == {"artifact0002": ["ileum"]}
    assert names(records={"name": {"startsWith": "L"}}) == {"artifact0002": ["Liver"]}
    assert list(names(id=12)) == ["artifact0012", "artifact0002"]
    assert names(id=1) == {}


def test_typename_everywhere(lab: Server) -> None:
    query = """{ __typename artifacts(first: 1) {
      __typename nodes { t: __typename run { __typename } createdBy { __typename }
        records(first: 1) { __typename nodes { __typename } } }
      edges { __typename node { __typename } } pageInfo { __typename } } }"""
    assert lab.ask(query) == {
        "__typename": "Query",
        "artifacts": {
            "__typename": "ArtifactConnection",
            "nodes": [
                {
                    "t": "Artifact",
                    "run": {"__typename": "Run"},
                    "createdBy": {"__typename": "User"},
                    "records": {"__typename": "RecordConnection", "nodes": [{"__typename": "Record"}]},
                }
            ],
            "edges": [{"__typename": "ArtifactEdge", "node": {"__typename": "Artifact"}}],
            "pageInfo": {"__typename": "PageInfo"},
        },
    }
    assert lab.ask("{ __typename }", statements=0) == {"__typename": "Query"}
    assert lab.ask("{ artifacts { __typename } }") == {"artifacts": {"__typename": "ArtifactConnection"}}


def test_response_keys_may_be_long_and_look_like_sql(lab: Server) -> None:
    long = "a" * 200
    query = (
        f"{{ select: artifacts(first: 1) {{ from: nodes {{ {long}: uid null: key page_1: suffix rows_1: kind }} }} }}"
    )
    row = {long: "artifact0001", "null": "raw/B.fastq", "page_1": ".h5ad", "rows_1": None}
    assert lab.ask(query) == {"select": {"from": [row]}}


def test_every_scalar_of_a_row_fits_into_one_statement_twenty_times(real: Server) -> None:
    names = real.ask('{ __type(name: "Artifact") { fields { name type { kind ofType { kind } } } } }', statements=0)
    scalars = [
        field["name"]
        for field in names["__type"]["fields"]
        if "SCALAR" in (field["type"]["kind"], (field["type"]["ofType"] or {}).get("kind"))
    ]
    fields = " ".join(f"{name} x{number}: {name}" for number, name in enumerate(scalars) if number < 20)
    query = " ".join(f"a{number}: artifacts(first: 1) {{ nodes {{ {fields} }} }}" for number in range(2))
    answer = real.ask(f"{{ {query} }}")
    assert answer["a0"] == answer["a1"]


def test_an_operation_of_several_is_chosen_by_name(lab: Server) -> None:
    query = "query A { artifacts { totalCount } } query B { runs { totalCount } }"
    answer = lab.post(query).json()
    assert answer["errors"][0]["extensions"]["code"] == "INVALID"
