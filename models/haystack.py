"""Finding a text in thousands of texts at once, and rating each place as LaminDB does.

The texts are one run of bytes, in UTF-8 and with NUL between them; what the characters before and after a place add up
to is looked up in a table. ASCII's characters mean themselves in every byte of UTF-8.
"""

import re
from collections.abc import Iterator
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
SAMPLE = 4096
"""How many bytes tell how often something is found."""
OFTEN = 16
"""What is found so often in a sample is compared at all places; else one place after the other is looked for."""

NON_ASCII = re.compile(rb"[\x80-\xff]+")

Places = NDArray[np.intp]
Flags = NDArray[np.uint8]


def _among(characters: bytes) -> NDArray[np.bool_]:
    """A table of the bytes that are one of some characters."""
    return np.isin(np.arange(256), list(characters))


END, BAR, WORD, BREAK, STOP = map(_among, (b"\0", b"\0|", b"\0| ", b"\0| .,;:", b"\0| "))
"""What stands beside a whole text, a part of one, the start of a word, a phrase; what ends a search for a blank."""
POINTS = np.array([sum(TERMS[bit] for bit in range(7) if flags >> bit & 1) for flags in range(128)], np.int32)
"""The sum of the terms that are true, one bit for each."""
STARTS_PART_FLAG = np.uint8(1 << TERMS.index(STARTS_PART))


def _flags_by_neighbours() -> Flags:
    """Which terms are true by the byte before a place, times 256, and the byte after it; `STARTS_PART` may be."""
    before, after = (axis.ravel() for axis in np.divmod(np.arange(1 << 16), 256))
    true = (
        END[before] & END[after],
        BAR[before] & BAR[after],
        BREAK[before] & BREAK[after],
        BAR[before],
        WORD[before],
        BREAK[after],
        np.ones(1 << 16, np.bool_),
    )
    flags = np.zeros(1 << 16, np.uint8)
    for bit, term in enumerate(true):
        flags |= term.astype(np.uint8) << bit
    return flags


FLAGS = _flags_by_neighbours()


def _encoded(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


def _folded(content: bytes) -> bytes:
    """Fold case, letter by letter, as Python does; only what is not ASCII is decoded for it."""
    if not content.isascii():
        content = NON_ASCII.sub(lambda match: _encoded(match[0].decode(errors="surrogatepass").casefold()), content)
    return content.lower()


class Haystack:
    """Texts to find others in, given as one with NUL between them; if they are folded, without difference of case."""

    def __init__(self, run: str, *, folded: bool = False) -> None:
        content = b"\0%b\0" % _encoded(run)
        self._content = _folded(content) if folded else content
        self._bytes = np.frombuffer(self._content, np.uint8)

    @cached_property
    def _starts(self) -> NDArray[np.int32]:
        """Where texts start."""
        return (np.flatnonzero(self._bytes == 0)[:-1] + 1).astype(np.int32)

    def points(self, needle: str) -> tuple[Places, NDArray[np.int32]]:
        """Give the numbers of the texts that contain another, and what LaminDB adds up for each."""
        sought = _encoded(needle)
        at = self._find(sought)
        if not at.size:
            return np.empty(0, np.intp), np.empty(0, np.int32)
        flags = self._flags(at, at + len(sought))
        texts, firsts = self._texts(at)
        return texts, POINTS[np.bitwise_or.reduceat(flags, firsts)]

    def _texts(self, at: Places) -> tuple[Places, Places]:
        """The texts that places are in, and the first place in each."""
        if len(at) < len(self._starts):
            texts = self._starts.searchsorted(at.astype(np.int32), side="right") - 1
            firsts = np.concatenate(([0], (texts[1:] != texts[:-1]).nonzero()[0] + 1))
            return texts[firsts], firsts
        ends = at.searchsorted(self._starts)  # the place that follows each start
        has_one = np.concatenate((ends[1:] > ends[:-1], [ends[-1] < len(at)]))
        texts = has_one.nonzero()[0]
        return texts, ends[texts]

    def _find(self, sought: bytes) -> Places:
        """All places, from the first to the last."""
        if b"\0" in sought:
            return np.empty(0, np.intp)  # NUL stands between the texts and in none
        if len(self._content) <= SAMPLE or self._content.count(sought, 0, SAMPLE) < OFTEN:
            return np.fromiter(self._places(sought), np.intp)
        span = len(self._bytes) - len(sought)
        found = self._bytes[:span] == sought[0] if sought else np.ones(span, np.bool_)
        found[0] = False  # before the first text
        for place, byte in enumerate(sought[1:FIRST], 1):
            found &= self._bytes[place : place + span] == byte
        at = found.nonzero()[0]
        for place, byte in enumerate(sought[FIRST:], FIRST):
            at = at[self._bytes[at + place] == byte]
        return at

    def _places(self, sought: bytes) -> Iterator[int]:
        at = self._content.find(sought, 1)
        while 0 <= at < len(self._content) - len(sought):
            yield at
            at = self._content.find(sought, at + 1)

    def _flags(self, at: Places, ends: Places) -> Flags:
        """Which terms are true at each place."""
        neighbours = self._bytes[at - 1].astype(np.uint16)
        neighbours <<= 8
        neighbours |= self._bytes[ends]
        flags = FLAGS[neighbours]
        asked = (flags & STARTS_PART_FLAG).nonzero()[0]
        if asked.size:  # unless a bar or the end of the text follows sooner than a blank
            nearest = self._stops[self._stops.searchsorted(ends[asked].astype(np.int32))]
            flags[asked[~BAR[self._bytes[nearest]]]] &= ~STARTS_PART_FLAG
        return flags

    @cached_property
    def _stops(self) -> NDArray[np.int32]:
        """Where blanks and bars are, and the ends of texts."""
        return STOP[self._bytes].nonzero()[0].astype(np.int32)
