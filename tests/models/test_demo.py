"""The demo instance as a whole: what it holds, that it is sound, and that a seed decides all of it."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from lnql.errors import InstanceError, MissingExtraError
from lnql.models import demo
from lnql.models.copying import copy_instance
from lnql.models.demo import build_demo
from lnql.models.hashes import file_hash, folder_hash, json_value_hash, schema_hash, text_hash
from lnql.models.uids import entity_uid

from .queries import rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo instance."""
    folder = tmp_path_factory.mktemp("demo")
    build_demo(folder)
    return folder


@pytest.mark.parametrize(
    ("table", "count"),
    [
        ("lamindb_artifact", 17),
        ("lamindb_transform WHERE kind = 'notebook'", 501),
        ("lamindb_run", 8),
        ("lamindb_user", 5),
        ("lamindb_space", 3),
        ("lamindb_branch", 4),
        ("lamindb_collection", 1),
        ("lamindb_project WHERE NOT is_type", 3),
        ("bionty_celltype", 96),
        ("bionty_gene", 23),
    ],
)
def test_how_much_there_is(folder: Path, table: str, count: int) -> None:
    assert rows(folder, f"SELECT count(*) FROM {table}") == [count]


def test_the_database_is_sound(folder: Path) -> None:
    assert rows(folder, "PRAGMA foreign_key_check") == []
    assert rows(folder, "PRAGMA integrity_check") == ["ok"]


def test_each_artifact_has_its_file_with_the_recorded_hash_and_size(folder: Path) -> None:
    columns = "uid, suffix, hash, _hash_type, size, n_files"
    for uid, suffix, hash_, kind, size, n_files in rows(folder, f"SELECT {columns} FROM lamindb_artifact"):
        path = folder / ".lamindb" / f"{uid[:16] if n_files else uid}{suffix}"
        files = list(path.iterdir()) if n_files else [path]
        assert (folder_hash if n_files else file_hash)(path) == (hash_, kind)
        assert sum(file.stat().st_size for file in files) == size
        assert len(files) == (n_files or 1)


def test_no_file_is_without_an_artifact(folder: Path) -> None:
    known = {uid[:16] for uid in rows(folder, "SELECT uid FROM lamindb_artifact")}
    found = {path.name[:16] for path in (folder / ".lamindb").iterdir()} - {"lamin.db", "storage_uid.txt"}
    assert found == known


@pytest.mark.parametrize("suffix", [".fastq.gz", ".jpg", ".parquet", ".h5ad", ".csv", ""])
def test_there_is_a_file_of_each_format(folder: Path, suffix: str) -> None:
    assert rows(folder, f"SELECT count(*) FROM lamindb_artifact WHERE suffix = '{suffix}'") >= [1]


def test_iris_has_150_rows(folder: Path) -> None:
    assert rows(folder, "SELECT n_observations, otype FROM lamindb_artifact WHERE key = 'iris.parquet'") == [
        (150, "DataFrame")
    ]


def test_an_artifact_has_three_versions_of_which_the_last_is_the_latest(folder: Path) -> None:
    versions = rows(
        folder,
        "SELECT substr(uid, 17), version_tag, is_latest FROM lamindb_artifact"
        " WHERE key = 'plates/layout.csv' ORDER BY uid",
    )
    assert versions == [("0000", "1.0", 0), ("0001", "1.1", 0), ("0002", "2.0", 1)]
    assert (
        len(set(rows(folder, "SELECT substr(uid, 1, 16) FROM lamindb_artifact WHERE key = 'plates/layout.csv'"))) == 1
    )


@pytest.mark.parametrize("table", ["lamindb_artifact", "lamindb_record"])
def test_trash_and_archive_hold_one_each(folder: Path, table: str) -> None:
    assert rows(folder, f"SELECT branch_id FROM {table} WHERE branch_id < 1 ORDER BY 1") == [-1, 0]


def test_two_spaces_beside_the_common_one_have_artifacts(folder: Path) -> None:
    names = "SELECT DISTINCT s.name FROM lamindb_artifact a JOIN lamindb_space s ON s.id = a.space_id ORDER BY 1"
    assert rows(folder, names) == ["Imaging", "Immunology", "all"]


