"""Groups of rows: `.values("suffix").annotate(n=Count("id"))`, as Django writes GROUP BY.

The server makes groups by columns and related rows; what it has no words for is made from values that are read.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .documents import Selection
from .expressions import Count, Measure
from .value_paths import ValuePath

if TYPE_CHECKING:
    from .lazy import Query
    from .reading import Reader
    from .summaries import Summaries
    from .value_rows import Shape

Rows = list[tuple[Any, ...]]
FIRST = 10_000
"""How many groups the server gives at most."""


async def read_groups(reader: "Reader", rows: "Summaries", query: "Query") -> list[Any]:
    """One row for each combination of values, with the measures of its rows.

    Args:
        reader: reads the values, of all rows.
        rows: all rows.
        query: what is asked, a slice of groups.
    """
    shape = query.shape
    assert shape is not None  # noqa: S101  only grouped queries come here
    found = await _of_server(rows, shape)
    if found is None:
        found = [*_measured_rows(shape, await reader.values((*shape.paths, *map(_path, shape.measures))))]
    ordered = replace(shape, order=shape.order or shape.paths).in_order(
        [row for row in found if shape.keeps(row)], nulls_first=rows._catalog.dialect == "sqlite"
    )
    stop = None if query.limit is None else query.offset + query.limit
    return _of_columns(shape, ordered[query.offset : stop])


async def _of_server(rows: "Summaries", shape: "Shape") -> Rows | None:
    """The groups of the server; None if it has no words for them, or too many."""
    keys = [key for key in (_key(rows, path) for path in shape.paths) if key]
    texts = [rows.measured_as(measure.expression) for measure in shape.measures]
    if len(keys) < len(shape.paths) or not all(texts):
        return None
    selection = Selection([])
    for path, _ in keys:
        path.select(selection)
    by = ", ".join(dict.fromkeys(f"{{ {name}: true }}" for _, name in keys))
    key, measured = selection.text(rows._catalog, rows._info), " ".join(sorted(set(texts)))
    asked = f"groups(by: [{by}], first: {FIRST}) {{ key {{ {key} }} aggregates {{ {measured} }} }}"
    groups = (await rows._reader().ask(asked))["groups"]
    found: Rows = [
        (
            *(path.read(group["key"])[0] for path, _ in keys),
            *(rows.measured_in(measure.expression, group["aggregates"]) for measure in shape.measures),
        )
        for group in groups
    ]
    different = {repr(row[: len(keys)]) for row in found}  # related rows that differ may have one value in common
    return found if len(different) == len(found) < FIRST else None


def _key(rows: "Summaries", name: str) -> tuple[ValuePath, str] | None:
    """A path by which the server groups, and what it calls the column or relation at its beginning."""
    info = rows._info
    key = name.removesuffix("_id")
    path = ValuePath(rows._catalog, info, key if name.endswith("_id") and key in info.relations else name)
    if path.many or not path.whole or (not path.steps and (path.kind in ("JSON", "DateTime", "Date") or name == "id")):
        return None
    return path, path.steps[0].graphql if path.steps else path.key or ""


def _measured_rows(shape: "Shape", values: Rows) -> Iterator[tuple[Any, ...]]:
    """The groups of rows that were read."""
    from .summaries import COMPUTED

    keys = len(shape.paths)
    grouped: dict[str, Rows] = defaultdict(list)
    for row in values:
        grouped[repr(row[:keys])].append(row)  # JSON has no hash
    for members in grouped.values():
        key, columns = members[0][:keys], zip(*(row[keys:] for row in members), strict=True)
        yield (*key, *(_measured(COMPUTED, *pair) for pair in zip(shape.measures, columns, strict=True)))


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
