"""Every recorded search of LaminDB, translated by rule: registry, text, field, limit and case as in Python."""

import ast
from typing import Any, NamedTuple

from lnql.graph.names import camel
from lnql.graph.registry import Catalog
from lnql.models import registries

from ..graph.conftest import Server
from .test_golden import Answer, answers, check_list

__all__ = ["answers"]

CATALOG = Catalog(registries())
DEFAULT_LIMIT, NO_LIMIT = 20, 5000


class Recorded(NamedTuple):
    """A search as it was asked, and what was read of the rows: a field, or "" for their number."""

    registry: str
    filter: dict[str, Any]
    arguments: dict[str, Any]
    leaf: str

    def operation(self) -> str:
        """The same in GraphQL."""
        info = CATALOG[self.registry]
        declared = f"$search: Search!, $filter: {self.registry}Filter, $first: Int"
        return (
            f"query ({declared}) {{ found: {info.plural}(search: $search, filter: $filter, first: $first) "
            f"{{ totalCount nodes {{ {camel(self.leaf) or 'uid'} }} }} }}"
        )

    def variables(self) -> dict[str, Any]:
        """The values that belong to it."""
        given = self.arguments
        search = {"text": given["text"], "fuzzy": False, "caseSensitive": given.get("case_sensitive", False)}
        if "field" in given:
            named = given["field"]
            search["fields"] = [camel(name) for name in ([named] if isinstance(named, str) else named)]
        first = NO_LIMIT if given.get("limit", 0) is None else given.get("limit", DEFAULT_LIMIT)
        return {"search": search, "filter": self.filter, "first": first}


def translated(expression: str) -> Recorded | None:
    """Read `registry.search(…)`, of which a field or the number may be asked; None for anything else."""
    match ast.parse(expression, mode="eval").body:
        case ast.Call(ast.Attribute(ast.Call() as search, "to_list"), [ast.Constant(str() as leaf)]):
            return _search(search, leaf)
        case ast.Call(ast.Name("len"), [ast.Call() as search]):
            return _search(search, "")
    return None


def _search(call: ast.Call, leaf: str) -> Recorded | None:
    match call.func:
        case ast.Attribute(ast.Attribute(ast.Name(), registry), "search"):  # looks on all branches
            on_all = {"branchId": {"isNull": False}} if CATALOG[registry].branch else {}
            return Recorded(registry, on_all, _arguments(call), leaf)
        case ast.Attribute(ast.Call(ast.Attribute(ast.Attribute(ast.Name(), registry), "filter")) as chained, "search"):
            starts = {
                camel(word.arg.removesuffix("__startswith")): {"startsWith": ast.literal_eval(word.value)}
                for word in chained.keywords
                if word.arg
            }
            return Recorded(registry, starts, _arguments(call), leaf)
    return None


def _arguments(call: ast.Call) -> dict[str, Any]:
    words = {word.arg or "": _value(word.value) for word in call.keywords}
    return {"text": _value(call.args[0]), **words}


def _value(node: ast.expr) -> Any:
    return node.attr if isinstance(node, ast.Attribute) else ast.literal_eval(node)


def test_every_recorded_search_is_answered_as_lamindb_does(real: Server, answers: dict[str, Answer]) -> None:
    asked = 0
    for name, answer in answers.items():
        recorded = translated(answer["expr"]) if answer["category"] == "search" else None
        if recorded is None:
            continue
        found = real.search(recorded.operation(), recorded.variables())["found"]
        if recorded.leaf:
            check_list([row[camel(recorded.leaf)] for row in found["nodes"]], answer)
        else:
            assert found["totalCount"] == answer["expected"]["value"], name
        asked += 1
    assert asked >= 50
