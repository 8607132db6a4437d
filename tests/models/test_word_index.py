"""Which texts have words that start so, compared with a search word by word."""

import pytest

from lnql.models.word_index import WordIndex

TEXTS = [
    "t cell",
    "regulatory t cell",
    "cell",
    "t-helper 17 cell",
    "naïve regulatory b cell",
    "regulatorium regulator",
    "β cell",
    "🧬",
    "cell of the cell",
]
STARTS = [
    "t",
    "cell",
    "c",
    "regulatory",
    "regulato",
    "regulatorys",
    "cells",
    "na",
    "naï",
    "β",
    "🧬",
    "🧬🧬",
    "17",
    "z",
    "of",
]


@pytest.mark.parametrize("start", STARTS)
def test_words_are_found_by_how_they_start(start: str) -> None:
    index = WordIndex([f" {text} " for text in TEXTS])
    words = [text.split() for text in TEXTS]
    having = {place for place, some in enumerate(words) if any(word.startswith(start) for word in some)}
    assert set(index.having(start).tolist()) == having
    assert index.having(start).size == sum(word.startswith(start) for some in words for word in some)
    assert set(index.beginning(start).tolist()) == {n for n, some in enumerate(words) if some[0].startswith(start)}


def test_no_texts_have_no_words() -> None:
    assert WordIndex([]).having("a").size == 0
