"""The root field `registries`."""

from pathlib import Path

import pytest

from lnql import __version__
from lnql.graph.overview import about
from lnql.graph.registry import Catalog
from lnql.models import registries
from lnql.models.database import open_instance

from ..conftest import Dialect
from .conftest import LIMITS, Server


def test_registries_tell_what_the_instance_has(real: Server) -> None:
    answer = real.ask(
        """{ registries { __typename name module singular plural rows: rowCount hasFeatures nameField description
        fields { name type nullable unique private description }
        relations { name target many linked description } } }"""
    )
    registries = {registry["name"]: registry for registry in answer["registries"]}
    artifact = registries["Artifact"]
    assert artifact["__typename"] == "Registry"
    assert (artifact["module"], artifact["singular"], artifact["plural"]) == ("lamindb", "artifact", "artifacts")
    assert (artifact["nameField"], artifact["hasFeatures"]) == ("key", True)
    assert registries["CellType"]["module"] == "bionty"
    assert not registries["CellType"]["hasFeatures"]
    fields = {field["name"]: field for field in artifact["fields"]}
    assert fields["size"]["type"] == "BigInt"
    assert fields["uid"] == fields["uid"] | {"type": "String", "nullable": False, "unique": True, "private": False}
    assert fields["_aux"]["private"]
    relations = {relation["name"]: relation for relation in artifact["relations"]}
    shown = {name: (one["target"], one["many"], one["linked"]) for name, one in relations.items()}
    assert (shown["createdBy"], shown["records"]) == (("User", False, False), ("Record", True, True))
    runs = {one["name"]: one for one in registries["Transform"]["relations"]}["runs"]
    assert (runs["many"], runs["linked"]) == (True, False)
    parts = [registry, *artifact["fields"], *artifact["relations"]] if (registry := artifact) else []
    assert all(part["description"] for part in parts)


def test_a_row_count_is_that_of_the_list(real: Server) -> None:
    registries = real.ask("{ registries { plural rowCount } }")["registries"]
    lists = " ".join(f"{registry['plural']} {{ totalCount }}" for registry in registries[:20])
    counts = real.ask(f"{{ {lists} }}")
    for registry in registries[:20]:
        assert counts[registry["plural"]]["totalCount"] == registry["rowCount"]


def test_what_is_not_selected_is_not_counted(real: Server) -> None:
    real.ask("{ registries { name } }")
    (statement,) = real.statements
    assert "count(" not in statement.text


def test_the_instance_says_what_it_is_and_what_a_request_may_ask_for(real: Server, dialect: Dialect) -> None:
    said = real.ask("{ instance { __typename name version dialect writable rootPage nestedPage rows listItems } }")
    assert said["instance"].pop("name")
    assert said["instance"] == {
        "__typename": "Instance",
        "version": __version__,
        "dialect": dialect,
        "writable": False,
        "rootPage": LIMITS.root_page,
        "nestedPage": LIMITS.nested_page,
        "rows": LIMITS.rows,
        "listItems": LIMITS.list_items,
    }


def test_the_schema_hash_changes_with_what_the_database_has(real_folder: Path) -> None:
    instance = open_instance(real_folder)
    whole, again = (about(instance, Catalog(registries(), instance.columns), LIMITS) for _ in range(2))
    columns = {**instance.columns, "lamindb_artifact": instance.columns["lamindb_artifact"] - {"extra_data"}}
    older = about(instance, Catalog(registries(), columns), LIMITS)
    assert whole == again
    assert whole["schemaHash"] != older["schemaHash"]


@pytest.mark.parametrize("field", ["registries", "instance"])
def test_a_selection_of_which_everything_is_skipped_is_an_empty_object(real: Server, field: str) -> None:
    answer = real.ask(f"{{ {field} {{ name @skip(if: true) }} }}")[field]
    assert answer == {} if field == "instance" else answer[0] == {}
