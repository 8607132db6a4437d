from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from lnql.models.demo_rows import START, STEP, Rows, random_uid, read_table
from lnql.models.initialize import init_instance
from lnql.models.transactions import Transaction, begin
from lnql.models.uids import entity_uid


@pytest.fixture
def transaction(tmp_path: Path) -> Iterator[Transaction]:
    with begin(init_instance(tmp_path).url, "exclusive") as transaction:
        yield transaction


@pytest.fixture
def rows(transaction: Transaction) -> Rows:
    return Rows(transaction, Random(0))


def test_a_table_is_read_by_its_header_without_empty_cells() -> None:
    text = """
    name | description
    B cell | makes antibodies
    T cell |
    """
    assert list(read_table(text)) == [{"name": "B cell", "description": "makes antibodies"}, {"name": "T cell"}]


def test_a_line_with_too_many_cells_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        list(read_table("name\na | b"))


def test_a_uid_follows_from_the_seed() -> None:
    assert random_uid(Random(5), 12) == random_uid(Random(5), 12)
    assert len(random_uid(Random(5), 12)) == 12


def test_ids_uids_and_timestamps_are_filled_in(rows: Rows, transaction: Transaction) -> None:
    first, second = rows.add("lamindb_ulabel", name="one"), rows.add("lamindb_ulabel", name="two")
    rows.write()
    found = transaction.fetch("SELECT id, length(uid), created_at, created_by_id, branch_id FROM lamindb_ulabel")
    times = [f"{START + STEP * step:%Y-%m-%d %H:%M:%S.%f}" for step in (1, 2)]
    assert found == [(first, 8, times[0], 1, 1), (second, 8, times[1], 1, 1)]


def test_what_is_given_is_kept(rows: Rows, transaction: Transaction) -> None:
    time = datetime(2025, 5, 4, 12, 0, tzinfo=UTC)
    rows.add("lamindb_ulabel", name="mine", uid="12345678", branch_id=-1, created_at=time)
    rows.write()
    assert transaction.fetch("SELECT uid, branch_id, created_at FROM lamindb_ulabel") == [
        ("12345678", -1, "2025-05-04 12:00:00.000000")
    ]


@pytest.mark.parametrize(
    ("table", "values", "length"),
    [
        ("lamindb_run", {"transform_id": 1}, 16),
        ("lamindb_feature", {"name": "x", "_dtype_str": "int"}, 12),
        ("lamindb_transform", {"key": "x.py", "kind": "script"}, 16),
    ],
)
def test_uids_have_their_registrys_length(rows: Rows, table: str, values: dict[str, object], length: int) -> None:
    rows.add(table, **values)
    assert len(rows.rows(table)[0]["uid"]) == length


def test_the_uid_of_an_entity_comes_from_its_ontology_id(rows: Rows) -> None:
    rows.add("bionty_celltype", name="T cell", ontology_id="CL:0000084")
    assert rows.row("bionty_celltype", "T cell")["uid"] == entity_uid("CL:0000084")


def test_cells_are_read_by_the_type_of_their_column(rows: Rows) -> None:
    rows.add_all(
        "lamindb_project",
        """
        name  | is_type | start_date | _status_code
        Trial | yes     | 2025-01-31 | active
        """,
    )
    trial = rows.row("lamindb_project", "Trial")
    assert (trial["is_type"], trial["start_date"], trial["_status_code"]) == (True, date(2025, 1, 31), "active")


def test_relations_and_parents_call_rows_by_name(rows: Rows, transaction: Transaction) -> None:
    rows.add_all(
        "lamindb_ulabel",
        """
        name  | is_type | type | parents   | branch
        Kind  | yes     |      |           |
        child |         | Kind | old;young |
        old   |         | Kind |           | trash
        young |         |      |           |
        """,
    )
    rows.write()
    ids = {name: rows.id("lamindb_ulabel", name) for name in ("Kind", "child", "old", "young")}
    assert transaction.fetch("SELECT type_id FROM lamindb_ulabel WHERE name = 'child'") == [(ids["Kind"],)]
    assert transaction.fetch("SELECT branch_id FROM lamindb_ulabel WHERE name = 'old'") == [(-1,)]
    assert transaction.fetch("SELECT from_ulabel_id, to_ulabel_id FROM lamindb_ulabel_parents") == [
        (ids["child"], ids["old"]),
        (ids["child"], ids["young"]),
    ]


def test_a_row_can_be_changed_until_it_is_written(rows: Rows, transaction: Transaction) -> None:
    rows.add("lamindb_ulabel", name="draft")
    rows.row("lamindb_ulabel", "draft")["description"] = "changed"
    rows.add("lamindb_ulabel", name="other")
    rows.write()
    rows.write()
    assert transaction.fetch("SELECT name, description FROM lamindb_ulabel ORDER BY id") == [
        ("draft", "changed"),
        ("other", None),
    ]


def test_an_unknown_name_is_found_by_nobody(rows: Rows) -> None:
    assert rows.find("lamindb_ulabel", "nothing") is None
    with pytest.raises(KeyError):
        rows.id("lamindb_ulabel", "nothing")


def test_time_passes_with_each_row(rows: Rows) -> None:
    rows.add("lamindb_ulabel", name="one")
    assert rows.now - START == timedelta(minutes=13)
