"""Conditions on related rows: the categories `relations` and `m2m`."""

from .case import Case, Cases

ONCE = "A row that matches by several related rows is one row."


def labelled(name: str) -> str:
    """Artifacts with a ulabel of this name."""
    return f'ulabels: {{some: {{name: {{eq: "{name}"}}}}}}'


MODEL_OUTPUT = 'ulabels: {some: {description: {eq: "model output"}}}'
BENCHMARK_OR_PREDICTION = 'ulabels: {some: {name: {in: ["benchmark", "prediction"]}}}'
BOTH_AT_ONCE = 'ulabels: {some: {and: [{name: {eq: "benchmark"}}, {name: {eq: "prediction"}}]}}'
DMSO_AND_IFNG = 'and: [{records: {some: {name: {eq: "DMSO"}}}}, {records: {some: {name: {eq: "IFNG"}}}}]'

TO_ONE: Cases = {
    "relations/fk_object": Case("artifacts", 'createdBy: {uid: {eq: "bKeW4T6E"}}'),
    "relations/fk_field": Case("artifacts", 'createdBy: {handle: {startsWith: "testuse"}}'),
    "relations/two_hops": Case("artifacts", 'run: {transform: {key: {eq: "scripts/train.py"}}}'),
    "relations/three_hops": Case("artifacts", 'run: {transform: {createdBy: {handle: {eq: "testuser1"}}}}'),
    "relations/transform_alias_object": Case("artifacts", 'run: {transform: {key: {eq: "my_module.preprocess"}}}'),
    "relations/storage": Case("artifacts", 'storage: {type: {eq: "local"}}'),
    "relations/space": Case("artifacts", 'space: {name: {eq: "Our space"}}'),
    "relations/branch_name": Case("artifacts", 'branch: {name: {eq: "trash"}}', "key"),
    "relations/ulabel_type_of_type": Case("ulabels", 'type: {type: {name: {eq: "Sequencing assay"}}}', "name"),
    "relations/initiated_by_run": Case("runs", 'initiatedByRun: {transform: {key: {eq: "scripts/train.py"}}}'),
    "relations/celltype_source": Case("cellTypes", 'source: {name: {eq: "cl"}}'),
    "relations/filter_by_unsaved_free_text_id": Case("artifacts", "storageId: {eq: 1}, createdById: {in: [2, 3]}"),
    "relations/unknown_nested_field": Case("artifacts", 'createdBy: {nofield: {eq: "x"}}'),
}

