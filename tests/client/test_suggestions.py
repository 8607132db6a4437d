"""Suggestions for mistyped names."""

import pytest

from lnql.suggestions import did_you_mean


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("creatdBy", 'Did you mean "createdBy"?'),
        ("CREATEDBY", 'Did you mean "createdBy"?'),
        ("cell_type", 'Did you mean "cell_types" or "cell_line"?'),
        ("zzz", ""),
    ],
)
def test_names_that_are_near_are_suggested(word: str, sentence: str) -> None:
    assert did_you_mean(word, ["createdBy", "cell_types", "cell_line", "description"]) == sentence


def test_nothing_is_suggested_where_there_is_nothing() -> None:
    assert did_you_mean("uid", []) == ""
