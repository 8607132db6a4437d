"""Opaque global ids: which registry a row is of, and its key."""

import re

from lnql.errors import InvalidError

from .registry import Catalog, RegistryInfo
from .scalars import BITS_64


def parse_global_id(text: str, catalog: Catalog) -> tuple[RegistryInfo, int]:
    """Read a global id, `Artifact:12`.

    Raises:
        InvalidError: for a text that is none, or that names no registry of this instance.
    """
    match = re.fullmatch(r"(\w+):(0|-?[1-9]\d{0,18})", text, re.ASCII)
    if match and match[1] in catalog and int(match[2]) in BITS_64:
        return catalog[match[1]], int(match[2])
    raise InvalidError(f"{text[:60]!r} is no global id.", hint="Pass one that a field `id` gave.")