def test_dataset1_is_annotated_by_name_and_by_value(folder: Path) -> None:
    artifact = "(SELECT id FROM lamindb_artifact WHERE key = 'examples/dataset1.h5ad')"
    labels = rows(
        folder,
        "SELECT f.name, r.name FROM lamindb_artifactrecord l JOIN lamindb_record r ON r.id = l.record_id"
        f" JOIN lamindb_feature f ON f.id = l.feature_id WHERE l.artifact_id = {artifact} ORDER BY 1, 2",
    )
    assert labels == [("experiment", "Experiment 1"), ("perturbation", "DMSO"), ("perturbation", "IFNG")]
    values = rows(
        folder,
        "SELECT f.name, v.value FROM lamindb_artifactjsonvalue l JOIN lamindb_jsonvalue v ON v.id = l.jsonvalue_id"
        f" JOIN lamindb_feature f ON f.id = v.feature_id WHERE l.artifact_id = {artifact} ORDER BY 1",
    )
    assert dict(values) == {
        "date_of_study": '"2022-12-01"',
        "study_metadata": '{"detail1": "123", "detail2": 1}',
        "study_note": '"Went well; the cells looked healthy on day 3."',
        "temperature": "21.6",
    }


def test_cell_types_by_expert_and_by_model_are_links_with_a_feature(folder: Path) -> None:
    found = rows(
        folder,
        "SELECT f.name, c.name FROM bionty_artifactcelltype l JOIN bionty_celltype c ON c.id = l.celltype_id"
        " JOIN lamindb_feature f ON f.id = l.feature_id JOIN lamindb_artifact a ON a.id = l.artifact_id"
        " WHERE a.key = 'examples/dataset2.h5ad' ORDER BY 1, 2",
    )
    assert found == [("cell_type_by_model", "T cell"), ("cell_type_by_model", "monocyte")]


def test_the_schema_of_a_dataset_lists_its_genes(folder: Path) -> None:
    symbols = rows(
        folder,
        "SELECT g.symbol FROM lamindb_artifactschema s JOIN bionty_schemagene l ON l.schema_id = s.schema_id"
        " JOIN bionty_gene g ON g.id = l.gene_id JOIN lamindb_artifact a ON a.id = s.artifact_id"
        " WHERE a.key = 'examples/dataset1.h5ad' AND s.slot = 'var.T' ORDER BY 1",
    )
    assert symbols == ["CD14", "CD4", "CD8A"]


def test_t_cells_descend_from_lymphocytes(folder: Path) -> None:
    parents = rows(
        folder,
        "SELECT p.name FROM bionty_celltype_parents l JOIN bionty_celltype c ON c.id = l.from_celltype_id"
        " JOIN bionty_celltype p ON p.id = l.to_celltype_id WHERE c.name = 'T cell'",
    )
    assert parents == ["lymphocyte"]


def test_every_simple_dtype_has_a_feature_and_every_registry_is_some_features_categories(folder: Path) -> None:
    dtypes = set(rows(folder, "SELECT _dtype_str FROM lamindb_feature WHERE NOT is_type"))
    simple = ["int", "float", "num", "str", "bool", "date", "datetime", "dict", "url", "path", "list[str]", "list[int]"]
    assert dtypes >= {*simple, "datetime64[ns, UTC]", "cat[bionty.CellType]", "list[cat[bionty.CellType]]"}
    (assay,) = rows(folder, "SELECT uid FROM lamindb_ulabel WHERE name = 'Assay'")
    assert f"cat[ULabel[{assay}]]" in dtypes


@pytest.mark.parametrize(
    "label", ["artifact", "collection", "project", "record", "reference", "run", "transform", "ulabel", "user"]
)
def test_a_record_has_values_in_every_registry(folder: Path, label: str) -> None:
    assert rows(folder, f"SELECT count(*) FROM lamindb_record{label}") >= [1]


