"""Inspections over HTTP, on both databases: which values a registry has, and what the others stand for."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec import structs

from ..conftest import Dialect
from .conftest import LIMITS, Json, Serve, Server, Sql
from .summaries import ODD

INSPECT = """query ($values: [String]!, $field: String, $synonyms: String, $case: Boolean) {
  rows: %s { inspection(values: $values, field: $field, synonymsField: $synonyms, caseSensitive: $case) {
    validated nonValidated standardized { value standard }
  } }
}"""
HUMAN = 'genes(filter: {organism: {name: {eq: "human"}}})'


def inspect(server: Server, rows: str, values: Iterable[str | None], **arguments: object) -> Json:
    """The inspection of values, what is standardized as pairs."""
    given = server.ask(INSPECT % rows, {"values": list(values), **arguments})["rows"]["inspection"]
    return given | {"standardized": [tuple(pair.values()) for pair in given["standardized"]]}


def standards(server: Server, rows: str, values: Iterable[str | None], **arguments: object) -> dict[str, list[str]]:
    """What each value stands for, those of one value in their order."""
    meanings: dict[str, list[str]] = defaultdict(list)
    for value, standard in inspect(server, rows, values, **arguments)["standardized"]:
        meanings[value].append(standard)
    return dict(meanings)


def test_each_value_is_listed_once_in_the_order_given(real: Server) -> None:
    values = ["T-cell", "unknown", "T cell", None, "", "T cell", "T-cell", "B cell", "t cell"]
    assert inspect(real, "cellTypes", values) == {
        "validated": ["T cell", "B cell"],
        "nonValidated": ["T-cell", "unknown", "t cell"],
        "standardized": [("T-cell", "T cell"), ("t cell", "T cell")],
    }


def test_nothing_is_inspected(real: Server) -> None:
    nothing: Json = {"validated": [], "nonValidated": [], "standardized": []}
    assert inspect(real, "cellTypes", []) == nothing
    assert inspect(real, "cellTypes", [None, ""]) == nothing


def test_synonyms_of_genes(real: Server) -> None:
    values = ["A1CF", "FANCD1", "cd20", "nope", "IMD17", "TCGF", "HD", "Cd8A"]
    assert inspect(real, HUMAN, values) == {
        "validated": ["A1CF"],
        "nonValidated": values[1:],
        "standardized": [
            ("FANCD1", "BRCA2"),
            ("cd20", "MS4A1"),
            ("IMD17", "CD3G"),
            ("TCGF", "IL2"),
            ("Cd8A", "CD8A"),
        ],
    }


def test_another_case_is_the_oldest_rows(real: Server) -> None:
    assert standards(real, "genes", ["cD8a"]) == {"cD8a": ["CD8A"]}
    mouse = 'genes(filter: {organism: {name: {eq: "mouse"}}})'
    assert standards(real, mouse, ["cD8a"]) == {"cD8a": ["Cd8a"]}


def test_only_values_of_the_list_count(real: Server) -> None:
    b_cells = 'cellTypes(filter: {name: {contains: "B cell"}})'
    assert inspect(real, b_cells, ["T cell", "B cell", "B-cell"]) == {
        "validated": ["B cell"],
        "nonValidated": ["T cell", "B-cell"],
        "standardized": [("B-cell", "B cell")],
    }


def test_the_branch_rule_holds_until_the_filter_lifts_it(real: Server) -> None:
    values = ["trashed label", "archived label", "benchmark"]
    assert inspect(real, "ulabels", values)["validated"] == ["benchmark"]
    everywhere = "ulabels(filter: {branchId: {isNull: false}})"
    assert inspect(real, everywhere, values)["validated"] == values


def test_a_field_is_named(real: Server) -> None:
    found = inspect(real, "cellTypes", ["CL:0000084", "cl:0000084", "T-cell"], field="ontologyId")
    assert found["validated"] == ["CL:0000084"]
    assert found["standardized"] == [("cl:0000084", "CL:0000084")]  # synonyms are those of names


def test_synonyms_come_from_the_field_that_is_named(real: Server) -> None:
    assert standards(real, "cellTypes", ["t-CELL"], field="ontologyId", synonyms="synonyms") == {
        "t-CELL": ["CL:0000084"]
    }
    assert standards(real, "cellTypes", ["CL:0000084"], field="name", synonyms="ontologyId") == {
        "CL:0000084": ["T cell"]
    }


def test_case_counts_on_request(real: Server) -> None:
    values = ["T-cell", "t-cell", "t cell"]
    assert standards(real, "cellTypes", values, case=True) == {"T-cell": ["T cell"]}


def test_every_row_with_a_synonym_gives_a_meaning_the_oldest_first(real: Server, real_sql: Sql) -> None:
    rows = real_sql("SELECT symbol, synonyms FROM bionty_gene WHERE branch_id = 1 AND symbol IS NOT NULL ORDER BY id")
    folded = {symbol.lower() for symbol, _ in rows}
    meanings: dict[str, list[str]] = defaultdict(list)
    for symbol, synonyms in rows:
        for synonym in (synonyms or "").lower().split("|"):
            if synonym and synonym not in folded and symbol not in meanings[synonym]:
                meanings[synonym].append(symbol)
    assert any(len(found) > 1 for found in meanings.values())
    assert standards(real, "genes", meanings) == meanings


def test_names_in_other_case_are_known(real: Server, real_sql: Sql) -> None:
    rows = real_sql("SELECT name FROM bionty_celltype WHERE branch_id = 1 ORDER BY id DESC")
    names, oldest = {name for (name,) in rows}, {name.lower(): name for (name,) in rows}
    others = {name.swapcase() for name in names} - names
    assert standards(real, "cellTypes", others) == {name: [oldest[name.lower()]] for name in others}


@pytest.mark.parametrize("value", ["İLEUM", "ÄRGER", "ileum", "", "liver"])
def test_case_is_folded_by_unicode(lab: Server, lab_sql: Sql, value: str) -> None:
    names = [name for (name,) in lab_sql("SELECT name FROM lamindb_record WHERE branch_id = 1 ORDER BY id") if name]
    expected = [] if value in names else [name for name in names if value and name.lower() == value.lower()][:1]
    assert standards(lab, "records", [value]) == ({value: expected} if expected else {})


def test_punctuation_is_nothing_special(real: Server) -> None:
    values = ["a.b(c)[d]", "back\\slash", "50% confluent", 'say "no"', "it's", "T-cell|T cell", "Ünïcode läbel"]
    found = inspect(real, "ulabels", values)
    assert found["validated"] == ["a.b(c)[d]", "back\\slash", "50% confluent", "Ünïcode läbel"]
    assert found["nonValidated"] == ['say "no"', "it's", "T-cell|T cell"]


def test_below_rows_it_speaks_of_their_rows(real: Server) -> None:
    answer = real.ask(
        """{ artifacts(filter: {key: {in: ["examples/dataset1.h5ad", "iris.parquet"]}}) { nodes { key records {
          inspection(values: ["IFNG", "dmso"]) { validated nonValidated standardized { value standard } } } } } }"""
    )
    found = {row["key"]: row["records"]["inspection"] for row in answer["artifacts"]["nodes"]}
    meaning = [{"value": "dmso", "standard": "DMSO"}]
    assert found == {
        "examples/dataset1.h5ad": {"validated": ["IFNG"], "nonValidated": ["dmso"], "standardized": meaning},
        "iris.parquet": {"validated": [], "nonValidated": ["IFNG", "dmso"], "standardized": []},
    }


def test_aliases_and_type_names(real: Server) -> None:
    answer = real.ask(
        """{ ulabels { a: inspection(values: ["test"]) { __typename ok: validated }
                       b: inspection(values: ["TEST"]) { standardized { __typename to: standard } } } }"""
    )
    assert answer["ulabels"] == {
        "a": {"__typename": "Inspection", "ok": ["test"]},
        "b": {"standardized": [{"__typename": "StandardizedValue", "to": "test"}]},
    }


def test_ten_thousand_values_take_one_statement(real: Server) -> None:
    values = [f"cell {number}" for number in range(9_998)] + ["T cell", "t-lymphocyte"]
    found = inspect(real, "cellTypes", values)
    assert (found["validated"], len(found["nonValidated"])) == (["T cell"], 9_999)
    assert found["standardized"] == [("t-lymphocyte", "T cell")]


def test_hidden_rows_validate_nothing(serve: Serve, laboratory: Path, dialect: Dialect) -> None:
    found = inspect(serve(laboratory, dialect, ODD), "records", ["liver", "kidney", "ileum"])
    assert (found["validated"], found["standardized"]) == (["liver"], [("ileum", "ILEUM")])


REFUSED = {
    'cellTypes { inspection(values: ["x"], field: "ontology_id") { validated } }': (
        "INVALID",
        "inspection.field: CellType has no text field 'ontology_id'. Did you mean \"ontologyId\"?",
    ),
    'cellTypes { inspection(values: ["x"], field: "createdAt") { validated } }': (
        "INVALID",
        "inspection.field: CellType has no text field 'createdAt'. It has",
    ),
    'ulabels { inspection(values: ["x"], synonymsField: "synonyms") { validated } }': (
        "INVALID",
        "inspection.synonymsField: ULabel has no text field 'synonyms'.",
    ),
}


@pytest.mark.parametrize("query", REFUSED)
def test_what_is_refused(real: Server, query: str) -> None:
    code, message = real.refuse(f"{{ {query} }}")
    assert (code, message[: len(REFUSED[query][1])]) == REFUSED[query]


def test_too_many_values(serve: Serve, laboratory: Path, dialect: Dialect) -> None:
    small = serve(laboratory, dialect, limits=structs.replace(LIMITS, list_items=3, rows=30))
    code, message = small.refuse(INSPECT % "records", {"values": ["a", "b", "c", "d"]})
    assert (code, message) == ("TOO_COMPLEX", "inspection.values has 4 items; at most 3 are allowed.")
    below = '{ ulabels(first: 11) { nodes { children(first: 0) { inspection(values: ["a", "b"]) { validated } } } } }'
    code, message = small.refuse(below)
    assert (code, "44 rows" in message) == ("TOO_COMPLEX", True)
