"""Which fields an operation selects of an object: aliases merged, fragments expanded, skipped ones left out."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    VariableDefinitionNode,
    get_argument_values,
    get_directive_values,
)
from msgspec import Struct

Selected = dict[str, list[FieldNode]]


class Constant(Struct, frozen=True):
    """A finished JSON value: `__typename`."""

    key: str
    json: str


class Fact(Struct, frozen=True):
    """One field of an object below which nothing is selected, by its name in the schema."""

    key: str
    name: str


Facts = tuple[Constant | Fact, ...]
"""What is selected of an object that has no others below it."""


class Selection(Struct, frozen=True):
    """The selected fields of one object type, keyed by response key; each with the nodes that name it."""

    type: GraphQLObjectType
    fields: Selected
    operation: "Operation"

    def items(self) -> "Iterable[tuple[str, str, list[FieldNode]]]":
        """Give response key, field name and nodes in the order of the response."""
        return ((key, nodes[0].name.value, nodes) for key, nodes in self.fields.items())

    def typename(self, key: str) -> Constant:
        """Give the object's `__typename`."""
        return Constant(key, f'"{self.type.name}"')

    def facts(self) -> Facts:
        """Give what is selected of an object that has no others below it."""
        return tuple(self.typename(key) if name == "__typename" else Fact(key, name) for key, name, _ in self.items())

    def arguments(self, nodes: list[FieldNode]) -> dict[str, Any]:
        """Read a field's arguments; those not given are absent. Validation made them the same in all nodes."""
        return self.operation.arguments(self.type.fields[nodes[0].name.value], nodes[0])


class Operation(Struct, frozen=True):
    """What the nodes of one operation refer to: the schema, its fragments, its variables, what was given for them.

    `planned` is what the planner keeps from one request with the same document to the next.
    """

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Any
    variable_definitions: tuple[VariableDefinitionNode, ...]
    given: Mapping[str, Any]
    planned: dict[Hashable, Any]
    kind: OperationType = OperationType.QUERY

    @property
    def root(self) -> GraphQLObjectType:
        """The type of the root fields."""
        root = self.schema.get_root_type(self.kind)
        assert root is not None  # noqa: S101  the document is valid
        return root

    def arguments(self, field: GraphQLField, node: FieldNode) -> dict[str, Any]:
        """Read a field's arguments; those not given are absent."""
        return get_argument_values(field, node, self.variables)

    def select(self, type_name: str, nodes: Iterable[FieldNode]) -> Selection:
        """Collect what the nodes select of the object type `type_name`."""
        type_ = self.schema.type_map[type_name]
        assert isinstance(type_, GraphQLObjectType)  # noqa: S101  the planner asks for object types only
        fields: Selected = {}
        for node in nodes:
            if node.selection_set:
                self._collect(type_, node.selection_set, fields, set())
        return Selection(type_, fields, self)

    def select_root(self, definition: OperationDefinitionNode) -> Selection:
        """Collect the root fields of the operation."""
        fields: Selected = {}
        self._collect(self.root, definition.selection_set, fields, set())
        return Selection(self.root, fields, self)

    def _collect(self, type_: GraphQLObjectType, selected: SelectionSetNode, fields: Selected, seen: set[str]) -> None:
        for node in selected.selections:
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                fields.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                if self._applies(type_, node):
                    self._collect(type_, node.selection_set, fields, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                fragment = self.fragments[node.name.value]
                if self._applies(type_, fragment):
                    self._collect(type_, fragment.selection_set, fields, seen)

    def _included(self, node: SelectionNode) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not (skip and skip["if"]) and not (include and not include["if"])

    def _applies(self, type_: GraphQLObjectType, fragment: InlineFragmentNode | FragmentDefinitionNode) -> bool:
        """Tell whether a fragment's type condition holds for an object type."""
        if fragment.type_condition is None or fragment.type_condition.name.value == type_.name:
            return True
        condition = self.schema.type_map[fragment.type_condition.name.value]
        return isinstance(condition, GraphQLInterfaceType) and condition in type_.interfaces
