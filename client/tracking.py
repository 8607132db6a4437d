"""Tracking: the run that records made from now on point to."""

import logging
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from .connection import ALL, MAIN, Connection, current
from .errors import InvalidArgument, InvalidValueError, NotSupportedError, TrackNotCalled

if TYPE_CHECKING:
    from .source_code import Source

SETTLED: Mapping[str, frozenset[str]] = {"Branch": frozenset({"space_id"})}
"""What is not filled in, by the name of the registry."""
IN_PROJECTS = frozenset({"Artifact", "Transform", "Run", "ULabel", "Feature", "Schema", "Collection", "Reference"})
"""Registries whose records are put into the project of a run."""

log = logging.getLogger("lnql")


@dataclass(frozen=True)
class Tracked:
    """What holds until a run is finished: the run, its code, its project, and the place to go back to then."""

    run: Any
    source: "Source | None"
    project: Any
    place: tuple[int, int]


def provenance(record: Any) -> dict[str, Any]:
    """What new records are told without being asked: the run that is tracked, and where one works, if not on main."""
    info, connection = record.__registry_info__, record.__connection__
    tracked: Tracked | None = connection.tracked
    told = {
        "run": tracked.run if tracked and info.name != "Run" else None,
        "branch_id": connection.branch_id if connection.branch_id != MAIN else None,
        "space_id": connection.space_id if connection.space_id != ALL else None,
        "projects": {"add": [tracked.project]} if tracked and tracked.project and info.name in IN_PROJECTS else None,
    }
    names = {*info.relations, *info.fields} - SETTLED.get(info.name, frozenset())
    return {name: value for name, value in told.items() if name in names and value is not None}


