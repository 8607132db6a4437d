"""How much a document asks for, in one pass, and the refusal of what is too much.

A fragment is measured once and then counted where it is spread, so the pass costs what the document is long, also when
the document stands for 2**200 fields. Nothing is exempt by its name. Rows, which depend on the schema and on variables,
are computed from the plan and refused by the same `require`.
"""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)
from msgspec import Struct, field

from lnql.errors import InvalidError, TooComplexError

from .settings import Limits

INTROSPECTION_DEPTH = 16
"""Levels below `__schema` or `__type`: the usual introspection query has 15, because it unwraps types nine times."""
INTROSPECTION_LISTS = 1
"""`fields`, `inputFields`, `interfaces` and `possibleTypes` below one another. Each further one would multiply the
answer by the number of fields of a type; the usual introspection query has 1."""

META_FIELDS = {"__schema", "__type"}
META_LISTS = {"fields", "inputFields", "interfaces", "possibleTypes"}


class Place(NamedTuple):
    """Where in an operation or fragment a selection stands."""

    depth: int = 0
    introspection: bool = False
    lists: int = 0

    def below(self, node: FieldNode) -> "Place":
        """The place of what is selected in a field at this place."""
        name = node.name.value
        return Place(self.depth + 1, self.introspection or name in META_FIELDS, self.lists + (name in META_LISTS))


class Cost(Struct):
    """What an operation or a fragment asks for, the fragments it spreads included.

    `root_data_fields` leave out `__typename`, `__schema` and `__type`. `lists` are fields named as the lists of
    introspection, which matter where a fragment is spread in one.
    """

    root_fields: int = 0
    root_data_fields: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    depth: int = 0
    lists: int = 0
    introspections: int = 0
    introspection_depth: int = 0
    introspection_lists: int = 0

    def reach(self, place: Place) -> None:
        """Note how deep `place` is."""
        if place.introspection:
            self.introspection_depth = max(self.introspection_depth, place.depth)
            self.introspection_lists = max(self.introspection_lists, place.lists)
        else:
            self.depth = max(self.depth, place.depth)
            self.lists = max(self.lists, place.lists)

    def include(self, fragment: "Cost", place: Place) -> None:
        """Add a fragment that is spread at `place`."""
        depth, introspection, lists = place
        self.root_fields += 0 if depth else fragment.root_fields
        self.root_data_fields += 0 if depth else fragment.root_data_fields
        self.fields += fragment.fields
        self.aliases += fragment.aliases
        self.directives += fragment.directives
        self.introspections += fragment.introspections
        self.reach(Place(depth + fragment.depth, introspection, lists + fragment.lists))
        if fragment.introspection_depth:
            self.reach(Place(depth + fragment.introspection_depth, True, lists + fragment.introspection_lists))


class Definition(Struct):
    """An operation or a fragment as it is written: its own cost, and the fragments it spreads with their places."""

    cost: Cost = field(default_factory=Cost)
    spreads: list[tuple[str, Place]] = field(default_factory=list)


def require(found: int, limit: int, what: str, hint: str) -> None:
    """Refuse a number beyond its limit; `what` holds `{found}`, `hint` says how to get below.

    Raises:
        TooComplexError: with both numbers.
    """
    if found > limit:
        raise TooComplexError(f"{what.format(found=f'{found:,}')}; the limit is {limit:,}.", hint=hint)


def check(document: DocumentNode, limits: Limits) -> dict[str | None, Cost]:
    """The cost of each operation, by its name; none of them may ask for too much.

    Raises:
        InvalidError: for a cycle of fragments.
        TooComplexError: with the number found, the limit, and how to get below it.
    """
    fragments = fragment_costs(document)
    costs: dict[str | None, Cost] = {}
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            cost = _total(_read(node), fragments)
            _check_operation(cost, _allowed(node, limits))
            costs[node.name.value if node.name else None] = cost
    return costs


