"""Query sets: what narrows, orders and widens the records that are asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from .combining import Combining
from .conditions import both, compile_q
from .documents import Selection, everything
from .editing import Editing
from .errors import FieldDoesNotExist, InvalidTypeError, NotSupportedError
from .expressions import annotation, refuse_conflicts
from .finding import Finding
from .frames import Frames
from .lazy import Lazy, Query, R
from .leaves import Leaf, leaf
from .lookups import Filter
from .orders import order_of, reverse_order
from .paths import expand_alias
from .predicates import FeaturePredicate, keyword_predicates
from .q import Q, as_q
from .retrieval import Retrieval
from .summaries import Summaries
from .unsupported import Unsupported
from .value_rows import ValueRows, compared

if TYPE_CHECKING:
    from .registry import Registry

LIFTED_BY = frozenset({"id", "uid", "hash", "id__in", "uid__in", "hash__in"})
"""Keywords that name rows, and so show them on whatever branch they are."""


class QuerySet(Retrieval[R], Finding, Frames, ValueRows, Summaries, Combining, Editing, Unsupported, Lazy[R]):
    """Records of one registry, read when they are needed.

    Every method gives a new query set and leaves this one as it is; nothing is asked before the records, their number
    or a value is used, and what was read is kept.

    >>> csv = ln.Artifact.filter(suffix=".csv").order_by("-size")  # doctest: +SKIP
    >>> csv.count(), csv.first(), csv[:3]  # doctest: +SKIP
    """

    def all(self) -> Self:
        """The same records, to be read anew."""
        return self._with()

    def none(self) -> Self:
        """No records; nothing is asked."""
        return self._with(empty=True)

    def filter(self, *conditions: Any, **fields: Any) -> Self:
        """Those that meet all conditions; on main and the branch that is worked on, unless others are asked for.

        Args:
            conditions: `Q` objects and comparisons of features, `ln.Q(suffix=".csv") | ln.Q(kind="dataset")`.
            fields: paths with lookups, `created_by__handle__startswith="test"`; names of features where the registry
                has them.

        Raises:
            FieldError: if a field or a lookup does not exist.
        """
        rows, fields = self._having(fields)
        fields, predicates = rows._features_apart(fields)
        return rows._by_fields(*conditions, *predicates, **fields)

    def _by_fields(self, *conditions: Any, **fields: Any) -> Self:
        """As `filter`, but keywords name fields only."""
        self._refuse_narrowing("filter")
        fields, every_branch = _without_branch_none(fields)
        q = Q(*map(as_q, conditions), **fields)
        lifted = every_branch or not LIFTED_BY.isdisjoint(fields) or any(map(_speaks_of_branch, q.keywords()))
        ruled = self._query.ruled and self._info.has_branch and not lifted
        branches = self._registry.__connection__.branches if ruled else self._query.branches
        return self._with(filter=both(self._query.filter, self._compile(q)), branches=branches)

    def _having(self, fields: dict[str, Any]) -> tuple[Self, dict[str, Any]]:
        """Take conditions on measures of groups out of those on fields."""
        shape = self._query.shape
        measured = {measure.alias for measure in shape.measures} if shape else set()
        having = {key: value for key, value in fields.items() if key.partition("__")[0] in measured}
        if not shape or not having:
            return self, fields
        narrowed = replace(shape, having=(*shape.having, *(compared(key, value) for key, value in having.items())))
        return self._with(shape=narrowed), {key: value for key, value in fields.items() if key not in having}

    def _features_apart(self, fields: dict[str, Any]) -> tuple[dict[str, Any], list[FeaturePredicate]]:
        """Take the keywords that name features out of those that name fields."""
        if not self._info.has_features:
            return fields, []
        named = {key: value for key, value in fields.items() if not self._is_field(key.partition("__")[0])}
        predicates = keyword_predicates(self._registry.__connection__, self._info, named) if named else []
        return {key: value for key, value in fields.items() if key not in named}, predicates

    def _is_field(self, name: str) -> bool:
        info = self._info
        return (
            name == "pk"
            or name in info.fields
            or name in info.relations
            or name in self._query.annotations
            or (expand_alias(info, name) != name)
        )

    def in_sequence(self, ids: Iterable[int]) -> Self:
        """Those with these integer ids, in this order."""
        return self.filter(id__in=list(ids))._with(sequence=tuple(ids), branches=self._query.branches)

    def exclude(self, *conditions: Any, **fields: Any) -> Self:
        """Those that do not meet all these conditions together; a missing value does not meet any."""
        self._refuse_narrowing("exclude")
        excluded = self._compile(~Q(*map(as_q, conditions), **fields))
        return self._with(filter=both(self._query.filter, excluded))

    def complex_filter(self, condition: Any) -> Self:
        """As `filter`, of a dictionary of keywords or a `Q`."""
        return self.filter(**condition) if isinstance(condition, Mapping) else self.filter(condition)

    def order_by(self, *fields: Any) -> Self:
        """In this order; `-` before a path turns it round, "?" is a random order, no path takes the order away.

        A feature orders by its values, and leaves out the records that have none.

        >>> ln.Artifact.filter().order_by("-created_at", "key")  # doctest: +SKIP
        """
        self._refuse_slice("reorder")
        shape = self._query.shape
        if shape and shape.has(fields) and (shape.measures or self._reader().fans_out()):
            return self._with(shape=replace(shape, order=fields))
        if "?" in (path for path in fields if isinstance(path, str)):
            return self._with(order=(), shuffled=True, sequence=())
        aliases = self._query.annotations
        order = tuple(order_of(self._catalog, self._info, path, aliases) for path in fields)
        measured = [{"uid": part["feature"]["uid"], "isNull": False} for part in order if "feature" in part]
        only_measured = {"features": measured} if measured else {}
        return self._with(order=order, shuffled=False, sequence=(), filter=both(self._query.filter, only_measured))

    def reverse(self) -> Self:
        """The other way round."""
        self._refuse_slice("reverse")
        return self._with(order=reverse_order(self._query.order), sequence=self._query.sequence[::-1])

    @property
    def ordered(self) -> bool:
        """Whether they are in an order that was asked for: one of fields, or by how well they are found."""
        query = self._query
        return bool(query.order or query.search or query.shuffled or query.sequence)

    def distinct(self, *fields: str) -> Self:
        """Each once: rows of values do not repeat, unless they are in the order of another field.

        Records never repeat, whatever they are filtered by.
        """
        self._refuse_slice("create distinct fields of")
        self._refuse_combined("distinct")
        if fields:
            raise NotSupportedError("distinct() takes no fields here: use .values_list(…).distinct().")
        shape = self._query.shape
        return self._with(distinct=True, shape=shape and replace(shape, distinct=True))

    def select_related(self, *paths: str | None) -> Self:
        """Read related records together with the records: `select_related("created_by", "run__transform")`.

        Without a path, the records that to-one relations lead to; None takes back what was said so before.
        """
        if paths == (None,):
            selection = self._query.selection
            return self._with(selection=selection and replace(selection, relations={}))
        to_one = [name for name, relation in self._info.relations.items() if not relation.many]
        selection = self._query.selection or everything(self._info)
        for path in paths or to_one:
            selection = selection.adding(self._catalog, self._info, str(path))
        return self._with(selection=selection)

    def prefetch_related(self, *paths: Any) -> Self:
        """Read related records together with the records: `prefetch_related("ulabels")`."""
        return (
            self.select_related(*(getattr(path, "prefetch_through", path) for path in paths)) if paths else self.all()
        )

    def only(self, *fields: str) -> Self:
        """Read these columns, and others when they are needed."""
        return self._with(selection=self._columns({"id", *map(self._column, fields)}))

    def defer(self, *fields: str) -> Self:
        """Read these columns only when they are needed."""
        return self._with(selection=self._columns(set(self._info.fields) - {*map(self._column, fields)} | {"id"}))

    def _columns(self, names: set[str]) -> Selection:
        kept = self._query.selection.relations if self._query.selection else {}
        return Selection([name for name in self._info.fields if name in names], kept)

    def _column(self, name: str) -> str:
        name = "id" if name == "pk" else f"{name}_id" if name in self._info.relations else name
        if name not in self._info.fields:
            raise FieldDoesNotExist(
                f"{self._info.name} has no column '{name}'. Available: {', '.join(self._info.fields)}."
            )
        return name

    def annotate(self, *expressions: Any, **named: Any) -> Self:
        """Add values to each record: the number of related ones, or what a path leads to.

        After `values`, one row for each combination of their values, with these measures of it.

        >>> ln.ULabel.filter().annotate(n=ln.Count("artifacts")).filter(n__gt=4)  # doctest: +SKIP
        """
        refuse_conflicts(self._info, named)
        if self._query.shape:
            return self._with(shape=self._query.shape.grouped(expressions, named))
        read = [annotation(self._catalog, self._info, expression) for expression in (*expressions, *named.values())]
        aliases = [*(made.default_alias for made in read[: len(expressions)]), *named]
        return self._with(annotations={**self._query.annotations, **dict(zip(aliases, read, strict=True))})

    alias = annotate

    def describe(self, return_str: bool = False) -> str | None:
        """Show what their registry has, or give it as text."""
        from .describing import describe_registry

        return describe_registry(self._catalog, self._info, return_str)

    @property
    def model(self) -> "Registry":
        """The registry."""
        return self._registry

    @property
    def query(self) -> Query:
        """What is asked for; `explain()` shows it as GraphQL."""
        return self._query

    def using(self, alias: str | None) -> Self:
        """The same records; `"default"` is the only name that a database has here.

        Raises:
            NotSupportedError: for another name.
        """
        if alias not in (None, self.db):
            hint = 'Query another instance by Registry.connect("…") or ln.DB("…").'
            raise NotSupportedError(f"There is no database {alias!r} here.", hint=hint)
        return self.all()

    @property
    def db(self) -> str:
        """Django's name of the database."""
        return "default"

    def _compile(self, q: Q) -> Filter:
        return compile_q(q, self._leaf)

    def _leaf(self, part: Any) -> Leaf:
        if hasattr(part, "as_leaf"):
            part.check(self._registry.__connection__)
            condition: Leaf = part.as_leaf(self._info)
            return condition
        if not isinstance(part, tuple):
            raise InvalidTypeError(f"{part!r} is no condition: use a keyword, a Q or the comparison of a feature.")
        keyword, value = part
        head, _, rest = keyword.partition("__")
        if made := self._query.annotations.get(head):
            return made.as_leaf(self._catalog, self._info, rest, value)
        return leaf(self._catalog, self._info, keyword, value)

    def _refuse_narrowing(self, step: str) -> None:
        self._refuse_slice("filter")
        self._refuse_combined(step)

    def as_condition(self) -> Filter:
        """What these records have in common, as a filter on their registry."""
        query = self._query
        if query.empty or query.sliced or query.search or query.source.owner:
            ids = self._with(shape=None).values_list("id", flat=True)
            return {"databaseId": {"in": list(ids)}}
        return query.condition()

    def __repr__(self) -> str:
        shown = self._sliced(0, 21)._fetch()
        more = ", ...(remaining elements truncated)..." if len(shown) > 20 else ""
        return f"<{type(self).__name__} [{', '.join(map(repr, shown[:20]))}{more}]>"


def _without_branch_none(fields: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """Take `branch=None` out, which means every branch."""
    kept = {key: value for key, value in fields.items() if key not in ("branch", "branch_id") or value is not None}
    return kept, len(kept) < len(fields)


def _speaks_of_branch(keyword: str) -> bool:
    return keyword.split("__")[0] in ("branch", "branch_id")
