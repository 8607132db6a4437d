"""Random questions about random instances, answered over HTTP as the reference evaluator answers them.

`LNQL_EXAMPLES=5000` runs so many examples, other ones each time; else they are the same in every run.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import URL

from lnql.graph.visibility import EVERYTHING_VISIBLE
from lnql.models.database import locate
from lnql.models.initialize import init_instance
from lnql.models.transactions import begin

from ..conftest import Dialect, PostgresServer
from .conftest import LIMITS, Server, recorded
from .random_instances import FEATURES, REGISTRIES, STORAGES, USERS, Tables, instances, replace_rows
from .random_questions import Question, filters, orders, questions
from .reference import Page, Reference, Row, page
from .storing import write_rows

EXAMPLES = int(os.environ.get("LNQL_EXAMPLES", "500"))
examples = settings(
    max_examples=EXAMPLES,
    derandomize="LNQL_EXAMPLES" not in os.environ,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)

TOGETHER = (("transforms", "artifacts", "ulabels"), ("runs", "records", "cellTypes"))
"""The registries that one request asks about."""
ASKED = tuple(name for registries in TOGETHER for name in registries)


class Instance:
    """An instance whose rows are replaced by those of each example."""

    def __init__(self, url: URL, server: Server) -> None:
        self.url = url
        self.server = server

    def hold(self, tables: Tables) -> Reference:
        """Replace the rows, and give what answers questions about them."""
        with begin(self.url, "write") as transaction:
            replace_rows(transaction, tables)
        return Reference(REGISTRIES, tables)


@pytest.fixture(scope="module")
def instance(
    dialect: Dialect, postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Instance]:
    folder: Path = tmp_path_factory.mktemp("reference")
    target = str(folder / "instance") if dialect == "sqlite" else postgres.url(postgres.create())
    init_instance(target, user="ada", storage=folder / "storage")
    url = locate(target)
    with begin(url, "write") as transaction:
        add_users_and_features(transaction)
    with recorded() as statements:
        server = Server(target, EVERYTHING_VISIBLE, LIMITS, statements)
        yield Instance(url, server)
        server.close()


def add_users_and_features(transaction: Any) -> None:
    """What is the same in every example."""
    first, *others = USERS
    transaction.execute(f"UPDATE lamindb_user SET uid = '{first['uid']}', name = '{first['name']}' WHERE id = 1;")
    columns = STORAGES["users"].columns
    write_rows(transaction, "lamindb_user", [{columns[name]: user[name] for name in user} for user in others], [])
    dtype = {"_dtype_str": "str", "array_rank": 0, "array_size": 0, "created_by_id": 1}
    features = [{"id": key, "uid": f"feature{key}", "name": f"feature {key}", **dtype} for key in FEATURES]
    write_rows(transaction, "lamindb_feature", features, [])


# Asking --------------------------------------------------------------------------------------------------------------

ARGUMENTS = {"first": "Int", "last": "Int", "after": "String", "before": "String", "offset": "Int"}


def type_name(registry: str) -> str:
    """The GraphQL name of a registry's type."""
    return {"ulabels": "ULabel", "cellTypes": "CellType"}.get(registry, registry.capitalize().removesuffix("s"))


def listing(registry: str) -> str:
    """A whole list with its cursors."""
    return (
        f"{registry}: {registry}(filter: ${registry}Filter, orderBy: ${registry}Order, first: 1000)"
        " { totalCount edges { cursor node { uid } } }"
    )


def paging(registry: str) -> str:
    """A page of a list."""
    arguments = ", ".join(f"{name}: ${registry}_{name}" for name in ARGUMENTS)
    return (
        f"{registry}: {registry}(filter: ${registry}Filter, orderBy: ${registry}Order, {arguments})"
        " { totalCount nodes { uid } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"
    )


Registries = tuple[str, ...]


def both(registries: Registries) -> tuple[str, str]:
    """The documents that ask for whole lists, and for pages of them."""
    declared = ", ".join(
        f"${name}Filter: {type_name(name)}Filter, ${name}Order: [{type_name(name)}Order!]" for name in registries
    )
    cut = ", ".join(f"${name}_{argument}: {type_}" for name in registries for argument, type_ in ARGUMENTS.items())
    return (
        f"query Q({declared}) {{ {' '.join(map(listing, registries))} }}",
        f"query Q({declared}, {cut}) {{ {' '.join(map(paging, registries))} }}",
    )


DOCUMENTS: dict[Registries, tuple[str, str]] = {registries: both(registries) for registries in TOGETHER}


