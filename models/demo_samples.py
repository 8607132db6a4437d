"""The demo's sample sheet: records of one type, whose values are those of the sheet's features."""

from .demo_annotations import Annotator
from .demo_rows import read_table

SHEET = "Samples"

SAMPLES = """
name  | donor | donor_age | is_control | compound   | tissue      | disease   | operator | qc_score | tags
S-001 | D1    | 34        | true       | DMSO       | blood       |           | maria    | 0.97     | ["fresh"]
S-002 | D1    | 34        | false      | IFNG       | blood       |           | maria    | 0.91     | ["fresh"]
S-003 | D2    | 51        | true       | DMSO       | blood       | asthma    | jun      | 0.88     | []
S-004 | D2    | 51        | false      | IFNG       | blood       | asthma    | jun      | 0.9      | ["day 3"]
S-005 | D3    | 27        | true       | DMSO       | tonsil      | psoriasis | amara    | 0.42     |
S-006 | D3    | 27        | false      | dabrafenib | tonsil      | psoriasis | amara    |          | ["frozen"]
S-007 | D4    |           | false      | dabrafenib | bone marrow |           |          | 0.75     | ["frozen"]
S-008 | D5    | 63        |            |            | spleen;lung |           | lab-bot  | 1e-3     |
"""
"""A cell holds the value of the feature that its column is named after."""

DETAILS = """
name  | sequenced_at        | date_of_study | report_url                  | cell_types_present | study_metadata
S-001 | 2022-12-03T09:30:00 | 2022-12-01    | https://qc.example.org/s001 | T cell;B cell      | {"lane": 1}
S-002 | 2022-12-03T17:45:00 | 2022-12-01    | https://qc.example.org/s002 | T cell             | {"lane": 2}
S-003 | 2023-02-14T08:00:00 | 2023-02-13    |                             | monocyte;platelet  | {"lane": null}
"""
"""What is known of some samples beyond the sheet."""


LINKS = {
    "derived_from": "raw/donor_01.fastq.gz",
    "made_by_run": "qc",
    "protocol": "qc.py",
    "cohort": "immune-atlas/pilot",
    "funded_by": "Grant 1234",
    "described_in": "A protocol for stained discs",
    "experiment": "Experiment 1",
    "quality": "passed",
    "species": "human",
    "assay_ontology_id": "EFO:0009922",
    "knockout_gene": "TP53",
    "tissue_or_cell_type": "blood",
}
"""Values of the first sample that are records of other registries."""


def add_samples(annotator: Annotator) -> None:
    """Add the type of the sheet and its samples with their values, and values that point to all other registries."""
    rows = annotator.rows
    schema = rows.id("lamindb_schema", "sample sheet")
    sheet = rows.add("lamindb_record", name=SHEET, is_type=True, schema_id=schema)
    for cells in read_table(SAMPLES):
        rows.add("lamindb_record", name=cells["name"], type_id=sheet)
    for cells in (*read_table(SAMPLES), *read_table(DETAILS)):
        values = {name: annotator.parse(name, cell) for name, cell in cells.items() if name != "name"}
        annotator.annotate("record", rows.id("lamindb_record", cells["name"]), values)
    annotator.annotate("record", rows.id("lamindb_record", "S-001"), LINKS)
