"""Media types and encodings: what a client accepts and what it sends (RFC 9110, sections 8.3, 12.5.1 and 12.5.3)."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
HTML = "text/html"
EVENTS = "text/event-stream"
ARROW = "application/vnd.apache.arrow.stream"


def split(header: str) -> tuple[str, dict[str, str]]:
    """A media type and its parameters, names in lower case: `a/b; q=0.5` is `("a/b", {"q": "0.5"})`."""
    name, *parameters = header.split(";")
    pairs = (parameter.partition("=") for parameter in parameters)
    return name.strip().lower(), {key.strip().lower(): value.strip().strip('"') for key, _, value in pairs}


@lru_cache(maxsize=128)
def negotiate(accept: str, offers: Sequence[str]) -> str | None:
    """The offer that an Accept header likes best, or None where it accepts none of them.

    Of offers that it likes equally, the first; but one that it names goes before one that a wildcard covers, and where
    only a wildcard covers them all, the last one, the plainest.
    """
    ranked = [(*_preference(accept, offer), offer) for offer in offers]
    quality, exactness, _ = max(ranked, key=lambda entry: entry[:2])
    if not quality:
        return None
    best = [offer for *preference, offer in ranked if preference == [quality, exactness]]
    return best[0] if exactness == 2 else best[-1]


@lru_cache(maxsize=128)
def negotiate_encoding(accept: str, offers: Sequence[str]) -> str | None:
    """The offer that an Accept-Encoding header likes best, of several the first; None where it wants none of them."""
    qualities = {name: _quality(parameters.get("q", "1")) for name, parameters in map(split, accept.split(","))}
    liked = {offer: qualities.get(offer, qualities.get("*", 0.0)) for offer in offers}
    best = max(offers, key=liked.__getitem__)
    return best if liked[best] else None


def _preference(accept: str, offer: str) -> tuple[float, int]:
    """The quality of an offer, 0 to 1, and how exactly the header names it: 2 in full, 1 `type/*`, 0 `*/*`."""
    ranges = {"*/*": 0, f"{offer.partition('/')[0]}/*": 1, offer: 2}
    found = [(ranges[name], quality) for name, quality in _ranges(accept) if name in ranges]
    exactness, quality = max(found, default=(0, 0.0))
    return quality, exactness


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for item in accept.split(","):
        name, parameters = split(item)
        yield name, _quality(parameters.get("q", "1"))


def _quality(text: str) -> float:
    try:
        return min(max(0.0, float(text)), 1.0)  # in this order NaN is 0
    except ValueError:
        return 0.0
