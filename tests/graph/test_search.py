"""Searches over HTTP, on both databases: LaminDB's ranking, forgiven mistakes, pages, and what is kept in memory."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
import pytest
import sqlalchemy as sa

from lnql.graph.settings import Limits
from lnql.graph.visibility import Scope
from lnql.models import search as ranking
from lnql.models.database import DATABASE
from lnql.models.sqlite import connect

from ..conftest import Copies, Dialect
from .conftest import LIMITS, Json, Serve, Server, recorded

SEARCH = """query ($search: Search!, $first: Int, $after: String, $last: Int, $before: String) {
  found: cellTypes(search: $search, first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { score cursor node { name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""


def found(server: Server, text: str, page: dict[str, Any] | None = None, **search: object) -> Json:
    variables = {"search": {"text": text, **search}, **(page or {"first": 5000})}
    return server.search(SEARCH, variables)["found"]


def in_one_statement(server: Server, query: str, variables: dict[str, Any] | None = None) -> Json:
    """The data once texts are current: SQLite's connections learn each for itself what others have written."""
    for _ in range(20):
        data = server.search(query, variables)
        if len(server.statements) == 1:
            return data
    raise AssertionError("texts are read again and again")


def names(connection: Json) -> list[str]:
    return [edge["node"]["name"] for edge in connection["edges"]]


def score(rank: int) -> float:
    """The score that shows a rank of LaminDB's."""
    return round(100 * rank / (rank + 50), 4)


class Case(NamedTuple):
    """The first hits that LaminDB gives, and their ranks. `where` is a filter, `all` lists every hit."""

    registry: str
    text: str
    label: str
    hits: list[tuple[str, int]]
    all: bool = False
    where: str = "{}"
    search: dict[str, object] = {}


EVERY_BRANCH = "{branchId: {gte: -1}}"

CASES = [
    Case("cellTypes", "T cell", "name", [("T cell", 438), ("mature T cell", 45)]),
    Case("cellTypes", "  T cell  ", "name", [("T cell", 438), ("mature T cell", 45)]),
    Case("cellTypes", "stem cell", "name", [("stem cell", 423), ("germ line stem cell", 45)]),
    Case("cellTypes", "regulatory B cell", "name", [("regulatory B cell", 423)], all=True),
    Case("cellTypes", "t cel", "name", [("T cell", 14), ("mature T cell", 9)]),
    Case("cellTypes", "t-cel", "name", [("T cell", 11), ("immature NK T cell", 6)]),
    Case("cellTypes", "T-lymphocyte", "name", [("T cell", 223), ("CD8-positive, alpha-beta T cell", 15)]),
    Case("cellTypes", "of", "name", [("tuft cell of appendix", 46), ("smooth muscle cell of sigmoid colon", 46)]),
    Case("cellTypes", "macrophage of the", "name", [("Kupffer cell", 15), ("mesangial phagocyte", 15)]),
    Case("cellTypes", "CL:0000084", "name", [("T cell", 423)], all=True),
    Case("cellTypes", "22LvKd01", "name", [("T cell", 11)], all=True),
    Case("cellTypes", "P cell", "name", [("nodal myocyte", 223)]),
    Case("cellTypes", "NK cell", "name", [("natural killer cell", 423)], search={"fields": ["synonyms"]}),
    Case("cellTypes", "white blood cell", "name", [("leukocyte", 223)], search={"fields": ["name", "synonyms"]}),
    Case("cellTypes", "b cell", "name", [("club cell", 3)], search={"fields": ["name"], "caseSensitive": True}),
    Case("cellTypes", "B cell", "name", [("B cell", 423)], search={"fields": ["name"], "caseSensitive": True}),
    Case(
        "cellTypes",
        "regulatory",
        "name",
        [
            ("CD4-positive, CD25-positive, CCR4-positive, alpha-beta regulatory T cell", 45),
            ("CD4-positive, CD25-positive, alpha-beta regulatory T cell", 30),
        ],
        all=True,
        where='{name: {startsWith: "CD4"}}',
    ),
    Case("diseases", "cancer", "name", [("cancer", 646), ("respiratory system cancer", 30)]),
    Case("genes", "cd8", "symbol", [("CD8A", 249), ("CD8B", 37), ("Cd8a", 26)], all=True),
    Case("genes", "p53", "symbol", [("TP53", 241), ("Trp53", 226)], all=True),
    Case("artifacts", ".h5ad", "key", [("examples/dataset1.h5ad", 426), ("examples/dataset2.h5ad", 426)]),
    Case("artifacts", "deleted", "key", [], all=True),
    Case("artifacts", "iris", "key", [("iris.parquet", 23), ("trash/deleted_0.txt", 3)], where=EVERY_BRANCH),
    Case("transforms", "train v2", "key", [("scripts/train.py", 1)], all=True),
    Case("records", "cat[", "name", [("cat[*_*]", 11)], all=True),
    Case("records", "*_*", "name", [("cat[*_*]", 1)], all=True),
    Case("ulabels", "Label2", "name", [("Label2", 423)], all=True),
    Case("ulabels", "a.b(c)", "name", [("a.b(c)[d]", 11)], all=True),
    Case("ulabels", "50%", "name", [("50% confluent", 15)], all=True),
    Case("ulabels", "läbel", "name", [("Ünïcode läbel", 15)], all=True),
    Case("ulabels", "back\\", "name", [("back\\slash", 11)], all=True),
    Case("projects", "project a", "name", [("Project A", 423), ("Project A subproject", 15)], all=True),
    Case("users", "test", "handle", [("testuser1", 26), ("testuser2", 26)], all=True),
    Case("runs", "JOB-100", "reference", [("JOB-1000", 11), ("JOB-1004", 11), ("JOB-1008", 11)], all=True),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.registry}-{case.text}"[:40])
def test_without_fuzzy_hits_the_ranking_is_that_of_lamindb(real: Server, case: Case) -> None:
    query = (
        f"query ($search: Search!) {{ found: {case.registry}(search: $search, filter: {case.where}) "
        f"{{ totalCount edges {{ score node {{ {case.label} }} }} }} }}"
    )
    if case.where == "{}":
        query = query.replace(", filter: {}", "")
    search = {"text": case.text, "fuzzy": False, **case.search}
    answer = real.search(query, {"search": search})["found"]
    hits = [(edge["node"][case.label], edge["score"]) for edge in answer["edges"]]
    assert hits[: len(case.hits)] == [(label, score(rank)) for label, rank in case.hits]
    assert not case.all or answer["totalCount"] == len(case.hits)


def test_all_that_lamindb_finds_is_counted(real: Server) -> None:
    assert found(real, "T cell", fuzzy=False)["totalCount"] == 391


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("neuorn", "neuron"),
        ("helper T cell CD4-positive", "CD4-positive helper T cell"),
        ("hepatocite", "hepatocyte"),
        ("lung macrophge", "lung macrophage"),
        ("macrophage lung", "lung macrophage"),
        ("germ line stem", "germ line stem cell"),
    ],
)
def test_mistakes_are_forgiven(real: Server, text: str, first: str) -> None:
    assert names(found(real, text))[0] == first
    assert first not in names(found(real, text, fuzzy=False))[:1] or text in first


def test_what_contains_the_text_comes_before_what_resembles_it(real: Server) -> None:
    exact, fuzzy = found(real, "hepatocyte", fuzzy=False), found(real, "hepatocyte")
    count = exact["totalCount"]
    assert set(names(exact)) == set(names(fuzzy)[:count])
    assert fuzzy["totalCount"] == len(fuzzy["edges"]) > count
    scores = [edge["score"] for edge in fuzzy["edges"]]
    assert scores == sorted(scores, reverse=True)
    assert 100 >= scores[0] > scores[count - 1] >= 50 > scores[count] > scores[-1] > 0


def test_a_list_that_is_not_searched_has_no_scores(real: Server) -> None:
    data = real.ask(
        "{ a: cellTypes(first: 1) { edges { score } } b: cellTypes(search: null, first: 1) { totalCount } }"
    )
    assert data == {"a": {"edges": [{"score": None}]}, "b": {"totalCount": 3324}}


@pytest.mark.parametrize("size", [1, 7, 100])
def test_pages_in_rank_order_make_the_whole_list(real: Server, size: int) -> None:
    whole = names(found(real, "memory B", {"first": 21}))
    seen: list[str] = []
    page: dict[str, Any] = {"first": size}
    while len(seen) < len(whole):
        part = found(real, "memory B", page)
        seen += names(part)
        page["after"] = part["pageInfo"]["endCursor"]
        if not part["pageInfo"]["hasNextPage"]:
            break
    assert seen[: len(whole)] == whole


def test_what_is_found_is_paged_to_the_end(real: Server) -> None:
    whole = names(found(real, "cell"))
    seen: list[str] = []
    page: dict[str, Any] = {"first": 1_300}
    while page.get("after") != "":
        part = found(real, "cell", page)
        seen += names(part)
        assert part["totalCount"] == len(whole) > 2_600
        page["after"] = part["pageInfo"]["endCursor"] if part["pageInfo"]["hasNextPage"] else ""
    assert seen == whole


def test_an_offset_skips_hits(real: Server) -> None:
    query = '{ found: cellTypes(search: {text: "memory B"}, first: 3, offset: 4) { edges { node { name } } } }'
    assert names(real.search(query)["found"]) == names(found(real, "memory B", {"first": 7}))[4:]


def test_the_database_is_sent_the_hits_of_the_page_only(real: Server) -> None:
    assert found(real, "cell", {"first": 5})["totalCount"] > 2_600
    assert all(len(str(argument)) < 300 for argument in real.statements[-1].arguments)


def test_a_text_is_ranked_once(real: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    first = found(real, "exhausted T", {"first": 2})
    monkeypatch.setattr(ranking, "fuzzy_scores", None)
    after = found(real, "exhausted T", {"first": 2, "after": first["pageInfo"]["endCursor"]})
    assert found(real, "exhausted T", {"first": 4})["edges"] == first["edges"] + after["edges"]


def test_pages_can_be_taken_from_the_end(real: Server) -> None:
    whole = found(real, "memory B")
    last = found(real, "memory B", {"last": 3})
    assert names(last) == names(whole)[-3:]
    before = found(real, "memory B", {"last": 2, "before": last["pageInfo"]["startCursor"]})
    assert names(before) == names(whole)[-5:-3]


def test_a_cursor_in_rank_order_is_for_no_other_order(real: Server) -> None:
    cursor = found(real, "memory B", {"first": 1})["pageInfo"]["endCursor"]
    code, message = real.refuse("query ($c: String) { cellTypes(after: $c) { totalCount } }", {"c": cursor})
    assert (code, "another order" in message) == ("INVALID", True)


@pytest.mark.parametrize(
    "other",
    [
        {"text": "memory T"},
        {"text": "memory B", "fuzzy": False},
        {"text": "memory B", "caseSensitive": True},
        {"text": "memory B", "fields": ["name"]},
    ],
)
def test_a_cursor_in_rank_order_is_for_no_other_search(real: Server, other: dict[str, object]) -> None:
    cursor = found(real, "memory B", {"first": 1})["pageInfo"]["endCursor"]
    code, message = real.refuse(SEARCH, {"search": other, "after": cursor})
    assert (code, "another order or search" in message) == ("INVALID", True)


def test_a_cursor_of_another_order_serves_every_search(real: Server) -> None:
    query = """query ($text: String!, $c: String) {
      found: cellTypes(search: {text: $text}, orderBy: {name: ASC}, first: 3, after: $c) {
        edges { cursor node { name } }
      }
    }"""
    first = real.search(query, {"text": "memory B"})["found"]
    after = first["edges"][-1]
    other = real.search(query, {"text": "memory T", "c": after["cursor"]})["found"]
    assert min(names(other)) > after["node"]["name"]


def test_a_nul_is_refused(real: Server) -> None:
    for search in ({"text": "memory\0B"}, {"text": "memory B", "fields": ["na\0me"]}):
        code, message = real.refuse(SEARCH, {"search": search})
        assert (code, "NUL" in message) == ("INVALID", True)
    code, message = real.refuse('{ cellTypes(search: {text: "memory\\u0000B"}) { totalCount } }')
    assert (code, "NUL" in message) == ("INVALID", True)


def test_another_order_keeps_the_scores(real: Server) -> None:
    ranked = found(real, "memory B")
    query = '{ found: cellTypes(search: {text: "memory B"}, orderBy: {name: ASC}, first: 5000) '
    ordered = real.search(query + "{ edges { score node { name } } } }")["found"]
    assert names(ordered) == sorted(names(ranked))
    scores = {edge["node"]["name"]: edge["score"] for edge in ranked["edges"]}
    assert {edge["node"]["name"]: edge["score"] for edge in ordered["edges"]} == scores


def test_a_search_is_one_condition_among_others(real: Server) -> None:
    query = """{
      found: cellTypes(search: {text: "memory B"}, filter: {name: {startsWith: "I"}}, first: 5000) {
        totalCount edges { score node { name } } aggregates { count }
        groups(by: {branch: true}) { aggregates { count } }
      }
    }"""
    answer = real.search(query)["found"]
    assert names(answer) == [name for name in names(found(real, "memory B")) if name.startswith("I")]
    count = len(answer["edges"])
    assert answer["totalCount"] == answer["aggregates"]["count"] == answer["groups"][0]["aggregates"]["count"] == count


def test_related_rows_are_searched_below_their_row(real: Server) -> None:
    query = """{ cellType(by: {id: "CellType:2"}) {
      children(search: {text: "matur"}, first: 3) { totalCount edges { score node { name } } }
      descendants(search: {text: "regulatory T cell"}, first: 3) { totalCount edges { distance score node { name } } }
    } }"""
    row = real.search(query)["cellType"]
    assert names(row["children"])[0] == "mature T cell"
    assert names(row["descendants"])[0] == "regulatory T cell"
    assert all(edge["distance"] >= 1 and edge["score"] > 0 for edge in row["descendants"]["edges"])
    assert 0 < row["children"]["totalCount"] < found(real, "matur")["totalCount"]


def test_searches_of_one_operation_take_one_statement_together(real: Server) -> None:
    query = """{
      a: cellTypes(search: {text: "T cell"}, first: 1) { nodes { name } }
      b: cellTypes(search: {text: "B cell", fields: ["name"]}, first: 1) { nodes { name } }
      c: genes(search: {text: "cd8a"}, first: 1) { nodes { symbol } }
      d: users { totalCount }
    }"""
    data = in_one_statement(real, query)
    assert [data["a"]["nodes"], data["b"]["nodes"]] == [[{"name": "T cell"}], [{"name": "B cell"}]]
    assert data["c"]["nodes"] == [{"symbol": "CD8A"}]


def test_a_search_and_features_in_one_statement(real: Server) -> None:
    query = """query ($text: String!) {
      artifacts(search: {text: $text, fuzzy: false}, filter: {features: [{name: "temperature", isNull: false}]}) {
        nodes { key }
      }
    }"""
    data = in_one_statement(real, query, {"text": "examples"})
    keys = [row["key"] for row in data["artifacts"]["nodes"]]
    assert keys
    assert all("examples" in key for key in keys)


def test_a_search_keeps_the_branch_rule(real: Server) -> None:
    query = 'query { ulabels(search: {text: "trashed label"}%s) { nodes { name } } }'
    on_main = real.search(query % "")["ulabels"]["nodes"]
    anywhere = real.search(query % ", filter: {branchId: {eq: -1}}")["ulabels"]["nodes"]
    assert {"name": "trashed label"} not in on_main
    assert anywhere == [{"name": "trashed label"}]


TEXTS = ["T cell", "t cel", "neuorn", "macrophage of the lung", "a", "", "CL:0000084", "x" * 300, "cell, T", "é"]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:30])
@pytest.mark.parametrize("fuzzy", [True, False])
def test_both_databases_answer_alike(serve: Serve, real_folder: Path, text: str, fuzzy: bool) -> None:
    on_sqlite, on_postgresql = (serve(real_folder, dialect) for dialect in ("sqlite", "postgresql"))
    page = {"first": 30}
    assert found(on_sqlite, text, page, fuzzy=fuzzy) == found(on_postgresql, text, page, fuzzy=fuzzy)


@pytest.mark.parametrize(
    "text", [".*", "(a+)+$", "|", "[", "\\", "%", "_", "'", '"', "--", "{}", "∑", "x" * 10_000, "$1"]
)
def test_odd_texts_are_texts(real: Server, text: str) -> None:
    exact = found(real, text, {"first": 5}, fuzzy=False)
    assert exact["totalCount"] <= found(real, text, {"first": 5})["totalCount"]


@pytest.mark.parametrize("text", ["", "   "])
def test_no_text_is_found_everywhere(real: Server, text: str) -> None:
    assert found(real, text, {"first": 1})["totalCount"] == 3324


# What is refused ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("search", "code", "message"),
    [
        ({"text": "x" * 10_001}, "TOO_COMPLEX", "search.text has 10001 characters; at most 10000 are allowed."),
        ({"text": "x", "fields": ["nane"]}, "INVALID", "CellType has no text field 'nane'. Did you mean \"name\"?"),
        ({"text": "x", "fields": ["createdAt"]}, "INVALID", "CellType has no text field 'createdAt'."),
        ({"text": "x", "fields": [""]}, "INVALID", "CellType has no text field ''. Name fields that hold text"),
        ({"text": None}, "INVALID", "text"),
        ({}, "INVALID", "text"),
        ({"text": "x", "limit": 3}, "INVALID", "limit"),
    ],
)
def test_what_cannot_be_searched_is_refused(real: Server, search: Json, code: str, message: str) -> None:
    refused_code, refused_message = real.refuse(SEARCH, {"search": search})
    assert refused_code == code
    assert message in refused_message


