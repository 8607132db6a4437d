"""Conditions on columns and their combinations: the categories `filter` and `q`."""

from .case import Case, Cases

NO_DATASET = 'not: {kind: {eq: "dataset", isNull: false}}'
"""LaminDB's `~Q(kind="dataset")`: the rows without a kind are among the others."""

TEXTS: Cases = {
    "filter/exact_empty_string": Case("artifacts", 'suffix: {eq: ""}'),
    "filter/iexact": Case("ulabels", 'name: {iEq: "LABEL1"}'),
    "filter/contains_percent_literal": Case("ulabels", 'name: {contains: "50%"}'),
    "filter/contains_underscore_literal": Case("ulabels", 'name: {contains: "under_score"}'),
    "filter/contains_backslash": Case("ulabels", r'name: {contains: "\\"}'),
    "filter/contains_non_ascii": Case("ulabels", 'name: {contains: "läb"}'),
    "filter/icontains": Case("transforms", 'description: {iContains: "Search"}'),
    "filter/icontains_non_ascii": Case("ulabels", 'name: {iContains: "LÄB"}'),
    "filter/startswith_case_on_sqlite": Case("transforms", 'description: {startsWith: "query"}'),
    "filter/istartswith": Case("transforms", 'description: {iStartsWith: "visualize"}'),
    "filter/endswith": Case("artifacts", 'key: {endsWith: ".parquet"}'),
    "filter/endswith_case_on_sqlite": Case("artifacts", 'key: {endsWith: ".PARQUET"}'),
    "filter/iendswith": Case("artifacts", 'key: {iEndsWith: ".H5AD"}'),
    "filter/in_list": Case("artifacts", 'suffix: {in: [".jpg", ".fastq.gz"]}'),
    "filter/in_tuple": Case("artifacts", 'suffix: {in: [".jpg", ".bam"]}'),
    "filter/in_string_is_iterated": Case("ulabels", 'name: {in: ["t", "e", "s", "t"]}'),
    "filter/regex": Case("artifacts", r'key: {regex: "^examples/dataset\\d\\.h5ad$"}'),
    "filter/regex_case_sensitive": Case("artifacts", 'key: {regex: "^EXAMPLES/"}'),
    "filter/iregex": Case("artifacts", 'key: {iRegex: "^EXAMPLES/"}'),
    "filter/regex_invalid": Case("ulabels", 'name: {regex: "["}'),
    "filter/regex_lookahead": Case(
        "ulabels",
        r'name: {regex: "^(?!.*label).*\\d$"}',
        like=("filter/regex_invalid",),
        why="Regular expressions have RE2's syntax on both databases, which has no look-ahead.",
    ),
    "filter/celltype_name_regex": Case("cellTypes", 'name: {regex: "^CD8.*memory T cell$"}', "name"),
    "filter/celltype_definition_icontains": Case("cellTypes", 'description: {iContains: "surfactant"}', "name"),
    "filter/feature_dtype_contains": Case("features", 'dtype: {contains: "Record"}', "name"),
}

NUMBERS: Cases = {
    "filter/in_set": Case("artifacts", "databaseId: {in: [1, 2, 3]}"),
    "filter/gt": Case("artifacts", "size: {gt: 10000}"),
    "filter/lte": Case("artifacts", "size: {lte: 20}"),
    "filter/float_on_int_field": Case("artifacts", "size: {eq: 20}"),
    "filter/float_fraction_on_int_field": Case("artifacts", "size: {between: [20, 20]}"),
    "filter/isnull_true": Case("artifacts", "key: {isNull: true}"),
    "filter/isnull_false": Case("artifacts", "nObservations: {isNull: false}"),
    "filter/isnull_non_bool": Case("artifacts", "key: {isNull: 1}"),
    "filter/bool_field": Case("artifacts", "isLatest: {eq: false}"),
    "filter/bool_field_int": Case("artifacts", "isLatest: {neq: true}"),
    "filter/int_as_string": Case("artifacts", "databaseId: {eq: 2}"),
    "filter/fk_string_digits": Case("artifacts", "createdById: {eq: 2}"),
    "filter/status_run_in": Case("runs", 'status: {in: ["errored", "aborted"]}'),
    "filter/status_run_invalid": Case("runs", 'status: {eq: "finished"}'),
    "filter/status_branch": Case("branches", 'status: {eq: "merged"}', "name"),
    "filter/status_project": Case("projects", 'status: {eq: "completed"}', "name"),
    "filter/in_queryset_values": Case("artifacts", 'createdBy: {handle: {eq: "testuser2"}}'),
    "filter/gene_by_organism": Case("genes", 'organism: {name: {eq: "mouse"}}', "symbol"),
}

