"""The demo's people, labels, features, schemas and projects: everything that datasets are annotated with."""

from .demo_notebooks import notebook_key, notebook_titles
from .demo_rows import Rows, read_table
from .demo_terms import SOURCES, TERMS
from .hashes import text_hash
from .uids import source_uid

NOTEBOOKS = 500

USERS = """
handle  | name
maria   | Maria Alvarez
jun     | Jun Watanabe
amara   | Amara Okafor
lab-bot |
"""

SPACES = """
name       | description
Immunology | What only the immunology group sees.
Imaging    | What only the imaging group sees.
"""

BRANCHES = """
name     | _status_code | description
curation | draft  | Annotations that wait for a second pair of eyes.
"""

ULABELS = """
name             | is_type | type    | parents          | description
Assay            | yes     |         |                  | How something was measured.
Quality          | yes     |         |                  | What a reviewer thought of it.
scRNA-seq        |         | Assay   |                  |
snRNA-seq        |         | Assay   | scRNA-seq        | From nuclei instead of whole cells.
bulk RNA-seq     |         | Assay   |                  |
imaging          |         | Assay   |                  |
cell painting    |         | Assay   | imaging          | Six dyes, five channels.
passed           |         | Quality |                  |
needs review     |         | Quality |                  |
failed           |         | Quality |                  | Kept for the record.
study            |         |         |                  | Any study.
in vitro study   |         |         | study            |
in vivo study    |         |         | study            |
mouse study      |         |         | in vivo study    |
benchmark        |         |         |                  |
pilot            |         |         |                  | Too few donors to conclude anything.
T-cell           |         |         |                  | Looks like a cell type, is a label.
100 ng/µl        |         |         |                  | A concentration.
50% confluent    |         |         |                  |
"""

RECORD_TYPES = """
name        | is_type | type        | description
Experiments | yes     |             | All experiments of the lab.
Wetlab      | yes     | Experiments |
Compounds   | yes     |             | What cells are treated with.
"""

RECORDS = """
name            | type      | parents      | branch  | description          | reference                 | reference_type
DMSO            | Compounds |              |         | The control solvent. | CHEBI:28262               | ontology
IFNG            | Compounds |              |         | Interferon gamma.    |                           |
dabrafenib      | Compounds |              |         | A kinase inhibitor.  | CHEBI:75045               | ontology
Experiment 1    | Wetlab    |              |         | PBMCs of donors.     | https://eln.example.org/1 | url
Experiment 2    | Wetlab    | Experiment 1 |         | With fresh donors.   | https://eln.example.org/2 | url
Screen A        |           |              |         | A compound screen.   |                           |
Screen A, again |           | Screen A     |         |                      |                           |
DSMO            | Compounds |              | trash   | A typing mistake.    |                           |
Screen 2019     |           |              | archive | Before our time.     |                           |
"""

FEATURE_TYPES = """
name              | is_type | description
Annotations       | yes     | What experts say.
Model predictions | yes     | What models say.
"""

FEATURES = """
name                | _dtype_str                                 | unit  | type              | description
perturbation        | cat[Record]                                |       |                   | Treatment of the cells.
cell_type_by_expert | cat[bionty.CellType]                       |       | Annotations       |
cell_type_by_model  | cat[bionty.CellType]                       |       | Model predictions |
score               | float                                      |       | Model predictions | Its confidence.
experiment          | cat[Record]                                |       |                   |
temperature         | float                                      | °C    |                   | Of the incubator.
date_of_study       | date                                       |       |                   |
study_note          | str                                        |       |                   |
study_metadata      | dict                                       |       |                   |
sample_note         | str                                        |       |                   |
donor               | str                                        |       |                   |
donor_age           | int                                        | years |                   |
is_control          | bool                                       |       |                   |
sequenced_at        | datetime                                   |       |                   | In local time.
sequenced_at_utc    | datetime64[ns, UTC]                        |       |                   |
read_count          | num                                        |       |                   |
qc_score            | float                                      |       |                   |
report_url          | url                                        |       |                   |
image_path          | path                                       |       |                   |
tags                | list[str]                                  |       |                   |
read_lengths        | list[int]                                  | bp    |                   |
cell_types_present  | list[cat[bionty.CellType]]                 |       |                   |
assay               | cat[ULabel[{assay}]]                       |       |                   |
quality             | cat[ULabel]                                |       |                   |
compound            | cat[Record[{compounds}]]                   |       |                   |
tissue              | cat[bionty.Tissue]                         |       |                   |
disease             | cat[bionty.Disease]                        |       |                   |
species             | cat[bionty.Organism]                       |       |                   |
assay_ontology_id   | cat[bionty.ExperimentalFactor.ontology_id] |       |                   |
knockout_gene       | cat[bionty.Gene.symbol]                    |       |                   |
operator            | cat[User.handle]                           |       |                   | Who stood at the bench.
derived_from        | cat[Artifact]                              |       |                   |
made_by_run         | cat[Run]                                   |       |                   |
protocol            | cat[Transform]                             |       |                   |
cohort              | cat[Collection]                            |       |                   |
funded_by           | cat[Project]                               |       |                   |
described_in        | cat[Reference]                             |       |                   |
learning_rate       | float                                      |       |                   | Of a training run.
"""

