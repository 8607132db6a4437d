"""Synonyms and abbreviations of terms."""

from collections.abc import Iterable

from .errors import ValidationError
from .record import BaseRecord

SEPARATOR = "|"


class HasSynonyms(BaseRecord):
    """A record that has other names."""

    synonyms: str | None
    abbr: str | None

    def add_synonym(self, synonym: str | Iterable[str], force: bool = False, save: bool | None = None) -> None:
        """Give it one or several other names.

        Args:
            synonym: the names.
            force: whether to add a synonym that another record has too.
            save: whether to save it; by default it is, if it was saved before.

        Raises:
            ValidationError: for a name with `|`, which separates them, and for a synonym of another record.
        """
        wanted = _names(synonym)
        taken = [] if force else self._synonyms_of_others(wanted)
        if taken:
            raise ValidationError(f"{taken} are synonyms of other records.", hint="force=True adds them nevertheless.")
        self._set_synonyms([*self._synonyms(), *wanted], save)

    def remove_synonym(self, synonym: str | Iterable[str]) -> None:
        """Take other names away."""
        gone = _names(synonym)
        self._set_synonyms([name for name in self._synonyms() if name not in gone], None)

    def set_abbr(self, value: str) -> None:
        """Give it an abbreviation, which becomes a synonym too."""
        self.abbr = value
        self._set_synonyms([*self._synonyms(), *([] if value == self.name else [value])], None)

    def _synonyms(self) -> list[str]:
        return [name for name in (self.synonyms or "").split(SEPARATOR) if name]

    def _set_synonyms(self, names: list[str], save: bool | None) -> None:
        self.synonyms = SEPARATOR.join(dict.fromkeys(names)) or None
        if save or (save is None and self.id is not None):
            self.save()

    def _synonyms_of_others(self, names: list[str]) -> list[str]:
        """Those of some names that are synonyms of other records."""
        others = type(self).filter().exclude(id=self.id)
        return [name for name in names if others.filter(synonyms__regex=f"(^|[|]){_escaped(name)}([|]|$)").exists()]


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in ".*+?()[{$|" else letter for letter in name.replace("\\", "\\\\"))


def _names(synonym: str | Iterable[str]) -> list[str]:
    names = [synonym] if isinstance(synonym, str) else list(synonym)
    if any(SEPARATOR in name for name in names):
        raise ValidationError("a synonym can't contain '|'!")
    return [name.strip() for name in names if name.strip()]
