"""An instance that was opened for reading refuses whatever writes, in one sentence."""

from collections.abc import Callable

import pytest

import lnql as ln
import lnql.bionty as bt

WRITES: dict[str, Callable[[], object]] = {
    "make": lambda: ln.ULabel(name="x"),
    "delete": lambda: ln.ULabel.get(name="benchmark").delete(),
    "restore": lambda: ln.ULabel.get(name="benchmark").restore(),
    "update": lambda: ln.ULabel.filter(name="benchmark").update(description="x"),
    "create": lambda: ln.ULabel.filter().create(name="x"),
    "relate": lambda: ln.Artifact.get(1).ulabels.add(ln.ULabel.get(name="benchmark")),
    "feature values": lambda: ln.Artifact.get(1).features.add_values({"temperature": 1.0}),
    "labels": lambda: ln.Artifact.get(1).labels.add(ln.ULabel.get(name="benchmark")),
    "synonyms": lambda: bt.CellType.get(name="T cell").add_synonym("x"),
}


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_what_writes_is_refused_in_one_sentence(write: Callable[[], object]) -> None:
    with pytest.raises(ln.errors.ReadOnlyError) as refused:
        write()
    expected = "This instance is served for reading only. Start the server with --write, or connect with write=True."
    assert str(refused.value) == expected
