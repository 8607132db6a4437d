"""LNQL: LaminDB registries over GraphQL.

    import lnql as ln

    ln.connect("http://127.0.0.1:8000")
    ln.Artifact.filter(suffix=".csv").to_list("key")

Registries are attributes (`ln.Artifact`, `ln.Record`, …), known from the instance that is connected to.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from . import errors, setup
    from .connection import DB, Connection, QueryDB, connect
    from .declared import *  # noqa: F403  the registries, for editors and type checkers
    from .expressions import Avg, Count, F, Max, Min, StdDev, Sum, Variance
    from .importing import import_table
    from .q import Q
    from .tracking import context, finish, track
    from .viewing import view
    from .writable import save

_LAZY = {
    "Connection": "connection",
    "DB": "connection",
    "Q": "q",
    "QueryDB": "connection",
    **dict.fromkeys(("Avg", "Count", "F", "Max", "Min", "StdDev", "Sum", "Variance"), "expressions"),
    "connect": "connection",
    "context": "tracking",
    "finish": "tracking",
    "import_table": "importing",
    "save": "writable",
    "track": "tracking",
    "view": "viewing",
}
"""Where names come from that are imported on first use: `import lnql` is light."""

__all__ = [  # noqa: RUF022  as people look them up
    "__version__",
    "Avg",
    "connect",
    "Connection",
    "context",
    "Count",
    "DB",
    "errors",
    "F",
    "finish",
    "import_table",
    "Max",
    "Min",
    "Q",
    "QueryDB",
    "save",
    "setup",
    "StdDev",
    "Sum",
    "track",
    "Variance",
    "view",
]


class _Package(ModuleType):
    """The package; as in LaminDB its `models` are the registries, also where the server's package is installed."""

    @property
    def models(self) -> Any:
        from .connection import Models

        return Models()

    @models.setter
    def models(self, package: ModuleType) -> None:
        """Leave `lnql.models` to be imported as always: Python keeps packages elsewhere too."""


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(f".{_LAZY[name]}", __name__), name)
    if name in ("errors", "setup"):
        return import_module(f".{name}", __name__)
    if not name[:1].isupper():  # registries are classes; Python asks for much else on its way
        raise AttributeError(f"module 'lnql' has no attribute '{name}'")
    from .connection import current, registry_of

    return registry_of(current(), name)


def __dir__() -> list[str]:
    from . import connection

    registries = connection._current.catalog.of_module("lamindb") if connection._current else []
    return sorted({*(name for name in globals() if name.startswith("__")), *__all__, "bionty", *registries})