def fragment_costs(document: DocumentNode) -> dict[str, Cost]:
    """The cost of each fragment, with the fragments it spreads.

    Raises:
        InvalidError: for a cycle of fragments.
    """
    written = {
        node.name.value: _read(node) for node in document.definitions if isinstance(node, FragmentDefinitionNode)
    }
    costs: dict[str, Cost] = {}
    for name in _leaves_first(written):
        if name in written:  # an unknown name is the validation's to report
            costs[name] = _total(written[name], costs)
    return costs


def _leaves_first(fragments: Mapping[str, Definition]) -> list[str]:
    uses = {name: {spread for spread, _ in fragment.spreads} for name, fragment in fragments.items()}
    try:
        return list(TopologicalSorter(uses).static_order())
    except CycleError as error:
        cycle = " -> ".join(reversed(error.args[1][:5]))
        raise InvalidError(f"A fragment spreads itself: {cycle}.", hint="Remove one of these spreads.") from None


def _read(node: OperationDefinitionNode | FragmentDefinitionNode) -> Definition:
    """Measure one definition without following its spreads, and without recursion."""
    definition = Definition()
    cost = definition.cost
    cost.directives = sum(len(item.directives or ()) for item in (node, *(node.variable_definitions or ())))
    stack: list[tuple[SelectionSetNode, Place]] = [(node.selection_set, Place())]
    while stack:
        selection_set, place = stack.pop()
        for selection in selection_set.selections:
            cost.directives += len(selection.directives or ())
            match selection:
                case FragmentSpreadNode():
                    definition.spreads.append((selection.name.value, place))
                case InlineFragmentNode():
                    stack.append((selection.selection_set, place))
                case FieldNode():
                    below = place.below(selection)
                    _count(cost, selection, below)
                    if selection.selection_set:
                        stack.append((selection.selection_set, below))
    return definition


def _count(cost: Cost, node: FieldNode, below: Place) -> None:
    cost.fields += 1
    cost.root_fields += below.depth == 1
    cost.root_data_fields += below.depth == 1 and not node.name.value.startswith("__")
    cost.aliases += node.alias is not None
    cost.introspections += node.name.value == "__schema"
    cost.reach(below)


def _total(definition: Definition, fragments: Mapping[str, Cost]) -> Cost:
    for name, place in definition.spreads:
        if name in fragments:
            definition.cost.include(fragments[name], place)
    return definition.cost


FOUND: dict[str, tuple[str, str]] = {
    "depth": ("The operation is {found} levels deep", "Select fewer levels, or ask in several requests."),
    "root_fields": ("The operation has {found} root fields", "Ask in several requests."),
    "aliases": ("The operation uses {found} aliases", "Ask in several requests, or for many records by one filter."),
    "fields": ("The operation selects {found} fields, fragments expanded", "Select less, or ask in several requests."),
    "directives": ("The operation uses {found} directives, fragments expanded", "Use fewer directives."),
    "introspections": ("The operation selects __schema {found} times", "Select it once."),
    "introspection_depth": ("The introspection is {found} levels deep", "Unwrap fewer levels of ofType."),
    "introspection_lists": (
        "The introspection nests {found} lists of fields or types",
        'Ask for each type on its own: __type(name: "…").',
    ),
}
"""What is counted: how it is said when it is too much, and how to get below."""


def _allowed(operation: OperationDefinitionNode, limits: Limits) -> dict[str, int]:
    mutation = operation.operation is OperationType.MUTATION
    return {
        "depth": limits.depth,
        "root_fields": limits.mutations if mutation else limits.root_fields,
        "aliases": limits.aliases,
        "fields": limits.fields,
        "directives": limits.directives,
        "introspections": 1,
        "introspection_depth": INTROSPECTION_DEPTH,
        "introspection_lists": INTROSPECTION_LISTS,
    }


def _check_operation(cost: Cost, allowed: Mapping[str, int]) -> None:
    for name, limit in allowed.items():
        require(getattr(cost, name), limit, *FOUND[name])
    if cost.introspections and cost.root_data_fields:  # the schema is answered apart: it takes longer than most data
        raise TooComplexError("The operation selects __schema beside data.", hint="Ask for the schema by itself.")
