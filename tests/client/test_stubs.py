"""What editors and type checkers know of the registries: the file is what is written, and says what is there."""

import ast
import os

from lnql.catalog import Catalog
from lnql.graph.overview import describe
from lnql.graph.registry import Catalog as Served
from lnql.models import registries
from lnql.stubs import declare

from ..conftest import CHECKOUT

FILE = CHECKOUT / "client" / "declared.pyi"


def test_the_declarations_are_those_of_the_registries() -> None:
    served = Served(model for model in registries() if model.__module__.startswith("lnql."))
    written = declare(Catalog(map(describe, served.values())))
    if os.environ.get("LNQL_UPDATE"):
        FILE.write_text(written)
    assert FILE.read_text() == written


def test_every_attribute_is_described_by_its_type() -> None:
    classes = {node.name: node for node in ast.parse(FILE.read_text()).body if isinstance(node, ast.ClassDef)}
    declared = {
        node.target.id: ast.unparse(node.annotation)
        for node in classes["Artifact"].body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    assert declared["uid"] == "str"
    assert declared["size"] == "int | None"
    assert declared["created_at"] == "datetime"
    assert declared["created_by"] == "User"
    assert declared["run"] == "Run | None"
    assert declared["records"] == "RelatedManager[Record]"
