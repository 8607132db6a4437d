"""The type of a feature's values, read from LaminDB's text for it.

int  float  num  str  bool  date  datetime  datetime64[ns, UTC]  dict  object  url  path
cat[Record]  cat[bionty.Gene.symbol]  cat[ULabel[<uid of a type>]]  cat[bionty.CellType[source__uid='…']]
cat[ULabel|bionty.CellType]  list[<any of these>]
"""

import re

from msgspec import Struct

SCALARS = ("int", "float", "num", "str", "bool", "date", "datetime", "dict", "object", "url", "path")
"""Types whose values are stored as JSON, one by one."""

LABELS = re.compile(r"(?:(?P<app>[a-z]\w*)\.)?(?P<registry>[A-Z]\w*)(?P<within>\[.*\])?(?:\.(?P<field>\w+))?")


class LabelSource(Struct, frozen=True):
    """A registry whose records are the values of a categorical feature.

    `field` is what a label is told by, None for the registry's own name; `within` is what narrows the registry down,
    the uid of a type or a filter in LaminDB's notation.
    """

    app: str
    registry: str
    field: str | None = None
    within: str | None = None

    @property
    def table(self) -> str:
        """The table of the registry."""
        return f"{self.app}_{self.registry.lower()}"


class Dtype(Struct, frozen=True):
    """The type of a feature's values: `scalar` is one of `SCALARS`, or empty where the values are labels.

    A type that this version does not know is an `object`: its values are JSON of any form.
    """

    text: str
    scalar: str
    labels: tuple[LabelSource, ...] = ()
    is_list: bool = False

    @property
    def is_categorical(self) -> bool:
        """Whether the values are labels."""
        return not self.scalar


def parse_dtype(text: str) -> Dtype:
    """Read the text of a dtype, such as `list[cat[bionty.CellType]]`."""
    inner = _inside("list", text)
    bare = text if inner is None else inner
    labels = _inside("cat", bare)
    if labels is not None:
        return Dtype(text, "", tuple(_sources(labels)), inner is not None)
    scalar = "datetime" if bare.startswith("datetime64") else bare
    return Dtype(text, scalar if scalar in SCALARS else "object", (), inner is not None)


def _inside(word: str, text: str) -> str | None:
    """What stands in the brackets of `word[…]`."""
    start = f"{word}["
    return text[len(start) : -1] if text.startswith(start) and text.endswith("]") else None


def _sources(text: str) -> list[LabelSource]:
    matches = [LABELS.fullmatch(part.strip()) for part in _split(text)]
    return [
        LabelSource(
            match["app"] or "lamindb", match["registry"], match["field"], match["within"] and match["within"][1:-1]
        )
        for match in matches
        if match
    ]


def _split(text: str) -> list[str]:
    """The parts of a union, split where `|` is outside of brackets."""
    parts, depth = [""], 0
    for character in text:
        depth += {"[": 1, "]": -1}.get(character, 0)
        if character == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return parts
