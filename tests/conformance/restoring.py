"""Copies of the real instance that become again what they were, under the feet of the server that has them open."""

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

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
CREATE SCHEMA kept;
CREATE TABLE kept.touched (name text PRIMARY KEY);
CREATE FUNCTION kept.note() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN INSERT INTO kept.touched VALUES (TG_TABLE_NAME) ON CONFLICT DO NOTHING; RETURN NULL; END';
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('CREATE TABLE kept.%1$I AS TABLE public.%1$I', name);
    EXECUTE format(
      'CREATE TRIGGER kept AFTER INSERT OR UPDATE OR DELETE ON public.%I EXECUTE FUNCTION kept.note()', name
    );
  END LOOP;
END $$
"""
"""Copies all tables of a PostgreSQL database, and lets it note which of them are written."""
RESTORE = """
SET session_replication_role = replica;
DO $$ DECLARE name text; BEGIN
  FOR name IN DELETE FROM kept.touched RETURNING touched.name LOOP
    EXECUTE format('DELETE FROM public.%I', name);
    EXECUTE format('INSERT INTO public.%1$I TABLE kept.%1$I', name);
  END LOOP;
END $$
"""
"""Makes the tables that were written what they were."""


def keep(postgres: PostgresServer, url: str) -> Callable[[], None]:
    """Note what is in a PostgreSQL database; gives a function that makes it again what it was."""
    database = str(make_url(url).database)
    postgres.execute(KEEP, database=database)
    return lambda: postgres.execute(RESTORE, database=database)


class PostgresCopy:
    """A copy on a PostgreSQL server."""

    def __init__(self, server: PostgresServer) -> None:
        self.target = server.url(server.create())
        copy_instance(SOURCE, self.target)
        self.restore = keep(server, self.target)
