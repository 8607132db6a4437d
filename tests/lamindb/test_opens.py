"""An instance that LNQL has written opens in the real LaminDB, which shows what LNQL shows."""

import json
import os
import sqlite3
import subprocess
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import lnql as ln
import lnql.bionty as bt
from lnql.models import lamindb_settings
from lnql.models.initialize import Identity, init_instance
from lnql.models.uids import instance_uid

from ..conftest import Copies
from .shown import shown

LAMINDB_PYTHON = os.environ.get("LNQL_LAMINDB_PYTHON")
SCRIPT = Path(__file__).with_name("shown.py")

pytestmark = pytest.mark.skipif(
    LAMINDB_PYTHON is None,
    reason="LNQL_LAMINDB_PYTHON names no Python that has lamindb and bionty; `make lamindb` installs one.",
)

SHOWN = ("rows", "by default", "dtypes", "cell types", "parents", "types", "versions", "members", "values", "labels")
SCALARS: dict[str, tuple[Any, ...]] = {
    "int": (3, 5),
    "float": (21.5, 0.25),
    "num": (7, 1.5),
    "str": ("hello world", "süß"),
    "bool": (True, False),
    "date": (date(2026, 1, 2), date(2025, 12, 31)),
    "datetime": (datetime(2026, 1, 2, 3, 4), datetime(2026, 5, 6, 7, 8, 9)),
    "dict": ({"b": 1, "a": [2, None]}, {"c": "d"}),
    "url": ("https://lamin.ai", "https://example.org/a?b=c"),
    "path": ("s3://bucket/a.csv", "/data/b c.csv"),
    "list[int]": ([3, 1], [2]),
    "list[str]": (["x", "y"], ["z, w"]),
}
"""Two values of every dtype that is no label."""
SEVERAL = ("int", "float", "num", "date", "datetime", "url", "path")
"""Dtypes of which an artifact gets a second value. On SQLite LaminDB joins several values to one text and splits it at
commas: of other dtypes, and of texts with commas, it shows pieces."""


@pytest.fixture(scope="module")
def real(copies: Copies, real_folder: Path) -> Path:
    return Path(copies(real_folder, "sqlite"))


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new")
    init_instance(folder, user="anna")
    return folder


@pytest.fixture(scope="module", params=["real", "new"])
def compared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """What LNQL shows of an instance that it has written, and what LaminDB shows."""
    folder: Path = request.getfixturevalue(request.param)
    connection = ln.connect(str(folder), write=True)
    write()
    ours = json.loads(json.dumps(shown(ln, bt)))
    connection.close()
    return [ours, lamindb_shows(folder, tmp_path_factory.mktemp("home"))]


def write() -> None:
    """Write what can be written."""
    run = ln.track(key="lnql/write.py", params={"seed": 1})
    features = write_features()
    write_labels()
    artifacts = write_versions()
    cell_type = bt.CellType(name="lnql cell", ontology_id="CL:9900001", synonyms="lnql a|lnql b").save()
    cell_type.add_synonym("lnql c")
    cell_type.remove_synonym("lnql a")
    cell_type.set_abbr("LNC")
    bt.CellType(name="lnql subtype").save().parents.add(cell_type)
    write_values(features, artifacts[0], run)
    artifacts[1].labels.add(ln.ULabel.get(name="lnql red"), feature=ln.Feature.get(name="lnql colour"))
    artifacts[1].ulabels.add(ln.ULabel.get(name="lnql blue"))
    ln.finish()
    write_to_the_trash()


def write_features() -> dict[str, tuple[Any, ...]]:
    """A feature of each dtype, with two values of it."""
    values = {f"lnql {dtype}": pair for dtype, pair in SCALARS.items()}
    ln.save([ln.Feature(name=f"lnql {dtype}", dtype=dtype) for dtype in SCALARS])
    for name, dtype in LABELS.items():
        ln.Feature(name=name, dtype=dtype).save()
    return values


LABELS = {
    "lnql colour": "cat[ULabel]",
    "lnql donor": "cat[Record]",
    "lnql cells": "list[cat[bionty.CellType]]",
    "lnql ontology": "cat[bionty.CellType.ontology_id]",
}
"""Features whose values are labels."""


def write_labels() -> None:
    colours = ln.ULabel(name="lnql colours", is_type=True).save()
    ln.save([ln.ULabel(name=f"lnql {name}", type=colours) for name in ("red", "blue", "green")])
    ln.ULabel.get(name="lnql red").children.add(ln.ULabel.get(name="lnql green"))
    ln.Project(name="lnql project").save()
    branch = ln.Branch(name="lnql-branch").save()
    ln.ULabel(name="lnql elsewhere", branch=branch).save()


