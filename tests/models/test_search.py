"""Ranking by a text, in plain Python and over the full Cell Ontology of the real instance."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from lnql.models import search
from lnql.models.search_columns import Naming, TextColumn, TextPart


def column(*texts: str, naming: Naming = Naming.NAME) -> TextColumn:
    return TextColumn([TextPart("\x1f".join(texts), "\x1f")], naming)


def found(scores: NDArray[Any]) -> dict[int, Any]:
    """The rows that are found, with their ranks or scores."""
    return {row: score for row, score in enumerate(scores.tolist()) if score}


def lamindb_ranks(columns: list[TextColumn], text: str, *, case_sensitive: bool = False) -> dict[int, int]:
    return found(search.lamindb_ranks(columns, text, case_sensitive=case_sensitive))


def order(scores: NDArray[np.float64]) -> list[int]:
    return list(search.hits(scores, np.arange(len(scores))).keys.tolist())


def lamindb_order(columns: list[TextColumn], text: str) -> list[int]:
    return order(search.lamindb_scores(columns, text))


def fuzzy_scores(columns: list[TextColumn], text: str) -> dict[int, float]:
    return found(search.fuzzy_scores(columns, text))


def fuzzy_order(columns: list[TextColumn], text: str) -> list[int]:
    return order(search.fuzzy_scores(columns, text))


@pytest.mark.parametrize(
    ("text", "needle", "rank"),
    [
        ("T cell", "T cell", 200 + 200 + 10 + 8 + 2 + 2 + 1),
        ("T cell", "t CELL", 423),
        ("T cell", "  T cell ", 423),
        ("T cell|T-cell", "T-cell", 200 + 10 + 8 + 2 + 2 + 1),
        ("a|T-cell|b", "T-cell", 223),
        ("a|T-cells|b", "T-cell", 8 + 2 + 1),
        ("mature T cell", "T cell", 10 + 2 + 2 + 1),
        ("T cell, mature", "T cell", 10 + 2 + 2 + 1),
        ("T cells", "T cell", 8 + 2 + 1),
        ("T cells of a kind", "T cell", 2 + 1),
        ("the T cells", "T cell", 2 + 1),
        ("fat cell", "t cell", 2 + 1),
        ("fat cells", "t cell", 1),
        ("x.T cell", "T cell", 10 + 2 + 1),
        ("x T cell: y", "T cell", 15),
        ("fat cells and a T cell", "T cell", 15),
        ("cat[*_*]", "cat[", 8 + 2 + 1),
        ("a.b", "a.b", 423),
        ("back\\slash", "back\\", 11),
        ("Ünïcode LÄBEL", "läbel", 15),
        ("STRASSE", "straße", 423),
        ("", "", 423),
        ("T cell", "", 2 + 2 + 1),
        ("neuron", "", 8 + 2 + 2 + 1),
    ],
)
def test_seven_terms_are_added(text: str, needle: str, rank: int) -> None:
    assert lamindb_ranks([column(text)], needle) == {0: rank}
    often = 50  # what is found often is rated in another way
    assert lamindb_ranks([column(*[text] * often)], needle) == dict.fromkeys(range(often), rank)


@pytest.mark.parametrize("needle", ["B cell", "a.b", "axb.*", "|", "T cell|T"])
def test_rows_without_the_text_have_no_rank(needle: str) -> None:
    assert lamindb_ranks([column("T cell", "axb")], needle) == {}


def test_ranks_of_columns_are_added_up() -> None:
    ranks = lamindb_ranks([column("T cell", "", "cell"), column("T cell|x", "a T cell", "")], "T cell")
    assert ranks == {0: 423 + 223, 1: 15}


def test_case_counts_if_asked() -> None:
    assert lamindb_ranks([column("b cell", "B cell")], "B cell", case_sensitive=True) == {1: 423}


def test_scores_are_in_the_order_of_ranks_and_below_100() -> None:
    texts = column("fat cells", "T cells", "a T cell", "x|T cell", "T cell")
    assert lamindb_order([texts], "T cell") == [4, 3, 2, 1, 0]
    scores = found(search.lamindb_scores([texts], "T cell"))
    assert 0 < scores[0] < scores[4] < 100


def test_rows_of_one_score_keep_their_order() -> None:
    assert lamindb_order([column("x", "a cell", "cell", "b cell")], "cell") == [2, 1, 3]


class Forgiven(NamedTuple):
    text: str
    found: list[int]


NAMES = ("neuron", "kidney cell", "T cell", "B cell", "memory T cell")


@pytest.mark.parametrize(
    "case",
    [
        Forgiven("neuorn", [0]),
        Forgiven("cell kidney", [1]),
        Forgiven("memory cell", [4]),
        Forgiven("mem", [4]),
        Forgiven("qqqqqq", []),
    ],
)
def test_mistakes_are_forgiven(case: Forgiven) -> None:
    assert fuzzy_order([column(*NAMES)], case.text)[:1] == case.found


def test_what_resembles_comes_after_what_contains() -> None:
    description = column("", "", "it is no T ccell", "", "", naming=Naming.NONE)
    scores = fuzzy_scores([column(*NAMES), description], "T ccell")
    assert scores[2] > 50 > scores[3] > 0
    assert fuzzy_order([column(*NAMES), description], "T ccell")[0] == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("γδ T cells", "gamma-delta T cell"),
        ("gamma delta T cell", "γδ T-cell"),
        ("CD8+ T cell", "CD8-positive T cell"),
        ("naïve B cells", "naive B cell"),
        ("haematopoietic stem cell", "hematopoietic stem cell"),
        ("oesophageal tumours", "esophageal tumor"),
        ("alzheimers disease", "Alzheimer's disease"),
        ("Sjogren syndrome", "Sjögren’s syndrome"),
        ("diabetes type 2", "diabetes type II"),
        ("type I interferon", "Type 1 interferons"),
        ("peyers patch", "Peyer's patch"),
        ("train.py", "TRAIN_PY"),
    ],
)
def test_what_is_spelled_otherwise_is_the_same(text: str, name: str) -> None:
    assert fuzzy_scores([column(f"no such cell|{name}")], text) == {0: 90}


def test_a_negative_marker_is_no_positive_one() -> None:
    assert fuzzy_order([column("CD4-CD8- T cell", "CD8-positive, alpha-beta T cell")], "CD8+ T cell")[0] == 1


@pytest.mark.parametrize("text", ["fibros", "virus", "pelvis", "glass"])
def test_what_ends_in_an_s_may_be_no_plural(text: str) -> None:
    assert fuzzy_order([column(f"{text[:-1]}cyte", f"{text}is")], text)[0] == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("HSC", "hematopoietic stem cell"),
        ("NK", "natural killer cell"),
        ("MAIT", "mucosal-associated invariant T cell"),
        ("Th17", "T-helper 17 cell"),
    ],
)
def test_first_letters_abbreviate(text: str, name: str) -> None:
    others = (
        "hepatocyte",
        "cell",
        "neuroblast",
        "stem cell",
        "mast cell",
        "natural cell of a killer whale",
        "T-helper 1 cell",
    )
    assert fuzzy_order([column(*others, name)], text)[0] == len(others)


@pytest.mark.parametrize("text", ["CD8 T", "CD8 T cell", "CD8+ T cells", "T cell CD8"])
def test_what_goes_without_saying_is_left_out(text: str) -> None:
    others = ("granzyme K-associated CD8 T cell", "CD8-positive exhausted alpha-beta T cell", "Tc1 CD8+ T cell")
    cells = column(*others, "CD4-positive, alpha-beta T cell", "CD8-positive, alpha-beta T cell")
    assert fuzzy_order([cells], text)[0] == 4


def test_nobody_leaves_out_that_a_marker_is_missing() -> None:
    cells = column(
        "CD8-negative, alpha-beta T cell", "CD8-positive, gamma-delta T cell", "CD8-positive, alpha-beta T cell"
    )
    assert fuzzy_order([cells], "CD8 T cell")[0] == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("oesophageal epithelial cell", "epithelial cell of esophagus"),
        ("prostatic epithelial cell", "epithelial cell of prostate"),
        ("uterine epithelial cell", "epithelial cell of uterus"),
        ("bronchial epithelial cell", "epithelial cell of bronchus"),
    ],
)
def test_an_organ_is_found_by_its_adjective(text: str, name: str) -> None:
    others = ("nasopharyngeal epithelial cell", "placental epithelial cell", "epithelial cell", "prostatic cell")
    assert fuzzy_order([column(*others, name)], text)[0] == len(others)


def test_names_that_start_with_the_text_come_before_synonyms_that_do() -> None:
    synonyms = column("natural helper cell", "", naming=Naming.SYNONYM)
    names = column("group 2 innate lymphoid cell", "natural helper lymphocyte")
    assert fuzzy_order([names, synonyms], "natural helper ") == [1, 0]


def test_the_address_of_a_term_ends_in_its_identifier() -> None:
    identifiers = column("CL:0000084", "CL:0000085", naming=Naming.NONE)
    assert list(fuzzy_scores([identifiers], "CL_0000084")) == [0]


def test_only_names_resemble() -> None:
    assert fuzzy_scores([column("neuron", naming=Naming.NONE)], "neuorn") == {}


def test_exact_hits_are_above_90() -> None:
    scores = fuzzy_scores([column("T cell|T-cell", "T cells")], "t-cell")
    assert 90 < scores[0] < 100
    assert scores[1] == 90  # its plural


@pytest.mark.parametrize("text", ["", " ", "|", "(a+)+$", "[", "\\", "x" * 10_000, "\0", "'", "%", "∑", "\ud7ff"])
def test_no_text_is_too_odd(text: str) -> None:
    columns = [column("T cell", "|", "", "(a+)+$", "a" * 1000)]
    assert set(fuzzy_scores(columns, text)) >= set(lamindb_ranks(columns, text))


# The Cell Ontology -------------------------------------------------------------------------------------------------

SAMPLE = 60


class Ontology(NamedTuple):
    """The cell types of the real instance: their names, synonyms, and all columns that are searched."""

    names: list[str]
    synonyms: list[list[str]]
    columns: list[TextColumn]

    def reciprocal_rank(self, text: str, target: int) -> float:
        best = fuzzy_order(self.columns, text)[:20]
        return 1 / (1 + best.index(target)) if target in best else 0

    def is_told_apart(self, text: str, target: int) -> bool:
        """Whether no other cell type has all the words of a text in a name."""
        words = text.casefold().split()
        return not any(
            all(word in name.casefold() for word in words)
            for row, (name, synonyms) in enumerate(zip(self.names, self.synonyms, strict=True))
            if row != target
            for name in (name, *synonyms)
        )


@pytest.fixture(scope="module")
def ontology(real_folder: Path) -> Ontology:
    database = real_folder / ".lamindb" / "lamin.db"
    with closing(sqlite3.connect(f"file:{database}?mode=ro&immutable=1", uri=True)) as connection:
        rows = connection.execute(
            "SELECT name, synonyms, ontology_id, uid, abbr, description FROM bionty_celltype ORDER BY id"
        ).fetchall()
    namings = [Naming.NAME, Naming.SYNONYM, *[Naming.NONE] * 4]
    columns = [column(*(row[number] or "" for row in rows), naming=naming) for number, naming in enumerate(namings)]
    return Ontology([row[0] for row in rows], [row[1].split("|") if row[1] else [] for row in rows], columns)


def with_typos(name: str, chance: random.Random, typos: int) -> str:
    """A letter is left out, put in, replaced, or changes places with the next."""
    for _ in range(typos):
        at, letter = chance.randrange(len(name) - 1), chance.choice("abcdefghijklmnopqrstuvwxyz")
        before, here, after = name[:at], name[at], name[at + 1 :]
        changed = (before + after, before + letter + here + after, before + letter + after)
        name = chance.choice((*changed, before + after[:1] + here + after[1:]))
    return name


def swapped(name: str, chance: random.Random) -> str:
    words = name.split()
    at = chance.randrange(len(words) - 1)
    words[at : at + 2] = reversed(words[at : at + 2])
    return " ".join(words)


def dropped(name: str, chance: random.Random) -> str:
    words = name.split()
    del words[chance.randrange(len(words))]
    return " ".join(words)


Change = Callable[[str, random.Random], str]


def mean_reciprocal_rank(ontology: Ontology, change: Change, *, words: int = 1, told_apart: bool = False) -> float:
    chance = random.Random(11)
    rows = [row for row, name in enumerate(ontology.names) if len(name.split()) >= words and len(name) > 4]
    chance.shuffle(rows)
    queries = ((change(ontology.names[row], chance), row) for row in rows)
    wanted = (query for query in queries if not told_apart or ontology.is_told_apart(*query))
    ranks = [ontology.reciprocal_rank(*query) for query, _ in zip(wanted, range(SAMPLE), strict=False)]
    return sum(ranks) / len(ranks)


@pytest.mark.parametrize(
    ("change", "least"),
    [
        pytest.param(lambda name, _: name, 1.0, id="as they are"),
        pytest.param(lambda name, _: name.swapcase(), 1.0, id="other case"),
        pytest.param(lambda name, chance: with_typos(name, chance, 1), 0.97, id="one typo"),
        pytest.param(lambda name, chance: with_typos(name, chance, 2), 0.97, id="two typos"),
        pytest.param(lambda name, _: name[: len(name) * 4 // 5], 0.95, id="four fifths of it"),
    ],
)
def test_cell_types_are_found_by_their_names(ontology: Ontology, change: Change, least: float) -> None:
    assert mean_reciprocal_rank(ontology, change) >= least


def test_cell_types_are_found_with_words_swapped(ontology: Ontology) -> None:
    assert mean_reciprocal_rank(ontology, swapped, words=2) >= 0.95


def test_cell_types_are_found_with_a_word_dropped_if_what_is_left_tells_them_apart(ontology: Ontology) -> None:
    assert mean_reciprocal_rank(ontology, dropped, words=3, told_apart=True) >= 0.95


def test_cell_types_are_found_by_their_synonyms(ontology: Ontology) -> None:
    chance = random.Random(5)
    queries = [(synonym, row) for row, synonyms in enumerate(ontology.synonyms) for synonym in synonyms]
    ranks = [ontology.reciprocal_rank(*query) for query in chance.sample(queries, SAMPLE)]
    assert ranks == [1] * SAMPLE
