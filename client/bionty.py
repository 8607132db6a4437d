"""The biological registries: `import lnql.bionty as bt`, then `bt.CellType.filter(…)`."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .declared import *  # noqa: F403  the registries, for editors and type checkers


class Settings:
    """Defaults of the biological registries.

    >>> bt.settings.organism = "human"  # doctest: +SKIP
    """

    organism: Any = None
    """Whose genes, proteins and markers are meant where nothing else is said: the name of an organism or its record."""


settings = Settings()


def __getattr__(name: str) -> Any:
    if not name[:1].isupper():
        raise AttributeError(f"module 'lnql.bionty' has no attribute '{name}'")
    from .connection import current, registry_of

    return registry_of(current(), name)


def __dir__() -> list[str]:
    from .connection import current

    return current().catalog.of_module("bionty")
