"""A client connected to a copy of the real instance, for `check.py --client tests.conformance.client_instance`.

LNQL_CONFORMANCE says on which database and how: `sqlite` (default) or `postgresql`, in this process; `sqlite+http` or
`postgresql+http`, over a socket from a server in a process of its own. Or it is the address of a server that serves a
copy already, where only what reads is asked.
"""

import atexit
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

import lnql as ln
import lnql.bionty as bt

from ..conftest import postgres_server, serving
from .restoring import PostgresCopy, SqliteCopy

NAME = "testuser1/test-registries"
TARGET = os.environ.get("LNQL_CONFORMANCE", "sqlite")
opened = ExitStack()


def copied(database: str) -> SqliteCopy | PostgresCopy:
    """A copy of the real instance that can be restored."""
    if database == "postgresql":
        return PostgresCopy(opened.enter_context(postgres_server()))
    return SqliteCopy(Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="lnql-conformance-"))))


if TARGET.startswith(("http://", "https://")):
    ln.connect(TARGET, name=NAME)
else:
    database, _, http = TARGET.partition("+")
    copy = copied(database)
    reset = copy.restore
    where = opened.enter_context(serving(copy.target, "--write"))[0] if http else copy.target
    ln.connect(where, name=NAME, write=not http)
atexit.register(opened.close)  # after that of the database server, which is stopped last

__all__ = ["bt", "ln"]
