"""Pages: what a page holds, that pages joined are the whole list, and which cursors are refused."""

from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import Json, Server

INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
PAGE = f"{{ totalCount nodes {{ uid }} edges {{ cursor node {{ uid }} }} {INFO} }}"

ORDERS = [
    ("artifacts", ""),
    ("artifacts", "{databaseId: DESC}"),
    ("artifacts", "{key: ASC}"),
    ("artifacts", "{key: DESC}"),
    ("artifacts", "{key: ASC_NULLS_FIRST}"),
    ("artifacts", "{key: DESC_NULLS_LAST}"),
    ("artifacts", "{size: ASC}, {key: DESC}"),
    ("artifacts", "{isLatest: DESC}, {kind: DESC_NULLS_LAST}, {size: ASC_NULLS_FIRST}"),
    ("artifacts", "{createdAt: ASC}"),
    ("artifacts", "{createdAt: DESC}, {suffix: ASC}"),
    ("artifacts", "{run: {name: ASC}}, {recordsCount: DESC}"),
    ("artifacts", "{run: {transform: {key: DESC_NULLS_LAST}}}, {createdBy: {name: ASC}}"),
    ("artifacts", "{recordsCount: ASC}, {ulabelsCount: DESC}"),
    ("projects", "{startDate: ASC}, {status: DESC}"),
    ("runs", "{_isConsecutive: ASC_NULLS_FIRST}, {finishedAt: DESC}"),
]
SIZES = [1, 2, 3, 7]


def page(server: Server, plural: str, order: str, **paging: Any) -> Json:
    """One page of a list; values go in as variables."""
    types = {"first": "Int", "last": "Int", "offset": "Int", "after": "String", "before": "String"}
    declared = ", ".join(f"${name}: {types[name]}" for name in paging)
    given = ", ".join([f"orderBy: [{order}]", *(f"{name}: ${name}" for name in paging)])
    query = f"query Q{f'({declared})' if paging else ''} {{ list: {plural}({given}) {PAGE} }}"
    return check(server.ask(query, paging)["list"])


def check(listed: Json) -> Json:
    """What holds for every page: nodes and edges are the same rows, the cursors of pageInfo are those of the ends."""
    cursors = [edge["cursor"] for edge in listed["edges"]]
    assert listed["nodes"] == [edge["node"] for edge in listed["edges"]]
    assert listed["pageInfo"]["startCursor"] == (cursors[0] if cursors else None)
    assert listed["pageInfo"]["endCursor"] == (cursors[-1] if cursors else None)
    return listed


def uids(listed: Json) -> list[str]:
    return [row["uid"] for row in listed["nodes"]]


def forward(server: Server, plural: str, order: str, size: int) -> Iterator[Json]:
    """The pages from the start of a list to its end."""
    found = page(server, plural, order, first=size)
    yield found
    while found["pageInfo"]["hasNextPage"]:
        found = page(server, plural, order, first=size, after=found["pageInfo"]["endCursor"])
        yield found


def backward(server: Server, plural: str, order: str, size: int) -> Iterator[Json]:
    """The pages from the end of a list to its start."""
    found = page(server, plural, order, last=size)
    yield found
    while found["pageInfo"]["hasPreviousPage"]:
        found = page(server, plural, order, last=size, before=found["pageInfo"]["startCursor"])
        yield found


@pytest.mark.parametrize(("plural", "order"), ORDERS)
def test_pages_joined_are_the_whole_list(lab: Server, plural: str, order: str) -> None:
    whole = lab.uids(plural, f"orderBy: [{order}]")
    assert len(whole) in (8, 21)
    for size in SIZES:
        ahead, back = list(forward(lab, plural, order, size)), list(backward(lab, plural, order, size))
        assert [uid for found in ahead for uid in uids(found)] == whole
        assert [uid for found in reversed(back) for uid in uids(found)] == whole
        assert {found["totalCount"] for found in ahead + back} == {len(whole)}
        assert [found["pageInfo"]["hasPreviousPage"] for found in ahead] == [False] + [True] * (len(ahead) - 1)
        assert [found["pageInfo"]["hasNextPage"] for found in back] == [False] + [True] * (len(back) - 1)


@pytest.mark.parametrize(("plural", "order"), ORDERS)
def test_every_cursor_splits_the_list(lab: Server, plural: str, order: str) -> None:
    edges = page(lab, plural, order, first=100)["edges"]
    whole = [edge["node"]["uid"] for edge in edges]
    for number in range(0, len(edges), 4):
        cursor = edges[number]["cursor"]
        assert uids(page(lab, plural, order, first=100, after=cursor)) == whole[number + 1 :]
        assert uids(page(lab, plural, order, first=100, before=cursor)) == whole[:number]


ORDER = "{size: DESC}"


