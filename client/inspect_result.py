"""What `inspect` finds out about values."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 10
"""How many values a summary names."""


class InspectResult:
    """Which of some values a field has, as LaminDB tells it.

    Args:
        values: the values as they were given, None for what is missing.
        validated: those that the field has.
        synonyms_mapper: standard names for some of the others.
        field: the field's name.
    """

    def __init__(
        self, values: Sequence[Any], validated: set[Any], synonyms_mapper: dict[str, str], field: str = "name"
    ) -> None:
        self._values = values
        self._known = validated
        self._field = field
        unique = [value for value in dict.fromkeys(values) if value is not None and value != ""]
        self.validated: list[Any] = [value for value in unique if value in validated]
        """The different values that the field has, in the order given."""
        self.non_validated: list[Any] = [value for value in unique if value not in validated]
        """The different values that it lacks, in the order given."""
        self.synonyms_mapper: dict[str, str] = synonyms_mapper
        """Standard names by values that are synonyms, or names in other case."""

    @property
    def n_unique(self) -> int:
        """How many different values there are, empty ones left out."""
        return len(self.validated) + len(self.non_validated)

    @property
    def n_empty(self) -> int:
        """How many values are empty or repeated; 0 if all are."""
        return len(self._values) - self.n_unique if self.n_unique else 0

    @property
    def frac_validated(self) -> float:
        """How many of the different values are validated, in percent."""
        return 100 - round(100 * len(self.non_validated) / self.n_unique, 1) if self.n_unique else 0

    @property
    def flags(self) -> list[bool]:
        """Of each value, empty and repeated ones too, whether the field has it."""
        return [value in self._known for value in self._values]

    @cached_property
    def df(self) -> "pd.DataFrame":
        """A frame with the values as its index and the column `__validated__`."""
        import pandas as pd

        return pd.DataFrame({"__validated__": self.flags}, index=list(self._values))

    def __getitem__(self, key: str) -> list[Any]:
        """`validated` or `non_validated`, also by LaminDB's older names `mapped` and `not_mapped`."""
        older = {"mapped": "validated", "not_mapped": "non_validated"}
        name = older.get(key, key)
        if name not in older.values():
            raise KeyError(f"{key!r} is unknown: there are 'validated' and 'non_validated'.")
        found: list[Any] = getattr(self, name)
        return found

    def summary(self) -> str:
        """What was found, in a few lines of text."""
        lines = []
        if self.n_empty:
            are = "is" if self.n_empty == 1 else "are"
            lines.append(f"{_counted(self.n_unique)}; {_counted(self.n_empty, 'empty or repeated')} {are} ignored")
        if self.validated:
            lines.append(self._line(self.validated, self.frac_validated, "validated"))
        if self.non_validated:
            found = self._line(self.non_validated, 100 - self.frac_validated, "not validated")
            lines.append(f"{found}: {_shown(self.non_validated)}")
        if self.synonyms_mapper:
            known = _counted(len(self.synonyms_mapper))
            lines.append(f"{known} in other case or synonyms: {_shown(self.synonyms_mapper)}; use .standardize()")
        return "\n".join(lines) or "no values"

    def _line(self, values: list[Any], percent: float, what: str) -> str:
        return (
            f"{_counted(len(values))} ({percent:.2f}%) {'is' if len(values) == 1 else 'are'} {what} for {self._field}"
        )

    def __repr__(self) -> str:
        return f"<InspectResult: {self.summary()}>".replace("\n", "\n  ")


def _counted(number: int, what: str = "unique") -> str:
    return f"{number} {what} term{'' if number == 1 else 's'}"


def _shown(values: Any) -> str:
    names = [repr(value) for value in list(values)[:SHOWN]]
    return ", ".join([*names, "…"] if len(values) > SHOWN else names)
