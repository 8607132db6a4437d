"""Texts of a form that LaminDB asks for: web addresses, DOIs."""

import re

from msgspec import Struct


class TextForm(Struct, frozen=True):
    """How a text has to look: in words, as a regular expression, and one that does."""

    words: str
    pattern: re.Pattern[str]
    example: str

    def fits(self, text: str) -> bool:
        """Whether a text looks so."""
        return self.pattern.fullmatch(text) is not None


URL = TextForm("web address", re.compile(r"(?:https?|ftps?)://[^\s/?#]+\S*", re.IGNORECASE), "https://example.org")
DOI = TextForm("DOI", re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:|DOI:)?10\.\d+/.*"), "10.1000/xyz123")