def test_a_registry_with_too_much_text_is_refused(serve: Serve, real_folder: Path, dialect: Dialect) -> None:
    small = serve(real_folder, dialect, limits=Limits(search_characters=1_000))
    (error,) = small.post(SEARCH, {"search": {"text": "T cell"}}).json()["errors"]
    assert error["extensions"]["code"] == "TOO_COMPLEX"
    assert "The searched fields of cell types have" in error["message"]
    assert found(small, "T", fields=["abbr"])["totalCount"] > 0


def test_what_is_kept_is_bounded(serve: Serve, real_folder: Path, dialect: Dialect) -> None:
    small = serve(real_folder, dialect, limits=Limits(search_characters=120_000))
    for _ in range(2):
        for fields in (["name"], ["synonyms"], ["name"]):  # together too much
            assert found(small, "T cell", {"first": 1}, fields=fields)["edges"]


# Visibility --------------------------------------------------------------------------------------------------------

EVEN = Scope("even", lambda table: sa.literal_column(f"{table.name}.id % 2 = 0", sa.Boolean()))


def test_rows_out_of_scope_are_not_searched(serve: Serve, real_folder: Path, dialect: Dialect) -> None:
    even = serve(real_folder, dialect, EVEN)
    assert names(found(even, "T cell", {"first": 1})) == ["T cell"]  # 2
    assert "B cell" not in names(found(even, "B cell"))  # 1
    known = found(serve(real_folder, dialect), "T cell")["totalCount"]
    assert 0 < found(even, "T cell")["totalCount"] < known


