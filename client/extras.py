"""Packages that only some tasks need."""

from importlib import import_module
from typing import Any

from .errors import MissingExtraError


def require(module: str, *, extra: str, task: str) -> Any:
    """Import `module`, a dotted name.

    Raises MissingExtraError, which names the task and the extra to install, when its package is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError:
        raise MissingExtraError(module.partition(".")[0], extra, task) from None