TO_MANY: Cases = {
    "relations/m2m_object": Case("artifacts", 'records: {some: {name: {eq: "Experiment 1"}}}'),
    "relations/m2m_name": Case("artifacts", 'records: {some: {name: {eq: "Experiment 2"}}}'),
    "relations/m2m_in_queryset": Case("artifacts", 'schemas: {some: {genes: {some: {symbol: {in: ["CD8A"]}}}}}'),
    "relations/m2m_in_objects": Case("artifacts", BENCHMARK_OR_PREDICTION),
    "relations/m2m_three_hops": Case("artifacts", 'schemas: {some: {genes: {some: {symbol: {eq: "CD8A"}}}}}'),
    "relations/m2m_gene_only_second": Case("artifacts", 'schemas: {some: {genes: {some: {symbol: {eq: "CD38"}}}}}'),
    "relations/m2m_isnull": Case("artifacts", "ulabels: {none: {}}"),
    "relations/cell_types_name_in": Case("artifacts", 'cellTypes: {some: {name: {in: ["neuron", "hepatocyte"]}}}'),
    "relations/cell_types_parent": Case(
        "artifacts", 'cellTypes: {some: {parents: {some: {name: {eq: "lymphocyte"}}}}}'
    ),
    "relations/cell_types_ontology_id": Case("artifacts", 'cellTypes: {some: {ontologyId: {eq: "CL:0000540"}}}'),
    "relations/reverse_m2m": Case("ulabels", 'artifacts: {some: {suffix: {eq: ".tsv"}}}', "name"),
    "relations/reverse_fk": Case("users", 'createdArtifacts: {some: {suffix: {eq: ".jpg"}}}', "handle"),
    "relations/collections": Case("artifacts", 'collections: {some: {key: {eq: "my-collection"}}}'),
    "relations/collections_latest": Case(
        "artifacts", 'collections: {some: {key: {eq: "my-collection"}, isLatest: {eq: true}}}'
    ),
    "relations/projects": Case("artifacts", 'projects: {some: {name: {eq: "Project A"}}}'),
    "relations/projects_parents": Case("artifacts", 'projects: {some: {parents: {some: {name: {eq: "Project A"}}}}}'),
    "relations/references_doi": Case("artifacts", 'references: {some: {doi: {startsWith: "10.48550"}}}'),
    "relations/schema_features": Case("artifacts", 'schemas: {some: {features: {some: {name: {eq: "perturbation"}}}}}'),
    "relations/json_values": Case(
        "artifacts", 'jsonValues: {some: {feature: {name: {eq: "temperature"}}, value: [{eq: 21.6}]}}'
    ),
    "relations/ulabel_children": Case("ulabels", 'children: {some: {name: {eq: "AML group"}}}', "name"),
    "relations/feature_schemas": Case("features", 'schemas: {some: {name: {eq: "sample sheet"}}}', "name"),
    "relations/related_trashed_label_still_matches": Case("artifacts", labelled("trashed label"), "key"),
    "relations/gene_pathless": Case("genes", 'schemas: {some: {name: {eq: "first ten genes"}}}'),
    "relations/m2m_string_value": Case("artifacts", 'ulabels: "benchmark"'),
}

SAME_ROW: Cases = {
    "m2m/two_conditions_one_filter_same_row": Case(
        "artifacts", 'ulabels: {some: {name: {eq: "benchmark"}, description: {eq: "model output"}}}'
    ),
    "m2m/two_conditions_chained_any_row": Case("artifacts", f"and: [{{{labelled('benchmark')}}}, {{{MODEL_OUTPUT}}}]"),
    "m2m/q_and_same_row": Case("artifacts", BOTH_AT_ONCE),
    "m2m/two_filters_one_call_objects": Case("artifacts", f"and: [{{{BOTH_AT_ONCE}}}, {{}}]"),
    "m2m/duplicates_without_distinct": Case(
        "artifacts", BENCHMARK_OR_PREDICTION, like=("m2m/distinct_removes",), why=ONCE
    ),
    "m2m/distinct_removes": Case("artifacts", BENCHMARK_OR_PREDICTION),
    "m2m/duplicates_in_dataframe": Case(
        "artifacts", 'cellTypes: {some: {name: {in: ["T cell", "B cell"]}}}, key: {eq: "examples/dataset1.h5ad"}'
    ),
    "m2m/duplicates_in_list": Case(
        "artifacts",
        'cellTypes: {some: {name: {in: ["T cell", "B cell"]}}}, key: {startsWith: "examples/dataset1."}',
        like=("m2m/duplicates_in_dataframe",),
        why=ONCE,
    ),
    "m2m/exclude_m2m": Case("artifacts", 'ulabels: {none: {name: {eq: "benchmark"}}}'),
    "m2m/exclude_two_conditions": Case("artifacts", f"not: {{and: [{{{labelled('benchmark')}}}, {{{MODEL_OUTPUT}}}]}}"),
    "m2m/exclude_chained": Case(
        "artifacts", f"and: [{{not: {{{labelled('benchmark')}}}}}, {{not: {{{labelled('prediction')}}}}}]"
    ),
    "m2m/both_records": Case("artifacts", DMSO_AND_IFNG),
    "m2m/records_in_vs_chained": Case(
        "artifacts", 'records: {some: {name: {in: ["DMSO", "IFNG"]}}}', also=(DMSO_AND_IFNG,)
    ),
}

RELATIONS = TO_ONE | TO_MANY | SAME_ROW
