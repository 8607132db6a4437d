"""The demo instance: what a small lab would have after a year, with real files, the same for the same seed."""

import shutil
from pathlib import Path
from random import Random

from .database import DATABASE, Instance
from .demo_annotations import Annotator
from .demo_artifacts import add_artifacts
from .demo_ontologies import load_ontologies
from .demo_provenance import add_provenance, add_results
from .demo_registries import add_registries
from .demo_rows import START, Rows, random_uid
from .demo_samples import add_samples
from .demo_scale import scale_up
from .demo_schemas import add_schemas
from .initialize import init_instance
from .progress import Progress, tell_nobody
from .transactions import Transaction, begin
from .tuning import analyze

USER = "demo"
USER_NAME = "Demo User"


def build_demo(
    folder: Path | str,
    *,
    scale: int = 0,
    seed: int = 0,
    ontologies: bool = False,
    progress: Progress | None = None,
) -> Instance:
    """Make an instance with example data in `folder`, plus `scale` artifacts without files for a sense of size.

    `ontologies` loads whole public ontologies. Raises InstanceError when there is an instance already, and
    MissingExtraError when a package is not installed; nothing is left behind then.
    """
    instance = init_instance(folder, user=USER)
    storage = Path(folder, DATABASE).parent
    try:
        with begin(instance.url, "exclusive") as transaction:
            annotator = _fill(transaction, storage, Random(seed))  # noqa: S311  reproducible, nothing to keep secret
            if ontologies:
                load_ontologies(annotator.rows, progress or tell_nobody)
            if scale:
                scale_up(annotator, scale, progress or tell_nobody)
            analyze(transaction)
    except BaseException:
        shutil.rmtree(storage)
        raise
    return instance


def _fill(transaction: Transaction, storage: Path, random: Random) -> Annotator:
    """Add all but the bulk."""
    _seed_first_rows(transaction, storage, random)
    rows = Rows(transaction, random)
    annotator = Annotator(rows)
    add_registries(rows)
    add_schemas(rows)
    add_provenance(rows)
    add_artifacts(annotator, storage)
    add_results(annotator)
    add_samples(annotator)
    rows.write()
    return annotator


def _seed_first_rows(transaction: Transaction, storage: Path, random: Random) -> None:
    """Let uids and timestamps follow from the seed also in the rows with which every instance starts."""
    user, place, time = random_uid(random, 8), random_uid(random, 12), f"{START:%Y-%m-%d %H:%M:%S.%f}"
    for table, values in {
        "lamindb_user": {"uid": user, "name": USER_NAME, "created_at": time, "updated_at": time},
        "lamindb_space": {"created_at": time},
        "lamindb_branch": {"created_at": time},
        "lamindb_storage": {"uid": place, "created_at": time, "updated_at": time},
        "django_migrations": {"applied": time},
    }.items():
        settings = ", ".join(f"{column} = '{value}'" for column, value in values.items())
        transaction.execute(f"UPDATE {table} SET {settings};")  # noqa: S608  all of it is ours
    note = storage / "storage_uid.txt"
    note.write_text(place + note.read_text()[len(place) :])
