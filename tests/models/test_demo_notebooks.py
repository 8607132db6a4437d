from random import Random

from lnql.models.demo_notebooks import notebook_key, notebook_titles


def test_titles_differ_and_follow_from_the_seed() -> None:
    titles = notebook_titles(500, Random(1))
    assert len(set(titles)) == 500
    assert titles == notebook_titles(500, Random(1))
    assert titles != notebook_titles(500, Random(2))


def test_a_key_is_made_from_the_beginning_of_the_title() -> None:
    title = "Rank markers of B cells of the spleen across donors"
    assert notebook_key(7, title) == "notebooks/007-rank-markers-of-b-cells.ipynb"