class Context:
    """What is tracked now: `run`, `transform`, `project`, `space` and `branch`; None where there is none.

    Set `uid`, `version` or `description` to say of the transform, before `ln.track()`, what its arguments do not.

    >>> ln.context.version = "2.0"  # doctest: +SKIP
    """

    __slots__ = ("description", "uid", "version")

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Say nothing more of the next transform."""
        self.uid: str | None = None
        self.version: str | None = None
        self.description: str | None = None

    @property
    def run(self) -> Any:
        """The run that is tracked."""
        return self._of("run")

    @property
    def transform(self) -> Any:
        """What is run."""
        return self.run and self.run.transform

    @property
    def project(self) -> Any:
        """The project that new records are put into."""
        return self._of("project")

    @property
    def space(self) -> Any:
        """The space in which new records are made."""
        return self.run and self.run.space

    @property
    def branch(self) -> Any:
        """The branch on which new records are made."""
        return self.run and self.run.branch

    def _of(self, name: str) -> Any:
        return getattr(current().tracked, name, None)


context = Context()


def track(
    transform: Any = None,
    *,
    project: Any = None,
    space: Any = None,
    branch: Any = None,
    plan: Any = None,
    features: Mapping[Any, Any] | None = None,
    params: Mapping[str, Any] | None = None,
    new_run: bool | None = None,
    pypackages: bool | None = None,
    key: str | None = None,
    path: str | os.PathLike[str] | None = None,
    source_code: str | None = None,
    kind: str | None = None,
    entrypoint: str | None = None,
    initiated_by_run: Any = None,
    stream_tracking: bool | None = None,
) -> Any:
    """Start a run of the script or notebook that calls it, and point records to it that are made from now on.

    Where the code has changed since its last run, a new version of its transform is made.

    Args:
        transform: a transform that is no script or notebook, or the uid (or its first 12 characters) of the script's
            own, by which it is known when it is renamed.
        project: a project, or its name or uid: new records are put into it.
        space: the space of new records, or its name or uid.
        branch: the branch of new records, or its name or uid.
        plan: the artifact that says what was planned, or its key or uid.
        features: values of features of the run.
        params: the parameters of the run; None and empty lists are left out, secrets are not stored.
        new_run: whether to start a new run, not to go on with the latest; by default only notebooks go on.
        pypackages: not supported if true.
        key: the key of the transform; by default the name of the file, or that of a transform that the path ends with.
        path: where the code is, if not in the file that calls.
        source_code: the code itself, of a function; it takes a key.
        kind: the kind of the transform; by default script, notebook, or function for `source_code`.
        entrypoint: the name of what is run within the code.
        initiated_by_run: the run that started this one, or its uid; by default what LAMIN_INITIATED_BY_RUN_UID says.
        stream_tracking: not supported if true: LNQL takes no files up, so there are no logs and no environment.

    Returns:
        The run; None where the instance may only be read.

    Raises:
        InvalidArgument: for what does not exist.
        ValueError: for a transform that is a script or a notebook, which is found by itself.
        NotSupportedError: for what takes files up, and in an interactive session without a path.

    >>> run = ln.track(params={"seed": 1})  # doctest: +SKIP
    """
    connection = current()
    if not connection.instance.writable:
        log.warning("track() is passed over: the instance may only be read.")
        return None
    _refuse_files(pypackages=pypackages, stream_tracking=stream_tracking)
    find = partial(_transform, connection, transform, sys._getframe(1), path, key, kind, source_code)
    told = {"plan": plan, "initiated_by_run": initiated_by_run, "entrypoint": entrypoint, "params": params}
    return _begin(connection, find, told, (project, branch, space), new_run, features)


Find = Callable[[], "tuple[Source | None, Any]"]
"""Gives the source of what is run, where it is known, and its transform."""


def _begin(
    connection: Connection,
    find: Find,
    told: Mapping[str, Any],
    where: tuple[Any, Any, Any],
    new_run: bool | None,
    features: Mapping[Any, Any] | None,
) -> Any:
    """Start a run in a project, on a branch and in a space instead of the one before; if that fails, there is none."""
    leave(connection)
    asked, branch, space = where
    project = _find(connection, "Project", asked or os.environ.get("LAMIN_CURRENT_PROJECT"), "name")
    place = [_find(connection, name, asked, "name") for name, asked in (("Branch", branch), ("Space", space))]
    fields = _fields(connection, **told)
    connection.tracked = tracked = Tracked(None, None, project, (connection.branch_id, connection.space_id))
    connection.branch_id, connection.space_id = _ids(connection, place)
    try:
        return _start(connection, tracked, find, fields, new_run, features)
    except BaseException:
        leave(connection)
        raise


def _fields(
    connection: Connection, plan: Any, initiated_by_run: Any, entrypoint: str | None, params: Mapping[str, Any] | None
) -> dict[str, Any]:
    """What is said of a run, as values of its fields."""
    from .parameters import stored_params

    started_by = initiated_by_run or os.environ.get("LAMIN_INITIATED_BY_RUN_UID")
    return {
        "plan": _find(connection, "Artifact", plan, "key"),
        "initiated_by_run": _find(connection, "Run", started_by, "uid"),
        "entrypoint": entrypoint,
        "params": stored_params(params) if params is not None else None,
    }


def _start(
    connection: Connection,
    tracked: Tracked,
    find: Find,
    fields: dict[str, Any],
    new_run: bool | None,
    features: Mapping[Any, Any] | None,
) -> Any:
    """Start the run of what `find` gives: its source, and its transform."""
    source, transform = find()
    run = _run(connection, transform, fields, new_run)
    if features:
        run.features.add_values(features)
    if tracked.project is not None:
        run.transform.projects.add(tracked.project)
    connection.tracked = replace(tracked, run=run, source=source)
    return run


def finish(ignore_non_consecutive: bool | None = None) -> None:
    """End the run that is tracked; of a notebook keep the code, as it is on the disk.

    Args:
        ignore_non_consecutive: whether the cells of a notebook may have been run in another order than they stand in;
            by default that is said in a warning.

    Raises:
        TrackNotCalled: if none is tracked.
        InvalidValueError: for such an order, if it is not to be ignored.
    """
    from .source_code import check_order, finished, store

    connection = current()
    tracked: Tracked | None = connection.tracked
    if tracked is None:
        raise TrackNotCalled("No run is tracked.", hint="ln.track() starts one.")
    run, source = tracked.run, tracked.source
    if source is not None and source.text is None and source.path is not None and source.path.exists():
        run._is_consecutive = check_order(source.path, ignore_non_consecutive)
        store(run, finished(source))
    leave(connection)
    context.forget()
    run.finished_at, run.status = _now(), "completed"
    run.save()


def leave(connection: Connection) -> None:
    """Track nothing any more, and go back to where one worked before."""
    if connection.tracked is not None:
        connection.branch_id, connection.space_id = connection.tracked.place
        connection.tracked = None


def _refuse_files(**wanted: bool | None) -> None:
    for name, value in wanted.items():
        if value:
            raise NotSupportedError(f"{name}=True is not supported: LNQL takes no files up.", hint="lamindb does.")


def _find(connection: Connection, name: str, asked: Any, field: str) -> Any:
    """A record: itself, or by its uid or a field.

    Raises:
        InvalidArgument: if there is none.
    """
    if not isinstance(asked, str):
        return asked
    registry: Any = connection.registry(name)
    fields = dict.fromkeys((field, "uid"))
    for by in fields:
        if (found := registry.filter(**{by: asked}).first()) is not None:
            return found
    raise InvalidArgument(f"{name} '{asked}' not found: there is none of this {' or '.join(fields)}.")


def _ids(connection: Connection, place: list[Any]) -> tuple[int, int]:
    branch, space = place
    return (branch.id if branch else connection.branch_id, space.id if space else connection.space_id)


def _transform(
    connection: Connection, transform: Any, frame: Any, path: Any, key: str | None, kind: str | None, code: str | None
) -> "tuple[Source | None, Any]":
    """The code, where it is known, and its transform."""
    from .source_code import Source, running, transform_of

    if transform is not None and not isinstance(transform, str):
        if transform.kind in ("notebook", "script"):
            raise InvalidValueError(
                f"{transform!r} is a {transform.kind}, which is found by itself.",
                hint="Call ln.track() without a transform.",
            )
        return None, transform.save()
    if code is not None and (key is None or path is not None):
        raise InvalidArgument("source_code takes a key and no path.")
    source = running(frame, path, key, kind) if code is None else Source(str(key), kind or "function", None, code)
    described = replace(source, description=context.description or source.description)
    return described, transform_of(connection, described, transform or context.uid, context.version)


def _run(connection: Connection, transform: Any, fields: Mapping[str, Any], new_run: bool | None) -> Any:
    """A new run, or the latest one, which goes on."""
    from .source_code import command_line

    goes_on = transform.kind == "notebook" if new_run is None else not new_run
    registry: Any = connection.registry("Run")
    run = registry.filter(transform=transform).order_by("-created_at").first() if goes_on else None
    said = {**fields, "cli_args": command_line(), "started_at": _now()}
    told = {name: value for name, value in said.items() if value is not None}
    if run is None:
        return registry(transform=transform, status="started", **told).save()
    for name, value in {**told, "status": "restarted"}.items():
        setattr(run, name, value)
    return run.save()


def _now() -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC)
