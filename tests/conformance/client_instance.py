"""A client connected to a copy of the real instance, for `check.py --client tests.conformance.client_instance`.

LNQL_CONFORMANCE says how: `sqlite` (default) or a `postgresql://` URL of a copy, both in process, or the `http://` URL
of a server on a copy.
"""

import os
import shutil
import tempfile
from contextlib import closing
from pathlib import Path

import lnql as ln
import lnql.bionty as bt
from lnql.models.sqlite import sqlite3 as dbapi  # two SQLite libraries in one process would break each other's locks

SOURCE = Path(os.environ.get("LNQL_SHARED", Path(__file__).parents[3] / "shared")) / "conformance" / "instance"
NAME = "testuser1/test-registries"
TARGET = os.environ.get("LNQL_CONFORMANCE", "sqlite")


def copied() -> str:
    """A copy of the real instance's database."""
    folder = Path(tempfile.mkdtemp(prefix="lnql-conformance-"))
    (folder / ".lamindb").mkdir()
    shutil.copyfile(SOURCE / ".lamindb" / "lamin.db", folder / ".lamindb" / "lamin.db")
    return str(folder)


def restore(folder: str) -> None:
    """Make a copy again what it was, under the feet of the server that has it open."""
    with (
        closing(dbapi.connect(f"file:{SOURCE / '.lamindb' / 'lamin.db'}?immutable=1", uri=True)) as source,
        closing(dbapi.connect(str(Path(folder) / ".lamindb" / "lamin.db"))) as copy,
    ):
        source.backup(copy)


def reset() -> None:
    """Undo what a case wrote."""
    restore(WHERE)


WHERE = copied() if TARGET == "sqlite" else TARGET
ln.connect(WHERE, name=NAME, write=TARGET == "sqlite")
if TARGET != "sqlite":
    del reset  # only a copy of our own can be restored; the checker then leaves out what writes

__all__ = ["bt", "ln"]