@pytest.fixture
def edges(lab: Server) -> Json:
    """The whole list in one order, with its cursors."""
    return page(lab, "artifacts", ORDER, first=100)["edges"]


# What a page holds as places in the list of 21, and (hasPreviousPage, hasNextPage). A number for a cursor is a place.
PAGES = [
    ({"first": 0}, slice(0, 0), (False, True)),
    ({"last": 0}, slice(0, 0), (True, False)),
    ({"first": 21}, slice(0, 21), (False, False)),
    ({"first": 20}, slice(0, 20), (False, True)),
    ({"last": 21}, slice(0, 21), (False, False)),
    ({"last": 5}, slice(16, 21), (True, False)),
    ({"first": 3, "offset": 2}, slice(2, 5), (True, True)),
    ({"first": 3, "offset": 0}, slice(0, 3), (False, True)),
    ({"first": 3, "offset": 18}, slice(18, 21), (True, False)),
    ({"first": 3, "offset": 50}, slice(0, 0), (True, False)),
    ({"offset": 19}, slice(19, 21), (True, False)),
    ({"first": 3, "after": 4}, slice(5, 8), (True, True)),
    ({"first": 3, "after": 4, "offset": 2}, slice(7, 10), (True, True)),
    ({"first": 3, "after": 20}, slice(0, 0), (True, False)),
    ({"first": 3, "after": 17}, slice(18, 21), (True, False)),
    ({"first": 3, "before": 2}, slice(0, 2), (False, True)),
    ({"first": 3, "before": 0}, slice(0, 0), (False, True)),
    ({"last": 3, "before": 6}, slice(3, 6), (True, True)),
    ({"last": 3, "before": 3}, slice(0, 3), (False, True)),
    ({"last": 3, "before": 2}, slice(0, 2), (False, True)),
    ({"last": 3, "after": 4}, slice(18, 21), (True, False)),
    ({"last": 3, "after": 18}, slice(19, 21), (True, False)),
    ({"first": 3, "after": 4, "before": 10}, slice(5, 8), (True, True)),
    ({"first": 9, "after": 4, "before": 7}, slice(5, 7), (True, True)),
    ({"last": 2, "after": 4, "before": 10}, slice(8, 10), (True, True)),
    ({"first": 2, "after": 9, "before": 5}, slice(0, 0), (True, True)),
    ({"first": None, "last": None, "after": None, "before": None, "offset": None}, slice(0, 20), (False, True)),
    ({"first": None, "last": 2}, slice(19, 21), (True, False)),
    ({}, slice(0, 20), (False, True)),
]


@pytest.mark.parametrize(("paging", "places", "more"), PAGES)
def test_a_page(lab: Server, edges: Json, paging: dict[str, Any], places: slice, more: tuple[bool, bool]) -> None:
    at = {
        name: edges[value]["cursor"]
        for name, value in paging.items()
        if name in ("after", "before") and value is not None
    }
    found = page(lab, "artifacts", ORDER, **(paging | at))
    assert uids(found) == [edge["node"]["uid"] for edge in edges[places]]
    assert (found["pageInfo"]["hasPreviousPage"], found["pageInfo"]["hasNextPage"]) == more
    assert found["totalCount"] == 21


def test_has_next_page_alone_is_known_without_rows(lab: Server) -> None:
    parts = "a: artifacts(first: 5) { pageInfo { hasNextPage } } b: artifacts(first: 21) { pageInfo { hasNextPage } }"
    answer = lab.ask(f"{{ {parts} }}")
    assert [answer[name]["pageInfo"]["hasNextPage"] for name in "ab"] == [True, False]


@pytest.mark.parametrize(
    ("arguments", "selected", "expected"),
    [
        ("", "hasPreviousPage", {"hasPreviousPage": False}),
        ("last: 2", "hasNextPage __typename", {"hasNextPage": False, "__typename": "PageInfo"}),
        ("offset: 3", "hasPreviousPage", {"hasPreviousPage": True}),
        ("", "__typename", {"__typename": "PageInfo"}),
    ],
)
def test_what_no_row_tells_of_a_page(lab: Server, arguments: str, selected: str, expected: dict[str, Any]) -> None:
    """It is the same for no row and for many, at the root and below rows."""
    info = f"pageInfo {{ {selected} }}"
    answer = lab.ask(
        f"""{{ none: artifacts(filter: {{or: []}}, {arguments}) {{ {info} }}
        some: artifacts(filter: {{}}, {arguments}) {{ {info}
            nodes {{ ulabels(filter: {{}}, {arguments}) {{ {info} }} }} }}
        alone: artifacts(filter: {{}}, {arguments}) {{ {info} }} }}"""
    )
    assert answer["none"] == answer["alone"] == {"pageInfo": expected}
    assert answer["some"]["pageInfo"] == expected
    assert all(row["ulabels"] == {"pageInfo": expected} for row in answer["some"]["nodes"])