def variables(asked: list[Question]) -> dict[str, Any]:
    """The filters and orders of questions."""
    return {
        name: value
        for question in asked
        for name, value in (
            (f"{question.registry}Filter", question.filter),
            (f"{question.registry}Order", question.order),
        )
    }


def placed(question: Question, rows: list[Row]) -> dict[str, int]:
    """The arguments of a page, with cursors that are places in the list; in an empty list there are none."""
    cursors = {name for name in ("after", "before") if name in question.page}
    if not rows:
        return {name: value for name, value in question.page.items() if name not in cursors}
    return {name: value % len(rows) if name in cursors else value for name, value in question.page.items()}


def page_variables(question: Question, rows: list[Row], cursors: list[str]) -> dict[str, Any]:
    """The variables for a page: cursors in the place of places."""
    return {
        f"{question.registry}_{name}": cursors[value] if name in ("after", "before") else value
        for name, value in placed(question, rows).items()
    }


def uids(rows: Any) -> list[str]:
    """The uids of rows."""
    return [row["uid"] for row in rows]


def expected_page(question: Question, rows: list[Row]) -> Page:
    """The page a question asks for; 20 rows where it says nothing."""
    arguments = placed(question, rows)
    return page(rows, **(arguments if "last" in arguments else {"first": LIMITS.page, **arguments}))


@examples
@given(tables=instances(), asked=st.sampled_from(TOGETHER).flatmap(lambda names: st.tuples(*map(questions, names))))
def test_answers_are_those_of_the_reference(instance: Instance, tables: Tables, asked: tuple[Question, ...]) -> None:
    reference = instance.hold(tables)
    names = tuple(question.registry for question in asked)
    whole, cut = DOCUMENTS[names]
    given_ = variables(list(asked))
    lists = instance.server.ask(whole, given_)
    rows = {
        question.registry: reference.ordered(
            question.registry, reference.matching(question.registry, question.filter), question.order
        )
        for question in asked
    }
    assert {name: uids(edge["node"] for edge in lists[name]["edges"]) for name in names} == {
        name: uids(rows[name]) for name in names
    }
    for question in asked:
        cursors = [edge["cursor"] for edge in lists[question.registry]["edges"]]
        given_ |= page_variables(question, rows[question.registry], cursors)
    pages = instance.server.ask(cut, given_)
    for question in asked:
        found, expected = pages[question.registry], expected_page(question, rows[question.registry])
        assert found["totalCount"] == len(rows[question.registry])
        assert (uids(found["nodes"]), found["pageInfo"]["hasNextPage"], found["pageInfo"]["hasPreviousPage"]) == (
            uids(expected.rows),
            expected.has_next,
            expected.has_previous,
        )


@settings(examples, max_examples=max(EXAMPLES // 5, 1))
@given(tables=instances(), data=st.data(), registry=st.sampled_from(ASKED), size=st.integers(1, 4))
def test_pages_joined_are_the_whole_list_and_not_not_is_nothing(
    instance: Instance, tables: Tables, data: st.DataObject, registry: str, size: int
) -> None:
    instance.hold(tables)
    filter_, order = data.draw(filters(registry)), data.draw(orders(registry))
    everywhere = {"branchId": {"isNull": False}}  # so that the rule of the branch is the same, however deep the filter
    name = type_name(registry)
    head = f"query Q($f: {name}Filter, $o: [{name}Order!], "
    whole = instance.server.ask(
        f"{head} $g: {name}Filter) {{ f: {registry}(filter: $f, orderBy: $o) {{ totalCount nodes {{ uid }} }}"
        f" g: {registry}(filter: $g, orderBy: $o) {{ totalCount nodes {{ uid }} }} }}",
        {"f": {"and": [everywhere, filter_]}, "g": {"and": [everywhere, {"not": {"not": filter_}}]}, "o": order},
    )
    if filter_:
        assert whole["f"] == whole["g"]
    listed: list[str] = []
    cursor = None
    more = True
    while more:
        asked = f"{head} $after: String, $n: Int) {{ f: {registry}(filter: $f, orderBy: $o, first: $n, after: $after)"
        answer = instance.server.ask(
            f"{asked} {{ nodes {{ uid }} pageInfo {{ hasNextPage endCursor }} }} }}",
            {"f": {"and": [everywhere, filter_]}, "o": order, "n": size, "after": cursor},
        )["f"]
        listed += uids(answer["nodes"])
        cursor, more = answer["pageInfo"]["endCursor"], answer["pageInfo"]["hasNextPage"]
    assert listed == uids(whole["f"]["nodes"])
    assert len(listed) == whole["f"]["totalCount"]
