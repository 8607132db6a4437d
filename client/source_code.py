"""The code that runs: a script, a module of a package or a notebook, and the transform that stands for it."""

import builtins
import json
import logging
import os
import sys
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from hashlib import md5
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import InvalidArgument, InvalidValueError, NotSupportedError
from .redaction import redacted

if TYPE_CHECKING:
    from .connection import Connection

NOTEBOOKS = frozenset({".ipynb", ".Rmd", ".qmd"})
STEM_LENGTH, UID_LENGTH = 12, 16

log = logging.getLogger("lnql")


@dataclass(frozen=True)
class Source:
    """Code by its key, its kind and where it is; `text` is None as long as it may change, as in a notebook."""

    key: str
    kind: str
    path: Path | None = None
    text: str | None = None
    description: str | None = None

    @property
    def hash(self) -> str | None:
        """What tells the code from other code, as LaminDB has it; of the code with its secrets."""
        digest = md5((self.text or "").encode(), usedforsecurity=False).digest()
        return None if self.text is None else urlsafe_b64encode(digest).decode()[:22]

    def columns(self) -> dict[str, Any]:
        """The columns of a transform that say what the code is."""
        return {} if self.text is None else {"source_code": redacted(self.text), "hash": self.hash}


def running(frame: Any, path: str | os.PathLike[str] | None, key: str | None, kind: str | None) -> Source:
    """The code at a path, or else the code that a frame runs.

    Raises:
        NotSupportedError: in an interactive session, which has no file.
        InvalidValueError: in a notebook whose path is not known.
    """
    file = Path(path) if path is not None else _notebook() if hasattr(builtins, "__IPYTHON__") else _script(frame)
    if file.suffix == ".ipynb":
        return Source(key or file.name, kind or "notebook", file, None, _title(file))
    module = "" if path is not None else str(frame.f_globals.get("__name__", ""))
    packaged = f"pypackages/{module.replace('.', '/')}.py" if "." in module else None
    described = f"CLI: {Path(sys.argv[0]).name}" if command_line() else None
    by_suffix = "notebook" if file.suffix in NOTEBOOKS else "script"
    return Source(key or packaged or file.name, kind or by_suffix, file, file.read_bytes().decode(), described)


def command_line() -> str | None:
    """The arguments with which a script was called."""
    in_script = sys.argv[:1] not in ([], [""]) and not hasattr(builtins, "__IPYTHON__")
    return " ".join(sys.argv[1:]) or None if in_script else None


def _script(frame: Any) -> Path:
    name = str(frame.f_code.co_filename)
    if name.startswith("<"):
        raise NotSupportedError("An interactive session has no file to track.", hint="Pass a path, or a transform.")
    return Path(name)


def _notebook() -> Path:
    """Where the notebook is that runs here, as Jupyter and VS Code say."""
    shell = sys.modules["IPython"].get_ipython()
    path = shell.user_ns.get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME")
    if not path:
        raise InvalidValueError("The path of this notebook is not known.", hint="Pass it: ln.track(path=…).")
    return Path(path)


# Notebooks


def finished(source: Source) -> Source:
    """A notebook as it is on the disk now, as a script."""
    assert source.path is not None  # noqa: S101  a notebook is a file
    cells = _cells(source.path)
    parts = [f"# %%\n{_code(text)}" if kind == "code" else f"# %% [markdown]\n{_comment(text)}" for kind, text in cells]
    return replace(source, text="\n\n".join(parts) + "\n", description=_title(source.path))


def check_order(path: Path, ignored: bool | None) -> bool:
    """Whether the cells of a notebook were run in the order in which they stand, each once.

    Raises:
        InvalidValueError: if they were not, unless that is `ignored`; where it is None there is a warning.
    """
    cells = [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code" and cell["source"]]
    counts = [cell["execution_count"] for cell in cells if ".finish(" not in "".join(cell["source"])]
    in_order = counts == [*range(1, len(counts) + 1)]
    message = f"The cells of {path.name} were not run in the order in which they stand: {counts}."
    if not in_order and ignored is None:
        log.warning(message)
    if not in_order and ignored is False:
        raise InvalidValueError(message, hint="Run them anew, or ln.finish(ignore_non_consecutive=True).")
    return in_order


def _cells(path: Path) -> list[tuple[str, str]]:
    """The kind and the text of each cell; none of a notebook that is on another machine."""
    cells = json.loads(path.read_text())["cells"] if path.exists() else []
    return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]


