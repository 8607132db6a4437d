"""A tree of conditions as one filter of the server, with Django's meaning.

Conditions of one `filter()` on a to-many relation speak of the same related row; a negated condition takes NULL for
false; `isnull=True` holds where the related row is missing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby
from typing import Any, Literal

from .leaves import Leaf
from .lookups import Filter
from .q import Q

MakeLeaf = Callable[[Any], Leaf]


@dataclass(frozen=True)
class Node:
    """`and` or `or` of several, or `not` of one."""

    kind: Literal["and", "or", "not"]
    children: tuple["Node | Leaf", ...]


Tree = Node | Leaf


def compile_q(q: Q, make_leaf: MakeLeaf) -> Filter:
    """Turn conditions into a filter; an empty one lets everything through.

    Args:
        q: the conditions.
        make_leaf: turns a pair of keyword and value, or a predicate, into a condition.
    """
    tree = tree_of(q, make_leaf)
    return _positive(tree) if tree else {}


def tree_of(q: Q, make_leaf: MakeLeaf) -> Tree | None:
    """Turn a `Q` into a tree without empty parts and without XOR."""
    made = (tree_of(part, make_leaf) if isinstance(part, Q) else make_leaf(part) for part in q.parts)
    parts = tuple(part for part in made if part)
    if not parts:
        return None
    if q.connector == "XOR":
        tree = reduce(_exclusive, parts)
    else:
        tree = parts[0] if len(parts) == 1 else Node("and" if q.connector == "AND" else "or", parts)
    return _not(tree) if q.negated else tree


def _not(tree: Tree) -> Tree:
    """Negate; what is negated twice is what it was."""
    return tree.children[0] if isinstance(tree, Node) and tree.kind == "not" else Node("not", (tree,))


def _exclusive(one: Tree, other: Tree) -> Tree:
    return Node("or", (Node("and", (one, _not(other))), Node("and", (_not(one), other))))


def both(*filters: Filter) -> Filter:
    """Join filters by AND, flat where their keys differ."""
    parts = [part for part in filters if part]
    keys = [key for part in parts for key in part]
    if len(set(keys)) == len(keys):
        return {key: value for part in parts for key, value in part.items()}
    return {"and": [item for part in parts for item in (part["and"] if part.keys() == {"and"} else [part])]}


def _positive(tree: Tree) -> Filter:
    if isinstance(tree, Leaf):
        return _join([tree])
    if tree.kind == "not":
        return _separate(tree.children[0], negated=True)
    if tree.kind == "or":
        return {"or": [_positive(child) for child in _flat(tree, "or")]}
    return _conjunction(list(_flat(tree, "and")))


def _flat(tree: Tree, kind: str) -> Iterator[Tree]:
    """The parts of nested ANDs, or of nested ORs."""
    if isinstance(tree, Node) and tree.kind == kind:
        for child in tree.children:
            yield from _flat(child, kind)
    else:
        yield tree


def _conjunction(parts: list[Tree]) -> Filter:
    """Join by AND.

    Alternatives that share a to-many relation with another part are multiplied out first, because the conditions of
    both have to be met by one related row.
    """
    for place, part in enumerate(parts):
        others = parts[:place] + parts[place + 1 :]
        if isinstance(part, Node) and part.kind == "or" and _relations([part]) & _relations(others):
            return {"or": [_conjunction([*others, *_flat(child, "and")]) for child in part.children]}
    leaves = [part for part in parts if isinstance(part, Leaf)]
    return both(_join(leaves), *(_positive(part) for part in parts if isinstance(part, Node)))


def _relations(parts: Sequence[Tree]) -> set[tuple[str, ...]]:
    """The paths to the first to-many relation of conditions that are not negated."""
    found: set[tuple[str, ...]] = set()
    for part in parts:
        if isinstance(part, Node):
            found |= _relations(part.children) if part.kind != "not" else set()
        elif place := next((place for place, step in enumerate(part.steps, 1) if step.many), 0):
            found.add(tuple(step.name for step in part.steps[:place]))
    return found


def _join(leaves: list[Leaf]) -> Filter:
    """Join conditions by AND, those on one related row within one quantifier."""
    direct = [leaf.inner for leaf in leaves if not leaf.steps]
    nested = sorted((leaf for leaf in leaves if leaf.steps), key=lambda leaf: leaf.steps[0].name)
    return both(*direct, *(_related(list(group)) for _, group in groupby(nested, lambda leaf: leaf.steps[0].name)))


def _related(leaves: list[Leaf]) -> Filter:
    """Conditions on one related row, by way of the first relation of their paths."""
    step = leaves[0].steps[0]
    inner = _join([replace(leaf, steps=leaf.steps[1:]) for leaf in leaves])
    present = {step.graphql: {"some": inner} if step.many else inner}
    if not all(leaf.absent for leaf in leaves):
        return present
    return {"or": [{step.graphql: {"none": {}} if step.many else {"isNull": True}}, present]}


def _separate(tree: Tree, *, negated: bool) -> Filter:
    """What is below a negation: each condition speaks of a related row of its own, and takes NULL for false.

    Negations are moved down to the conditions, so that the filter is no deeper than it has to be.
    """
    if isinstance(tree, Leaf):
        return {"not": _certain(tree)} if negated else _join([tree])
    if tree.kind == "not":
        return _separate(tree.children[0], negated=not negated)
    joined = {"and": "or", "or": "and"}[tree.kind] if negated else tree.kind
    parts = [_separate(child, negated=negated) for child in tree.children]
    return both(*parts) if joined == "and" else {"or": [item for part in parts for item in _alternatives(part)]}


def _alternatives(part: Filter) -> list[Filter]:
    return part["or"] if part.keys() == {"or"} else [part]


def _certain(leaf: Leaf) -> Filter:
    """A condition that is false, and not unknown, where there is no value."""
    if leaf.steps or not leaf.guard:
        return _join([leaf])
    guard, guarded = dict(leaf.guard), dict[str, Any]()
    for name, compared in leaf.inner.items():
        more = guard.pop(name, [] if isinstance(compared, list) else {})
        guarded[name] = [*compared, *more] if isinstance(compared, list) else {**compared, **more}
    return guarded | guard
