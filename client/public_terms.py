"""What public ontologies know of values that a registry does not have."""

from collections.abc import Sequence
from typing import Any

from .errors import MissingExtraError
from .messages import tell
from .ontologies import Found, Match, find_terms

PUBLIC_FIELDS = frozenset({"ontology_id", "name"})
"""By which fields of a registry a term is found."""


def public_terms(
    registry: str, field: str, values: Sequence[str], match: Match = Match.ANY_CASE, *, mute: bool
) -> dict[str, Found]:
    """Find the terms that values are, and tell of them; without the package, tell how to get it and find none."""
    if field not in PUBLIC_FIELDS or not values:
        return {}
    try:
        found = find_terms(registry, field, values, match)
    except MissingExtraError as missing:
        if not mute:
            tell(str(missing))
        return {}
    if found and not mute:
        names = list(found)
        tell(f"{len(found)} of the others are in public ontologies: {names[:10]}; add them with .from_values()")
    return found


def public_names(
    registry: str, values: Sequence[str], returned: str, *, case_sensitive: bool, mute: bool
) -> dict[str, Any]:
    """What values stand for that are synonyms or in other case in public ontologies: a field of their terms."""
    match = Match.SYNONYMS if case_sensitive else Match.ANY_CASE
    terms = public_terms(registry, "name", values, match, mute=mute)
    known = {value: getattr(ontology.term(key), returned, None) for value, (ontology, key) in terms.items()}
    return {value: standard for value, standard in known.items() if standard not in (None, value)}
