"""Random questions about random instances, answered over HTTP as the reference evaluator answers them.

Each example is asked of both databases. `LNQL_EXAMPLES=5000` runs so many examples, other ones each time; else they are
the same in every run.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from sqlalchemy import URL

from lnql.graph.visibility import EVERYTHING_VISIBLE
from lnql.models.database import locate
from lnql.models.initialize import init_instance
from lnql.models.transactions import begin

from ..conftest import PostgresServer
from .choices import Choices, choices
from .conftest import LIMITS, Server, recorded
from .random_features import FEATURES
from .random_instances import REGISTRIES, STORAGES, USERS, Tables, random_instance, replace_rows
from .random_questions import Question, Questions
from .reference import Reference, Row, page
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

ASKED = ("artifacts", "artifacts", "runs", "runs", "records", "records", "ulabels", "cellTypes", "transforms")
"""The registries that are asked about, those with features and many relations more often."""


@dataclass(frozen=True)
class Instance:
    """An instance on one database, whose rows are replaced by those of each example."""

    url: URL
    server: Server

    def hold(self, tables: Tables) -> None:
        """Replace the rows."""
        with begin(self.url, "write") as transaction:
            replace_rows(transaction, tables)


Instances = Mapping[str, Instance]


@pytest.fixture(scope="module")
def instances(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instances]:
    folder = tmp_path_factory.mktemp("reference")
    targets = {"sqlite": str(folder / "instance"), "postgresql": postgres.url(postgres.create())}
    with recorded() as statements:
        made = {}
        for dialect, target in targets.items():
            init_instance(target, user="ada", storage=folder / dialect)
            with begin(locate(target), "write") as transaction:
                add_users_and_features(transaction)
            made[dialect] = Instance(locate(target), Server(target, EVERYTHING_VISIBLE, LIMITS, statements))
        yield made
        for instance in made.values():
            instance.server.close()


def add_users_and_features(transaction: Any) -> None:
    """What is the same in every example."""
    first, *others = USERS
    transaction.execute(f"UPDATE lamindb_user SET uid = '{first['uid']}', name = '{first['name']}' WHERE id = 1;")
    columns = STORAGES["users"].columns
    write_rows(transaction, "lamindb_user", [{columns[name]: user[name] for name in user} for user in others], [])
    constants = {"array_rank": 0, "array_size": 0, "created_by_id": 1}
    features = [
        {"id": one.id, "uid": one.uid, "name": one.name, "_dtype_str": one.dtype, **constants} for one in FEATURES
    ]
    write_rows(transaction, "lamindb_feature", features, [])


# Asking --------------------------------------------------------------------------------------------------------------

ARGUMENTS = {"first": "Int", "last": "Int", "after": "String", "before": "String", "offset": "Int"}
"""Of a page."""


def type_name(registry: str) -> str:
    """The GraphQL name of a registry's type."""
    return {"ulabels": "ULabel", "cellTypes": "CellType"}.get(registry, registry.capitalize().removesuffix("s"))


@cache
def document(registry: str) -> str:
    """Ask for a list, or a page of it, with cursors."""
    declared = ", ".join(f"${name}: {type_}" for name, type_ in ARGUMENTS.items())
    given_ = ", ".join(f"{name}: ${name}" for name in ARGUMENTS)
    return (
        f"query Q($filter: {type_name(registry)}Filter, $orderBy: [{type_name(registry)}Order!], {declared}) {{"
        f" list: {registry}(filter: $filter, orderBy: $orderBy, {given_}) {{"
        " totalCount edges { cursor node { uid } } pageInfo { hasNextPage hasPreviousPage } } }"
    )


def ask(server: Server, question: Question, **arguments: Any) -> Any:
    """Ask a question, for a page with these arguments."""
    offset = {} if "last" in arguments else {"offset": 0}  # one statement answers all that differ in numbers only
    given_ = {"filter": question.filter, "orderBy": question.order, **offset, **arguments}
    return server.ask(document(question.registry), given_)["list"]


def placed(question: Question, rows: list[Row]) -> dict[str, int]:
    """The arguments of a page, with cursors that are places in the list; in an empty list there are none."""
    cursors = {name for name in ("after", "before") if name in question.page}
    if not rows:
        return {name: value for name, value in question.page.items() if name not in cursors}
    return {name: value % len(rows) if name in cursors else value for name, value in question.page.items()}


def page_arguments(question: Question, rows: list[Row], cursors: list[str]) -> dict[str, Any]:
    """The arguments of a page: cursors in the place of places."""
    return {
        name: cursors[value] if name in ("after", "before") else value for name, value in placed(question, rows).items()
    }


def uids(rows: Any) -> list[str]:
    """The uids of rows."""
    return [row["uid"] for row in rows]


