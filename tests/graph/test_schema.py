"""The generated schema: its types, their descriptions, and what is refused when names collide."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    is_introspection_type,
    is_specified_scalar_type,
    validate_schema,
)

from lnql.graph.comparators import COMPARATORS
from lnql.graph.names import camel
from lnql.graph.schema import print_schema
from lnql.models import Registry, registries
from lnql.models.initialize import init_instance

MODELS = list(registries())
SORT_ORDERS = ["ASC", "ASC_NULLS_FIRST", "ASC_NULLS_LAST", "DESC", "DESC_NULLS_FIRST", "DESC_NULLS_LAST"]


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    """The schema of all declared registries, as it is printed."""
    return build_schema(print_schema())


def generated(schema: GraphQLSchema) -> list[GraphQLNamedType]:
    """The types that are not GraphQL's own."""
    types = schema.type_map.values()
    return [type_ for type_ in types if not is_introspection_type(type_) and not is_specified_scalar_type(type_)]


def described(type_: GraphQLNamedType) -> Iterator[tuple[str, str | None]]:
    """Everything that a type has a description for: its name, its description."""
    yield type_.name, type_.description
    if isinstance(type_, GraphQLEnumType):
        yield from ((f"{type_.name}.{name}", value.description) for name, value in type_.values.items())
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in type_.fields.items():
            yield f"{type_.name}.{name}", field.description
            yield from ((f"{type_.name}.{name}({arg})", one.description) for arg, one in field.args.items())
    if isinstance(type_, GraphQLInputObjectType):
        yield from ((f"{type_.name}.{name}", one.description) for name, one in type_.fields.items())


def test_everything_has_a_description(schema: GraphQLSchema) -> None:
    lacking = [
        name
        for type_ in generated(schema)
        for name, text in described(type_)
        if not text or text != text.strip() or not text.endswith(".")
    ]
    assert lacking == []


@pytest.mark.parametrize("model", MODELS, ids=[model.__name__ for model in MODELS])
def test_a_registry_has_its_types_and_root_fields(schema: GraphQLSchema, model: type[Registry]) -> None:
    name, singular, plural = model.__name__, camel(model.__singular__), camel(model.__plural__)
    for made in (f"{name}Connection", f"{name}Edge", f"{name}Filter", f"{name}Order", f"{name}By"):
        assert made in schema.type_map
    row, by, order = schema.type_map[name], schema.type_map[f"{name}By"], schema.type_map[f"{name}Order"]
    assert isinstance(row, GraphQLObjectType)
    assert [interface.name for interface in row.interfaces] == ["Node"]
    assert isinstance(by, GraphQLInputObjectType)
    assert isinstance(order, GraphQLInputObjectType)
    assert {"id", "databaseId"} <= set(by.fields)
    assert schema.query_type is not None
    fields = schema.query_type.fields
    assert str(fields[singular].type) == name
    assert str(fields[singular].args["by"].type) == f"{name}By!"
    assert str(fields[plural].type) == f"{name}Connection!"
    assert {"filter", "orderBy", "first", "after", "last", "before", "offset"} <= set(fields[plural].args)


def test_the_inputs_have_the_comparators_of_the_table(schema: GraphQLSchema) -> None:
    kinds = {"STRING": "String", "INT": "Int", "BIGINT": "BigInt", "BOOLEAN": "Boolean", "DATETIME": "DateTime"}
    for kind, name in {**kinds, "DATE": "Date"}.items():
        made = schema.type_map[f"{name}Comparators"]
        assert isinstance(made, GraphQLInputObjectType)
        expected = {comparator.name for comparator in COMPARATORS if kind in {one.name for one in comparator.kinds}}
        assert expected <= set(made.fields)
    assert isinstance(sort := schema.type_map["SortOrder"], GraphQLEnumType)
    assert sorted(sort.values) == SORT_ORDERS


def test_the_schema_is_valid(schema: GraphQLSchema) -> None:
    assert validate_schema(schema) == []


def test_the_printed_schema_says_which_inputs_take_one_key(schema: GraphQLSchema) -> None:
    assert isinstance(made := schema.type_map["ArtifactBy"], GraphQLInputObjectType)
    assert made.is_one_of


