"""The run that records made while it is tracked point to."""

import builtins
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

import lnql as ln
from lnql.connection import Connection
from lnql.tracking import leave

from ..conftest import Dialect

LAMINDB_HASH = "MlO0EFnKxumHxaXpIz6l0A"
"""What LaminDB says of a script that consists of the line `x = 1`."""
HERE = "pypackages/tests/client/test_tracking.py"


@pytest.fixture(autouse=True)
def quiet(writing: Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As from a script without arguments; nothing is tracked afterwards."""
    monkeypatch.setattr("sys.argv", ["analysis.py"])
    yield
    leave(writing)


def run_of(**arguments: Any) -> Any:
    """A run that was started and finished."""
    run = ln.track(**arguments)
    ln.finish()
    return ln.Run.get(run.uid)


def test_records_point_to_the_run_that_is_tracked_until_it_is_finished() -> None:
    run = ln.track(params={"seed": 1})
    assert (run.transform.key, run.transform.kind, run.params, run.status) == (HERE, "script", {"seed": 1}, "started")
    assert (ln.context.run, ln.context.transform) == (run, run.transform)
    one = ln.ULabel(name="tracked").save()
    many = [ln.ULabel(name="tracked too")]
    ln.save(many)
    ln.finish()
    assert ln.context.run is None
    assert ln.ULabel.get(one.uid).run == ln.ULabel.get(many[0].uid).run == run
    finished = ln.Run.get(run.uid)
    assert finished.status == "completed"
    assert finished.started_at
    assert finished.finished_at
    assert finished.finished_at >= finished.started_at
    assert ln.ULabel(name="untracked").save().run is None


def test_a_script_that_has_changed_is_a_new_version(tmp_path: Any) -> None:
    script = tmp_path / "changing.py"
    script.write_text("x = 1\n")
    first = run_of(path=script).transform
    assert (first.key, first.source_code, first.hash) == ("changing.py", "x = 1\n", LAMINDB_HASH)
    assert run_of(path=script).transform == first
    script.write_text("x = 2\n")
    second = run_of(path=script).transform
    assert (second.uid[:-4], second.uid[-4:], second.is_latest) == (first.uid[:-4], "0001", True)
    script.write_text("x = 1\n")
    assert run_of(path=script).transform == first


def test_a_script_is_known_by_its_uid_when_it_is_renamed(tmp_path: Any) -> None:
    (tmp_path / "before.py").write_text("b = 1\n")
    (tmp_path / "after.py").write_text("b = 1\n")
    before = run_of(path=tmp_path / "before.py", transform="Onv04I53OgtT").transform
    assert (before.uid, before.key) == ("Onv04I53OgtT0000", "before.py")
    after = run_of(path=tmp_path / "after.py", transform="Onv04I53OgtT").transform
    assert (after.uid, after.key) == (before.uid, "after.py")
    (tmp_path / "after.py").write_text("b = 2\n")
    with pytest.raises(ValueError, match=r'has changed. For a new version: ln.track\("Onv04I53OgtT"\)'):
        ln.track("Onv04I53OgtT0000", path=tmp_path / "after.py")
    assert run_of(path=tmp_path / "after.py", transform="Onv04I53OgtT").transform.uid == "Onv04I53OgtT0001"


def test_a_key_that_the_path_ends_with_is_kept(tmp_path: Any) -> None:
    (tmp_path / "deep").mkdir()
    script = tmp_path / "deep" / "keyed.py"
    script.write_text("c = 1\n")
    kept = run_of(path=script, key="deep/keyed.py").transform
    assert run_of(path=script).transform == kept


def test_a_pipeline_and_a_function_are_tracked_too() -> None:
    pipeline = ln.Transform(key="some pipeline", kind="pipeline")
    assert run_of(transform=pipeline).transform.key == "some pipeline"
    assert run_of(transform=pipeline).transform == pipeline
    function = run_of(key="f", source_code="def f(): ...", entrypoint="f")
    assert (function.transform.kind, function.transform.source_code, function.entrypoint) == (
        "function",
        "def f(): ...",
        "f",
    )


def test_the_context_says_what_the_arguments_do_not() -> None:
    ln.context.uid, ln.context.version, ln.context.description = "Onv04I53Ogtc", "1.0", "said before"
    transform = run_of(key="said", source_code="g = 1").transform
    assert (transform.uid, transform.version, transform.description) == ("Onv04I53Ogtc0000", "1.0", "said before")
    assert [getattr(ln.context, name) for name in ("uid", "version", "description")] == [None] * 3
    ln.context.version = "2.0"
    with pytest.raises(ValueError, match=r"has the version tag 1.0 already, not 2.0."):
        ln.track(key="said", source_code="g = 1")
    assert run_of(key="said", source_code="g = 2").transform.version == "2.0"
    with pytest.raises(AttributeError):
        setattr(ln.context, "project", "P")  # noqa: B010  a type checker refuses it otherwise


def test_a_run_goes_on() -> None:
    pipeline = ln.Transform(key="goes on", kind="pipeline").save()
    run = run_of(transform=pipeline, params={"a": 1})
    again = ln.track(pipeline, new_run=False)
    assert (again, again.status, again.params) == (run, "restarted", {"a": 1})


def test_what_a_run_is_told_is_stored() -> None:
    pipeline, parent = ln.Transform(key="told", kind="pipeline"), ln.Run.filter().first()
    artifact = ln.Artifact.filter().first()
    run = run_of(
        transform=pipeline,
        plan=artifact.key,
        initiated_by_run=parent.uid,
        features={"temperature": 1.5},
        params={"none": None, "empty": [], "api_key": "x", "label": parent.transform, "odd": object(), "list": [1]},
    )
    assert (run.plan, run.initiated_by_run) == (artifact, parent)
    assert run.features.get_values() == {"temperature": 1.5}
    assert run.params == {
        "api_key": "***REDACTED***",
        "label": f"Transform[{parent.transform.uid}]",
        "list": [1],
    }


def test_arguments_of_the_script_are_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["analysis.py", "--seed", "1"])
    run = run_of(key="with arguments")
    assert (run.cli_args, run.transform.description) == ("--seed 1", "CLI: analysis.py")


def test_project_branch_and_space_hold_until_the_run_is_finished(writing: Connection) -> None:
    pipeline = ln.Transform(key="placed", kind="pipeline")
    space = ln.Space.filter().order_by("-id").first()
    run = ln.track(pipeline, project="Project A", branch="my_branch", space=space)
    label, record = ln.ULabel(name="placed").save(), ln.Record(name="placed").save()
    assert (label.branch.name, label.space, run.branch.name, run.space) == ("my_branch", space, "my_branch", space)
    assert ln.context.project.name == "Project A"
    assert [one.projects.to_list("name") for one in (label, run, run.transform)] == [["Project A"]] * 3
    assert record.projects.count() == 0  # as in LaminDB
    ln.finish()
    after = ln.ULabel(name="placed afterwards").save()
    assert (after.branch_id, after.space_id, after.projects.count(), writing.tracked) == (1, 1, 0, None)


def test_secrets_in_source_code_are_not_stored() -> None:
    code = "password = 'abc'\nheaders = {\"X-Token\": 'abc'}\ntokens = 'kept'\ndb = 'postgresql://me:abc@host/db'\n"
    stored = run_of(key="secrets", source_code=code).transform.source_code
    assert "abc" not in stored
    assert "tokens = 'kept'" in stored


NOTEBOOK = """{"cells": [
 {"cell_type": "markdown", "source": ["# The title\\n", "Text."]},
 {"cell_type": "code", "execution_count": %d, "source": ["%%matplotlib inline\\n", "a = 1"]},
 {"cell_type": "code", "execution_count": 2, "source": ["ln.finish()"]}
]}"""


def test_a_notebook_is_stored_when_it_is_finished(tmp_path: Any, caplog: pytest.LogCaptureFixture) -> None:
    notebook = tmp_path / "analysis.ipynb"
    notebook.write_text(NOTEBOOK % 1)
    run = ln.track(path=notebook)
    transform = run.transform
    assert (transform.key, transform.kind, transform.description) == ("analysis.ipynb", "notebook", "The title")
    assert transform.source_code is None
    ln.finish()
    stored = ln.Transform.get(transform.uid)
    assert stored.source_code == (
        "# %% [markdown]\n# # The title\n# Text.\n\n# %%\n# %matplotlib inline\na = 1\n\n# %%\nln.finish()\n"
    )
    again = ln.track(path=notebook)
    assert again.transform.uid == f"{transform.uid[:-4]}0001"  # it may change yet
    notebook.write_text(NOTEBOOK % 7)
    with pytest.raises(ValueError, match=r"The cells of analysis.ipynb were not run in the order"):
        ln.finish(ignore_non_consecutive=False)
    ln.finish()
    assert "were not run in the order" in caplog.text
    finished = ln.Run.get(again.uid)  # it has not changed, so the new version is gone
    assert (finished.transform, finished._is_consecutive) == (stored, False)
    assert ln.Transform.filter(uid__startswith=transform.uid[:-4]).count() == 1


def test_the_notebook_that_runs_is_found(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = tmp_path / "found.ipynb"
    notebook.write_text(NOTEBOOK % 1)
    monkeypatch.setattr(builtins, "__IPYTHON__", True, raising=False)
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: SimpleNamespace(user_ns={})))
    with pytest.raises(ValueError, match=r"The path of this notebook is not known. Pass it: ln.track\(path=…\)."):
        ln.track()
    monkeypatch.setenv("JPY_SESSION_NAME", str(notebook))
    run = ln.track()
    assert (run.transform.key, run.transform.kind, run.cli_args) == ("found.ipynb", "notebook", None)
    assert ln.track() == run  # a notebook goes on with its run


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "name": ({"transform": "again.py"}, r"'again.py' is no uid of a transform"),
    "project": ({"project": "nope"}, r"Project 'nope' not found: there is none of this name or uid."),
    "run": ({"initiated_by_run": "nope"}, r"Run 'nope' not found: there is none of this uid."),
    "no key": ({"source_code": "x"}, r"source_code takes a key and no path."),
    "logs": ({"stream_tracking": True}, r"stream_tracking=True is not supported: LNQL takes no files up."),
    "feature": ({"features": {"nope": 1}}, r"There is no feature 'nope'."),
}


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(writing: Connection, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ln.errors.InvalidError, match=message):
        ln.track(branch="my_branch", **arguments)
    assert (writing.tracked, writing.branch_id) == (None, 1)


def test_a_script_is_not_tracked_by_its_transform() -> None:
    script = ln.Transform(key="again.py", kind="script").save()
    with pytest.raises(ValueError, match=r"is a script, which is found by itself. Call ln.track\(\) without"):
        ln.track(script)


def test_an_interactive_session_has_no_file() -> None:
    with pytest.raises(ln.errors.NotSupportedError, match="An interactive session has no file to track"):
        exec("ln.track()", {"ln": ln})


def test_what_may_only_be_read_is_not_tracked(
    connections: Any, dialect: Dialect, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("lnql.connection._current", connections(dialect))
    assert ln.track() is None
    assert "the instance may only be read" in caplog.text


def test_a_run_that_is_not_tracked_is_not_finished() -> None:
    with pytest.raises(ln.errors.TrackNotCalled, match=r"No run is tracked. ln.track\(\) starts one."):
        ln.finish()
