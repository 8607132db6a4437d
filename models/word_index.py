"""An index of the words that texts have: which of them have a word that starts so.

The places of all words stand in the order of what follows there; of that, the first bytes are compared as one number.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]

HEAD = 8
"""So many bytes of a word are one number; the others are compared where these are found."""
BLANK = ord(" ")
CLASSES = np.array([0 if byte == BLANK else 1 << (byte % 32) for byte in range(256)], np.uint32)
"""Bytes in 32 classes, a bit for each: every letter has one, which it shares with signs."""


BITS = (np.arange(256)[:, np.newaxis] >> np.arange(8) & 1).astype(np.uint16)
"""The bits of each byte, the least first."""


class WordIndex:
    """The words of some texts, in which blanks stand before and after each word and nowhere else.

    `classes` says which classes of bytes each text has.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        run = "".join(texts).encode(errors="surrogatepass")
        self._bytes = np.frombuffer(run + bytes(HEAD), np.uint8)
        blank = self._bytes[: len(run)] == BLANK
        ends = np.flatnonzero(blank[:-1] & blank[1:])  # of all texts but the last: the next begins with a blank
        starts = np.setdiff1d(np.flatnonzero(blank[:-1]), ends, assume_unique=True) + 1
        texts_of = np.searchsorted(ends, starts)
        heads = np.lib.stride_tricks.sliding_window_view(self._bytes, HEAD)[starts].view(">u8")[:, 0].astype(np.uint64)
        order = np.argsort(heads, kind="stable")
        self._heads = heads[order]
        self._starts = starts[order].astype(np.int32)
        self._texts: NDArray[np.int32] = texts_of[order].astype(np.int32)
        self._is_first = np.diff(texts_of, prepend=-1)[order] > 0
        self._initials = self._bytes[starts]
        self._first_words = np.flatnonzero(np.diff(texts_of, prepend=-1)).astype(np.int32)
        firsts = np.concatenate(([0], ends + 1))
        classes = np.bitwise_or.reduceat(CLASSES[self._bytes], firsts)
        self.classes: NDArray[np.uint32] = classes[: len(texts)]

    def having(self, start: str) -> NDArray[np.int32]:
        """Give the places of texts with a word that starts so, once for each such word."""
        return self._texts[self._find(start)]

    def beginning(self, start: str) -> NDArray[np.int32]:
        """Give the places of texts whose first word starts so."""
        found = self._find(start)
        return self._texts[found[self._is_first[found]]]

    def abbreviated(self, letters: str) -> Places:
        """Give the places of texts whose words start with these letters, one after the other; one more may follow."""
        sought = letters.encode(errors="surrogatepass")
        counts = np.diff(self._first_words, append=len(self._initials))
        found = np.flatnonzero((counts == len(sought)) | (counts == len(sought) + 1))
        for place, byte in enumerate(sought):
            found = found[self._initials[self._first_words[found] + place] == byte]
        return found

    def _find(self, start: str) -> Places:
        sought = start.encode(errors="surrogatepass")
        head = sought[:HEAD]
        least, most = (np.uint64(int.from_bytes(head.ljust(HEAD, end), "big")) for end in (b"\0", b"\xff"))
        found = np.arange(np.searchsorted(self._heads, least), np.searchsorted(self._heads, most, side="right"))
        for place, byte in enumerate(sought[HEAD:], HEAD):
            found = found[self._bytes[self._starts[found] + place] == byte]
        return found


def weighed(classes: NDArray[np.uint32], weights: Mapping[int, int]) -> NDArray[np.uint16]:
    """Add up the weights of the classes in each set of them."""
    total = np.zeros(len(classes), np.uint16)
    eights = np.array([weights.get(bit, 0) for bit in range(32)], np.uint16).reshape(4, 8)
    for place, eight in enumerate(classes.astype("<u4").view(np.uint8).reshape(-1, 4).T):
        total += (BITS @ eights[place])[eight]
    return total


def classes_of(text: str) -> Counter[int]:
    """How often each class of bytes is in a text, blanks aside."""
    return Counter(byte % 32 for byte in text.encode(errors="surrogatepass") if byte != BLANK)
