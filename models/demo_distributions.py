"""How artifacts, labels and values are distributed in the demo's bulk: skewed, as in life."""

from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple, Self

from .demo_rows import START

PERIOD = timedelta(days=3 * 365)
"""The time over which the artifacts were made."""


class Pool:
    """Values to draw from, the first far more often than the last."""

    def __init__(self, values: Sequence[Any], weights: Sequence[float] | None = None) -> None:
        self.values = values
        self._weights = list(accumulate(weights or [1 / rank for rank in range(1, len(values) + 1)]))

    def draw(self, random: Random, count: int = 1) -> list[Any]:
        """Up to `count` different values."""
        return list(dict.fromkeys(random.choices(self.values, cum_weights=self._weights, k=count)))

    @classmethod
    def weighted(cls, weights: Mapping[Any, float]) -> Self:
        """A pool of the keys of `weights`."""
        return cls(list(weights), list(weights.values()))

    def one(self, random: Random) -> Any:
        """One value."""
        return self.values[bisect(self._weights, random.random() * self._weights[-1])]


class Format(NamedTuple):
    """A kind of artifact."""

    suffix: str
    kind: str | None
    otype: str | None


FORMATS = Pool.weighted(
    {
        Format(".fastq.gz", None, None): 30,
        Format(".parquet", "dataset", "DataFrame"): 20,
        Format(".h5ad", "dataset", "AnnData"): 20,
        Format(".csv", "dataset", "DataFrame"): 12,
        Format(".tiff", None, None): 10,
        Format(".zarr", "dataset", "SpatialData"): 4,
        Format(".html", "report", None): 3,
        Format(".pt", "model", None): 1,
    }
)
STUDIES = Pool.weighted(
    {"atlas": 40, "screen": 25, "vaccine": 15, "ageing": 8, "organoids": 6, "toxicity": 4, "biopsies": 2}
)
VERSIONS = Pool.weighted({1: 88, 2: 7, 3: 3, 4: 2})
BRANCHES = {"main": 970, "trash": 15, "archive": 10, "curation": 5}
SPACES = {"all": 85, "Immunology": 10, "Imaging": 5}
USERS = {"maria": 40, "jun": 25, "amara": 20, "lab-bot": 10, "demo": 5}
STATUSES = Pool.weighted({"completed": 90, "errored": 6, "aborted": 2, "started": 2})
"""Each with how common it is; of pools, which are drawn from as they are."""


class Labelling(NamedTuple):
    """How often artifacts carry labels of a pool, plainly or under a feature, and how many at most."""

    table: str
    column: str
    pool: str
    feature: str | None
    share: float
    most: int


LABELLINGS = (
    Labelling("lamindb_artifactulabel", "ulabel_id", "plates", None, 0.6, 3),
    Labelling("lamindb_artifactulabel", "ulabel_id", "assays", "assay", 0.4, 1),
    Labelling("lamindb_artifactrecord", "record_id", "compounds", "perturbation", 0.5, 2),
    Labelling("lamindb_artifactrecord", "record_id", "donors", None, 0.4, 2),
    Labelling("lamindb_artifactproject", "project_id", "projects", None, 0.2, 1),
    Labelling("bionty_artifactcelltype", "celltype_id", "cell types", "cell_type_by_expert", 0.3, 4),
    Labelling("bionty_artifactcelltype", "celltype_id", "cell types", "cell_type_by_model", 0.2, 3),
    Labelling("bionty_artifacttissue", "tissue_id", "tissues", "tissue", 0.3, 1),
    Labelling("bionty_artifactdisease", "disease_id", "diseases", "disease", 0.1, 1),
)


class Measure(NamedTuple):
    """A feature, how many artifacts have it, and how its values come about."""

    feature: str
    share: float
    value: Callable[[Random], Any]


MEASURES = (
    Measure("temperature", 0.5, lambda random: round(random.gauss(37, 1.5), 2)),
    Measure("qc_score", 0.5, lambda random: round(random.betavariate(8, 2), 3)),
    Measure("donor_age", 0.3, lambda random: random.randint(18, 90)),
    Measure("is_control", 0.3, lambda random: random.random() < 0.2),
    Measure("date_of_study", 0.4, lambda random: f"{START + random.random() * PERIOD:%Y-%m-%d}"),
    Measure("read_count", 0.2, lambda random: random.randrange(10**5, 10**9)),
    Measure(
        "study_metadata", 0.1, lambda random: {"detail1": str(random.randrange(100)), "detail2": random.randrange(9)}
    ),
)


def file_size(random: Random) -> int:
    """Bytes of a file: mostly some dozen MB, one in forty larger than 2 GiB."""
    return int(random.lognormvariate(17, 2.3)) + 1


def n_observations(random: Random) -> int:
    """Cells or rows of a dataset: mostly some thousand."""
    return int(random.lognormvariate(9, 1.5)) + 1
