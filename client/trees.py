"""Trees for the terminal and for notebooks, drawn by rich."""

from collections.abc import Iterable, Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

WIDTHS = (30, 35, 40)
"""LaminDB's widths of the columns of names, types and values, so that the tables of a tree are in line.

Where a terminal is too narrow, rich takes the same from each column whose width is said; longer texts are folded and
never cut.
"""


def tree(kind: str, title: str, description: str | None = None) -> Tree:
    """Begin a tree: what kind of record it is of, and what the record is called."""
    more: list[tuple[str, str]] = [("\n|   description: ", "dim"), (description, "")] if description else []
    return Tree(Text.assemble((f"{kind}: ", "bold"), (title, "cyan3"), *more), guide_style="dim")


def heading(text: str, note: str = "", style: str = "bold bright_magenta") -> Text:
    """The head of a part of a tree."""
    return Text.assemble((text, style), (f" {note}" if note else "", "dim"))


def facts(pairs: Iterable[tuple[str, str]]) -> Table:
    """Facts, two in a line; one without a name is a gap."""
    texts = [Text.assemble((f"{name}: ", "dim"), value) if name else Text() for name, value in pairs]
    texts += [Text()] * (len(texts) % 2)
    halves = texts[::2], texts[1::2]
    table = _table(("", ""), [max(map(len, half), default=0) for half in halves], show_header=False)
    for left, right in zip(*halves, strict=True):
        table.add_row(left, right)
    return table


def columns(rows: Iterable[Sequence[str]]) -> Table:
    """Lines of a name, a type and a value."""
    table = _table(("", "", ""), WIDTHS, show_header=False)
    for name, type_, value in rows:
        table.add_row(Text(name), Text(type_, style="dim"), Text(value))
    return table


def grid(rows: Iterable[Sequence[str]], head: Sequence[str]) -> Table:
    """Lines below the names of their columns."""
    table = _table(head, [None] * len(head), show_header=True)
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _table(head: Sequence[str], widths: Sequence[int | None], *, show_header: bool) -> Table:
    table = Table(box=None, pad_edge=False, show_header=show_header, header_style="dim")
    for title, width in zip(head, widths, strict=True):
        table.add_column(title, width=width, overflow="fold")
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