def test_runs_have_parameters_inputs_a_report_and_an_environment(folder: Path) -> None:
    run = rows(
        folder,
        "SELECT r.id, json_extract(r.params, '$.learning_rate'), report.suffix, environment.suffix FROM lamindb_run r"
        " JOIN lamindb_artifact report ON report.id = r.report_id"
        " JOIN lamindb_artifact environment ON environment.id = r.environment_id WHERE r.name = 'train'",
    )
    ((id_, rate, report, environment),) = run
    assert (rate, report, environment) == (0.01, ".html", ".txt")
    assert rows(folder, f"SELECT count(*) FROM lamindb_artifact_input_of_runs WHERE run_id = {id_}") == [2]


def test_finished_runs_ended_after_they_began(folder: Path) -> None:
    assert rows(folder, "SELECT count(*) FROM lamindb_run WHERE finished_at > started_at") == [6]
    assert rows(folder, "SELECT count(*) FROM lamindb_run WHERE finished_at IS NULL AND _status_code < 0") == [2]


def test_uids_and_hashes_follow_lamindbs_rules(folder: Path) -> None:
    assert rows(folder, "SELECT uid FROM bionty_celltype WHERE name = 'T cell'") == [entity_uid("CL:0000084")]
    assert rows(folder, "SELECT uid FROM bionty_gene WHERE symbol = 'CD8A'") == [entity_uid("ENSG00000153563")]
    for hash_, code in rows(folder, "SELECT hash, source_code FROM lamindb_transform WHERE source_code IS NOT NULL"):
        assert hash_ == text_hash(code)
    (hash_,) = rows(folder, "SELECT hash FROM lamindb_jsonvalue WHERE json_extract(value, '$') = 21.6")
    assert hash_ == json_value_hash(21.6)
    (hash_,) = rows(folder, "SELECT hash FROM lamindb_schema WHERE name = 'valid features'")
    assert hash_ == schema_hash(
        {"itype": "Feature", "minimal_set": True, "ordered_set": False, "maximal_set": False, "flexible": True}
    )


@pytest.mark.parametrize(
    ("table", "length"), [("run", 16), ("feature", 12), ("ulabel", 8), ("record", 16), ("transform", 16)]
)
def test_uids_have_the_length_of_their_registry(folder: Path, table: str, length: int) -> None:
    assert set(rows(folder, f"SELECT length(uid) FROM lamindb_{table}")) == {length}


def content(folder: Path, *, without: tuple[str, ...] = ("sqlite_stat1", "sqlite_stat4")) -> dict[str, Any]:
    """All rows by table, and the bytes of all files of artifacts; not the place and name of the instance."""
    tables = rows(folder, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    found: dict[str, Any] = {table: rows(folder, f"SELECT * FROM {table}") for table in tables if table not in without}
    found["lamindb_storage"] = rows(folder, "SELECT id, uid, created_at FROM lamindb_storage")
    storage = folder / ".lamindb"
    names = [path for path in storage.rglob("*") if path.is_file() and path.stem not in ("lamin", "storage_uid")]
    return found | {str(path.relative_to(storage)): path.read_bytes() for path in names}


def test_the_same_seed_makes_the_same_instance_and_another_seed_another(tmp_path: Path) -> None:
    for name, seed in (("first", 7), ("second", 7), ("third", 8)):
        build_demo(tmp_path / name, scale=50, seed=seed)
    first, second, third = (content(tmp_path / name) for name in ("first", "second", "third"))
    assert first == second
    assert first["lamindb_artifact"] != third["lamindb_artifact"]


def test_a_folder_with_an_instance_is_refused_and_left_alone(folder: Path) -> None:
    before = content(folder)
    with pytest.raises(InstanceError):
        build_demo(folder)
    assert content(folder) == before


def test_what_fails_halfway_leaves_no_instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MissingExtraError("h5py", "demo", "The demo instance")

    monkeypatch.setattr(demo, "add_artifacts", fail)
    with pytest.raises(MissingExtraError):
        build_demo(tmp_path)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    build_demo(tmp_path)
    shutil.rmtree(tmp_path)


def test_postgresql_takes_every_row(folder: Path, postgres_url: str) -> None:
    counts = copy_instance(folder, postgres_url)
    assert counts["lamindb_artifact"] == 17