def expected_page(question: Question, rows: list[Row]) -> tuple[list[str], bool, bool]:
    """The page a question asks for, and whether there are others; 20 rows where it says nothing."""
    arguments = placed(question, rows)
    found = page(rows, **(arguments if "last" in arguments else {"first": LIMITS.page, **arguments}))
    return uids(found.rows), found.has_next, found.has_previous


@examples
@given(choices)
def test_answers_are_those_of_the_reference(instances: Instances, made: Choices) -> None:
    drawn = random_instance(made)
    question = Questions(made, drawn).question(made.one(ASKED))
    note(f"{drawn}\n{question}")
    reference = Reference(REGISTRIES, FEATURES, drawn.tables)
    matching = reference.matching(question.registry, question.filter)
    rows = reference.ordered(question.registry, matching, question.order)
    for dialect, instance in instances.items():
        instance.hold(drawn.tables)
        edges = ask(instance.server, question, first=1000)["edges"]
        assert uids(edge["node"] for edge in edges) == uids(rows), dialect
        found = ask(instance.server, question, **page_arguments(question, rows, [edge["cursor"] for edge in edges]))
        assert seen(found) == (len(rows), expected_page(question, rows)), dialect
        if question.groups:
            assert groups(instance.server, question) == reference.groups(question.registry, rows, question.groups)


def seen(found: Any) -> tuple[int, Any]:
    """What an answer shows: how many rows there are, and the page."""
    return found["totalCount"], (
        uids(edge["node"] for edge in found["edges"]),
        found["pageInfo"]["hasNextPage"],
        found["pageInfo"]["hasPreviousPage"],
    )


def groups(server: Server, question: Question) -> Counter[tuple[Any, ...]]:
    """How many rows there are in each group, by its keys."""
    registry, type_ = question.registry, type_name(question.registry)
    columns = [name for by in question.groups for name in by if name != "feature"]
    key = f"key {{ features {{ name value }} {' '.join(columns)} }}"
    answer = server.ask(
        f"query Q($f: {type_}Filter, $by: [{type_}GroupBy!]!) {{ list: {registry}(filter: $f)"
        f" {{ groups(by: $by, first: 500) {{ {key} aggregates {{ count }} }} }} }}",
        {"f": question.filter, "by": question.groups},
    )
    return Counter(
        {
            (*(value["value"] for value in group["key"]["features"]), *(group["key"][name] for name in columns)): group[
                "aggregates"
            ]["count"]
            for group in answer["list"]["groups"]
        }
    )


@settings(examples, max_examples=max(EXAMPLES // 10, 1))
@given(choices)
def test_pages_joined_are_the_whole_list_and_not_not_is_nothing(instances: Instances, made: Choices) -> None:
    drawn = random_instance(made)
    questions, registry, size = Questions(made, drawn), made.one(ASKED), made.number(1, 4)
    filter_, order = questions.filter(registry), questions.order(registry)
    note(f"{drawn}\n{registry} {filter_} {order} {size}")
    for instance in instances.values():
        instance.hold(drawn.tables)
        listed, whole = read_in_pages(instance.server, registry, filter_, order, size)
        assert listed == uids(whole["f"]["nodes"])
        assert len(listed) == whole["f"]["totalCount"]
        if filter_:
            assert whole["f"] == whole["g"]


def read_in_pages(
    server: Server, registry: str, filter_: dict[str, Any], order: list[Any], size: int
) -> tuple[list[str], Any]:
    """Read a list page by page, and at once: as `f`, and with two negations as `g`."""
    everywhere = {"branchId": {"isNull": False}}  # so that the rule of the branch is the same, however deep the filter
    name = type_name(registry)
    head = f"query Q($f: {name}Filter, $o: [{name}Order!], "
    whole = server.ask(
        f"{head} $g: {name}Filter) {{ f: {registry}(filter: $f, orderBy: $o) {{ totalCount nodes {{ uid }} }}"
        f" g: {registry}(filter: $g, orderBy: $o) {{ totalCount nodes {{ uid }} }} }}",
        {"f": {"and": [everywhere, filter_]}, "g": {"and": [everywhere, {"not": {"not": filter_}}]}, "o": order},
    )
    listed: list[str] = []
    cursor, more = None, True
    asked = f"{head} $after: String, $n: Int) {{ f: {registry}(filter: $f, orderBy: $o, first: $n, after: $after)"
    while more:
        answer = server.ask(
            f"{asked} {{ nodes {{ uid }} pageInfo {{ hasNextPage endCursor }} }} }}",
            {"f": {"and": [everywhere, filter_]}, "o": order, "n": size, "after": cursor},
        )["f"]
        listed += uids(answer["nodes"])
        cursor, more = answer["pageInfo"]["endCursor"], answer["pageInfo"]["hasNextPage"]
    return listed, whole
