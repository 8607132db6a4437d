"""`ln.view()`: the newest records of each registry, or a frame with what its columns hold."""

import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .connection import Connection, current

if TYPE_CHECKING:
    import pandas as pd

CORE = "lamindb"
"""What the server calls the module that LaminDB calls core."""


def view(
    *,
    limit: int = 7,
    modules: str | None = None,
    registries: list[str] | None = None,
    df: "pd.DataFrame | None" = None,
) -> None:
    """Show the newest records of each registry that has any; in a notebook as tables, else as text.

    Args:
        limit: how many records of each registry.
        modules: the module whose registries are shown, "core" or "bionty"; by default all modules.
        registries: the names of the registries that are shown; by default all.
        df: a frame to show instead, each column with the dtype of its feature.

    Raises:
        ValueError: if the instance does not have the module.
    """
    if df is not None:
        _show(_with_dtypes(df))
        return
    connection = current()
    chosen = [modules] if modules else ["core", *_others(connection)]
    for module in chosen:
        if len(chosen) > 1:
            print(_banner(module))
        for name in _shown_registries(connection, module):
            if registries is None or name in registries:
                _show_newest(connection, name, limit)


def _others(connection: Connection) -> list[str]:
    """The modules of an instance besides the core."""
    return sorted({info.module for info in connection.catalog.values()} - {CORE})


def _shown_registries(connection: Connection, module: str) -> list[str]:
    """The registries that people keep records in: they have a uid and can be locked."""
    from .errors import InvalidValueError

    known = {"core": CORE} | {name: name for name in _others(connection)}
    if module not in known:
        raise InvalidValueError(f"There is no module '{module}'; there are: {', '.join(known)}.")
    names = connection.catalog.of_module(known[module])
    return [name for name in names if {"uid", "is_locked"} <= connection.catalog[name].fields.keys()]


def _show_newest(connection: Connection, name: str, limit: int) -> None:
    frame = connection.registry(name).to_dataframe(limit=limit)
    if len(frame):
        print(f"\033[1;94m{name}\033[0m")
        _show(frame)


def _banner(module: str) -> str:
    line = f"* module: {module} *"
    return "\n".join(["*" * len(line), line, "*" * len(line)])


def _with_dtypes(df: "pd.DataFrame") -> "pd.DataFrame":
    """The frame with a second line of column heads: the dtype of the feature of that name, or of the column."""
    import pandas as pd

    features: Any = current().registry("Feature").filter(name__in=[str(name) for name in df.columns])
    dtypes: dict[str, Any] = dict(features.values_list("name", "dtype"))
    heads = [(name, dtypes.get(str(name), str(df[name].dtype))) for name in df.columns]
    return df.set_axis(pd.MultiIndex.from_tuples(heads), axis=1)


def _show(frame: "pd.DataFrame") -> None:
    """Display in a notebook, where IPython makes `display` a built-in; print elsewhere."""
    show: Callable[[Any], Any] = getattr(builtins, "display", print)
    show(frame)
