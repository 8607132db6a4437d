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
from lnql.graph.lazy_schema import LazySchema
from lnql.graph.server import server_config
from lnql.graph.serving import open_app
from lnql.graph.settings import Settings

sa.event.listen(Mapper, "before_configured", lambda: print("joins"))
LazySchema.whole = lambda _: print("all-types")
settings = Settings(instance=sys.argv[1])
server_config(open_app(settings), settings).load()
print(*sys.modules)
"""
HELP = """
import sys
from lnql.command import main

sys.argv = ["lnql", "--help"]
try:
    main()
except SystemExit:
    print(*sys.modules)
"""
UNUSED = {
    "alembic": "an instance is made by `lnql init`",
    "all-types": "no document has named any",
    "asyncpg": "there is no PostgreSQL",
    "greenlet": "there is no PostgreSQL, and it comes with its driver",
    "h5py": "files are made by `lnql demo`",
    "joins": "SQLAlchemy works out the joins of all relations for sessions, of which there are none",
    "lnql.models.demo": "examples are made by `lnql demo`",
    "numpy": "nothing is searched yet",
    "pandas": "frames are the client's",
    "pyarrow": "files are made by `lnql demo`",
    "pydantic": "settings are few, and it takes a tenth of start-up to load",
    "rich": "there is no progress to show",
    "sqlalchemy.dialects.postgresql": "there is no PostgreSQL",
    "structlog": "nothing is logged yet",
    "websockets": "nobody has opened a WebSocket yet",
}
NOT_FOR_HELP = ("graphql", "httpx", "numpy", "pydantic", "sqlalchemy", "starlette", "strawberry", "uvicorn")


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


def test_help_needs_no_package_that_a_command_needs() -> None:
    done = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=True)
    assert "Usage: lnql" in done.stdout
    assert not set(NOT_FOR_HELP) & set(done.stdout.split())
