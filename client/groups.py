"""Groups of rows: `.values("suffix").annotate(n=Count("id"))`, as Django writes GROUP BY."""

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .expressions import Count, Measure

if TYPE_CHECKING:
    from .lazy import Query
    from .reading import Reader
    from .value_rows import Shape

Rows = list[tuple[Any, ...]]


async def read_groups(reader: "Reader", query: "Query") -> list[Any]:
    """One row for each combination of values, with the measures of its rows."""
    from .summaries import COMPUTED

    shape = query.shape
    assert shape is not None  # noqa: S101  only grouped queries come here
    keys = len(shape.paths)
    read = tuple(_path(measure) for measure in shape.measures)
    grouped: dict[tuple[Any, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for row in await reader.values((*shape.paths, *read)):
        grouped[row[:keys]].append(row[keys:])
    rows: Rows = []
    for key, members in grouped.items():
        columns = zip(*members, strict=True)
        rows.append((*key, *(_measured(COMPUTED, *pair) for pair in zip(shape.measures, columns, strict=True))))
    for name in reversed(shape.order):
        place = shape.names.index(name.removeprefix("-"))
        rows.sort(key=lambda row: (row[place] is None, row[place]), reverse=name.startswith("-"))
    stop = None if query.limit is None else query.offset + query.limit
    return _of_columns(shape, rows[query.offset : stop])


def _of_columns(shape: "Shape", rows: Rows) -> list[Any]:
    names = shape.columns or shape.names
    places = [shape.names.index(name) for name in names]
    picked = [tuple(row[place] for place in places) for row in rows]
    return replace(shape, paths=names, measures=()).made(picked)


def _path(measure: Measure) -> str:
    return "id" if measure.expression.path in ("*", "pk") else measure.expression.path


def _measured(computed: Any, measure: Measure, column: tuple[Any, ...]) -> Any:
    values = [value for value in column if value is not None]
    if measure.expression.distinct:
        values = list(set(values))
    if not values and not isinstance(measure.expression, Count):
        return None
    return computed[type(measure.expression).__name__](values)
