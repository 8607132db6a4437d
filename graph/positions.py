"""Places in a filter argument: the words that lead there, and how much of the limits is used on the way."""

from msgspec import Struct, structs


class Position(Struct, frozen=True):
    """Where in a filter we are; `optional` says whether the row that is spoken of may be missing."""

    path: tuple[str, ...]
    depth: int = 0
    hops: int = 0
    optional: bool = False

    def __str__(self) -> str:
        return ".".join(self.path)

    def at(self, word: str) -> "Position":
        """What is said under a word here."""
        return structs.replace(self, path=(*self.path, word))

    def deeper(self) -> "Position":
        """Within `and`, `or` or `not`."""
        return structs.replace(self, depth=self.depth + 1)

    def across(self, *, optional: bool) -> "Position":
        """At the other end of a relation."""
        return structs.replace(self, hops=self.hops + 1, optional=optional)
