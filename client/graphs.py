"""Graphs of records: parents and children in ontologies, and the lineage of artifacts."""

import builtins
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .documents import KEY
from .errors import InvalidValueError
from .field_names import field_of
from .record import BaseRecord

READ = 500
"""How many records are read in each direction."""
LINKED = 100
"""How many links are read of each record."""
INPUTS = f"inputArtifacts(first: {LINKED}) {{ nodes {{ {KEY} }} }}"
ARTIFACT = f"{KEY} uid key description run {{ {KEY} uid name transform {{ key }} {INPUTS} }}"

Row = Mapping[str, Any]


@dataclass
class Graph:
    """Labelled nodes and edges around the node `root`; `sides` is what lies before and behind it.

    `cut` is whether there is more than was read.
    """

    name: str
    root: str
    sides: tuple[str, str]
    labels: dict[str, str] = field(default_factory=dict)
    edges: dict[tuple[str, str], None] = field(default_factory=dict)
    cut: bool = False

    def keep_known(self) -> None:
        """Leave edges out that lead to nodes which are not here."""
        self.edges = {edge: None for edge in self.edges if set(edge) <= self.labels.keys()}

    def neighbours(self, side: int) -> dict[str, list[str]]:
        """The nodes before each node, or behind it."""
        found: dict[str, list[str]] = {label: [] for label in self.labels}
        for edge in self.edges:
            found[edge[1 - side]].append(edge[side])
        return found


class HasGraph(BaseRecord):
    """A record in an ontology, whose parents and children can be drawn."""

    def view_parents(
        self, field: Any = None, with_children: bool = False, distance: int = 5, return_graph: bool = False
    ) -> Any:
        """Show what is above the record: as a graph in notebooks that can draw one, else as a tree; one request.

        Args:
            field: the field that names the records, such as `bt.CellType.ontology_id`; by default their names.
            with_children: whether to show also what is below.
            distance: how many steps to go at most.
            return_graph: whether to give a `graphviz.Digraph` instead.

        Raises:
            FieldError: if there is no such field.
            InvalidValueError: if the distance is no positive number.
        """
        sides = ("ancestors", "descendants") if with_children else ("ancestors",)
        return view(_ontology(self, field, distance, sides), return_graph)

    def view_children(self, field: Any = None, distance: int = 5, return_graph: bool = False) -> Any:
        """Show what is below the record, as `view_parents` does."""
        return view(_ontology(self, field, distance, ("descendants",)), return_graph)


class HasLineage(BaseRecord):
    """An artifact, whose lineage can be drawn."""

    def view_lineage(self, with_children: bool = True, return_graph: bool = False) -> Any:
        """Show the runs and artifacts that it came from, as `view_parents` shows what is above; one request.

        Args:
            with_children: whether to show also what was made from it.
            return_graph: whether to give a `graphviz.Digraph` instead.
        """
        return view(_lineage(self, ("upstream", "downstream") if with_children else ("upstream",)), return_graph)


def view(graph: Graph, return_graph: bool) -> Any:
    """Give a graph, or show it: drawn in notebooks where Graphviz is installed, else as a tree."""
    if return_graph:
        return digraph(graph)
    display = getattr(builtins, "display", None)
    if display and shutil.which("dot"):
        return display(digraph(graph))
    from .trees import show

    return show(text_tree(graph), return_str=False)


def digraph(graph: Graph) -> Any:
    """The graph as a `graphviz.Digraph`."""
    import graphviz

    drawn = graphviz.Digraph(
        graph.name,
        node_attr={"shape": "box", "style": "rounded", "fontname": "Helvetica", "fontsize": "10"},
        edge_attr={"arrowsize": "0.5", "color": "dimgrey"},
    )
    for node, label in graph.labels.items():
        # the port separator of Graphviz is no part of ids, and a backslash in a label no escape
        drawn.node(_id(node), label=graphviz.escape(label), **({"penwidth": "2"} if node == graph.root else {}))
    for source, target in graph.edges:
        drawn.edge(_id(source), _id(target))
    if graph.cut:
        drawn.attr(label=CUT)
    return drawn


CUT = f"There are more than these: {READ} in each direction, and {LINKED} inputs of each run, are read."


