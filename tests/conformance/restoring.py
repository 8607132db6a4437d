"""Copies of the real instance that become again what they were, under the feet of the server that has them open."""

import os
import shutil
from contextlib import closing
from pathlib import Path

from lnql.models.copying import copy_instance
from lnql.models.sqlite import sqlite3 as dbapi  # two SQLite libraries in one process would break each other's locks

from ..conftest import PostgresServer

SOURCE = Path(os.environ.get("LNQL_SHARED", Path(__file__).parents[3] / "shared")) / "conformance" / "instance"


def restore(folder: str) -> None:
    """Make a SQLite copy again what it was before somebody wrote to it."""
    with (
        closing(dbapi.connect(f"file:{SOURCE / '.lamindb' / 'lamin.db'}?immutable=1", uri=True)) as source,
        closing(dbapi.connect(str(Path(folder) / ".lamindb" / "lamin.db"))) as copy,
    ):
        source.backup(copy)


class SqliteCopy:
    """A copy in a folder."""

    def __init__(self, folder: Path) -> None:
        (folder / ".lamindb").mkdir()
        shutil.copyfile(SOURCE / ".lamindb" / "lamin.db", folder / ".lamindb" / "lamin.db")
        self.target = str(folder)

    def restore(self) -> None:
        """Undo what was written."""
        restore(self.target)


KEEP = """
DO $$ DECLARE name text; BEGIN
  CREATE SCHEMA kept;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('CREATE TABLE kept.%1$I AS TABLE public.%1$I', name);
  END LOOP;
END $$"""
RESTORE = """
DO $$ DECLARE name text; BEGIN
  SET LOCAL session_replication_role = replica;  -- no foreign keys and triggers: tables come back in any order
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DELETE FROM public.%1$I', name);
    EXECUTE format('INSERT INTO public.%1$I SELECT * FROM kept.%1$I', name);
  END LOOP;
END $$"""


class PostgresCopy:
    """A copy on a PostgreSQL server, with another copy of each table beside it."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._name = server.create()
        self.target = server.url(self._name)
        copy_instance(SOURCE, self.target)
        server.execute(KEEP, database=self._name)

    def restore(self) -> None:
        """Undo what was written."""
        self._server.execute(RESTORE, database=self._name)