def test_names_are_the_contract_s(schema: GraphQLSchema) -> None:
    artifact = schema.type_map["Artifact"]
    assert isinstance(artifact, GraphQLObjectType)
    types = {name: str(field.type) for name, field in artifact.fields.items()}
    expected = {
        "id": "ID!",
        "uid": "String!",
        "databaseId": "Int!",
        "key": "String",
        "suffix": "String!",
        "size": "BigInt",
        "createdAt": "DateTime!",
        "createdBy": "User",
        "runId": "BigInt",
        "run": "Run",
        "isLatest": "Boolean!",
        "extraData": "JSON",
        "records": "RecordConnection!",
        "cellTypes": "CellTypeConnection!",
        "_realKey": "String",
    }
    assert {name: types[name] for name in expected} == expected
    assert "linksRecord" not in types
    inputs = schema.type_map["ArtifactFilter"]
    assert isinstance(inputs, GraphQLInputObjectType)
    assert str(inputs.fields["ulabels"].type) == "UlabelsFilter"
    assert str(inputs.fields["cellTypes"].type) == "CellTypesFilter"


# Registries of one's own ---------------------------------------------------------------------------------------------

SERVE = """
import asyncio, json, sqlite3, sys
import httpx
from lnql.graph.app import create_app
from lnql.graph.service import Service
from lnql.graph.settings import Limits, Settings
from lnql.models.database import DATABASE, open_instance

folder, query = sys.argv[1:]
service = Service(open_instance(folder, write=True, modules=["lab.registries"]), Limits())
with sqlite3.connect(f"{folder}/{DATABASE}") as connection:
    for name in ("one", "two"):
        row = (f"uid {name}", name, 1, name == "two")
        connection.execute("INSERT INTO lab_experiment (uid, name, created_by_id, done) VALUES (?, ?, ?, ?)", row)
connection.close()
app = create_app(service, Settings())

async def ask():
    async with app.router.lifespan_context(app):
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            return (await client.post("/graphql", json={"query": query})).json()

print(json.dumps(asyncio.run(ask())))
"""
EXPERIMENT = """
from sqlalchemy.orm import Mapped
from lnql.models import SQLRecord

class {name}(SQLRecord):
    \"\"\"A series of measurements.\"\"\"

    name: Mapped[str]
    {column}: Mapped[bool]
"""
QUERY = """{
  experiments(filter: {name: {startsWith: "t"}, createdBy: {handle: {eq: "ada"}}}, orderBy: [{name: DESC}]) {
    totalCount nodes { id name done createdBy { handle } }
  }
  experiment(by: {uid: "uid one"}) { name done }
}"""


def in_a_process_of_its_own(
    folder: Path, name: str, query: str, column: str = "done"
) -> subprocess.CompletedProcess[str]:
    """Serve a new instance with a registry of one's own, which other tests should not see."""
    init_instance(folder / "instance", user="ada", storage=folder / "files")
    (folder / "lab").mkdir()
    (folder / "lab" / "registries.py").write_text(EXPERIMENT.format(name=name, column=column))
    command = [sys.executable, "-c", SERVE, str(folder / "instance"), query]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


def test_a_registry_of_one_s_own_needs_no_more_than_its_columns(tmp_path: Path) -> None:
    done = in_a_process_of_its_own(tmp_path, "Experiment", QUERY)
    assert done.returncode == 0, done.stderr
    row = '{"id": "Experiment:2", "name": "two", "done": true, "createdBy": {"handle": "ada"}}'
    assert done.stdout.strip() == (
        f'{{"data": {{"experiments": {{"totalCount": 1, "nodes": [{row}]}}, '
        '"experiment": {"name": "one", "done": false}}}'
    )


TAKEN = ["Node", "SortOrder", "Records", "PageInfo", "Query", "RunFilter"]


@pytest.mark.parametrize("name", TAKEN)
def test_a_name_that_is_taken_is_refused(tmp_path: Path, name: str) -> None:
    done = in_a_process_of_its_own(tmp_path, name, "{ __typename }")
    assert done.returncode == 1
    assert name in done.stderr.splitlines()[-1] or name.lower() in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("column", "field"),
    [("count_distinct", "ExperimentGroupOrder.countDistinct"), ("is_null", "ExperimentFilter.isNull")],
)
def test_a_column_s_name_that_is_taken_is_refused(tmp_path: Path, column: str, field: str) -> None:
    done = in_a_process_of_its_own(tmp_path, "Experiment", "{ __typename }", column)
    assert done.returncode == 1
    assert f"would share names: {field}" in done.stderr.splitlines()[-1]
    assert "Rename the registry, or the attribute of its column" in done.stderr.splitlines()[-1]


def test_a_name_that_graphql_cannot_write_is_refused(tmp_path: Path) -> None:
    done = in_a_process_of_its_own(tmp_path, "Experiment", "{ __typename }", "größe")
    assert done.returncode == 1
    assert "Experiment.größe cannot be a name in GraphQL" in done.stderr.splitlines()[-1].replace("Filter", "")
