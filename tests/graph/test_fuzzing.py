"""Operations that nobody would write, made from the schema by schemathesis: each is answered or refused, none fails.

The suite takes some of each kind. `LNQL_FUZZ=50 pytest tests/graph/test_fuzzing.py` takes 50 of every root field, which
takes hours.
"""

import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from graphql import (
    REMOVE,
    ArgumentNode,
    GraphQLSchema,
    IntValueNode,
    ListValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    parse,
    print_ast,
    print_schema,
    visit,
)
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec import structs
from schemathesis.core.result import Ok
from schemathesis.graphql import nodes

from lnql.graph.registry import Catalog
from lnql.graph.schema import build_api
from lnql.models import registries

from .conftest import LIMITS, Serve, Server

EXAMPLES = int(os.environ.get("LNQL_FUZZ", "0"))
REGISTRIES = ("Artifact", "CellType", "Feature", "Record", "Run", "Transform", "ULabel", "User")
"""What the suite makes operations of: the rest is alike, and to prepare for all of it takes long."""
SAMPLE = {
    "Query.artifact": 2,
    "Query.artifacts": 8,
    "Query.cellTypes": 4,
    "Query.features": 2,
    "Query.node": 2,
    "Query.records": 4,
    "Query.registries": 2,
    "Query.runs": 3,
    "Mutation.createRecord": 3,
    "Mutation.deleteULabels": 3,
    "Mutation.restoreRecord": 2,
    "Mutation.updateRecord": 3,
    "Mutation.upsertFeatures": 2,
}
"""How many of each operation the suite takes."""

INSTANTS = st.datetimes().map(lambda value: nodes.String(f"{value.isoformat()}Z"))
JSON = st.one_of(
    st.text().map(nodes.String),
    st.integers().map(nodes.Int),
    st.floats(allow_nan=False, allow_infinity=False).map(nodes.Float),
    st.booleans().map(nodes.Boolean),
    st.just(nodes.Null),
)
SCALARS = {
    "BigInt": st.integers(-(2**63), 2**63 - 1).map(nodes.Int),
    "Date": st.dates().map(lambda value: nodes.String(value.isoformat())),
    "DateTime": INSTANTS,
    "JSON": JSON,
}


@cache
def schema() -> GraphQLSchema:
    """The schema of what operations are made of."""
    models = [model for model in registries() if EXAMPLES or model.__name__ in REGISTRIES]
    return build_api(Catalog(models)).schema


@cache
def operations() -> dict[str, Any]:
    """What schemathesis knows of each root field, by kind and name."""
    for name, strategy in SCALARS.items():
        schemathesis.graphql.scalar(name, strategy)
    loaded = schemathesis.graphql.from_file(print_schema(schema()))
    loaded.config.generation.graphql_allow_null = False
    found = [result.ok() for result in loaded.get_all_operations() if isinstance(result, Ok)]
    return {operation.label: operation for operation in found}


class Taming(Visitor):
    """Makes operations reach the database: what would be refused before it is mended or left out."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self._types = types

    def enter_argument(self, node: ArgumentNode, *_: Any) -> Any:
        if node.name.value in ("last", "after", "before"):
            return REMOVE
        if isinstance(node.value, IntValueNode):
            return replace(node, value=IntValueNode(value=str(abs(int(node.value.value)) % 100)))
        return None

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> Any:
        name = node.name.value
        if name == "between" and isinstance(node.value, ListValueNode):
            two = node.value.values[:2]
            return replace(node, value=replace(node.value, values=two)) if len(two) == 2 else REMOVE
        return REMOVE if name == "fields" else None

    def enter_object_value(self, node: ObjectValueNode, *_: Any) -> ObjectValueNode | None:
        type_ = get_named_type(self._types.get_input_type())
        return replace(node, fields=node.fields[:1]) if getattr(type_, "is_one_of", False) else None

    def enter_string_value(self, node: StringValueNode, *_: Any) -> StringValueNode | None:
        return replace(node, value=node.value.replace("\0", "0")) if "\0" in node.value else None


def tame(text: str) -> str:
    types = TypeInfo(schema())
    return print_ast(visit(parse(text), TypeInfoVisitor(types, Taming(types))))


PATIENT = structs.replace(LIMITS, statement_seconds=60.0, operation_seconds=120.0)
"""How long an operation takes is not asked here, and depends on what else the machine does."""


@pytest.fixture(scope="module")
def servers(serve: Serve, demo_folder: Path) -> list[Server]:
    """The demo instance on both databases, open for writing."""
    return [serve(demo_folder, dialect, limits=PATIENT, write=__name__) for dialect in ("sqlite", "postgresql")]


@pytest.mark.parametrize("label", operations() if EXAMPLES else SAMPLE)
def test_no_operation_fails(label: str, servers: list[Server]) -> None:
    @settings(
        max_examples=EXAMPLES or SAMPLE[label],
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
        database=None,
        derandomize=not EXAMPLES,
    )
    @given(operations()[label].as_strategy(), st.booleans())
    def check(case: Any, wild: bool) -> None:
        text = case.body if wild else tame(case.body)
        for server in servers:
            response = server.post(text, accept="application/graphql-response+json")
            answer = response.json()
            assert response.status_code < 500, (answer, text)
            assert "INTERNAL" not in {error["extensions"]["code"] for error in answer.get("errors", [])}, (answer, text)

    check()
