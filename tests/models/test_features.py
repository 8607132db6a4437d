"""Where values of features are stored, compared with the tables of the real instance."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from lnql.models import Artifact, Collection, Record, Run, Transform, ULabel, User, bionty, registries
from lnql.models.base import Registry
from lnql.models.database import DATABASE
from lnql.models.features import HOSTS, equal_hashes, json_link, label_link
from lnql.models.hashes import json_value_hash


@pytest.mark.parametrize(
    ("host", "label", "table", "column"),
    [
        (Artifact, ULabel, "lamindb_artifactulabel", "ulabel_id"),
        (Artifact, Artifact, "lamindb_artifactartifact", "value_id"),
        (Artifact, Run, "lamindb_artifactrun", "run_id"),
        (Artifact, bionty.CellType, "bionty_artifactcelltype", "celltype_id"),
        (Run, Record, "lamindb_runrecord", "record_id"),
        (Run, Artifact, "lamindb_runartifact", "artifact_id"),
        (Record, Record, "lamindb_recordrecord", "value_id"),
        (Record, User, "lamindb_recorduser", "value_id"),
        (Record, Collection, "lamindb_recordcollection", "value_id"),
        (Record, Transform, "lamindb_recordtransform", "value_id"),
        (Record, bionty.Tissue, "bionty_recordtissue", "value_id"),
    ],
)
def test_labels_are_links(host: type[Registry], label: type[Registry], table: str, column: str) -> None:
    link = label_link(host, label)
    assert link
    assert (link.table.name, link.label.name) == (table, column)
    assert (link.host.name, link.feature.name) == (f"{host.__name__.lower()}_id", "feature_id")


@pytest.mark.parametrize(("host", "label"), [(Run, ULabel), (Run, bionty.CellType), (Artifact, Transform)])
def test_labels_that_a_host_cannot_have(host: type[Registry], label: type[Registry]) -> None:
    assert label_link(host, label) is None


def test_every_host_has_links_of_labels() -> None:
    links = {host: [label for label in registries() if label_link(host, label)] for host in HOSTS}
    assert [len(labels) for labels in links.values()] == [20, 2, 22]


def test_artifacts_and_runs_share_values_and_records_have_their_own() -> None:
    assert [json_link(host).table.name for host in HOSTS] == [
        "lamindb_artifactjsonvalue",
        "lamindb_runjsonvalue",
        "lamindb_recordjson",
    ]
    assert [json_link(host).shared is None for host in HOSTS] == [False, False, True]


def test_stored_values_are_found_by_their_hashes(real_folder: Path) -> None:
    with closing(sqlite3.connect(f"file:{real_folder / DATABASE}?mode=ro", uri=True)) as connection:
        stored = connection.execute("SELECT value, hash FROM lamindb_jsonvalue").fetchall()
    scalars = [(value, hash_) for text, hash_ in stored if not isinstance(value := json.loads(text), list | dict)]
    assert len(scalars) > 50
    assert all(hash_ in equal_hashes(value) for value, hash_ in scalars)


@pytest.mark.parametrize(
    ("value", "equal"),
    [
        (37, [37, 37.0]),
        (37.0, [37, 37.0]),
        (0, [0, 0.0, -0.0]),
        (0.1, [0.1]),
        (10**22, [10**22, 1e22]),
        ("37", ["37"]),
        (True, [True]),
    ],
)
def test_equal_numbers_have_several_hashes(value: float | str, equal: list[float | str]) -> None:
    assert sorted(equal_hashes(value)) == sorted({json_value_hash(each) for each in equal})
