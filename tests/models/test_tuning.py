"""`lnql tune`: an instance gets the indexes that it lacks, once, and statistics without samples."""

from pathlib import Path

import pytest

from lnql.errors import InstanceError
from lnql.models.database import open_instance
from lnql.models.transactions import begin
from lnql.models.tuning import NAMES, missing_indexes, tune_instance

STATISTICS = "Gathered statistics for the planner; restart servers to use them."
COUNTED = {
    "sqlite": "SELECT count(*) FROM sqlite_stat1 WHERE idx = '{}'",
    "postgresql": "SELECT count(*) FROM pg_class WHERE relname = '{}' AND reltuples > 0",
}


def test_what_is_missing_is_added_once(real_target: str) -> None:
    url = open_instance(real_target).url
    with begin(url, "write") as transaction:  # the copy on PostgreSQL was made by LNQL
        transaction.execute("\n".join(f"DROP INDEX IF EXISTS {index.name};" for index in missing_indexes()))
    told = tune_instance(real_target)
    index = "lamindb_artifactjsonvalue_jsonvalue_id_artifact_id"
    assert any(line.startswith(f"Made the index {index}") for line in told)
    assert told[-1] == STATISTICS
    with begin(url, "read") as transaction:
        names = {name for (name,) in transaction.fetch(NAMES[transaction.dialect])}
        (values,) = [index.name for index in missing_indexes() if index.table == "lamindb_artifactjsonvalue"]
        assert transaction.fetch(COUNTED[transaction.dialect].format(values)) == [(1,)]
    assert {index.name for index in missing_indexes()} <= names
    assert tune_instance(real_target) == ["No index was missing.", STATISTICS]


def test_no_samples_are_kept_on_sqlite(demo_folder: Path) -> None:
    with begin(open_instance(str(demo_folder)).url, "read") as transaction:
        assert transaction.fetch("SELECT count(*) > 100 FROM sqlite_stat1") == [(1,)]
        if transaction.fetch("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat4'"):
            assert transaction.fetch("SELECT count(*) FROM sqlite_stat4") == [(0,)]


def test_a_new_instance_lacks_nothing(empty_target: str) -> None:
    assert tune_instance(empty_target)[0] == "No index was missing."


def test_names_fit_both_databases_and_differ() -> None:
    names = [index.name for index in missing_indexes()]
    assert max(map(len, names)) <= 63
    assert len({*names}) == len(names) > 20


def test_what_is_no_instance_is_told(tmp_path: Path) -> None:
    with pytest.raises(InstanceError, match="There is no file or folder"):
        tune_instance(str(tmp_path / "absent"))
