"""Records as they show themselves, and what leads on from them."""

import re

import pytest

import lnql as ln

pytestmark = pytest.mark.usefixtures("connected")


@pytest.mark.parametrize(
    ("registry", "condition", "columns"),
    [
        ("Feature", {"name": "temperature"}, "name='temperature', _dtype_str='float', unit=None"),
        ("Branch", {"name": "main"}, "instance.', space_id=1"),
        ("Project", {"name": "Project A"}, "start_date=2025-01-01, end_date=2025-12-31, branch_id=1"),
        ("Transform", {"key": "Cell Ranger"}, "reference_type=None, environment=None, plan=None, branch_id=1"),
        ("Collection", {"key": "my-collection"}, "reference_type=None, meta_artifact=None, branch_id=1"),
        ("Run", {"reference": "JOB-1000"}, "cli_args=None, branch_id=1"),
    ],
)
def test_a_record_shows_itself_as_in_lamindb(registry: str, condition: dict[str, str], columns: str) -> None:
    assert re.search(re.escape(columns), repr(getattr(ln, registry).get(**condition)))


def test_an_artifact_has_the_transform_of_its_run() -> None:
    made = ln.Artifact.filter(run__isnull=False).first()
    assert made.transform == made.run.transform
    assert ln.Artifact.filter(run=None).first().transform is None
