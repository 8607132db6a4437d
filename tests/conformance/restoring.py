"""A copy of the real instance as it was before somebody wrote to it."""

import os
from contextlib import closing
from pathlib import Path

from lnql.models.sqlite import sqlite3 as dbapi  # two SQLite libraries in one process would break each other's locks

SOURCE = Path(os.environ.get("LNQL_SHARED", Path(__file__).parents[3] / "shared")) / "conformance" / "instance"


def restore(folder: str) -> None:
    """Make a copy again what it was, under the feet of the server that has it open."""
    with (
        closing(dbapi.connect(f"file:{SOURCE / '.lamindb' / 'lamin.db'}?immutable=1", uri=True)) as source,
        closing(dbapi.connect(str(Path(folder) / ".lamindb" / "lamin.db"))) as copy,
    ):
        source.backup(copy)
