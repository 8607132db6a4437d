"""Progress bars."""

import pytest

from lnql.graph.progress import progress_bars


def test_one_bar_per_kind_of_work_is_drawn_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    with progress_bars() as report:
        report("artifacts", 1, 3)
        report("artifacts", 3, 3)
        report("runs", 5, 10)
    out, err = capsys.readouterr()
    assert out == ""
    for text in ("artifacts", "3/3", "runs", "5/10"):
        assert text in err


def test_nothing_is_drawn_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bars() as report:
        report("artifacts", 1, 3)
    assert capsys.readouterr() == ("", "")
