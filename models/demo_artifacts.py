"""The demo's artifacts: files in the storage, and what is known about them."""

from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from .demo_annotations import Annotator
from .demo_datasets import DATASETS, annotate_dataset, dataset_file
from .demo_files import FLOWERS, fastq_gz, iris_parquet, jpeg
from .demo_rows import Rows, random_uid, read_table
from .hashes import collection_hash, file_hash, folder_hash
from .uids import FIRST_VERSION, next_version_uid

STEM_LENGTH = 16

Content = bytes | Mapping[str, bytes]
"""A file, or the files of a folder by name."""

ARTIFACTS = """
key                    | branch   | space      | run    | kind            | created_by | version_tag | description
raw/donor_01.fastq.gz  |          |            | ingest |                 | lab-bot    |             | Raw reads
images/slide_017.jpg   |          | Imaging    | ingest |                 | lab-bot    |             | Stained discs
iris.parquet           |          |            |        | dataset         | maria      |             | Flowers
examples/dataset1.h5ad |          |            | qc     | dataset         | maria      |             |
examples/dataset2.h5ad |          |            | qc     | dataset         | jun        |             |
plates/layout.csv      |          |            |        | dataset         | jun        | 1.0         | Plate layout
plates/layout.csv      |          |            |        | dataset         | jun        | 1.1         | Plate layout
plates/layout.csv      |          |            |        | dataset         | amara      | 2.0         | Plate layout
images/tiles           |          | Imaging    | ingest |                 | lab-bot    |             | Tiles of a slide
models/classifier.json |          |            | train  | model           | jun        |             | Weights
immunology/donors.csv  |          | Immunology |        | dataset         | amara      |             | Who gave blood
scratch/aborted.csv    | trash    |            |        | dataset         | jun        |             | Not needed
legacy/plates_2019.csv | archive  |            |        | dataset         | maria      |             | Old plates
curation/reviewed.csv  | curation |            |        | dataset         | amara      |             | Second look
report.html            |          |            |        | __lamindb_run__ | jun        |             | Report of a run
environment.txt        |          |            |        | __lamindb_run__ | jun        |             | Packages of a run
                       |          |            |        |                 | maria      |             | No key
"""
NOTE = "note.txt"
"""Under which name the artifact without a key would be known."""

OTYPES = {".parquet": "DataFrame", ".csv": "DataFrame", ".h5ad": "AnnData"}

TEXTS = {
    "plates/layout.csv": (
        "well,compound\nA1,DMSO\nA2,DMSO",
        "well,compound\nA1,DMSO\nA2,IFNG",
        "well,compound\nA1,DMSO\nA2,IFNG\nA3,dabrafenib",
    ),
    "immunology/donors.csv": ("donor,age\nD1,34\nD2,51\nD3,27",),
    "scratch/aborted.csv": ("well,compound",),
    "legacy/plates_2019.csv": ("well,compound\nA1,water\nA2,water",),
    "curation/reviewed.csv": ("well,verdict\nA1,passed\nA2,failed",),
    "models/classifier.json": ('{"weights": [0.25, -1.5, 3.0]}',),
    "report.html": ("<h1>Training went well</h1>",),
    "environment.txt": ("numpy==2.1.0",),
    NOTE: ("The incubator hums at 21.6 degrees.",),
}
"""The text of each version of an artifact, by key."""

LABELS = """
artifact               | registry                  | label
raw/donor_01.fastq.gz  | ULabel                    | scRNA-seq
raw/donor_01.fastq.gz  | bionty.ExperimentalFactor | 10x 3' v3
raw/donor_01.fastq.gz  | bionty.Organism           | human
images/slide_017.jpg   | ULabel                    | cell painting
images/slide_017.jpg   | ULabel                    | passed
images/slide_017.jpg   | Record                    | Screen A
iris.parquet           | ULabel                    | benchmark
examples/dataset1.h5ad | ULabel                    | in vitro study
examples/dataset1.h5ad | bionty.Tissue             | blood
examples/dataset1.h5ad | bionty.Organism           | human
examples/dataset1.h5ad | Project                   | Immune Atlas
examples/dataset1.h5ad | Reference                 | An invented atlas of T cells
examples/dataset2.h5ad | ULabel                    | in vitro study
examples/dataset2.h5ad | bionty.Disease            | rheumatoid arthritis
examples/dataset2.h5ad | Project                   | Immune Atlas
plates/layout.csv      | ULabel                    | pilot
scratch/aborted.csv    | ULabel                    | failed
"""

