"""What is spelled otherwise and means the same: Greek letters, accents, signs, British English, plurals, short forms.

Names are spelled so, and so are the texts they are compared with: no dictionary is needed, for where a rule is wrong
about a word it is wrong about it on both sides.
"""

import re
import unicodedata

GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon"
    " phi chi psi omega"
)
"""The small letters in the order of Unicode, in which sigma has two forms."""
SPELLED = {place: f" {name} " for place, name in enumerate(GREEK.split(), ord("\N{GREEK SMALL LETTER ALPHA}"))}
ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
"""Numbers that are no letters too, as the I of a type is not either."""
KEPT = frozenset("|\0'+")
"""Signs that are no blanks: what separates names and texts, and what the rules are about."""
BLANKS = tuple(sign for sign in map(chr, range(1, 128)) if not sign.isalnum() and sign not in KEPT | {" "})

NON_ASCII = re.compile(r"[^\x00-\x7f]+")
RULES = tuple(
    (re.compile(pattern), by)
    for pattern, by in (  # first what is rare: it is found at once
        (r"'s\b|'", ""),  # Crohn's disease
        (r"\+(?<=[a-z0-9]\+)", " positive "),  # CD8+
        (r"\+", " "),
        (r"-(?<=[a-z0-9]-)(?=[ ,/|\0])", " negative "),  # CD4-, CD8-
        (r"ae(?=[a-z])", "e"),  # haematopoietic
        (r"oe(?=[a-z])", "e"),  # oesophagus
        (r"our(?<=[a-z]{2}our)(?=s?\b)", "or"),  # tumour
        (r"ies(?<=[a-z]{2}ies)\b", "y"),
        (r"type i(?= )", "type 1"),
        *((rf"{roman}(?<=\b{roman})\b", arabic) for roman, arabic in ROMAN.items()),
    )
)
PLURAL = re.compile(r"s(?<=[a-z]{2}[a-hj-rtv-z]s)\b")
"""The last letter of words that may be plurals: cells and not virus, plexus, arthritis, glass."""

ENDING = re.compile(r"(?<=[a-z]{4})(?:[ei]?al|(?:at)?ic|ar|ine|o?us|um|as?)$")
"""By which an organ and its adjective differ: esophagus and esophageal, prostate and prostatic, thymus and thymic."""
LEFT_OUT = tuple(
    re.compile(pattern)
    for pattern in (
        r" alpha beta(?= (?:[a-z0-9]+ )*?t cell )",  # T cells have this receptor unless another is named
        r" positive(?<=[0-9] positive)(?= )",  # a marker that is only named is there: CD8 T cell
    )
)
"""What biologists leave out of names, since it goes without saying."""


def spelled(text: str) -> str:
    """Spell a text, or several with NUL between them, in one way: in lower case, with one blank between words.

    Only plurals stay; see `singular`.
    """
    text = text.casefold()
    if not text.isascii():
        text = NON_ASCII.sub(lambda match: _in_ascii(match[0]), text)
    for pattern, by in RULES:
        text = pattern.sub(by, text)
    for sign in BLANKS:
        text = text.replace(sign, " ")
    text = " ".join(text.split())
    for separator in "\0|":
        text = text.replace(f" {separator}", separator).replace(f"{separator} ", separator)
    return text


def _in_ascii(text: str) -> str:
    """Greek letters by their names, Latin ones without accents; other letters stay, and signs are blanks."""
    parts = unicodedata.normalize("NFKD", text.translate(SPELLED)).casefold()
    kept = (part for part in parts if not unicodedata.combining(part))
    return "".join(
        part if part.isalnum() else "'" if part == "\N{RIGHT SINGLE QUOTATION MARK}" else " " for part in kept
    )


def singular(text: str) -> str:
    """Give a spelled text without the ending of plurals."""
    return PLURAL.sub("", text)


def stem(word: str) -> str:
    """Give what an organ and its adjective have in common, so that "esophageal cell" finds "cell of esophagus"."""
    return ENDING.sub("", word)


def shortened(text: str) -> list[str]:
    """Give a spelled text with blanks around it, or several in one, shorter and shorter: without what is left out."""
    return [text := pattern.sub("", text) for pattern in LEFT_OUT]
