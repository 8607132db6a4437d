"""The object types of every registry: rows, connections, edges, and the fields that lead from one to another."""

from collections.abc import Sequence
from functools import partial

import strawberry
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from .aggregates import aggregates_type
from .feature_values import FEATURE_NAMES, FEATURES_DOC, feature_value_type
from .filter_inputs import FilterInputs
from .group_types import GroupTypes
from .inspections import inspection_field
from .orders import order_inputs
from .registry import Catalog, Closure, Field, RegistryInfo
from .scalars import Kind
from .search import search_input, text_fields
from .type_factory import argument, field, fill, input_field, input_type, interface_type, many, object_type, optional

NODE = fill(
    interface_type("Node", "Anything with a global id."),
    [field("id", strawberry.ID, "Opaque global id; pass it to `node`.")],
)

PAGE_INFO = fill(
    object_type("PageInfo", "Where a page lies in its list."),
    [
        field("hasNextPage", bool, "Whether there are rows after the page."),
        field("hasPreviousPage", bool, "Whether there are rows before the page."),
        field("startCursor", optional(str), "The cursor of the first row; null on an empty page."),
        field("endCursor", optional(str), "The cursor of the last row; null on an empty page."),
    ],
)

LINK = fill(
    object_type("Link", "A row of the table between two registries. A row that is linked twice has two."),
    [
        field("databaseId", Kind.BIGINT.scalar, "The row's integer id in this database; it grows with each link."),
        field(
            "slot", optional(str), "What the link is for, such as `obs` of a dataset; null where links have no slot."
        ),
        field("featureId", optional(Kind.BIGINT.scalar), "The integer id of the feature that the link is a value of."),
    ],
)

PAGING = (
    argument("first", optional(int), "How many rows from the start; 20 if neither first nor last is given."),
    argument("after", optional(str), "Only rows after the row of this cursor."),
    argument("last", optional(int), "How many rows from the end."),
    argument("before", optional(str), "Only rows before the row of this cursor."),
    argument("offset", optional(int), "How many rows to pass over, counted from the cursor if there is one."),
)

SEARCH = "Only those that a text finds, ranked."
ORDER_BY = "In which order; if not given, by rank where something is searched, else by the primary key."


class RegistryTypes:
    """The types of every registry in a catalog, made empty first and filled second."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self.filters = FilterInputs(catalog).filters
        self._orders = order_inputs(catalog)
        self.rows = {name: object_type(name, info.description, [NODE]) for name, info in catalog.items()}
        self.connections = {
            name: object_type(f"{name}Connection", f"A list of {info.plural_words}.") for name, info in catalog.items()
        }
        self._feature_value = feature_value_type(self.rows)
        self._groups = GroupTypes(self.rows, self._orders, self._feature_value)
        self._arguments = {name: self._list_arguments(info) for name, info in catalog.items()}
        for name, info in catalog.items():
            fill(self.rows[name], partial(self._row_fields, info))
            fill(self.connections[name], partial(self._connection_fields, info))

    def list_arguments(self, info: RegistryInfo) -> Sequence[StrawberryArgument]:
        """The arguments of a list of the registry, at the root and below other rows."""
        return self._arguments[info.name]

    def by_input(self, info: RegistryInfo) -> type:
        """The unique keys of a registry, of which a look-up takes one."""
        made = input_type(f"{info.name}By", f"Exactly one unique key of {info.with_article}.", one_of=True)
        return fill(
            made,
            lambda: [
                input_field("id", strawberry.ID, "Opaque global id."),
                *(input_field(f.name, f.kind.scalar, f.description) for f in info.unique.values()),
            ],
        )

    def _list_arguments(self, info: RegistryInfo) -> list[StrawberryArgument]:
        return [
            argument("filter", optional(self.filters[info.name]), f"Which {info.plural_words}."),
            *([argument("search", optional(search_input()), SEARCH)] if text_fields(info) else []),
            argument("orderBy", optional(many(self._orders[info.name])), ORDER_BY),
            *PAGING,
        ]

    def _row_fields(self, info: RegistryInfo) -> "Sequence[StrawberryField]":
        return [
            field("id", strawberry.ID, "Opaque global id; pass it to `node`."),
            *(_column_field(f) for f in info.fields.values()),
            *(field(one.name, optional(self.rows[one.target.name]), one.description) for one in info.to_one.values()),
            *(
                field(
                    relation.name,
                    self.connections[relation.target.name],
                    relation.description,
                    self._arguments[relation.target.name],
                )
                for relation in info.to_many.values()
            ),
            *(self._closure_field(closure) for closure in info.closures.values()),
            *([field("features", many(self._feature_value), FEATURES_DOC, [FEATURE_NAMES])] if info.features else []),
        ]

    def _closure_field(self, closure: Closure) -> StrawberryField:
        depth = argument(closure.depth_argument, optional(int), "How far at most; 1 is the nearest.")
        list_arguments = self._arguments[closure.target.name]
        return field(closure.name, self.connections[closure.target.name], closure.description, [depth, *list_arguments])

    def _connection_fields(self, info: RegistryInfo) -> list[StrawberryField]:
        row = self.rows[info.name]
        edge = object_type(f"{info.name}Edge", f"{info.with_article.capitalize()} and its place in a list.")
        far = "How far it is from the row whose ancestors, descendants, upstream or downstream are listed; else null."
        fill(
            edge,
            [
                field("cursor", str, "Its place in the list; pass it to `after` or `before`."),
                field("node", row, f"The {info.singular_words}."),
                field("score", optional(float), "Relevance, 0 to 100, when the list was searched; else null."),
                field("links", many(LINK), "The rows that link it with the row it is listed below, oldest first."),
                *([field("distance", optional(int), far)] if info.closures else []),
            ],
        )
        aggregates = aggregates_type(info)
        return [
            field("nodes", many(row), f"The {info.plural_words} of the page."),
            field("edges", many(edge), f"The {info.plural_words} of the page with their cursors."),
            field("pageInfo", PAGE_INFO, "Where the page lies in the list."),
            field("totalCount", int, "All matches, whatever the page."),
            field("aggregates", aggregates, "Over all matches, whatever the page."),
            self._groups.field(info, aggregates),
            *([inspection_field(info)] if text_fields(info) else []),
        ]


def _column_field(column: Field) -> StrawberryField:
    scalar = column.kind.scalar
    return field(column.name, optional(scalar) if column.nullable else scalar, column.description)
