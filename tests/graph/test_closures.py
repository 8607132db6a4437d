"""Relations of any depth, compared with a walk in Python over the links of the real instance."""

from collections import deque
from collections.abc import Iterable

import pytest

from .conftest import Server, Sql

Links = dict[int, set[int]]


def walk(links: Links, start: int) -> dict[int, int]:
    """What is reached from a start, with its shortest distance."""
    distances: dict[int, int] = {start: 0}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in links.get(here, ()):
            if there not in distances:
                distances[there] = distances[here] + 1
                waiting.append(there)
    del distances[start]
    return distances


def linked(pairs: Iterable[tuple[int, int]]) -> Links:
    links: Links = {}
    for here, there in pairs:
        links.setdefault(here, set()).add(there)
    return links


@pytest.fixture(scope="module")
def parents(real_sql: Sql) -> Links:
    return linked(real_sql("SELECT from_celltype_id, to_celltype_id FROM bionty_celltype_parents"))


@pytest.fixture(scope="module")
def children(parents: Links) -> Links:
    return linked((there, here) for here, theres in parents.items() for there in theres)


@pytest.fixture(scope="module")
def names(real_sql: Sql) -> dict[int, str]:
    return dict(real_sql("SELECT id, name FROM bionty_celltype WHERE branch_id = 1"))


TERMS = ["T cell", "CD8-positive, alpha-beta T cell", "cell", "neuron"]


@pytest.mark.parametrize("term", TERMS)
def test_ancestors_and_descendants_carry_their_distance(
    real: Server, parents: Links, children: Links, names: dict[int, str], term: str
) -> None:
    (start,) = [key for key, name in names.items() if name == term]
    shape = "{ totalCount edges { distance node { databaseId } } }"
    fields = f"ancestors(first: 1000) {shape} descendants(first: 1000) {shape}"
    answer = real.ask(
        f"query ($name: String!) {{ cellTypes(filter: {{name: {{eq: $name}}}}) {{ nodes {{ {fields} }} }} }}",
        {"name": term},
    )
    (row,) = answer["cellTypes"]["nodes"]
    for field, links in (("ancestors", parents), ("descendants", children)):
        wanted = walk(links, start)
        found = {edge["node"]["databaseId"]: edge["distance"] for edge in row[field]["edges"]}
        assert row[field]["totalCount"] == len(wanted)
        assert found == dict(sorted(wanted.items())[:1000])
        assert list(found) == sorted(found)


