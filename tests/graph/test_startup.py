"""Starting a server: what it need not wait for, it does not load."""

import subprocess
import sys
from pathlib import Path

import pytest

SERVE = """
import sys
import lnql.graph.cli
import sqlalchemy as sa
from sqlalchemy.orm import Mapper
from lnql.graph.serving import open_app
from lnql.graph.settings import Settings

sa.event.listen(Mapper, "before_configured", lambda: print("joins"))
open_app(Settings(instance=sys.argv[1]))
print(*sys.modules)
"""
UNUSED = {
    "alembic": "an instance is made by `lnql init`",
    "asyncpg": "there is no PostgreSQL",
    "h5py": "files are made by `lnql demo`",
    "joins": "SQLAlchemy works out the joins of all relations for sessions, of which there are none",
    "lnql.models.demo": "examples are made by `lnql demo`",
    "numpy": "nothing is searched yet",
    "pandas": "frames are the client's",
    "pyarrow": "files are made by `lnql demo`",
    "rich": "there is no progress to show",
    "structlog": "nothing is logged yet",
}


@pytest.fixture(scope="module")
def loaded(real_folder: Path) -> set[str]:
    """The modules that are loaded once an instance on SQLite is served."""
    command = [sys.executable, "-c", SERVE, str(real_folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize("module", UNUSED)
def test_what_a_server_has_no_use_for_is_not_loaded(loaded: set[str], module: str) -> None:
    assert "lnql.graph.service" in loaded
    assert module not in loaded, UNUSED[module]
