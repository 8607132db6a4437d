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

SAMPLE = 4096
"""How many bytes tell how often something is found."""
OFTEN = 16
"""What is found so often in a sample is rated at every byte, found or not; else one place after the other is sought."""

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


def _sides() -> Flags:
    """By byte, the terms that a character beside a place allows to be true: one bit for each, as in `TERMS`."""
    sides = np.zeros(256, np.uint8)
    for bit, term in enumerate((END, BAR, BREAK, BAR, WORD, BREAK, np.ones(256, np.bool_))):
        sides |= term.astype(np.uint8) << bit
    return sides


SIDES = _sides()
AFTER_ALONE, BEFORE_ALONE = np.uint8(1 << 5), np.uint8(1 << 3 | 1 << 4)
"""The terms that only the character after a place decides, or only the one before it; `STARTS_PART` asks for more."""
FLAGS = ((SIDES[:, np.newaxis] | AFTER_ALONE) & (SIDES | BEFORE_ALONE)).ravel()
"""Which terms are true by the byte before a place, times 256, and the byte after it; `STARTS_PART` may be."""


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
        if b"\0" in sought:  # it stands between the texts and in none
            return np.empty(0, np.intp), np.empty(0, np.int32)
        often = self._content.count(sought, 0, SAMPLE) >= OFTEN
        texts, flags = self._found_often(sought) if often else self._found_seldom(sought)
        return texts, POINTS[flags]

    def _found_seldom(self, sought: bytes) -> tuple[Places, Flags]:
        """The texts that contain something, and the terms that are true of each: from one place to the next."""
        at = np.fromiter(self._places(sought), np.intp)
        if not at.size:
            return at, np.empty(0, np.uint8)
        texts = self._starts.searchsorted(at.astype(np.int32), side="right") - 1
        firsts = np.concatenate(([0], (texts[1:] != texts[:-1]).nonzero()[0] + 1))
        return texts[firsts], np.bitwise_or.reduceat(self._flags(at, at + len(sought)), firsts)

    def _places(self, sought: bytes) -> Iterator[int]:
        at = self._content.find(sought, 1)
        while 0 <= at < len(self._content) - len(sought):
            yield at
            at = self._content.find(sought, at + 1)

    def _found_often(self, sought: bytes) -> tuple[Places, Flags]:
        """The same, for all bytes at once."""
        every = np.zeros(len(self._bytes), np.uint8)
        span = len(self._bytes) - len(sought) - 1
        flags = np.bitwise_or(self._sides[:span], AFTER_ALONE, out=every[1 : 1 + span])
        flags &= self._sides[1 + len(sought) :] | BEFORE_ALONE
        for place, byte in enumerate(sought, 1):
            flags *= self._bytes[place : place + span] == byte
        parts = self._parts[every[self._parts] > 0]
        every[parts] = self._flags(parts, parts + len(sought))
        of_texts = np.bitwise_or.reduceat(every, self._starts)
        texts = of_texts.nonzero()[0]
        return texts, of_texts[texts]

    @cached_property
    def _sides(self) -> Flags:
        """What each byte may make true beside it."""
        return SIDES[self._bytes]

    @cached_property
    def _parts(self) -> Places:
        """Where parts start."""
        return np.flatnonzero(BAR[self._bytes])[:-1] + 1

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
