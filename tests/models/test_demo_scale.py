"""The bulk of the demo: as many artifacts as asked for, distributed as promised."""

from pathlib import Path

import pytest

from lnql.models.demo import build_demo

from .queries import value

COUNT = 2000
BULK = "lamindb_artifact a WHERE a.storage_id = 2"


@pytest.fixture(scope="module")
def reports() -> list[tuple[str, int, int]]:
    """What was reported while the instance was built."""
    return []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, reports: list[tuple[str, int, int]]) -> Path:
    folder = tmp_path_factory.mktemp("scaled")
    build_demo(folder, scale=COUNT, progress=lambda *report: reports.append(report))
    return folder


def share(folder: Path, condition: str) -> float:
    """The share of the bulk's artifacts for which a condition holds."""
    return float(value(folder, f"SELECT count(*) FROM {BULK} AND ({condition})") / COUNT)


def test_there_are_as_many_artifacts_as_asked_for(folder: Path) -> None:
    assert value(folder, f"SELECT count(*) FROM {BULK}") == COUNT


def test_progress_is_told_up_to_the_end(folder: Path, reports: list[tuple[str, int, int]]) -> None:
    assert [report for report in reports if report[0] == "Artifacts"] == [
        ("Artifacts", done, COUNT) for done in (1000, 2000)
    ]
    assert reports[-1][0] == "Indexes"
    assert reports[-1][1] == reports[-1][2]


def test_the_database_is_sound(folder: Path) -> None:
    assert value(folder, "SELECT count(*) FROM pragma_foreign_key_check") == 0
    assert value(folder, "PRAGMA integrity_check") == "ok"


def test_it_has_the_indexes_of_an_instance_without_bulk(folder: Path, tmp_path: Path) -> None:
    build_demo(tmp_path)
    indexes = "SELECT group_concat(sql, ';' ORDER BY name) FROM sqlite_master WHERE type = 'index'"
    assert value(folder, indexes) == value(tmp_path, indexes)


def test_the_planner_has_statistics(folder: Path) -> None:
    assert value(folder, "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'lamindb_artifact'") > 10


@pytest.mark.parametrize(
    ("condition", "low", "high"),
    [
        ("branch_id = 1", 0.93, 0.99),
        ("branch_id = -1", 0.001, 0.03),
        ("space_id = 1", 0.8, 0.9),
        ("is_latest", 0.75, 0.95),
        ("run_id IS NULL", 0.1, 0.2),
        ("description IS NULL", 0.3, 0.5),
        ("size > 2147483648", 0.005, 0.06),
        ("suffix = '.fastq.gz'", 0.25, 0.35),
        ("_hash_type = 'sha1-fl'", 0.2, 0.5),
        ("schema_id IS NOT NULL AND otype = 'AnnData'", 0.15, 0.25),
        ("EXISTS (SELECT 1 FROM lamindb_artifactulabel l WHERE l.artifact_id = a.id)", 0.65, 0.85),
        ("EXISTS (SELECT 1 FROM lamindb_artifactjsonvalue l WHERE l.artifact_id = a.id)", 0.8, 0.99),
        ("EXISTS (SELECT 1 FROM bionty_artifactcelltype l WHERE l.artifact_id = a.id)", 0.35, 0.55),
    ],
)
def test_shares_are_as_in_life(folder: Path, condition: str, low: float, high: float) -> None:
    assert low < share(folder, condition) < high


def test_one_run_made_twenty_artifacts_at_most(folder: Path) -> None:
    assert value(folder, "SELECT count(DISTINCT run_id) FROM lamindb_artifact WHERE storage_id = 2") == COUNT / 20
    largest = f"SELECT max(n) FROM (SELECT count(*) AS n FROM {BULK} AND run_id IS NOT NULL GROUP BY run_id)"
    assert value(folder, largest) <= 20


def test_inputs_are_older_than_the_runs_that_read_them(folder: Path) -> None:
    inputs = (
        "lamindb_artifact_input_of_runs i JOIN lamindb_artifact a ON a.id = i.artifact_id"
        " JOIN lamindb_run r ON r.id = i.run_id"
    )
    assert value(folder, f"SELECT count(*) FROM {inputs} WHERE a.storage_id = 2") > COUNT / 20 * 0.5
    assert value(folder, f"SELECT count(*) FROM {inputs} WHERE a.storage_id = 2 AND a.created_at > r.started_at") == 0


def test_artifacts_were_made_over_three_years_in_order(folder: Path) -> None:
    days = f"SELECT max(julianday(created_at)) - min(julianday(created_at)) FROM {BULK}"
    assert 1000 < value(folder, days) < 1100
    unordered = "lamindb_artifact a JOIN lamindb_artifact b ON b.id = a.id + 1 AND b.created_at < a.created_at"
    assert value(folder, f"SELECT count(*) FROM {unordered} WHERE a.storage_id = 2") == 0


def test_each_family_of_versions_has_one_latest_which_has_the_largest_uid(folder: Path) -> None:
    families = f"SELECT substr(uid, 1, 16) AS stem, max(uid) AS last, sum(is_latest) AS heads FROM {BULK} GROUP BY 1"
    assert value(folder, f"SELECT count(*) FROM ({families}) WHERE heads <> 1") == 0
    wrong = f"SELECT count(*) FROM ({families}) f JOIN lamindb_artifact a ON a.uid = f.last WHERE NOT a.is_latest"
    assert value(folder, wrong) == 0
    assert value(folder, f"SELECT max(n) FROM (SELECT count(*) AS n FROM {BULK} GROUP BY substr(uid, 1, 16))") == 4


def test_few_labels_are_on_most_artifacts(folder: Path) -> None:
    counts = (
        "SELECT count(*) AS n FROM lamindb_artifactulabel WHERE feature_id IS NULL GROUP BY ulabel_id ORDER BY n DESC"
    )
    top = value(folder, f"SELECT sum(n) FROM ({counts} LIMIT 30)")
    assert top > value(folder, f"SELECT sum(n) FROM ({counts})") / 2
    assert value(folder, f"SELECT count(*) FROM ({counts})") > 250


def test_temperatures_are_many_and_shared(folder: Path) -> None:
    values = "lamindb_jsonvalue v JOIN lamindb_feature f ON f.id = v.feature_id AND f.name = 'temperature'"
    links = f"{values} JOIN lamindb_artifactjsonvalue l ON l.jsonvalue_id = v.id"
    assert 200 < value(folder, f"SELECT count(*) FROM {values}") < value(folder, f"SELECT count(*) FROM {links}")


def test_donors_are_records_with_values(folder: Path) -> None:
    donors = "lamindb_record WHERE name LIKE 'donor%'"
    assert value(folder, f"SELECT count(*) FROM {donors}") == 970
    without = f"SELECT count(*) FROM {donors} AND id NOT IN (SELECT record_id FROM lamindb_recordjson)"
    assert value(folder, without) == 0
