"""Relations of any depth: the ancestors and descendants of a term, what lies upstream and downstream of a dataset.

A closure follows a path of relations from a registry back to itself, again and again: `parents` for ancestors,
`run.inputArtifacts` for the artifacts upstream of an artifact. A row that is reached on several ways is in it once, at
its shortest distance; where a path leads back to its start, the start is not in it.
"""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from .conditions import Slot
from .registry import Closure
from .related import related_rows
from .scalars import Kind
from .statements import Draft

DISTANCE = "lnql_distance"
"""The column that says how far a row is; a name that no registry's column has."""

Reached = tuple[Sequence[sa.FromClause], list[sa.ColumnElement[bool]], sa.ColumnElement[Any], sa.ColumnElement[Any]]


def _step(draft: Draft, closure: Closure) -> Reached:
    """One step: what to select from, how it is joined, the key it starts at and the key it leads to."""
    rows = here = draft.rows(closure.target)
    sources, conditions = [rows], []
    for relation in closure.path:
        related, there, owner = related_rows(draft, relation)
        sources.append(related)
        conditions.append(owner == here.c[relation.local.key])
        here = there
    key = closure.target.key.column.key
    return sources, conditions, rows.c[key], here.c[key]


def below(
    draft: Draft, closure: Closure, parents: sa.FromClause, depth: Slot | None
) -> tuple[sa.FromClause, sa.ColumnElement[Any], sa.ColumnElement[int]]:
    """What is reached from each of the given rows: a table of it, its key, its distance."""
    start = parents.c[closure.target.key.column.key]
    sources, joined, near, far = _step(draft, closure)
    one = sa.literal_column("1", sa.Integer())
    first = sa.select(far.label("reached"), one.label("distance")).select_from(*sources)
    reached = (
        first.where(*joined, near == start).correlate(parents).cte(draft.alias("closure"), recursive=True, nesting=True)
    )
    sources, joined, near, far = _step(draft, closure)
    further = sa.select(far, reached.c.distance + one).select_from(reached, *sources)
    reached = reached.union(further.where(*joined, near == reached.c.reached, *_bounds(draft, closure, reached, depth)))
    nearest = (
        sa.select(reached.c.reached, sa.func.min(reached.c.distance).label("distance"))
        .where(reached.c.reached != start)
        .group_by(reached.c.reached)
        .correlate(parents)
        .subquery(draft.alias("nearest"))
    )
    return nearest, nearest.c.reached, nearest.c.distance


def rows_below(draft: Draft, closure: Closure, parents: sa.FromClause, depth: Slot | None) -> sa.FromClause:
    """The rows that are reached from each of the given rows, with the column `DISTANCE`."""
    rows = draft.rows(closure.target)
    nearest, reached, distance = below(draft, closure, parents, depth)
    joined = rows.join(nearest, reached == rows.c[closure.target.key.column.key])
    return sa.select(*rows.c, distance.label(DISTANCE)).select_from(joined).subquery(draft.alias("reached"))


def _bounds(draft: Draft, closure: Closure, reached: sa.CTE, depth: Slot | None) -> list[sa.ColumnElement[bool]]:
    """No shortest distance is longer than the registry has rows; this ends what runs in circles."""
    rows = draft.rows(closure.target)
    count = sa.select(sa.func.count()).select_from(rows).scalar_subquery()
    bounds = [reached.c.distance < count]
    if depth is not None:
        bounds.append(reached.c.distance < draft.operand(Kind.BIGINT, depth)())
    return bounds


def count_reached(draft: Draft, closure: Closure, rows: sa.FromClause, *, or_self: bool) -> sa.ColumnElement[int]:
    """Count what each of the given rows reaches, with `or_self` the row itself too."""
    nearest, _, _ = below(draft, closure, rows, None)
    count = sa.select(sa.func.count()).select_from(nearest).correlate(rows).scalar_subquery()
    return count + sa.literal_column("1", sa.Integer()) if or_self else count


def reaching(
    draft: Draft,
    closure: Closure,
    met: Callable[[sa.FromClause], sa.ColumnElement[bool]],
    rows: sa.FromClause,
    *,
    or_self: bool,
) -> sa.ColumnElement[bool]:
    """Tell which rows reach one that meets a condition; `met` gives it and, like the answer, is never unknown.

    It is worked out the other way round and once: what do the rows that meet the condition reach by the inverse?
    """
    key = closure.target.key.column.key
    start, (sources, joined, near, far) = draft.rows(closure.target), _step(draft, closure.inverse)
    first = sa.select(start.c[key].label("origin"), far.label("reached")).select_from(start, *sources)
    reached = first.where(*joined, near == start.c[key], met(start)).cte(
        draft.alias("closure"), recursive=True, nesting=True
    )
    sources, joined, near, far = _step(draft, closure.inverse)
    further = sa.select(reached.c.origin, far).select_from(reached, *sources)
    reached = reached.union(further.where(*joined, near == reached.c.reached))
    # DISTINCT, for PostgreSQL takes the rows of a recursion for so many that it would not keep them in a hash table.
    others = sa.select(reached.c.reached).where(reached.c.reached != reached.c.origin).distinct()
    found = rows.c[key].in_(others)
    return sa.or_(met(rows), found) if or_self else found
