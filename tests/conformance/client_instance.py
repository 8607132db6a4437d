"""A client connected to a copy of the real instance, for `check.py --client tests.conformance.client_instance`.

LNQL_CONFORMANCE says how: `sqlite` (default) or a `postgresql://` URL of a copy, both in process, or the `http://` URL
of a server on a copy.
"""

import os
import shutil
import tempfile
from pathlib import Path

import lnql as ln
import lnql.bionty as bt

from .restoring import SOURCE, restore

NAME = "testuser1/test-registries"
TARGET = os.environ.get("LNQL_CONFORMANCE", "sqlite")


def copied() -> str:
    """A copy of the real instance's database."""
    folder = Path(tempfile.mkdtemp(prefix="lnql-conformance-"))
    (folder / ".lamindb").mkdir()
    shutil.copyfile(SOURCE / ".lamindb" / "lamin.db", folder / ".lamindb" / "lamin.db")
    return str(folder)


def reset() -> None:
    """Undo what a case wrote."""
    restore(WHERE)


WHERE = copied() if TARGET == "sqlite" else TARGET
ln.connect(WHERE, name=NAME, write=TARGET == "sqlite")
if TARGET != "sqlite":
    del reset  # only a copy of our own can be restored; the checker then leaves out what writes

__all__ = ["bt", "ln"]
