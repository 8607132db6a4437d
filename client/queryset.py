"""Query sets: lazy, immutable, one request per evaluation."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

from . import background
from .conditions import both, compile_q
from .documents import Selection, Source, everything
from .errors import (
    InvalidValueError,
    MultipleObjectsReturned,
    ObjectDoesNotExist,
    QueryStateError,
)
from .finding import Finding
from .lookups import Filter, Leaf, leaf
from .orders import order_of, reverse_order
from .q import Q
from .reading import Reader

if TYPE_CHECKING:
    from .catalog import RegistryInfo
    from .registry import Registry

MAIN = 1
"""The branch that is shown unless another is asked for."""
LIFTED_BY = frozenset({"id", "uid", "hash", "id__in", "uid__in", "hash__in"})
"""Keywords that name rows, and so show them on whatever branch they are."""


@dataclass(frozen=True)
class Query:
    """What a query set asks for. `on_main` is LaminDB's branch rule; `limit` None means all rows."""

    source: Source
    filter: Filter = field(default_factory=dict)
    on_main: bool = False
    order: tuple[dict[str, Any], ...] = ()
    offset: int = 0
    limit: int | None = None
    search: dict[str, Any] | None = None
    selection: Selection | None = None
    empty: bool = False

    @property
    def sliced(self) -> bool:
        """Whether a slice was taken."""
        return bool(self.offset) or self.limit is not None

    def arguments(self) -> dict[str, Any]:
        """The arguments of the connection, without the page."""
        given = {"filter": self._filter(), "search": self.search, "orderBy": list(self.order)}
        return {name: value for name, value in given.items() if value}

    def _filter(self) -> Filter:
        """The filter, with the branch rule said explicitly, so that the server's own does not apply."""
        if self.source.info.has_branch and (self.on_main or self.source.owner is None):
            rule = {"eq": MAIN} if self.on_main else {"isNull": False}
            return both(self.filter, {"branchId": rule})
        return self.filter