def _title(path: Path) -> str | None:
    lines = [line for kind, text in _cells(path) if kind == "markdown" for line in text.splitlines()]
    return next((line.lstrip("# ").strip() for line in lines if line.startswith("# ")), None)


def _code(text: str) -> str:
    return "\n".join(f"# {line}" if line.startswith(("%", "!")) else line for line in text.splitlines())


def _comment(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.splitlines())


# Transforms


def transform_of(connection: "Connection", source: Source, uid: str | None, version: str | None) -> Any:
    """The transform of some code: the one with this code, the one that has none yet, or else a new version.

    Args:
        connection: where transforms are looked up and made.
        source: the code.
        uid: a transform's uid, or the stem that its versions share, where the code was moved.
        version: the tag of the version.

    Raises:
        InvalidArgument: for a uid that is none.
        InvalidValueError: for the uid of a version with other code, and for code that has another tag.
    """
    registry: Any = connection.registry("Transform")
    known = _by_key(registry, source) if uid is None else _by_uid(registry, uid)
    key = known.key if known is not None and uid is None else source.key
    fields = {"key": key, "kind": source.kind, "description": source.description, **source.columns()}
    fields |= {"version_tag": version} if version else {}
    if source.text is not None:
        known = registry.filter(key=key, hash=source.hash).first() or known
    if known is None:
        named = {"uid": f"{uid}0000"[:UID_LENGTH]} if uid else {}
        return registry(**fields, **named).save()
    if known.source_code is not None and (source.text is None or known.hash != source.hash):
        if uid is not None and len(uid) == UID_LENGTH:
            stem = uid[:STEM_LENGTH]
            raise InvalidValueError(f"The code of {uid} has changed.", hint=f'For a new version: ln.track("{stem}").')
        return registry(**fields, revises=known).save()
    if version and known.version_tag not in (None, version):
        raise InvalidValueError(f"{known!r} has the version tag {known.version_tag} already, not {version}.")
    return _update(known, fields)


def _by_key(registry: Any, source: Source) -> Any:
    """The transform of the same key, or of a longer one that the path ends with too."""
    path = f"/{source.path.absolute().as_posix()}" if source.path else ""
    ending = registry.filter(key__endswith=source.key, is_latest=True)
    fitting = [one for one in ending if one.key == source.key or path.endswith(f"/{one.key}")]
    return max(fitting, key=lambda one: one.key.count("/"), default=None)


def _by_uid(registry: Any, uid: str) -> Any:
    if not uid.isalnum() or len(uid) not in (STEM_LENGTH, UID_LENGTH):
        raise InvalidArgument(
            f"'{uid}' is no uid of a transform, nor the {STEM_LENGTH} letters and digits that it begins with.",
            hint="To name the code: ln.track(key=…).",
        )
    return registry.filter(uid__startswith=uid, branch=None).order_by("-uid").first()


def _update(transform: Any, fields: dict[str, Any]) -> Any:
    """Write what a transform does not say yet, or now says otherwise."""
    for name, value in fields.items():
        if value is not None and getattr(transform, name) != value:
            setattr(transform, name, value)
    return transform.save()


def store(run: Any, source: Source) -> None:
    """Keep the code of a notebook with the transform of a run; with code that was kept before, the run is of that."""
    transform, registry = run.transform, type(run.transform)
    same = registry.filter(key=transform.key, hash=source.hash).first()
    if same is None:
        _update(transform, {**source.columns(), "description": source.description})
    elif same != transform:
        run.transform = same
        run.save()
        transform.delete(permanent=True)
