"""An index of the words that texts have: which of them have a word that starts so.

The places of all words stand in the order of what follows there; of that, the first bytes are compared as one number.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]

HEAD = 8
"""So many bytes of a word are one number; the others are compared where these are found."""
BLANK = ord(" ")


class WordIndex:
    """The words of some texts, in which blanks stand before and after each word and nowhere else."""

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
        self._starts = starts[order]
        self._texts: Places = texts_of[order]
        self._is_first = np.diff(texts_of, prepend=-1)[order] > 0

    def having(self, start: str) -> Places:
        """Give the places of texts with a word that starts so, once for each such word."""
        return self._texts[self._find(start)]

    def beginning(self, start: str) -> Places:
        """Give the places of texts whose first word starts so."""
        found = self._find(start)
        return self._texts[found[self._is_first[found]]]

    def _find(self, start: str) -> Places:
        sought = start.encode(errors="surrogatepass")
        head = sought[:HEAD]
        least, most = (np.uint64(int.from_bytes(head.ljust(HEAD, end), "big")) for end in (b"\0", b"\xff"))
        found = np.arange(np.searchsorted(self._heads, least), np.searchsorted(self._heads, most, side="right"))
        for place, byte in enumerate(sought[HEAD:], HEAD):
            found = found[self._bytes[self._starts[found] + place] == byte]
        return found
