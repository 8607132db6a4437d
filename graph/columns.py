"""Tables: the rows of one connection in columns, for clients that read many."""

from collections.abc import Callable, Sequence
from typing import Any

import orjson
from msgspec import Struct, structs

from lnql.errors import InvalidError

from .order_keys import Page
from .plan import Columns, Connection, GlobalId, Node, NodeItem, Nodes, Plan, Scalar
from .scalars import Kind
from .selection import Constant

ACCEPTED = "{ artifacts(first: 1000) { nodes { uid key size } pageInfo { hasNextPage endCursor } } }"


class Column(Struct, frozen=True):
    """The values of one selected field, in the order of the rows; see `Dialect.read_list`."""

    name: str
    kind: Kind
    values: Sequence[Any]


class Table(Struct, frozen=True):
    """A connection with its nodes, which stand at `key`, in columns; `rest` is what else is selected of it, as JSON."""

    key: str
    columns: tuple[Column, ...]
    rest: orjson.Fragment


def kind_of_item(item: NodeItem) -> Kind:
    """Tell the kind of the values of a selected field."""
    return item.field.kind if isinstance(item, Scalar) else Kind.STRING


def in_columns(plans: Sequence[Plan]) -> tuple[Plan, Columns, Page]:
    """Have the nodes of the one connection that is planned in columns: the plan of that, and its nodes and its page.

    Raises:
        InvalidError: where something else is planned, or where the nodes have more than scalars.
    """
    shapes = [plan.shape for plan in plans]
    if len(shapes) != 1 or not isinstance(shapes[0], Connection):
        raise refusal("an operation has one root field, a list")
    shape = shapes[0]
    lists = [item for item in shape.items if isinstance(item, Nodes)]
    if len(lists) != 1:
        raise refusal("a list has its rows in nodes, once")
    _refuse_nested(lists[0].node)
    columns = Columns(lists[0].key, lists[0].node)
    items = (columns if item is lists[0] else item for item in shape.items)
    return structs.replace(plans[0], shape=structs.replace(shape, items=tuple(items))), columns, shape.page


def table_of(columns: Columns, page: Page, row: Sequence[Any], read_list: Callable[[Any], list[Any]]) -> Table:
    """Make a table of the row that answered its statement: what else is selected, and then the columns.

    They have one row more than the page where somebody asks whether there are more: the last, or the first of a page
    from the end.
    """
    rest, *lists = row  # the state of what is searched and the version of the features may follow
    listed = zip(columns.node.items, lists, strict=False)
    made = (Column(item.key, kind_of_item(item), _kept(page, read_list(values))) for item, values in listed)
    return Table(columns.key, tuple(made), orjson.Fragment(rest))


def _kept(page: Page, values: list[Any]) -> list[Any]:
    return values[max(len(values) - page.size, 0) :] if page.backward else values[: page.size]


def _refuse_nested(node: Node) -> None:
    nested = [item.key for item in node.items if not isinstance(item, Scalar | GlobalId | Constant)]
    if nested:
        raise refusal(f"nodes have scalars only, and {', '.join(nested)} is none")


def refusal(condition: str) -> InvalidError:
    """The error of what is no table: what would be one."""
    return InvalidError(f"As a table, {condition}.", hint=f"For example {ACCEPTED}, or ask for JSON.")