def write_versions() -> list[Any]:
    """New versions of transforms, collections and artifacts; gives artifacts."""
    first = ln.Transform(key="lnql/pipeline", version="1.0", kind="pipeline", source_code="print(1)").save()
    ln.Transform(key="lnql/pipeline", version="2.0", kind="pipeline", source_code="print(2)", revises=first).save()
    artifacts = [
        ln.Artifact(key=f"lnql/{name}.csv", suffix=".csv", hash=f"{name}-hash".ljust(22, "0"), size=12).save()
        for name in ("one", "two")
    ]
    again = {"suffix": ".csv", "hash": "again-hash".ljust(22, "0"), "size": 13}
    newest = ln.Artifact(key="lnql/one.csv", description="the second", revises=artifacts[0], **again).save()
    collection = ln.Collection(artifacts, key="lnql/collection").save()
    ln.Collection([newest, artifacts[1]], key="lnql/collection", revises=collection, version="2").save()
    return [newest, artifacts[1]]


def write_values(values: dict[str, tuple[Any, ...]], artifact: Any, run: Any) -> None:
    """Values of all features on an artifact, a run and a record; a second value where there may be several."""
    first = {name: pair[0] for name, pair in values.items()}
    samples = ln.Record(name="lnql samples", is_type=True).save()
    record = ln.Record(name="lnql sample 1", type=samples, description="lnql").save()
    ln.Record(name="D1").save()  # not asked for its own values: LaminDB cannot show them once it labels an artifact
    labels = {"lnql colour": "lnql red", "lnql ontology": "CL:9900001", "lnql cells": ["lnql cell", "lnql subtype"]}
    run.features.set_values(first)  # labels of these registries are no values of a run
    for one in (artifact, record):
        one.features.set_values(first | labels)
    artifact.features.add_values({f"lnql {dtype}": SCALARS[dtype][1] for dtype in SEVERAL})
    artifact.features.add_values({"lnql donor": "D1", "lnql colour": ["lnql blue"]})
    artifact.features.remove_values("lnql int", value=3)
    run.features.add_values({"lnql donor": "D1"})
    run.features.remove_values("lnql str")


def write_to_the_trash() -> None:
    gone, back = (ln.ULabel(name=f"lnql {name}").save() for name in ("gone", "back"))
    for label in (gone, back):
        label.delete()
    back.restore()
    ln.Artifact.get(key="lnql/two.csv").delete()
    kind = ln.Record(name="lnql old samples", is_type=True).save()
    ln.save([ln.Record(name=f"lnql old {number}", type=kind) for number in range(3)])
    kind.delete()
    ln.Transform.get(key="lnql/pipeline", version="2.0").delete()


def lamindb_shows(folder: Path, home: Path) -> Any:
    """Open an instance in LaminDB, as on a machine that knows it and whose user is logged in."""
    make_known(folder, home)
    answer = home / "shown.json"
    assert LAMINDB_PYTHON
    done = subprocess.run(
        [LAMINDB_PYTHON, SCRIPT, answer],
        cwd=folder,
        env={"HOME": str(home), "PATH": os.environ["PATH"], "TQDM_DISABLE": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(answer.read_text())


def make_known(folder: Path, home: Path) -> None:
    """Log a user in to LaminDB, and let it know an instance, after saying where a copied one is now."""
    with closing(sqlite3.connect(folder / ".lamindb" / "lamin.db")) as database:
        user_uid, handle = database.execute("SELECT uid, handle FROM lamindb_user ORDER BY id LIMIT 1").fetchone()
        identity = Identity.of(f"{handle}/{folder.name}")
        place = (str(folder), instance_uid(identity.id))
        database.execute("UPDATE lamindb_storage SET root = ?, instance_uid = ?", place)
        database.commit()
    (folder / ".lamin").mkdir()
    (folder / ".lamin" / "current_instance").write_text(identity.slug)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAMIN_SETTINGS_DIR", str(home))
        assert lamindb_settings.make_known(str(folder)) == identity.slug
    user = dict.fromkeys(("email", "password", "access_token", "uuid", "name", "api_key"), "null")
    lines = [f"lamin_user_{name}={value}\n" for name, value in (user | {"uid": user_uid, "handle": handle}).items()]
    (home / ".lamin" / "current_user.env").write_text("".join(lines))


@pytest.mark.parametrize("what", SHOWN)
def test_lamindb_shows_the_same(compared: list[Any], what: str) -> None:
    ours, theirs = compared
    assert theirs[what] == ours[what]
