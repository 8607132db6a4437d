"""The rows a mutation is about: by global id, by a filter, or by values of fields; only those that the scope shows."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from lnql.errors import InvalidError
from lnql.models.base import Registry
from lnql.suggestions import did_you_mean

from .dialects import Dialect
from .feature_catalog import Features
from .feature_guard import AskedFeatures, Relied, relied_on
from .filters import FilterParser
from .names import camel
from .predicates import predicate
from .registry import Catalog, RegistryInfo
from .scalars import BITS_32, Kind
from .settings import Limits
from .statements import Draft
from .visibility import Scope, keeps_branch_rule, on_main, source
from .writable import writable

CONDITION = re.compile(r"(\w+)='([^']*)'")
"""A condition in a dtype, such as `source__uid='4a3ejKuf'`."""


class Matching:
    """Finds rows in the transaction of an operation."""

    def __init__(
        self,
        connection: sa.Connection,
        catalog: Catalog,
        dialect: Dialect,
        scope: Scope,
        limits: Limits,
        features: Features,
    ) -> None:
        self._connection = connection
        self._catalog = catalog
        self._dialect = dialect
        self._scope = scope
        self._limits = limits
        self._features = features

    def visible(self, info: RegistryInfo, keys: Sequence[int]) -> set[int]:
        """Those of the keys that are of rows which exist."""
        key = source(info, self._scope).c[info.key.column.key]
        possible = [number for number in keys if number in BITS_32]  # PostgreSQL compares no others
        return set(self._connection.scalars(sa.select(key).where(key.in_(possible)))) if possible else set()

    def seen(self, model: type[Registry], keys: Sequence[int]) -> set[int]:
        """The same of the keys of rows of a model."""
        everything = self._scope.predicate is None
        return set(keys) if everything else self.visible(self._catalog[model.__name__], keys)

    def rows(
        self,
        info: RegistryInfo,
        by: str,
        values: Iterable[Any],
        names: Sequence[str],
        within: str | None = None,
        *,
        main_only: bool = False,
    ) -> list[dict[str, Any]]:
        """Some fields, and the field `by`, of the rows that have one of these values in the field `by`.

        `within` narrows the registry down as a dtype does: the uid of a type, or conditions in LaminDB's notation.
        """
        wanted = list(values)
        if not wanted:
            return []
        rows = source(info, self._scope)
        columns = {name: rows.c[info.fields[name].column.key] for name in (*names, by) if name in info.fields}
        select = sa.select(*columns.values()).where(columns[by].in_(wanted)).order_by(rows.c[info.key.column.key])
        if main_only and info.branch is not None:
            select = select.where(on_main(info, rows))
        if within is not None:
            select = select.where(self._is_within(info, rows, within))
        found = self._connection.execute(select)
        return [{**dict.fromkeys(names), **dict(zip(columns, row, strict=True))} for row in found]

    def _is_within(self, info: RegistryInfo, rows: sa.FromClause, within: str) -> sa.ColumnElement[bool]:
        """Whether rows are of a type, at whatever depth, or meet the conditions that a dtype makes."""
        conditions = CONDITION.findall(within)
        if conditions:
            return sa.and_(*(self._meets(info, rows, path, value) for path, value in conditions))
        types = source(info, self._scope)
        below = sa.select(types.c.id).where(types.c.uid == within).cte("types", recursive=True)
        subtypes = source(info, self._scope)
        below = below.union(sa.select(subtypes.c.id).join(below, subtypes.c.type_id == below.c.id))
        return rows.c.type_id.in_(sa.select(below.c.id))

    def _meets(self, info: RegistryInfo, rows: sa.FromClause, path: str, value: str) -> sa.ColumnElement[bool]:
        """Whether rows have a value in a column, or in a column of the row that a relation leads to."""
        name, _, rest = path.partition("__")
        if not rest:
            return rows.c[name] == value
        relation = info.to_one[camel(name)]
        target = source(relation.target, self._scope)
        met = self._meets(relation.target, target, rest, value)
        return rows.c[relation.local.key].in_(sa.select(target.c[relation.remote.key]).where(met))

    def by_filter(self, info: RegistryInfo, filter_: Mapping[str, Any], most: int) -> list[int]:
        """The keys of the rows that a list with this filter has; one more than `most`, where there are more.

        Raises:
            InvalidError: for a filter that cannot be understood.
            OutdatedError: if it speaks of features, and they have changed.
        """
        values: list[Any] = []

        def bind(value: Any) -> int:
            values.append(value)
            return len(values) - 1

        features = AskedFeatures(self._features)
        condition = FilterParser(self._limits, bind, features).parse(info, filter_)
        draft = Draft(self._dialect, self._scope)
        rows = draft.rows(info)
        key = rows.c[info.key.column.key]
        select = sa.select(key).where(predicate(draft, condition, rows)).order_by(key)
        if keeps_branch_rule(info, filter_):
            select = select.where(on_main(info, rows))
        limit, none = sa.literal_column(str(most + 1), sa.BigInteger()), sa.literal_column("0", sa.BigInteger())
        found = self._rows(draft, select.limit(limit).offset(none), values)
        self._check(relied_on([features], 0))
        return [row[0] for row in found]

    def _check(self, relied: Relied) -> None:
        """See whether the features are what they were when they were asked for."""
        if relied.guard is not None:
            draft = Draft(self._dialect, self._scope)
            relied.check(self._rows(draft, sa.select(relied.guard.column(draft)), relied.values)[0][0])

    def _rows(self, draft: Draft, select: sa.Select[Any], values: Sequence[Any]) -> Sequence[Any]:
        statement = draft.finish(select)
        return self._connection.exec_driver_sql(statement.text, tuple(statement.arguments(values))).all()

    def by_columns(
        self, info: RegistryInfo, columns: Sequence[sa.Column[Any]], values: Sequence[tuple[Any, ...]]
    ) -> dict[tuple[Any, ...], list[int]]:
        """The keys of the rows with these values in these columns, by the values; on the branch main, if it has any."""
        rows = source(info, self._scope)
        found = [rows.c[column.key] for column in columns]
        select = sa.select(rows.c[info.key.column.key], *found).where(found[0].in_({each[0] for each in values}))
        if info.branch is not None and not any(column.key == "uid" for column in columns):
            select = select.where(on_main(info, rows))
        wanted = set(values)
        keys: dict[tuple[Any, ...], list[int]] = {}
        for key, *own in self._connection.execute(select.order_by(rows.c[info.key.column.key])):
            if tuple(own) in wanted:
                keys.setdefault(tuple(own), []).append(key)
        return keys


def columns_to_match(info: RegistryInfo, names: Sequence[str]) -> list[sa.Column[Any]]:
    """The columns of the fields and to-one relations by which rows are matched.

    Raises:
        InvalidError: for no name, or one that there is not.
    """
    settable = writable(info)
    known = {name: field.column for name, field in settable.fields.items() if field.kind is not Kind.JSON}
    known |= {name: relation.local for name, relation in settable.one.items()}
    path = ("input", "matchOn")
    if not names:
        raise InvalidError("matchOn is empty.", hint="Name the fields that tell rows apart.", path=path)
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"It has {', '.join(known)}."
            raise InvalidError(f"{info.with_article.capitalize()} has no {name!r} to match on.", hint=hint, path=path)
    return [known[name] for name in names]
