"""Tracking: the run that records made from now on point to."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .connection import Connection

_RUNS: dict[int, Any] = {}
"""The current run of each connection."""


def run_of(connection: "Connection") -> Any | None:
    """The run that is tracked, if there is one."""
    return _RUNS.get(id(connection))


def track(transform: Any = None, *, params: dict[str, Any] | None = None) -> Any:
    """Start a run of a transform, and point records to it that are made from now on.

    Args:
        transform: a transform, or the key of one; by default the name of the script that runs.
        params: the parameters of the run.

    Returns:
        The run.

    >>> run = ln.track("analysis.py", params={"seed": 1})  # doctest: +SKIP
    """
    from .connection import current

    connection = current()
    if not hasattr(type(transform), "__registry_info__"):
        key = transform or Path(sys.argv[0] or "notebook").name
        transform = connection.registry("Transform")(key=key, kind="script").save()
    run = connection.registry("Run")(transform=transform, params=params, status="started", started_at=_now()).save()
    _RUNS[id(connection)] = run
    return run


def finish() -> None:
    """End the run that is tracked.

    Raises:
        InvalidValueError: if none is.
    """
    from .connection import current
    from .errors import InvalidValueError

    run = _RUNS.pop(id(current()), None)
    if run is None:
        raise InvalidValueError("No run is tracked.", hint="ln.track() starts one.")
    run.finished_at, run.status = _now(), "completed"
    run.save()


def _now() -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC)
