"""What guards types on PostgreSQL."""

import pytest

from lnql.errors import InstanceError
from lnql.models.database import open_instance
from lnql.models.initialize import init_instance
from lnql.models.transactions import begin
from lnql.models.triggers import TYPED

from ..conftest import PostgresServer

COLUMNS = {
    "feature": ("array_rank, array_size, _dtype_str", "0, 0, 'int'"),
    "project": ("is_locked", "false"),
    "record": ("is_locked", "false"),
    "reference": ("is_locked", "false"),
    "schema": ("minimal_set, ordered_set, maximal_set", "true, false, false"),
    "ulabel": ("is_locked", "false"),
}
"""What a row of each registry needs besides a name."""


@pytest.fixture(scope="module")
def url(postgres: PostgresServer) -> str:
    url = postgres.url(postgres.create())
    init_instance(url)
    return url


def run(url: str, *statements: str) -> None:
    with begin(open_instance(url).url, "write") as transaction:
        transaction.execute("".join(f"{statement};\n" for statement in statements))


def insertion(name: str, uid: str, *, is_type: bool, type_uid: str | None = None, schema: str = "") -> str:
    """A statement that adds a row, of a type that is given by its uid."""
    columns, values = COLUMNS[name]
    above = f"(SELECT id FROM lamindb_{name} WHERE uid = '{type_uid}')" if type_uid else "NULL"
    extra = ("", "") if not schema else (", schema_id", f", (SELECT id FROM lamindb_schema WHERE uid = '{schema}')")
    return (
        f"INSERT INTO lamindb_{name} (uid, name, is_type, type_id, created_by_id, {columns}{extra[0]}) "
        f"VALUES ('{uid}', '{uid}', {is_type}, {above}, 1, {values}{extra[1]})"
    )


@pytest.mark.parametrize("name", TYPED)
def test_a_row_has_a_type_that_is_one(url: str, name: str) -> None:
    run(url, insertion(name, "t1", is_type=True), insertion(name, "r1", is_type=False, type_uid="t1"))
    with pytest.raises(InstanceError, match=f'violates check constraint "{name}_type_is_valid_fk"'):
        run(url, insertion(name, "r2", is_type=False, type_uid="r1"))


@pytest.mark.parametrize("name", TYPED)
def test_a_type_is_not_its_own_type(url: str, name: str) -> None:
    chain = [None, "c1", "c2"]
    run(url, *(insertion(name, f"c{n}", is_type=True, type_uid=above) for n, above in enumerate(chain, 1)))
    for below in ("c1", "c3"):
        statement = f"UPDATE lamindb_{name} SET type_id = (SELECT id FROM lamindb_{name} WHERE uid = '{below}')"
        with pytest.raises(InstanceError, match=f"{name} c1 cannot be a type of itself, be it through other types"):
            run(url, f"{statement} WHERE uid = 'c1'")


def test_below_a_type_of_records_with_a_schema_are_records_but_no_types(url: str) -> None:
    run(url, insertion("schema", "sheet", is_type=False))
    run(url, insertion("record", "s1", is_type=True, schema="sheet"))
    run(url, insertion("record", "row", is_type=False, type_uid="s1"))
    with pytest.raises(InstanceError, match='violates check constraint "record_type_is_valid_fk"'):
        run(url, insertion("record", "s2", is_type=True, type_uid="s1"))


def test_a_renamed_feature_keeps_its_old_names(url: str) -> None:
    run(url, insertion("feature", "f1", is_type=False))
    for name in ("second", "third", "third"):
        run(url, f"UPDATE lamindb_feature SET name = '{name}' WHERE uid = 'f1'")
    run(url, "UPDATE lamindb_feature SET unit = 'mm' WHERE uid = 'f1'")
    query = (
        "SELECT f.name, f.synonyms, array(SELECT value FROM jsonb_each_text(f._aux -> 'renamed') ORDER BY key), "
        "(SELECT bool_and(key::timestamptz <= now()) FROM jsonb_each_text(f._aux -> 'renamed')) "
        "FROM lamindb_feature f WHERE uid = 'f1'"
    )
    with begin(open_instance(url).url, "read") as transaction:
        ((name, synonyms, renamed, past),) = transaction.fetch(query)
    assert (name, synonyms, past) == ("third", "f1|second", True)
    assert "second" in renamed
