"""How a recorded question to LaminDB is asked over GraphQL."""

from typing import NamedTuple


class Case(NamedTuple):
    """A root connection, its arguments, and what is read of it.

    A recorded number is compared with `totalCount`, a recorded list with the values of `leaf`, a recorded error with a
    refusal. Where LNQL decides otherwise, `like` names the cases whose answers, together, are right, and `why` says so.
    """

    plural: str
    filter: str = ""
    leaf: str = "uid"
    search: str = ""
    first: int = 1000
    within: str = ""
    """The root connection whose rows have `plural` as a field; empty if it is a root connection itself."""
    also: tuple[str, ...] = ()
    """Further filters, for cases that recorded several numbers."""
    like: tuple[str, ...] = ()
    why: str = ""

    def operation(self) -> str:
        """The GraphQL text; the connections are called a0, a1, …, and their parents `rows`."""
        fields = " ".join(self._field(f"a{place}", text) for place, text in enumerate((self.filter, *self.also)))
        return f"{{ rows: {self.within} {{ nodes {{ {fields} }} }} }}" if self.within else f"{{ {fields} }}"

    def _field(self, alias: str, filter_text: str) -> str:
        search = f", search: {{{self.search}, fuzzy: false}}" if self.search else ""
        arguments = f"first: {self.first}, filter: {{{filter_text}}}{search}"
        return f"{alias}: {self.plural}({arguments}) {{ totalCount nodes {{ {self.leaf} }} }}"


Cases = dict[str, Case]
"""Cases by their recorded ids."""