FEATURES: dict[str, dict[str, Any]] = {
    "raw/donor_01.fastq.gz": {"read_count": 200, "read_lengths": [75], "assay": "scRNA-seq", "quality": "passed"},
    "images/slide_017.jpg": {"image_path": "slides/017.jpg", "tags": ["stained", "day 3"], "operator": "maria"},
    "models/classifier.json": {"score": 0.93, "derived_from": ["examples/dataset1.h5ad", "examples/dataset2.h5ad"]},
    "plates/layout.csv": {"perturbation": ["DMSO", "IFNG", "dabrafenib"], "is_control": False},
}
"""Feature values of artifacts that are no AnnData files."""

COLLECTION = "immune-atlas/pilot"


def add_artifacts(annotator: Annotator, folder: Path) -> None:
    """Write the files into `folder`, the storage, and add an artifact for each, with labels and feature values."""
    rows = annotator.rows
    contents = {key: iter(versions) for key, versions in _contents(rows.random).items()}
    for cells in read_table(ARTIFACTS):
        _add_artifact(rows, folder, next(contents[cells.get("key", NOTE)]), rows.parsed("lamindb_artifact", cells))
    for cells in read_table(LABELS):
        artifact = rows.id("lamindb_artifact", cells["artifact"])
        annotator.label("artifact", artifact, cells["registry"], cells["label"])
    for key, features in FEATURES.items():
        annotator.annotate("artifact", rows.id("lamindb_artifact", key), features)
    for key in DATASETS:
        annotate_dataset(annotator, key)
    rows.row("lamindb_artifact", "iris.parquet")["n_observations"] = FLOWERS
    _add_collection(rows)


def _contents(random: Random) -> dict[str, list[Content]]:
    """What is in each artifact, by key; a list holds its versions."""
    return {
        **{key: [f"{line}\n".encode() for line in versions] for key, versions in TEXTS.items()},
        **{key: [dataset_file(dataset, random)] for key, dataset in DATASETS.items()},
        "raw/donor_01.fastq.gz": [fastq_gz(random)],
        "iris.parquet": [iris_parquet(random)],
        "images/slide_017.jpg": [jpeg()],
        "images/tiles": [{f"tile_{number}.jpg": jpeg() for number in range(3)}],
    }


def _add_artifact(rows: Rows, folder: Path, content: Content, values: dict[str, Any]) -> None:
    """Write `content` under the uid of a new artifact, which is the next version of its key if there is one."""
    key = values.get("key", NOTE)
    latest = rows.find("lamindb_artifact", key)
    if latest:
        latest["is_latest"] = False
    uid = next_version_uid(latest["uid"]) if latest else random_uid(rows.random, STEM_LENGTH) + FIRST_VERSION
    suffix = "".join(Path(key).suffixes)
    facts = _write(folder, uid, suffix, content)
    rows.add("lamindb_artifact", uid=uid, suffix=suffix, otype=OTYPES.get(suffix), storage_id=1, **facts, **values)


def _write(folder: Path, uid: str, suffix: str, content: Content) -> dict[str, Any]:
    """Write a file, or a folder, which keeps its name in all versions; give what an artifact says about it."""
    if isinstance(content, bytes):
        path = folder / f"{uid}{suffix}"
        path.write_bytes(content)
        hash_, kind = file_hash(path)
        return {"size": len(content), "hash": hash_, "_hash_type": kind}
    path = folder / uid[:STEM_LENGTH]
    path.mkdir()
    for name, data in content.items():
        (path / name).write_bytes(data)
    hash_, kind = folder_hash(path)
    size = sum(map(len, content.values()))
    return {"size": size, "hash": hash_, "_hash_type": kind, "n_files": len(content), "_overwrite_versions": True}


def _add_collection(rows: Rows) -> None:
    members = [rows.row("lamindb_artifact", key) for key in DATASETS]
    hash_ = collection_hash(member["hash"] for member in members)
    collection = rows.add("lamindb_collection", key=COLLECTION, description="Both datasets of the pilot", hash=hash_)
    for member in members:
        rows.add("lamindb_collectionartifact", collection_id=collection, artifact_id=member["id"])
