"""The right spelling for a mistyped name."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Give a sentence with up to three names like `word`, closest first, or an empty string if none is near.

    Case is ignored. It is made to follow a full sentence, so it reads `Did you mean "createdBy"?`.
    """
    spelled = {name.lower(): name for name in candidates}
    close = [f'"{spelled[name]}"' for name in get_close_matches(word.lower(), spelled, n=3, cutoff=0.6)]
    if not close:
        return ""
    *others, last = close
    return f"Did you mean {', '.join(others)} or {last}?" if others else f"Did you mean {last}?"
