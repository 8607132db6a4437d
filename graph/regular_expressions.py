r"""Regular expressions in RE2's syntax on both databases: no pattern can run for long, and each means the same.

SQLite runs RE2 itself (`models.sqlite`). For PostgreSQL a pattern is rewritten in its syntax, as far as both agree on
what it means: there `.` matches a line break, hence here too; `\d`, `\w` and `\s` are ASCII, as RE2 has them.
"""

import re
from collections.abc import Iterator

from lnql.errors import InvalidError, TooComplexError
from lnql.models.sqlite import compile_regex

CLASSES = {"d": "0-9", "w": "0-9A-Za-z_", "s": r"\t\n\f\r "}
SAME_ESCAPES = "tnrfv"
MOST_REPETITIONS = 255

PIECE = re.compile(
    r"""
    (?P<escape>\\.)
    | (?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])
    | (?P<group>\((?:\?(?::|P<\w+>))?)
    | (?P<count>\{\d+(?:,\d*)?\})
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def check_regex(pattern: str, most: int, place: str) -> None:
    """Refuse what is no regular expression of RE2, or is longer than `most` characters.

    Raises:
        InvalidError: with what RE2 says.
        TooComplexError: with the number of characters.
    """
    if len(pattern) > most:
        raise TooComplexError(f"{place} has {len(pattern)} characters; a regular expression may have {most}.")
    error = compile_regex(pattern, False)
    if isinstance(error, str):
        raise InvalidError(f"{place}: {pattern!r} is no regular expression of RE2: {error}.")


def to_postgresql(pattern: str) -> str:
    """Rewrite a pattern of RE2 in the syntax of PostgreSQL.

    Raises:
        InvalidError: for what PostgreSQL does not have or takes for something else.
    """
    return "".join(_rewritten(match, pattern) for match in PIECE.finditer(pattern))


def _rewritten(match: re.Match[str], pattern: str) -> str:
    piece = match[0]
    match match.lastgroup:
        case "escape":
            return _escape(piece, pattern)
        case "set":
            return "".join(_members(piece, pattern))
        case "group":
            return "(?:" if piece == "(?:" else "("
        case "count":
            if max(map(int, re.findall(r"\d+", piece))) > MOST_REPETITIONS:
                raise _refused(piece, pattern)
            return piece
        case _:
            return r"\{" if piece == "{" else _plain(match, pattern)


def _plain(match: re.Match[str], pattern: str) -> str:
    if match[0] == "?" and pattern[: match.start()].endswith("("):
        raise _refused("(?", pattern)
    return match[0]


def _escape(piece: str, pattern: str) -> str:
    letter = piece[1]
    if letter.lower() in CLASSES:
        return f"[{'^' if letter.isupper() else ''}{CLASSES[letter.lower()]}]"
    if letter == "A":
        return piece
    if letter == "z":
        return r"\Z"
    if letter in SAME_ESCAPES or not letter.isalnum():
        return piece
    raise _refused(piece, pattern)


def _members(piece: str, pattern: str) -> Iterator[str]:
    """Rewrite the members of a set."""
    if "[:" in piece or "[." in piece or "[=" in piece:
        raise _refused(piece, pattern)
    for member in re.findall(r"\\.|[^\\]", piece, re.DOTALL):
        if member[0] == "\\" and member[1] in CLASSES:
            yield CLASSES[member[1]]
        elif member[0] == "\\" and member[1].isalnum() and member[1] not in SAME_ESCAPES:
            raise _refused(member, pattern)
        else:
            yield member


def _refused(part: str, pattern: str) -> InvalidError:
    return InvalidError(
        f"The regular expression {pattern!r} has {part!r}, which PostgreSQL does not have or reads otherwise.",
        hint="Write it with sets, groups, repetitions and the classes \\d, \\w and \\s.",
    )
