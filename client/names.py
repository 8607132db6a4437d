"""What GraphQL calls a field, and what Python calls it; every translation is made here."""

import re

PRIMARY_KEY = "databaseId"


def python_name(name: str) -> str:
    """Turn a GraphQL name into LaminDB's: `createdById` is `created_by_id`, `databaseId` is `id`.

    >>> python_name("createdById"), python_name("_realKey"), python_name("databaseId")
    ('created_by_id', '_real_key', 'id')
    """
    return "id" if name == PRIMARY_KEY else re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
