"""Synonyms and abbreviations of terms."""

import logging
from collections.abc import Iterable

from .errors import ValidationError
from .record import BaseRecord

SEPARATOR = "|"
log = logging.getLogger("lnql")


class HasSynonyms(BaseRecord):
    """A record that has other names."""

    synonyms: str | None
    abbr: str | None

    def add_synonym(self, synonym: str | Iterable[str], force: bool = False, save: bool | None = None) -> None:
        """Give it one or several other names.

        Args:
            synonym: the names.
            force: whether to add a name that another record has too.
            save: whether to save it; by default it is, if it was saved before.

        Raises:
            ValidationError: for a name with `|`, which separates them.
        """
        wanted = _names(synonym)
        taken = set() if force else self._names_of_others(wanted)
        if taken:
            log.warning("%s already name another record and were not added; force=True adds them", sorted(taken))
        self._set_synonyms([*self._synonyms(), *(name for name in wanted if name not in taken)], save)

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

    def _names_of_others(self, names: list[str]) -> set[str]:
        """Those of some names that other records have, as name or synonym."""
        others = type(self).filter().exclude(id=self.id)
        field = self.__registry_info__.name_field or "name"
        named = set(others.filter(**{f"{field}__in": names}).values_list(field, flat=True))
        return named | {
            name for name in names if others.filter(synonyms__regex=f"(^|[|]){_escaped(name)}([|]|$)").exists()
        }


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in ".*+?()[{$|" else letter for letter in name.replace("\\", "\\\\"))


def _names(synonym: str | Iterable[str]) -> list[str]:
    names = [synonym] if isinstance(synonym, str) else list(synonym)
    if any(SEPARATOR in name for name in names):
        raise ValidationError("a synonym can't contain '|'!")
    return [name.strip() for name in names if name.strip()]
