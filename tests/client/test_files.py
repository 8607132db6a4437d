"""Where the files of artifacts are; they themselves are not served."""

from pathlib import Path

import pytest

import lnql as ln

pytestmark = pytest.mark.usefixtures("connected")


def test_a_file_lies_below_its_storage_location() -> None:
    artifact = ln.Artifact.get(key="examples/dataset1.h5ad")
    assert artifact.path == Path(artifact.storage.root) / f".lamindb/{artifact.uid}.h5ad"
    assert str(artifact.path) in artifact.describe(return_str=True).replace("\n", "")


def test_reading_a_file_is_for_other_packages() -> None:
    artifact = ln.Artifact.get(key="iris.parquet")
    for read in (artifact.load, artifact.cache, artifact.open):
        with pytest.raises(ln.errors.NotSupportedError, match=r"which is artifact.path, with the package for .parquet"):
            read()
