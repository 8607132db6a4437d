"""Conditions on features: what the tests of the server's features leave of the category `features`."""

from .case import Case, Cases

NOTHING = ("features/unused_feature",)
"""The answer of no rows."""


def artifacts(*predicates: str, like: tuple[str, ...] = (), why: str = "") -> Case:
    """Artifacts with these features."""
    return Case("artifacts", _features(*predicates), like=like, why=why)


def _features(*predicates: str) -> str:
    return f"features: [{', '.join(f'{{{predicate}}}' for predicate in predicates)}]"


DMSO = 'name: "perturbation", eq: "DMSO"'
H5AD = 'suffix: {eq: ".h5ad"}'

CATEGORICAL: Cases = {
    "features/cat_unknown_label": artifacts(
        'name: "perturbation", eq: "does not exist"', like=NOTHING, why="An unknown label matches nothing."
    ),
    "features/cat_contains_no_match": artifacts(
        'name: "experiment", contains: "zzz"', like=NOTHING, why="An unknown label matches nothing."
    ),
    "features/cat_in": artifacts(
        'name: "perturbation", in: ["DMSO", "IFNG"]',
        like=("features/cat_eq", "features/cat_eq_second_value"),
        why="Labels are compared with lists, too.",
    ),
    "features/cat_isnull_false_duplicates": artifacts(
        'name: "perturbation", isNull: false',
        like=("features/cat_isnull_false",),
        why="A row that has several values is one row.",
    ),
    "features/cat_artifact": artifacts('name: "derived_from", label: {uid: {eq: "MAZdBCQ4BtHRCAC90000"}}'),
    "features/cat_non_name_field_by_name": artifacts(
        'name: "assay_oid", eq: "10x 3\' v3"',
        like=NOTHING,
        why="An unknown label matches nothing, and labels of this feature are compared by their ontology ids.",
    ),
    "features/cat_record_type": artifacts('name: "compound", label: {name: {eq: "imatinib"}}'),
}

VALUES: Cases = {
    "features/float_eq_string": artifacts(
        'name: "temperature", eq: "21.6"',
        like=("features/unknown_feature",),
        why="A value that does not fit the dtype is refused.",
    ),
    "features/list_str_eq_element": artifacts('name: "tags", eq: ["alpha"]'),
    "features/dict_icontains": artifacts('name: "study_metadata", path: ["detail1"], iContains: "456"'),
    "features/dict_nested_key_three_parts": artifacts(
        'name: "study_metadata", path: ["nested", "level"], eq: 1',
        like=("features/dict_key_list",),
        why="A path into a dict may have any length.",
    ),
}

MIXED: Cases = {
    "features/feature_then_field": Case(
        "artifacts",
        f"{_features(DMSO)}, {H5AD}",
        like=("features/feature_and_q",),
        why="Fields and features mix.",
    ),
    "features/feature_chained_with_field": Case("artifacts", f"and: [{{{H5AD}}}, {{{_features(DMSO)}}}]"),
    "features/field_chained_with_feature": Case("artifacts", f"and: [{{{_features(DMSO)}}}, {{{H5AD}}}]"),
    "features/expr_with_q": Case("artifacts", f"{_features(DMSO)}, not: {{{H5AD}}}"),
    "features/run_params_is_field": Case("runs", 'params: [{path: ["optimizer"], eq: "adam"}]'),
    "features/feature_shadowed_by_field_on_run": Case("runs", 'reference: {eq: "feature on a run"}'),
}

REFUSED: Cases = {
    "features/unknown_feature": artifacts('name: "no_such_feature", eq: "x"'),
    "features/one_unknown_of_two": artifacts(DMSO, 'name: "no_such_feature", eq: "x"'),
    "features/ambiguous_feature_name": artifacts('name: "cell_type", eq: "T cell"'),
    "features/ulabel_has_no_features": Case("ulabels", _features('name: "temperature", eq: 21.6')),
    "features/transform_has_no_features": Case("transforms", _features('name: "temperature", eq: 21.6')),
    "features/collection_has_no_features": Case("collections", _features('name: "temperature", eq: 21.6')),
    "features/expr_on_ulabel": Case("ulabels", _features(DMSO)),
}

FEATURES = CATEGORICAL | VALUES | MIXED | REFUSED