# What others write --------------------------------------------------------------------------------------------------

Write = Callable[[str], None]


class Changing(NamedTuple):
    """A server, and a way to write into its database from outside."""

    server: Server
    write: Write
    target: str


@pytest.fixture
def changing(copies: Copies, real_folder: Path, dialect: Dialect) -> Iterator[Changing]:
    target = copies(real_folder, dialect)

    def write_sqlite(statement: str) -> None:
        connection = connect(Path(target) / DATABASE, readonly=False)
        connection.execute(statement)
        connection.close()

    async def write_postgresql(statement: str) -> None:
        connection = await asyncpg.connect(target)
        await connection.execute(statement)
        await connection.close()

    with recorded() as statements:
        server = Server(target, Scope("everything"), LIMITS, statements)
        if dialect == "sqlite":
            yield Changing(server, write_sqlite, target)
        else:
            yield Changing(server, lambda statement: asyncio.run(write_postgresql(statement)), target)
        server.close()


def test_what_others_write_is_found_at_once(changing: Changing) -> None:
    server, write, _ = changing

    def first(text: str) -> list[str]:
        answers = [names(found(server, text, {"first": 1}, fuzzy=False)) for _ in range(3)]
        assert answers[0] == answers[1] == answers[2]
        return answers[0]

    assert first("zanzibar") == []
    write("UPDATE bionty_celltype SET name = 'zanzibar cell' WHERE id = 2")
    assert first("zanzibar") == ["zanzibar cell"]
    write("UPDATE bionty_celltype SET synonyms = 'qwertz' WHERE id = 3")
    assert first("qwertz") == ["cell"]
    write("UPDATE bionty_celltype SET name = 'T cell' WHERE id = 2")
    assert first("zanzibar") == []
    confluent = '{ ulabels(search: {text: "50%", fuzzy: false}) { nodes { name } } }'
    assert server.search(confluent) == {"ulabels": {"nodes": [{"name": "50% confluent"}]}}
    write("DELETE FROM lamindb_ulabel WHERE name = '50% confluent'")
    assert server.search(confluent) == {"ulabels": {"nodes": []}}


