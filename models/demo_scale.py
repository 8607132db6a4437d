"""Bulk for the demo: artifacts without files, labelled, measured and made from each other as in a busy lab."""

from datetime import datetime, timedelta
from typing import Any

from .branches import MAIN
from .demo_annotations import Annotator
from .demo_distributions import (
    BRANCHES,
    FORMATS,
    LABELLINGS,
    MEASURES,
    PERIOD,
    SPACES,
    STATUSES,
    STUDIES,
    USERS,
    VERSIONS,
    Pool,
    file_size,
    n_observations,
)
from .demo_insert import largest_id
from .demo_labels import add_label_pools
from .demo_rows import Rows, random_uid
from .hashes import HASH_LENGTH, LARGE_FILE
from .progress import Progress
from .uids import FIRST_VERSION, next_version_uid

CHUNK = 1_000
ARTIFACTS_PER_RUN = 20
MOST_INPUTS = 3
RECENT = 2_000
"""How many artifacts back the inputs of a run lie, on average."""

HOUR = timedelta(hours=1)
GROWTH = 0.6
"""Below 1, more artifacts are made every month."""
TRACKED, DESCRIBED = 0.85, 0.6
"""The share of artifacts that know their run, and that are described."""

STEM_LENGTH = 16
BUCKET = "s3://lnql-demo"

BULKY = (
    "lamindb_artifact",
    "lamindb_artifact_input_of_runs",
    "lamindb_artifactjsonvalue",
    "lamindb_jsonvalue",
    "lamindb_run",
    *sorted({labelling.table for labelling in LABELLINGS}),
)
"""The tables whose indexes are built after all rows are in: twice as fast."""


def scale_up(annotator: Annotator, count: int, progress: Progress) -> None:
    """Add `count` artifacts, a run for every twenty of them, and labels and values to go with them.

    They lie in a bucket that does not exist, so that no file is missing from the instance's own storage.
    """
    bulk = Bulk(annotator, count)
    transaction = annotator.rows.transaction
    obstacles = transaction.obstacles(BULKY)
    transaction.execute("\n".join(obstacle.drop for obstacle in obstacles))
    for start in range(0, count, CHUNK):
        end = min(start + CHUNK, count)
        bulk.add_artifacts(range(start, end))
        progress("Artifacts", end, count)
    for number, obstacle in enumerate(obstacles, start=1):
        transaction.execute(obstacle.create)
        progress("Indexes", number, len(obstacles))


