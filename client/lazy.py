"""What a query set asks for, and the reading of it when it is needed."""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, Self, overload

from . import background
from .conditions import both
from .documents import Selection, Source, everything
from .errors import InvalidValueError, NotSupportedError, QueryStateError
from .lookups import Filter
from .reading import Reader

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    from .catalog import Catalog, RegistryInfo
    from .expressions import Annotation
    from .managers import Neighbours
    from .registry import Registry
    from .value_rows import Shape

    R = TypeVar("R", default=Any)
else:
    from typing import TypeVar

    R = TypeVar("R")


@dataclass(frozen=True)
class Query:
    """What a query set asks for; it is never changed, only copied with changes."""

    source: Source
    filter: Filter = field(default_factory=dict)
    ruled: bool = True
    """Whether filtering brings LaminDB's branch rule; it does not for managers, as there."""
    branches: tuple[int, ...] = ()
    """LaminDB's branch rule: only what is on these branches, main and the one that is worked on; none for every one."""
    order: tuple[dict[str, Any], ...] = ()
    shuffled: bool = False
    """Whether they come in random order, a new one whenever they are read."""
    offset: int = 0
    limit: int | None = None
    sequence: tuple[int, ...] = ()
    """The primary keys of the rows in the order that is wanted, where no order of the server gives it."""
    search: dict[str, Any] | None = None
    selection: Selection | None = None
    """What is read of each record; None reads all columns."""
    annotations: Mapping[str, "Annotation"] = field(default_factory=dict)
    distinct: bool = False
    """Whether values that are read of the records come once; the records always do."""
    shape: "Shape | None" = None
    """What is made of each row; None makes records."""
    empty: bool = False
    also: tuple["Query", ...] = ()
    """What is appended."""
    combined: str = ""
    """The method that combined it from several query sets, after which it cannot be narrowed down."""

    @property
    def sliced(self) -> bool:
        """Whether a slice was taken."""
        return bool(self.offset) or self.limit is not None

    def unsliced(self) -> "Query":
        """The same without its slice."""
        return replace(self, offset=0, limit=None)

    @property
    def info(self) -> "RegistryInfo":
        """The registry that is asked."""
        return self.source.info

    def selected(self) -> Selection:
        """What is read of each record."""
        selection = self.selection or everything(self.info)
        return replace(selection, annotations={**selection.annotations, **self.annotations})

    def arguments(self) -> dict[str, Any]:
        """The arguments of the connection, without the page."""
        given = {"filter": self.condition(), "search": self.search, "orderBy": list(self.order)}
        return {name: value for name, value in given.items() if value}

    def condition(self) -> Filter:
        """The filter, with the branch rule said explicitly, so that the server's own does not apply."""
        if not self.info.has_branch or (self.source.owner and not self.branches):
            return self.filter
        return both(self.filter, {"branchId": _among(self.branches)})


def _among(branches: tuple[int, ...]) -> Filter:
    match branches:
        case ():
            return {"isNull": False}
        case (one,):
            return {"eq": one}
    return {"in": list(branches)}


class Lazy(Generic[R]):
    """A query, and what was read of it: nothing until it is needed, and then once."""

    def __init__(self, registry: "Registry", query: Query) -> None:
        self._registry = registry
        self._query = query
        self._results: list[R] | None = None
        self._neighbours: Neighbours | None = None

    def _with(self, **changes: Any) -> Self:
        query = replace(self._query, **changes)
        cls = self._registry.__query_set__ if query.ruled else self._registry.__basic_query_set__
        return cls(self._registry, query)  # type: ignore[return-value]  # every part is used as a query set

    @property
    def gives_values(self) -> bool:
        """Whether values are made of the rows, not records."""
        return self._query.shape is not None

    @property
    def is_single(self) -> bool:
        """Whether a slice leaves one result at most."""
        return self._query.limit is not None and self._query.limit <= 1

    @property
    def _info(self) -> "RegistryInfo":
        return self._query.info

    @property
    def _catalog(self) -> "Catalog":
        return self._registry.__connection__.catalog

    def _reader(self) -> Reader:
        return Reader(self._registry, self._query)

    def _fetch(self) -> list[R]:
        if self._results is not None:
            return self._results
        found: list[R] = background.run((self._neighbours or self._reader()).results())
        self._results = found
        return found

    async def _afetch(self) -> list[R]:
        if self._results is not None:
            return self._results
        found: list[R] = await background.bridge((self._neighbours or self._reader()).results())
        self._results = found
        return found

    def _refuse_slice(self, step: str) -> None:
        if self._query.sliced:
            raise QueryStateError(f"Cannot {step} a query once a slice has been taken.")

    def _refuse_combined(self, step: str) -> None:
        if self._query.combined:
            raise NotSupportedError(f"Calling QuerySet.{step}() after {self._query.combined}() is not supported.")

    def __iter__(self) -> Iterator[R]:
        return iter(self._fetch())

    async def __aiter__(self) -> AsyncIterator[R]:
        for result in await self._afetch():
            yield result

    def __len__(self) -> int:
        return len(self._fetch())

    def __bool__(self) -> bool:
        return bool(self._fetch())

    def __contains__(self, result: Any) -> bool:
        return result in self._fetch()

    def iterator(self, chunk_size: int | None = None) -> Iterator[R]:
        """Go through the results as they are read, page by page, and keep none of them.

        Args:
            chunk_size: how many rows one request reads; by default as many as the server gives.
        """
        pages = self._reader().result_pages(chunk_size)
        while (page := background.run(anext(pages, None))) is not None:
            yield from page

    async def aiterator(self, chunk_size: int | None = None) -> AsyncIterator[R]:
        """As `iterator`, for `async for`."""
        pages = self._reader().result_pages(chunk_size)
        while (page := await background.bridge(anext(pages, None))) is not None:
            for result in page:
                yield result

    @overload
    def __getitem__(self, place: int) -> R: ...
    @overload
    def __getitem__(self, place: slice) -> Self: ...
    def __getitem__(self, place: int | slice) -> Any:
        """A result by its place, or the query set of a slice."""
        if isinstance(place, slice):
            part = self._sliced(place.start, place.stop)
            return list(part)[:: place.step] if place.step else part
        if place < 0:
            raise InvalidValueError("Negative indexing is not supported.")
        if self._results is not None:
            return self._results[place]
        found = self._sliced(place, place + 1)._fetch()
        if not found:
            raise IndexError("list index out of range")
        return found[0]

    def _sliced(self, start: int | None, stop: int | None) -> Self:
        start = start or 0
        if start < 0 or (stop is not None and stop < 0):
            raise InvalidValueError("Negative indexing is not supported.")
        bounds = [
            None if stop is None else stop - start,
            None if self._query.limit is None else self._query.limit - start,
        ]
        limit = min((max(bound, 0) for bound in bounds if bound is not None), default=None)
        part = self._with(offset=self._query.offset + start, limit=limit)
        if self._results is not None:
            part._results = self._results[start:stop]
        return part

    def explain(self) -> str:
        """The GraphQL document and the variables by which the rows are read, to be pasted into GraphiQL."""
        return self._reader().explain()