def test_what_is_put_in_the_trash_is_not_counted(changing: Changing) -> None:
    server, write, _ = changing
    before = found(server, "memory B", {"first": 5})
    write(f"UPDATE bionty_celltype SET branch_id = -1 WHERE name = '{names(before)[0]}'")
    after = found(server, "memory B", {"first": 4})
    assert after["totalCount"] == before["totalCount"] - 1
    assert names(after) == names(before)[1:]


def test_what_is_written_elsewhere_costs_postgresql_no_further_statement(changing: Changing, dialect: Dialect) -> None:
    server, write, _ = changing
    found(server, "T cell", {"first": 1})
    for text in ("T cell", "B cell"):
        write(f"UPDATE lamindb_ulabel SET description = '{text}' WHERE id = 1")
        assert names(found(server, text, {"first": 1})) == [text]
        assert len(server.statements) == {"postgresql": 1, "sqlite": 3}[dialect]


@pytest.mark.parametrize("dialect", ["postgresql"], scope="module", indirect=True)
def test_who_began_first_may_commit_last(changing: Changing) -> None:
    server = changing.server
    with asyncio.Runner() as runner:
        early, late = (runner.run(asyncpg.connect(changing.target)) for _ in range(2))
        for connection, name, key in ((early, "early zanzibar", 2), (late, "late zanzibar", 3)):
            runner.run(connection.execute("BEGIN"))
            runner.run(connection.execute(f"UPDATE bionty_celltype SET name = '{name}' WHERE id = {key}"))
        assert found(server, "zanzibar", fuzzy=False)["totalCount"] == 0
        runner.run(late.execute("COMMIT"))
        assert names(found(server, "zanzibar", fuzzy=False)) == ["late zanzibar"]
        runner.run(early.execute("COMMIT"))
        assert names(found(server, "zanzibar", fuzzy=False)) == ["early zanzibar", "late zanzibar"]
        for connection in (early, late):
            runner.run(connection.close())


