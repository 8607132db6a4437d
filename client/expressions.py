"""Measures and references to fields: `Count("artifacts")`, `Max("size")`, `F("created_by__handle")`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from .catalog import Catalog, Field, RegistryInfo, Relation
from .conditions import compile_q
from .documents import response_key
from .errors import InvalidTypeError, InvalidValueError, NotSupportedError
from .leaves import Leaf, compare, leaf
from .paths import Path, resolve
from .q import as_q
from .values import decode


@dataclass(frozen=True)
class Expression:
    """A measure of the values at the end of a path; `distinct` counts each value once."""

    path: str
    distinct: bool = False
    filter: Any = None

    graphql: ClassVar[str] = ""
    """What the server's aggregates call it, if it is one of theirs."""

    @property
    def default_alias(self) -> str:
        """What Django calls its value."""
        return f"{self.path}__{type(self).__name__.lower()}"


class Count(Expression):
    """How many."""


class Sum(Expression):
    """The sum."""

    graphql = "sum"


class Avg(Expression):
    """The mean."""

    graphql = "avg"


class Min(Expression):
    """The least."""

    graphql = "min"


class Max(Expression):
    """The greatest."""

    graphql = "max"


class StdDev(Expression):
    """The standard deviation of all values."""


class Variance(Expression):
    """The variance of all values."""


class F(Expression):
    """The value of a field, or of what a path leads to."""

    @property
    def default_alias(self) -> str:
        """Its path."""
        return self.path

    def asc(self, nulls_first: bool = False, nulls_last: bool = False) -> "OrderBy":
        """The ascending order by it, with missing values where it is said."""
        return OrderBy(self, False, nulls_first, nulls_last)

    def desc(self, nulls_first: bool = False, nulls_last: bool = False) -> "OrderBy":
        """The descending order by it, with missing values where it is said.

        >>> ln.Artifact.filter().order_by(ln.F("n_observations").desc(nulls_last=True))  # doctest: +SKIP
        """
        return OrderBy(self, True, nulls_first, nulls_last)


@dataclass(frozen=True)
class OrderBy:
    """An order by a field, for `order_by`."""

    expression: F
    descending: bool = False
    nulls_first: bool = False
    nulls_last: bool = False


def path_of(given: Any) -> str | None:
    """The path of an `F`, of ours or of Django's; None for anything else."""
    return as_expression(given).path if type(given).__name__ == "F" else None


KINDS: Mapping[str, type[Expression]] = {
    kind.__name__: kind for kind in (Count, Sum, Avg, Min, Max, StdDev, Variance, F)
}


def as_expression(given: Any) -> Expression:
    """Take an expression of ours, or of Django's by its shape."""
    if isinstance(given, Expression):
        return given
    kind = KINDS.get(type(given).__name__)
    if kind is None:
        raise InvalidTypeError(f"{given!r} is none of {', '.join(KINDS)}.")
    sources = given.get_source_expressions() if hasattr(given, "get_source_expressions") else []
    path = getattr(sources[0] if sources else given, "name", "*")
    return kind(path, bool(getattr(given, "distinct", False)), getattr(given, "filter", None))


@dataclass(frozen=True)
class Measure:
    """A measure and the name of its value."""

    alias: str
    expression: Expression


def measures(expressions: Iterable[Any], named: Mapping[str, Any]) -> tuple[Measure, ...]:
    """Read what was passed to `aggregate` or `annotate`."""
    made = map(as_expression, expressions)
    pairs = [(_alias(expression), expression) for expression in made]
    pairs += [(alias, as_expression(expression)) for alias, expression in named.items()]
    return tuple(Measure(alias, expression) for alias, expression in pairs)


def _alias(expression: Expression) -> str:
    if expression.path == "*":
        raise InvalidTypeError(
            f"{type(expression).__name__}('*') needs a name, as in n={type(expression).__name__}('*')."
        )
    return expression.default_alias


def refuse_conflicts(info: RegistryInfo, names: Iterable[str]) -> None:
    """Refuse to name a measure like a field.

    Raises:
        InvalidValueError: if one is named so.
    """
    for name in names:
        if name in info.fields or name in info.relations:
            raise InvalidValueError(f"The annotation '{name}' conflicts with a field of {info.name}.")


