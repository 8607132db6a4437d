"""The labels of the demo's bulk: plates, compounds and donors, and those that are there already."""

from random import Random

from .demo_annotations import Annotator
from .demo_distributions import Pool
from .demo_rows import Rows, read_table
from .demo_samples import SHEET
from .demo_terms import CELL_TYPES, DISEASES, TISSUES

SCREENS, PLATES_PER_SCREEN = 20, 15
COMPOUNDS, DONORS = 30, 970

ASSAYS = ("scRNA-seq", "bulk RNA-seq", "imaging", "snRNA-seq", "cell painting")
PROJECTS = ("Immune Atlas", "Immune Atlas Pilot", "Grant 1234")


def add_label_pools(annotator: Annotator) -> dict[str, Pool]:
    """Add plates, compounds and donors, and give the ids of all labels by kind, in random order of popularity."""
    rows = annotator.rows
    compounds = rows.id("lamindb_record", "Compounds")
    ids = {
        "plates": _add_plates(rows),
        "compounds": [_add_record(rows, f"compound {number:03d}", compounds) for number in range(1, COMPOUNDS + 1)],
        "donors": _add_donors(annotator),
        "assays": [rows.id("lamindb_ulabel", name) for name in ASSAYS],
        "projects": [rows.id("lamindb_project", name) for name in PROJECTS],
        "cell types": [rows.id("bionty_celltype", name) for name in _names(CELL_TYPES)],
        "tissues": [rows.id("bionty_tissue", name) for name in _names(TISSUES)],
        "diseases": [rows.id("bionty_disease", name) for name in _names(DISEASES)],
    }
    return {kind: Pool(rows.random.sample(some, len(some))) for kind, some in ids.items()}


def _names(terms: str) -> list[str]:
    return [cells["name"] for cells in read_table(terms)]


def _add_plates(rows: Rows) -> list[int]:
    """Plates are labels whose parents are the screens they belong to."""
    type_ = rows.add("lamindb_ulabel", name="Plates", is_type=True)
    plates = []
    for screen in range(1, SCREENS + 1):
        parent = rows.add("lamindb_ulabel", name=f"screen {screen:02d}")
        for number in range(1, PLATES_PER_SCREEN + 1):
            plate = rows.add("lamindb_ulabel", name=f"screen {screen:02d} plate {number:02d}", type_id=type_)
            rows.add("lamindb_ulabel_parents", from_ulabel_id=plate, to_ulabel_id=parent)
            plates.append(plate)
    return plates


def _add_donors(annotator: Annotator) -> list[int]:
    rows, random = annotator.rows, annotator.rows.random
    tissues, diseases = _names(TISSUES), _names(DISEASES)
    type_ = rows.id("lamindb_record", SHEET)
    donors = []
    for number in range(1, DONORS + 1):
        donor = _add_record(rows, f"donor {number:04d}", type_)
        annotator.annotate("record", donor, _donor_values(random, number, tissues, diseases))
        donors.append(donor)
    return donors


def _donor_values(random: Random, number: int, tissues: list[str], diseases: list[str]) -> dict[str, object]:
    sick = {"disease": random.choice(diseases)} if random.random() < 0.4 else {}
    return {
        "donor": f"donor {number:04d}",
        "donor_age": random.randint(18, 90),
        "is_control": not sick,
        "tissue": random.choice(tissues),
        "qc_score": round(random.betavariate(8, 2), 3),
        **sick,
    }


def _add_record(rows: Rows, name: str, type_: int) -> int:
    return rows.add("lamindb_record", name=name, type_id=type_)