PROJECTS = """
name               | is_type | type   | parents      | abbr | start_date | end_date   | _status_code | description
Grants             | yes     |        |              |      |            |            |              |
Immune Atlas       |         |        |              | IA   | 2023-01-01 | 2025-12-31 | active       | Who defends us.
Immune Atlas Pilot |         |        | Immune Atlas | IAP  | 2023-01-01 | 2023-06-30 | completed    |
Grant 1234         |         | Grants |              |      | 2023-01-01 |            | active       |
"""

REFERENCES = """
name                         | pubmed_id | doi                      | date       | text
An invented atlas of T cells | 99999901  | 10.5555/lnql.demo.2023.1 | 2023-05-06 | Nobody wrote this paper.
A protocol for stained discs |           | 10.5555/lnql.demo.2023.2 | 2022-11-02 |
"""

PROJECT_REFERENCES = """
project      | reference
Immune Atlas | An invented atlas of T cells
"""

README = "# Immune Atlas\n\nWho lives in our immune system, and what they do all day.\n"

UNION_DTYPE = "cat[bionty.Tissue|bionty.CellType]"


def add_registries(rows: Rows) -> None:
    """Add all that datasets are annotated with, and notebooks that may have made them."""
    rows.add_all("lamindb_user", USERS)
    rows.add_all("lamindb_space", SPACES)
    rows.add_all("lamindb_branch", BRANCHES)
    add_terms(rows)
    rows.add_all("lamindb_ulabel", ULABELS)
    rows.add_all("lamindb_record", RECORD_TYPES)
    rows.add_all("lamindb_record", RECORDS)
    add_features(rows)
    rows.add_all("lamindb_project", PROJECTS)
    rows.add_all("lamindb_reference", REFERENCES)
    rows.add_all("lamindb_project_references", PROJECT_REFERENCES)
    project = rows.id("lamindb_project", "Immune Atlas")
    rows.add("lamindb_projectblock", project_id=project, content=README, hash=text_hash(README), kind="readme")
    add_notebooks(rows)


def add_terms(rows: Rows) -> None:
    """Add organisms, genes and the terms of ontologies, each with its public source."""
    for cells in read_table(SOURCES):
        entity, organism = cells["entity"], cells["organism"]
        uid = source_uid(entity, cells["name"], organism, cells["version"])
        source = rows.add("bionty_source", uid=uid, in_db=True, currently_used=True, **cells)
        rows.add_all(entity.lower().replace(".", "_"), TERMS[entity, organism], source_id=source)


def add_features(rows: Rows) -> None:
    """Add a feature of every dtype, three of them restricted to a type or open to two registries."""
    rows.add_all("lamindb_feature", FEATURE_TYPES)
    assay, compounds = rows.row("lamindb_ulabel", "Assay"), rows.row("lamindb_record", "Compounds")
    text = FEATURES.format(assay=assay["uid"], compounds=compounds["uid"])
    rows.add_all("lamindb_feature", text, nullable=True)
    rows.add("lamindb_feature", name="tissue_or_cell_type", _dtype_str=UNION_DTYPE, nullable=True)


def add_notebooks(rows: Rows) -> None:
    """Add the notebooks, without their source code."""
    for number, title in enumerate(notebook_titles(NOTEBOOKS, rows.random), start=1):
        key = notebook_key(number, title)
        rows.add(
            "lamindb_transform", key=key, description=title, kind="notebook", created_by_id=rows.random.randint(1, 5)
        )