def _id(node: str) -> str:
    return node.replace(":", "_")


def text_tree(graph: Graph) -> Any:
    """The graph as a tree of rich: each node once with what follows it, then only named."""
    from .trees import heading, tree

    kind = graph.root.partition(":")[0]
    drawn = tree(kind, graph.labels[graph.root])
    for side, word in enumerate(graph.sides):
        nearby = graph.neighbours(side)
        if nearby[graph.root]:
            _grow(drawn.add(heading(word)), graph, nearby)
    if graph.cut:
        drawn.add(heading("…", CUT))
    return drawn


def _grow(start: Any, graph: Graph, nearby: Mapping[str, list[str]]) -> None:
    """Add what follows, breadth first: a node stands where it is nearest."""
    from .trees import heading

    seen, waiting = {graph.root}, [(start, graph.root)]
    for branch, node in waiting:
        for other in nearby[node]:
            note = "(see elsewhere)" if other in seen else ""
            added = branch.add(heading(graph.labels[other], note, "none"))
            if other not in seen:
                seen.add(other)
                waiting.append((added, other))


def _ask(record: BaseRecord, selected: str) -> Row:
    info = record.__registry_info__
    text = f"query($id: {info.fields['id'].kind}!) {{ row: {info.singular}(by: {{databaseId: $id}}) {{ {selected} }} }}"
    row: Row | None = record.__connection__.ask(text, {"id": record.id})["row"]
    if row is None:
        raise type(record).DoesNotExist(f"{record!r} does not exist any more.")
    return row


def _rows(row: Row, sides: Iterable[str]) -> Iterator[Row]:
    """The row itself, and those on its sides."""
    yield row
    for side in sides:
        yield from row[side]["nodes"]


def _is_cut(row: Row, sides: Iterable[str]) -> bool:
    return any(row[side]["pageInfo"]["hasNextPage"] for side in sides)


# Ontologies


def _ontology(record: BaseRecord, shown: Any, distance: int, sides: tuple[str, ...]) -> Graph:
    info = record.__registry_info__
    if not isinstance(distance, int) or distance < 1:
        raise InvalidValueError(f"distance is {distance!r}; it must be a whole number of at least 1.")
    node = f"{KEY} label: {field_of(info, shown).graphql} parents(first: {LINKED}) {{ nodes {{ {KEY} }} }}"
    pages = (f"{side}(depth: {distance}, first: {READ}) {{ {_page(node)} }}" for side in sides)
    row = _ask(record, " ".join([node, *pages]))
    graph = Graph(f"{info.name}_{record.uid}", f"{info.name}:{record.id}", ("parents", "children"))
    for found in _rows(row, sides):
        key = f"{info.name}:{found[KEY]}"
        graph.labels[key] = str(found["label"])
        graph.edges.update({(f"{info.name}:{parent[KEY]}", key): None for parent in found["parents"]["nodes"]})
    graph.keep_known()
    graph.cut = _is_cut(row, sides)
    return graph


def _page(node: str) -> str:
    return f"pageInfo {{ hasNextPage }} nodes {{ {node} }}"


# Lineage


def _lineage(record: BaseRecord, sides: tuple[str, ...]) -> Graph:
    row = _ask(record, " ".join([ARTIFACT, *(f"{side}(first: {READ}) {{ {_page(ARTIFACT)} }}" for side in sides)]))
    graph = Graph(f"Artifact_{record.uid}", f"Artifact:{record.id}", ("upstream", "downstream"))
    for found in _rows(row, sides):
        key = f"Artifact:{found[KEY]}"
        graph.labels[key] = str(found["key"] or found["description"] or found["uid"])
        if run := found["run"]:
            made_by = f"Run:{run[KEY]}"
            graph.labels[made_by] = _run_label(run)
            graph.edges[made_by, key] = None
            graph.edges.update({(f"Artifact:{given[KEY]}", made_by): None for given in run["inputArtifacts"]["nodes"]})
    graph.keep_known()
    graph.cut = _is_cut(row, sides)
    return graph


def _run_label(run: Row) -> str:
    transform = run["transform"] or {"key": None}
    return f"{run['name'] or run['uid'][:7]} ({transform['key']})"