class Bulk:
    """Makes artifacts in order of time; some begin a family of versions, which follow one another."""

    def __init__(self, annotator: Annotator, count: int) -> None:
        self.annotator = annotator
        self.count = count
        self.random = annotator.rows.random
        rows = annotator.rows
        self.storage = rows.add("lamindb_storage", root=BUCKET, type="s3", region="eu-central-1")
        self.schema = rows.id("lamindb_schema", "AnnData with Ensembl gene ids")
        self.labels = add_label_pools(annotator)
        notebooks = rows.transaction.fetch("SELECT id FROM lamindb_transform WHERE kind = 'notebook'")
        self.notebooks = Pool([id_ for (id_,) in self.random.sample(notebooks, len(notebooks))])
        self.users = self._pool("lamindb_user", USERS)
        self.branches = self._pool("lamindb_branch", BRANCHES)
        self.spaces = self._pool("lamindb_space", SPACES)
        self.start = rows.now
        names = [kind.feature for kind in (*LABELLINGS, *MEASURES) if kind.feature]
        self.features = {name: rows.id("lamindb_feature", name) for name in names}
        self.family: dict[str, Any] = {}
        self.versions_left = 0
        self.run: int | None = None
        self.first_id = largest_id(rows.transaction, "lamindb_artifact") + 1

    def add_artifacts(self, numbers: range) -> None:
        """Add the artifacts of these numbers, counted from 0, with their runs, labels and values."""
        rows = Rows(self.annotator.rows.transaction, self.random)
        runs: dict[int, int] = {}
        for number in numbers:
            time = self.start + PERIOD * ((number + self.random.random()) / self.count) ** GROWTH
            if number % ARTIFACTS_PER_RUN == 0:
                self.run = runs[number] = self._add_run(rows, number, time)
            artifact = self._add_artifact(rows, number, time)
            common = {"artifact_id": artifact, "created_at": time, "created_by_id": self.family["created_by_id"]}
            self._add_labels(rows, common)
            self._add_values(rows, common)
        for number, run in runs.items():
            self._add_inputs(rows, number, run)
        self.annotator.rows.write()
        rows.write()

    def _add_run(self, rows: Rows, number: int, time: datetime) -> int:
        status = STATUSES.one(self.random)
        return rows.add(
            "lamindb_run",
            transform_id=self.notebooks.one(self.random),
            created_by_id=self.users.one(self.random),
            started_at=time,
            finished_at=None if status == "started" else time + HOUR * self.random.random(),
            created_at=time,
            updated_at=time,
            params={"seed": number, "resolution": round(self.random.uniform(0.1, 2), 1)},
            _status_code=status,
        )

    def _add_inputs(self, rows: Rows, number: int, run: int) -> None:
        """Let a run have read up to three artifacts older than `number`, recent ones rather than old ones.

        It comes after the artifacts, because SQLite searches whole tables for what waits for a row to be inserted.
        """
        back = (int(self.random.expovariate(1 / RECENT)) + 1 for _ in range(self.random.randint(1, MOST_INPUTS)))
        for source in {number - distance for distance in back if distance <= number}:
            rows.add("lamindb_artifact_input_of_runs", artifact_id=self.first_id + source, run_id=run)

    def _add_artifact(self, rows: Rows, number: int, time: datetime) -> int:
        if self.versions_left:
            self.family["uid"] = next_version_uid(self.family["uid"])
        else:
            self._begin_family(number)
        self.versions_left -= 1
        size = file_size(self.random)
        return rows.add(
            "lamindb_artifact",
            **self.family,
            is_latest=not self.versions_left or number == self.count - 1,
            size=size,
            hash=random_uid(self.random, HASH_LENGTH),
            _hash_type="md5" if size <= LARGE_FILE else "sha1-fl",
            n_observations=n_observations(self.random) if self.family["otype"] else None,
            run_id=self.run if self.random.random() < TRACKED else None,
            storage_id=self.storage,
            created_at=time,
            updated_at=time,
        )

    def _begin_family(self, number: int) -> None:
        """Decide what all versions of an artifact have in common; only artifacts on the main branch have several."""
        format_ = FORMATS.one(self.random)
        study = STUDIES.one(self.random)
        branch = self.branches.one(self.random)
        self.versions_left = VERSIONS.one(self.random) if branch == MAIN else 1
        self.family = {
            "uid": random_uid(self.random, STEM_LENGTH) + FIRST_VERSION,
            "key": f"{study}/{number:07d}{format_.suffix}",
            "description": f"Part of the {study} study" if self.random.random() < DESCRIBED else None,
            "suffix": format_.suffix,
            "kind": format_.kind,
            "otype": format_.otype,
            "schema_id": self.schema if format_.otype == "AnnData" else None,
            "branch_id": branch,
            "space_id": self.spaces.one(self.random),
            "created_by_id": self.users.one(self.random),
        }

    def _add_labels(self, rows: Rows, common: dict[str, Any]) -> None:
        for labelling in LABELLINGS:
            if self.random.random() < labelling.share:
                feature = self.features[labelling.feature] if labelling.feature else None
                for label in self.labels[labelling.pool].draw(self.random, self.random.randint(1, labelling.most)):
                    rows.add(labelling.table, feature_id=feature, **{labelling.column: label}, **common)

    def _add_values(self, rows: Rows, common: dict[str, Any]) -> None:
        for measure in MEASURES:
            if self.random.random() < measure.share:
                value = self.annotator.json_value(self.features[measure.feature], measure.value(self.random))
                rows.add("lamindb_artifactjsonvalue", jsonvalue_id=value, **common)

    def _pool(self, table: str, weights: dict[str, int]) -> Pool:
        return Pool.weighted({self.annotator.rows.id(table, name): weight for name, weight in weights.items()})
