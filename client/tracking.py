"""Tracking: the run that records made from now on point to."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .connection import ALL, MAIN

SETTLED: Mapping[str, frozenset[str]] = {"Branch": frozenset({"space_id"})}
"""What is not filled in, by the name of the registry."""
_RUNS: dict[int, Any] = {}
"""The current run of each connection."""


def provenance(record: Any) -> dict[str, Any]:
    """What new records are told without being asked: the run that is tracked, and where one works, if not on main."""
    info, connection = record.__registry_info__, record.__connection__
    run = None if info.name == "Run" else _RUNS.get(id(connection))
    branch = connection.branch_id if connection.branch_id != MAIN else None
    space = connection.space_id if connection.space_id != ALL else None
    told = {"run": run, "branch_id": branch, "space_id": space}
    names = {*info.relations, *info.fields} - SETTLED.get(info.name, frozenset())
    return {name: value for name, value in told.items() if name in names and value is not None}


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
