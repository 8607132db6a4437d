"""Uids as LaminDB makes them: base62 strings, random or derived from what a row says."""

import secrets
import string
from hashlib import md5

ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
"""Base62 digits in ascending order, which is also their order as characters: the largest uid is the latest version."""

VERSION_LENGTH = 4
FIRST_VERSION = "0" * VERSION_LENGTH
ENTITY_LENGTH = 14
SOURCE_LENGTH = 8
INSTANCE_LENGTH = 12


def random_uid(length: int) -> str:
    """A random uid of `length` characters, from the operating system's randomness."""
    return _digits(secrets.randbelow(62**length)).rjust(length, ALPHABET[0])


def versioned_uid(stem_length: int) -> str:
    """A random stem of `stem_length` characters and the suffix of a first version."""
    return random_uid(stem_length) + FIRST_VERSION


def next_version_uid(latest_uid: str) -> str:
    """The uid that follows `latest_uid`, the largest of its family in every branch and in the trash.

    Raises ValueError when the family has used all 62**4 versions.
    """
    stem, version = latest_uid[:-VERSION_LENGTH], latest_uid[-VERSION_LENGTH:]
    number = sum(ALPHABET.index(digit) * 62**place for place, digit in enumerate(reversed(version))) + 1
    if number >= 62**VERSION_LENGTH:
        raise ValueError(f"{latest_uid!r} is the last version its uid has room for; start a new family instead.")
    return stem + _digits(number).rjust(VERSION_LENGTH, ALPHABET[0])


def base62(digest: bytes) -> str:
    """`digest` as a big-endian number in base62; k leading zero bytes become "0" and the character for k."""
    zeros = len(digest) - len(digest.lstrip(b"\0"))
    prefix = ALPHABET[0] + ALPHABET[zeros] if zeros else ""
    return prefix + _digits(int.from_bytes(digest))


def entity_uid(*parts: str) -> str:
    """The uid of a biological entity, equal in every instance.

    `parts` is the ontology id; without one, the name and the organism's name. Of a gene it is the Ensembl id, else the
    stable id, else the symbol and the organism's name.
    """
    return _digest_uid(parts, ENTITY_LENGTH)


def source_uid(entity: str, name: str, organism: str, version: str) -> str:
    """The uid of a public source, such as `("bionty.CellType", "cl", "all", "2025-04-10")`."""
    return _digest_uid((entity, name, organism, version), SOURCE_LENGTH)


def instance_uid(instance_id: str) -> str:
    """The uid of an instance, from the 32 hexadecimal digits of its id."""
    return _digest_uid((instance_id,), INSTANCE_LENGTH)


def _digest_uid(parts: tuple[str, ...], length: int) -> str:
    return base62(md5("".join(parts).encode(), usedforsecurity=False).digest())[:length]


def _digits(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 62)
        digits = ALPHABET[rest] + digits
    return digits
