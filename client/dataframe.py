"""Data frames of query sets, with LaminDB's columns, order, index and dtypes (LaminDB 2.12, `models/query_set.py`)."""

import logging
from typing import TYPE_CHECKING, Any

from . import background
from .columns import Column
from .documents import Selection
from .errors import InvalidTypeError, InvalidValueError, NotApplicableError
from .feature_columns import FEATURES, feature_columns, known_features
from .progress import progress
from .tables import Rows, is_installed, joined
from .value_paths import ValuePath

if TYPE_CHECKING:
    import pandas as pd

    from .catalog import Catalog, Field, RegistryInfo
    from .queryset import QuerySet

DEFAULT_LIMIT = 20
"""How many rows a frame has unless another limit is given."""
NEWEST_FIRST = "-id"
"""The order of a frame unless another is given."""
FIRST = ("uid", "id")
"""Columns that come before all others."""
LAST = ("version_tag", "is_latest", "is_locked", "is_type", "created_at")
"""Columns that come after all others that are no foreign keys."""
PRIVATE = frozenset({"status"})
"""Fields with a public name whose column is private in LaminDB, so that its frames do not show them."""
SHOWN = frozenset({("Feature", "_dtype_str")})
"""Private columns that LaminDB's frames show nevertheless."""
PRIVATES = "privates"
"""What to include to see private columns too."""
SHORT = 3
"""How many of the usual columns are shown beside those that are asked for."""

MANY = 1_000
"""How many rows are worth a table."""

log = logging.getLogger("lnql")


def to_dataframe(
    rows: "QuerySet", include: Any, features: Any, limit: int | None, order_by: str | None
) -> "pd.DataFrame":
    """Make the frame of a query set; see `Frames.to_dataframe`."""
    included = _names(include, "include")
    wanted = _wanted_features(rows, included, features)
    asked = [name for name in included if name != FEATURES]
    columns = _columns(rows, asked, narrow=bool(features) or FEATURES in included)
    return _read(_ordered(_shown(rows), order_by), columns, wanted, limit)


def _names(given: Any, argument: str) -> list[str]:
    """The names in an argument that takes one or several."""
    match given:
        case None:
            return []
        case str():
            return [given]
        case list() | tuple() | set() if all(isinstance(name, str) for name in given):
            return list(given)
    raise InvalidTypeError(f"{argument}={given!r} is no name and no list of names.")


def _wanted_features(rows: "QuerySet", included: list[str], features: Any) -> list[str] | None:
    """The names of features to show; an empty list for all that the rows have, None for none."""
    if not features and FEATURES not in included:
        return None
    info = rows._info
    if not info.has_features:
        raise NotApplicableError(
            f'include="features" is only applicable for Artifact, Record, and Run, not {info.name}.'
        )
    if features in (None, True, "queryset"):
        return []
    return known_features(rows._registry, _names(features, "features")) or None


def _columns(rows: "QuerySet", included: list[str], narrow: bool) -> list[Column]:
    """The columns of a frame without its features; the primary key is the second."""
    catalog, info = rows._registry.__connection__.catalog, rows._info
    usual = usual_columns(info, private=PRIVATES in included)
    asked = list(dict.fromkeys(name for name in included if name != PRIVATES))
    names = [*usual[:SHORT], *(name for name in asked if name in usual[SHORT:])] if narrow or asked else usual
    columns = [Column(name, ValuePath(catalog, info, name)) for name in names]
    columns[SHORT:SHORT] = [_related_column(catalog, info, path) for path in asked if path not in usual]
    return columns


def usual_columns(info: "RegistryInfo", private: bool = False) -> list[str]:
    """The fields that a frame shows, in LaminDB's order: uid, id, columns, flags, foreign keys."""
    keys = {f"{name}_id" for name, relation in info.relations.items() if not relation.many}
    shown = [
        name for name, field in info.fields.items() if name != "updated_at" and (private or not _private(info, field))
    ]
    plain = [name for name in shown if name not in keys and name not in LAST and name not in FIRST]
    last = [name for name in LAST if name in shown]
    return [*(name for name in FIRST if name in shown), *plain, *last, *(name for name in shown if name in keys)]


def _private(info: "RegistryInfo", field: "Field") -> bool:
    return field.name in PRIVATE or (field.name.startswith("_") and (info.name, field.name) not in SHOWN)


def _related_column(catalog: "Catalog", info: "RegistryInfo", path: str) -> Column:
    if path in info.relations:
        target = catalog[info.relations[path].target]
        raise InvalidValueError(
            f"include='{path}' is a relation of {info.name}.",
            hint=f"Name a field of it, for example '{path}__{target.name_field or 'uid'}'.",
        )
    return Column(path, ValuePath(catalog, info, path))


def _shown(rows: "QuerySet") -> "QuerySet":
    """Without the artifacts that LaminDB keeps for itself, unless their kind is asked for."""
    hides = rows._info.name == "Artifact" and not rows._query.sliced and "kind" not in _words(rows._query.filter)
    return rows.exclude(kind__startswith="__lamindb") if hides else rows


def _words(condition: Any) -> set[str]:
    """All names that occur in a filter."""
    match condition:
        case dict():
            return set(condition).union(*map(_words, condition.values()))
        case list():
            return set().union(*map(_words, condition))
    return set()


def _ordered(rows: "QuerySet", order_by: str | None) -> "QuerySet":
    given = rows.ordered or rows._query.sliced
    return rows if given or order_by is None else rows.order_by(order_by)


def _read(rows: "QuerySet", columns: list[Column], wanted: list[str] | None, limit: int | None) -> "pd.DataFrame":
    """Ask for the rows and make the frame; an empty one keeps its usual columns, the primary key among them."""
    import pandas as pd

    selection = Selection([])
    for column in columns:
        column.path.select(selection)
    if wanted is not None:
        selection.features = wanted
    table = wanted is None and all(column.path.key for column in columns) and (limit is None or limit > MANY)
    read = background.run(_rows(rows, selection, limit, table=table and is_installed()))
    if not len(read):
        return pd.DataFrame(columns=[column.name for column in columns if column.path.key])
    values = {column.name: column.values(read) for column in columns}
    index = pd.Index(values.pop("id")[0], name="id")  # one for all columns, which pandas need not align then
    shown = {name: pd.Series(found, index, dtype) for name, (found, dtype) in values.items()}
    if wanted is not None:
        features = {name: column.set_axis(index) for name, column in feature_columns(read).items()}
        shown = _with_features(shown, features, {column.name for column in columns[SHORT:] if column.path.key})
    return pd.DataFrame(shown)


def _with_features(shown: dict[str, Any], features: dict[str, Any], last: set[str]) -> dict[str, Any]:
    """Features come after related columns and before further fields of the record; `last` names these.

    A feature with the name of a field wins, the field is renamed.
    """
    clashes = {name: f"__lamindb_{name}__" for name in shown if name in features}
    parts: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
    for name, column in shown.items():
        parts[name in last][clashes.get(name, name)] = column
    return parts[False] | features | parts[True]


async def _rows(rows: "QuerySet", selection: Selection, limit: int | None, *, table: bool) -> Rows:
    """Read the rows; by default one more than the limit, so that a cut is seen and said."""
    reader = rows._sliced(0, limit and limit + (limit == DEFAULT_LIMIT))._reader()
    pages = progress(reader.pages(selection, table=table), rows._info.plural)
    read = joined([page async for page in pages])
    if limit is not None and len(read) > limit == DEFAULT_LIMIT:
        log.warning("truncated query result to limit=%s %s objects", limit, rows._info.name)
    return read[:limit]