def test_a_cursor_survives_another_filter_and_the_row_it_was_made_from(lab: Server, edges: Json) -> None:
    query = (
        "query Q($after: String) {{ artifacts(filter: {{{}}}, orderBy: [{}], after: $after) {{ nodes {{ uid }} }} }}"
    )
    uid = edges[7]["node"]["uid"]
    found = lab.ask(
        query.format(f'key: {{isNull: false}}, not: {{uid: {{eq: "{uid}"}}}}', ORDER), {"after": edges[7]["cursor"]}
    )
    every = lab.uids("artifacts", f"filter: {{key: {{isNull: false}}}}, orderBy: [{ORDER}]")
    later = {edge["node"]["uid"] for edge in edges[8:]}
    assert uids(found["artifacts"]) == [one for one in every if one in later]


# Below rows ----------------------------------------------------------------------------------------------------------

LIST = "artifacts(orderBy: [{key: DESC}], first: $first, after: $after, last: $last)"
LABELS = (
    f"query Q($first: Int, $after: String, $last: Int) {{ ulabels(first: 100) {{ nodes {{ uid {LIST} {PAGE} }} }} }}"
)


def test_a_page_below_each_row_is_that_row_s_own(lab: Server) -> None:
    parents = lab.ask(LABELS, {"first": 100})["ulabels"]["nodes"]
    whole = {row["uid"]: uids(check(row["artifacts"])) for row in parents}
    assert sorted(map(len, whole.values())) == [0, 0, 0, 0, 0, 0, 4, 8, 12, 16]
    for size in (0, 1, 3):
        for row in lab.ask(LABELS, {"first": size})["ulabels"]["nodes"]:
            listed = check(row["artifacts"])
            assert uids(listed) == whole[row["uid"]][:size]
            assert listed["totalCount"] == len(whole[row["uid"]])
            assert listed["pageInfo"]["hasNextPage"] == (len(whole[row["uid"]]) > size)
        for row in lab.ask(LABELS, {"last": size})["ulabels"]["nodes"]:
            assert uids(check(row["artifacts"])) == whole[row["uid"]][max(0, len(whole[row["uid"]]) - size) :]


def test_pages_below_one_row_joined_are_its_whole_list(lab: Server) -> None:
    def read(**variables: Any) -> Json:
        return check(lab.ask(LABELS, variables)["ulabels"]["nodes"][1]["artifacts"])

    whole, joined, found = uids(read(first=100)), [], read(first=5)
    joined += uids(found)
    while found["pageInfo"]["hasNextPage"]:
        found = read(first=5, after=found["pageInfo"]["endCursor"])
        joined += uids(found)
    assert joined == whole


# What is refused -----------------------------------------------------------------------------------------------------


def cursors(server: Server, arguments: str) -> str:
    listed = server.ask(f"{{ list: {arguments} {{ edges {{ cursor }} }} }}")["list"]
    return str(listed["edges"][0]["cursor"])


def test_a_cursor_of_another_order_or_list_is_refused(lab: Server) -> None:
    made = [
        cursors(lab, "artifacts(orderBy: [{key: DESC}])"),
        cursors(lab, "artifacts(orderBy: [{key: ASC_NULLS_FIRST}])"),
        cursors(lab, "artifacts"),
        cursors(lab, "artifacts(orderBy: [{key: ASC}, {uid: ASC}])"),
        cursors(lab, "transforms(orderBy: [{key: ASC}])"),
    ]
    nested = lab.ask("{ ulabels(first: 1) { nodes { artifacts(orderBy: [{key: ASC}]) { edges { cursor } } } } }")
    made.append(nested["ulabels"]["nodes"][0]["artifacts"]["edges"][0]["cursor"])
    for cursor in made:
        for name in ("after", "before"):
            code, message = lab.refuse(
                f'{{ artifacts(orderBy: [{{key: ASC}}], {name}: "{cursor}") {{ nodes {{ uid }} }} }}'
            )
            assert code == "INVALID"
            assert "is of another list, another order or search" in message


def test_asc_and_asc_nulls_last_are_the_same_order(lab: Server) -> None:
    cursor = cursors(lab, "artifacts(orderBy: [{key: ASC}])")
    pages = [
        lab.ask(f'{{ artifacts(orderBy: [{{key: {order}}}], after: "{cursor}") {{ nodes {{ uid }} }} }}')
        for order in ("ASC", "ASC_NULLS_LAST")
    ]
    assert pages[0] == pages[1]
    assert pages[0]["artifacts"]["nodes"]


def forged(genuine: str, values: str) -> str:
    return genuine[:8] + values.encode().hex()


