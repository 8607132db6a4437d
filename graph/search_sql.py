"""From hits to SQL: the rows that a search has found, with their scores."""

from operator import attrgetter

import sqlalchemy as sa

from lnql.models.hits import UNITS

from .conditions import Slot
from .dialects import Text
from .registry import RegistryInfo
from .scalars import Kind
from .statements import Draft

SCORE = "lnql_score"
"""The column with the score of a row; a name that no registry's column has."""


def hits(draft: Draft, search: Slot) -> sa.CTE:
    """The hits of a search, one table for all that is worked out with them."""
    scored = draft.dialect.scored(draft.operand(Kind.BIGINT, search))
    listed = sa.select(scored.c.key, scored.c.score).cte(draft.alias("hits"))
    return listed.prefix_with("MATERIALIZED")  # else SQLite lists them for each row


def hits_total(draft: Draft, search: Slot) -> Text:
    """How many hits a search has, as text."""
    return sa.cast(draft.operand(Kind.BIGINT, search)(attrgetter("total"), sa.BigInteger()), sa.Text())


def found_rows(draft: Draft, info: RegistryInfo, rows: sa.FromClause, found: sa.CTE) -> sa.FromClause:
    """The rows that a search has found, with the column `SCORE`."""
    joined = rows.join(found, found.c.key == rows.c[info.key.column.key])
    return sa.select(*rows.c, found.c.score.label(SCORE)).select_from(joined).subquery(draft.alias("found"))


def score_text(draft: Draft, page: sa.FromClause) -> Text:
    """Write the score of a row."""
    score = sa.cast(page.c[SCORE], sa.Double()).op("/")(sa.literal_column(f"{UNITS}.0", sa.Double()))
    return draft.dialect.json(Kind.FLOAT, score, nullable=False)
