"""From hits to SQL: the rows that a search has found, with their scores."""

import sqlalchemy as sa

from .conditions import Slot
from .dialects import Text
from .registry import RegistryInfo
from .scalars import Kind
from .statements import Draft

SCORE = "lnql_score"
"""The column with the score of a row; a name that no registry's column has."""
UNITS = 10_000
"""Scores are kept as whole numbers, so many to one, which both databases compare and write down alike."""


def hits(draft: Draft, search: Slot) -> sa.CTE:
    """The hits of a search, one table for all that is worked out with them."""
    pairs = draft.dialect.pairs(draft.operand(Kind.BIGINT, search))
    listed = sa.select(pairs.c.arm.label("score"), pairs.c.key.label("key"))
    return listed.cte(draft.alias("hits")).prefix_with("MATERIALIZED")  # else SQLite lists them for each row


def found_rows(draft: Draft, info: RegistryInfo, rows: sa.FromClause, found: sa.CTE) -> sa.FromClause:
    """The rows that a search has found, with the column `SCORE`."""
    joined = rows.join(found, found.c.key == rows.c[info.key.column.key])
    return sa.select(*rows.c, found.c.score.label(SCORE)).select_from(joined).subquery(draft.alias("found"))


def score_text(draft: Draft, page: sa.FromClause) -> Text:
    """Write the score of a row."""
    score = sa.cast(page.c[SCORE], sa.Double()).op("/")(sa.literal_column(f"{UNITS}.0", sa.Double()))
    return draft.dialect.json(Kind.FLOAT, score, nullable=False)
