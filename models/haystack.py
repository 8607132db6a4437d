"""Finding a text in thousands of texts at once, and rating each place as LaminDB does.

The texts are one run of bytes, in UTF-8 and with NUL between them; what stands before and after a place is looked up in
tables. ASCII's characters mean themselves in every byte of UTF-8.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

EQUAL = 200
"""Points for a text that is what is sought, and for one of which a part between bars is."""
PART = 200
PHRASE = 10
STARTS_PART = 8
STARTS_WORD = 2
ENDS_WORD = 2
CONTAINED = 1
TERMS = (EQUAL, PART, PHRASE, STARTS_PART, STARTS_WORD, ENDS_WORD, CONTAINED)

FIRST = 3
"""So many bytes of what is sought often are compared at all places; the others where these are found."""
SHORT = 6
"""What has so many bytes may be anywhere; what is longer is looked for from one place to the next."""

NUL = "\0"
"""What stands before, between and after texts."""

Places = NDArray[np.intp]


def _among(characters: bytes) -> NDArray[np.bool_]:
    """A table of the bytes that are one of some characters."""
    return np.isin(np.arange(256), list(characters))


END, BAR, WORD, BREAK, STOP = map(_among, (b"\0", b"\0|", b"\0| ", b"\0| .,;:", b"\0| "))
"""What stands beside a whole text, a part of one, the start of a word, a phrase; what ends a search for a blank."""
POINTS = np.array([sum(TERMS[bit] for bit in range(7) if flags >> bit & 1) for flags in range(128)], np.int32)
"""The sum of the terms that are true, one bit for each."""


def _encoded(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


def run_of(texts: Sequence[str]) -> str:
    """All texts in one, each with NUL before and after it and blanks in the place of its own."""
    whole = NUL.join(("", *texts, ""))
    if whole.count(NUL) == len(texts) + 1:
        return whole
    return NUL.join(("", *(text.replace(NUL, " ") for text in texts), ""))


class Haystack:
    """Texts to find others in; if they are folded, without difference of case."""

    def __init__(self, texts: Sequence[str], *, folded: bool = False) -> None:
        whole = run_of(texts)
        self._content = _encoded(whole.casefold() if folded else whole)
        self._bytes = np.frombuffer(self._content, np.uint8)
        self._starts: Places = np.flatnonzero(self._bytes == 0)[:-1] + 1

    def points(self, needle: str) -> tuple[Places, NDArray[np.int32]]:
        """Give the numbers of the texts that contain another, and what LaminDB adds up for each."""
        at = self._find(needle)
        if not at.size:
            return at, np.empty(0, np.int32)
        flags = self._flags(at, at + len(_encoded(needle)))
        texts = self._texts(at)
        firsts = np.flatnonzero(np.diff(texts, prepend=-1))
        return texts[firsts], POINTS[np.bitwise_or.reduceat(flags, firsts)]

    def _texts(self, at: Places) -> Places:
        return np.searchsorted(self._starts, at, side="right") - 1

    def _find(self, needle: str) -> Places:
        """All places, from the first to the last."""
        sought = _encoded(needle)
        if b"\0" in sought or sought not in self._content:
            return np.empty(0, np.intp)  # NUL stands between the texts and in none
        if len(sought) > SHORT:
            return np.fromiter(self._places(sought), np.intp)
        span = len(self._bytes) - len(sought)
        found = np.ones(span, np.bool_)
        found[0] = False  # before the first text
        for place, byte in enumerate(sought[:FIRST]):
            found &= self._bytes[place : place + span] == byte
        at = np.flatnonzero(found)
        for place, byte in enumerate(sought[FIRST:], FIRST):
            at = at[self._bytes[at + place] == byte]
        return at

    def _places(self, sought: bytes) -> Iterator[int]:
        at = self._content.find(sought)
        while at >= 0:
            yield at
            at = self._content.find(sought, at + 1)

    def _flags(self, at: Places, ends: Places) -> NDArray[np.uint8]:
        """Which terms are true at each place."""
        before, after = self._bytes[at - 1], self._bytes[ends]
        starts_part = BAR[before]
        true = (
            END[before] & END[after],
            starts_part & BAR[after],
            BREAK[before] & BREAK[after],
            starts_part & self._without_blank(starts_part, ends),
            WORD[before],
            BREAK[after],
            np.ones(len(at), np.bool_),
        )
        flags = np.zeros(len(at), np.uint8)
        for bit, term in enumerate(true):
            flags |= term.astype(np.uint8) << bit
        return flags

    def _without_blank(self, asked: NDArray[np.bool_], ends: Places) -> NDArray[np.bool_]:
        """Whether a bar or the end of the text follows sooner than a blank; only for the places that are asked."""
        answer = np.zeros(len(ends), np.bool_)
        if asked.any():
            nearest = self._stops[np.searchsorted(self._stops, ends[asked].astype(np.int32))]
            answer[asked] = BAR[self._bytes[nearest]]
        return answer

    @cached_property
    def _stops(self) -> NDArray[np.int32]:
        """Where blanks and bars are, and the ends of texts."""
        return np.flatnonzero(STOP[self._bytes]).astype(np.int32)
