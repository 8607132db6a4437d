"""The GraphQL names of what Python calls something else; every generated name is made here."""


def camel(name: str) -> str:
    """Turn `created_by_id` into `createdById`; a leading underscore marks what is private and stays.

    >>> camel("created_by_id"), camel("_real_key")
    ('createdById', '_realKey')
    """
    stem = name.lstrip("_")
    first, *rest = stem.split("_")
    return "_" * (len(name) - len(stem)) + first + "".join(part[:1].upper() + part[1:] for part in rest)


def pascal(name: str) -> str:
    """Turn `cell_types` into `CellTypes`.

    >>> pascal("cell_types")
    'CellTypes'
    """
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))