class QuerySet(Finding):
    """Records of one registry, read when they are needed.

    Every method gives a new query set and leaves this one as it is; nothing is asked before the records, their number
    or a value is used, and what was read is kept.

    >>> csv = ln.Artifact.filter(suffix=".csv").order_by("-size")  # doctest: +SKIP
    >>> csv.count(), csv.first(), csv[:3]  # doctest: +SKIP
    """

    def __init__(self, registry: "Registry", query: Query) -> None:
        self._registry = registry
        self._query = query
        self._records: list[Any] | None = None

    # what makes new query sets

    def _with(self, **changes: Any) -> Self:
        cls = self._registry.__query_set__
        return cls(self._registry, replace(self._query, **changes))  # type: ignore[return-value]

    def all(self) -> Self:
        """The same records, to be read anew."""
        return self._with()

    def none(self) -> Self:
        """No records; nothing is asked."""
        return self._with(empty=True)

    def filter(self, *conditions: Any, **fields: Any) -> Self:
        """Those that meet all conditions; by default on the main branch only, as in LaminDB.

        Args:
            conditions: `Q` objects and comparisons of features, `ln.Q(suffix=".csv") | ln.Q(kind="dataset")`.
            fields: paths with lookups, `created_by__handle__startswith="test"`; names of features where the registry
                has them.

        Raises:
            FieldError: if a field or a lookup does not exist.
        """
        self._refuse_slice("filter")
        fields, every_branch = _without_branch_none(fields)
        q = Q(*conditions, **fields)
        lifted = every_branch or not LIFTED_BY.isdisjoint(fields) or any(map(_speaks_of_branch, q.keywords()))
        on_main = self._query.on_main or (self._info.has_branch and not lifted)
        return self._with(filter=both(self._query.filter, self._compile(q)), on_main=on_main)

    def exclude(self, *conditions: Any, **fields: Any) -> Self:
        """Those that do not meet all these conditions together; a missing value does not meet any."""
        self._refuse_slice("filter")
        excluded = self._compile(~Q(*conditions, **fields))
        return self._with(filter=both(self._query.filter, excluded))

    def order_by(self, *fields: Any) -> Self:
        """In this order; `-` before a path turns it round, no path at all takes the order away."""
        self._refuse_slice("reorder")
        catalog = self._registry.__connection__.catalog
        return self._with(order=tuple(order_of(catalog, self._info, path) for path in fields))

    def reverse(self) -> Self:
        """The other way round."""
        self._refuse_slice("reverse")
        return self._with(order=reverse_order(self._query.order))

    @property
    def ordered(self) -> bool:
        """Whether they are in an order that was asked for: one of fields, or by how well they are found."""
        return bool(self._query.order or self._query.search)

    def distinct(self) -> Self:
        """Each record once, which it is anyway: conditions on relations do not repeat records."""
        return self._with()

    def _compile(self, q: Q) -> Filter:
        return compile_q(q, self._leaf)

    def _leaf(self, part: Any) -> Leaf:
        if isinstance(part, tuple):
            keyword, value = part
            return leaf(self._registry.__connection__.catalog, self._info, keyword, value)
        if hasattr(part, "as_leaf"):
            return part.as_leaf(self._info)  # type: ignore[no-any-return]
        raise InvalidValueError(f"{part!r} is no condition: use a keyword, a Q or the comparison of a feature.")

    def _refuse_slice(self, step: str) -> None:
        if self._query.sliced:
            raise QueryStateError(f"Cannot {step} a query once a slice has been taken.")

    # reading

    @property
    def _info(self) -> "RegistryInfo":
        return self._registry.__registry_info__

    def _reader(self) -> Reader:
        return Reader(self._registry, self._query)

    def _fetch(self) -> list[Any]:
        if self._records is None:
            self._records = background.run(self._reader().records())
        return self._records

    def __iter__(self) -> Iterator[Any]:
        return iter(self._fetch())

    async def _afetch(self) -> list[Any]:
        if self._records is None:
            self._records = await background.bridge(self._reader().records())
        return self._records

    async def __aiter__(self) -> AsyncIterator[Any]:
        for record in await self._afetch():
            yield record

    def __len__(self) -> int:
        return len(self._fetch())

    def __bool__(self) -> bool:
        return bool(self._fetch())

    def __contains__(self, record: Any) -> bool:
        return record in self._fetch()

    def __getitem__(self, place: int | slice) -> Any:
        """A record by its place, or the query set of a slice."""
        if isinstance(place, slice):
            return self._sliced(place)
        if place < 0:
            raise InvalidValueError("Negative indexing is not supported.")
        if self._records is not None:
            return self._records[place]
        found = self._sliced(slice(place, place + 1))._fetch()
        if not found:
            raise IndexError("list index out of range")
        return found[0]

    def _sliced(self, part: slice) -> Any:
        start, stop = part.start or 0, part.stop
        if start < 0 or (stop is not None and stop < 0):
            raise InvalidValueError("Negative indexing is not supported.")
        limit = self._query.limit if stop is None else max(stop - start, 0)
        if self._query.limit is not None:
            left = max(self._query.limit - start, 0)
            limit = left if stop is None else min(left, limit or 0)
        rows = self._with(offset=self._query.offset + start, limit=limit)
        return list(rows)[:: part.step] if part.step else rows

    def count(self) -> int:
        """How many there are."""
        return background.run(self._reader().count())

    async def acount(self) -> int:
        """As `count`, to be awaited."""
        return await background.bridge(self._reader().count())

    def exists(self) -> bool:
        """Whether there is any."""
        return bool(self._sliced(slice(0, 1)).values_list("id"))

    def first(self) -> Any | None:
        """The first one, by the primary key if no order is given; None if there is none."""
        return next(iter(self._sliced(slice(0, 1))), None)

    async def afirst(self) -> Any | None:
        """As `first`, to be awaited."""
        return next(iter(await self._sliced(slice(0, 1))._afetch()), None)

    def last(self) -> Any | None:
        """The last one; None if there is none."""
        return self.reverse().first()

    async def alast(self) -> Any | None:
        """As `last`, to be awaited."""
        return await self.reverse().afirst()

    def one(self) -> Any:
        """The only one.

        Raises:
            ObjectDoesNotExist: if there is none.
            MultipleObjectsReturned: if there are several.
        """
        return self._only(self._at_most_two()._fetch())

    def one_or_none(self) -> Any | None:
        """The only one, or None; raises MultipleObjectsReturned if there are several."""
        found = self._at_most_two()._fetch()
        return self._only(found) if found else None

    def _at_most_two(self) -> Any:
        return self._sliced(slice(0, 2))

    def _only(self, found: list[Any]) -> Any:
        if not found:
            raise self._registry.DoesNotExist(f"{self._info.name} matching query does not exist.")
        if len(found) > 1:
            raise self._registry.MultipleObjectsReturned(
                f"get() returned more than one {self._info.name}, for example {found[0]!r} and {found[1]!r}.",
                hint="Narrow it down, or take .first().",
            )
        return found[0]

    def get(self, id_or_uid: int | str | None = None, *conditions: Any, **fields: Any) -> Any:
        """The one record with this integer id, this uid (or its beginning), or that meets the conditions.

        Of a versioned registry it is the latest version, unless the conditions say which.

        Raises:
            DoesNotExist: if there is none.
            MultipleObjectsReturned: if there are several.
        """
        return background.run(self._get(id_or_uid, *conditions, **fields))

    async def aget(self, id_or_uid: int | str | None = None, *conditions: Any, **fields: Any) -> Any:
        """As `get`, to be awaited."""
        return await background.bridge(self._get(id_or_uid, *conditions, **fields))

    async def _get(self, id_or_uid: int | str | None, *conditions: Any, **fields: Any) -> Any:
        if isinstance(id_or_uid, str):
            return await self._get_by_uid(id_or_uid)
        if id_or_uid is not None and not isinstance(id_or_uid, int):
            conditions, id_or_uid = (id_or_uid, *conditions), None
        if id_or_uid is not None:
            fields["id"] = id_or_uid
        for narrow in self._narrowed(conditions, fields):
            found = await narrow._reader().records()
            if found:
                break
        return self._only(found)

    def _narrowed(self, conditions: tuple[Any, ...], fields: dict[str, Any]) -> Iterable[Any]:
        """What `get` tries: of versions the latest, then the newest of any."""
        rows = self.filter(*conditions, **fields)
        if not self._info.is_versioned or not fields or not VERSION_KEYS.isdisjoint(fields):
            return [rows._at_most_two()]
        return [rows.filter_latest()._at_most_two(), rows.order_by("-created_at")._sliced(slice(0, 1))]

    def filter_latest(self) -> Self:
        """Latest versions only."""
        return self._with(filter=both(self._query.filter, {"isLatest": {"eq": True}}))

    async def _get_by_uid(self, uid: str) -> Any:
        """A string is the beginning of a uid, on whatever branch; of a version family its latest."""
        condition: Filter = {"uid": {"startsWith": uid}}
        stem = len(uid) <= STEM_LENGTH.get(self._info.name, 0)
        if stem:
            condition["isLatest"] = {"eq": True}
        found = await self._with(filter=both(self._query.filter, condition), limit=1 if stem else 2)._reader().records()
        if not found:
            name = self._info.name
            raise ObjectDoesNotExist(
                f"No record found with uid '{uid}'. Did you forget a keyword as in "
                f"{name}.get({self._info.name_field or 'uid'}='{uid}')?"
            )
        return self._only(found)

    # values

    def values_list(self, *fields: str, flat: bool = False) -> Any:
        """The values of fields as tuples, or as they are with `flat`."""
        rows = background.run(self._reader().values(fields or tuple(self._info.fields)))
        return [row[0] for row in rows] if flat else rows

    def values(self, *fields: str) -> list[dict[str, Any]]:
        """The values of fields as dictionaries."""
        names = fields or tuple(self._info.fields)
        return [dict(zip(names, row, strict=True)) for row in self.values_list(*names)]

    def to_list(self, field: str | None = None) -> list[Any]:
        """The records as a list, or the values of one field."""
        return list(self._fetch()) if field is None else self.values_list(field, flat=True)

    list = to_list

    def select_related(self, *paths: str) -> Self:
        """Read related rows together with the records."""
        selection = self._query.selection or everything(self._info)
        for path in paths:
            selection.add(self._registry.__connection__.catalog, self._info, path)
        return self._with(selection=selection)

    prefetch_related = select_related

    def as_condition(self, target: "RegistryInfo") -> Filter:
        """What these records have in common, as a filter on their registry."""
        if self._query.sliced or self._query.search or self._query.source.owner:
            return {"databaseId": {"in": self.values_list("id", flat=True)}}
        return self._query._filter()

    def __repr__(self) -> str:
        shown = self._sliced(slice(0, 21)).to_list() if not self._query.sliced else self.to_list()
        more = ", ...(remaining elements truncated)..." if len(shown) > 20 else ""
        return f"<{type(self).__name__} [{', '.join(map(repr, shown[:20]))}{more}]>"


class BasicQuerySet(QuerySet):
    """What a search has found."""


VERSION_KEYS = frozenset({"id", "uid", "pk", "is_latest", "version", "version_tag"})
STEM_LENGTH: Mapping[str, int] = {"Artifact": 16, "Collection": 16, "Transform": 12}


def _without_branch_none(fields: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """Take `branch=None` out, which means every branch."""
    kept = {key: value for key, value in fields.items() if key not in ("branch", "branch_id") or value is not None}
    return kept, len(kept) < len(fields)


def _speaks_of_branch(keyword: str) -> bool:
    return keyword.split("__")[0] in ("branch", "branch_id")


__all__ = ["MultipleObjectsReturned", "Query", "QuerySet"]
