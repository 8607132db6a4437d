"""Numbers over all rows: aggregates, groups, and the dates there are."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar, cast

from . import background
from .errors import InvalidTypeError, InvalidValueError
from .expressions import Count, Expression, Measure, measures
from .lazy import Lazy
from .paths import unknown_field
from .values import decode

if TYPE_CHECKING:
    from .queryset import QuerySet

COMPUTED: Mapping[str, Callable[[Sequence[Any]], Any]] = {
    "Count": len,
    "Sum": sum,
    "Avg": statistics.fmean,
    "Min": min,
    "Max": max,
    "StdDev": statistics.pstdev,
    "Variance": statistics.pvariance,
}
"""Measures of values, where the server cannot take them."""


T = TypeVar("T")


class Periods(list[T]):
    """The beginnings of periods, with what Django's query sets of them have."""

    def count(self, *value: T) -> int:
        """How many they are; with a value, how many are equal to it."""
        return super().count(*value) if value else len(self)

    def exists(self) -> bool:
        """Whether there is one."""
        return bool(self)

    def first(self) -> T | None:
        """The first one; None if there is none."""
        return self[0] if self else None

    def last(self) -> T | None:
        """The last one; None if there is none."""
        return self[-1] if self else None


class Summaries(Lazy):
    """The part of a query set that gives numbers over all its rows."""

    def aggregate(self, *expressions: Any, **named: Any) -> dict[str, Any]:
        """Measures of all rows.

        >>> ln.Artifact.filter(suffix=".csv").aggregate(ln.Sum("size"), n=ln.Count("id"))  # doctest: +SKIP
        {'size__sum': 131, 'n': 10}
        """
        return background.run(self._aggregate(measures(expressions, named)))

    async def aaggregate(self, *expressions: Any, **named: Any) -> dict[str, Any]:
        """As `aggregate`, to be awaited."""
        return await background.bridge(self._aggregate(measures(expressions, named)))

    async def _aggregate(self, asked: tuple[Measure, ...]) -> dict[str, Any]:
        """Take what the server can measure from its aggregates, in one request, and the rest from the values."""
        texts = {measure.alias: self.measured_as(measure.expression) for measure in asked}
        selected = " ".join(sorted({text for text in texts.values() if text}))
        answer = await self._reader().ask(f"aggregates {{ {selected} }}") if selected else {}
        return {
            alias: self.measured_in(expression, answer["aggregates"])
            if texts[alias]
            else await self._computed(expression)
            for alias, expression in ((measure.alias, measure.expression) for measure in asked)
        }

    def measured_as(self, expression: Expression) -> str:
        """What the server's aggregates call it; empty if they have no words for it."""
        field, query = self._info.fields.get(expression.path.replace("pk", "id")), self._query
        relation = self._info.relations.get(expression.path)
        if query.sliced or query.also or query.empty or expression.filter is not None:
            return ""
        if isinstance(expression, Count):
            if expression.path in ("*", "id", "pk"):
                return "count"
            name = relation if relation and not relation.many else field
            return f"countDistinct {{ {name.graphql} }}" if name and expression.distinct and countable(name) else ""
        numeric = field and field.kind in ("Int", "BigInt", "Float") and not field.name.endswith("id")
        return f"{expression.graphql} {{ {field.graphql} }}" if field and numeric and expression.graphql else ""

    def measured_in(self, expression: Expression, answer: Mapping[str, Any]) -> Any:
        """Its value in the server's aggregates."""
        name = self.measured_as(expression).split(" ")[0]
        if name == "count":
            return answer["count"]
        part = self._info.relations.get(expression.path) or self._info.fields[expression.path]
        return answer[name][part.graphql]

    async def _computed(self, expression: Expression) -> Any:
        """Measure values that are read."""
        annotated = expression.path in self._query.annotations
        rows: Summaries = self if annotated else self._with(annotations={})
        rows = rows if expression.filter is None else rows._narrowed(expression)
        values = [value for (value,) in await rows._reader().values((expression.path,)) if value is not None]
        if expression.distinct:
            values = list(set(values))
        return COMPUTED[type(expression).__name__](values) if values or isinstance(expression, Count) else None

    def _narrowed(self, expression: Expression) -> "QuerySet":
        return cast("QuerySet", self).filter(expression.filter)

    def dates(self, field_name: str, kind: str, order: str = "ASC") -> "Periods[date]":
        """The years, months, weeks or days in which a field has values, each as its first day."""
        if kind not in ("year", "month", "week", "day"):
            raise InvalidValueError("'kind' must be one of 'year', 'month', 'week', or 'day'.")
        found = background.run(self._truncated(field_name, kind))
        days = {value.date() if isinstance(value, datetime) else value for value in found}
        return Periods(sorted(days, reverse=_descends(order)))

    def datetimes(self, field_name: str, kind: str, order: str = "ASC") -> "Periods[datetime]":
        """The periods in which a field has values, down to hours, minutes and seconds, each as its beginning."""
        if kind not in TRUNCATED:
            raise InvalidValueError(f"'kind' must be one of {', '.join(map(repr, TRUNCATED))}.")
        found = set(background.run(self._truncated(field_name, kind)))
        return Periods(sorted(found, reverse=_descends(order)))

    async def _truncated(self, field_name: str, kind: str) -> list[Any]:
        """The beginnings of periods: groups of the server, or truncated values where it has no such groups."""
        field = self._info.fields.get(field_name)
        if field is None:
            raise unknown_field(self._info, field_name)
        if field.kind not in ("DateTime", "Date"):
            raise InvalidTypeError(f"'{field_name}' of {self._info.name} holds no dates.")
        if self._query.sliced or kind in ("hour", "minute", "second"):
            values = await self._reader().values((field_name,))
            return [TRUNCATED[kind](value) for (value,) in values if value is not None]
        by = f"groups(by: [{{ {field.graphql}: {kind.upper()} }}], first: 10000) {{ key {{ {field.graphql} }} }}"
        groups = (await self._reader().ask(by))["groups"]
        keys = (group["key"][field.graphql] for group in groups)
        return [decode(field.kind, key) for key in keys if key is not None]


def countable(part: Any) -> bool:
    """Whether the server counts its different values: not of ids and JSON."""
    return not part.name.endswith("_id") and getattr(part, "kind", "") != "JSON"


def _descends(order: str) -> bool:
    if order not in ("ASC", "DESC"):
        raise InvalidValueError("'order' must be either 'ASC' or 'DESC'.")
    return order == "DESC"


def _start_of_day(value: Any) -> Any:
    return value.replace(hour=0, minute=0, second=0, microsecond=0) if isinstance(value, datetime) else value


TRUNCATED: Mapping[str, Callable[[Any], Any]] = {
    "year": lambda value: _start_of_day(value).replace(month=1, day=1),
    "month": lambda value: _start_of_day(value).replace(day=1),
    "week": lambda value: _start_of_day(value) - timedelta(days=value.weekday()),
    "day": _start_of_day,
    "hour": lambda value: value.replace(minute=0, second=0, microsecond=0),
    "minute": lambda value: value.replace(second=0, microsecond=0),
    "second": lambda value: value.replace(microsecond=0),
}
"""Periods of time, and where they begin."""