@pytest.mark.parametrize("dialect", ["postgresql"], scope="module", indirect=True)
def test_texts_change_with_their_column(changing: Changing) -> None:
    server, write, _ = changing
    assert found(server, "zanzibar", fuzzy=False)["totalCount"] == 0
    write("ALTER TABLE bionty_celltype DROP COLUMN abbr, ADD COLUMN abbr varchar DEFAULT 'zanzibar'")
    assert found(server, "zanzibar", fuzzy=False)["totalCount"] == 3324


def test_texts_are_read_once_while_nobody_writes(changing: Changing) -> None:
    found(changing.server, "T cell", {"first": 1})
    assert len(changing.server.statements) == 2
    assert names(in_one_statement(changing.server, SEARCH, {"search": {"text": "B cell"}})["found"])[0] == "B cell"


def test_who_searches_at_the_same_time_waits_for_the_same_texts(changing: Changing) -> None:
    bodies = [json.dumps({"query": SEARCH, "variables": {"search": {"text": text}}}) for text in ("T cell", "B cell")]
    answers = changing.server.send(*(body.encode() for body in bodies * 3))
    firsts = [names(answer.json()["data"]["found"])[0] for answer in answers]
    assert firsts == ["T cell", "B cell"] * 3
    read = [statement for statement in changing.server.statements if len(str(statement.row)) > 800_000]
    assert len(read) == 1


