"""Conditions joined by `&`, `|`, `^` and `~`."""

from collections.abc import Iterator
from typing import Any, Literal

Connector = Literal["AND", "OR", "XOR"]


class Q:
    """Conditions as Django writes them, to be joined and passed to `filter`, `exclude` and `get`.

    >>> Q(suffix=".csv") | ~Q(size__gt=10)
    <Q: (OR: ('suffix', '.csv'), (NOT (AND: ('size__gt', 10))))>
    """

    def __init__(self, *parts: Any, **conditions: Any) -> None:
        self.connector: Connector = "AND"
        self.negated = False
        self.parts: tuple[Any, ...] = parts + tuple(sorted(conditions.items()))
        """Other `Q`s, predicates, and pairs of a keyword and its value."""

    def _copy(self, connector: Connector, parts: tuple[Any, ...], *, negated: bool = False) -> "Q":
        copy = Q(*parts)
        copy.connector, copy.negated = connector, negated
        return copy

    def _join(self, other: Any, connector: Connector) -> "Q":
        other = other if isinstance(other, Q) else Q(other)
        if not self.parts or not other.parts:
            return other if not self.parts else self
        return self._copy(connector, (self, other))

    def __and__(self, other: Any) -> "Q":
        return self._join(other, "AND")

    def __or__(self, other: Any) -> "Q":
        return self._join(other, "OR")

    def __xor__(self, other: Any) -> "Q":
        return self._join(other, "XOR")

    def __invert__(self) -> "Q":
        return self._copy(self.connector, self.parts, negated=not self.negated)

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Q):
            return NotImplemented
        return (self.connector, self.negated, self.parts) == (other.connector, other.negated, other.parts)

    def __hash__(self) -> int:
        return hash(repr(self))

    def keywords(self) -> Iterator[str]:
        """The keywords in it, at any depth."""
        for part in self.parts:
            match part:
                case Q():
                    yield from part.keywords()
                case (str() as keyword, _):
                    yield keyword

    def __repr__(self) -> str:
        return f"<Q: {self}>"

    def __str__(self) -> str:
        shown = f"({self.connector}: {', '.join(self._shown(self.connector))})"
        return f"(NOT {shown})" if self.negated else shown

    def _shown(self, connector: Connector) -> Iterator[str]:
        """Its parts as Django shows them: without brackets where they say nothing."""
        for part in self.parts:
            plain = isinstance(part, Q) and not part.negated and (part.connector == connector or len(part.parts) == 1)
            yield from part._shown(connector) if plain else [str(part)]


def as_q(given: Any) -> Any:
    """Take a `Q` of Django's by its shape; everything else as it is."""
    if isinstance(given, Q) or not {"children", "connector", "negated"} <= set(dir(given)):
        return given
    made = Q(*map(as_q, given.children))
    made.connector, made.negated = given.connector, given.negated
    return made
