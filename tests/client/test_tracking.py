"""The run that records made while it is tracked point to."""

import pytest

import lnql as ln

pytestmark = pytest.mark.usefixtures("writing")


def test_records_point_to_the_run_that_is_tracked_until_it_is_finished() -> None:
    run = ln.track("analysis.py", params={"seed": 1})
    assert (run.transform.key, run.params, run.status) == ("analysis.py", {"seed": 1}, "started")
    one = ln.ULabel(name="tracked").save()
    many = [ln.ULabel(name="tracked too")]
    ln.save(many)
    ln.finish()
    assert ln.ULabel.get(one.uid).run == ln.ULabel.get(many[0].uid).run == run
    finished = ln.Run.get(run.uid)
    assert finished.status == "completed"
    assert finished.started_at
    assert finished.finished_at
    assert finished.finished_at >= finished.started_at
    assert ln.ULabel(name="untracked").save().run is None


def test_a_transform_is_used_again() -> None:
    transform = ln.Transform(key="again.py", kind="script").save()
    assert ln.track(transform).transform == transform
    ln.finish()
    assert ln.track("again.py").transform == transform
    ln.finish()
    assert ln.Run.filter(transform=transform).count() == 2


def test_a_run_that_is_not_tracked_is_not_finished() -> None:
    with pytest.raises(ValueError, match=r"No run is tracked. ln.track\(\) starts one."):
        ln.finish()
