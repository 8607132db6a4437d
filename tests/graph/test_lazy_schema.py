"""A schema makes the types that documents name, and all of them for those who list them."""

import pytest
from graphql import GraphQLSchema, graphql_sync, parse, validate, validate_schema

from lnql.graph.lazy_schema import LazySchema
from lnql.graph.registry import Catalog
from lnql.graph.schema import build_api
from lnql.models import registries


@pytest.fixture
def schema() -> LazySchema:
    return build_api(Catalog(registries())).schema


def test_a_document_is_validated_without_the_types_that_it_does_not_name(
    schema: LazySchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: LazySchema) -> GraphQLSchema:
        raise AssertionError("All types are made.")

    monkeypatch.setattr(LazySchema, "whole", refuse)
    document = """query Q($filter: ArtifactFilter, $order: [ArtifactOrder!], $first: Int) {
        artifacts(filter: $filter, orderBy: $order, first: $first) { nodes { ...A } }
        node(id: "x") { id ... on Run { createdBy { handle } } }
    } fragment A on Artifact { uid createdAt features { value } records { totalCount } }"""
    assert validate(schema, parse(document)) == []
    (error,) = validate(schema, parse("{ artifacts { nodes { uids } } }"))
    assert error.message == "Cannot query field 'uids' on type 'Artifact'. Did you mean 'uid' or 'id'?"


def test_all_types_are_listed_and_valid(schema: LazySchema) -> None:
    whole = schema.whole()
    assert validate_schema(whole) == []
    assert list(schema.type_map) == list(whole.type_map)
    assert all(schema.type_map[name] is made for name, made in whole.type_map.items())


def test_an_unknown_type_is_unknown(schema: LazySchema) -> None:
    (error,) = validate(schema, parse("query Q($by: ArtifactBuy!) { artifact(by: $by) { uid } }"))[:1]
    assert error.message.startswith("Unknown type 'ArtifactBuy'. Did you mean 'ArtifactBy'")


def test_introspection_tells_which_inputs_take_one_key(schema: LazySchema) -> None:
    names = ("ArtifactBy", "ArtifactFilter", "Artifact")
    asked = " ".join(f'{name}: __type(name: "{name}") {{ isOneOf }}' for name in names)
    told = graphql_sync(schema, f"{{ {asked} }}").data
    assert told == {
        "ArtifactBy": {"isOneOf": True},
        "ArtifactFilter": {"isOneOf": False},
        "Artifact": {"isOneOf": None},
    }