FORGED = [
    '["a"]',
    '["a", 1, 2]',
    "[]",
    "{}",
    "1",
    "[1, 1]",
    "[true, 1]",
    '[["a"], 1]',
    '["a", "1"]',
    '["a", 1.5]',
    '["a", true]',
    '["a", 9223372036854775808]',
    '["a", null]',
    '["a\\u0000", 1]',
    '["\\ud800", 1]',
    "[",
]


@pytest.mark.parametrize("values", FORGED)
def test_a_forged_cursor_is_refused(lab: Server, values: str) -> None:
    cursor = forged(cursors(lab, "artifacts(orderBy: [{key: ASC}])"), values)
    code, message = lab.refuse(f'{{ artifacts(orderBy: [{{key: ASC}}], after: "{cursor}") {{ nodes {{ uid }} }} }}')
    assert (code, message.startswith("after: ")) == ("INVALID", True)


@pytest.mark.parametrize("order", ["createdAt", "isLatest", "size", "databaseId"])
def test_a_key_of_another_type_in_a_cursor_is_refused(lab: Server, order: str) -> None:
    cursor = forged(cursors(lab, f"artifacts(orderBy: [{{{order}: ASC}}])"), '["soon", 1]')
    code, _ = lab.refuse(f'{{ artifacts(orderBy: [{{{order}: ASC}}], after: "{cursor}") {{ nodes {{ uid }} }} }}')
    assert code == "INVALID"


@pytest.mark.parametrize("cursor", ["", "x", "0", "Zm9v", "00000000", "ü" * 20, "0" * 5000])
def test_garbage_is_no_cursor(lab: Server, cursor: str) -> None:
    code, message = lab.refuse("query Q($c: String) { artifacts(after: $c) { nodes { uid } } }", {"c": cursor})
    assert code == "INVALID"
    assert "is no cursor" in message


REFUSED = [
    ("first: 1, last: 1", "INVALID", "first and last were both given"),
    ("first: -1", "INVALID", "first is -1; it takes 0 or more rows"),
    ("last: -1", "INVALID", "last is -1; it takes 0 or more rows"),
    ("offset: -1", "INVALID", "offset is -1; it takes 0 or more rows"),
    ("first: 10001", "TOO_COMPLEX", "first is 10001; here a page has at most 10000 rows"),
    ("last: 10001", "TOO_COMPLEX", "last is 10001; here a page has at most 10000 rows"),
]


@pytest.mark.parametrize(("arguments", "code", "message"), REFUSED)
def test_a_page_that_cannot_be(lab: Server, arguments: str, code: str, message: str) -> None:
    assert_refused(lab, f"{{ artifacts({arguments}) {{ nodes {{ uid }} }} }}", code, message)


def test_a_page_below_a_row_is_smaller(lab: Server) -> None:
    query = "{ artifacts(first: 1) { nodes { records(first: %d) { totalCount } } } }"
    lab.ask(query % 1000)
    assert_refused(lab, query % 1001, "TOO_COMPLEX", "first is 1001; here a page has at most 1000 rows")


ROWS = [
    # 5,000 artifacts with 20 records each; 5,000 artifacts with 40.
    ("{ artifacts(first: 5000) { nodes { records { nodes { uid } } } } }", 105_000),
    ("{ artifacts(first: 5000) { nodes { records(first: 40) { edges { cursor } } } } }", 205_000),
    ("{ artifacts(first: 100) { nodes { records(first: 100) { nodes { artifacts { nodes { uid } } } } } } }", 210_100),
    (
        "{ artifacts(first: 1000) { nodes { records(first: 100) { nodes { uid } }"
        " ulabels(last: 100) { pageInfo { hasNextPage } } } } }",
        201_000,
    ),
    (
        "{ a: artifacts(first: 10000) { nodes { uid } }"
        " b: artifacts(first: 10000) { nodes { records { nodes { uid } } } } }",
        220_000,
    ),
    (
        "{ artifact(by: {databaseId: 1}) { records(first: 1000)"
        " { nodes { artifacts(first: 199) { nodes { uid } } } } } }",
        200_001,
    ),
    (
        "{ artifact(by: {databaseId: 1}) { records(first: 1000)"
        " { nodes { artifacts(first: 198) { nodes { uid } } } } } }",
        199_001,
    ),
    # What is one row, however many it is of, counts as one.
    ("{ artifacts(first: 10000) { nodes { records { totalCount } ulabels { aggregates { count } } } } }", 30_000),
]


@pytest.mark.parametrize(("query", "rows"), ROWS)
def test_the_product_of_page_sizes_has_a_limit(lab: Server, query: str, rows: int) -> None:
    if rows <= 200_000:
        assert lab.ask(query)
    else:
        assert_refused(lab, query, "TOO_COMPLEX", f"may return {rows} rows")


def assert_refused(server: Server, query: str, code: str, message: str) -> None:
    found, told = server.refuse(query)
    assert found == code
    assert message in told