def test_of_what_others_write_only_a_part_of_the_rows_is_read_again(changing: Changing) -> None:
    server, write, _ = changing

    def read(text: str) -> int:
        assert names(found(server, text, {"first": 1})) == [text]
        return sum(len(value) for statement in server.statements for value in statement.row if value is not None)

    assert read("T cell") > 800_000  # characters
    assert read("B cell") < 2_000
    write("UPDATE bionty_celltype SET name = 'zanzibar cell' WHERE id = 2")
    assert 40_000 < read("zanzibar cell") < 120_000  # the names of two thousand cell types


def characters_read(server: Server) -> int:
    found(server, "T cell", {"first": 1})
    return sum(len(value) for statement in server.statements for value in statement.row if value is not None)


def test_texts_are_read_before_anybody_searches(changing: Changing) -> None:
    changing.server.read_ahead()
    assert characters_read(changing.server) < 2_000


def test_what_is_read_ahead_is_bounded(serve: Serve, real_folder: Path, dialect: Dialect) -> None:
    server = serve(real_folder, dialect, limits=Limits(search_ahead=500_000))
    server.read_ahead()
    assert characters_read(server) > 800_000
    assert len(server.statements) == 2


def test_nothing_is_read_ahead_where_that_is_turned_off(serve: Serve, real_folder: Path, dialect: Dialect) -> None:
    server = serve(real_folder, dialect, limits=Limits(search_ahead=0))
    at_start = len(server.statements)
    server.read_ahead()
    assert len(server.statements) == at_start


def test_rows_with_negative_keys_are_searched(real: Server) -> None:
    query = '{ branches(search: {text: "trash", fuzzy: false}) { nodes { databaseId name } } }'
    assert real.search(query) == {"branches": {"nodes": [{"databaseId": -1, "name": "trash"}]}}
