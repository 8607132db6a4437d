"""GraphQL text: what is selected, as a document that depends on the shape of a request only.

Values go into variables, so the server finds the plan of a text again.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .catalog import Catalog, RegistryInfo
from .field_names import NoAttributeError
from .suggestions import did_you_mean
from .values import decoder

if TYPE_CHECKING:
    from .expressions import Annotation

KEY = "databaseId"
ROWS = "rows"
OWNER = "owner"
RELATED_PAGES = (100, 50, 10, 2)
"""How many related rows are read at once with each row, by how deep they lie in other related rows."""

VARIABLES: Mapping[str, str] = {
    "filter": "{type}Filter",
    "search": "Search",
    "orderBy": "[{type}Order!]",
    "first": "Int",
    "after": "String",
    "offset": "Int",
}
"""The arguments of a connection and their types."""


def response_key(alias: str) -> str:
    """The key of an annotation in an answer, where no column's name is in its way, and the name of its variable."""
    return f"annotation_{alias}"


@dataclass
class Selection:
    """What is read of each row: fields, and related rows; all by their Python names.

    `features` names the features whose values are read, an empty list means all.
    """

    fields: list[str]
    relations: dict[str, "Selection"] = field(default_factory=dict)
    annotations: dict[str, "Annotation"] = field(default_factory=dict)
    features: list[str] | None = None
    _decoders: list[tuple[str, Callable[[Any], Any]]] | None = field(default=None, init=False, repr=False)

    def text(self, catalog: Catalog, info: RegistryInfo, depth: int = 0) -> str:
        """Write it as a selection of GraphQL; `depth` counts the to-many relations around it."""
        parts = [info.fields[name].graphql for name in self.fields]
        for name, inner in self.relations.items():
            relation = info.relations[name]
            text = inner.text(catalog, catalog[relation.target], depth + relation.many) or KEY
            parts.append(f"{relation.graphql} {_page(text, depth) if relation.many else f'{{ {text} }}'}")
        if any(info.relations[name].many for name in self.relations) and KEY not in parts:
            parts.append(KEY)  # what is left of a relation is asked for by it
        parts += [annotation.document(alias) for alias, annotation in self.annotations.items()]
        if self.features is not None:
            names = f"(names: {json.dumps(self.features)})" if self.features else ""
            parts.append(f"features{names} {{ name dtype value feature {{ {KEY} }} }}")
        return " ".join(parts)

    def declared(self) -> tuple[dict[str, str], dict[str, Any]]:
        """The variables that annotations have: their types and values."""
        made = {response_key(name): one for name, one in self.annotations.items() if one.narrowed}
        return {key: one.filter_type for key, one in made.items()}, {key: one.narrowed for key, one in made.items()}

    def decoders(self, info: RegistryInfo) -> list[tuple[str, Callable[[Any], Any]]]:
        """The columns whose JSON is not yet the value, and what reads it; worked out once for all rows."""
        if self._decoders is None:
            found = ((name, decoder(info.fields[name].kind)) for name in self.fields)
            self._decoders = [(name, read) for name, read in found if read]
        return self._decoders

    def rows(self, catalog: Catalog, info: RegistryInfo, depth: int = 0) -> int:
        """How many rows a row brings at most, itself included, as the server counts them."""
        total = 1
        for name, inner in self.relations.items():
            relation = info.relations[name]
            inside = inner.rows(catalog, catalog[relation.target], depth + relation.many)
            total += inside * (_related_page(depth) if relation.many else 1)
        return total

    def adding(self, catalog: Catalog, info: RegistryInfo, path: str) -> "Selection":
        """Select besides all columns of what a path of relations leads to, and of what lies on the way.

        Raises:
            FieldError: if the path does not lead anywhere.
        """
        name, _, rest = path.partition("__")
        relation = info.relations.get(name)
        if relation is None:
            hint = did_you_mean(name, info.relations)
            raise NoAttributeError(f"{info.name} has no relation '{name}' to select.", hint=hint or None)
        target = catalog[relation.target]
        inner = self.relations.get(name) or everything(target)
        if rest:
            inner = inner.adding(catalog, target, rest)
        return Selection(self.fields, {**self.relations, name: inner}, self.annotations, self.features)


def _related_page(depth: int) -> int:
    return RELATED_PAGES[min(depth, len(RELATED_PAGES) - 1)]


def _page(text: str, depth: int) -> str:
    return f"(first: {_related_page(depth)}) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ {text} }} }}"


def everything(info: RegistryInfo) -> Selection:
    """Select all columns."""
    return Selection(list(info.fields))


@dataclass(frozen=True)
class Source:
    """Where rows come from: all of a registry, or those related to one row of `owner` by `relation`."""

    info: RegistryInfo
    owner: RegistryInfo | None = None
    owner_id: int | None = None
    relation: str = ""

    def document(self, arguments: Iterable[str], selection: str, variables: Mapping[str, str] | None = None) -> str:
        """Write the document that reads `selection` of the connection; each argument is a variable of its name.

        `variables` are the types of those that the selection has.
        """
        names = list(arguments)
        declared = [f"${name}: {VARIABLES[name].format(type=self.info.name)}" for name in names]
        declared += [f"${name}: {type_}" for name, type_ in (variables or {}).items()]
        passed = f"({', '.join(f'{name}: ${name}' for name in names)})" if names else ""
        if self.owner is None:
            body = f"{ROWS}: {self.info.plural}{passed} {{ {selection} }}"
        else:
            rows = f"{ROWS}: {self.owner.relations[self.relation].graphql}{passed} {{ {selection} }}"
            body = f"{OWNER}: {self.owner.singular}(by: {{databaseId: $owner}}) {{ {rows} }}"
            declared.append(f"$owner: {self.owner.fields['id'].kind}!")
        head = f"query({', '.join(declared)}) " if declared else ""
        return f"{head}{{ {body} }}"

    def variables(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The variables of that document."""
        return dict(arguments) if self.owner is None else {**arguments, "owner": self.owner_id}

    def connection(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Find the connection in the answer; the rows related to a row that is gone are none."""
        found: Mapping[str, Any] = data[ROWS] if self.owner is None else (data[OWNER] or {ROWS: GONE})[ROWS]
        return found


GONE: Mapping[str, Any] = {
    "nodes": [],
    "edges": [],
    "totalCount": 0,
    "pageInfo": {"hasNextPage": False, "endCursor": None},
}
