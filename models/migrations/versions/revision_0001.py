"""The schema of LaminDB 2.12 with the bionty module, as the registries describe it.

The registries are the one description of the schema, and a test holds them against a real instance. With the first
change to them, the revision that makes it comes next to this one, and this one is given the tables as they were.
"""

from alembic import op
from sqlalchemy import Column, Identity, String

from lnql.models.ddl import create_tables, lamindb_tables
from lnql.models.triggers import TRIGGERS
from lnql.models.types import BigKey, UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and on PostgreSQL what guards them."""
    dialect = op.get_context().dialect.name
    create_tables(dialect, lamindb_tables(), op.execute)
    for statement in TRIGGERS.get(dialect, ()):
        op.execute(statement.replace(":", r"\:"))  # a colon would begin a parameter
    op.create_table(
        "django_migrations",  # where LaminDB reads which of its migrations the schema has
        Column("id", BigKey, Identity(), primary_key=True),
        Column("app", String(255), nullable=False),
        Column("name", String(255), nullable=False),
        Column("applied", UTCDateTime, nullable=False),
        sqlite_autoincrement=True,
    )
