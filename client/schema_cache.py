"""What servers said of their schema, kept on disk by its hash, so that connecting again costs one small request."""

import os
import re
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

FORM = 1
"""Changes when a client keeps something else."""


def read(schema_hash: str) -> Any | None:
    """What was kept under this hash; None if nothing was, or it cannot be read."""
    import orjson

    try:
        return orjson.loads(_place(schema_hash).read_bytes())
    except (OSError, ValueError):
        return None


def write(schema_hash: str, described: Any) -> None:
    """Keep it; where nothing can be written, nothing is kept."""
    import orjson

    place = _place(schema_hash)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(orjson.dumps(described))
        os.replace(file.name, place)
    except OSError:
        return


def _place(schema_hash: str) -> Path:
    from platformdirs import user_cache_path

    name = re.sub(r"\W", "", schema_hash)  # a server says it: it must not lead anywhere else
    return user_cache_path("lnql") / f"schema-{FORM}-{name}.json"
