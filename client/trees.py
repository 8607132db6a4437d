"""Trees for the terminal and for notebooks, drawn by rich."""

from collections.abc import Iterable, Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

NAME_WIDTH = 22
"""The least width of the columns before the values, so that the tables of a tree are in line.

Texts are filled up to it: rich breaks lines for other widths than those that `min_width` then gives, and cuts them off.
"""


def tree(kind: str, title: str, description: str | None = None) -> Tree:
    """Begin a tree: what kind of record it is of, and what the record is called."""
    more: list[tuple[str, str]] = [("\n|   description: ", "dim"), (description, "")] if description else []
    return Tree(Text.assemble((f"{kind}: ", "bold"), (title, "cyan3"), *more), guide_style="dim")


def heading(text: str, note: str = "", style: str = "bold bright_magenta") -> Text:
    """The head of a part of a tree."""
    return Text.assemble((text, style), (f" {note}" if note else "", "dim"))


def facts(pairs: Iterable[tuple[str, str]]) -> Table:
    """Facts, two in a line."""
    texts = [Text.assemble((f"{name}: ", "dim"), value) for name, value in pairs]
    texts += [Text()] * (len(texts) % 2)
    table = _table(2)
    for left, right in zip(texts[::2], texts[1::2], strict=True):
        table.add_row(left, right)
    return table


def columns(rows: Iterable[Sequence[str]], head: Sequence[str] = ()) -> Table:
    """Lines of a name, a type and what else there is to say."""
    table = _table(3, head)
    width = 0 if head else NAME_WIDTH
    for name, type_, *more in rows:
        table.add_row(Text(name.ljust(width)), Text(type_.ljust(width), style="dim"), *map(Text, more))
    return table


def _table(count: int, head: Sequence[str] = ()) -> Table:
    table = Table(box=None, pad_edge=False, show_header=bool(head), header_style="dim")
    for title in head or ("",) * count:
        table.add_column(title, overflow="fold")
    return table


def show(drawn: Tree, return_str: bool) -> str | None:
    """Print a tree, or give it as plain text."""
    if not return_str:
        Console().print(drawn)
        return None
    console = Console(file=StringIO(), force_terminal=False, force_jupyter=False)
    with console.capture() as captured:
        console.print(drawn)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def show_text(text: str) -> None:
    """Print text as it is."""
    Console().print(Text(text))
