"""Searches as LaminDB ranks them: the category `search`."""

from .case import Case, Cases

ANY_BRANCH = "branchId: {isNull: false}"
"""LaminDB's `Registry.search` looks on all branches."""


def search(text: str, plural: str = "cellTypes", leaf: str = "name", first: int = 20, more: str = "") -> Case:
    """Rows on all branches that hold a text, as LaminDB's `Registry.search` finds them; 20 by default, as there."""
    branches = "" if plural == "users" else ANY_BRANCH
    return Case(plural, branches, leaf, search=f'text: "{text}"{more}', first=first)


NAME = ', fields: ["name"]'

CELL_TYPES: Cases = {
    "search/celltype_T_cell_upper_top20": search("T cell"),
    "search/celltype_stem_cell_top20": search("stem cell"),
    "search/celltype_b_cell_top20": search("b cell"),
    "search/celltype_regulatory_B_cell_top20": search("regulatory B cell"),
    "search/celltype_Be2_cell_top20": search("Be2 cell"),
    "search/celltype_t_cel_top20": search("t cel"),
    "search/celltype_t-cel_top20": search("t-cel"),
    "search/celltype_kidney_top20": search("kidney"),
    "search/celltype_alpha-beta_top20": search("alpha-beta"),
    "search/celltype_T-lymphocyte_top20": search("T-lymphocyte"),
    "search/celltype_neuron_top20": search("neuron"),
    "search/celltype_macrophage_of_the_top20": search("macrophage of the"),
    "search/celltype_CL:0000084_top20": search("CL:0000084"),
    "search/celltype_of_top20": search("of"),
    "search/celltype_cell_of_top20": search("cell of"),
    "search/celltype_22LvKd01_top20": search("22LvKd01"),
    "search/celltype_b_cell_field_name": search("b cell", more=NAME),
    "search/celltype_stem_cell_field_name": search("stem cell", more=NAME),
    "search/celltype_field_synonyms": search("NK cell", first=5, more=', fields: ["synonyms"]'),
    "search/celltype_field_list": search("white blood cell", first=5, more=', fields: ["name", "synonyms"]'),
    "search/celltype_field_attr": search("t cell", first=3, more=NAME),
    "search/celltype_limit_1": search("P cell", first=1),
    "search/celltype_limit_none_count": search("T cell", first=1000),
    "search/celltype_limit_3": search("neuron", first=3),
    "search/celltype_case_sensitive": search("b cell", first=5, more=NAME + ", caseSensitive: true"),
    "search/celltype_case_sensitive_upper": search("B cell", first=5, more=NAME + ", caseSensitive: true"),
    "search/whitespace_is_stripped": search("  T cell  ", first=3),
    "search/first_result": Case("cellTypes", search='text: "T cell"', first=1),
    "search/queryset_search": Case(
        "cellTypes", 'name: {startsWith: "CD4"}', "name", search='text: "regulatory"', first=5
    ),
    "search/none": Case("cellTypes", search="text: null"),
}

OTHERS: Cases = {
    "search/artifact_iris": search("iris", "artifacts", "key"),
    "search/artifact_filtered_excludes_trash": Case("artifacts", leaf="key", search='text: "deleted"', first=20),
    "search/artifact_versioned": search("versioned experiment", "artifacts", "description"),
    "search/artifact_key_prefix": search("project-beta", "artifacts", "key", 5),
    "search/artifact_suffix": search(".h5ad", "artifacts", "key", 5),
    "search/transform_intestine": search("intestine", "transforms", "description"),
    "search/transform_source_code": search("train v2", "transforms", "key", 3),
    "search/transform_limit_5": search("study", "transforms", "description", 5),
    "search/gene_cd8": search("cd8", "genes", "symbol"),
    "search/gene_p53": search("p53", "genes", "symbol"),
    "search/record_escape_bracket": search("cat[", "records"),
    "search/record_escape_star": search("*_*", "records"),
    "search/ulabel_label2": search("Label2", "ulabels"),
    "search/ulabel_label": search("label", "ulabels"),
    "search/ulabel_regex_chars": search("a.b(c)", "ulabels"),
    "search/ulabel_dot_is_literal": search("a.b", "ulabels"),
    "search/ulabel_percent": search("50%", "ulabels"),
    "search/ulabel_unicode": search("läbel", "ulabels"),
    "search/ulabel_backslash": search(r"back\\", "ulabels"),
    "search/disease_cancer": search("cancer", "diseases", first=10),
    "search/project": search("project a", "projects"),
    "search/collection": search("collection", "collections", "key"),
    "search/user": search("test", "users", "handle"),
    "search/run_search_fields": search("JOB-100", "runs", "reference"),
}

SEARCHES = CELL_TYPES | OTHERS
