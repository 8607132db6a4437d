"""Which hits of a search the statement of an operation needs: not all, if all that it asks for is known of them.

A list in rank order that nothing else is asked of than the search is known as soon as it is ranked: what stands on a
page, and how many rows there are. The database only needs the hits of the page; to send it a hundred thousand and to
join them took several times as long as to rank them. It still looks itself which of the rows may be seen.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from .conditions import EVERYTHING
from .order_keys import Relevance
from .plan import Columns, Connection, Edges, Nodes, PageInfo, TotalCount
from .search import Search
from .selection import Constant

KNOWN = (Nodes, Columns, Edges, PageInfo, TotalCount, Constant)
"""What of a connection can be told from the hits of its page, and from how many hits there are."""


class Finding(Struct, frozen=True):
    """The hits of a search that a statement needs. It stands among the values of a plan until they are found.

    Args:
        main_only: whether only rows on the main branch count.
        most: how many are needed, after a score and a key if any; None for all.
    """

    search: Search
    main_only: bool = False
    most: int | None = None
    after: tuple[int, int] | None = None


def finding(plan: Connection, search: Search, values: Sequence[Any]) -> Finding:
    """Tell which hits a connection needs; `values` are those of its slots."""
    main_only = plan.main_only and knows_total(plan)
    if not (knows_total(plan) and _is_page_of_ranks(plan)):
        return Finding(search, main_only)
    page = plan.page
    skipped = 0 if page.offset is None else values[page.offset]
    after = None
    if page.after is not None:
        score, key = (values[slot] for slot in page.after if slot is not None)
        after = score, key
    return Finding(search, main_only, skipped + page.size + 1, after)


def knows_total(plan: Connection) -> bool:
    """Whether the rows of a list are the hits of a search, but for those that the branch rule leaves out."""
    return plan.search is not None and plan.relation is None and plan.condition == EVERYTHING


def _is_page_of_ranks(plan: Connection) -> bool:
    page, (first, *_) = plan.page, plan.order
    forward = not page.backward and page.before is None and None not in (page.after or ())
    return forward and isinstance(first.by, Relevance) and all(isinstance(item, KNOWN) for item in plan.items)
