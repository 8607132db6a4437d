"""The demo's code and its runs: who made which dataset from what."""

from datetime import timedelta

from .demo_annotations import Annotator
from .demo_rows import Rows
from .hashes import text_hash
from .uids import next_version_uid

DURATION = timedelta(minutes=42)

SCRIPTS = {
    "ingest.py": ("script", "Take over what the instruments wrote.", ("copy('/instrument', '/raw')\n",)),
    "qc.py": (
        "pipeline",
        "Drop cells of low quality.",
        ("keep = counts.sum(axis=1) > 200\n", "keep = counts.sum(axis=1) > params['min_counts']\n"),
    ),
    "train.py": ("pipeline", "Learn to tell cell types apart.", ("model = fit(datasets, **params)\n",)),
    "report.ipynb": ("notebook", "Report of the week", ("# %%\nplot(datasets)\n",)),
}
"""By key: kind, description and the source code of each version."""

SUCCESSIONS = (("qc.py", "ingest.py"), ("train.py", "qc.py"), ("report.ipynb", "train.py"))
"""Each transform with the one whose results it takes."""

RUNS = """
name          | transform    | created_by | _status_code | initiated_by_run | params
ingest        | ingest.py    | lab-bot    | completed    |                  | {"lanes": [1, 2]}
qc            | qc.py        | lab-bot    | completed    | ingest           | {"min_counts": 200, "thin": true}
qc, strict    | qc.py        | maria      | completed    |                  | {"min_counts": 800, "thin": false}
train         | train.py     | jun        | completed    |                  | {"learning_rate": 0.01, "net": {"d": 2}}
train, faster | train.py     | jun        | errored      |                  | {"learning_rate": 0.5, "net": {"d": 4}}
train, manual | train.py     | amara      | aborted      |                  | {"learning_rate": 0.01, "note": null}
report        | report.ipynb | maria      | started      |                  | {}
weekly report | report.ipynb | lab-bot    | scheduled    | report           |
"""
FINISHED = {"completed", "errored", "aborted"}

INPUTS = """
run           | artifact
qc            | raw/donor_01.fastq.gz
qc            | plates/layout.csv
qc, strict    | raw/donor_01.fastq.gz
train         | examples/dataset1.h5ad
train         | examples/dataset2.h5ad
train, faster | examples/dataset1.h5ad
report        | models/classifier.json
report        | examples/dataset1.h5ad
report        | images/slide_017.jpg
"""


RUN_FEATURES = {"learning_rate": 0.01, "score": 0.93, "experiment": ["Experiment 1", "Experiment 2"]}
"""Feature values of the run "train"."""


def add_provenance(rows: Rows) -> None:
    """Add scripts and pipelines with their versions, and runs of them."""
    for key, (kind, description, versions) in SCRIPTS.items():
        for code in versions:
            _add_script(rows, key, kind=kind, description=description, source_code=code, hash=text_hash(code))
    for successor, predecessor in SUCCESSIONS:
        ids = {"successor_id": rows.id("lamindb_transform", successor)}
        rows.add("lamindb_transformtransform", **ids, predecessor_id=rows.id("lamindb_transform", predecessor))
    rows.add_all("lamindb_run", RUNS)
    for run in rows.rows("lamindb_run"):
        if run["_status_code"] in FINISHED:
            run["finished_at"] = run["started_at"] + DURATION


def add_results(annotator: Annotator) -> None:
    """Say which artifacts the runs have read, what one of them left behind, and what is known about it."""
    rows = annotator.rows
    rows.add_all("lamindb_artifact_input_of_runs", INPUTS)
    run = rows.row("lamindb_run", "train")
    run["report_id"] = rows.id("lamindb_artifact", "report.html")
    run["environment_id"] = rows.id("lamindb_artifact", "environment.txt")
    annotator.annotate("run", run["id"], RUN_FEATURES)


def _add_script(rows: Rows, key: str, **values: str) -> None:
    latest = rows.find("lamindb_transform", key)
    if latest:
        latest["is_latest"] = False
    rows.add("lamindb_transform", key=key, uid=next_version_uid(latest["uid"]) if latest else None, **values)
