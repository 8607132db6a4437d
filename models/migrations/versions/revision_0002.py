"""The indexes that LaminDB's schema lacks; `lnql tune` adds them to instances that have none."""

from alembic import op

from lnql.models.tuning import missing_indexes

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    for index in missing_indexes():
        op.execute(index.statement.removesuffix(";"))