TIMES: Cases = {
    "filter/range_dates": Case("artifacts", 'createdAt: {between: ["2024-06-01T00:00:00Z", "2024-08-01T00:00:00Z"]}'),
    "filter/created_at_year_gte": Case("artifacts", "createdAt: {year: {gte: 2025}}"),
    "filter/created_at_month": Case("artifacts", "createdAt: {month: {eq: 3}}"),
    "filter/created_at_day": Case("artifacts", "createdAt: {day: {eq: 1}}"),
    "filter/created_at_week_day": Case("artifacts", "createdAt: {weekDay: {eq: 1}}"),
    "filter/created_at_quarter": Case("artifacts", "createdAt: {quarter: {eq: 4}}"),
    "filter/created_at_iso_year": Case(
        "transforms", 'createdAt: {gte: "2023-01-02T00:00:00Z", lt: "2024-01-01T00:00:00Z"}'
    ),
    "filter/created_at_minute_second": Case("artifacts", "createdAt: {minute: {lt: 10}, second: {eq: 0}}"),
    "filter/created_at_date": Case("artifacts", 'createdAt: {date: {eq: "2024-02-10"}}'),
    "filter/created_at_date_gt": Case("artifacts", 'createdAt: {date: {gt: "2025-06-01"}}'),
    "filter/created_at_date_string": Case("artifacts", 'createdAt: {date: {lte: "2024-03-31"}}'),
    "filter/created_at_time": Case("artifacts", 'createdAt: {time: {lt: "11:00:00"}}'),
    "filter/created_at_gt_string": Case("artifacts", 'createdAt: {gt: "2025-06-01T00:00:00Z"}'),
    "filter/created_at_bad_string": Case("artifacts", 'createdAt: {gt: "not a date"}'),
    "filter/date_field": Case("projects", 'startDate: {eq: "2025-01-01"}'),
    "filter/date_field_year": Case("references", "date: {year: {eq: 2023}}"),
}

JSON_COLUMNS: Cases = {
    "filter/json_key_gt": Case("runs", 'params: [{path: ["learning_rate"], gt: 0.01}]'),
    "filter/json_bool": Case("runs", 'params: [{path: ["downsample"], eq: true}]'),
    "filter/json_missing_key_isnull": Case("runs", 'params: [{path: ["note"], isNull: true}]'),
    "filter/json_key_null_value": Case("runs", 'params: [{path: ["note"], isJsonNull: true}]'),
    "filter/json_field_isnull": Case("runs", "params: [{isNull: true}]"),
    "filter/json_field_empty_dict": Case("runs", "params: [{eq: {}}]"),
    "filter/json_has_key": Case("runs", 'params: [{path: ["input_dir"], isNull: false}]'),
    "filter/json_has_keys": Case(
        "runs", 'params: [{path: ["seed"], isNull: false}, {path: ["layers"], isNull: false}]'
    ),
    "filter/json_has_any_keys": Case(
        "runs", 'or: [{params: [{path: ["layers"], isNull: false}]}, {params: [{path: ["input_dir"], isNull: false}]}]'
    ),
    "filter/json_contains_sqlite": Case("runs", "params: [{contains: {seed: 1}}]"),
    "filter/json_key_icontains": Case("runs", 'params: [{path: ["input_dir"], iContains: "MY-BUCKET"}]'),
    "filter/json_key_startswith": Case("runs", 'params: [{path: ["input_dir"], startsWith: "s3://"}]'),
    "filter/json_key_in": Case("runs", 'params: [{path: ["seed"], in: [1, 3]}]'),
    "filter/json_extra_data": Case("artifacts", 'extraData: [{path: ["instrument", "name"], eq: "NovaSeq"}]'),
}

UNKNOWN: Cases = {
    "filter/unknown_field_ulabel": Case("ulabels", 'nofield: {eq: "x"}'),
    "filter/unknown_field_artifact": Case("artifacts", 'nofield: {eq: "x"}'),
    "filter/unknown_lookup": Case("ulabels", 'name: {foo: "x"}'),
    "filter/unknown_lookup_int": Case("artifacts", "size: {regexx: 1}"),
    "filter/fk_string_alpha_hint": Case("ulabels", 'type: "Assay"'),
    "filter/fk_string_alpha_hint_artifact": Case("artifacts", 'createdBy: "falexwolf"'),
    "filter/fk_string_not_alpha": Case("artifacts", 'createdById: {eq: "testuser1"}'),
}

COMBINATIONS: Cases = {
    "q/or": Case("artifacts", 'or: [{suffix: {eq: ".jpg"}}, {suffix: {eq: ".fastq.gz"}}]'),
    "q/not": Case("artifacts", 'not: {suffix: {eq: ".jpg"}}'),
    "q/xor": Case(
        "artifacts",
        f'or: [{{suffix: {{eq: ".csv"}}, {NO_DATASET}}}, {{kind: {{eq: "dataset"}}, not: {{suffix: {{eq: ".csv"}}}}}}]',
    ),
    "q/nested": Case("artifacts", f'or: [{{suffix: {{eq: ".csv"}}}}, {{suffix: {{eq: ".tsv"}}}}], {NO_DATASET}'),
    "q/double_negation": Case("artifacts", 'not: {not: {suffix: {eq: ".jpg"}}}'),
    "q/two_positional": Case("artifacts", 'and: [{suffix: {eq: ".csv"}}, {size: {gt: 30}}]'),
    "q/empty": Case("artifacts"),
    "q/not_m2m": Case("artifacts", 'not: {ulabels: {some: {name: {eq: "benchmark"}}}}'),
    "q/branch_in_nested_q": Case(
        "artifacts", 'or: [{branch: {name: {eq: "trash"}}}, {key: {eq: "iris.parquet"}}]', "key"
    ),
    "q/uid_in_q_keeps_branch_filter": Case("artifacts", 'or: [{uid: {eq: "G8jGxThkOjP0RSXt0000"}}]'),
    "q/q_kwargs_constructor_and": Case("artifacts", 'suffix: {eq: ".tsv"}, kind: {eq: "dataset"}'),
    "q/isnull_or": Case("artifacts", "or: [{key: {isNull: true}}, {description: {isNull: true}}]"),
    "q/ulabel_type": Case(
        "ulabels", 'or: [{type: {name: {eq: "Study status"}}}, {parents: {some: {name: {eq: "Cancer group"}}}}]', "name"
    ),
}

FILTERS = TEXTS | NUMBERS | TIMES | JSON_COLUMNS | UNKNOWN | COMBINATIONS
