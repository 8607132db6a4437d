"""What GraphQL calls a field, and what Python calls it; every translation is made here."""

import re

RENAMED = {("Feature", "dtype"): "_dtype_str"}
"""Fields that LaminDB calls otherwise, by their registry and their GraphQL name."""


def python_name(name: str, registry: str = "") -> str:
    """Turn a GraphQL name into LaminDB's: `createdById` is `created_by_id`, `databaseId` is `id`.

    >>> python_name("createdById"), python_name("_realKey"), python_name("databaseId")
    ('created_by_id', '_real_key', 'id')
    """
    if renamed := RENAMED.get((registry, name)):
        return renamed
    return "id" if name == "databaseId" else re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
