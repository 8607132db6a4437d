"""Transactions outside requests: all or nothing, on either database."""

import asyncio

import pytest
from sqlalchemy import URL

from lnql.errors import InstanceError
from lnql.models.database import open_instance
from lnql.models.transactions import CHUNK, Transaction, begin

NAMES = "SELECT name FROM lamindb_ulabel ORDER BY id"


@pytest.fixture
def url(empty_target: str) -> URL:
    return open_instance(empty_target).url


def add(transaction: Transaction, *names: str) -> None:
    rows = [(name, name, 1) for name in names]
    transaction.write("lamindb_ulabel", ("uid", "name", "created_by_id"), rows)


def test_what_is_written_is_there_afterwards(url: URL) -> None:
    with begin(url, "write") as transaction:
        add(transaction, "a", "b")
    with begin(url, "read") as transaction:
        assert transaction.fetch(NAMES) == [("a",), ("b",)]


def test_an_error_undoes_everything(url: URL) -> None:
    def fail() -> None:
        with begin(url, "exclusive") as transaction:
            add(transaction, "a")
            transaction.execute("CREATE TABLE t (a integer);\nDROP TABLE lamindb_ulabel_parents;")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with begin(url, "read") as transaction:
        assert transaction.fetch(NAMES) == []
        assert "t" not in transaction.columns()
        assert "lamindb_ulabel_parents" in transaction.columns()


def test_what_the_database_refuses_is_one_kind_of_error(url: URL) -> None:
    with pytest.raises(InstanceError, match=r"(?i)unique constraint.*uid"), begin(url, "write") as transaction:
        add(transaction, "a", "a")
    with pytest.raises(InstanceError, match=r"(?i)foreign key"), begin(url, "write") as transaction:
        transaction.execute("INSERT INTO lamindb_ulabel (uid, name, created_by_id) VALUES ('a', 'a', 9);")


def test_a_reader_may_not_write(url: URL) -> None:
    with pytest.raises(InstanceError, match=r"(?i)read-?only|cannot be written"), begin(url, "read") as transaction:
        transaction.execute("DELETE FROM lamindb_space;")


def test_a_reader_sees_one_moment(url: URL) -> None:
    with begin(url, "write"):
        pass  # brings SQLite into WAL mode, so that readers and a writer do not wait for each other
    with begin(url, "read") as reader:
        assert reader.fetch(NAMES) == []
        with begin(url, "write") as writer:
            add(writer, "a")
        assert reader.fetch(NAMES) == []
    with begin(url, "read") as reader:
        assert reader.fetch(NAMES) == [("a",)]


def test_many_rows_come_in_chunks(url: URL) -> None:
    with begin(url, "write") as transaction:
        add(transaction, *map(str, range(CHUNK + 1)))
    with begin(url, "read") as transaction:
        chunks = list(transaction.read("lamindb_ulabel", ("name", "is_type")))
    assert [len(chunk) for chunk in chunks] == [CHUNK, 1]
    assert [name for chunk in chunks for name, _ in chunk] == list(map(str, range(CHUNK + 1)))


def test_columns_come_with_type_and_default(url: URL) -> None:
    with begin(url, "read") as transaction:
        columns = {column.name: column for column in transaction.columns()["lamindb_ulabel"]}
    assert columns["name"].default is None
    assert columns["branch_id"].default == "1"
    assert columns["created_at"].type in ("datetime", "timestamptz")


def test_obstacles_can_be_removed_and_made_again(url: URL) -> None:
    with begin(url, "exclusive") as transaction:
        before = sorted(transaction.obstacles(["lamindb_ulabel"]))
        assert len(before) >= 12
        transaction.execute("\n".join(obstacle.drop for obstacle in before))
        assert [o for o in transaction.obstacles(["lamindb_ulabel"]) if "TRIGGER" not in o.drop] == []
        transaction.execute("\n".join(obstacle.create for obstacle in before))
        assert sorted(transaction.obstacles(["lamindb_ulabel"])) == before


def test_ids_are_counted(url: URL) -> None:
    with begin(url, "write") as transaction:
        add(transaction, "a", "b")
        assert transaction.counters()["lamindb_ulabel"] == 2
        transaction.set_counter("lamindb_ulabel", 40)
        add(transaction, "c")
        assert transaction.counters()["lamindb_ulabel"] == 41
        assert transaction.counters().get("lamindb_record", 0) == 0


def test_a_running_event_loop_is_no_hindrance(empty_target: str) -> None:
    async def inside() -> frozenset[str]:
        return open_instance(empty_target).columns["lamindb_ulabel"]

    assert "uid" in asyncio.run(inside())
