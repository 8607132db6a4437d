"""Link tables between artifacts, records and schemas on one side and biological entities on the other."""

from sqlalchemy import UniqueConstraint

from .link_tables import feature, key, link, owner, tracked

ENTITIES = {
    "bionty_cellline": "cell line",
    "bionty_cellmarker": "cell marker",
    "bionty_celltype": "cell type",
    "bionty_developmentalstage": "developmental stage",
    "bionty_disease": "disease",
    "bionty_ethnicity": "ethnicity",
    "bionty_experimentalfactor": "experimental factor",
    "bionty_gene": "gene",
    "bionty_organism": "organism",
    "bionty_pathway": "pathway",
    "bionty_phenotype": "phenotype",
    "bionty_protein": "protein",
    "bionty_tissue": "tissue",
}
"""The registries whose records annotate artifacts and are values of a record's features, and what one is called."""

MEASURED = ("bionty_cellmarker", "bionty_gene", "bionty_pathway", "bionty_protein")
"""The registries whose records are the features of a schema."""

for table, words in ENTITIES.items():
    entity = table.removeprefix("bionty_")
    link(
        f"bionty_artifact{entity}",
        f"Links of an artifact to each {words} that annotates it.",
        *tracked(),
        owner("artifact_id -> lamindb_artifact", "The artifact that is annotated."),
        key(f"{entity}_id -> {table}", f"The {words} that annotates the artifact."),
        feature(),
        UniqueConstraint("artifact_id", f"{entity}_id", "feature_id"),
    )
    link(
        f"bionty_record{entity}",
        f"Links of a record to each {words} that is a value of one of its features.",
        *tracked(),
        owner("record_id -> lamindb_record", "The record that has the value."),
        key(f"value_id -> {table}", f"The {words} that is the value."),
        feature(),
        UniqueConstraint("record_id", "value_id", "feature_id"),
    )

for table in MEASURED:
    words, entity = ENTITIES[table], table.removeprefix("bionty_")
    link(
        f"bionty_schema{entity}",
        f"Links of a schema to each {words} that is one of its features.",
        owner("schema_id -> lamindb_schema", "The schema that has the feature."),
        key(f"{entity}_id -> {table}", f"The {words} that is a feature of the schema."),
        UniqueConstraint("schema_id", f"{entity}_id"),
    )
