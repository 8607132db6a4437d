"""Titles of notebooks that nobody wrote."""

from itertools import product
from random import Random

ACTIONS = (
    "Cluster", "Annotate", "Integrate", "Quality-control", "Compare", "Count", "Rank markers of", "Visualize",
    "Subset", "Normalize", "Model the dynamics of", "Trace the lineage of", "Validate", "Explore", "Benchmark",
)  # fmt: skip
SUBJECTS = (
    "T cells", "B cells", "NK cells", "monocytes", "macrophages", "neutrophils", "plasma cells", "hepatocytes",
    "fibroblasts", "podocytes", "Purkinje cells", "microglia", "alveolar cells", "enterocytes", "IgG clones",
    "IgA clones", "IgM clones", "regulatory T cells", "dendritic cells", "stem cells",
)  # fmt: skip
PLACES = (
    "bone marrow", "spleen", "lung", "jejunum", "kidney", "cerebellum", "thymus", "peripheral blood", "liver", "tonsil",
    "colon", "pancreas",
)  # fmt: skip
CONTEXTS = (
    "after IFNG treatment", "in the DMSO controls", "across donors", "over time", "by sequencing batch",
    "with CITE-seq", "from public atlases", "for the first revision", "in ageing mice", "at single-cell resolution",
)  # fmt: skip


def notebook_titles(count: int, random: Random) -> list[str]:
    """Give `count` different titles, such as "Rank markers of B cells of the spleen across donors"."""
    titles = product(ACTIONS, SUBJECTS, PLACES, CONTEXTS)
    return [
        f"{action} {subject} of the {place} {context}"
        for action, subject, place, context in random.sample(list(titles), count)
    ]


def notebook_key(number: int, title: str) -> str:
    """Name the file of a notebook, such as `notebooks/007-rank-markers-of-b-cells.ipynb`."""
    slug = "-".join(title.lower().split(" of the ")[0].split())
    return f"notebooks/{number:03d}-{slug}.ipynb"