def test_depth_bounds_the_distance_and_pages_go_on(real: Server, parents: Links, names: dict[int, str]) -> None:
    (start,) = [key for key, name in names.items() if name == "CD8-positive, alpha-beta T cell"]
    near = [key for key, distance in walk(parents, start).items() if distance <= 2]
    query = """
        query ($after: String) { cellType(by: {databaseId: %d}) {
            ancestors(depth: 2, first: 2, after: $after, orderBy: [{name: DESC}]) {
                totalCount nodes { name } pageInfo { hasNextPage endCursor } } } }
        """
    found: list[str] = []
    after = None
    while True:
        page = real.ask(query % start, {"after": after})["cellType"]["ancestors"]
        found += [row["name"] for row in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert found == sorted((names[key] for key in near), reverse=True)
    assert page["totalCount"] == len(near)


QUESTIONS = [
    ('ancestors: {some: {name: {eq: "T cell"}}}', lambda up, down, me: "T cell" in up),
    ('ancestors: {orSelf: true, some: {name: {eq: "T cell"}}}', lambda up, down, me: "T cell" in {*up, me}),
    ('ancestors: {none: {name: {contains: "T cell"}}}', lambda up, down, me: not any("T cell" in n for n in up)),
    ('ancestors: {every: {name: {contains: "cell"}}}', lambda up, down, me: all("cell" in n for n in up)),
    ("ancestors: {count: {gte: 12}}", lambda up, down, me: len(up) >= 12),
    ("ancestors: {orSelf: true, count: {eq: 1}}", lambda up, down, me: not up),
    ('descendants: {some: {name: {startsWith: "CD4"}}}', lambda up, down, me: any(n.startswith("CD4") for n in down)),
    (
        'descendants: {orSelf: true, every: {name: {contains: "T"}}}',
        lambda up, down, me: all("T" in n for n in {*down, me}),
    ),
    ("not: {descendants: {some: {}}}", lambda up, down, me: not down),
]


@pytest.mark.parametrize(("question", "holds"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_filters_ask_for_what_is_reached(
    real: Server, parents: Links, children: Links, names: dict[int, str], question: str, holds: object
) -> None:
    assert callable(holds)
    every = dict(names)
    wanted = [
        key
        for key, name in sorted(every.items())
        if holds({names[k] for k in walk(parents, key)}, {names[k] for k in walk(children, key)}, name)
    ]
    answer = real.ask(f"{{ cellTypes(first: 5000, filter: {{{question}}}) {{ nodes {{ databaseId }} }} }}")
    assert [row["databaseId"] for row in answer["cellTypes"]["nodes"]] == wanted


def test_artifacts_of_any_kind_of_t_cell(real: Server, real_sql: Sql, parents: Links, names: dict[int, str]) -> None:
    (t_cell,) = [key for key, name in names.items() if name == "T cell"]
    kinds = {key for key in names if key == t_cell or t_cell in walk(parents, key)}
    links = real_sql(
        "SELECT a.uid, l.celltype_id FROM lamindb_artifact a JOIN bionty_artifactcelltype l ON l.artifact_id = a.id "
        "WHERE a.branch_id = 1 ORDER BY a.id"
    )
    wanted = list(dict.fromkeys(uid for uid, kind in links if kind in kinds))
    assert wanted
    question = 'filter: {cellTypes: {some: {ancestors: {orSelf: true, some: {name: {eq: "T cell"}}}}}}'
    assert real.uids("artifacts", question) == wanted


def test_lineage_goes_from_artifact_to_run_to_artifact(real: Server, real_sql: Sql) -> None:
    inputs = real_sql(
        "SELECT a.id, i.artifact_id FROM lamindb_artifact a "
        "JOIN lamindb_artifact_input_of_runs i ON i.run_id = a.run_id"
    )
    up = linked(inputs)
    down = linked((there, here) for here, there in inputs)
    shape = "(first: 100) { edges { distance node { databaseId } } }"
    answer = real.ask(f"{{ artifacts(first: 100) {{ nodes {{ databaseId upstream{shape} downstream{shape} }} }} }}")
    reached = 0
    for row in answer["artifacts"]["nodes"]:
        for field, links in (("upstream", up), ("downstream", down)):
            found = {edge["node"]["databaseId"]: edge["distance"] for edge in row[field]["edges"]}
            assert found == walk(links, row["databaseId"])
            reached += len(found)
    assert reached > 0


def test_runs_and_transforms_have_lineage_too(real: Server, real_sql: Sql) -> None:
    runs = real_sql(
        "SELECT i.run_id, a.run_id FROM lamindb_artifact_input_of_runs i "
        "JOIN lamindb_artifact a ON a.id = i.artifact_id WHERE a.run_id IS NOT NULL"
    )
    transform_of: dict[int, int] = dict(real_sql("SELECT id, transform_id FROM lamindb_run"))
    transforms = [(transform_of[here], transform_of[there]) for here, there in runs]
    for plural, pairs in (("runs", runs), ("transforms", transforms)):
        links = linked(pairs)
        answer = real.ask(
            f"{{ {plural}(first: 1000) {{ nodes {{ databaseId upstream {{ nodes {{ databaseId }} }} }} }} }}"
        )
        found = {
            row["databaseId"]: [up["databaseId"] for up in row["upstream"]["nodes"]] for row in answer[plural]["nodes"]
        }
        assert found == {key: sorted(walk(links, key)) for key in found}


def test_distance_is_null_in_other_lists(real: Server) -> None:
    answer = real.ask("{ cellTypes(first: 1) { edges { distance } } }")
    assert answer == {"cellTypes": {"edges": [{"distance": None}]}}


@pytest.mark.parametrize(
    ("question", "code", "message"),
    [
        ("ancestors(depth: 0) { totalCount }", "INVALID", "depth is 0; it takes 1 or more."),
        ("ancestors(filter: {ancestors: {}}) { totalCount }", "INVALID", "filter.ancestors says nothing. "),
        ("ancestors(filter: {ancestors: {orSelf: true}}) { totalCount }", "INVALID", "filter.ancestors says nothing. "),
    ],
)
def test_what_says_nothing_is_refused(real: Server, question: str, code: str, message: str) -> None:
    refused, told = real.refuse(f"{{ cellTypes(first: 1) {{ nodes {{ {question} }} }} }}")
    assert refused == code
    assert told.startswith(message)
