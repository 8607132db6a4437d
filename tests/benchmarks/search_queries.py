"""What people type who mean a cell type: its name or a synonym, as it is, mistyped, in disorder, or not yet finished.

And the best that any ranking could do: a text that remains when a word is left out may remain of several names.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

LETTERS = "abcdefghijklmnopqrstuvwxyz"
PLACES = 20
"""How many hits count."""

Change = Callable[[str, random.Random], str]


@dataclass(frozen=True)
class Term:
    """A record, with its name and its synonyms."""

    uid: str
    name: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """A text, and the record that is meant."""

    text: str
    uid: str


def with_typos(count: int) -> Change:
    """A letter is left out, put in, replaced, or changes places with the next; so many times."""

    def change(name: str, chance: random.Random) -> str:
        for _ in range(count):
            at, letter = chance.randrange(max(1, len(name) - 1)), chance.choice(LETTERS)
            before, here, after = name[:at], name[at], name[at + 1 :]
            changed = (before + after, before + letter + here + after, before + letter + after)
            name = chance.choice((*changed, before + after[:1] + here + after[1:]))
        return name

    return change


def swapped(name: str, chance: random.Random) -> str:
    """Two neighbouring words change places; a name of one word is no query."""
    words = name.split()
    if len(words) < 2:
        return ""
    at = chance.randrange(len(words) - 1)
    words[at : at + 2] = reversed(words[at : at + 2])
    return " ".join(words)


def dropped(name: str, chance: random.Random) -> str:
    """A word is left out; a name of one word is no query."""
    words = name.split()
    if words:
        del words[chance.randrange(len(words))]
    return " ".join(words)


def prefix(share: float) -> Change:
    """So much of the name has been typed."""
    return lambda name, _: name[: max(1, int(len(name) * share))]


CHANGES: dict[str, Change] = {
    "the name": lambda name, _: name,
    "one typo": with_typos(1),
    "two typos": with_typos(2),
    "two words swapped": swapped,
    "a word left out": dropped,
    "80 % of the name": prefix(0.8),
    "60 % of the name": prefix(0.6),
}


def queries(terms: Sequence[Term], kind: str, sample: int | None) -> list[Query]:
    """Make the queries of a kind, always the same; at most `sample` of them."""
    chance = random.Random(kind)
    shuffled = chance.sample(terms, len(terms))
    if kind == "each synonym":
        made = (Query(synonym, term.uid) for term in shuffled for synonym in term.synonyms)
    else:
        made = (Query(CHANGES[kind](term.name, chance), term.uid) for term in shuffled)
    return list(islice((query for query in made if query.text), sample))


KINDS = ("each synonym", *CHANGES)


class Owners:
    """Whose name or synonym a text is, in any case."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._owners: dict[str, set[str]] = defaultdict(set)
        for term in terms:
            for name in (term.name, *term.synonyms):
                self._owners[_key(name)].add(term.uid)

    def of(self, text: str) -> set[str]:
        """The records that have exactly this text as their name or a synonym."""
        return self._owners.get(_key(text), set())

    def mislead(self, query: Query) -> bool:
        """Tell whether a text is the name or a synonym of another record than the one that is meant."""
        return bool(self.of(query.text) - {query.uid})


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def fitting(terms: Sequence[Term], owners: Owners, kind: str, asked: Sequence[Query]) -> Iterator[set[str]]:
    """The records that each text fits as well as the one that is meant: it is their name, or can remain of it."""
    becoming: dict[str, set[str]] = defaultdict(set)
    for text, uid, _ in _becoming(terms, kind):
        becoming[_key(text)].add(uid)
    for query in asked:
        yield {query.uid} | owners.of(query.text) | becoming[_key(query.text)]


def best_possible(terms: Sequence[Term], owners: Owners, kind: str, asked: Sequence[Query]) -> float | None:
    """The mean reciprocal rank of a ranking that knows how the queries of a kind are made, but not what was meant.

    It puts records first that have the text as their name, as every search does, and then those of which the text is
    most likely to remain. Only for the kinds of which several names can become the same text.
    """
    becoming = list(_becoming(terms, kind))
    if not becoming:
        return None
    chances: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for text, uid, chance in becoming:
        chances[_key(text)][uid] += chance
    ranks = (_expected(query, chances[_key(query.text)], owners.of(query.text)) for query in asked)
    return sum(ranks) / len(asked)


def _becoming(terms: Sequence[Term], kind: str) -> Iterator[tuple[str, str, float]]:
    """Every text that a name can become, with its chance."""
    shares = {"80 % of the name": 0.8, "60 % of the name": 0.6}
    for term in terms:
        words = term.name.split()
        if kind in shares:
            yield prefix(shares[kind])(term.name, random.Random()), term.uid, 1
        elif kind == "a word left out" and len(words) > 1:
            for place in range(len(words)):
                yield " ".join(words[:place] + words[place + 1 :]), term.uid, 1 / len(words)


def _expected(query: Query, chances: Mapping[str, float], exact: Collection[str]) -> float:
    """One over the place, on average over the records that are as likely as the one that is meant."""
    if query.uid in exact:
        before, alike = 0, len(exact)
    else:
        own = chances[query.uid]
        rest = [chance for uid, chance in chances.items() if uid not in exact]
        before = len(exact) + sum(chance > own + 1e-9 for chance in rest)
        alike = sum(abs(chance - own) <= 1e-9 for chance in rest)
    return sum(1 / (before + place) for place in range(1, alike + 1)) / alike