@dataclass(frozen=True, eq=False)
class Annotation:
    """A value beside the columns of a record: of a field by way of to-one relations, or a measure of related rows."""

    steps: tuple[Relation, ...]
    text: str
    keys: tuple[str, ...]
    kind: str
    expression: Expression
    narrowed: Mapping[str, Any] = field(default_factory=dict)
    """Which related rows are measured, as a filter of the server; empty for all."""

    @property
    def default_alias(self) -> str:
        """What Django calls it."""
        return self.expression.default_alias

    def document(self, alias: str) -> str:
        """What selects it, under a name of its own."""
        text, narrowed = self.text, f"(filter: ${response_key(alias)})" if self.narrowed else ""
        for step in reversed(self.steps):
            text = f"{step.graphql}{narrowed} {{ {text} }}"
            narrowed = ""  # it is said of the last relation
        return f"{response_key(alias)}: {text}"

    @property
    def filter_type(self) -> str:
        """The type of what narrows it."""
        return f"{self.steps[-1].target}Filter"

    def read(self, alias: str, row: Mapping[str, Any]) -> Any:
        """Its value in a row."""
        value: Any = row[response_key(alias)]
        for key in (*(step.graphql for step in self.steps[1:]), *self.keys)[0 if self.steps else 1 :]:
            value = None if value is None else value[key]
        return decode(self.kind, value)

    def as_leaf(self, catalog: Catalog, info: RegistryInfo, rest: str, value: Any) -> Leaf:
        """A condition on it."""
        lookup = f"__{rest}" if rest else ""
        if isinstance(self.expression, F):
            return leaf(catalog, info, f"{self.expression.path}{lookup}", value)
        if self.kind != "Int" or self.expression.filter is not None:
            raise NotSupportedError(f"Only counts can be filtered by, not {type(self.expression).__name__.lower()}.")
        *before, last = self.steps
        compared = compare(COUNT, "Int", (rest,) if rest else (), value)
        return Leaf(tuple(before), {last.graphql: {"count": compared}})

    def as_order(self, direction: str) -> dict[str, Any]:
        """An order by it."""
        if not isinstance(self.expression, Count) or self.narrowed:
            raise NotSupportedError(f"Only counts can be ordered by, not {type(self.expression).__name__.lower()}.")
        *before, last = self.steps
        order: dict[str, Any] = {f"{last.graphql}Count": direction}
        for step in reversed(before):
            order = {step.graphql: order}
        return order


COUNT = Field("count", "count", "Int", nullable=False, unique=False, private=False, description="")


def annotation(catalog: Catalog, info: RegistryInfo, given: Any) -> Annotation:
    """Read what was passed to `annotate`.

    Raises:
        NotSupportedError: if the server has no words for it.
    """
    expression = as_expression(given)
    found = resolve(catalog, info, expression.path)
    many = [step.many for step in found.steps]
    if isinstance(expression, F):
        if any(many) or found.field is None or found.rest:
            raise NotSupportedError(f"F('{expression.path}') has to lead to one value of each record.")
        return Annotation(found.steps, found.field.graphql, (found.field.graphql,), found.field.kind, expression)
    if sum(many) != 1 or not many[-1]:
        raise NotSupportedError(
            f"{expression.default_alias}: annotate() measures the rows of one to-many relation.",
            hint="Filter the related registry itself, or use .values(…).annotate(…) for groups.",
        )
    narrowed = _narrowed(catalog, found, expression)
    if isinstance(expression, Count):
        return Annotation(found.steps, "totalCount", ("totalCount",), "Int", expression, narrowed)
    if not expression.graphql or found.field is None:
        raise NotSupportedError(f"{expression.default_alias}: Count, Sum, Avg, Min and Max of a field are supported.")
    column, name = found.field, expression.graphql
    text = f"aggregates {{ {name} {{ {column.graphql} }} }}"
    kind = "Float" if isinstance(expression, Avg) else column.kind
    return Annotation(found.steps, text, ("aggregates", name, column.graphql), kind, expression, narrowed)


def _narrowed(catalog: Catalog, found: Path, expression: Expression) -> Mapping[str, Any]:
    """Which related rows a measure is of, from conditions that all begin with the relation."""
    if expression.filter is None:
        return {}
    begins, target = "__".join(step.name for step in found.steps) + "__", catalog[found.steps[-1].target]

    def related(part: Any) -> Leaf:
        if not isinstance(part, tuple) or not part[0].startswith(begins):
            raise NotSupportedError(f"{expression.default_alias}: each condition has to begin with {begins}.")
        return leaf(catalog, target, part[0].removeprefix(begins), part[1])

    return compile_q(as_q(expression.filter), related)
